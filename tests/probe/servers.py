"""Servers that answer well or badly, on loopback, for any test that needs one.

A :class:`Farm` runs them in one background thread; each ``start`` returns the address of a server
whose every connection is handled by a *behaviour*, a coroutine that gets the request and a writer.

>>> with Farm() as farm:
...     url = farm.start(answer(b"hello")).url
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
import zlib
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    line: str
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes = b""
    sni: str | None = None

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Served:
    """One server that runs."""

    scheme: str
    host: str
    port: int
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


class Farm:
    """Runs servers until it is left."""

    def __enter__(self) -> Farm:
        self._loop = asyncio.new_event_loop()
        self._servers: list[asyncio.Server] = []
        self._held: set[asyncio.Task[None] | None] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(
        self,
        behaviour: Behaviour,
        *,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        silent: bool = False,
    ) -> Served:
        """Serve ``behaviour`` at a free port; ``silent`` servers never read a request."""
        served = Served("https" if tls else "http", host, 0)

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            served.connections += 1
            self._held.add(asyncio.current_task())  # one that hangs is referred to by nobody
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                request = Request("", {}) if silent else await _read(reader)
                served.requests.append(request)
                await behaviour(request, writer)
                await writer.drain()
            writer.close()

        async def begin() -> int:
            server = await asyncio.start_server(handle, host, 0, ssl=tls, backlog=256)
            self._servers.append(server)
            return int(server.sockets[0].getsockname()[1])

        served.port = self._call(begin())
        return served

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.rstrip("\r\n").split("\r\n")
    pairs = (text.partition(":") for text in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(line, headers, body)


def head(status: int = 200, headers: dict[str, str] | None = None, reason: str = "OK") -> bytes:
    lines = [f"HTTP/1.1 {status} {reason}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(
    body: bytes = b"ok",
    status: int = 200,
    headers: dict[str, str] | None = None,
    delay: float = 0,
) -> Behaviour:
    """Answer as a good server does, after ``delay`` seconds."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        if delay:
            await asyncio.sleep(delay)
        fields = {"Content-Length": str(len(body)), **(headers or {})}
        writer.write(head(status, fields) + (b"" if request.method == "HEAD" else body))

    return behave


def redirect(location: str, status: int = 302) -> Behaviour:
    return answer(b"", status, {"Location": location})


def raw(data: bytes) -> Behaviour:
    """Write ``data`` and close."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Use one behaviour after the other, the last for ever."""
    left = list(behaviours)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return behave


def by_path(paths: dict[str, Behaviour], otherwise: Behaviour | None = None) -> Behaviour:
    """Choose the behaviour by the request's path."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await paths.get(request.path, otherwise or answer(b"", 404))(request, writer)

    return behave


def hang() -> Behaviour:
    """Never answer."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return behave


def drip(before: bytes, piece: bytes, every: float = 0.05) -> Behaviour:
    """Write ``before``, then a ``piece`` now and then, for ever."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            await writer.drain()
            await asyncio.sleep(every)
            writer.write(piece)

    return behave


def flood(before: bytes, piece: bytes, total: int | None = None) -> Behaviour:
    """Write ``before``, then ``piece`` as fast as it is taken: ``total`` bytes, or for ever."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        sent = 0
        while total is None or sent < total:
            writer.write(piece)
            sent += len(piece)
            await writer.drain()

    return behave


def endless_chunks() -> Behaviour:
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    return flood(head(headers={"Transfer-Encoding": "chunked"}), chunk)


def bomb(encoding: str = "gzip") -> Behaviour:
    """A small body that inflates to a thousand times its size."""
    packed = _packed_zeros()
    if encoding == "gzip, gzip":
        packed = gzip.compress(packed, mtime=0)
    fields = {"Content-Encoding": encoding, "Content-Length": str(len(packed))}
    return raw(head(headers=fields) + packed)


@cache
def _packed_zeros(megabytes: int = 256) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1024 * 1024)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()
