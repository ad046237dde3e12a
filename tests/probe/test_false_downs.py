"""What a browser shows or curl fetches is not down: answers as they are met in the field."""

from __future__ import annotations

import codecs
import datetime
import gzip
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

from statusgen.base.states import State
from statusgen.probe.connect_to import parse_connect_to
from tests.probe.rounds import authority, ca_file, check, monitor, round_of, said, server_tls
from tests.probe.servers import Behaviour, Farm, Request, answer, head, in_turn, raw, redirect

OK = b"HTTP/1.1 200 OK\r\n"
BODY = b"Content-Length: 2\r\n\r\nok"


@pytest.mark.parametrize(
    "data",
    [
        OK + b"X Powered By: me\r\n" + BODY,
        OK + b"a line without a colon\r\n" + BODY,
        OK + b"X-A : x\r\n" + BODY,
        OK + b": x\r\n" + BODY,
        OK + b"X-A: a\r\n folded\r\n" + BODY,
        OK + b"X-A: caf\xe9 \xf0\x9f\x98\x80\r\n" + BODY,
        OK
        + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: identity\r\n" + BODY,
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2;ext=1\r\nok\r\n0\r\nX-Trailer: y\r\n\r\n",
        OK + b"Content-Length:\r\n\r\nok",
        OK + b"Content-Length: -1\r\n\r\nok",
        OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        OK + b"Content-Length: 99\r\n\r\nok",  # cut short, but nothing looks at the body
        OK + b"Content-Encoding: aws-chunked\r\n" + BODY,
        OK + b"Content-Encoding: utf-8\r\n" + BODY,
        OK + b"Content-Encoding: br\r\n" + BODY,
        b"HTTP/1.1 200\r\n" + BODY,
        b"HTTP/1.1 200OK\r\n" + BODY,
        b"http/1.1 200 ok\r\n" + BODY,
        b"HTTP/1.0 200 OK\r\n\r\nok",
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + BODY,
        b"HTTP/1.1 100 Continue\r\n\r\n" + OK + BODY,
        OK + b"\r\n",
    ],
)
def test_a_head_that_browsers_accept_is_up(farm: Farm, data: bytes) -> None:
    assert said(check(farm.start(raw(data)).url)).startswith("up -")


def test_the_status_that_arrived_decides_with_a_note(farm: Farm) -> None:
    broken = farm.start(raw(OK + b"Content-Length:\r\n\r\nok"))
    error = farm.start(raw(b"HTTP/1.1 500 No\r\nContent-Length:\r\n\r\nok"))

    assert said(check(broken.url)) == "up -: a header is malformed"
    assert said(check(error.url)) == "down status: HTTP 500, expected 200-299"


def test_two_different_lengths_stay_down_and_no_other_client_is_asked(farm: Farm) -> None:
    served = farm.start(raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nok"))

    checked = check(served.url)

    assert said(checked) == "down protocol: the answer states two different lengths"
    assert served.connections == 1


def rsa_server(ciphers: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA).configure_cert(context)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ciphers)
    return context


@pytest.mark.parametrize("cipher", ["AES128-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"])
def test_ciphers_that_browsers_still_speak(farm: Farm, tmp_path: Path, cipher: str) -> None:
    served = farm.start(answer(), tls=rsa_server(cipher))

    assert check(served.url, round_options={"ca_file": ca_file(tmp_path)}).state == "up"
    assert check(served.url, insecure=True).state == "up"


def test_a_cookie_comes_back_within_a_check_and_is_forgotten_afterwards(farm: Farm) -> None:
    async def gate(request: Request, writer: Any) -> None:
        if "seen=1" in request.headers.get("cookie", ""):
            writer.write(head(200, {"Content-Length": "2"}) + b"ok")
        else:
            fields = {"Location": request.path, "Set-Cookie": "seen=1", "Content-Length": "0"}
            writer.write(head(302, fields))

    served = farm.start(gate)

    assert said(check(served.url + "/in")) == "up -"
    assert said(check(served.url + "/in")) == "up -"
    cookies = [request.headers.get("cookie") for request in served.requests]
    assert cookies == [None, "seen=1", None, "seen=1"]


def test_an_operators_cookie_is_sent_beside_those_of_the_server(farm: Farm) -> None:
    served = farm.start(
        in_turn(answer(b"", 302, {"Location": "/b", "Set-Cookie": "theirs=2"}), answer())
    )

    check(served.url + "/a", headers={"Cookie": "mine=1"})

    cookies = [set(request.headers["cookie"].split("; ")) for request in served.requests]
    assert cookies == [{"mine=1"}, {"mine=1", "theirs=2"}]


