"""One entry of an Upptime file's ``sites:`` → one monitor.

Where we differ from Upptime on purpose: a slow answer never overrides a wrong one; an ``ssl`` site
whose certificate ends within 7 days is degraded and not down, and its chain and host are verified;
a TCP check is one connection an attempt, not five.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from statusgen.base.errors import InputError, Problem
from statusgen.base.fields import header_name_fault
from statusgen.base.model import problems, suggest
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.advice import hyphenated_words
from statusgen.config.settings import Kind, Monitor
from statusgen.config.slugs import upptime_slug
from statusgen.config.upptimeentry import SiteEntry
from statusgen.config.upptimekeys import (
    SITE_MEANT,
    SITE_READ,
    SITE_UNUSED,
    SITE_WITHOUT_EFFECT,
    where_read,
)
from statusgen.config.upptimewarn import Warnings, unknown_keys
from statusgen.config.urls import check_url_fault, hyphenated_names, public_link

# Upptime's list of codes that are up where none is written (2xx beyond 208 is not in it).
UP_CODES = ("200-208", "226", "300-308")
CHECKS = {"http": "http", "tcp-ping": "tcp", "ssl": "tls", "ws": "ws"}
SLOW_MS = 60_000
REQUEST_S = 60
RETRY_DELAYS_MS = (2_000, 10_000)
_MOST_REDIRECTS = 20
_MOST_BODY = 4 * 1024 * 1024
"""Bytes of a page that rules look through; Upptime reads all of it, and has no key for that."""


def site_slug(entry: dict[str, Any]) -> str:
    """Return Upptime's slug for a site as written, whatever stands there."""
    name, url, slug = (entry.get(key) for key in ("name", "url", "slug"))
    return upptime_slug(*(part if isinstance(part, str) else "" for part in (name, url, slug)))


def read_site(
    document: Document, index: int, identifier: str, kinds: Sequence[Kind], warnings: Warnings
) -> Monitor:
    """Return the monitor that a site means. Raises InputError with the faults of this site."""
    at: Path_ = ("sites", index)
    sites = document.data["sites"] if isinstance(document.data, dict) else None
    written = sites[index] if isinstance(sites, list) else None
    if not isinstance(written, dict):
        raise InputError([document.problem(at, "must be a mapping", "write `name:` and `url:`")])
    try:
        entry = SiteEntry.model_validate(written)
    except ValidationError as error:
        raise InputError(problems(error, SiteEntry, document, at)) from None
    unknown_keys(
        document,
        at,
        written,
        SITE_READ,
        SITE_WITHOUT_EFFECT,
        warnings,
        SITE_MEANT,
        where_read("site"),
    )
    return _Site(document, at, entry, written, warnings).monitor(identifier, kinds)


