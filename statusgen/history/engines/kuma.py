"""Uptime Kuma: one round from its metrics page (``/metrics``): what it says now, no past.

``monitor_status`` is 1 (up), 0 (down), 2 (pending) or 3 (maintenance): the last two say nothing
of the service, so they are unknown. The token is one of its API keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from statusgen.base.clock import Instant
from statusgen.base.errors import OutsideError
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.history.engines.asking import Server
from statusgen.history.engines.moments import Finder, check_of, round_at
from statusgen.probe.round import Check, Round

_LINE = re.compile(r"(monitor_[a-z_]+)\{(.*)\}\s+([0-9.eE+-]+|NaN)(?:\s+\d+)?\s*")
_LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"')
_ESCAPED = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}
_DAY_S = 86_400


class Kuma:
    """One server."""

    def __init__(self, server: Server, monitors: Sequence[Monitor]) -> None:
        self._server, self._instance = server, server.instance
        self._monitors = {monitor.id: monitor for monitor in monitors}
        self.finder = Finder(monitors, server.instance.monitors)

    def pages(self, after: Instant, until: Instant) -> Iterator[Sequence[Round]]:
        """Yield the round of the newest moment, unless it is stored. Raises as :class:`Server`."""
        every = self._instance.every
        moment = until // every * every
        if moment <= after:
            return
        text = self._server.ask("/metrics").body.decode("utf-8", "replace")
        figures: dict[str, dict[str, float]] = {}
        seen = False
        for line in text.splitlines():
            found = _LINE.fullmatch(line) if len(line) < 5000 else None
            if found is None:
                continue
            seen = True
            labels = {name: _plain(value) for name, value in _LABEL.findall(found[2])}
            monitor = self.finder.find(
                labels.get("monitor_name"),
                labels.get("monitor_url"),
                labels.get("monitor_hostname"),
            )
            try:
                value = float(found[3])
            except ValueError:
                continue
            if monitor is not None:
                known = figures.setdefault(monitor, {})
                known[found[1]] = min(value, known.get(found[1], value))
        if not seen:
            problem = self._server.problem("the answer is not Uptime Kuma's metrics page")
            raise OutsideError(str(problem))
        checks = {
            monitor: self._check(monitor, of)
            for monitor, of in sorted(figures.items())
            if "monitor_status" in of
        }
        if checks:
            yield [round_at(moment, until, self._instance.vantage, self._instance, checks)]

    def _check(self, monitor: str, of: dict[str, float]) -> Check:
        status, ms = of["monitor_status"], of.get("monitor_response_time")
        if status not in (0, 1):
            return Check(state=State.UNKNOWN, reason=Reason.CHECKER)
        days = of.get("monitor_cert_days_remaining")
        return check_of(
            status,
            self._monitors.get(monitor),
            seconds=ms / 1000 if ms is not None and ms >= 0 else None,
            certificate_s=days * _DAY_S if days is not None else None,
            warn_s=self._instance.warn,
        )


def _plain(value: str) -> str:
    return re.sub(r'\\[n"\\]', lambda found: _ESCAPED[found[0]], value)
