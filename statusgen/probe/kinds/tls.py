"""TLS checks: chain and host verified, and days left on the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from statusgen.base.model import Milliseconds, Model
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import Fault, Stopwatch, failed, limited
from statusgen.probe.judge import DAY_S, certificate_short
from statusgen.probe.kinds.base import filled_endpoint, too_slow
from statusgen.probe.round import Attempt
from statusgen.probe.urls import Endpoint, url_fault

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools

PORT = 443


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
    schemes: tuple[str, ...] = ("tls",)
    options = TlsOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        return url_fault(url, default_port=PORT, bare=True)

    def asks_any_answer(self) -> dict[str, Any]:
        """However few days are left."""
        return {"warn": "0s"}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Load the certificate store."""
        tools.verified  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Shake hands once, and look at the certificate."""
        assert isinstance(monitor.options, TlsOptions)
        watch = Stopwatch()
        try:
            where = filled_endpoint(monitor, tools, PORT)
            shaken = _expiry(where, monitor.options, tools, watch)
            expires = await limited(shaken, watch, limit_s)
        except Fault as fault:
            return failed(fault, watch)
        short = certificate_short(expires, tools.at, monitor.options.warn)
        slow = too_slow(watch, monitor.options.max_time)
        reason = Reason.CERTIFICATE if short else Reason.SLOW if slow else None
        return Attempt(
            state=State.DEGRADED if reason else State.UP,
            reason=reason,
            detail="; ".join(filter(None, (short, slow))) or None,
            timings=watch.timings(),
            certificate_days=(expires - tools.at) // DAY_S,
        )


async def _expiry(where: Endpoint, options: TlsOptions, tools: Tools, watch: Stopwatch) -> int:
    """Shake hands and return when the certificate ends. Raises Fault."""
    wire = await tools.dialer.dial(where.host, where.port, watch, ip=options.ip)
    try:
        with watch.phase("tls", f"shaking hands with {where.host}"):
            await wire.start_tls(tools.verified, where.host)
        watch.stop()
        expires = wire.certificate_expires()
    finally:
        wire.close()
    if expires is None:
        raise Fault(Reason.TLS, "the server showed no certificate")
    return expires


TLS = _Tls()
