"""From outages to incidents: what should stand in the files, compared with what does.

The outages are replayed in time's order over the incidents recorded so far, so that one run over
ten rounds and ten runs over one round each write the same files, and a run repeated writes
nothing. The rules:

- Outages that open in one round make one incident. While a component is down in an incident, a
  further monitor of it that fails joins that incident.
- A component ends when all its failed monitors have recovered, the incident when all its
  components have. Ends are first successes, starts first failures.
- The impact is ``critical`` where every component of the site is affected, else ``major``; it
  stays what it was at the opening, and a person may say otherwise.
- A false alarm stays one: what people withdrew takes up the outage that it told of until that is
  over, and no other monitor's.
- What is recorded stays: a replay that sees less (a window that slid on) or judges otherwise
  (late rounds, changed thresholds) changes no start, no end and no word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.event import Cause
from statusgen.base.ids import stable_urn
from statusgen.incident import wording
from statusgen.incident.model import Affected, Impact, Incident, Joined, Phase, Update
from statusgen.status.snapshot import Outage
from statusgen.words import Words
from statusgen.words.reasons import reason

Names = Mapping[str, tuple[str, str]]
"""Monitor id → (component id, component name), in the order of the configuration."""


def reconcile(
    outages: Sequence[Outage],
    existing: Sequence[Incident],
    *,
    names: Names,
    blip: int,
    now: Instant,
    words: Words,
    withdrawn: Collection[str] = (),
) -> list[Incident]:
    """Return the incidents to write: new ones, and recorded ones that changed; oldest first.

    ``existing`` are the program's own incidents; those that no check opened are let be.
    ``outages`` are those of the configured monitors, and must hold, open or closed, each outage
    that an open incident records. An incident shorter than ``blip`` seconds is marked one.
    ``now`` dates only what no round can: that a monitor was removed from the configuration.
    ``words`` are those of the files' language. ``withdrawn`` are the ids of those that people took
    back in files of their own.
    """
    ledger = _Ledger(existing, names, blip, words, withdrawn)
    # By round, not by second: two rounds of one second are judged one after the other, as by the
    # threshold machine, or an outage would join the one that ended in the round before it.
    opens: dict[tuple[Instant, str], list[Outage]] = defaultdict(list)
    closes: dict[tuple[Instant, str], list[Outage]] = defaultdict(list)
    for outage in outages:
        if outage.monitor not in names or ledger.told(outage):
            continue
        opens[outage.opened, outage.opened_round].append(outage)
        if outage.closed is not None:
            closes[outage.closed, outage.closed_round or ""].append(outage)
    for moment in sorted({*opens, *closes}):
        # Openings first: a component handed from one failing monitor to another never was up.
        ledger.open(opens.get(moment, ()))
        ledger.close(closes.get(moment, ()), moment[0])
    ledger.close_unmonitored(now)
    return ledger.changed()


class Stretch(NamedTuple):
    """An ended time in which a component was affected, as its incident records it."""

    start: Instant
    end: Instant
    shown_by: str
    """The key of the round that ended the incident; empty where none did."""

    def precedes(self, outage: Outage) -> bool:
        """Whether an outage began after this: in a later round, if only of the same second.

        What began and ended within one second is recorded a second long, for a file's end lies
        behind its start; what followed in that second is another outage all the same. Keys of
        rounds begin with their second.
        """
        begun_and_ended_at_once = self.end == self.start + 1 and self.start == outage.start
        later = begun_and_ended_at_once and "" < self.shown_by < outage.opened_round
        return later or outage.start >= self.end

    def tells(self, outage: Outage) -> bool:
        """Whether an outage lies in this time, or a part of it does."""
        over = None if outage.end is None else max(outage.end, outage.start + 1)
        return not self.precedes(outage) and (over is None or self.start < over)


def recorded_stretches(
    incidents: Iterable[Incident], monitor: str, *, withdrawn: bool = False
) -> list[Stretch]:
    """Return the ended stretches in which a monitor's component was affected.

    They are those of the incidents that stand, or of those that were ``withdrawn``.
    """
    return [
        Stretch(entry.start, entry.end, incident.evidence[-1] if incident.evidence else "")
        for incident in incidents
        if incident.automatic and withdrawn == (incident.withdrawn is not None)
        for entry in incident.affected
        if entry.end is not None and monitor in entry.watched
    ]


@dataclass(slots=True)
class _Case:
    """An incident on its way through the replay."""

    incident: Incident
    failing: dict[int, set[str]] = field(default_factory=dict)
    """By position in ``affected``: the monitors that have not recovered yet."""


class _Ledger:
    """The incidents as they stand at one moment of the replay."""

    def __init__(
        self,
        existing: Sequence[Incident],
        names: Names,
        blip: int,
        words: Words,
        withdrawn: Collection[str],
    ) -> None:
        self._words = words
        self._withdrawn = withdrawn
        self._names = names
        self._order = {monitor: place for place, monitor in enumerate(names)}
        self._component_names = dict(names.values())
        self._blip = blip
        self._recorded = {incident.id: incident for incident in existing}
        automatic = sorted(
            (incident for incident in existing if incident.automatic),
            key=lambda incident: (incident.started, incident.id),
        )
        self._cases = [self._taken_up(incident) for incident in automatic]
        self._at: dict[Outage, tuple[_Case, int]] = {}
        """Where an outage of this replay is told: the case, and the position in ``affected``."""

    def _taken_up(self, incident: Incident) -> _Case:
        failing = {
            index: {monitor for monitor in entry.watched if monitor in self._names}
            for index, entry in enumerate(incident.affected)
            if entry.end is None
        }
        return _Case(incident, failing)

    def told(self, outage: Outage) -> bool:
        """Whether a recorded stretch, begun and ended, tells of this ended outage.

        One that was withdrawn tells of its outage even while that lasts.
        """
        recorded = self._recorded.values()
        withdrawn = recorded_stretches(recorded, outage.monitor, withdrawn=True)
        if any(each.tells(outage) for each in withdrawn):
            return True
        stands = recorded_stretches(recorded, outage.monitor)
        return outage.end is not None and any(each.tells(outage) for each in stands)

    def open(self, outages: Sequence[Outage]) -> None:
        """Let outages that opened at one moment join or make incidents."""
        new: dict[str, list[Outage]] = defaultdict(list)
        for outage in outages:
            place = self._open_entry(outage)
            if place is None:
                new[outage.opened_round].append(outage)
            else:
                self._join(outage, *place)
        for together in new.values():
            self._make(sorted(together, key=lambda outage: self._order[outage.monitor]))

    def _open_entry(self, outage: Outage) -> tuple[_Case, int] | None:
        component = self._names[outage.monitor][0]
        for case in self._cases:
            for index in case.failing:
                entry = case.incident.affected[index]
                ours = outage.monitor in entry.watched or (
                    entry.component == component and case.incident.id not in self._withdrawn
                )
                if ours and entry.start <= outage.opened:
                    return case, index
        return None

    def _join(self, outage: Outage, case: _Case, index: int) -> None:
        case.failing[index].add(outage.monitor)
        self._at[outage] = case, index
        entry = case.incident.affected[index]
        if outage.monitor not in entry.watched:
            monitors = (*entry.watched, outage.monitor)
            _set_entry(case, index, replace(entry, monitors=monitors))
            joined = Joined(
                component=entry.component,
                monitor=outage.monitor,
                at=max(outage.opened, case.incident.updates[0].at),
                round=outage.opened_round,
                cause=_cause(outage),
            )
            case.incident = replace(case.incident, joined=(*case.incident.joined, joined))

    def _make(self, together: Sequence[Outage]) -> None:
        """Open one incident for outages of one round; in the configuration's order."""
        by_component: dict[str, list[Outage]] = defaultdict(list)
        for outage in together:
            by_component[self._names[outage.monitor][0]].append(outage)
        first = together[0]
        started = min(outage.start for outage in together)
        uid = stable_urn(
            "incident", first.opened_round, *sorted(outage.monitor for outage in together)
        )
        names = [self._component_names[component] for component in by_component]
        everything = by_component.keys() == self._component_names.keys()
        seen = [
            wording.Seen(
                self._component_names[component],
                min(outage.start for outage in group),
                tuple(dict.fromkeys(reason(self._words, one.reason, one.code) for one in group)),
            )
            for component, group in by_component.items()
        ]
        case = _Case(
            Incident(
                id=self._new_id(started, first.monitor, uid),
                uid=uid,
                title=wording.title(self._words, names),
                impact=Impact.CRITICAL if everything else Impact.MAJOR,
                started=started,
                resolved=None,
                affected=tuple(
                    Affected(
                        component=component,
                        start=min(outage.start for outage in group),
                        monitors=_monitors(component, group),
                        cause=_cause(group[0]),
                    )
                    for component, group in by_component.items()
                ),
                updates=(
                    Update(
                        at=first.opened,
                        phase=Phase.INVESTIGATING,
                        body=wording.opened(self._words, seen),
                    ),
                ),
                automatic=True,
                evidence=(first.opened_round,) if first.opened_round else (),
            )
        )
        for index, group in enumerate(by_component.values()):
            case.failing[index] = {outage.monitor for outage in group}
            self._at.update(dict.fromkeys(group, (case, index)))
        self._cases.append(case)

    def _new_id(self, started: Instant, monitor: str, uid: str) -> str:
        """Name an incident after its day, its first monitor and its minute.

        The minute always stands there: whether a name is free must not depend on which other
        files happen to be present or readable.
        """
        moment = to_datetime(started)
        slug = re.sub(r"[^a-z0-9]+", "-", monitor.lower())[:40].strip("-") or "outage"
        name = f"{moment:%Y-%m-%d}-{slug}-{moment:%H%M}"
        taken = {case.incident.id for case in self._cases} | self._recorded.keys()
        return name if name not in taken else f"{name}-{uid[-8:]}"

    def close(self, outages: Sequence[Outage], moment: Instant) -> None:
        """Take note of the outages that were settled at one moment."""
        for case in self._cases:
            mine = [outage for outage in outages if self._at[outage][0] is case]
            ended: dict[int, Instant] = {}
            for outage in mine:
                index = self._at[outage][1]
                case.failing[index].discard(outage.monitor)
                assert outage.end is not None
                ended[index] = max(ended.get(index, 0), outage.end)
            over = {index: end for index, end in ended.items() if not case.failing[index]}
            if over:
                rounds = sorted({outage.closed_round for outage in mine if outage.closed_round})
                self._recovered(case, over, moment, rounds)

    def _recovered(
        self, case: _Case, over: Mapping[int, Instant], moment: Instant, rounds: Sequence[str]
    ) -> None:
        names = self._end(case, over)
        case.incident = replace(case.incident, evidence=(*case.incident.evidence, *rounds))
        since = max(over.values())
        if case.failing:
            body = wording.recovered(self._words, names, since, self._still(case))
            _tell(case, moment, case.incident.phase, body)
            return
        outage = (case.incident.started, self._resolve(case))
        body = wording.resolved(self._words, names, since, outage)
        _tell(case, moment, Phase.RESOLVED, body)

    def close_unmonitored(self, now: Instant) -> None:
        """End what nothing can measure any more, and say so."""
        for case in self._cases:
            over = {index: now for index, monitors in case.failing.items() if not monitors}
            if not over:
                continue
            names = self._end(case, over)
            body = wording.no_longer_monitored(self._words, names, self._still(case))
            if case.failing:
                _tell(case, now, case.incident.phase, body)
            else:
                self._resolve(case)
                _tell(case, now, Phase.RESOLVED, body)

    def _end(self, case: _Case, over: Mapping[int, Instant]) -> list[str]:
        """End components of a case and return their names."""
        for index, end in over.items():
            entry = case.incident.affected[index]
            _set_entry(case, index, replace(entry, end=max(end, entry.start + 1)))
            del case.failing[index]
        return self._named(case, over)

    def _resolve(self, case: _Case) -> Instant:
        ends = [entry.end for entry in case.incident.affected if entry.end is not None]
        resolved = max(ends)
        blip = resolved - case.incident.started < self._blip
        case.incident = replace(case.incident, resolved=resolved, blip=blip)
        return resolved

    def _still(self, case: _Case) -> list[str]:
        return self._named(case, case.failing)

    def _named(self, case: _Case, indexes: Iterable[int]) -> list[str]:
        ids = [case.incident.affected[index].component for index in sorted(indexes)]
        return [self._component_names.get(component, component) for component in ids]

    def changed(self) -> list[Incident]:
        """Return the cases that are not recorded as they are now."""
        incidents = [case.incident for case in self._cases]
        changed = [one for one in incidents if one != self._recorded.get(one.id)]
        return sorted(changed, key=lambda incident: (incident.started, incident.id))


def _monitors(component: str, group: Sequence[Outage]) -> tuple[str, ...]:
    monitors = tuple(sorted({outage.monitor for outage in group}))
    return () if monitors == (component,) else monitors


def _cause(outage: Outage) -> Cause | None:
    return None if outage.reason is None else Cause(outage.reason, outage.code)


def _set_entry(case: _Case, index: int, entry: Affected) -> None:
    affected = list(case.incident.affected)
    affected[index] = entry
    case.incident = replace(case.incident, affected=tuple(affected))


def _tell(case: _Case, moment: Instant, phase: Phase, body: str) -> None:
    """Add an update, after those that are there even if a clock went back."""
    updates = case.incident.updates
    at = max(moment, updates[-1].at + 1) if updates else moment
    update = Update(at=at, phase=phase, body=body)
    case.incident = replace(case.incident, updates=(*updates, update))
