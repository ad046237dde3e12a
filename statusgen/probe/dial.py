"""From a host and a port to a connected socket: resolve, check, connect, time each step."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.states import Reason, State
from statusgen.probe.connect_to import ConnectTo, redirected
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.resolve import Address, GetAddrInfo, public_only, resolve
from statusgen.probe.wire import Wire

STAGGER_S = 0.25
"""Head start of one address over the next (RFC 8305 section 5)."""
_WORDS = {
    errno.ECONNREFUSED: "the connection was refused",
    errno.EHOSTUNREACH: "there is no route to the host",
    errno.ENETUNREACH: "there is no route to the network",
    errno.ETIMEDOUT: "the connection timed out",
    errno.ECONNRESET: "the connection was reset",
    errno.EACCES: "the connection was forbidden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialer:
    """Opens connections for a round."""

    connect_to: Sequence[ConnectTo] = ()
    allow_private: bool = True
    lookup: GetAddrInfo | None = None

    async def dial(
        self, host: str, port: int, watch: Stopwatch, *, ip: str = "any", allowance: int = 1 << 21
    ) -> Wire:
        """Connect to ``host``. Raises Fault (dns, connect, no-ipv6, checker).

        The socket is connected to the very address that was checked, so a name that answers
        differently the second time gains nothing.
        """
        target, target_port, told = redirected(self.connect_to, host, port)
        with watch.phase("dns", f"looking up {target}"):
            addresses = await resolve(target, target_port, ip, self.lookup)
        if not self.allow_private and not told:
            addresses = public_only(addresses, host)
        with watch.phase("connect", f"connecting to {host}:{port}"):
            return Wire(await _connect(addresses, f"{host}:{port}"), allowance)


async def _connect(addresses: list[Address], shown: str) -> socket.socket:
    try:
        if len(addresses) == 1:
            return await _connect_one(addresses[0])
        return await _race(_interleaved(addresses))
    except OSError as error:
        if all(family == socket.AF_INET6 for family, _ in addresses) and not any(
            map(_has_route, addresses)
        ):
            detail = f"{shown} has only IPv6 addresses, and this machine has no IPv6"
            raise Fault(Reason.NO_IPV6, detail, State.UNKNOWN) from None
        words = _WORDS.get(error.errno or 0, f"connecting failed (error {error.errno})")
        raise Fault(Reason.CONNECT, f"{words}: {shown}") from None


def _interleaved(addresses: list[Address]) -> list[Address]:
    """Alternate between the families, beginning with the resolver's first choice."""
    first = [address for address in addresses if address[0] == addresses[0][0]]
    other = [address for address in addresses if address[0] != addresses[0][0]]
    mixed = [address for pair in zip(first, other, strict=False) for address in pair]
    shorter = min(len(first), len(other))
    return mixed + first[shorter:] + other[shorter:]


async def _race(addresses: list[Address]) -> socket.socket:
    """Connect to whichever address answers first, each starting a little after the one before."""
    waiting = list(addresses)
    running: set[asyncio.Task[socket.socket]] = set()
    last: OSError = OSError(errno.EHOSTUNREACH, "no address")
    winner: socket.socket | None = None
    try:
        while (waiting or running) and winner is None:
            if waiting:
                running.add(asyncio.create_task(_connect_one(waiting.pop(0))))
            done, running = await asyncio.wait(
                running,
                timeout=STAGGER_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                error = task.exception()
                if isinstance(error, OSError):
                    last = error
                elif error is not None:
                    raise error
                elif winner is None:
                    winner = task.result()
                else:
                    task.result().close()
    finally:
        for task in running:
            task.cancel()
        for late in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(late, socket.socket):
                late.close()
    if winner is None:
        raise last
    return winner


async def _connect_one(address: Address) -> socket.socket:
    family, target = address
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(connection, target)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_route(address: Address) -> bool:
    """Whether this machine could send to an address; connecting UDP sends nothing."""
    family, target = address
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(target)
    except OSError:
        return False
    return True
