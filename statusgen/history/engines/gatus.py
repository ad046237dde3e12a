"""Gatus: rounds from the results that its API tells (``/api/v1/endpoints/statuses``).

It keeps some hundred results of each endpoint: whoever reads less often than they last has gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import OutsideError
from statusgen.config.settings import Monitor
from statusgen.history.engines.asking import Server, listed
from statusgen.history.engines.moments import (
    Finder,
    Sample,
    check_of,
    in_pages,
    moment_of,
    rounds_of,
)
from statusgen.probe.round import Round

PAGE_SIZE = 100
_MOST_PAGES = 50


class Gatus:
    """One server."""

    def __init__(self, server: Server, monitors: Sequence[Monitor]) -> None:
        self._server, self._instance = server, server.instance
        self._monitors = {monitor.id: monitor for monitor in monitors}
        self.finder = Finder(monitors, server.instance.monitors)

    def pages(self, after: Instant, until: Instant) -> Iterator[Sequence[Round]]:
        """Yield the rounds of the moments in ``(after, until]``. Raises as :class:`Server`."""
        every, samples = self._instance.every, []
        for number in range(1, _MOST_PAGES + 1):
            path = f"/api/v1/endpoints/statuses?page={number}&pageSize={PAGE_SIZE}"
            endpoints = self._server.json(path)
            if not isinstance(endpoints, list):
                raise OutsideError(str(self._server.problem("the answer is not one of Gatus' API")))
            new = [
                sample
                for endpoint in endpoints
                for sample in self._samples(endpoint)
                if after < moment_of(sample.at, every) <= until
            ]
            samples += new
            if not new or max(map(_results, endpoints), default=0) < PAGE_SIZE:
                break
        yield from in_pages(rounds_of(dict.fromkeys(samples), self._instance))

    def _samples(self, endpoint: Any) -> Iterator[Sample]:
        if not isinstance(endpoint, dict):
            return
        name, group = endpoint.get("name"), endpoint.get("group")
        whole = f"{group}/{name}" if isinstance(group, str) and group else None
        monitor = self.finder.find(endpoint.get("key"), whole, name)
        if monitor is None:
            return
        for result in listed(endpoint.get("results")):
            at = _instant(result.get("timestamp")) if isinstance(result, dict) else None
            if at is None:
                continue
            duration, status = result.get("duration"), result.get("status")
            success = result.get("success")
            if success is not True and success is not False:
                continue
            check = check_of(
                float(success),
                self._monitors.get(monitor),
                seconds=duration / 1e9 if _is_number(duration) else None,
                code=status if _is_number(status) else None,
            )
            yield Sample(monitor, self._instance.vantage, at, check)


def _results(endpoint: Any) -> int:
    return len(listed(endpoint.get("results"))) if isinstance(endpoint, dict) else 0


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e15


def _instant(text: Any) -> Instant | None:
    """Return the second of a timestamp such as ``2026-11-20T20:10:03.123456789+01:00``."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    whole, dot, fraction = text.partition(".")
    zone = fraction.lstrip("0123456789") if dot else ""
    try:
        return parse_instant(whole + zone)
    except ValueError:
        return None
