"""What a site promised, held against what it measured: objectives and gates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from statusgen.gates.evaluate import Measure, gates_of
from statusgen.gates.gate import Gate
from statusgen.gates.live import Live, forecasts_of, live
from statusgen.gates.readiness import Readiness, readiness
from statusgen.gates.rollback import Struck
from statusgen.incident.model import Incident
from statusgen.run.objectives import facts_of, objectives_now, seen_every
from statusgen.run.site import Site
from statusgen.status.facts import Facts
from statusgen.status.objectives import ObjectiveStanding, pasts_of
from statusgen.status.tally import Past


@dataclass(frozen=True)
class Promises:
    """All promises of a site; each part is computed once, when it is asked for."""

    site: Site

    @cached_property
    def facts(self) -> Facts:
        """What was measured, for whoever asks about a window."""
        return facts_of(self.site)

    @cached_property
    def objectives(self) -> Sequence[ObjectiveStanding]:
        """How the configuration's objectives stand."""
        return objectives_now(self.site)

    @cached_property
    def measure(self) -> Measure:
        """What promises are held against."""
        cadences = seen_every(self.site)
        made: dict[tuple[str, ...], list[Past]] = {}

        def pasts(names: Sequence[str]) -> list[Past]:
            key = tuple(names)
            if key not in made:
                made[key] = pasts_of(self.site.settings, key, self.facts, cadences)
            return made[key]

        now = self.site.now
        return Measure(
            now=now,
            zone=self.site.settings.site.timezone,
            pasts=pasts,
            series=self.site.series[0],
            forecasts={
                each.id: forecasts_of(each, pasts, now) for each in self.site.roadmaps.roadmaps
            },
        )

    @cached_property
    def gates(self) -> Mapping[str, tuple[Gate, ...]]:
        """Roadmap id → its promises."""
        return {each.id: gates_of(each, self.measure) for each in self.site.roadmaps.roadmaps}

    @cached_property
    def lives(self) -> Mapping[str, Live]:
        """Roadmap id → what was measured of it beside its promises."""
        incidents = [struck(each) for each in self.site.incidents.incidents if not each.withdrawn]
        deploys = self.site.deploys[0]
        return {
            each.id: live(each, self.gates[each.id], self.measure, deploys, incidents)
            for each in self.site.roadmaps.roadmaps
        }

    @cached_property
    def readiness(self) -> Mapping[str, Mapping[str, Readiness]]:
        """Roadmap id → stage → whether it may begin; none of a roadmap that promises nothing."""
        return {
            each.id: readiness(each, self.gates[each.id])
            for each in self.site.roadmaps.roadmaps
            if self.gates[each.id]
        }


def struck(incident: Incident) -> Struck:
    """Return an incident as far as roadmaps are concerned."""
    return Struck(
        id=incident.id,
        title=incident.title,
        start=incident.started,
        end=incident.resolved,
        components=tuple(each.component for each in incident.affected),
        limitations=incident.limitations,
    )
