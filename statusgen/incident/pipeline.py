"""What ``check`` does about incidents: rounds in, incident files out.

This is the one place where the incident room meets the threshold machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import Problem
from statusgen.config.settings import Settings
from statusgen.history.cadence import usual_gap
from statusgen.incident import INCIDENTS
from statusgen.incident.files import load_incident_folder, write_incident
from statusgen.incident.lifecycle import Names, Stretch, reconcile, recorded_stretches
from statusgen.incident.model import Incident
from statusgen.incident.names import named_now, rounds_now
from statusgen.probe.round import Round
from statusgen.status.freshness import expected_cadence
from statusgen.status.intervals import Interval, intersection, union
from statusgen.status.snapshot import Outage
from statusgen.status.threshold import Observation, outages
from statusgen.words import Words


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
    maintenance: Mapping[str, Sequence[Interval]] | None = None,
    people: Sequence[Incident] = (),
) -> IncidentChanges:
    """Open, continue and resolve the program's incidents below ``<history>/incidents/``.

    ``rounds`` are those of the last two days, in any order; they must reach further back than the
    failure and success thresholds. A failure of a component that is in ``maintenance`` (its windows
    by component) opens nothing: what still fails after the window does. ``people`` are the
    incidents of people's files: what they withdrew is not joined. A second run over the same rounds
    writes nothing. Raises OutsideError where the disk refuses.
    """
    quiet = _quiet(settings, maintenance or {})
    folder = history / INCIDENTS
    aliases = settings.aliases
    rounds = rounds_now(rounds, aliases)
    oldest = min((one.at for one in rounds), default=now)
    loaded = load_incident_folder(folder, zone=settings.site.timezone, ended_since=oldest - DAY)
    loaded = replace(loaded, items=named_now(loaded.items, aliases))
    usual = usual_gap(sorted({one.at for one in rounds}))
    failed = {
        monitor for one in rounds for monitor, check in one.checks.items() if check.state.failed
    }
    found: list[Outage] = []
    for monitor in settings.monitors:
        continuing = _continuing(monitor.id, loaded.items)
        if monitor.id in failed or continuing is not None:
            found += _outages(
                partial(
                    outages,
                    monitor.id,
                    cadence=expected_cadence(monitor, usual),
                    thresholds=settings.thresholds,
                    continuing=continuing,
                ),
                _observations(monitor.id, rounds, quiet.get(monitor.id, ())),
                recorded_stretches(loaded.items, monitor.id),
            )
    changed = reconcile(
        found,
        loaded.items,
        names=_names(settings),
        blip=settings.blip,
        now=now,
        words=Words.of(),  # files tell it in English, and the cause as data for other languages
        withdrawn=_taken_back(loaded.items, people),
    )
    writable = [incident for incident in changed if incident.id not in loaded.damaged]
    for incident in writable:
        write_incident(incident, folder)
    return IncidentChanges(written=tuple(writable), problems=loaded.problems)


def _outages(
    machine: Callable[[Sequence[Observation]], tuple[Outage, ...]],
    seen: Sequence[Observation],
    recorded: Sequence[Stretch],
) -> tuple[Outage, ...]:
    """Replay what was seen of a monitor, going on from what its incidents record.

    Rounds that came late, or thresholds that changed, may deny a recovery that was recorded and
    published. Then only what was observed after that recovery is judged, so that an outage that
    lasts gets an incident and no recorded one is told again.
    """
    found = machine(seen)
    if any(
        not each.precedes(one) and (one.end is None or one.end > each.end)
        for one in found
        for each in recorded
    ):
        last = max(each.end for each in recorded)
        return machine([one for one in seen if one.at > last])
    return found


def _observations(
    monitor: str, rounds: Sequence[Round], quiet: Sequence[Interval]
) -> list[Observation]:
    return [
        Observation(one.at, one.key, check.state, check.reason, check.code)
        for one in rounds
        if (check := one.checks.get(monitor)) is not None
        and not (check.state.failed and any(start <= one.at < end for start, end in quiet))
    ]


def _quiet(
    settings: Settings, maintenance: Mapping[str, Sequence[Interval]]
) -> dict[str, list[Interval]]:
    """Return, by monitor, the time in which all components that it stands in are in maintenance."""
    found: dict[str, list[Interval]] = {}
    for component in settings.components:
        theirs = union(maintenance.get(component.id, ()))
        for monitor in component.monitors:
            known = found.get(monitor)
            found[monitor] = theirs if known is None else intersection(known, theirs)
    return found


def _taken_back(program: Sequence[Incident], people: Sequence[Incident]) -> frozenset[str]:
    """Return the ids of the program's incidents that people withdrew."""
    theirs = {key for one in people if one.withdrawn is not None for key in (one.id, one.uid)}
    return frozenset(
        one.id for one in program if one.withdrawn is not None or theirs & {one.id, one.uid}
    )


def _continuing(monitor: str, recorded: Sequence[Incident]) -> Outage | None:
    """Return the outage of a monitor that an open incident records, for the machine to go on.

    One that was withdrawn may go on as well: until it is over, the alarm is the false one.
    """
    last = max((one.started for one in recorded if _watches(one, monitor)), default=0)
    for incident in recorded:
        for entry in incident.affected if _watches(incident, monitor) else ():
            taken_back = incident.withdrawn is not None and entry.end == incident.withdrawn
            lasts = entry.end is None or (taken_back and incident.started == last)
            if lasts and monitor in entry.watched:
                return Outage(
                    monitor=monitor,
                    start=entry.start,
                    opened=incident.updates[0].at,
                    opened_round=next(iter(incident.evidence), ""),
                    reason=None,
                    code=None,
                )
    return None


def _watches(incident: Incident, monitor: str) -> bool:
    return incident.automatic and any(monitor in entry.watched for entry in incident.affected)


def _names(settings: Settings) -> Names:
    names: dict[str, tuple[str, str]] = {}
    for component in settings.components:
        for monitor in component.monitors:
            names.setdefault(monitor, (component.id, component.name))
    return names
