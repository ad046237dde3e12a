"""F60: where redirects may lead, and what goes along."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from statusgen.probe.connect_to import parse_connect_to
from tests.probe.rounds import ca_file, check, monitor, round_of, said, server_tls
from tests.probe.servers import Behaviour, Farm, Request, answer, by_path, redirect

SECRET_HEADERS = {"Authorization": "Bearer hunter2", "X-Api-Key": "k3y"}


def test_redirects_are_followed_within_the_same_origin_with_everything(farm: Farm) -> None:
    served = farm.start(by_path({"/": redirect("/end", 307), "/end": answer()}))
    checked = check(served.url + "/", method="POST", body="data", headers=SECRET_HEADERS)
    assert (checked.state, checked.code) == ("up", 200)
    second = served.requests[1]
    assert (second.line, second.body) == ("POST /end HTTP/1.1", b"data")
    assert second.headers["x-api-key"] == "k3y"


def test_secrets_stay_at_their_origin(farm: Farm) -> None:
    other = farm.start(answer())
    first = farm.start(redirect(other.url.replace("http://", "http://in:jected@") + "/x"))
    url = first.url.replace("http://", "http://user:pass@")
    assert check(url, headers={**SECRET_HEADERS, "Host": "inner"}).state == "up"
    (seen,) = other.requests
    assert not {"authorization", "x-api-key"} & set(seen.headers)
    assert seen.headers["host"] == other.url.removeprefix("http://")
    assert seen.line == "GET /x HTTP/1.1"


def test_a_body_is_not_handed_to_another_origin(farm: Farm) -> None:
    other = farm.start(answer())
    first = farm.start(redirect(other.url, 308))
    outcome = said(check(first.url, method="POST", body="secret"))
    assert outcome == "down redirect: HTTP 308 would send the request's body on to 127.0.0.1"
    assert other.connections == 0


def test_after_303_and_a_posted_302_comes_get(farm: Farm) -> None:
    paths = {"/302": redirect("/end", 302), "/303": redirect("/end", 303), "/end": answer()}
    served = farm.start(by_path(paths))
    check(served.url + "/302", method="POST", body="x")
    check(served.url + "/303", method="PUT", body="x")
    ends = [request for request in served.requests if request.path == "/end"]
    assert [(request.method, request.body) for request in ends] == [("GET", b"")] * 2


def test_f44_loops_and_long_chains_end(farm: Farm) -> None:
    loop = farm.start(by_path({"/a": redirect("/b"), "/b": redirect("/a")}))
    assert said(check(loop.url + "/a")) == "down redirect: HTTP 302 redirects in a circle"
    paths = {f"/{number}": redirect(f"/{number + 1}") for number in range(9)}
    chain = farm.start(by_path(paths))
    short = said(check(chain.url + "/0", redirects=3))
    assert short == "down redirect: more than 3 redirects (http.redirects)"
    assert check(chain.url + "/0", redirects=9, expect={"status": "404"}).state == "up"


def test_as_many_redirects_as_real_sites_have_are_followed_unasked(farm: Farm) -> None:
    """http, https, www, a language, a slash: five are nothing unusual."""
    paths = {f"/{number}": redirect(f"/{number + 1}") for number in range(10)}
    served = farm.start(by_path({**paths, "/10": answer()}))
    endless = farm.start(by_path({}, otherwise=_further()))

    assert said(check(served.url + "/0")) == "up -"
    outcome = said(check(endless.url + "/0"))
    assert outcome == "down redirect: more than 10 redirects (http.redirects)"


def _further() -> Behaviour:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(f"{request.path}0")(request, writer)

    return behave


def test_https_instead_of_http_takes_everything_along(farm: Farm, tmp_path: Path) -> None:
    """Who was meant is asked there, and nobody else; another host or port is somebody else."""
    secure = farm.start(answer(), tls=server_tls("svc.example", "other.example"))
    places: list[str] = []

    async def upgrade(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(places[-1], 308)(request, writer)

    plain = farm.start(upgrade)
    rules = [
        parse_connect_to(f":80:127.0.0.1:{plain.port}"),
        parse_connect_to(f":443:127.0.0.1:{secure.port}"),
        parse_connect_to(f":8443:127.0.0.1:{secure.port}"),
    ]
    options = {"connect_to": rules, "ca_file": ca_file(tmp_path)}

    def ask(place: str, **request: Any) -> str:
        places.append(place)
        url = "http://user:pass@svc.example/"
        return said(check(url, headers=SECRET_HEADERS, round_options=options, **request))

    assert ask("https://SVC.example/", method="POST", body="data") == "up -"
    kept = secure.requests[-1]
    assert (kept.method, kept.body) == ("POST", b"data")
    assert (kept.headers["x-api-key"], kept.headers["authorization"]) == ("k3y", "Bearer hunter2")
    for place in ("https://other.example/", "https://svc.example:8443/"):
        assert ask(place) == "up -"
        assert not {"authorization", "x-api-key"} & set(secure.requests[-1].headers)


def test_with_no_redirects_the_first_answer_counts(farm: Farm) -> None:
    served = farm.start(redirect("http://[bad"))
    checked = check(served.url, redirects=0, expect={"status": ["302"]})
    assert (checked.state, checked.code) == ("up", 302)
    outcome = said(check(served.url, redirects=0))
    assert outcome == "down status: HTTP 302, expected 200-299"


def test_https_to_http_is_a_failure_unless_allowed(farm: Farm, tmp_path: Path) -> None:
    plain = farm.start(answer())
    secure = farm.start(redirect(plain.url), tls=server_tls())
    ran = round_of(
        monitor(secure.url, "no"),
        monitor(secure.url, "yes", redirect_to_http=True),
        ca_file=ca_file(tmp_path),
    )
    outcome = said(ran.checks["no"])
    assert (
        outcome
        == "down redirect: redirected from https to http://127.0.0.1 (http.redirect_to_http)"
    )
    assert ran.checks["yes"].state == "up"
    assert plain.connections == 1


def test_f59_proxies_and_netrc_only_where_asked(farm: Farm, tmp_path: Path) -> None:
    proxy = farm.start(answer(b"from the proxy"))
    server = farm.start(answer(b"direct"))
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password pw\n")
    environ = {"http_proxy": proxy.url, "NETRC": str(netrc), "no_proxy": "exempt.example"}
    direct = {"body_contains": "direct"}
    proxied = {"body_contains": "from the proxy"}
    ran = round_of(
        monitor(server.url, "plain", expect=direct),
        monitor(server.url, "asked", expect=proxied, proxy_from_environment=True),
        environ=environ,
    )
    assert {said(checked) for checked in ran.checks.values()} == {"up -"}
    assert "authorization" not in server.requests[0].headers
    assert proxy.requests[0].headers["authorization"] == "Basic bWU6cHc="
    assert proxy.requests[0].path == server.url + "/"
    exempt = round_of(
        monitor(server.url, expect=direct, proxy_from_environment=True),
        environ={**environ, "no_proxy": "127.0.0.1"},
    )
    assert exempt.checks["m"].state == "up"
