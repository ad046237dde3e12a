"""TCP checks: does the port accept a connection?"""

from __future__ import annotations

from typing import Literal

from statusgen.base.model import Milliseconds, Model


class TcpOptions(Model):
    """Options of a ``tcp`` monitor, under its key ``tcp``."""

    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""


class _Tcp:
    name = "tcp"
    schemes = ("tcp",)
    options = TcpOptions

    def url_fault(self, url: str) -> str | None:
        return None


TCP = _Tcp()
