"""Objectives: attainment, error budget, burn, and when a target will be met again.

Budget of a window: ``(1 - target) * seconds of the window without maintenance``; burn over a time:
``(1 - uptime) / (1 - target)`` (vectors B1, B2 of ``content/reference/states-and-uptime.md``). The
pairs of windows are those of the SRE workbook, the short one no shorter than what three checks
take: a shorter one would hold no check, or one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant
from statusgen.base.counting import Counting
from statusgen.base.target import Target
from statusgen.config.settings import Objective, Settings
from statusgen.status.facts import Facts
from statusgen.status.replay import Replay
from statusgen.status.standing import Standing, Verdict
from statusgen.status.tally import Past

_PAIRS = ((HOUR, 5 * MINUTE, Fraction(144, 10)), (6 * HOUR, 30 * MINUTE, Fraction(6)),
          (3 * DAY, 6 * HOUR, Fraction(1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Burn:
    """How fast the budget went over a pair of windows; 1 spends it exactly by the window's end."""

    long: int
    """Seconds."""
    short: int
    limit: Fraction
    """From this on, in both, somebody should look."""
    over_long: Fraction | None
    """None where nothing was observed, or the target is 100 % and something failed (endless)."""
    over_short: Fraction | None

    @property
    def fast(self) -> bool:
        """Whether both are over the limit."""
        rates = (self.over_long, self.over_short)
        return all(rate is not None and rate >= self.limit for rate in rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveStanding:
    """How one objective stands."""

    id: str
    standing: Standing
    components: tuple[str, ...]
    """The components that it is told of."""
    budget: Fraction
    """Seconds that may be lost in the window."""
    left: Fraction
    """Seconds of it that are left; below zero where more was lost."""
    maintained: int
    """Seconds of planned maintenance in the window that are left out."""
    counting: Counting
    """Whether planned maintenance is left out where its window says nothing itself."""
    interval: int
    """Seconds between checks."""
    burns: tuple[Burn, ...]
    last_met: Instant | None
    """When it was last met, where it is not; None where it is, or never was."""
    line: int
    """Where it stands in the configuration."""
    met_again: Instant | None
    """When it is met again if nothing fails from now on; None where it is met, or never."""

    @property
    def checks_budget(self) -> Fraction:
        """How many failed checks the budget is."""
        return self.budget / self.interval

    @property
    def checks_left(self) -> Fraction:
        """How many more checks may fail; none below zero."""
        return max(Fraction(0), self.left) / self.interval


def objective_standings(
    settings: Settings, facts: Facts, cadences: dict[str, int]
) -> tuple[ObjectiveStanding, ...]:
    """Return how each objective of a site stands. ``cadences``: monitor → expected seconds."""
    return tuple(_objective(settings, each, facts, cadences) for each in settings.objectives)


def pasts_of(
    settings: Settings, named: Iterable[str], facts: Facts, cadences: dict[str, int]
) -> list[Past]:
    """Return the pasts of components, or of single monitors of components of several."""
    components = {each.id: each for each in settings.components}
    alone = {each.monitors[0]: each for each in settings.components if len(each.monitors) == 1}
    found = []
    for name in named:
        component = components.get(name) or alone.get(name)
        if component is None:
            found.append(Past(facts.monitor(name), cadences[name]))
        else:
            slowest = max(cadences[monitor] for monitor in component.monitors)
            found.append(Past(facts.component(component.id), slowest))
    return found


def _objective(
    settings: Settings, objective: Objective, facts: Facts, cadences: dict[str, int]
) -> ObjectiveStanding:
    target, zone = objective.target, settings.site.timezone
    pasts = pasts_of(settings, target.components, facts, cadences)
    replay = Replay(target, pasts, facts.now, zone)
    found = replay.present
    worst = max(pasts, key=lambda past: past.tally(found.start, found.end).bad)
    whole = worst.tally(found.start, found.end).whole
    budget = (1 - target.value) * whole
    shown_on = tuple(
        each.id
        for each in settings.components
        if each.id in target.components or set(each.monitors) & set(target.components)
    )
    return ObjectiveStanding(
        id=objective.id,
        standing=found,
        components=shown_on,
        budget=budget,
        left=budget - found.bad,
        maintained=found.end - found.start - whole,
        counting=settings.history.maintenance,
        interval=worst.cadence,
        last_met=None
        if found.verdict is Verdict.MET
        else replay.last(lambda verdict: verdict is Verdict.MET),
        line=objective.line,
        burns=tuple(_burns(target, worst, facts.now)),
        met_again=_met_again(target, pasts, found) if found.verdict is Verdict.MISSED else None,
    )


def _burns(target: Target, past: Past, now: Instant) -> Iterable[Burn]:
    for long, short, limit in _PAIRS:
        short = max(short, 3 * past.cadence)
        if short > long:
            continue  # checks this far apart cannot tell a burst from an accident
        rates = [_rate(target, past, now - length, now) for length in (long, short)]
        yield Burn(long, short, limit, *rates)


def _rate(target: Target, past: Past, start: Instant, end: Instant) -> Fraction | None:
    ratio = past.tally(start, end).ratio
    if ratio is None:
        return None
    allowed = 1 - target.value
    if not allowed:
        return Fraction(0) if ratio == 1 else None
    return (1 - ratio) / allowed


def _met_again(target: Target, pasts: Sequence[Past], now: Standing) -> Instant | None:
    """Return the first second at which the target is met if all is well from now on.

    As the window moves on, what was lost leaves it and good time enters: the uptime only grows.
    """
    if not target.rolling or target.window is None or target.value >= 1:
        return None
    low, high = now.end, now.end + target.window
    while low < high:
        middle = (low + high) // 2
        if all(_later(past, target, now.end, middle) for past in pasts):
            high = middle
        else:
            low = middle + 1
    return low


def _later(past: Past, target: Target, now: Instant, at: Instant) -> bool:
    assert target.window is not None
    kept = past.tally(at - target.window, now)
    observed = kept.observed + at - now
    return observed > 0 and Fraction(kept.tenths + 10 * (at - now), 10 * observed) >= target.value
