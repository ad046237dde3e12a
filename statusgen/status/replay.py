"""The past of a verdict, by replay: since when it stands, when it was another, when it fired.

Nothing is stored, and the dates are the same whenever they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.base.target import Target
from statusgen.status.at_once import verdicts_at
from statusgen.status.intervals import Interval
from statusgen.status.standing import LATENCY, Standing, Verdict, judged, standing
from statusgen.status.tally import Past

DAYS_REPLAYED = 400
"""How far back a replay looks for the day on which a verdict began."""


@dataclass(frozen=True)
class Replay:
    """The past of a verdict: how a target stood at each midnight."""

    target: Target
    pasts: Sequence[Past]
    now: Instant
    zone: ZoneInfo
    default: int = 30 * DAY
    days: int = DAYS_REPLAYED
    _known: dict[Instant, Verdict] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def present(self) -> Standing:
        """How it stands now, and since when."""
        found = standing(self.target, self.pasts, self.now, self.zone, self.default)
        begun, always = self._since(found.verdict)
        return _with(found, begun, always)

    def at(self, moment: Instant) -> Verdict:
        """Return the verdict as it was at a moment."""
        if moment not in self._known:
            found = judged(self.target, self.pasts, moment, self.zone, self.default)
            self._known[moment] = found.verdict
        return self._known[moment]

    def flips(self, days: int = 90) -> tuple[tuple[Instant, Verdict], ...]:
        """Return the verdicts of the last so many days, each from when on it stood, oldest first.

        By midnights, each change then by the hour: what flips and flips back within a day is not
        seen here, but by :meth:`fired`.
        """
        marks = [each for each in self.midnights[::-1] if each >= self.now - days * DAY]
        if not marks or marks[-1] != self.now:
            marks.append(self.now)
        found = [(marks[0], self.at(marks[0]))]
        for before, after in pairwise(marks):
            verdict = self.at(after)
            if verdict is not found[-1][1]:
                found.append((self._hour(before, after, verdict), verdict))
        return tuple(found)

    def last(self, wanted: Callable[[Verdict], bool]) -> Instant | None:
        """Return the hour in which the verdict last was one that is wanted; None: never seen."""
        after = self.now
        for moment in self.midnights:
            if wanted(self.at(moment)):
                first = moment - moment % HOUR
                marks = range(first + (after - first - 1) // HOUR * HOUR, first, -HOUR)
                return next((mark for mark in marks if wanted(self.at(mark))), moment)
            after = moment
        return None

    def _hour(self, before: Instant, after: Instant, verdict: Verdict) -> Instant:
        """Return the last full hour of a day in which the verdict was still another."""
        first = before - before % HOUR
        marks = range(first + (after - first - 1) // HOUR * HOUR, first, -HOUR)
        return next((mark for mark in marks if self.at(mark) is not verdict), before)

    def _learn(self, marks: Sequence[Instant]) -> None:
        """Judge many moments at once."""
        known = verdicts_at(self.target, self.pasts, marks, self.default)
        if known is not None:
            self._known.update(zip(marks, known, strict=True))

    @cached_property
    def midnights(self) -> Sequence[Instant]:
        """The midnights since the first check, the newest first."""
        firsts = [past.measured.since for past in self.pasts]
        first = max((each for each in firsts if each is not None), default=self.now)
        day = datetime.fromtimestamp(self.now, self.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        found = []
        for back in range(self.days):
            moment = int((day - timedelta(days=back)).timestamp())
            if moment <= first:
                break
            found.append(moment)
        self._learn(found)
        return found

    def fired(self, days: int = 90) -> tuple[Interval, ...]:
        """Return when the target was met in the last so many days, oldest first.

        By the hour, of response times by midnight: each stretch from the first mark at which it
        was met to the first at which it no longer was. The last may reach up to now.
        """
        oldest = max((past.measured.since or self.now for past in self.pasts), default=self.now)
        first = max(self.now - days * DAY, oldest)
        step = DAY if self.target.metric in LATENCY else HOUR
        found: list[Interval] = []
        begun: Instant | None = None
        marks = range(first - first % step + step, self.now + 1, step)
        self._learn(marks)
        for mark in marks:
            met = self.at(mark) is Verdict.MET
            if met and begun is None:
                begun = mark
            elif not met and begun is not None:
                found.append((begun, mark))
                begun = None
        return (*found, (begun, self.now)) if begun is not None else tuple(found)

    def _since(self, verdict: Verdict) -> tuple[Instant | None, bool]:
        """Return the hour in which the verdict became this one, and whether it always was.

        By midnights back to the first that says otherwise, then by the hours behind that one: the
        hour that is told is the same whenever it is asked.
        """
        after = self.now
        for moment in self.midnights:
            if self.at(moment) is not verdict:
                return self._hour(moment, after, verdict), False
            after = moment
        return (None if after == self.now else after), True


def _with(found: Standing, since: Instant | None, always: bool) -> Standing:
    return replace(found, since=since, always=always)
