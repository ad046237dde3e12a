"""Answers as the wild gives them, which every browser shows: gates, names, languages."""

from __future__ import annotations

from typing import Any

import pytest

from statusgen.probe.connect_to import parse_connect_to
from statusgen.probe.kinds import KINDS
from tests.probe.rounds import check, said
from tests.probe.servers import Farm, Request, answer, head, raw


@pytest.mark.parametrize(
    "gate",
    [
        {"/": ("/check", "seen=1"), "/check": ("/", "")},
        {"/": ("/check", ""), "/check": ("/", "seen=1")},
        {"/": ("/a", "seen=1"), "/a": ("/b", ""), "/b": ("/", "")},
    ],
    ids=["set at first, sent back by another", "set by the other", "over two others"],
)
def test_a_gate_that_wants_its_cookie_back_lets_us_in(
    farm: Farm, gate: dict[str, tuple[str, str]]
) -> None:
    async def behave(request: Request, writer: Any) -> None:
        if request.path == "/" and "seen=1" in request.headers.get("cookie", ""):
            writer.write(head(200, {"Content-Length": "2"}) + b"ok")
            return
        place, cookie = gate[request.path]
        fields = {"Location": place, "Content-Length": "0"}
        writer.write(head(302, fields | ({"Set-Cookie": cookie} if cookie else {})))

    assert said(check(farm.start(behave).url + "/")) == "up -"


def test_a_cookie_that_changes_nothing_is_a_circle_all_the_same(farm: Farm) -> None:
    async def behave(request: Request, writer: Any) -> None:
        first = request.path == "/" and "seen" not in request.headers.get("cookie", "")
        fields = {"Location": "/b" if request.path == "/" else "/", "Content-Length": "0"}
        writer.write(head(302, fields | ({"Set-Cookie": "seen=1"} if first else {})))

    served = farm.start(behave)

    assert said(check(served.url + "/")) == "down redirect: HTTP 302 redirects in a circle"
    assert len(served.requests) == 3


@pytest.mark.parametrize(
    ("host", "sent"),
    [
        ("\N{PILE OF POO}.example", "xn--ls8h.example"),
        ("i\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}.example", "xn--i-7iq.example"),
        ("m\N{LATIN SMALL LETTER U WITH DIAERESIS}nchen.example", "xn--mnchen-3ya.example"),
    ],
)
def test_a_name_with_emoji_is_asked_as_browsers_ask_it(farm: Farm, host: str, sent: str) -> None:
    served = farm.start(answer())
    location = f"Location: http://{host}:{served.port}/\r\n".encode()
    leading = farm.start(raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n" + location + b"\r\n"))
    rules = {"connect_to": [parse_connect_to(f"{sent}::127.0.0.1:{served.port}")]}

    for kind in KINDS:
        if kind.name in ("http", "tcp"):
            assert kind.url_fault(f"{kind.schemes[0]}://{host}:80") is None
    assert said(check(f"http://{host}/", round_options=rules)) == "up -"
    assert said(check(f"tcp://{host}:80", round_options=rules)) == "up -"
    assert said(check(leading.url, round_options=rules)) == "up -"
    hosts = [request.headers["host"] for request in served.requests]
    assert hosts == [sent, f"{sent}:{served.port}"]


@pytest.mark.parametrize("host", ["\N{PILE OF POO}" * 63 + ".example", "a\u2028b.example"])
def test_what_no_name_can_be_is_ours_to_mend(host: str) -> None:
    assert check(f"http://{host}/").state == "unknown"
    assert check(f"tcp://{host}:80").state == "unknown"


CYRILLIC, KANA, HANGUL = "\u0414\u043e\u0431\u0440\u043e", "\u3053\u3093", "\uc548\ub155"


@pytest.mark.parametrize(
    ("page", "charset", "content_type", "needle"),
    [
        ("<html><meta charset=windows-1251>", "cp1251", "text/html", CYRILLIC),
        ('<META Charset = "KOI8-R" />', "koi8-r", "text/html; charset=nonsense", CYRILLIC),
        ('<meta http-equiv=x content="text/html; charset=Shift_JIS">', "cp932", "", KANA),
        ('<?xml version="1.0" encoding="EUC-JP"?>', "euc-jp", "application/rss+xml", KANA),
        ("", "cp949", "text/html; charset=ks_c_5601-1987", HANGUL),
        ("", "cp1252", "text/html; charset=ISO-8859-1", "\u201cok\u201d"),
        ('<meta charset="utf-16">', "utf-8", "text/html", CYRILLIC),
        ('{"html": "<meta charset=koi8-r>"}', "utf-8", "application/json", CYRILLIC),
        ("<meta charset=koi8-r>", "cp1251", "text/html; charset=windows-1251", CYRILLIC),
        (" " * 1100 + "<meta charset=koi8-r>", "utf-8", "text/html", CYRILLIC),
    ],
)
def test_a_page_is_read_in_the_letters_that_it_names(
    farm: Farm, page: str, charset: str, content_type: str, needle: str
) -> None:
    served = farm.start(
        answer((page + needle).encode(charset), headers={"Content-Type": content_type})
    )

    assert said(check(served.url, expect={"body_contains": needle})) == "up -"
