"""Globalping's API (https://api.globalping.io, its public OpenAPI document): others look for us.

``POST /v1/measurements`` starts a measurement on some probes, ``GET /v1/measurements/{id}`` tells
how far it is. What is sent is the host, path and query of a monitor, and nothing else: no header,
no body, no secret; an address that holds a secret, or that only our own network knows, is not
asked about. What no probe answers is no opinion.

Imported only where somebody is to be asked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from statusgen.base.states import Reason, State
from statusgen.base.text import one_line
from statusgen.base.web import Limits, Reply, Web, WebError
from statusgen.config.outside import Globalping
from statusgen.config.settings import Monitor
from statusgen.probe.http_options import HttpOptions
from statusgen.probe.judge import status_expected
from statusgen.probe.round import Check

LIMITS = Limits(seconds=10.0, body=1024 * 1024, redirects=0)
PAUSE_S = 0.7
"""Between two looks at a measurement; the API asks for half a second at least."""
PATIENCE_S = 25.0
"""A measurement that is not finished by then is judged by the probes that are."""
_LOCAL = (".local", ".internal", ".lan", ".home", ".localhost", ".home.arpa", ".invalid")
_MOST_RESULTS = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What probes are to look at."""

    monitor: str
    document: Mapping[str, Any]
    """``type``, ``target`` and ``measurementOptions`` of the request."""
    expected: tuple[str, ...] = ("200-299",)
    any_answer: bool = False
    """Whether an answer below 500 shows that the service is there: what failed here got none."""
    follows: bool = True
    """Whether the monitor follows redirects: where they lead, probes do not look."""


@dataclass(slots=True)
class Purse:
    """How many tests may still be spent."""

    left: int
    note: str = ""
    """Why no more are spent, for the operator."""

    def spend(self, tests: int) -> bool:
        """Take so many; False where they are not there."""
        if tests > self.left:
            self.note = self.note or "the limit of tests an hour is reached"
            return False
        self.left -= tests
        return True

    def heard(self, headers: Mapping[str, str]) -> None:
        """Believe what the API says of its limits."""
        remaining = headers.get("x-ratelimit-remaining", "")
        bought = headers.get("x-credits-remaining", "")
        if remaining.isascii() and remaining.isdigit():
            more = int(bought[:9]) if bought.isascii() and bought.isdigit() else 0
            self.left = min(self.left, int(remaining[:9]) + more)


@dataclass(slots=True)
class Asked:
    """What came of asking."""

    checks: dict[str, Check] = field(default_factory=dict)
    """What the probes say, by monitor; a monitor without an opinion is not in it."""
    notes: list[str] = field(default_factory=list)
    """What went wrong, for the operator."""


def question(
    monitor: Monitor, environ: Mapping[str, str], *, failed: Check | None = None
) -> Question | None:
    """Return what to ask about a monitor; None where others cannot judge it.

    ``failed``: what was seen here. A fault of the body or of the certificate is not asked about:
    probes look at neither.
    """
    if monitor.url.names or (failed and failed.reason in (Reason.BODY, Reason.CERTIFICATE)):
        return None
    parts = urlsplit(monitor.url.text)
    if monitor.kind == "dns":
        return _lookup(monitor, parts.netloc, parts.path, parts.query)
    host = parts.hostname or ""
    if not _is_public(host):
        return None
    if monitor.kind == "tcp":
        options = {"protocol": "TCP", "port": parts.port, "packets": 3}
        return Question(monitor.id, {"type": "ping", "target": host, "measurementOptions": options})
    if monitor.kind not in ("http", "tls"):
        return None
    secure = parts.scheme in ("https", "tls")
    http = monitor.options if isinstance(monitor.options, HttpOptions) else None
    if http is not None and (http.method not in ("GET", "HEAD") or http.headers or http.body):
        return None  # what is asked without them is another question
    request = {"method": http.method if http else "HEAD", "path": parts.path or "/"}
    if parts.query:
        request["query"] = parts.query
    asked: dict[str, Any] = {
        "protocol": "HTTPS" if secure else "HTTP",
        "port": parts.port or (443 if secure else 80),
        "request": request,
    }
    document = {"type": "http", "target": host, "measurementOptions": asked}
    answered = failed is not None and failed.code is not None
    return Question(
        monitor.id,
        document,
        http.expect.status if http else ("100-599",),
        any_answer=http is None or (failed is not None and not answered),
        follows=http is not None and http.redirects > 0,
    )


def _lookup(monitor: Monitor, resolver: str, path: str, query: str) -> Question | None:
    name = unquote(path).strip("/")
    kind = parse_qs(query).get("type", ["A"])[0].upper()
    if not _is_public(name) or kind == "CAA":
        return None
    options: dict[str, Any] = {"query": {"type": kind}}
    if resolver:
        host = urlsplit(f"//{resolver}").hostname or ""
        if not _is_public(host):
            return None
        options["resolver"] = host
    return Question(monitor.id, {"type": "dns", "target": name, "measurementOptions": options})


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.rstrip(".").lower().endswith(_LOCAL)


def ask_all(
    questions: Sequence[Question],
    told: Globalping,
    purse: Purse,
    *,
    token: str = "",
    places: Mapping[str, Sequence[str]] | None = None,
    probes: int | None = None,
    web: Web | None = None,
    patience_s: float = PATIENCE_S,
) -> Asked:
    """Ask about all at once, as far as the purse allows; nothing outside raises.

    ``places``: by monitor, where its probes stand, if not where the configuration says.
    """
    asker = _Asker(told, purse, token, probes or told.probes, web or Web(limits=LIMITS))

    async def run() -> None:
        ways = [
            asker.ask(each, (places or {}).get(each.monitor) or told.places, patience_s)
            for each in questions
        ]
        await asyncio.gather(*ways)

    asyncio.run(run())
    if purse.note:
        asker.asked.notes.append(purse.note)
    return asker.asked


