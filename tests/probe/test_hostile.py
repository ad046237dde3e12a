"""F40 to F51: servers that misbehave. Each must cost little and end in the right state."""

from __future__ import annotations

import gzip
import zlib

import pytest

from tests.probe.rounds import check, monitor, round_of, said
from tests.probe.servers import (
    Behaviour,
    Farm,
    answer,
    bomb,
    drip,
    endless_chunks,
    flood,
    hang,
    head,
    raw,
    redirect,
)

TIMEOUT_MS = 300
WANTED = {"body_contains": "never there"}


@pytest.mark.parametrize("expect", [{}, WANTED], ids=["status", "body"])
@pytest.mark.parametrize(
    "behaviour", [bomb(), endless_chunks()], ids=["F40 gzip bomb", "F41 endless chunks"]
)
def test_a_huge_body_is_capped(farm: Farm, behaviour: Behaviour, expect: dict[str, str]) -> None:
    outcome = said(check(farm.start(behaviour).url, expect=expect))
    if expect:
        assert outcome == (
            "down body: the body, read as utf-8, lacks 'never there'; "
            "the body is larger than 1048576 bytes, and only those were read; raise max_body"
        )
    else:
        assert outcome == "up -"


def test_what_stands_in_the_part_that_is_read_is_found(farm: Farm) -> None:
    url = farm.start(answer(b"found" + b"x" * 2_000_000)).url
    assert check(url, expect={"body_contains": "found"}).state == "up"
    assert check(url, expect={"body_lacks": "found"}).state == "down"
    assert said(check(url, expect={"body_lacks": "lost"})).startswith("down body: the body is larg")
    assert check(url, expect={"body_lacks": "lost"}, max_body=3_000_000).state == "up"


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(
            drip(head(headers={"Content-Length": "9999"}), b"x"),
            "down timeout: no answer within 300 ms: waiting for the body",
            id="F42 drip",
        ),
        pytest.param(
            drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.02),
            "down timeout: no answer within 300 ms: waiting for an answer",
            id="F43 slow-loris headers",
        ),
        pytest.param(
            hang(),
            "down timeout: no answer within 300 ms: waiting for an answer",
            id="hang",
        ),
        pytest.param(
            flood(b"", b"HTTP/1.1 103 Early Hints\r\nA: %s\r\n\r\n" % (b"b" * 9000)),
            "down protocol: more headers than any client accepts",
            id="endless informational answers",
        ),
    ],
)
def test_a_server_that_never_ends_is_cut_off(
    farm: Farm, behaviour: Behaviour, outcome: str
) -> None:
    checked = check(farm.start(behaviour).url, timeout_ms=TIMEOUT_MS, expect=WANTED)
    assert said(checked) == outcome
    if checked.reason == "timeout":
        assert checked.ms is not None
        assert checked.ms >= TIMEOUT_MS


def test_a_server_that_accepts_and_never_reads_is_cut_off(farm: Farm) -> None:
    served = farm.start(hang(), silent=True)
    checked = check(served.url, timeout_ms=TIMEOUT_MS, method="POST", body="x" * 50_000_000)
    assert (checked.state, checked.reason) == ("down", "timeout")


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "the server closed the connection before a whole answer"),
        (b"<html>HTTP/0.9</html>", "the answer does not begin with an HTTP status line"),
        (b"HTTP/1.1 20 OK\r\n\r\n", "the answer does not begin with an HTTP status line"),
        (b"\x00\xff\x16\x03garbage\r\n\r\n", "the answer does not begin with an HTTP status line"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "the answer does not begin with an HTTP status line"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "the answer does not begin with an HTTP status line"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "the answer states two different lengths",
        ),
    ],
)
def test_f47_what_is_not_http_is_down(farm: Farm, data: bytes, detail: str) -> None:
    assert said(check(farm.start(raw(data)).url)).startswith(f"down protocol: {detail}")


def test_f45_a_hundred_megabytes_of_headers(farm: Farm) -> None:
    line = b"X-Filler: " + b"y" * 65536
    served = farm.start(flood(b"HTTP/1.1 200 OK\r\n", line, 100_000_000))
    outcome = said(check(served.url))
    assert outcome == "down protocol: more headers than any client accepts"


