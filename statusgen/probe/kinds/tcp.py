"""TCP checks: does the port accept a connection?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from statusgen.base.model import Milliseconds, Model
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import GRACE_S, Fault, Stopwatch, failed, limited, worded
from statusgen.probe.kinds.base import filled_endpoint, too_slow
from statusgen.probe.round import Attempt
from statusgen.probe.urls import url_fault

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools


class TcpOptions(Model):
    """Options of a ``tcp`` monitor, under its key ``tcp``."""

    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""


class _Tcp:
    name = "tcp"
    schemes: tuple[str, ...] = ("tcp",)
    options = TcpOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        return url_fault(url, default_port=None, bare=True)

    def asks_any_answer(self) -> dict[str, Any]:
        """A connection is answer enough."""
        return {}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Import libcurl."""
        tools.engine  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Connect once, and close."""
        from statusgen.probe.handshake import connect

        assert isinstance(monitor.options, TcpOptions)
        watch = Stopwatch()
        try:
            where = filled_endpoint(monitor, tools)
            work = connect(where, tools, watch, limit_s, tls=False, ip=monitor.options.ip)
            await limited(work, watch, limit_s, grace=GRACE_S)
        except Fault as fault:
            return failed(worded(fault, limit_s), watch)
        slow = too_slow(watch, monitor.options.max_time)
        return Attempt(
            state=State.DEGRADED if slow else State.UP,
            reason=Reason.SLOW if slow else None,
            detail=slow,
            timings=watch.timings(),
            answered=True,
        )


TCP = _Tcp()
