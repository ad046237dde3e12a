"""An HTTP check's question and answer, redirects followed by our own rules."""

from __future__ import annotations

import netrc
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from statusgen.base.states import Reason, State
from statusgen.probe.body import Body, read_body
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.http_client import Exchange, Route, exchange, proxy_for
from statusgen.probe.light_httpx import httpx
from statusgen.probe.tools import Tools

_REDIRECTS = (301, 302, 303, 307, 308)
_OVERHEAD_ALLOWANCE = 1 << 20
"""Bytes that may come beside the body: chunk headers, TLS records, what is buffered already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is sent, with every secret filled in. Never shown."""

    method: str
    url: httpx.URL
    headers: tuple[tuple[str, str], ...]
    """Those that the operator wrote; they stay at the origin they were written for."""
    user_agent: str
    content: bytes
    redirects: int
    http_allowed: bool
    """A redirect may lead from https to http."""
    body_wanted: frozenset[int] | None
    """The final codes whose body is looked at; None: no body is read."""
    max_body: int
    ip: str
    insecure: bool
    environment: bool
    """Proxies and ``.netrc`` are honoured."""

    def __repr__(self) -> str:
        return "Ask(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back in the end."""

    code: int
    heads: bytes
    """Status lines and headers of every hop."""
    headers: httpx.Headers
    body: Body
    body_fault: Fault | None
    """Why the body could not be read to its end."""
    certificate_expires: int | None
    """The earliest among all hops; UTC seconds."""


async def fetch(ask: Ask, tools: Tools, watch: Stopwatch) -> Answer:
    """Ask, follow redirects, read what is needed of the body. Raises Fault."""
    heads = b""
    expiries: list[int] = []
    seen = {(ask.method, str(ask.url))}
    for hop in range(ask.redirects + 1):
        try:
            answer = await exchange(_request(ask, tools), _route(ask, tools, watch))
        except Fault as fault:
            if hop and fault.reason is Reason.CHECKER:
                detail = f"the redirect cannot be followed: {fault.detail}"
                raise Fault(Reason.REDIRECT, detail) from None
            raise
        try:
            heads += answer.head
            if answer.certificate_expires is not None:
                expiries.append(answer.certificate_expires)
            following = _next(ask, answer) if ask.redirects else None
            if following is None:
                return await _finish(ask, answer, watch, heads, min(expiries, default=None))
        finally:
            await answer.close()
        if (following.method, str(following.url)) in seen:
            raise Fault(Reason.REDIRECT, f"HTTP {answer.status} redirects in a circle")
        seen.add((following.method, str(following.url)))
        ask = following
    raise Fault(Reason.REDIRECT, f"more than {ask.redirects} redirects")


async def _finish(
    ask: Ask, answer: Exchange, watch: Stopwatch, heads: bytes, expires: int | None
) -> Answer:
    body, fault = Body(), None
    wanted = ask.body_wanted is not None and answer.status in ask.body_wanted
    watch.doing = "waiting for the body"
    try:
        await answer.first_byte()
        watch.stop()
        if wanted:
            encoding = answer.headers.get("content-encoding", "")
            body = await read_body(answer.chunks(), encoding, ask.max_body)
    except Fault as caught:
        fault = caught
    watch.stop()
    spent = sum(watch.phases.values())
    watch.phases["first_byte"] = max((watch.total or 0.0) - spent, 0.0)
    return Answer(
        code=answer.status,
        heads=heads,
        headers=answer.headers,
        body=body,
        body_fault=fault,
        certificate_expires=expires,
    )


def _request(ask: Ask, tools: Tools) -> httpx.Request:
    headers = httpx.Headers(
        {"User-Agent": ask.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, identity"}
    )
    headers["Connection"] = "close"
    if ask.url.userinfo:
        headers["Authorization"] = f"Basic {b64encode(ask.url.userinfo).decode()}"
    elif ask.environment:
        headers.update(_netrc(ask.url.host, tools.environ))
    for name, value in ask.headers:
        headers[name] = value
    return httpx.Request(ask.method, ask.url, headers=headers, content=ask.content or None)


def _netrc(host: str, environ: Mapping[str, str]) -> dict[str, str]:
    with suppress(OSError, netrc.NetrcParseError):
        found = netrc.netrc(environ.get("NETRC") or None).authenticators(host)
        if found:
            pair = f"{found[0]}:{found[2]}".encode()
            return {"Authorization": f"Basic {b64encode(pair).decode()}"}
    return {}


def _route(ask: Ask, tools: Tools, watch: Stopwatch) -> Route:
    secure = ask.url.scheme == "https" or ask.environment
    context = None
    if secure:
        context = tools.unverified if ask.insecure else tools.verified
    return Route(
        dialer=tools.dialer,
        watch=watch,
        context=context,
        ip=ask.ip,
        body_allowance=ask.max_body + _OVERHEAD_ALLOWANCE,
        proxy=proxy_for(ask.url, tools.environ) if ask.environment else None,
    )


def _next(ask: Ask, answer: Exchange) -> Ask | None:
    """Return what a redirect makes of ``ask``; None where the answer is none. Raises Fault."""
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or location is None:
        return None
    try:
        url = ask.url.join(location)
    except (httpx.InvalidURL, ValueError):
        raise Fault(Reason.REDIRECT, "the Location header holds no valid URL") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise Fault(Reason.REDIRECT, "the Location header leads to no web address")
    if ask.url.scheme == "https" and url.scheme == "http" and not ask.http_allowed:
        raise Fault(Reason.REDIRECT, f"redirected from https to http://{url.host}")
    method = ask.method
    if answer.status == 303 or (answer.status in (301, 302) and method == "POST"):
        method = "HEAD" if method == "HEAD" else "GET"
    content = ask.content if method == ask.method else b""
    url = url.copy_with(fragment=None)
    if _origin(url) == _origin(ask.url):
        return replace(ask, url=url, method=method, content=content)
    if content:
        # What was meant for one party, secrets and all, is not handed to another.
        detail = f"HTTP {answer.status} would send the request's body on to {url.host}"
        raise Fault(Reason.REDIRECT, detail)
    return replace(ask, url=url.copy_with(userinfo=b""), method=method, content=b"", headers=())


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host.lower(), url.port or (443 if url.scheme == "https" else 80)


def parse_url(url: str) -> httpx.URL:
    """Return ``url`` for a request. Raises Fault (checker) without quoting it."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        parsed = None
    if parsed is None or parsed.scheme not in ("http", "https") or not parsed.host:
        raise Fault(Reason.CHECKER, "the URL is not a valid http(s) address", State.UNKNOWN)
    return parsed.copy_with(fragment=None)
