"""A component's response times: a chart for each range, and a table by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.draw.latency import (
    LatencyTexts,
    Slot,
    Tick,
    draw_latency,
    peak,
)
from statusgen.publish.edition import Edition
from statusgen.status.snapshot import ComponentStatus, Latency
from statusgen.words import Words

_HOURLY = {"24h": 24, "7d": 7 * 24}
_DAILY = {"30d": 30, "90d": 90}


@dataclass(frozen=True, slots=True)
class Range:
    """One range of the chart."""

    name: str
    title: str
    gutter: Markup
    plot: Markup
    peak: str
    """Which value is the highest, and when; empty without one."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class LatencyDay:
    """Response times of one day."""

    title: str
    count: str
    p50: str
    p95: str


def ranges(edition: Edition, component: ComponentStatus) -> list[Range]:
    """Return the charts that say something; the longest that the component has lived is chosen."""
    if len(component.latency_series) < 2:
        return []
    age = edition.snapshot.now - component.latency_series[0].start
    chosen = "90d" if age > 14 * DAY else "7d" if age > 2 * DAY else "24h"
    return [_range(edition, component, name, chosen=name == chosen) for name in (*_HOURLY, *_DAILY)]


def _range(edition: Edition, component: ComponentStatus, name: str, *, chosen: bool) -> Range:
    hourly = name in _HOURLY
    slots = (
        hours(component, edition.snapshot.now, _HOURLY[name])
        if hourly
        else days(component, _DAILY[name])
    )
    words = edition.words.plain()
    title = words.say(f"component.last-{name}")
    chart = draw_latency(
        slots,
        _hour_ticks(edition, slots, words) if hourly else _day_ticks(component, slots, words),
        LatencyTexts(
            words.say("component.chart-title", name=edition.names[component.id], window=title),
            describe(words, slots, hourly=hourly),
            words.milliseconds,
        ),
    )
    found = peak(slots)
    told = ""
    if found is not None:
        told = words.say(
            "component.chart-peak",
            value=words.milliseconds(found[1]),
            day=edition.clock.short_day(slots[found[0]].start),
        )
    return Range(
        name,
        title,
        Markup(chart.gutter),  # noqa: S704 - our own drawing; its texts are escaped there
        Markup(chart.plot),  # noqa: S704
        told,
        chosen,
    )


def hours(component: ComponentStatus, now: Instant, count: int) -> list[Slot]:
    """Return the last hours up to the one that holds ``now``, with a gap where none was timed."""
    last = now - now % HOUR
    known: dict[Instant, Latency] = {}
    for point in reversed(component.latency_series):
        if point.start <= last - count * HOUR:
            break
        known[point.start] = point.latency
    return [Slot(at, known.get(at)) for at in range(last - (count - 1) * HOUR, last + HOUR, HOUR)]


def days(component: ComponentStatus, count: int) -> list[Slot]:
    """Return the last days of the strip."""
    known = {point.start: point.latency for point in component.latency_days}
    return [Slot(bar.start, known.get(bar.start)) for bar in component.bars[-count:]]


def _hour_ticks(edition: Edition, slots: Sequence[Slot], words: Words) -> list[Tick]:
    """Label midnights, and on a single day every sixth hour."""
    ticks = []
    for place, slot in enumerate(slots):
        moment: datetime = edition.clock.local(slot.start)
        if len(slots) <= 24 and moment.hour % 6 == 0:
            ticks.append(Tick(place, f"{moment:%H:%M}"))
        elif len(slots) > 24 and moment.hour == 0:
            ticks.append(Tick(place, words.short_day(moment.date()), minor=len(ticks) % 2 == 1))
    return ticks


def _day_ticks(component: ComponentStatus, slots: Sequence[Slot], words: Words) -> list[Tick]:
    """Label Mondays: every one of a month, every second one of three."""
    shown: list[tuple[int, date]] = [
        (place, bar.day)
        for place, bar in enumerate(component.bars[-len(slots) :])
        if bar.day.weekday() == 0
    ]
    step = 1 if len(slots) <= 31 else 2
    return [
        Tick(place + 0.5, words.short_day(day), minor=number % 2 == 1)
        for number, (place, day) in enumerate(shown[::step])
    ]


def describe(words: Words, slots: Sequence[Slot], *, hourly: bool) -> str:
    """Say what a chart shows, for who cannot see it."""
    known: list[Latency] = [slot.latency for slot in slots if slot.latency is not None]
    p50 = [each.p50 for each in known if each.p50 is not None]
    p95 = [each.p95 for each in known if each.p95 is not None]
    if not p50 or not p95:
        return words.say("component.chart-empty")
    return words.say(
        "component.chart-by-hour" if hourly else "component.chart-by-day",
        p50=_between(words, p50),
        p95=_between(words, p95),
        count=len(known),
    )


def _between(words: Words, values: Sequence[int]) -> str:
    highest = words.milliseconds(max(values))
    return words.say("component.range", lowest=min(values), highest=highest)


def latency_table(edition: Edition, component: ComponentStatus) -> list[LatencyDay]:
    """Return the days of the chart, newest first."""
    words = edition.words.plain()
    return [
        LatencyDay(
            edition.clock.short_day(point.start),
            words.number(point.latency.count),
            words.milliseconds(point.latency.p50),
            words.milliseconds(point.latency.p95),
        )
        for point in reversed(component.latency_days)
    ]
