"""WebSocket checks: ``ws://`` and ``wss://``; a handshake, and a message with its answer.

A small client of RFC 6455 of our own: libcurl does not verify ``Sec-WebSocket-Accept``. Only what a
check needs: no extensions, no more than one message each way.
"""

from __future__ import annotations

import base64
import hashlib
import os
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field

from statusgen import __version__
from statusgen.base.fields import HeaderName, HeaderValue
from statusgen.base.model import Bool, Milliseconds, Model, SecretText
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import Fault, Stopwatch, failed, limited
from statusgen.probe.kinds.base import too_slow
from statusgen.probe.round import Attempt
from statusgen.probe.target import Target, target_of
from statusgen.probe.urls import url_fault

if TYPE_CHECKING:
    import asyncio
    import ssl

    from statusgen.probe.tools import Tools

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_MOST_HEAD = 64 * 1024
_MOST_MESSAGE = 1024 * 1024
_TEXT, _BINARY, _CLOSE, _PING, _PONG = 1, 2, 8, 9, 10


class WsOptions(Model):
    """Options of a ``ws`` monitor, under its key ``ws``."""

    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    """Headers of the handshake; keep secrets out of the file and write $NAME."""
    send: SecretText | None = None
    """A message to send once the connection stands."""
    expect: SecretText | None = None
    """A text that must occur in one of the first answers."""
    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    insecure: Bool = False
    """Accept any certificate."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""


class _Ws:
    name = "ws"
    schemes: tuple[str, ...] = ("ws", "wss")
    options = WsOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        return url_fault(url, default_port=80, bare=False)

    def asks_any_answer(self) -> dict[str, Any]:
        """A handshake is answer enough."""
        return {}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Find the certificate store."""
        tools.store  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Connect, shake hands, ask and look at the answer; then close."""
        assert isinstance(monitor.options, WsOptions)
        options = monitor.options
        watch = Stopwatch()
        try:
            target = _target(monitor, tools)
            await limited(_talk(target, options, tools, watch), watch, limit_s)
        except Fault as fault:
            return failed(fault, watch)
        slow = too_slow(watch, options.max_time)
        return Attempt(
            state=State.DEGRADED if slow else State.UP,
            reason=Reason.SLOW if slow else None,
            detail=slow,
            code=101,
            timings=watch.timings(),
            answered=True,
        )


def _target(monitor: Monitor, tools: Tools) -> Target:
    """Return where the handshake goes, as an http(s) address. Raises Fault."""
    parts = urlsplit(monitor.url.reveal(tools.environ))
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme.lower(), "")
    try:
        return target_of(urlunsplit(parts._replace(scheme=scheme)))
    except ValueError:
        detail = f"{monitor.url} is not a valid address once its secrets are filled in"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None


async def _talk(target: Target, options: WsOptions, tools: Tools, watch: Stopwatch) -> None:
    """Hold the whole conversation. Raises Fault."""
    import asyncio

    reader, writer = await _connect(target, options, tools, watch)
    try:
        watch.doing = "waiting for an answer"
        await _shake(reader, writer, target, options, tools)
        if options.send is not None:
            writer.write(_frame(_TEXT, options.send.reveal(tools.environ).encode()))
            await writer.drain()
        if options.expect is not None:
            watch.doing = "waiting for the expected message"
            wanted = options.expect.reveal(tools.environ)
            await _await_text(reader, writer, wanted, options.expect.text)
        watch.stop()
        writer.write(_frame(_CLOSE, struct.pack("!H", 1000)))
    except (ConnectionError, asyncio.IncompleteReadError):
        raise Fault(Reason.PROTOCOL, "the server closed the connection", answered=True) from None
    except asyncio.LimitOverrunError:
        raise Fault(
            Reason.PROTOCOL, "more headers than any client accepts", answered=True
        ) from None
    finally:
        writer.transport.abort()


async def _connect(
    target: Target, options: WsOptions, tools: Tools, watch: Stopwatch
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    import asyncio
    import ssl

    private = tools.router.allow_private is not False
    way = await tools.router.find(target.host, target.port, watch, ip=options.ip, private=private)
    context = _context(options, tools) if target.scheme == "https" else None
    watch.doing = f"connecting to {target.shown}"
    last: OSError | None = None
    for address in way.addresses:
        try:
            with watch.phase("connect", f"connecting to {target.shown}"):
                return await asyncio.open_connection(
                    address,
                    way.target_port,
                    ssl=context,
                    server_hostname=target.host if context else None,
                    limit=_MOST_HEAD,
                )
        except ssl.SSLCertVerificationError as error:
            words = error.verify_message or "is not valid"
            detail = f"the certificate of {target.host} was not accepted: {words}"
            raise Fault(Reason.CERTIFICATE, detail, answered=True) from None
        except ssl.SSLError:
            raise Fault(Reason.TLS, "the TLS handshake failed", answered=True) from None
        except OSError as error:
            last = error
    only_ipv6 = way.only_ipv6
    if only_ipv6 and not way.reachable:
        detail = f"{target.shown} has only IPv6 addresses, and this machine has no IPv6"
        raise Fault(Reason.NO_IPV6, detail, State.UNKNOWN)
    refused = isinstance(last, ConnectionRefusedError)
    words = "the connection was refused" if refused else "no connection could be made"
    raise Fault(Reason.CONNECT, f"{words}: {target.shown}", only_ipv6=only_ipv6)


def _context(options: WsOptions, tools: Tools) -> ssl.SSLContext:
    import ssl

    if options.insecure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    store = tools.store
    return ssl.create_default_context(cafile=store.file or None, capath=store.folder or None)


async def _shake(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    target: Target,
    options: WsOptions,
    tools: Tools,
) -> None:
    """Upgrade the connection (RFC 6455, section 4). Raises Fault."""
    key = base64.b64encode(os.urandom(16)).decode()
    place = urlsplit(target.url)
    lines = [
        f"GET {urlunsplit(('', '', place.path, place.query, ''))} HTTP/1.1",
        f"Host: {place.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]
    named = {name.lower() for name in options.headers}
    if "user-agent" not in named:
        lines.append(f"User-Agent: statusgen/{__version__}")
    if target.credentials is not None and "authorization" not in named:
        pair = base64.b64encode(":".join(target.credentials).encode()).decode()
        lines.append(f"Authorization: Basic {pair}")
    for name, value in options.headers.items():
        text = value.reveal(tools.environ)
        if not text.isascii() or any(c in text for c in "\r\n\0"):
            detail = f"the header {name} holds a line break or a letter outside ASCII"
            raise Fault(Reason.CHECKER, f"{detail}; look at the secret in it", State.UNKNOWN)
        lines.append(f"{name}: {text}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *fields = head.rstrip("\r\n").split("\r\n")
    code = status.split(" ")[1] if status.startswith("HTTP/") and " " in status else ""
    if code != "101":
        if code.isdigit() and len(code) == 3:
            detail = f"HTTP {code}, expected 101 (a WebSocket)"
            raise Fault(Reason.STATUS, detail, code=int(code))
        raise Fault(Reason.PROTOCOL, "the answer is not valid HTTP", answered=True)
    pairs = (line.partition(":") for line in fields)
    said = {name.strip().lower(): value.strip() for name, _, value in pairs}
    digest = hashlib.sha1(f"{key}{_GUID}".encode()).digest()  # noqa: S324 - the protocol's own
    if said.get("sec-websocket-accept") != base64.b64encode(digest).decode():
        detail = "the server accepted the WebSocket without proving that it read the request"
        raise Fault(Reason.PROTOCOL, detail, answered=True)


def _frame(opcode: int, payload: bytes) -> bytes:
    """Write one masked frame (RFC 6455, section 5.2)."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", 0x80 | opcode, 0x80 | length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, length)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, length)
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


