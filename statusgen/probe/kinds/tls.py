"""TLS checks: chain and host verified, and days left on the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from statusgen.base.model import Milliseconds, Model
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import GRACE_S, Fault, Stopwatch, failed, limited, worded
from statusgen.probe.judge import DAY_S, certificate_short, lacking
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
        """Import libcurl and find the certificate store."""
        tools.engine  # noqa: B018
        tools.store  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Shake hands once, and look at the certificate."""
        assert isinstance(monitor.options, TlsOptions)
        watch = Stopwatch()
        try:
            where = filled_endpoint(monitor, tools, PORT)
            work = _end(where, monitor.options, tools, watch, limit_s)
            expires, named, lacked = await limited(work, watch, limit_s, grace=GRACE_S)
        except Fault as fault:
            return failed(worded(fault, limit_s), watch)
        short = certificate_short(expires, tools.at, monitor.options.warn, named)
        gap = lacking(lacked) if lacked else None
        slow = too_slow(watch, monitor.options.max_time)
        reason = Reason.CERTIFICATE if short or gap else Reason.SLOW if slow else None
        return Attempt(
            state=State.DEGRADED if reason else State.UP,
            reason=reason,
            detail="; ".join(filter(None, (short, gap, slow))) or None,
            timings=watch.timings(),
            certificate_days=(expires - tools.at) // DAY_S,
            answered=True,
        )


async def _end(
    where: Endpoint, options: TlsOptions, tools: Tools, watch: Stopwatch, limit_s: float
) -> tuple[int, str, str]:
    """Shake hands; return when which certificate ends first, and which one was not sent.

    Raises Fault.
    """
    from statusgen.probe.handshake import connect
    from statusgen.probe.http_fetch import chain_end

    found = await connect(where, tools, watch, limit_s, tls=True, ip=options.ip)
    end = chain_end(found.chain, where.host, tools)
    if end is None:
        raise Fault(Reason.TLS, "the server showed no certificate", answered=True)
    return *end, found.lacked


TLS = _Tls()
