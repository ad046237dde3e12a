"""The second witness: httpx, asked only after libcurl failed.

What one client gives up on another may read; a fault of one client must not become an outage. The
second asking of the canaries goes by it too. It keeps the rules of the first: our resolver,
``--connect-to``, redirects, caps. It connects to the address that was checked: the URL names it,
while ``Host`` and the TLS handshake name the host.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import httpx

from statusgen.base.states import Reason
from statusgen.config.settings import Canary
from statusgen.probe.engine import MOST_HEAD, Arrived, Question
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.http_fetch import Answer, Ask, question_of
from statusgen.probe.redirects import Trail, following
from statusgen.probe.target import target_of
from statusgen.probe.tools import Tools
from statusgen.probe.urls import endpoint

_NO_TIMEOUT = httpx.Timeout(None)
"""The deadline of the whole attempt stands around it."""


async def fetch(ask: Ask, tools: Tools, watch: Stopwatch) -> Answer:
    """Ask as :func:`statusgen.probe.http_fetch.fetch` does, by httpx. Raises Fault."""
    heads = b""
    trail = Trail(ask)
    own_private = False
    cookies = httpx.Cookies()
    for hop in range(ask.redirects + 1):
        question = await question_of(ask, tools, watch, first=not hop, own_private=own_private)
        if hop == 0 and question.way is not None:
            own_private = question.way.private and not question.way.told
        watch.doing = "waiting for an answer"
        found = await _ask(question, ask, tools, cookies)
        heads += found.head
        after = following(ask, found) if ask.redirects else None
        if after is None:
            watch.stop()
            return Answer(
                code=found.status,
                heads=heads,
                headers=tuple(found.headers),
                body=found.body,
                truncated=found.truncated,
                fault=None,
                certificate_expires=None,
            )
        trail.go(after, found)
        ask = after
    raise Fault(Reason.REDIRECT, f"more than {ask.redirects} redirects (http.redirects)")


async def _ask(question: Question, ask: Ask, tools: Tools, cookies: httpx.Cookies) -> Arrived:
    """Try the addresses in turn. Raises Fault."""
    client = httpx.AsyncClient(
        verify=_context(question, tools),
        trust_env=False,
        timeout=_NO_TIMEOUT,
        proxy=question.proxy or None,
        cookies=cookies,
    )
    addresses = question.way.addresses if question.way else ("",)
    async with client:
        for address in addresses:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout, OSError):
                try:
                    found = await _exchange(client, question, ask, address)
                except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
                    if isinstance(error, httpx.ConnectError):
                        raise
                    words = "another client, httpx, could not read the answer either"
                    raise Fault(Reason.PROTOCOL, words, answered=True) from None
                cookies.update(client.cookies)
                return found
    raise Fault(Reason.CONNECT, f"no connection could be made: {ask.target.shown}")


async def _exchange(
    client: httpx.AsyncClient, question: Question, ask: Ask, address: str
) -> Arrived:
    target = ask.target
    url = httpx.URL(question.url)
    headers = [(name, value) for name, value in question.headers]
    headers += [("Host", url.netloc.decode("ascii")), ("Connection", "close")]
    if question.cookies:
        headers.append(("Cookie", question.cookies))
    if question.way is not None:
        url = url.copy_with(host=address, port=question.way.target_port)
    request = client.build_request(
        question.method,
        url,
        headers=headers,
        content=question.content,
        extensions={"sni_hostname": target.host},
    )
    if question.credentials is not None:
        basic = httpx.BasicAuth(*question.credentials)
        request = next(basic.auth_flow(request))
    answer = await client.send(request, stream=True, follow_redirects=False)
    try:
        found = Arrived(status=answer.status_code, head=_head(answer))
        found.headers = [
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in answer.headers.raw
        ]
        if len(found.head) > MOST_HEAD:
            raise Fault(Reason.PROTOCOL, "more headers than any client accepts", answered=True)
        location = found.header("location")
        if location:
            found.redirect = urljoin(question.url, location)
        if question.want_body:
            async for chunk in answer.aiter_raw():
                found.body += chunk
                if len(found.body) > question.max_body:
                    del found.body[question.max_body :]
                    found.truncated = True
                    break
    finally:
        await answer.aclose()
    return found


def _head(answer: httpx.Response) -> bytes:
    line = f"{answer.http_version} {answer.status_code} {answer.reason_phrase}".encode("latin-1")
    lines = [line, *(b"%s: %s" % header for header in answer.headers.raw), b"", b""]
    return b"\r\n".join(lines)


def _context(question: Question, tools: Tools) -> ssl.SSLContext:
    if not question.verify:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    store = tools.store
    return ssl.create_default_context(cafile=store.file or None, capath=store.folder or None)


async def knock(canary: Canary, tools: Tools, limit_s: float) -> bool:
    """Whether anything answers at a canary, by another client than the one that asked first."""
    import asyncio

    watch = Stopwatch()
    try:
        async with asyncio.timeout(limit_s):
            if canary.url.partition(":")[0].lower() in ("http", "https"):
                return await _knock_http(canary.url, tools, watch)
            where = endpoint(canary.url, default_port=443)
            way = await tools.router.find(where.host, where.port, watch)
            for address in way.addresses:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection(address, way.target_port)
                    writer.close()
                    return True
    except (TimeoutError, Fault, OSError, ValueError):
        return False
    return False


async def _knock_http(url: str, tools: Tools, watch: Stopwatch) -> bool:
    ask = Ask(
        method="GET",
        target=target_of(urlsplit(url).geturl()),
        headers=(),
        user_agent="statusgen",
        content=None,
        redirects=0,
        http_allowed=False,
        body_wanted=None,
        max_body=0,
        ip="any",
        insecure=False,
        environment=False,
    )
    question = await question_of(ask, tools, watch, first=True, own_private=False)
    return (await _ask(question, ask, tools, httpx.Cookies())).status > 0