async def _await_text(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wanted: str, shown: str
) -> None:
    """Read messages until one holds the wanted text. Raises Fault where the server ends first."""
    message = bytearray()
    received = 0
    while True:
        opcode, final, payload = await _read_frame(reader, _MOST_MESSAGE - received)
        received += len(payload) + 2
        if opcode == _PING:
            writer.write(_frame(_PONG, payload))
        elif opcode == _CLOSE:
            detail = f"the server closed the WebSocket before a message with {shown!r}"
            raise Fault(Reason.BODY, detail, answered=True)
        elif opcode in (0, _TEXT, _BINARY):
            if opcode:
                message.clear()
            message += payload
            if final and wanted in message.decode("utf-8", "replace"):
                return


async def _read_frame(reader: asyncio.StreamReader, room: int) -> tuple[int, bool, bytes]:
    first, second = await reader.readexactly(2)
    length = second & 0x7F
    if length == 126:
        (length,) = struct.unpack("!H", await reader.readexactly(2))
    elif length == 127:
        (length,) = struct.unpack("!Q", await reader.readexactly(8))
    if first & 0x70 or second & 0x80:
        raise Fault(Reason.PROTOCOL, "a frame of the WebSocket is malformed", answered=True)
    if length > room:
        detail = f"the server sent more than {_MOST_MESSAGE} bytes without the expected message"
        raise Fault(Reason.BODY, detail, answered=True)
    return first & 0x0F, bool(first & 0x80), await reader.readexactly(length)


WS = _Ws()
