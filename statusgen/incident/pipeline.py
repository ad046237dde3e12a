"""What ``check`` does about incidents: rounds in, incident files out.

This is the one place where the incident room meets the threshold machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.errors import Problem
from statusgen.config.settings import Monitor, Settings, Thresholds
from statusgen.history.segments import median_of_sorted
from statusgen.incident.files import FOLDER, load_folder, write_incident
from statusgen.incident.lifecycle import Names, reconcile, recorded_stretches, watched
from statusgen.incident.model import Incident
from statusgen.probe.round import Round
from statusgen.status.freshness import expected_cadence
from statusgen.status.snapshot import Outage
from statusgen.status.threshold import Observation, outages


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentChanges:
    """What a run changed."""

    written: tuple[Incident, ...]
    """The incidents whose files were written, oldest first."""
    problems: tuple[Problem, ...]
    """Files of the program that were damaged by hand; they are let be."""


def update_incidents(
    rounds: Sequence[Round],
    *,
    settings: Settings,
    history: Path,
    now: Instant,
) -> IncidentChanges:
    """Open, continue and resolve the program's incidents below ``<history>/incidents/``.

    ``rounds`` are those of the last two days, in any order; they must reach further back than the
    failure and success thresholds. The cadence that a streak may not outlast is learnt from them:
    a scheduler that comes late must not tear every streak apart. A second run over the same rounds
    writes nothing. Raises OutsideError where the disk refuses.
    """
    folder = history / FOLDER
    loaded = load_folder(folder, zone=settings.site.timezone)
    found: list[Outage] = []
    for monitor in settings.monitors:
        found += _outages(
            monitor, rounds, thresholds=settings.thresholds, recorded=loaded.incidents
        )
    changed = reconcile(
        found,
        loaded.incidents,
        names=_names(settings),
        blip=settings.blip,
        now=now,
    )
    writable = [incident for incident in changed if incident.id not in loaded.damaged]
    for incident in writable:
        write_incident(incident, folder)
    return IncidentChanges(written=tuple(writable), problems=loaded.problems)


def _outages(
    monitor: Monitor,
    rounds: Sequence[Round],
    *,
    thresholds: Thresholds,
    recorded: Sequence[Incident],
) -> tuple[Outage, ...]:
    """Replay a monitor's rounds, going on from what its incidents record.

    Rounds that came late, or thresholds that changed, may deny a recovery that was recorded and
    published. Then only what was observed after that recovery is judged, so that an outage that
    lasts gets an incident and no recorded one is told again.
    """
    seen = _observations(monitor.id, rounds)
    machine = partial(
        outages,
        monitor.id,
        cadence=expected_cadence(monitor, _median_gap(seen)),
        thresholds=thresholds,
        continuing=_continuing(monitor.id, recorded),
    )
    found = machine(seen)
    ends = [end for _, end in recorded_stretches(recorded, monitor.id)]
    if any(one.start < end and (one.end is None or one.end > end) for one in found for end in ends):
        return machine([one for one in seen if one.at > max(ends)])
    return found


def _observations(monitor: str, rounds: Sequence[Round]) -> list[Observation]:
    return [
        Observation(one.at, one.key, check.state, check.reason, check.code)
        for one in rounds
        if (check := one.checks.get(monitor)) is not None
    ]


def _median_gap(observations: Sequence[Observation]) -> int | None:
    times = sorted({seen.at for seen in observations})
    return median_of_sorted(sorted(later - earlier for earlier, later in pairwise(times)))


def _continuing(monitor: str, recorded: Sequence[Incident]) -> Outage | None:
    """Return the outage of a monitor that an open incident records, for the machine to go on."""
    for incident in recorded:
        for entry in incident.affected if incident.automatic else ():
            if entry.end is None and monitor in watched(entry):
                return Outage(
                    monitor=monitor,
                    start=entry.start,
                    opened=incident.updates[0].at,
                    opened_round=next(iter(incident.evidence), ""),
                    reason=None,
                    code=None,
                )
    return None


def _names(settings: Settings) -> Names:
    names: dict[str, tuple[str, str]] = {}
    for component in settings.components:
        for monitor in component.monitors:
            names.setdefault(monitor, (component.id, component.name))
    return names
