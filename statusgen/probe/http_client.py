"""One request over one fresh connection, timed where things happen.

httpx's models over httpcore's HTTP/1.1, on our own sockets: no pool, no cookie jar, no proxy and
no ``.netrc`` unless asked for, so that no check can disturb another or leak into it.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

import anyio
import httpcore

from statusgen.base.states import Reason, State
from statusgen.probe.dial import Dialer
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.light_httpx import httpx
from statusgen.probe.wire import Wire

_HEAD_ALLOWANCE = 512 * 1024
"""Bytes up to the end of the headers, TLS handshake and informational answers included."""
_PROTOCOL_WORDS = (
    ("Receive buffer too long", "more headers than any client accepts"),
    ("Server disconnected", "the server closed the connection before a whole answer"),
    ("peer closed connection", "the body ended early"),
    ("illegal status line", "the answer does not begin with an HTTP status line"),
    ("illegal header line", "a header line is malformed"),
    ("illegal chunk header", "a chunk of the body is malformed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one request travels."""

    dialer: Dialer
    watch: Stopwatch
    context: ssl.SSLContext | None
    ip: str = "any"
    body_allowance: int
    proxy: str | None = None


class _Stream(httpcore.AsyncNetworkStream):
    """Our wire in the shape that httpcore wants."""

    def __init__(self, wire: Wire, watch: Stopwatch) -> None:
        self._wire = wire
        self._watch = watch

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._wire.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            await self._wire.write(buffer)
        except OSError:  # httpcore then reads what the server said before it hung up
            raise httpcore.WriteError("write failed") from None

    async def aclose(self) -> None:
        self._wire.close()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        host = server_hostname or ""
        try:
            with self._watch.phase("tls", f"shaking hands with {host}"):
                await self._wire.start_tls(ssl_context, host)
        except BaseException:
            self._wire.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._wire.tls
        return self._wire if info == "wire" else None


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, route: Route) -> None:
        self._route = route

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        route = self._route
        wire = await route.dialer.dial(
            host, port, route.watch, ip=route.ip, allowance=_HEAD_ALLOWANCE
        )
        return _Stream(wire, route.watch)


@dataclass(slots=True)
class Exchange:
    """An answer whose body has not been read yet; close it."""

    status: int
    head: bytes
    """Status line and headers as text, as they came."""
    headers: httpx.Headers
    certificate_expires: int | None
    _chunks: AsyncIterator[bytes]
    _connection: Any
    _first: bytes | None = None

    async def first_byte(self) -> None:
        """Wait until the body begins, or is known to be empty. Raises Fault."""
        with _faults():
            self._first = await anext(self._chunks, b"")

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it comes. Raises Fault."""
        if self._first:
            yield self._first
        with _faults():
            async for chunk in self._chunks:
                yield chunk

    async def close(self) -> None:
        """Close the connection, whatever is still coming."""
        await self._connection.aclose()


class _faults:  # noqa: N801 - reads as what it does
    """Turn the libraries' errors into ours; their own words may quote the server or the URL."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (httpcore.RemoteProtocolError, httpx.RemoteProtocolError)):
            message = str(error)
            for beginning, words in _PROTOCOL_WORDS:
                if message.startswith(beginning):
                    raise Fault(Reason.PROTOCOL, words) from None
            raise Fault(Reason.PROTOCOL, "the answer is not valid HTTP") from None
        if isinstance(error, (httpcore.LocalProtocolError, httpx.LocalProtocolError)):
            detail = "the request cannot be sent: a header is not valid HTTP"
            raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None
        if isinstance(error, httpcore.ProxyError):
            raise Fault(Reason.CONNECT, "the proxy refused the connection") from None
        if isinstance(error, (ConnectionError, httpcore.NetworkError)):
            raise Fault(Reason.CONNECT, "the connection was reset before the answer") from None
        if isinstance(error, (OSError, ssl.SSLError)) and not isinstance(error, TimeoutError):
            raise Fault(Reason.CONNECT, "the connection broke before the answer") from None


def warm_up() -> None:
    """Make httpcore's locks load what they load on first use, inside the event loop (20 ms)."""
    anyio.Lock()


async def exchange(request: httpx.Request, route: Route) -> Exchange:
    """Send ``request`` and wait for the answer's headers. Raises Fault."""
    url = request.url
    port = url.port or (443 if url.scheme == "https" else 80)
    backend = _Backend(route)
    connection: Any
    if route.proxy:
        connection = httpcore.AsyncHTTPProxy(
            route.proxy, ssl_context=route.context, network_backend=backend
        )
    else:
        origin = httpcore.Origin(url.raw_scheme, url.raw_host, port)
        connection = httpcore.AsyncHTTPConnection(
            origin, ssl_context=route.context, network_backend=backend
        )
    sent = httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.content,
    )
    try:
        with _faults():
            answer = await connection.handle_async_request(sent)
    except BaseException:
        with suppress(Exception):
            await connection.aclose()
        raise
    wire = cast("Wire | None", answer.extensions["network_stream"].get_extra_info("wire"))
    if wire:
        wire.allowance += route.body_allowance
    return Exchange(
        status=answer.status,
        head=_head(answer),
        headers=httpx.Headers(answer.headers),
        certificate_expires=wire.certificate_expires() if wire else None,
        _chunks=aiter(answer.stream),
        _connection=connection,
    )


def _head(answer: httpcore.Response) -> bytes:
    line = b"%s %d %s" % (
        answer.extensions.get("http_version", b"HTTP/1.1"),
        answer.status,
        answer.extensions.get("reason_phrase", b""),
    )
    lines = [line, *(b"%s: %s" % header for header in answer.headers), b"", b""]
    return b"\r\n".join(lines)


def proxy_for(url: httpx.URL, environ: Mapping[str, str]) -> str | None:
    """Return the proxy that the environment names for ``url``, as curl and others read it."""
    scheme = url.scheme
    # HTTP_PROXY in capitals could be a request header in a CGI process, so curl ignores it; here
    # no request from outside ever reaches the environment.
    named = environ.get(f"{scheme}_proxy") or environ.get(f"{scheme.upper()}_PROXY")
    named = named or environ.get("all_proxy") or environ.get("ALL_PROXY")
    exempt = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    if not named or proxy_bypass_environment(url.host, {"no": exempt}):
        return None
    return named if "://" in named else f"http://{named}"
