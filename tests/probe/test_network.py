"""Names, families and private addresses: F53, F55, F56, T12."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from statusgen.probe import resolve, route
from statusgen.probe.connect_to import parse_connect_to
from tests.probe.rounds import check, monitor, round_of, said
from tests.probe.servers import Farm, Served, answer, in_turn, raw, redirect

V4, V6 = socket.AF_INET, socket.AF_INET6


def resolver(*answers: list[tuple[int, str]] | int) -> Callable[..., Any]:
    """Make a resolver that gives one answer after the other (a number is an error), the last on."""
    left = list(answers)

    def lookup(host: str, port: int, family: int, kind: int) -> Any:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, int):
            raise socket.gaierror(found, "made up")
        if family:
            found = [entry for entry in found if entry[0] == family]
        tails: dict[int, tuple[int, ...]] = {V4: (), V6: (0, 0)}
        return [(kind_, kind, 6, "", (ip, port, *tails[kind_])) for kind_, ip in found]

    return lookup


def named(served: Served, name: str = "svc.example") -> str:
    return served.url.replace("127.0.0.1", name).replace("[::1]", name)


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        (socket.EAI_AGAIN, "looking up svc.example failed for the moment (EAI_AGAIN)"),
        (socket.EAI_NONAME, "the name svc.example does not exist"),
        (socket.EAI_NODATA, "the name svc.example has no address"),
        (socket.EAI_FAIL, f"looking up svc.example failed (error {socket.EAI_FAIL})"),
    ],
)
def test_f55_failed_lookups_are_down_and_say_how(code: int, detail: str) -> None:
    options = {"lookup": resolver(code)}
    for url in ("http://svc.example", "tcp://svc.example:25", "tls://svc.example"):
        assert said(check(url, round_options=options)) == f"down dns: {detail}"


def test_f55_a_flaky_resolver_is_asked_again(farm: Farm) -> None:
    url = named(farm.start(answer()))
    lookup = resolver(socket.EAI_AGAIN, socket.EAI_AGAIN, [(V4, "127.0.0.1")])
    checked = check(url, retries=(1, 1), round_options={"lookup": lookup})
    assert (checked.state, checked.attempts) == ("up", 3)
    assert [attempt.reason for attempt in checked.tries] == ["dns", "dns", None]


def test_d0j_where_our_own_dns_is_gone_failed_lookups_are_unknown(farm: Farm) -> None:
    steady = farm.start(answer())
    numeric = [steady.url, f"tcp://127.0.0.1:{steady.port}"]
    options = {"lookup": resolver(socket.EAI_AGAIN)}
    named_canary = [*numeric, "https://canary.example"]
    ran = round_of(
        monitor("http://svc.example", "named"),
        monitor("tcp://127.0.0.1:9", "refused"),
        canaries=named_canary,
        **options,
    )
    assert (ran.checks["named"].state, ran.checks["named"].reason) == ("unknown", "vantage")
    assert said(ran.checks["refused"]).startswith("down connect: the connection was refused")
    assert ran.net == "ok"


def test_a_hanging_resolver_holds_up_neither_the_others_nor_the_end(farm: Farm) -> None:
    release = threading.Event()
    waited: list[str] = []

    def lookup(host: str, port: int, family: int, kind: int) -> Any:
        release.wait()
        waited.append(host)
        return []

    url = farm.start(answer()).url
    slow = [monitor(f"http://h{n}.example", f"h{n}", timeout_ms=300) for n in range(60)]
    ran = round_of(*slow, monitor(url, "quick"), lookup=lookup)
    assert not waited, "the round waited for the resolver's threads"
    release.set()
    assert ran.checks["quick"].state == "up"
    detail = "no answer within 300 ms: looking up h0.example"
    assert said(ran.checks["h0"]) == f"down timeout: {detail}"


@pytest.fixture
def no_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this machine one without an IPv6 route, whatever it is."""

    class Sockets:
        def __getattr__(self, name: str) -> Any:
            return getattr(socket, name)

        @staticmethod
        def socket(family: int, kind: int) -> socket.socket:
            if family == V6:
                raise OSError(errno.EAFNOSUPPORT, "made up")
            return socket.socket(family, kind)

    monkeypatch.setattr(route, "socket", Sockets())


@pytest.mark.usefixtures("no_ipv6")
def test_d0k_f53_ipv6_alone_from_a_machine_without_it_is_unknown(farm: Farm) -> None:
    options = {"lookup": resolver([(V6, "2001:db8::1")])}
    for url in ("http://svc.example", "tcp://svc.example:25", "tls://svc.example"):
        checked = check(url, retries=(1, 1), round_options=options)
        assert (checked.state, checked.reason, checked.attempts) == ("unknown", "no-ipv6", 1)
    both = resolver([(V6, "2001:db8::1"), (V4, "127.0.0.1")])
    url = named(farm.start(answer()))
    assert check(url, round_options={"lookup": both}).state == "up"


