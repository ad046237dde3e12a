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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

import trustme

from statusgen.base import clock
from statusgen.base.fields import status_range
from statusgen.config.settings import Canary, Monitor
from statusgen.probe.http_options import HttpOptions

_CERTIFICATE_DAYS = 10
_PATIENCE_MS = 10_000
"""A monitor that may take longer than this is not made slow: nobody wants to wait for a demo."""
SPOKEN = ("http", "tcp", "tls")
"""The kinds of check that the server can answer; others have a made-up past alone."""
_DEFAULT_PORTS = {"http": 80, "https": 443, "tls": 443}


Asked = tuple[str, str, str, int, str]
"""Method, scheme, host, port, path with query: what the server tells one monitor from."""


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
    free = {monitor.id for monitor in monitors}
    # Two monitors that ask the very same cannot be told apart by a server.
    asked = Counter(_asked(monitor, urlsplit(monitor.url.text)) for monitor in monitors)
    alone = [m for m in monitors if asked[_asked(m, urlsplit(m.url.text))] == 1]

    def take(able: Sequence[Monitor]) -> str | None:
        found = next((monitor.id for monitor in reversed(able) if monitor.id in free), None)
        free.discard(found or "")
        return found

    expiring = take([m for m in http if _options(m).expect.certificate is not None])
    slow = take(
        [
            m
            for m in alone
            if m in http and (_options(m).expect.max_time or _PATIENCE_MS) < _PATIENCE_MS
        ]
    )
    can_fail = [m for m in alone if m in http and _refused(_options(m).expect.status)]
    closed = [m for m in alone if m.kind in ("tcp", "tls")]
    return Roles(down=take(can_fail) or take(closed), slow=slow, expiring=expiring)


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
        asked = list(zip(monitors, self._addresses, strict=False))
        self._answers = {
            _asked(monitor, address): _answer(monitor, roles) for monitor, address in asked
        }
        self._refusing = next(
            (a for m, a in asked if m.id == roles.down and m.kind != "http"), None
        )
        self._closed = socket.socket()
        self._closed.bind(("127.0.0.1", 0))  # never listens: whoever connects is refused
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
            self._closed.close()

    def connect_to(self) -> list[str]:
        """The ``--connect-to`` arguments that lead every configured address here."""
        plain, secure = (server.server_address[1] for server in self._servers)
        closed = self._closed.getsockname()[1]
        found: dict[str, int] = {}
        for address in self._addresses:
            if address.hostname:
                here = plain if address.scheme == "http" else secure
                found.setdefault(f"{_bracketed(address)}:{_port(address)}", here)
        if self._refusing is not None:
            found[f"{_bracketed(self._refusing)}:{_port(self._refusing)}"] = closed
        return sorted(f"{name}:127.0.0.1:{port}" for name, port in found.items())

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
        server = _Server(("127.0.0.1", 0), _handler(self._answers, "https" if tls else "http"))
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


def _handler(answers: Mapping[Asked, Answer], scheme: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "demo", ""
        timeout = 20

        def _answer(self) -> None:
            address = urlsplit(f"{scheme}://{self.headers.get('Host', '')}{self.path}")
            asked = _request(self.command, address)
            found = answers.get(asked, Answer(200, b"demonstration\n", 0.0))
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
        code = _refused(expect.status) or 503
        return Answer(code, b"demonstration: this one is down\n", delay)
    if monitor.id == roles.slow and expect.max_time is not None:
        return Answer(_accepted(expect.status), body, expect.max_time / 1000 + 0.35)
    return Answer(_accepted(expect.status), body, delay)


def _asked(monitor: Monitor, address: SplitResult) -> Asked:
    """Return what tells a monitor's question from those of others."""
    if isinstance(monitor.options, HttpOptions):
        return _request(monitor.options.method, address)
    return ("", monitor.kind, address.hostname or "", _safe_port(address), "")


def _safe_port(address: SplitResult) -> int:
    try:
        return _port(address)
    except ValueError:  # a secret stands there
        return 0


def _request(method: str, address: SplitResult) -> Asked:
    port = _safe_port(address)
    target = urlunsplit(("", "", address.path or "/", address.query, ""))
    return (method, address.scheme, address.hostname or "", port, target)


def _refused(codes: Sequence[str]) -> int:
    """Return a status code that the expectation does not accept; 0 where it accepts them all."""
    ranges = [status_range(code) for code in codes or ("200-299",)]
    for code in (503, 500, 404, 418, 301, 204):
        if not any(first <= code <= last for first, last in ranges):
            return code
    return 0


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
