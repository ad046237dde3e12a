"""Time and bands: COST018 (gaps and overlaps) and COST025 (efforts that are stated twice)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Severity, Verdict
from statusgen.base.saying import Saying
from statusgen.roadmap.model import Path, Timeline, When
from statusgen.roadmap.money import ZERO, Range, divide, format_number
from statusgen.words.worded import worded


def check(audit: Audit) -> Iterator[Finding]:
    """Look at the bands of the triggers, the windows of the timelines and the efforts in them."""
    yield from _bands(audit)
    for index, timeline in enumerate(audit.roadmap.timelines):
        yield from _overlaps(audit, ("timelines", index), timeline)
        yield from _efforts(audit, ("timelines", index), timeline)
    yield from _apart(audit)


def _bands(audit: Audit) -> Iterator[Finding]:
    """Closed bands (100–500 users) follow each other; open ones (50+) are steps of a ladder."""
    bands = [
        (number, stage.trigger.metric, stage.trigger.value)
        for number, stage in enumerate(audit.roadmap.stages)
        if stage.trigger is not None and stage.trigger.value is not None
    ]
    for metric in dict.fromkeys(metric for _, metric, _ in bands):
        own = [(number, value) for number, name, value in bands if name == metric]
        if all(value.high is None for _, value in own):
            continue
        reached = ZERO.low
        for place, (number, value) in enumerate(own):
            stage = audit.roadmap.stages[number]
            where: Path = ("stages", number, "trigger")
            if value.low > reached + 1:
                begin = format_number(reached if reached == 0 else reached + 1)
                yield audit.finding(
                    "COST018",
                    where,
                    f"stages.{stage.id}.trigger",
                    Verdict.OPEN,
                    Saying(
                        "findings.band-gap",
                        {
                            "stage": stage.name,
                            "first": begin if place else "1",
                            "last": format_number(value.low - 1),
                            "metric": metric,
                        },
                    ),
                    stated=stage.trigger,
                    severity=Severity.INFO if place == 0 else Severity.WARNING,
                )
            elif place and value.low < reached:
                yield audit.finding(
                    "COST018",
                    where,
                    f"stages.{stage.id}.trigger",
                    Verdict.CONTRADICTED,
                    Saying(
                        "findings.band-overlap",
                        {
                            "stage": stage.name,
                            "first": format_number(value.low),
                            "last": format_number(reached),
                            "metric": metric,
                        },
                    ),
                    stated=stage.trigger,
                    severity=Severity.WARNING,
                )
            if value.high is None:
                break
            reached = max(reached, value.high)


def _overlaps(audit: Audit, path: Path, timeline: Timeline) -> Iterator[Finding]:
    """One window ends in the week or month in which the next begins.

    Windows that share more than that are work side by side, which is no slip.
    """
    for index in range(1, len(timeline.entries)):
        before, entry = timeline.entries[index - 1].when, timeline.entries[index].when
        if before.unit is not entry.unit or entry.first is None or before.first is None:
            continue
        if not _meet(before, entry):
            continue
        same = (before.first, before.last) == (entry.first, entry.last)
        if before.last is None or (entry.first == before.last and not same):
            yield audit.finding(
                "COST018",
                (*path, "entries", index, "when"),
                f"timelines.{timeline.id}.{index}",
                Verdict.CONTRADICTED,
                Saying(
                    "findings.window-overlap",
                    {
                        "timeline": timeline.name,
                        "window": str(entry),
                        "before": str(before),
                        "shared": f"{entry.unit} {entry.first}",
                    },
                ),
                stated=entry,
                severity=Severity.WARNING,
            )


def _windows(audit: Audit) -> Iterator[tuple[str, str, Path, When]]:
    """Yield item, what says so, where, and when: of the stages, and of each timeline."""
    for number, stage in enumerate(audit.roadmap.stages):
        for item in stage.items:
            if (when := item.when or stage.when) is not None:
                yield item.id, stage.name, ("stages", number), when
    for index, timeline in enumerate(audit.roadmap.timelines):
        for number, entry in enumerate(timeline.entries):
            path: Path = ("timelines", index, "entries", number, "when")
            for step in entry.steps:
                if step.item:
                    yield step.item, timeline.name, path, entry.when


def _apart(audit: Audit) -> Iterator[Finding]:
    """A thing that two timelines name has windows that meet."""
    named: dict[str, dict[str, list[tuple[Path, When]]]] = {}
    for identifier, source, path, when in _windows(audit):
        named.setdefault(identifier, {}).setdefault(source, []).append((path, when))
    for name, sources in named.items():
        item = audit.roadmap.item(name)
        (one, first), *others = sources.items()
        for other, windows in others if item is not None else ():
            pairs = [(a, b) for _, a in first for _, b in windows]
            if any(a.unit is not b.unit or _meet(a, b) or _meet(b, a) for a, b in pairs):
                continue
            assert item is not None
            path, window = windows[0]
            there = str(first[0][1])
            values = {"item": item.name, "here": str(window), "source": other}
            yield audit.finding(
                "COST025",
                path,
                f"timelines.{name}.window",
                Verdict.CONTRADICTED,
                Saying("findings.windows-apart", values | {"there": there, "other": one}),
                stated=window,
                derived=there,
                severity=Severity.WARNING,
            )


def _meet(one: When, other: When) -> bool:
    """Whether a window begins before the one in front of it has ended."""
    if one.first is None or other.first is None:
        return True
    return one.first <= other.first and (one.last is None or other.first <= one.last)


def _efforts(audit: Audit, path: Path, timeline: Timeline) -> Iterator[Finding]:
    """The order of work repeats the efforts of the items; the sums are worth printing."""
    sums: list[str] = []
    whole, wrong, count = ZERO, 0, 0
    for number, entry in enumerate(timeline.entries):
        own = ZERO
        for index, step in enumerate(entry.steps):
            if step.effort is None:
                continue
            count += 1
            own += step.effort.minutes
            item = audit.roadmap.item(step.item) if step.item else None
            if item is None or item.effort is None or item.effort.minutes == step.effort.minutes:
                continue
            wrong += 1
            yield audit.finding(
                "COST025",
                (*path, "entries", number, "steps", index),
                f"timelines.{timeline.id}.{item.id}",
                Verdict.CONTRADICTED,
                Saying(
                    "findings.effort-differs",
                    {"item": item.name, "step": str(step.effort), "plan": str(item.effort)},
                ),
                stated=step.effort,
                derived=str(item.effort),
            )
        sums.append(f"{entry.when} {_hours(own)}")
        whole += own
    if count and not wrong:
        yield audit.finding(
            "COST025",
            path,
            f"timelines.{timeline.id}.effort",
            Verdict.HOLDS,
            Saying("findings.efforts-hold", {"timeline": timeline.name, "whole": _hours(whole)}),
            derived=_hours(whole),
            formula=worded("findings.hours-all", hours=", ".join(sums), whole=_hours(whole)),
        )


def _hours(minutes: Range) -> str:
    low = format_number(divide(minutes.low, Decimal(60)))
    if minutes.high is None or minutes.is_point:
        return f"{low} h"
    return f"{low}–{format_number(divide(minutes.high, Decimal(60)))} h"
