"""One connection, plain or TLS, on a bare socket.

asyncio's own streams would read ahead, and wait for the peer when a TLS connection closes; here a
byte is asked for when it is wanted, and closing is immediate.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress

from statusgen.base.states import Reason
from statusgen.probe.faults import Fault

_CHUNK = 64 * 1024
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED, see openssl-verification-options(1)
_VERIFICATION = {
    9: "is not valid yet",
    18: "is self-signed",
    19: "comes from an authority that is not trusted",
    20: "comes from an authority that is not trusted, or an intermediate certificate is missing",
    21: "comes from an authority that is not trusted, or an intermediate certificate is missing",
    23: "was revoked",
    62: "is for another host",
    64: "is for another address",
}


class Wire:
    """A connected socket.

    ``allowance`` is how many more bytes may come in before it is cut off (whoever expects more
    raises it): no single limit of an HTTP library stops an endless row of small things.
    """

    def __init__(self, connection: socket.socket, allowance: int) -> None:
        self._socket = connection
        self._loop = asyncio.get_running_loop()
        self.allowance = allowance
        self._reads = 0
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.tls: ssl.SSLObject | None = None

    async def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Shake hands, verifying as ``context`` says. Raises Fault (tls or certificate)."""
        try:
            self.tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
            while True:
                try:
                    self.tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    await self._flush()
                    await self._fill()
            await self._flush()
        except ssl.SSLCertVerificationError as error:
            with suppress(OSError):  # tell the server why, as the protocol wants
                self._socket.send(self._outgoing.read())
            raise certificate_fault(error, host) from None
        except (ssl.SSLError, OSError, ValueError) as error:
            raise Fault(Reason.TLS, f"the TLS handshake failed: {_tls_words(error)}") from None

    def certificate_expires(self) -> int | None:
        """UTC seconds at which the peer's certificate ends; None without a verified one."""
        certificate = self.tls.getpeercert() if self.tls else None
        ends = certificate.get("notAfter") if certificate else None
        return int(ssl.cert_time_to_seconds(ends)) if isinstance(ends, str) else None

    async def read(self, most: int = _CHUNK) -> bytes:
        """Return what comes next, or nothing at the end. Raises OSError, or Fault (protocol)."""
        if self.tls is None:
            return await self._receive(most)
        while True:
            try:
                return self.tls.read(most)
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""

    async def write(self, data: bytes) -> None:
        """Send all of ``data``. Raises OSError."""
        if self.tls is None:
            await self._loop.sock_sendall(self._socket, data)
        else:
            self.tls.write(data)
            await self._flush()

    def close(self) -> None:
        """Close at once; may be called again."""
        if self.tls is not None:
            with suppress(ssl.SSLError, OSError, ValueError):
                self.tls.unwrap()
            with suppress(OSError):
                self._socket.send(self._outgoing.read())
        self._socket.close()

    async def _flush(self) -> None:
        if self._outgoing.pending:
            await self._loop.sock_sendall(self._socket, self._outgoing.read())

    async def _fill(self) -> None:
        data = await self._receive(_CHUNK)
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    async def _receive(self, most: int) -> bytes:
        if self._reads:
            # sock_recv does not give way while data is there: a flood would stop every clock.
            await asyncio.sleep(0)
        self._reads += 1
        data = await self._loop.sock_recv(self._socket, most)
        self.allowance -= len(data)
        if self.allowance < 0:
            raise Fault(Reason.PROTOCOL, "the server sent far more than was asked for")
        return data


def certificate_fault(error: ssl.SSLCertVerificationError, host: str) -> Fault:
    """Return what is wrong with the certificate of ``host``, in words."""
    if error.verify_code == _EXPIRED:
        return Fault(Reason.CERTIFICATE, f"the certificate of {host} has expired")
    words = _VERIFICATION.get(error.verify_code, f"is not valid (code {error.verify_code})")
    return Fault(Reason.CERTIFICATE, f"the certificate of {host} {words}")


def _tls_words(error: Exception) -> str:
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return "the server closed the connection"
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower().replace("_", " ")
    if isinstance(error, ConnectionError):
        return "the connection was reset"
    return "unusable host name" if isinstance(error, ValueError) else type(error).__name__