def test_a_redirect_to_itself_without_a_cookie_is_a_circle(farm: Farm) -> None:
    served = farm.start(redirect("/again"))

    assert said(check(served.url + "/again")).startswith("down redirect: HTTP 302 redirects in a")


def test_credentials_are_decoded_and_stay_within_the_origin_alone(farm: Farm) -> None:
    other = farm.start(answer())
    own = farm.start(in_turn(redirect("PLACE"), answer()))
    absolute = farm.start(
        in_turn(answer(b"", 302, {"Location": "/relative"}), redirect(f"{other.url}/far"))
    )
    assert own.url

    checked = check(absolute.url.replace("http://", "http://user:p%40ss@"))

    assert checked.state == "up"
    sent = [request.headers.get("authorization") for request in absolute.requests]
    assert sent == ["Basic dXNlcjpwQHNz", "Basic dXNlcjpwQHNz"]  # user:p@ss
    assert other.requests[0].headers.get("authorization") is None


def test_an_absolute_redirect_within_the_origin_keeps_credentials(farm: Farm) -> None:
    places: list[str] = []

    async def behave(request: Request, writer: Any) -> None:
        if request.path == "/":
            writer.write(head(301, {"Location": places[0], "Content-Length": "0"}))
        else:
            writer.write(head(200, {"Content-Length": "2"}) + b"ok")

    served = farm.start(behave)
    places.append(f"{served.url}/in")

    assert check(served.url.replace("http://", "http://u:p@")).state == "up"
    assert {request.headers.get("authorization") for request in served.requests} == {"Basic dTpw"}


def test_at_a_change_of_origin_only_what_is_meant_for_anybody_goes_on(farm: Farm) -> None:
    other = farm.start(answer())
    first = farm.start(redirect(f"{other.url}/"))

    check(
        first.url,
        headers={
            "Accept": "text/html",
            "Accept-Language": "de",
            "X-Api-Key": "k",
            "Authorization": "Bearer t",
            "Cookie": "session=s",
            "Referer": "https://inside.example/",
        },
        user_agent="Mozilla/5.0",
    )

    sent = other.requests[0].headers
    kept = {name: sent[name] for name in ("accept", "accept-language", "user-agent")}
    assert kept == {"accept": "text/html", "accept-language": "de", "user-agent": "Mozilla/5.0"}
    assert not {"x-api-key", "authorization", "cookie", "referer"} & sent.keys()


def proxy(status: int, wanted: str = "") -> Behaviour:
    async def behave(request: Request, writer: Any) -> None:
        ok = not wanted or request.headers.get("proxy-authorization") == wanted
        writer.write(head(status if ok else 407, {"Content-Length": "2"}) + b"ok")

    return behave


def test_a_proxy_gets_its_credentials_and_one_that_refuses_is_our_own_trouble(farm: Farm) -> None:
    through = farm.start(proxy(200, "Basic dTpw"))
    refusing = farm.start(proxy(407))
    page = "http://svc.example/"

    def ask(address: str, url: str = page) -> str:
        environ = {"HTTP_PROXY": address, "HTTPS_PROXY": address}
        one = monitor(url, proxy_from_environment=True)
        return said(round_of(one, environ=environ).checks["m"])

    assert ask(through.url.replace("http://", "http://u:p@")) == "up -"
    assert through.requests[0].line.startswith("GET http://svc.example/")
    refused = ask(refusing.url, "https://svc.example/")
    assert refused.startswith("unknown checker: the proxy answered HTTP 407")
    assert ask(refusing.url).startswith("unknown checker: the proxy answered HTTP 407")
    assert ask("http://127.0.0.1:9").startswith("unknown checker: no connection to the proxy")


def test_a_body_in_an_encoding_that_cannot_be_read_lets_no_rule_pass(farm: Farm) -> None:
    url = farm.start(answer(b"\x0b\x02\x80sec", headers={"Content-Encoding": "br"})).url
    told = "the body is encoded as br, which cannot be read"

    assert said(check(url)) == "up -"
    assert said(check(url, expect={"body_lacks": "error"})) == f"down body: {told}"
    rule = {"degraded_if_body_contains": "maintenance"}
    assert said(check(url, expect=rule)) == f"degraded body: {told}"


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_is_no_content(farm: Farm, mark: bytes, charset: str) -> None:
    url = farm.start(answer(mark + "fine ü".encode(charset))).url

    assert said(check(url, expect={"body_matches": r"\Afine ü\Z"})) == "up -"
    lacks = said(check(url, expect={"body_contains": "gone"}))
    assert lacks == f"down body: the body, read as {charset}, lacks 'gone'"


