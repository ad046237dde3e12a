"""An embedded server on loopback that answers for every configured host.

It speaks HTTP and HTTPS with certificates of an authority minted at run time, so the demonstration
checks the real configuration with verification on. One monitor is down, one slow, and one
certificate near its end.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import trustme

from statusgen.base import clock
from statusgen.config.settings import Canary, Monitor
from statusgen.probe.http_options import HttpOptions

_CERTIFICATE_DAYS = 10
_PATIENCE_MS = 10_000
"""A monitor that may take longer than this is not made slow: nobody wants to wait for a demo."""
SPOKEN = ("http", "tcp", "tls")
"""The kinds of check that the server can answer; others have a made-up past alone."""
_DEFAULT_PORTS = {"http": 80, "https": 443, "tls": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says for one monitor."""

    code: int
    body: bytes
    delay: float
    """Seconds before the answer."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which monitor plays which trouble; None where the configuration has none that can."""

    down: str | None
    slow: str | None
    expiring: str | None


def choose_roles(monitors: Sequence[Monitor]) -> Roles:
    """Pick the monitors that are down, slow and near their certificate's end, each another one."""
    http = [monitor for monitor in monitors if isinstance(monitor.options, HttpOptions)]
    free = {monitor.id: monitor for monitor in http}

    def take(able: Sequence[Monitor]) -> str | None:
        found = next((monitor.id for monitor in reversed(able) if monitor.id in free), None)
        free.pop(found or "", None)
        return found

    expiring = take([m for m in http if _options(m).expect.certificate is not None])
    slow = take([m for m in http if (_options(m).expect.max_time or _PATIENCE_MS) < _PATIENCE_MS])
    return Roles(down=take(http), slow=slow, expiring=expiring)


def usual_delay(monitor: Monitor) -> float:
    """Seconds that a monitor's server takes on a good day: the same in every demonstration."""
    return 0.015 + zlib.crc32(monitor.id.encode()) % 90 / 1000


class DemoServer:
    """Listens on two loopback ports, one plain and one with TLS."""

    def __init__(
        self,
        monitors: Sequence[Monitor],
        canaries: Sequence[Canary],
        roles: Roles,
        environ: Mapping[str, str],
    ) -> None:
        monitors = [monitor for monitor in monitors if monitor.kind in SPOKEN]
        self._addresses = [urlsplit(monitor.url.reveal(environ)) for monitor in monitors]
        self._addresses += [urlsplit(canary.url) for canary in canaries]
        self._answers = {
            (address.hostname or "", address.path or "/"): _answer(monitor, roles)
            for monitor, address in zip(monitors, self._addresses, strict=False)
        }
        self._authority = trustme.CA(organization_name="statusgen demonstration")
        expiring = next((m.id for m in monitors if m.id == roles.expiring), None)
        self._context = self._contexts(
            [
                address.hostname or ""
                for m, address in zip(monitors, self._addresses, strict=False)
                if m.id == expiring
            ]
        )
        self._servers = [self._listen(tls=False), self._listen(tls=True)]

    @contextlib.contextmanager
    def running(self) -> Iterator[DemoServer]:
        """Serve from background threads until the block ends."""
        threads = [
            threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            )
            for server in self._servers
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            for server in self._servers:
                server.shutdown()
                server.server_close()

    def connect_to(self) -> list[str]:
        """The ``--connect-to`` arguments that lead every configured address here."""
        plain, secure = (server.server_address[1] for server in self._servers)
        found = {
            f"{_bracketed(address)}:{_port(address)}:127.0.0.1:"
            f"{plain if address.scheme == 'http' else secure}"
            for address in self._addresses
            if address.hostname
        }
        return sorted(found)

    def write_ca(self, path: Path) -> None:
        """Write the authority's certificate, for ``--ca-file``."""
        self._authority.cert_pem.write_to_path(str(path))

    def _contexts(self, expiring: Sequence[str]) -> ssl.SSLContext:
        names = sorted({address.hostname or "localhost" for address in self._addresses})
        usual = self._certificate(names or ["localhost"], days=90)
        short = self._certificate(list(expiring), days=_CERTIFICATE_DAYS) if expiring else usual

        def pick(connection: ssl.SSLObject, name: str | None, context: ssl.SSLContext) -> None:
            if name in expiring:
                connection.context = short

        usual.sni_callback = pick
        return usual

    def _certificate(self, names: Sequence[str], *, days: int) -> ssl.SSLContext:
        ends = clock.to_datetime(clock.now()) + timedelta(days=days, hours=1)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names, not_after=ends).configure_cert(context)
        return context

    def _listen(self, *, tls: bool) -> ThreadingHTTPServer:
        server = _Server(("127.0.0.1", 0), _handler(self._answers))
        if tls:
            # The handshake happens in each connection's own thread: one silent client blocks none.
            server.socket = self._context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: canaries and TCP checks connect and go away."""


def _handler(answers: Mapping[tuple[str, str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "demo", ""
        timeout = 20

        def _answer(self) -> None:
            host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
            path = urlsplit(self.path).path
            found = answers.get((host, path), Answer(200, b"demonstration\n", 0.0))
            time.sleep(found.delay)
            self.send_response(found.code)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(found.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(found.body)
            self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            """Keep the terminal for the demonstration's own words."""

        def setup(self) -> None:
            with contextlib.suppress(OSError):
                self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            super().setup()

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        setattr(Handler, f"do_{method}", Handler._answer)
    return Handler


def _options(monitor: Monitor) -> HttpOptions:
    assert isinstance(monitor.options, HttpOptions)
    return monitor.options


def _answer(monitor: Monitor, roles: Roles) -> Answer:
    delay = usual_delay(monitor)
    if not isinstance(monitor.options, HttpOptions):
        return Answer(200, b"demonstration\n", delay)
    expect = monitor.options.expect
    words = [str(text) for text in (*expect.body_contains, *expect.degraded_if_body_lacks)]
    body = "\n".join(["demonstration", *words, ""]).encode()
    if monitor.id == roles.down:
        return Answer(503, b"demonstration: this one is down\n", delay)
    if monitor.id == roles.slow and expect.max_time is not None:
        return Answer(_accepted(expect.status), body, expect.max_time / 1000 + 0.35)
    return Answer(_accepted(expect.status), body, delay)


def _accepted(codes: Sequence[str]) -> int:
    """Return a status code that the expectation accepts; 200 if it may be."""
    firsts = [int(code.partition("-")[0].lower().replace("x", "0")) for code in codes]
    return 200 if 200 in firsts or not firsts else firsts[0]


def _port(address: SplitResult) -> int:
    return address.port or _DEFAULT_PORTS.get(address.scheme, 443)


def _bracketed(address: SplitResult) -> str:
    host = address.hostname or ""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host
