"""Reports of record: what each closed month, quarter and year was, and which revisions it had.

All of it follows from the roll-ups, the incidents and the windows. Nothing is stored but what a
revision held (``history.reportlog``), so that a later change is told as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from statusgen.base.clock import DAY, Instant
from statusgen.base.counting import Counting
from statusgen.history.reportlog import Revision, append_revisions, read_revisions
from statusgen.run.report import Counted, Held, Report, Worked
from statusgen.run.site import Site
from statusgen.status.agreements import settle
from statusgen.status.facts import Facts
from statusgen.status.methods import Lived, Method
from statusgen.status.periods import Period, closed_periods
from statusgen.status.standing import Verdict

if TYPE_CHECKING:
    from statusgen.config.settings import Objective
    from statusgen.history.timeline import Timeline
    from statusgen.incident.model import Incident
    from statusgen.status.intervals import Interval

_KEPT = 400
"""Days that the site's own timeline reaches back."""


@dataclass(frozen=True)
class Reports:
    """The reports of a site; each part is computed once, when it is asked for."""

    site: Site

    @cached_property
    def all(self) -> tuple[Report, ...]:
        """All closed periods with something measured in them, newest first."""
        begun = self.site.timeline.first_round
        if begun is None or not self.site.now:
            return ()
        zone = self.site.settings.site.timezone
        noted = read_revisions(self.site.places.history)
        found = (
            self._report(period, noted.get(period.id, ()))
            for period in closed_periods(begun, self.site.now, zone)
        )
        return tuple(each for each in found if each.components)

    def note(self, now: Instant) -> None:
        """Write down the revisions that nobody noted yet. Raises OutsideError."""
        append_revisions(
            self.site.places.history,
            [
                Revision(report=each.period.id, at=now, digests=each.digests, figures=each.figures)
                for each in self.all
                if not each.noted
            ],
        )

    @cached_property
    def _timeline(self) -> Timeline:
        """What was recorded since the first round; the site's own where that reaches so far."""
        site, begun = self.site, self.site.timeline.first_round
        assert begun is not None
        days = (site.now - begun) // DAY + 2
        if days <= _KEPT:
            return site.timeline
        from statusgen.history.timeline import load_timeline

        return load_timeline(
            site.places.history,
            now=site.now,
            cadences=site.cadences,
            max_gap=site.settings.history.max_gap,
            days=days,
            aliases=site.settings.aliases,
        )

    @cached_property
    def _windows(self) -> Mapping[str, Sequence[Interval]]:
        return self._maintained(tuple(Counting))

    @cached_property
    def _excluded(self) -> Mapping[str, Sequence[Interval]]:
        return self._maintained((Counting.EXCLUDE,))

    def _maintained(self, counting: Sequence[Counting]) -> Mapping[str, Sequence[Interval]]:
        begun = self.site.timeline.first_round
        if begun is None or not self.site.has_windows:
            return {}
        return self.site.schedule.by_component(begun, counting)

    @cached_property
    def _facts(self) -> Facts:
        return Facts(replace(self.site.settings, compat=""), self._timeline, self._excluded)

    @cached_property
    def _pasts(self) -> Mapping[str, Lived]:
        """Component → its past; what another page says of itself was not measured."""
        settings = self.site.settings
        return {
            each.id: self._lived(each.id)
            for each in settings.components
            if not settings.reporter(each)
        }

    def _lived(self, name: str) -> Lived:
        facts = self._facts.component(name)
        segments = (facts.whole or facts.past).segments
        windows, excluded = self._windows.get(name, ()), self._excluded.get(name, ())
        return Lived(segments, facts.since, self.site.now, windows, excluded)

    @cached_property
    def _monitors(self) -> Mapping[str, Lived]:
        """Monitor → the past that promises about it are held against: its component's, if alone."""
        alone = {
            each.monitors[0]: each.id
            for each in self.site.settings.components
            if len(each.monitors) == 1
        }
        found = {}
        for monitor in self.site.settings.monitors:
            name = alone.get(monitor.id)
            if name is not None and name in self._pasts:
                found[monitor.id] = self._pasts[name]
            elif name is None:
                facts = self._facts.monitor(monitor.id)
                found[monitor.id] = Lived(facts.past.segments, facts.since, self.site.now)
        return found

    def _report(self, period: Period, revisions: tuple[Revision, ...]) -> Report:
        components = [
            _counted(name, past, period)
            for name, past in self._pasts.items()
            if past.since is not None and past.since < period.end
        ]
        settings = self.site.settings
        return Report(
            period=period,
            components=tuple(components),
            incidents=self._incidents(period),
            maintenance=self._maintenance(period),
            objectives=tuple(self._held(each, period) for each in settings.objectives),
            agreements=tuple(
                settle(each, period, self._of(each.components))
                for each in settings.agreements
                if each.period == period.length
            ),
            revisions=revisions,
        )

    def _of(self, names: Sequence[str]) -> dict[str, Lived]:
        return {name: self._monitors[name] for name in names if name in self._monitors}

    def _held(self, objective: Objective, period: Period) -> Held:
        """Hold an objective's target against the period, the worst of what it names."""
        found = [
            past.uptime(Method.OURS, period.start, period.end)
            for past in self._of(objective.target.components).values()
        ]
        ratios = [each.ratio for each in found if each.ratio is not None]
        figure = min(ratios, default=None)
        if figure is None or len(ratios) < len(found):
            return Held(objective, figure, Verdict.UNKNOWN)
        if min(each.coverage or Fraction(0) for each in found) < objective.target.min_coverage:
            return Held(objective, figure, Verdict.UNKNOWN)
        met = objective.target.met_by(figure)
        return Held(objective, figure, Verdict.MET if met else Verdict.MISSED)

    def _incidents(self, period: Period) -> tuple[Incident, ...]:
        found = [
            each
            for each in self.site.incidents.incidents
            if each.withdrawn is None
            and each.started < period.end
            and (each.resolved is None or each.resolved > period.start)
        ]
        return tuple(sorted(found, key=lambda each: (each.started, each.id)))

    def _maintenance(self, period: Period) -> tuple[Worked, ...]:
        if not self.site.has_windows:
            return ()
        from statusgen.incident.window import excused

        found = []
        for window in self.site.windows.windows:
            for planned in window.occurrences(period.start, period.end):
                stretch = excused(window, planned, self.site.now)
                if stretch is not None:
                    start, end = max(stretch[0], period.start), min(stretch[1], period.end)
                    if start < end:
                        found.append(Worked(window, planned, (start, end)))
        return tuple(sorted(found, key=lambda each: (each.stretch, each.window.id)))


def _counted(name: str, past: Lived, period: Period) -> Counted:
    assert past.since is not None
    return Counted(
        name,
        past.since,
        {method: past.uptime(method, period.start, period.end) for method in Method},
        past.failed(period.start, period.end),
    )
