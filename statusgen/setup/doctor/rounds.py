"""Do checks come as often as they were asked for? Told by the rounds that were recorded."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.base import clock
from statusgen.base.clock import DAY, MINUTE, Instant
from statusgen.history.dayfile import FUTURE_SLACK, day_files, read_bytes
from statusgen.run.site import Site
from statusgen.setup.doctor.finding import Finding, span
from statusgen.setup.workflows import CheckWorkflow

DAYS = 30
"""How far back holes and alerts are looked at."""
HOLE = 10 * MINUTE
_LATE = 2
"""Seen so many times slower than asked for, a schedule does not keep up."""
_OLD = 5
"""So many usual gaps without a round: the schedule stands still."""
_ROUNDS = "the rounds recorded here"
_AT = re.compile(rb'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch without a round."""

    start: Instant
    end: Instant

    @property
    def seconds(self) -> int:
        """How long it was."""
        return self.end - self.start


def times_of(site: Site, now: Instant) -> list[Instant]:
    """Return when rounds were made in the last days; only their times are looked at."""
    found: set[Instant] = set()
    for day, path in day_files(site.places.history).items():
        if day + DAY > now - DAYS * DAY and day <= now + FUTURE_SLACK:
            found |= {clock.parse_instant(text.decode()) for text in _AT.findall(read_bytes(path))}
    return sorted(at for at in found if now - DAYS * DAY < at <= now + FUTURE_SLACK)


def holes_of(times: Sequence[Instant], limit: int) -> Iterator[Hole]:
    """Yield the stretches longer than ``limit`` between two rounds."""
    for start, end in itertools.pairwise(times):
        if end - start > limit:
            yield Hole(start, end)


def of_schedule(
    asked: int,
    observed: int | None,
    times: Sequence[Instant],
    now: Instant,
    workflows: Sequence[CheckWorkflow],
) -> Iterator[Finding]:
    """Judge whether rounds come, and how often."""
    if not times:
        said = f"no round in the last {DAYS} days"
        yield Finding("schedule", "bad", said, _start(workflows), _ROUNDS)
        return
    since = now - times[-1]
    if since > max(HOLE, _OLD * max(asked, observed or 0)):
        said = f"no round for {span(since)}; the last was at {clock.format_instant(times[-1])}"
        yield Finding("schedule", "bad", said, _start(workflows), _ROUNDS)
    if observed is None:
        said = f"asked every {span(asked)}; too few rounds to tell more"
        yield Finding("cadence", "doubt", said, "statusgen check --push", _ROUNDS)
        return
    said = f"asked every {span(asked)}, came every {span(observed)} in the last 7 days"
    if observed > _LATE * asked:
        yield Finding("cadence", "doubt", said, _faster(workflows), _ROUNDS)
    else:
        yield Finding("cadence", "fine", said, known=_ROUNDS)


def _start(workflows: Sequence[CheckWorkflow]) -> str:
    if not workflows:
        return "no workflow here checks; see `statusgen schedule`, and `statusgen history pull`"
    return (
        f"bring what was recorded with `statusgen history pull`; if it is old too, look whether "
        f"{workflows[0].file} is enabled (Actions) and how its last run ended"
    )


def _faster(workflows: Sequence[CheckWorkflow]) -> str:
    if any(each.relay for each in workflows):
        return "look at the runs of the relay under Actions: how did the last ones end?"
    return (
        "GitHub's cron comes when it can; `statusgen schedule` shows what keeps its time: "
        "a relay, an outside clock, a machine of your own"
    )


def of_holes(holes: Sequence[Hole], workflows: Sequence[CheckWorkflow]) -> Iterator[Finding]:
    """Judge the holes."""
    if not holes:
        yield Finding("holes", "fine", f"none in {DAYS} days", known=_ROUNDS)
        return
    longest = max(holes, key=lambda hole: hole.seconds)
    total = sum(hole.seconds for hole in holes)
    said = (
        f"{len(holes)} in {DAYS} days, {span(total)} in all; the longest {span(longest.seconds)} "
        f"from {clock.format_instant(longest.start)}"
    )
    yield Finding("holes", "doubt", said, _faster(workflows), _ROUNDS)
