"""Names to addresses: in threads that no hanging resolver can make us wait for."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any

from statusgen.base.states import Reason, State
from statusgen.probe.faults import Fault
from statusgen.probe.threads import in_thread

Found = Sequence[tuple[Any, Any, Any, Any, Any]]
"""What ``socket.getaddrinfo`` returns."""
GetAddrInfo = Callable[[str, int, int, int], Found]

FAMILIES = {"any": socket.AF_UNSPEC, "4": socket.AF_INET, "6": socket.AF_INET6}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = tuple[int, tuple[Any, ...]]
"""Address family and socket address."""


def getaddrinfo(host: str, port: int, family: int, kind: int) -> Found:
    """Ask the system's resolver; tests put another function in its place."""
    return socket.getaddrinfo(host, port, family, kind)


def is_address(host: str) -> bool:
    """Whether ``host`` is an IP address, so that no resolver is asked."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def resolve(
    host: str, port: int, ip: str = "any", lookup: GetAddrInfo | None = None
) -> list[Address]:
    """Return the addresses of ``host``, in the resolver's order, of family ``any``, ``4`` or ``6``.

    Raises Fault (dns).
    """
    if is_address(host):
        return _literal(host, port, ip)
    family = FAMILIES[ip]
    try:
        found = await in_thread(
            lambda: (lookup or getaddrinfo)(host, port, family, socket.SOCK_STREAM)
        )
    except socket.gaierror as error:
        raise _dns_fault(error, host, ip) from None
    except (OSError, UnicodeError):
        raise Fault(Reason.DNS, f"the name {host} cannot be looked up") from None
    addresses = list(dict.fromkeys((entry[0], tuple(entry[4])) for entry in found))
    if not addresses:
        raise Fault(Reason.DNS, f"the name {host} has no address")
    return addresses


def _literal(host: str, port: int, ip: str) -> list[Address]:
    version = ipaddress.ip_address(host).version
    if ip not in ("any", str(version)):
        raise Fault(Reason.DNS, f"{host} is not an IPv{ip} address")
    if version == 4:
        return [(socket.AF_INET, (host, port))]
    return [(socket.AF_INET6, (host, port, 0, 0))]


def _dns_fault(error: socket.gaierror, host: str, ip: str) -> Fault:
    wanted = "" if ip == "any" else f" IPv{ip}"
    if error.errno == socket.EAI_AGAIN:
        return Fault(Reason.DNS, f"looking up {host} failed for the moment (EAI_AGAIN)")
    nodata = getattr(socket, "EAI_NODATA", None)
    family = getattr(socket, "EAI_ADDRFAMILY", None)
    if error.errno in (nodata, family):
        return Fault(Reason.DNS, f"the name {host} has no{wanted} address")
    if error.errno == socket.EAI_NONAME:
        return Fault(Reason.DNS, f"the name {host} does not exist{wanted and f' for{wanted}'}")
    return Fault(Reason.DNS, f"looking up {host} failed (error {error.errno})")


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, seen through IPv6's wrappings of IPv4."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def public_only(addresses: list[Address], host: str) -> list[Address]:
    """Return the public ones. Raises Fault where there is none: connecting was not allowed."""
    public = [address for address in addresses if is_public(str(address[1][0]))]
    if not public:
        raise Fault(
            Reason.CHECKER,
            f"{host} is a private address, and allow_private is false",
            State.UNKNOWN,
        )
    return public
