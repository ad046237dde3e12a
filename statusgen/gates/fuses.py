"""Free allowances and what is used of them: how much is left, and when it runs out.

What is used is what the author wrote (``usage:``), or the newest figure of a series that the price
names for that unit (``measured_by:``); only of a series can be told when it will be used up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.gates.series import Series
from statusgen.gates.trend import Crossing, Refusal, crossing
from statusgen.roadmap.cost import monthly_allowances
from statusgen.roadmap.model import Item, Part, Roadmap, Service, Stage, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuse:
    """One free allowance."""

    name: str
    unit: str
    allowance: Fraction
    """A month."""
    used: Fraction | None
    """A month; None where nobody says."""
    on: Instant | None = None
    """When that was measured; None: the author wrote it."""
    runs_out: Crossing | None = None
    refused: Refusal | None = None
    """Why no day can be told, where there are figures."""

    @property
    def share(self) -> Fraction | None:
        """How much of it is used."""
        return None if self.used is None or not self.allowance else self.used / self.allowance


def fuses(roadmap: Roadmap, series: Mapping[str, Series], now: Instant) -> tuple[Fuse, ...]:
    """Return the free allowances of a roadmap of which anybody says what is used."""
    return tuple(each for each in _walk(roadmap, series, now) if each.used is not None)


def _walk(part: object, series: Mapping[str, Series], now: Instant) -> Iterator[Fuse]:
    if isinstance(part, (Stage, Item)) and part.status is Status.DROPPED:
        return
    if isinstance(part, Service):
        yield from _of_service(part, series, now)
    if isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _walk(getattr(part, name), series, now)
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _walk(each, series, now)


def _of_service(service: Service, series: Mapping[str, Series], now: Instant) -> Iterator[Fuse]:
    if service.price is None:
        return
    for unit, allowance in monthly_allowances(service.price).items():
        name = " ".join(filter(None, [service.name, service.tier]))
        known = series.get(service.measured_by.get(unit, ""))
        points = () if known is None else known.until(now).points
        if points:
            at, newest = points[-1]
            expected = crossing(points, allowance, rising=True) if newest < allowance else None
            yield Fuse(
                name=name,
                unit=unit,
                allowance=allowance,
                used=newest,
                on=at,
                runs_out=expected if not isinstance(expected, Refusal) else None,
                refused=expected if isinstance(expected, Refusal) else None,
            )
            continue
        used = service.usage.get(unit)
        high = None if used is None else used.amount.high
        yield Fuse(
            name=name,
            unit=unit,
            allowance=allowance,
            used=None if high is None else Fraction(high),
        )
