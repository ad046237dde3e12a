"""The banner: what one sentence is to say, and one level for the whole page.

What is shown is the worst of what was measured and what people reported: an open incident makes
the page as bad as its impact, whatever the checks say. Components in maintenance show that instead
of their measured state. The page is never green when nothing was measured or the data is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from statusgen.base.saying import Saying
from statusgen.base.states import State
from statusgen.status.snapshot import Snapshot


class Level(StrEnum):
    """How the page as a whole is; picks colour and icon."""

    OPERATIONAL = "operational"
    NO_DATA = "no-data"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    MAJOR = "major"

    @property
    def severity(self) -> int:
        """0 for operational to 5 for a major outage; missing data is worse than good news."""
        return list(Level).index(self)


_LEVEL_OF: Mapping[State, Level] = MappingProxyType(
    {
        State.UP: Level.OPERATIONAL,
        State.DEGRADED: Level.DEGRADED,
        State.PARTIAL: Level.PARTIAL,
        State.DOWN: Level.MAJOR,
        State.UNKNOWN: Level.NO_DATA,
    }
)
_LEVEL_OF_IMPACT: Mapping[str, Level] = MappingProxyType(
    {
        "none": Level.OPERATIONAL,
        "minor": Level.DEGRADED,
        "major": Level.MAJOR,
        "critical": Level.MAJOR,
    }
)


@dataclass(frozen=True, slots=True)
class ComponentState:
    """What the banner needs to know of one component."""

    name: str
    state: State
    in_maintenance: bool = False

    @property
    def level(self) -> Level:
        """Maintenance where there is some, else what was measured."""
        return Level.MAINTENANCE if self.in_maintenance else _LEVEL_OF[self.state]


@dataclass(frozen=True, slots=True)
class Overall:
    """The banner."""

    level: Level
    saying: Saying
    """The sentence of ``banner`` in the catalogue."""
    reported: bool = False
    """Whether people told worse than what was measured."""


def overall(components: Iterable[ComponentState], impacts: Iterable[str] = ()) -> Overall:
    """Return the banner from the present states and the impacts of open incidents.

    Impacts are ``none``, ``minor``, ``major`` or ``critical`` (the incident room's words). One
    component at the worst level is named; all of them are "All Systems Experiencing Major Outage";
    several major outages that are not all count as a partial outage of "Some Systems". Components
    without data beside others that have some are counted after the sentence, which then does not
    say "All Systems"; where they are the greater part, the page is not green either.
    """
    shown = list(components)
    unknown = sum(component.level is Level.NO_DATA for component in shown)
    measured = _measured(shown, unknown)
    reported = max(
        (_LEVEL_OF_IMPACT[impact] for impact in impacts),
        key=lambda level: level.severity,
        default=Level.OPERATIONAL,
    )
    if reported.severity <= measured.level.severity:
        return measured
    saying = _with_unmeasured(Saying(f"banner.some-{reported}"), shown, unknown)
    return Overall(reported, saying, reported=True)


def banner(snapshot: Snapshot, impacts: Iterable[str] = ()) -> Overall:
    """Return the banner of a snapshot.

    Where the snapshot itself is older than it should be, no measured state counts any more.
    """
    stale = snapshot.stale_after is not None and snapshot.now >= snapshot.stale_after
    result = overall(
        (
            ComponentState(each.name, State.UNKNOWN if stale else each.state, each.in_maintenance)
            for each in snapshot.components
        ),
        impacts,
    )
    if result.level is not Level.NO_DATA:
        return result
    if snapshot.last_round is None:
        return Overall(Level.NO_DATA, Saying("banner.nothing-yet"))
    if stale:
        return Overall(Level.NO_DATA, Saying("banner.too-old"))
    return result


def _measured(shown: list[ComponentState], unknown: int) -> Overall:
    known = [component for component in shown if component.level is not Level.NO_DATA]
    if not known:
        return Overall(Level.NO_DATA, Saying("banner.no-data"))
    level = max((component.level for component in known), key=lambda level: level.severity)
    if level is Level.OPERATIONAL:
        return _operational(shown, unknown)
    worst = [component for component in known if component.level is level]
    if len(worst) == 1:
        saying = Saying(f"banner.one-{level}", {"name": worst[0].name})
        return Overall(level, _with_unmeasured(saying, shown, unknown))
    if level is Level.MAJOR and len(worst) < len(known):
        level = Level.PARTIAL
    who = "all" if len(worst) == len(shown) else "some"
    return Overall(level, _with_unmeasured(Saying(f"banner.{who}-{level}"), shown, unknown))


def _operational(shown: list[ComponentState], unknown: int) -> Overall:
    if not unknown:
        return Overall(Level.OPERATIONAL, Saying("banner.all-operational"))
    level = Level.NO_DATA if 2 * unknown > len(shown) else Level.OPERATIONAL
    return Overall(level, Saying("banner.all-measured-operational", {"count": unknown}))


def _with_unmeasured(saying: Saying, shown: list[ComponentState], unknown: int) -> Saying:
    if 0 < unknown < len(shown):
        return Saying("banner.and-unmeasured", {"sentence": saying, "count": unknown})
    return saying