class _Asker:
    """Asks, and keeps what came of it."""

    def __init__(self, told: Globalping, purse: Purse, token: str, probes: int, web: Web) -> None:
        self._told, self._purse, self._probes, self._web = told, purse, probes, web
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.asked = Asked()

    async def ask(self, each: Question, places: Sequence[str], patience_s: float) -> None:
        """Start one measurement and wait for it; what goes wrong is noted."""
        if not self._purse.spend(self._probes):
            return
        try:
            async with asyncio.timeout(patience_s + LIMITS.seconds):
                result = await self._measured(each, places, patience_s)
        except TimeoutError:
            self._note(each, "did not answer in time")
        except WebError as error:
            if error.status == 429:
                self._purse.left = 0
                wait = _seconds(error.reply)
                self._purse.note = f"its limit is reached{f'; free in {wait} s' if wait else ''}"
            else:
                self._note(each, str(error))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._note(each, "gave an answer that cannot be read")
        else:
            check = opinion(each, result)
            if check is not None:
                self.asked.checks[each.monitor] = check

    def _note(self, each: Question, what: str) -> None:
        self.asked.notes.append(one_line(f"{each.monitor}: {what}", 200))

    async def _measured(
        self, each: Question, places: Sequence[str], patience_s: float
    ) -> list[Any]:
        """Return the results of a measurement. Raises WebError, ValueError."""
        share = [{"magic": place} for place in places[: self._probes]]
        document = {**each.document, "locations": share, "limit": self._probes}
        url = f"{self._told.url}/v1/measurements"
        try:
            made = await self._web.ask("POST", url, headers=self._headers, document=document)
        except WebError as error:
            if error.reply is not None:
                self._purse.heard(error.reply.headers)
            raise
        self._purse.heard(made.headers)
        identifier = made.json()["id"]
        if not isinstance(identifier, str) or not 0 < len(identifier) <= 200:
            raise ValueError("no id")
        deadline = asyncio.get_running_loop().time() + patience_s
        etag = ""
        results: list[Any] = []
        while True:
            await asyncio.sleep(PAUSE_S)
            headers = {**self._headers, **({"If-None-Match": etag} if etag else {})}
            reply = await self._web.ask("GET", f"{url}/{quote(identifier, safe='')}",
                                        headers=headers)  # fmt: skip
            if reply.status != 304:
                etag, found = reply.headers.get("etag", ""), reply.json()
                results = list(found["results"])[:_MOST_RESULTS]
                if found["status"] != "in-progress":
                    return results
            if asyncio.get_running_loop().time() >= deadline:
                return results


def _seconds(reply: Reply | None) -> str:
    """Return in how many seconds the API is free again, as its header says."""
    text = reply.headers.get("x-ratelimit-reset", "") if reply else ""
    return text if text.isascii() and text.isdigit() and len(text) < 7 else ""


def opinion(each: Question, results: Sequence[Any]) -> Check | None:
    """Return what probes say together; None where none of them could tell.

    Up where more than half of those who could tell reached it, partial where some did, else down.
    """
    votes = [vote for result in results if (vote := _vote(each, result)) is not None]
    if not votes:
        return None
    good = [(ms, code) for ok, ms, code in votes if ok]
    times = [ms for ms, _ in good if ms is not None]
    state = State.UP if 2 * len(good) > len(votes) else State.PARTIAL if good else State.DOWN
    codes = [code for ok, _, code in votes if code is not None and ok is (state is State.UP)]
    silent = Reason.DNS if each.document["type"] == "dns" else Reason.CONNECT
    return Check(
        state=state,
        ms=round(statistics.median(times)) if times and state is State.UP else None,
        code=statistics.mode(codes) if codes else None,
        reason=None if state is State.UP else Reason.STATUS if codes else silent,
        places=(len(good), len(votes)),
    )


def _vote(each: Question, item: Any) -> tuple[bool, float | None, int | None] | None:
    """Return whether a probe reached it, how long that took, and the status; None: no voice."""
    result = item.get("result") if isinstance(item, dict) else None
    if not isinstance(result, dict):
        return None
    said = result.get("status")
    if said == "failed":
        return False, None, None
    if said != "finished":
        return None  # under way, or the probe has gone
    kind = each.document["type"]
    if kind == "ping":
        stats = result.get("stats")
        got = _number(stats.get("rcv")) if isinstance(stats, dict) else None
        if got is None or not isinstance(stats, dict):
            return None
        return got > 0, _number(stats.get("avg")), None
    timings = result.get("timings")
    total = _number(timings.get("total")) if isinstance(timings, dict) else None
    if kind == "dns":
        answers = result.get("answers")
        return (bool(answers), total, None) if isinstance(answers, list) else None
    code = _number(result.get("statusCode"))
    if code is None or not 100 <= code <= 999:
        return None
    status = int(code)
    if status_expected(status, each.expected):
        return True, total, status
    if each.follows and 300 <= status < 400:
        return None
    return each.any_answer and status < 500, total, status


def _number(value: object) -> float | None:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if plain and 0 <= value < 1e7 else None  # type: ignore[operator,arg-type]
