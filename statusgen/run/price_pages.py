"""Looks at vendors' pages: do they still show the terms that a roadmap's prices were read from?

Each page is asked once, as a check asks: the same limits of time and size, the same rules of
redirects, and public addresses alone. An answer of 200 says nothing by itself: only the words do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from statusgen import __version__
from statusgen.base.clock import Instant
from statusgen.base.text import one_line
from statusgen.history.pricelog import Look, Outcome
from statusgen.probe.body import decode, unpack
from statusgen.probe.connect_to import ConnectTo
from statusgen.probe.faults import Fault, Stopwatch, limited
from statusgen.probe.http_fetch import Answer, Ask, fetch
from statusgen.probe.resolve import GetAddrInfo
from statusgen.probe.route import Router
from statusgen.probe.shown_text import missing, shown_text
from statusgen.probe.target import target_of
from statusgen.probe.tools import Tools
from statusgen.roadmap.seen import Watched

SECONDS = 30.0
"""For one page, redirects included."""
MOST = 4 * 1024 * 1024
"""Bytes of a page that are read, after decompression."""
AT_ONCE = 4
_REDIRECTS = 5
_GONE = (404, 410)
_TEXT = ("text/", "application/json", "application/xhtml+xml", "application/xml")


def look_at(
    prices: Sequence[Watched],
    *,
    at: Instant,
    environ: Mapping[str, str],
    connect_to: Sequence[ConnectTo] = (),
    ca_file: Path | None = None,
    lookup: GetAddrInfo | None = None,
    seconds: float = SECONDS,
) -> tuple[Look, ...]:
    """Look at the pages of prices, each page with each list of words once. Nothing raises."""
    once = list({each.key: each for each in prices}.values())
    router = Router(connect_to=tuple(connect_to), allow_private=False, lookup=lookup)

    async def run() -> list[Look]:
        tools = Tools(at=at, environ=environ, router=router, ca_file=ca_file)
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(price: Watched) -> Look:
            async with turns:
                return await _look(price, tools, at, seconds)

        try:
            return list(await asyncio.gather(*map(one, once)))
        finally:
            await tools.close()

    return tuple(asyncio.run(run()))


async def _look(price: Watched, tools: Tools, at: Instant, seconds: float) -> Look:
    watch = Stopwatch()
    try:
        ask = _ask(price.url)
        answer = await limited(fetch(ask, tools, watch, seconds), watch, seconds)
        outcome, why, detail = _judged(price, answer)
    except Fault as fault:
        outcome, why, detail = Outcome.UNTOLD, str(fault.reason), fault.detail
    except ValueError as error:
        outcome, why, detail = Outcome.UNTOLD, "checker", str(error)
    return Look(
        at=at,
        key=price.key,
        roadmap=price.roadmap,
        name=one_line(price.name, 100),
        url=price.url,
        outcome=outcome,
        why=why,
        detail=one_line(detail, 200),
    )


def _ask(url: str) -> Ask:
    return Ask(
        method="GET",
        target=target_of(url),
        headers=(),
        user_agent=f"statusgen/{__version__}",
        content=None,
        redirects=_REDIRECTS,
        http_allowed=False,
        body_wanted=frozenset(range(1000)),
        max_body=MOST,
        ip="any",
        insecure=False,
        environment=False,
    )


def _judged(price: Watched, answer: Answer) -> tuple[Outcome, str, str]:
    if answer.code in _GONE:
        return Outcome.VANISHED, "gone", f"HTTP {answer.code}"
    if not 200 <= answer.code < 300:
        return Outcome.UNTOLD, "refused", f"HTTP {answer.code}"
    kind = answer.header("content-type").lower()
    if kind and not kind.startswith(_TEXT):
        return Outcome.UNTOLD, "no-text", one_line(kind, 80)
    body = unpack(answer.body, answer.header("content-encoding"), MOST, truncated=answer.truncated)
    if body.unreadable:
        return Outcome.UNTOLD, "no-text", body.unreadable
    text = decode(body.data, kind).text
    markup = "html" in kind or (not kind and "<" in text[:1000])
    shown, scripted = shown_text(text, markup=markup)
    lacks = missing(shown, price.expect)
    if not lacks:
        return Outcome.SEEN, "", ""
    if answer.fault is not None or body.truncated:
        return Outcome.UNTOLD, "cut", ""
    if scripted:
        return Outcome.UNTOLD, "scripts", ""
    elsewhere = _elsewhere(price.url, answer)
    if elsewhere:
        return Outcome.REDIRECTED, "elsewhere", elsewhere
    return Outcome.VANISHED, "missing", ", ".join(lacks)


def _elsewhere(asked: str, answer: Answer) -> str:
    """Return the address that answered where that is another page; empty where it is the same.

    Another scheme, ``www.`` or a slash at the end are no other page.
    """
    return answer.url if _place(asked) != _place(answer.url) else ""


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").lower()
