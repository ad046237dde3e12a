"""TLS checks: chain and host verified, and days left on the certificate."""

from __future__ import annotations

from typing import Literal

from statusgen.base.model import Milliseconds, Model


class TlsOptions(Model):
    """Options of a ``tls`` monitor, under its key ``tls``."""

    warn: Milliseconds = 14 * 86_400_000
    """A certificate valid for less than this is degraded; an expired one is down."""
    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    max_time: Milliseconds | None = None
    """A slower handshake is degraded."""


class _Tls:
    name = "tls"
    schemes = ("tls",)
    options = TlsOptions

    def url_fault(self, url: str) -> str | None:
        return None


TLS = _Tls()
