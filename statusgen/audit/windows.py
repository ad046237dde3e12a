"""Time and bands: COST018 (gaps and overlaps) and COST025 (efforts that are stated twice)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from statusgen.audit.apart import meet
from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Severity, Verdict
from statusgen.base.saying import Saying
from statusgen.roadmap.model import Path, Timeline
from statusgen.roadmap.money import ZERO, Range, divide, format_number
from statusgen.roadmap.vocabulary import grouped, pattern
from statusgen.words.worded import worded


def check(audit: Audit) -> Iterator[Finding]:
    """Look at the bands of the triggers, the windows of the timelines and the efforts in them."""
    yield from _bands(audit)
    for index, timeline in enumerate(audit.roadmap.timelines):
        yield from _overlaps(audit, ("timelines", index), timeline)
        yield from _efforts(audit, ("timelines", index), timeline)


def _bands(audit: Audit) -> Iterator[Finding]:
    """Closed bands (100–500 users) follow each other; open ones (50+) are steps of a ladder.

    What is for *25 towns* is for so many: there is no gap beside a single number. So many weeks or
    hours are no band: a stage takes them, or begins then, whatever the one before it takes.
    """
    bands = [
        (number, stage.trigger.metric, stage.trigger.value)
        for number, stage in enumerate(audit.roadmap.stages)
        if stage.trigger is not None and stage.trigger.value is not None
        if not _OF_TIME.match(stage.trigger.metric)
    ]
    named = {metric for _, metric, _ in bands if metric}
    only = next(iter(named)) if len(named) == 1 else ""  # "0-20 testers", then "20-200"
    for metric in dict.fromkeys(metric or only for _, metric, _ in bands):
        own = [(number, value) for number, name, value in bands if (name or only) == metric]
        if all(value.high is None for _, value in own):
            continue
        reached = ZERO.low
        for place, (number, value) in enumerate(own):
            before = own[place - 1][1] if place else value
            severity = Severity.WARNING
            if value.low > reached + 1 and not (value.is_point or before.is_point):
                ends = (reached + 1 if place else Decimal(1), value.low - 1)
                verdict, key = Verdict.OPEN, "findings.band-gap"
                severity = Severity.WARNING if place else Severity.INFO
            elif place and value.low < reached:
                ends = (value.low, reached)
                verdict, key = Verdict.CONTRADICTED, "findings.band-overlap"
            else:
                ends = None
            if ends is not None:
                stage = audit.roadmap.stages[number]
                first, last = map(format_number, ends)
                told = {"stage": stage.name, "first": first, "last": last, "metric": metric}
                yield audit.finding(
                    "COST018",
                    ("stages", number, "trigger"),
                    f"stages.{stage.id}.trigger",
                    verdict,
                    Saying(key, told),
                    stated=stage.trigger,
                    severity=severity,
                )
            if value.high is None:
                break
            reached = max(reached, value.high)


_OF_TIME = re.compile(
    pattern(tuple(chain(*grouped("period").values(), *grouped("lasts").values()))), re.I
)
"""A unit of time, and what of it: *weeks FTE*."""


def _overlaps(audit: Audit, path: Path, timeline: Timeline) -> Iterator[Finding]:
    """One window ends in the week or month in which the next begins.

    Windows that share more than that are work side by side, which is no slip.
    """
    for index in range(1, len(timeline.entries)):
        before, entry = timeline.entries[index - 1].when, timeline.entries[index].when
        if before.unit is not entry.unit or entry.first is None or before.first is None:
            continue
        if not meet(before, entry):
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
            item = audit.roadmap.item(step.item[0]) if len(step.item) == 1 else None
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