def test_gzip_is_read_although_deflate_is_offered(farm: Farm) -> None:
    url = farm.start(answer(gzip.compress(b"needle"), headers={"Content-Encoding": "x-gzip"})).url

    assert check(url, expect={"body_contains": "needle"}).state == "up"


def test_what_answered_is_never_blamed_on_our_network(farm: Farm, tmp_path: Path) -> None:
    error = farm.start(answer(b"broken", 500))
    wrong = farm.start(answer(b"other"))
    stranger = farm.start(answer(), tls=server_tls(ca=trustme.CA()))
    ran = round_of(
        monitor(error.url, "error"),
        monitor(wrong.url, "wrong", expect={"body_contains": "needle"}),
        monitor(stranger.url, "certificate"),
        monitor("http://127.0.0.1:9/", "silent"),
        canaries=["http://127.0.0.1:9", "tcp://127.0.0.1:9", "http://127.0.0.1:10"],
        ca_file=ca_file(tmp_path),
    )

    states = {name: (one.state, one.reason) for name, one in ran.checks.items()}
    assert states == {
        "error": ("down", "status"),
        "wrong": ("down", "body"),
        "certificate": ("down", "certificate"),
        "silent": ("unknown", "vantage"),
    }
    assert (ran.net, ran.silent) == ("lost", ("c0", "c1", "c2"))


def ipv6_only(address: str) -> Callable[..., Any]:
    def lookup(host: str, port: int, family: int, kind: int) -> Any:
        return [(socket.AF_INET6, kind, 6, "", (address, port, 0, 0))]

    return lookup


def test_ipv6_alone_from_a_machine_whose_ipv6_leads_nowhere_is_unknown() -> None:
    """An address that no machine has: whether there is a route or not, nothing proves IPv6."""
    options = {"lookup": ipv6_only("100::1")}

    checked = check("http://svc.example/", timeout_ms=200, round_options=options)

    assert (checked.state, checked.reason) == ("unknown", "no-ipv6")