@pytest.mark.parametrize(
    "charset",
    ["nosuch", "punycode", "base64", "utf-16", "idna", "unicode_escape", "ISO-8859-1", "x" * 9000],
)
def test_f49_a_wrong_charset_harms_nothing(farm: Farm, charset: str) -> None:
    fields = {"Content-Type": f"text/html; charset={charset}"}
    url = farm.start(answer(b"\xff\xfe\x80 caf\xe9 " + b"x" * 500_000, headers=fields)).url
    checked = check(url, expect={"body_lacks": "absent"})
    assert checked.state == "up"


def test_f49_a_known_charset_is_read(farm: Farm) -> None:
    fields = {"Content-Type": 'text/html; charset="iso-8859-1"'}
    url = farm.start(answer("café".encode("latin-1"), headers=fields)).url
    assert check(url, expect={"body_contains": "café"}).state == "up"


@pytest.mark.parametrize(
    ("encoding", "data", "found"),
    [
        ("gzip", gzip.compress(b"needle", mtime=0), True),
        ("GZIP", gzip.compress(b"nee", mtime=0) + gzip.compress(b"dle", mtime=0), True),
        ("identity", b"needle", True),
        ("br", b"needle", True),
        ("br", b"\x0b\x02\x80nee", False),
        ("gzip, gzip", gzip.compress(gzip.compress(b"needle", mtime=0), mtime=0), True),
        ("deflate", zlib.compress(b"needle"), True),
        ("deflate", zlib.compress(b"needle")[2:-4], True),
        ("gzip", gzip.compress(b"needle", mtime=0) + b"rubbish behind", True),
        ("aws-chunked", b"needle", True),
        ("utf-8", b"needle", True),
    ],
)
def test_f51_what_can_be_read_is_read(farm: Farm, encoding: str, data: bytes, found: bool) -> None:
    url = farm.start(answer(data, headers={"Content-Encoding": encoding})).url
    checked = check(url, expect={"body_contains": "needle"})
    assert checked.state == ("up" if found else "down"), said(checked)


def test_f51_broken_gzip_is_said_only_where_the_body_matters(farm: Farm) -> None:
    url = farm.start(answer(b"not gzip", headers={"Content-Encoding": "gzip"})).url
    assert check(url).state == "up"
    outcome = said(check(url, expect={"body_lacks": "x"}))
    assert outcome == "down protocol: the body is not the gzip that it claims to be"


@pytest.mark.parametrize(
    "location",
    [
        "http://\x01\x02/",
        "http://[::1/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://:80/",
    ],
)
def test_f50_a_location_that_is_none_is_down(farm: Farm, location: str) -> None:
    checked = check(farm.start(redirect(location)).url)
    assert (checked.state, checked.reason) in (("down", "redirect"), ("down", "protocol"))


def test_t20_a_regular_expression_that_explodes_is_stopped(farm: Farm) -> None:
    url = farm.start(answer(b"a" * 5000 + b"!")).url
    ran = round_of(
        monitor(url, "bad", expect={"body_matches": "(a+)+$"}),
        monitor(url, "good", expect={"body_matches": "a!$"}),
    )
    assert said(ran.checks["bad"]) == (
        "unknown checker: body_matches took longer than 1 s on this answer; "
        "write a simpler expression"
    )
    assert ran.checks["good"].state == "up"


def test_t3_nothing_a_server_says_breaks_the_line(farm: Farm) -> None:
    payload = "\x1b[31m::error::x</script>"
    behaviours = (
        raw(f"HTTP/1.1 500 {payload}\r\n\r\n".encode()),
        redirect(f"http://{payload}/"),
        redirect(f"https://127.0.0.1:1/{payload}"),
        raw(payload.encode()),
    )
    for behaviour in behaviours:
        checked = check(farm.start(behaviour).url)
        assert checked.state == "down"
        assert "\x1b" not in said(checked)
        assert "</script>" not in said(checked)
