"""Where a request goes: the addresses of a host, by our own resolver, checked before use.

Our resolver stays in front of libcurl's, for it tells "no such name" from "could not ask", and the
address that was checked is the one that is connected to: a name that answers differently the
second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from statusgen.probe.connect_to import ConnectTo, redirected
from statusgen.probe.faults import Stopwatch
from statusgen.probe.resolve import Address, GetAddrInfo, is_public, public_only, resolve


@dataclass(frozen=True, slots=True)
class Way:
    """The addresses to connect to for one request."""

    host: str
    """The host asked for; ``target`` differs where ``--connect-to`` says so."""
    port: int
    addresses: tuple[str, ...]
    target_port: int
    told: bool
    """Whether ``--connect-to`` named the address."""

    @property
    def private(self) -> bool:
        """Whether any of the addresses is no public one."""
        return any(not is_public(address) for address in self.addresses)

    @property
    def only_ipv6(self) -> bool:
        """Whether nothing but IPv6 leads there, this machine itself aside."""
        parsed = [ipaddress.ip_address(address.partition("%")[0]) for address in self.addresses]
        return all(each.version == 6 and not each.is_loopback for each in parsed)

    @property
    def reachable(self) -> bool:
        """Whether this machine has a route to any of the addresses; sends nothing."""
        return any(_has_route(address, self.target_port) for address in self.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Router:
    """Finds ways for a round."""

    connect_to: Sequence[ConnectTo] = ()
    allow_private: bool | None = None
    """None where nobody wrote it: a monitor's own address may be private, a redirect's not."""
    lookup: GetAddrInfo | None = None

    async def find(
        self, host: str, port: int, watch: Stopwatch, *, ip: str = "any", private: bool = True
    ) -> Way:
        """Look up ``host``. Raises Fault (dns, checker).

        ``private`` says whether private addresses may be used; what ``--connect-to`` names always
        may, for it is the operator's own word.
        """
        target, target_port, told = redirected(self.connect_to, host, port)
        with watch.phase("dns", f"looking up {target}"):
            addresses = await resolve(target, target_port, ip, self.lookup)
        if not private and not told:
            addresses = public_only(addresses, host)
        return Way(host, port, tuple(map(_numeric, addresses)), target_port, told)


_names = count()


def curl_routes(way: Way) -> tuple[list[bytes], list[bytes]]:
    """Return the values of ``CONNECT_TO`` and ``RESOLVE`` that lead libcurl to these addresses.

    ``RESOLVE`` writes into the one DNS cache of all transfers, so several addresses stand under a
    name that is used once; a single one needs no entry there.
    """
    port = way.target_port
    if len(way.addresses) == 1:
        return [f"::{_bracketed(way.addresses[0])}:{port}".encode()], []
    name = f"way-{next(_names)}.invalid"
    listed = ",".join(map(_bracketed, way.addresses))
    return [f"::{name}:{port}".encode()], [f"{name}:{port}:{listed}".encode()]


def _numeric(address: Address) -> str:
    family, target = address
    scope = target[3] if family == socket.AF_INET6 and len(target) > 3 else 0
    return f"{target[0]}%{scope}" if scope and "%" not in str(target[0]) else str(target[0])


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _has_route(address: str, port: int) -> bool:
    """Whether this machine could send to an address; connecting UDP sends nothing."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, port))
    except OSError:
        return False
    return True
