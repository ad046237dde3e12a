"""What open incidents add to the banner."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.incident.model import Impact, Incident


def open_impacts(incidents: Iterable[Incident]) -> list[str]:
    """Return the impacts that the banner must not fall below, one for each open incident.

    A person's word counts in full. What checks alone opened counts as minor: they know no more
    than the measured states, which the banner has already, but the page must not say that all is
    well while an incident of theirs is open.
    """
    return [
        str(incident.worst if incident.adopted or not incident.automatic else Impact.MINOR)
        for incident in incidents
        if incident.open
    ]
