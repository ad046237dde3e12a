"""GitHub's REST API, as far as issues need it: pages, conditional questions, and its limits.

Facts by GitHub's public documentation ("Best practices for using the REST API", "Rate limits for
the REST API", "Using pagination in the REST API"): a 403 or 429 with ``Retry-After``, or with
``X-RateLimit-Remaining: 0`` and ``X-RateLimit-Reset``, asks to wait; a question with
``If-None-Match`` that is answered by 304 costs nothing; writes are a second apart; further pages
are those that ``Link`` names, which are asked only where the first came from.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from statusgen.base.clock import Instant
from statusgen.base.errors import OutsideError
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line
from statusgen.base.web import Lead, Limits, Reply, Web, WebError

API = "https://api.github.com"
_NEXT = re.compile(r'<([^<>\s]+)>\s*;[^,]*\brel="?next"?', re.ASCII)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PAGES = 30
"""Most pages that one question is followed over: 3,000 issues or comments."""
_WAIT = 60
"""Seconds to wait where GitHub says that it was too much and not for how long."""
_LONGEST_WAIT = 2 * 3600


class GitHubError(OutsideError):
    """GitHub did not do what was asked; the message is redacted."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, where one came."""

    @property
    def of_one(self) -> bool:
        """Whether it concerns what was asked for alone, so that others may go on."""
        return self.status in (403, 404, 410, 422)


class WaitError(GitHubError):
    """GitHub asks to be left alone for a while."""

    def __init__(self, until: Instant) -> None:
        super().__init__("GitHub's limit of requests is reached")
        self.until = until


@dataclass(frozen=True, slots=True)
class Listing:
    """What a question for a list gave."""

    items: tuple[Mapping[str, Any], ...]
    etag: str = ""
    """Of the first page; empty where there are more, for then it says nothing of the others."""
    unchanged: bool = False
    """304: as it was when ``etag`` was given; there are no items then."""
    whole: bool = True
    """Whether all pages were read."""


@dataclass(slots=True, kw_only=True)
class Api:
    """One repository's API."""

    repository: str
    """``owner/name``."""
    token: str = field(repr=False)
    base: str = API
    now: Callable[[], Instant]
    pause: float = 1.0
    """Seconds between two writes."""
    writes: int = 30
    """Writes that are left for this run: what is over waits for the next."""
    sleep: Callable[[float], None] = time.sleep
    lead: Lead | None = None
    _wrote: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise GitHubError("the address of GitHub's API must begin with https://")

    def listing(self, path: str, etag: str = "", **query: str) -> Listing:
        """Return all pages of a list. Raises GitHubError."""
        url = self._url(path, {**query, "per_page": "100"})
        reply = self._ask("GET", url, etag=etag)
        if reply.status == 304:
            return Listing((), etag, unchanged=True)
        items = _listed(reply)
        following, pages = _next(reply, url), 1
        while following and pages < _PAGES:
            page = self._ask("GET", following)
            items += _listed(page)
            following, pages = _next(page, following), pages + 1
        shown = reply.headers.get("etag", "") if pages == 1 else ""
        return Listing(tuple(items), shown[:200], whole=not following)

    def get(self, path: str) -> Mapping[str, Any]:
        """Return one object. Raises GitHubError."""
        return _object(self._ask("GET", self._url(path, {})))

    def write(self, method: str, path: str, document: Mapping[str, object]) -> Mapping[str, Any]:
        """Make or change something. Raises GitHubError, where this run wrote enough, too."""
        return _object(self._write(method, path, document))

    def delete(self, path: str) -> None:
        """Take something away. Raises GitHubError as :meth:`write`."""
        self._write("DELETE", path, None)

    def _write(self, method: str, path: str, document: Mapping[str, object] | None) -> Reply:
        if self.writes < 1:
            raise WaitError(self.now())
        if self._wrote and self.pause:
            self.sleep(self.pause)
        self.writes -= 1
        self._wrote = True
        return self._ask(method, self._url(path, {}), document=document)

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        asked = f"?{urlencode(query)}" if query else ""
        return f"{self.base.rstrip('/')}/repos/{self.repository}{path}{asked}"

    def _ask(self, method: str, url: str, *, etag: str = "", document: object = None) -> Reply:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        if etag:
            headers["If-None-Match"] = etag
        # A write that is redirected would become a question, and be answered as if it were done.
        limits = Limits(seconds=20, redirects=3 if method == "GET" else 0)
        web = Web(limits=limits, redact=Redactor([self.token]), lead=self.lead)
        try:
            return web.ask_now(method, url, headers=headers, document=document)
        except WebError as error:
            raise self._judged(error) from None

    def _judged(self, error: WebError) -> GitHubError:
        reply = error.reply
        if reply is None:
            return GitHubError(str(error))
        if reply.status in (403, 429):
            wait = _wait(reply, self.now())
            if wait is not None:
                return WaitError(self.now() + min(wait, _LONGEST_WAIT))
        why = _WHY.get(reply.status) or ("it moved" if 300 <= reply.status < 400 else "")
        told = Redactor([self.token])(_said(reply))
        shown = ": ".join(part for part in (f"HTTP {reply.status}", why, told) if part)
        return GitHubError(f"GitHub answered {shown}", reply.status)


_WHY = {
    401: "the token is refused",
    403: "the token may not do this (`permissions: issues: write`)",
    404: "there is no such repository or issue, or the token may not see it",
    410: "issues are switched off in this repository",
    422: "it will not take this",
}


def _wait(reply: Reply, now: Instant) -> int | None:
    """Return the seconds that GitHub asks to wait; None where it refuses for another reason."""
    from statusgen.base.web import seconds_to_wait

    after = seconds_to_wait(reply.headers)
    if after is not None:
        return max(1, after)
    if reply.headers.get("x-ratelimit-remaining") == "0":
        reset = reply.headers.get("x-ratelimit-reset", "")
        return max(1, int(reset) - now) if re.fullmatch(r"\d{1,12}", reset) else _WAIT
    limited = reply.status == 429 or "rate limit" in _said(reply).lower()
    return _WAIT if limited else None


def _said(reply: Reply) -> str:
    """Return the message of a refusal, as one line."""
    try:
        told = reply.json()
    except WebError:
        return ""
    text = told.get("message") if isinstance(told, dict) else ""
    return one_line(text, 160) if isinstance(text, str) else ""


def _next(reply: Reply, url: str) -> str:
    """Return the address of the next page, where it lies at the same place as this one."""
    found = _NEXT.search(reply.headers.get("link", "")[:4000])
    if found is None:
        return ""
    following = urljoin(url, found[1])
    return following if urlsplit(following)[:2] == urlsplit(url)[:2] else ""


def _listed(reply: Reply) -> list[Mapping[str, Any]]:
    try:
        told = reply.json()
    except WebError:
        told = None
    if not isinstance(told, list):
        raise GitHubError("GitHub answered with something that is no list")
    return [each for each in told if isinstance(each, dict)]


def _object(reply: Reply) -> Mapping[str, Any]:
    try:
        told = reply.json()
    except WebError:
        told = None
    if not isinstance(told, dict):
        raise GitHubError("GitHub answered with something that is no object")
    return told
