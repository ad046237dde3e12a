"""How a site's objectives stand; imports nothing of roadmaps, for checks ask it too."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.run.site import Site
from statusgen.status.facts import Facts
from statusgen.status.freshness import expected_cadence
from statusgen.status.objectives import ObjectiveStanding, objective_standings


def facts_of(site: Site) -> Facts:
    """Return what was measured, for whoever asks about a window."""
    kept = site.maintenance
    return Facts(site.settings, site.timeline, kept.excluded, windows=kept.windows)


def seen_every(site: Site) -> dict[str, int]:
    """Return monitor id → seconds between its checks as they really come."""
    usual = site.timeline.usual_gap
    return {each.id: expected_cadence(each, usual) for each in site.settings.monitors}


def objectives_now(site: Site) -> Sequence[ObjectiveStanding]:
    """Return how the configuration's objectives stand."""
    if not site.settings.objectives or not site.now:
        return ()
    return objective_standings(site.settings, facts_of(site), seen_every(site))
