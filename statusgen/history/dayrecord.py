"""What is kept of a closed UTC day for ever, and how it follows from the rounds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.base.states import State
from statusgen.history.cadence import PRESENT_RULE, WINDOW, Rule
from statusgen.history.columns import Column, DayColumns
from statusgen.history.figures import day_text
from statusgen.history.histogram import Histogram, bucket_of
from statusgen.history.segments import (
    LONGEST_GAP,
    Segment,
    clip,
    gap_limits,
    hold,
)

CLOSED_AFTER = HOUR
"""Seconds after a day's end during which its rounds may still arrive from parallel runs."""
HOURS = DAY // HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorDay:
    """One monitor on one day."""

    cadence: int
    """Seconds between checks that were expected when the day was rolled up."""
    segments: tuple[Segment, ...]
    """Observed time inside the day."""
    latency: str = ""
    """Histograms of its 24 hours as text, by semicolons; those at the end left out if empty."""
    values: str = ""
    """Figures of its 24 hours as text (:mod:`statusgen.history.figures`)."""


def joined(before: MonitorDay, after: MonitorDay) -> MonitorDay:
    """Join what two ids of one monitor tell of the day on which the second took over."""
    begun = after.segments[0].start if after.segments else None
    kept = [part for part in before.segments if begun is None or part.start < begun]
    if kept and begun is not None and kept[-1].end > begun:
        kept[-1] = replace(kept[-1], end=begun)
    return replace(
        after,
        segments=(*kept, *after.segments),
        latency=_hours_of_both(before.latency, after.latency),
        values=_hours_of_both(before.values, after.values),
    )


def _hours_of_both(before: str, after: str) -> str:
    """Take each hour from the second text, else from the first."""
    if not before or not after:
        return before or after
    pairs = zip_longest(before.split(";"), after.split(";"), fillvalue="")
    return ";".join(late or early for early, late in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecord:
    """The roll-up of one day."""

    day: Instant
    size: int
    """Bytes of the day's file: a cheap sign that a round came late."""
    lines: str
    """Digest of the lines in the day's file, as a set."""
    inputs: str
    """Digest over ``lines`` of every day that the figures depend on."""
    rounds: int
    first: Instant | None
    last: Instant | None
    """Start of the first and last round."""
    max_gap: int | None
    rule: Rule = PRESENT_RULE
    """How the usual gap was found."""
    monitors: Mapping[str, MonitorDay] = field(default_factory=dict)


def is_closed(day: Instant, now: Instant) -> bool:
    """Say whether a day is over and the time for late rounds has passed."""
    return now > day + DAY + CLOSED_AFTER


def carry_days(max_gap: int | None) -> int:
    """Return how many days before a day may hold the sample that stands at its beginning."""
    return -(-(LONGEST_GAP if max_gap is None else max_gap) // DAY)


def reach_days(max_gap: int | None) -> int:
    """Return how many days before a day its figures depend on.

    A fixed gap needs only the sample carried in. A measured one needs the seven days before that
    sample, too.
    """
    return carry_days(max_gap) + (0 if max_gap is not None else WINDOW // DAY)


def roll_day(
    day: Instant,
    read: Callable[[Instant], DayColumns],
    *,
    cadence_of: Callable[[str], int],
    max_gap: int | None,
    until: Instant,
    rule: Rule | None = None,
) -> DayRecord:
    """Compute one day from the rounds of it and of the days that it depends on.

    ``until`` cuts what lies after now on the present day. Without a ``rule`` by the present one.
    Pure, but for ``read``.
    """
    reach = [read(day - back * DAY) for back in range(reach_days(max_gap), -1, -1)]
    if rule is None:
        several = any(columns.apart is not None for columns in reach)
        rule = Rule.LOOKS if several else PRESENT_RULE
    carried = reach[-1 - carry_days(max_gap) :]
    limits_of: dict[tuple[int, tuple[Instant, ...]], list[int]] = {}
    monitors: dict[str, MonitorDay] = {}
    for monitor in sorted({name for columns in carried for name in columns.by_monitor}):
        columns = [known for past in reach if (known := past.by_rule(rule).get(monitor))]
        cadence = cadence_of(monitor)
        segments = _segments(day, columns, cadence, max_gap, until, rule, limits_of)
        column = reach[-1].by_monitor.get(monitor)
        latency = _latency(day, column)
        values = day_text(day, column.valued_at, column.values) if column else ""
        if segments or latency or values:
            monitors[monitor] = MonitorDay(
                cadence=cadence, segments=tuple(segments), latency=latency, values=values
            )
    today = reach[-1]
    return DayRecord(
        day=day,
        size=today.size,
        lines=today.digest,
        inputs=inputs_digest([columns.digest for columns in reach]),
        rounds=len(today.rounds),
        first=today.rounds[0] if today.rounds else None,
        last=today.rounds[-1] if today.rounds else None,
        max_gap=max_gap,
        rule=rule,
        monitors=monitors,
    )


def inputs_digest(lines: Sequence[str]) -> str:
    """Return the digest over the digests of the days from the oldest to the day itself."""
    return hashlib.sha256("\n".join(lines).encode("ascii")).hexdigest()


def _segments(
    day: Instant,
    columns: Sequence[Column],
    cadence: int,
    max_gap: int | None,
    until: Instant,
    rule: Rule,
    limits_of: dict[tuple[int, tuple[Instant, ...]], list[int]],
) -> list[Segment]:
    times = [at for column in columns for at in column.times]
    states: list[State] = [state for column in columns for state in column.states]
    # Only the last sample before the day can reach into it.
    first = max(0, sum(len(column.times) for column in columns if column.times[0] < day) - 1)
    key = (cadence, tuple(times))
    limits = limits_of.get(key)
    if limits is None:  # most monitors are checked in every round and share these
        limits = gap_limits(times, cadence=cadence, max_gap=max_gap, first=first, rule=rule)
        limits_of[key] = limits
    end = min(day + DAY, until)
    return clip(hold(times[first:], states[first:], limits, end), day, end)


def _latency(day: Instant, column: Column | None) -> str:
    if column is None or not column.timed_at:
        return ""
    counts = Counter(
        [
            ((at - day) // HOUR, bucket_of(ms))
            for at, ms in zip(column.timed_at, column.timed_ms, strict=True)
        ]
    )
    hours: list[list[tuple[int, int]]] = [[] for _ in range(HOURS)]
    for (hour, bucket), count in sorted(counts.items()):
        hours[hour].append((bucket, count))
    return ";".join(Histogram(tuple(hour)).to_text() for hour in hours).rstrip(";")
