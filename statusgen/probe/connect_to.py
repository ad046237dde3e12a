"""``--connect-to HOST:PORT:ADDR:PORT``: dial another address, keep the name.

SNI, the Host header and certificate verification stay those of the original host, as with curl's
option of that name. It is how the demo checks a real configuration against a server on loopback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_HINT = "write HOST:PORT:ADDR:PORT, like www.example.com:443:127.0.0.1:8443; empty parts mean any"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectTo:
    """One rule: what is asked for (None: any), and where to connect (None: unchanged)."""

    host: str | None = None
    port: int | None = None
    to_host: str | None = None
    to_port: int | None = None

    def matches(self, host: str, port: int) -> bool:
        """Whether the rule is about this host and port."""
        return self.host in (None, host.lower()) and self.port in (None, port)


def parse_connect_to(text: str) -> ConnectTo:
    """Read one rule; IPv6 addresses stand in brackets. Raises ValueError saying what to write."""
    parts = _split(text)
    if parts is None or len(parts) != 4:
        raise ValueError(f"{text!r} is not HOST:PORT:ADDR:PORT; {_HINT}")
    return ConnectTo(
        host=parts[0].lower() or None,
        port=_port(parts[1], text),
        to_host=parts[2] or None,
        to_port=_port(parts[3], text),
    )


def redirected(rules: Sequence[ConnectTo], host: str, port: int) -> tuple[str, int, bool]:
    """Return where to connect for ``host`` and ``port``, and whether a rule said so.

    The first rule that matches wins.
    """
    for rule in rules:
        if rule.matches(host, port):
            return rule.to_host or host, rule.to_port or port, rule.to_host is not None
    return host, port, False


def _split(text: str) -> list[str] | None:
    """Split at the colons outside brackets; None where brackets do not match."""
    parts = [""]
    rest = text
    while rest:
        if rest[0] == "[" and not parts[-1]:
            inside, closed, rest = rest[1:].partition("]")
            if not closed or (rest and rest[0] != ":"):
                return None
            parts[-1] = inside
        elif rest[0] == ":":
            parts.append("")
            rest = rest[1:]
        else:
            parts[-1] += rest[0]
            rest = rest[1:]
    return parts


def _port(text: str, whole: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ValueError(f"{whole!r}: {text!r} is not a port; {_HINT}")
    return int(text)