def issue(names: str, *, ends: datetime.datetime, parent: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    parent.issue_cert(names, not_after=ends).configure_cert(context)
    return context


def test_the_days_left_are_the_least_of_the_chain_and_say_whose(farm: Farm, tmp_path: Path) -> None:
    """The intermediate ends before the leaf does."""
    from tests.probe.chains import chain

    made = chain(tmp_path, leaf_days=300, intermediate_days=20)
    served = farm.start(answer(), tls=made.server)
    options = {"ca_file": made.root, "at": made.now}

    for url, rule in (
        (served.url, {"expect": {"certificate": "30d"}}),
        (served.url.replace("https", "tls"), {"warn": "30d"}),
    ):
        checked = check(url, round_options=options, **rule)
        assert checked.state == "degraded"
        assert checked.tries[0].certificate_days == 19
        assert "intermediate certificate 'Middle'" in said(checked)


def test_an_expired_extra_root_and_a_wrong_order_harm_nothing(farm: Farm, tmp_path: Path) -> None:
    from tests.probe.chains import chain

    made = chain(tmp_path, leaf_days=300, intermediate_days=200, extra="expired cross")
    served = farm.start(answer(), tls=made.server)
    options = {"ca_file": made.root, "at": made.now}

    for url in (served.url, served.url.replace("https", "tls")):
        checked = check(url, round_options=options)
        assert said(checked) == "up -"
        assert checked.tries[0].certificate_days == 199


def test_an_expired_intermediate_is_not_called_the_hosts_certificate(
    farm: Farm, tmp_path: Path
) -> None:
    from tests.probe.chains import chain

    made = chain(tmp_path, leaf_days=300, intermediate_days=-3)
    served = farm.start(answer(), tls=made.server)

    outcome = said(check(served.url, round_options={"ca_file": made.root}))

    assert outcome.startswith("down certificate: the intermediate certificate 'Middle', which")


def test_a_dollar_can_be_written(farm: Farm) -> None:
    served = farm.start(answer())

    check(served.url, method="POST", body='{"query": "query($$ID: Int) { a }"}')

    assert served.requests[0].body == b'{"query": "query($ID: Int) { a }"}'


def test_a_secret_that_ends_in_a_line_break_is_sent_without_it(farm: Farm) -> None:
    served = farm.start(answer())
    one = monitor(served.url, headers={"X-Key": "$KEY"})

    ran = round_of(one, environ={"KEY": "hunter2\r\n"})

    assert said(ran.checks["m"]) == "up -"
    assert served.requests[0].headers["x-key"] == "hunter2"


def test_an_address_that_a_secret_makes_invalid_names_the_secret() -> None:
    ran = round_of(monitor("$ADDRESS", kind="http"), environ={"ADDRESS": "https://a b c/x"})

    outcome = said(ran.checks["m"])
    assert outcome.startswith("unknown checker: $ADDRESS is not a valid http(s) address once")
    assert "a b c" not in outcome


def test_messages_name_the_key_that_changes_them(farm: Farm) -> None:
    loop = farm.start(answer(b"", 302, {"Location": "/x", "Set-Cookie": "a=1"}))
    fields = {"CF-Mitigated": "challenge"}
    blocked = farm.start(answer(b"", 403, fields))
    slow = farm.start(answer(delay=0.06))

    assert "(http.redirects)" in said(check(loop.url))
    assert "(http.user_agent may help)" in said(check(blocked.url))
    assert "(max_time)" in said(check(slow.url, expect={"max_time": "10ms"}))


@pytest.mark.parametrize("written", [None, False, True])
def test_a_redirect_leads_to_no_private_address_unless_it_is_written(
    farm: Farm, written: bool | None
) -> None:
    """The monitor's own address is public here: a rule leads it to loopback, as for a demo."""
    inside = farm.start(answer())
    outside = farm.start(redirect(f"{inside.url}/latest/meta-data"))
    rule = parse_connect_to(f"svc.example::127.0.0.1:{outside.port}")
    options = {"connect_to": [rule], "allow_private": written}

    checked = check("http://svc.example/", round_options=options)

    if written:
        assert checked.state == "up"
    else:
        assert said(checked).startswith("down redirect: the redirect cannot be followed: 127.0.0.1")
    assert inside.connections == (1 if written else 0)


def test_a_private_monitor_may_redirect_to_private_addresses(farm: Farm) -> None:
    inside = farm.start(answer())
    outside = farm.start(redirect(f"{inside.url}/"))

    assert check(outside.url).state == "up"


def test_httpx_is_the_second_witness_of_what_libcurl_gave_up_on(farm: Farm) -> None:
    """libcurl reads no header line without a colon; a body rule wants the body all the same."""
    odd = OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n6\r\nneedle\r\n0\r\n\r\n"
    good = OK + b"Content-Length: 6\r\n\r\nneedle"
    served = farm.start(in_turn(raw(odd), raw(good)))

    checked = check(served.url, expect={"body_contains": "needle"})

    assert checked.state is State.UP
    assert checked.attempts == 2
    assert "httpx read the answer; libcurl gave up" in said(checked)
    assert "statusgen" in served.requests[1].headers["user-agent"]
    assert [request.headers.get("connection") for request in served.requests] == [None, "close"]


def test_the_second_witness_keeps_names_rules_and_caps(farm: Farm, tmp_path: Path) -> None:
    odd = OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n6\r\nneedle\r\n0\r\n\r\n"
    context = server_tls("www.example.com")
    end = farm.start(answer(b"needle" + b"x" * 3_000_000), tls=context)
    first = farm.start(
        in_turn(raw(odd), redirect(f"https://www.example.com:{end.port}/end")), tls=context
    )
    rules = [
        parse_connect_to(f"www.example.com:443:127.0.0.1:{first.port}"),
        parse_connect_to(f"www.example.com:{end.port}:127.0.0.1:{end.port}"),
    ]

    checked = check(
        "https://www.example.com/",
        expect={"body_contains": "needle"},
        round_options={"connect_to": rules, "ca_file": ca_file(tmp_path)},
    )

    assert checked.state is State.UP, said(checked)
    assert end.requests[0].headers["host"] == f"www.example.com:{end.port}"


def test_a_refused_status_asks_no_second_witness(farm: Farm) -> None:
    served = farm.start(answer(b"", 500))

    assert check(served.url).attempts == 1
    assert served.connections == 1
