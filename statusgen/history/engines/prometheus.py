"""Prometheus: rounds from the metrics of blackbox_exporter, or of any queries, by range queries.

For each page of moments the queries are asked one after the other: whether it was up, when that was
sampled, and how long it took, the HTTP status, the end of the certificate. A series that has gone
stale is unknown; where nothing at all was sampled, nothing checked, and there is no round.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from statusgen.base.clock import Instant
from statusgen.base.errors import OutsideError
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.history.engines.asking import Server, TooMuchError, listed
from statusgen.history.engines.moments import Finder, check_of, place_of, round_at
from statusgen.probe.round import Check, Round

PAGE = 288
"""Moments of one question: a day at 5 minutes. Prometheus answers 11,000 at most."""
_LEAST_PAGE = 4
_MOST_SERIES = 20_000
_BEFORE = 3
"""Moments before a page that tell which series there are."""
_UNKNOWN = Check(state=State.UNKNOWN, reason=Reason.CHECKER)

Series = dict[tuple[str, str], dict[int, float]]
"""By vantage and monitor: number of the moment → value."""


class Prometheus:
    """One server, read from one moment to another."""

    def __init__(self, server: Server, monitors: Sequence[Monitor]) -> None:
        self._server, self._instance = server, server.instance
        self._monitors = {monitor.id: monitor for monitor in monitors}
        self.finder = Finder(monitors, {})

    def pages(self, after: Instant, until: Instant) -> Iterator[Sequence[Round]]:
        """Yield the rounds of the moments in ``(after, until]``, some days at a time.

        Raises OutsideError, InputError (with the place of the engine).
        """
        every, size = self._instance.every, PAGE
        moment = (after // every + 1) * every
        newest: dict[str, Instant] = {}
        while moment <= until:
            last = min(moment + (size - 1) * every, until // every * every)
            try:
                rounds = self._page(moment, last, newest)
            except TooMuchError:
                if size <= _LEAST_PAGE:
                    raise
                size = max(_LEAST_PAGE, size // 4)
                continue
            yield rounds
            moment = last + every

    def _page(self, first: Instant, last: Instant, newest: dict[str, Instant]) -> list[Round]:
        queries = self._instance.queries
        up = self._series(self._selected(queries["success"]), first, last)
        own = {
            monitor: self._series(query, first, last, only=monitor)
            for monitor, query in self._instance.monitors.items()
        }
        taken = self._series(f"timestamp({self._selected(queries['success'])})", first, last)
        more = {
            name: self._series(self._selected(query), first, last)
            for name, query in queries.items()
            if name != "success"
        }
        for monitor, series in own.items():
            up.update(series)
            self.finder.found |= {monitor} if series else set()
        rounds: list[Round] = []
        for place in sorted({vantage for vantage, _ in up}):
            of = {name: values for (vantage, name), values in up.items() if vantage == place}
            rounds += self._of_place(place, of, taken, more, first, newest)
        return sorted(rounds, key=lambda each: (each.at, each.key))

    def _of_place(
        self,
        place: str,
        up: Mapping[str, dict[int, float]],
        taken: Series,
        more: Mapping[str, Series],
        first: Instant,
        newest: dict[str, Instant],
    ) -> Iterator[Round]:
        every = self._instance.every
        begun = {name: min(values) for name, values in up.items() if values}
        for number in sorted({number for values in up.values() for number in values}):
            if number < 0:
                continue
            moment = first + number * every
            checks: dict[str, Check] = {}
            sampled: list[Instant] = []
            for name in sorted(up):
                value = up[name].get(number)
                if value is None:
                    if begun.get(name, number) < number:
                        checks[name] = _UNKNOWN  # stale
                    continue
                stamp = taken.get((place, name), {}).get(number, float(moment))
                if not moment - every < stamp <= moment:
                    continue  # a sample of a moment before: it was not due
                sampled.append(int(stamp))
                figures = {kind: of.get((place, name), {}).get(number) for kind, of in more.items()}
                checks[name] = self._check(name, value, figures, moment)
            at = max(sampled, default=0)
            if at > newest.get(place, 0):  # else the samples are those of the moment before
                newest[place] = at
                yield round_at(moment, at, place, self._instance, checks)

    def _check(
        self, name: str, value: float, figures: Mapping[str, float | None], moment: Instant
    ) -> Check:
        ends = figures.get("certificate")
        return check_of(
            value,
            self._monitors.get(name),
            seconds=figures.get("duration"),
            code=figures.get("code"),
            certificate_s=ends - moment if ends is not None and ends > 0 else None,
            warn_s=self._instance.warn,
        )

    def _selected(self, query: str) -> str:
        """Add the matchers to a query that is a metric's name alone."""
        plain = query.replace("_", "").replace(":", "").isalnum() and query.isascii()
        return f"{query}{{{self._instance.match}}}" if plain and self._instance.match else query

    def _series(self, query: str, first: Instant, last: Instant, only: str = "") -> Series:
        every = self._instance.every
        asked = {"query": query, "start": first - _BEFORE * every, "end": last, "step": every}
        answer = self._server.json(f"/api/v1/query_range?{urlencode(asked)}")
        data = answer.get("data") if isinstance(answer, dict) else None
        result = data.get("result") if isinstance(data, dict) else None
        if not isinstance(result, list) or answer.get("status") != "success":
            problem = self._server.problem("the answer is not one of Prometheus' API")
            raise OutsideError(str(problem))
        if len(result) > _MOST_SERIES:
            what = f"{len(result)} series; at most {_MOST_SERIES} are read"
            raise OutsideError(str(self._server.problem(what, 'write `match: job="blackbox"`')))
        found: Series = {}
        for each in result:
            metric = each.get("metric") if isinstance(each, dict) else None
            if not isinstance(metric, dict):
                continue
            name = only or self.finder.find(
                metric.get("monitor"), metric.get("instance"), metric.get("target")
            )
            if name is None:
                continue
            label = metric.get(self._instance.vantage_label)
            fallback = self._instance.vantage
            place = place_of(label, fallback) if isinstance(label, str) else fallback
            values = _values(each.get("values"), first, last, every)
            known = found.get((place, name))
            found[place, name] = values if known is None else _worse(known, values)
        return found


def _values(pairs: Any, first: Instant, last: Instant, every: int) -> dict[int, float]:
    """Return the values by number of their moment; what is none is left out."""
    found: dict[int, float] = {}
    for pair in listed(pairs):
        try:
            at, text = pair
            moment, value = round(float(at)), float(text)
        except (TypeError, ValueError, OverflowError):
            continue
        number, rest = divmod(moment - first, every)
        if not rest and number >= -_BEFORE and moment <= last and not math.isinf(value):
            found[number] = value
    return found


def _worse(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    """Join two series of one monitor: where both have a value, the lesser."""
    both = one.keys() & other.keys()
    return {**one, **other, **{number: min(one[number], other[number]) for number in both}}