class _Site:
    """One site on its way to a monitor: where it stands, and what to say about it."""

    def __init__(
        self,
        document: Document,
        at: Path_,
        entry: SiteEntry,
        written: dict[str, Any],
        warnings: Warnings,
    ) -> None:
        self.document, self.at, self.entry = document, at, entry
        self.written, self.warnings = written, warnings

    def monitor(self, identifier: str, kinds: Sequence[Kind]) -> Monitor:
        entry = self.entry
        kind = self._kind(kinds)
        for key in self.written:
            if key in SITE_UNUSED.get(kind.name, ()):
                self._warn(key, f"is not used by {(entry.check or '').strip()} checks")
        addressed = kind.name in ("http", "ws")
        url = self._http_url(kind) if addressed else self._host_url(kind.name)
        silent = self._silent(url, kind, kinds)
        if silent is not None:
            kind, url = silent
        self._odd_names()
        fault = check_url_fault(url, kind)
        if fault:
            raise self._error("url", *_split(fault))
        globalping = self._globalping(kind)
        seconds = entry.request_s or REQUEST_S
        return Monitor(
            id=identifier,
            name=" ".join(entry.name.split()) or identifier,
            kind=kind.name,
            url=Template(url),
            options=self._options(kind, seconds),
            link=public_link(url) if kind.name == "http" else "",
            timeout_ms=round(seconds * 1000),
            # Room for the retries of an answer that was merely wrong, not for three timeouts.
            deadline_ms=round(seconds * 1000) + 30_000,
            retry_delays_ms=RETRY_DELAYS_MS,
            globalping=globalping,
        )

    def _silent(self, url: str, kind: Kind, kinds: Sequence[Kind]) -> tuple[Kind, str] | None:
        """Return the TCP check that a site means which is up where nothing speaks HTTP.

        So people check game servers and the like: 0 is Upptime's code for no answer.
        """
        if kind.name != "http" or [code.strip() for code in self.entry.codes or ()] != ["0"]:
            return None
        tcp = next((each for each in kinds if each.name == "tcp"), None)
        if tcp is None or Template(url).names or check_url_fault(url, kind):
            return None
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        self._warn(
            "expectedStatusCodes",
            f"no answer by HTTP (0) alone is up: checked as a connection to {host}:{port}",
            f"write `check: tcp-ping`, `url: {parts.hostname}` and `port: {port}`",
        )
        return tcp, f"tcp://{host}:{port}"

    def _globalping(self, kind: Kind) -> str:
        """Return where probes of Globalping check the site; empty: it is checked from here."""
        said = (self.entry.type or "").strip()
        if said in ("", "local"):
            if self.entry.location:
                self._warn("location", "is used with `type: globalping` alone")
            return ""
        if said != "globalping":
            hint = suggest(said, ["local", "globalping"]) or "write local or globalping"
            self._warn("type", f"there is no type {quote(said, 40)}: checked from here", hint)
        elif kind.name in ("http", "tcp"):
            return (self.entry.location or "world").strip() or "world"
        else:
            check = (self.entry.check or "http").strip()
            self._warn("type", f"Globalping makes no {check} check: checked from here")
        return ""

    def _kind(self, kinds: Sequence[Kind]) -> Kind:
        check = (self.entry.check or "http").strip()
        name = CHECKS.get(check)
        for kind in kinds:
            if kind.name == name:
                return kind
        hint = suggest(check, list(CHECKS)) or f"known are {', '.join(CHECKS)}"
        raise self._error(
            "check",
            f"there is no check {quote(check, 40)} (Upptime would make an http check of it)",
            hint,
        )

    def _http_url(self, kind: Kind) -> str:
        url = self.entry.url.text.strip()
        scheme = url.partition("://")[0].lower() if "://" in url else ""
        if kind.name == "ws" and scheme in ("http", "https"):
            meant = {"http": "ws", "https": "wss"}[scheme]
            self._warn("url", f"is read as {meant}://", f"write {meant}:// instead of {scheme}://")
            return f"{meant}{url[len(scheme) :]}"
        if scheme.isalnum() and scheme not in kind.schemes:
            raise self._error(
                "url",
                f"{quote(scheme, 40)} is no scheme of such a check",
                "write " + " or ".join(f"{name}://" for name in kind.schemes),
            )
        if self.entry.port is not None and kind.name == "http":
            self._warn("port", "is not used by http checks", "write it into the url")
        if "://" not in url and not Template(url).names:
            plain, secure = kind.schemes
            self._warn("url", f"has no scheme: read as {plain}://", f"write {secure}:// if you can")
            return f"{plain}://{url}"
        return url

    def _host_url(self, scheme: str) -> str:
        host = self.entry.url.text.strip()
        port = self.entry.port.text.strip() if self.entry.port else ""
        if "://" in host:
            self._warn("url", "should be a host alone", "leave out the scheme and the path")
            try:
                parts = urlsplit(host)
                host, port = parts.hostname or "", port or str(parts.port or "")
            except ValueError:
                raise self._error("url", "is not a host", "write a name or an address") from None
        elif not port and host.count(":") == 1:
            host, _, port = host.partition(":")
        if not port and scheme == "tcp":
            self._warn("port", "is not written: 80 is asked, as Upptime does", "add `port:`")
        port = port or ("443" if scheme == "tls" else "80")
        good = port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536
        if not good and not Template(port).names:
            raise self._error("port", f"{quote(port, 40)} is not a port", "write 1 to 65535")
        if not host or "/" in host:
            raise self._error("url", f"{quote(host, 80)} is not a host", "write a name alone")
        bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"{scheme}://{bracketed}:{port}"

    def _options(self, kind: Kind, seconds: float) -> BaseModel:
        data = {
            "http": self._http,
            "tcp": self._tcp,
            "tls": self._tls,
            "ws": self._ws,
        }[kind.name](seconds)
        try:
            return kind.options.model_validate(data)
        except ValidationError as error:
            raise InputError(
                [
                    self.document.problem(self.at, problem.message, problem.fix)
                    for problem in problems(error, kind.options, self.document, self.at)
                ]
            ) from None

    def _http(self, seconds: float) -> dict[str, Any]:
        entry = self.entry
        headers, raw_headers = self._headers()
        if entry.ipv6:
            self._warn("ipv6", "is not used by http checks")
        redirects = 3 if entry.redirects is None else entry.redirects
        if not 0 <= redirects <= _MOST_REDIRECTS:
            self._warn("maxRedirects", f"is read as {_MOST_REDIRECTS}, the most that are followed")
            redirects = _MOST_REDIRECTS
        return {
            "method": (entry.method or "GET").strip().upper(),
            "headers": headers,
            "raw_headers": raw_headers,
            "body": entry.body,
            "redirects": redirects,
            "redirect_to_http": True,
            "insecure": bool(entry.insecure or entry.any_peer or entry.any_host),
            "match_headers": True,
            "max_body": _MOST_BODY,
            "expect": {
                "status": self._codes(),
                "max_time": self._max_time(seconds),
                "body_lacks": _some(entry.down_with),
                "body_contains": _some(entry.down_without),
                "degraded_if_body_contains": _some(entry.degraded_with),
                "degraded_if_body_lacks": _some(entry.degraded_without),
            },
        }

    def _tcp(self, seconds: float) -> dict[str, Any]:
        return {"ip": "6" if self.entry.ipv6 else "any", "max_time": self._max_time(seconds)}

    def _tls(self, _seconds: float) -> dict[str, Any]:
        return {"warn": "7d"}

    def _ws(self, seconds: float) -> dict[str, Any]:
        entry = self.entry
        headers, raw_headers = self._headers()
        if raw_headers:
            self._warn("headers", "a header whose name is a secret is not sent to a WebSocket")
        return {
            "headers": headers,
            "send": entry.body,
            "insecure": bool(entry.insecure or entry.any_peer or entry.any_host),
            "max_time": self._max_time(seconds),
        }

    def _max_time(self, seconds: float) -> str | None:
        written = self.entry.max_time
        if written is not None and written <= 0:
            self._warn("maxResponseTime", "must be more than 0: not used")
            return None
        milliseconds = SLOW_MS if written is None else written
        if written is not None and written > seconds * 1000:
            self._warn(
                "maxResponseTime",
                f"can never be reached: a request ends after {seconds:g} s",
                "raise `requestTimeout:` (in seconds) too",
            )
        return f"{min(milliseconds, 10**12)}ms"

    def _codes(self) -> tuple[str, ...]:
        codes = [code.strip() for code in self.entry.codes or ()]
        if "0" in codes:
            self._warn("expectedStatusCodes", "no answer (0) is never up: not used")
            codes = [code for code in codes if code != "0"]
        return tuple(dict.fromkeys(codes)) or UP_CODES

    def _headers(self) -> tuple[dict[str, Template], tuple[Template, ...]]:
        """Return headers by name, and those whose line is known only when they are sent."""
        named: dict[str, Template] = {}
        raw: list[Template] = []
        taken: set[str] = set()
        for line in self.entry.headers or ():
            name, colon, value = line.text.partition(":")
            name = name.strip()
            if not line.text.strip():
                continue
            if Template(name).names or (not colon and line.names) or name.lower() in taken:
                raw.append(line)
            elif not colon or header_name_fault(name):
                # What stands there may be a secret: it is not repeated.
                self._warn("headers", "a header without a name is not sent", "write `Name: value`")
            else:
                named[name] = Template(value.strip())
                taken.add(name.lower())
        return named, tuple(raw)

    def _odd_names(self) -> None:
        templates = {"url": [self.entry.url], "headers": list(self.entry.headers or ())}
        for key, texts in templates.items():
            for text in texts:
                for odd in hyphenated_names(text.text):
                    self._warn(key, *hyphenated_words(odd))

    def _warn(self, key: str, message: str, fix: str = "") -> None:
        path = (*self.at, key) if key in self.written else self.at
        self.warnings.add(self.document.problem(path, message, fix))

    def _error(self, key: str, message: str, fix: str = "") -> InputError:
        problem: Problem = self.document.problem((*self.at, key), message, fix)
        return InputError([problem])


def _some(text: Template | None) -> tuple[Template, ...]:
    """An empty text is no rule: Upptime's JavaScript takes it for absent."""
    return (text,) if text is not None and text.text else ()


def _split(text: str) -> tuple[str, str]:
    message, _, fix = text.partition("; ")
    return message, fix