def test_ipv6_is_spoken_where_it_is(farm: Farm) -> None:
    try:
        served = farm.start(answer(), host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    assert check(served.url).state == "up"
    assert check(f"tcp://[::1]:{served.port}").state == "up"
    both = {"lookup": resolver([(V4, "127.0.0.1"), (V6, "::1")])}
    assert check(named(served), ip="6", round_options=both).state == "up"
    assert check(named(served), ip="4", round_options=both).reason == "connect"
    assert check(named(served), round_options=both).state == "up"
    only = {"lookup": resolver([(V6, "::1")])}
    assert check(named(served), ip="4", round_options=only).reason == "dns"


def test_an_address_that_refuses_does_not_hide_one_that_answers(farm: Farm) -> None:
    lookup = resolver([(V4, "127.0.0.2"), (V4, "127.0.0.1")])
    assert check(named(farm.start(answer())), round_options={"lookup": lookup}).state == "up"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
    ],
)
def test_t12_no_spelling_of_a_private_address_is_public(address: str) -> None:
    assert not resolve.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert resolve.is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433", "localhost"]
)
def test_t12_private_addresses_are_not_dialled_where_they_are_forbidden(
    farm: Farm, host: str
) -> None:
    served = farm.start(answer())
    forbidden = {"allow_private": False}
    for scheme in ("http", "tcp"):
        checked = check(f"{scheme}://{host}:{served.port}", round_options=forbidden)
        assert (checked.state, checked.reason) == ("unknown", "checker"), said(checked)
        assert said(checked).endswith("is a private address, and allow_private is false")
    assert served.connections == 0


def test_t12_the_address_that_was_checked_is_the_one_connected_to(farm: Farm) -> None:
    """A name that leads to a server of ours the second time it is asked gains nothing."""
    inner = farm.start(answer())
    rebinding = resolver([(V4, "127.0.0.9")], [(V4, "127.0.0.1")])
    checked = check(named(inner), retries=(1,), round_options={"lookup": rebinding})
    assert [attempt.reason for attempt in checked.tries] == ["connect", None]
    assert inner.connections == 1  # by the second attempt alone, which asked again


def test_checks_do_not_get_each_others_addresses(farm: Farm) -> None:
    """RESOLVE writes into one cache of all transfers: names are used once (libcurl)."""
    one, two = farm.start(answer(b"one")), farm.start(answer(b"two"), host="127.0.0.2")
    both = [(V4, "127.0.0.3"), (V4, "127.0.0.1")], [(V4, "127.0.0.3"), (V4, "127.0.0.2")]
    asked: list[str] = []

    def lookup(host: str, port: int, family: int, kind: int) -> Any:
        asked.append(host)
        found = both[0] if port == one.port else both[1]
        return [(V4, kind, 6, "", (ip, port)) for _, ip in found]

    ran = round_of(
        monitor(named(one), "one", expect={"body_contains": "one"}),
        monitor(
            two.url.replace("127.0.0.2", "svc.example"), "two", expect={"body_contains": "two"}
        ),
        lookup=lookup,
    )
    assert [said(ran.checks[name]) for name in ("one", "two")] == ["up -", "up -"]
    assert asked == ["svc.example", "svc.example"]


def test_t12_a_redirect_to_a_private_address_is_the_servers_fault(farm: Farm) -> None:
    inner = farm.start(answer())
    outer = farm.start(redirect(inner.url))
    checked = check(
        named(outer),
        round_options={
            "connect_to": [parse_connect_to(f"svc.example::127.0.0.1:{outer.port}")],
            "allow_private": False,
        },
    )
    assert said(checked) == (
        "down redirect: the redirect cannot be followed: 127.0.0.1 is a private address, "
        "and allow_private is false"
    )
    assert (outer.connections, inner.connections) == (1, 0)


def test_f56_without_our_network_all_is_unknown(farm: Farm) -> None:
    gone = ["http://127.0.0.1:9", "tcp://127.0.0.1:9", "http://127.0.0.1:9/x"]
    monitors = [monitor("tcp://127.0.0.1:9", f"m{n}") for n in range(6)]
    ran = round_of(*monitors, canaries=gone)
    assert {(one.state, one.reason) for one in ran.checks.values()} == {("unknown", "vantage")}
    assert ran.net == "lost"


def test_d0d_canaries_are_asked_again_after_a_failure(farm: Farm) -> None:
    first_good = farm.start(in_turn(answer(), raw(b"")))
    ran = round_of(monitor("tcp://127.0.0.1:9"), canaries=[first_good.url])
    assert (ran.checks["m"].state, ran.net) == ("unknown", "lost")
    assert first_good.connections == 2
    steady = farm.start(answer(b"", 500))
    ran = round_of(monitor("tcp://127.0.0.1:9"), canaries=[steady.url])
    assert (ran.checks["m"].state, ran.net, steady.connections) == ("down", "ok", 2)
    ran = round_of(monitor(steady.url, expect={"status": "500"}), canaries=[steady.url])
    assert steady.connections == 4, "nothing failed, so one question is enough"
