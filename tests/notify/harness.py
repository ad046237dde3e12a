"""Messages, mail servers and a stand-in for the internet, all on loopback."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from statusgen.notify.message import Message, Tone
from tests.probe.servers import Behaviour, Farm, Request, _read

AT = 1_795_000_000
"""2026-11-18T11:06:40Z."""


def message(tone: Tone = Tone.PROBLEM, **given: Any) -> Message:
    """A message as the outbox makes them, unless something else is given."""
    usual: dict[str, Any] = {
        "key": "urn:uuid:6f1c/opened",
        "channel": "team",
        "thread": "urn:uuid:6f1c",
        "tone": tone,
        "severity": "major",
        "title": "Backend API is down",
        "body": "It does not answer (timeout).\nSince 11:05 UTC.",
        "link": "https://status.example.com/incidents/2026-11-18-api/",
        "at": AT,
        "components": ("api",),
    }
    return Message(**{**usual, **given})


@dataclass
class Mailbox:
    """What a mail server got, and what it says to whom."""

    replies: dict[str, str] = field(default_factory=dict)
    """By recipient; of all others the mail is taken."""
    mails: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    password: str = ""

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        said = self.replies.get(address, "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append((tuple(envelope.rcpt_tos), envelope.content.decode()))
        return "250 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, how: str, given: Any) -> Any:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password.decode() == self.password, handled=False)


class _Server(Controller):
    """A mail server at a port that the system gives it, for which a busy machine has time."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        with socket.create_connection((self.hostname, self.port), 60) as asking:
            asking.recv(1024)


@contextmanager
def mail_server(box: Mailbox, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a real mail server, with ``tls`` one that offers STARTTLS; yields its port."""
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls else {}
    if box.password and tls:
        options["authenticator"] = box.authenticate
    elif box.password:
        options = {"authenticator": box.authenticate, "auth_require_tls": False}
    controller = _Server(box, hostname="127.0.0.1", port=0, ready_timeout=60, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass
class Internet:
    """A proxy that plays every https host: its environment, and what the hosts were asked."""

    environ: dict[str, str]
    requests: list[tuple[str, Request]]


@contextmanager
def internet(folder: Path, behaviour: Behaviour) -> Iterator[Internet]:
    """Play the internet for a process that takes a proxy from its environment."""
    authority = trustme.CA()
    bundle = folder / "bundle.pem"
    authority.cert_pem.write_to_path(str(bundle))
    seen: list[tuple[str, Request]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            host = (await _read(reader)).path.partition(":")[0]
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert(host).configure_cert(context)
            await writer.start_tls(context)
            request = await _read(reader)
            seen.append((host, request))
            await behaviour(request, writer)
            await writer.drain()
        writer.close()

    with Farm() as farm:

        async def begin() -> int:
            server = await asyncio.start_server(serve, "127.0.0.1", 0)
            farm._servers.append(server)
            return int(server.sockets[0].getsockname()[1])

        proxy = f"http://127.0.0.1:{farm._call(begin())}"
        yield Internet({"HTTPS_PROXY": proxy, "REQUESTS_CA_BUNDLE": str(bundle)}, seen)
