"""What a day of a strip answers to who points at it: state, time down, uptime, incidents.

The shapes of the strip tell the states already; beside them stands only what they do not tell,
of the days that were not quiet. The script puts the two together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from statusgen.base.states import Look, State
from statusgen.incident.model import Incident
from statusgen.publish.bars import LOOKS, look_key
from statusgen.publish.day_index import incidents_between, strip_days
from statusgen.publish.edition import Edition
from statusgen.publish.figures import uptime_text
from statusgen.publish.links import incident_path
from statusgen.status.snapshot import ComponentStatus, DayBar, GroupStatus

_LETTERS = {
    Look.UP: "u",
    Look.DEGRADED: "g",
    Look.PARTIAL: "p",
    Look.DOWN: "d",
    Look.UNKNOWN: "n",
    Look.MAINTENANCE: "w",
    Look.UNMONITORED: "z",
}
"""The classes by which the script knows the shapes of ``bars``."""


class Strips:
    """The strips of one page, which share the incidents that they tell of."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._incidents: dict[str, Incident] = {}

    def days(self, bars: Sequence[DayBar], incidents: Sequence[Incident]) -> str:
        """Return, as JSON, the days that were not quiet: position, time down, uptime, incidents.

        Incidents are told by their place in :meth:`shared`.
        """
        words, now = self._edition.words, self._edition.snapshot.now
        full, found = words.percent(10_000), []
        for position, bar in enumerate(bars):
            during = incidents_between(incidents, bar.start, bar.end, now)
            down = bar.seconds.get(State.DOWN, 0)
            uptime = uptime_text(words, bar.uptime)
            if during or down or (uptime != full and bar.uptime.observed):
                shown = [self._place(each) for each in during]
                found.append([position, words.duration(down) if down else "", uptime, *shown])
        return json.dumps(found, separators=(",", ":"), ensure_ascii=False) if found else ""

    def of(self, component: ComponentStatus) -> str:
        """Return :meth:`days` of a component."""
        return self.days(component.bars, self._edition.touching(component.id))

    def of_group(self, group: GroupStatus) -> str:
        """Return :meth:`days` of a group, with the incidents of all that is in it."""
        ids = {each.id for each in group.components}
        touching = [
            each
            for each in self._edition.shown
            if any(item.component in ids for item in each.affected)
        ]
        return self.days(group.bars, touching)

    def shared(self) -> str:
        """Return, as JSON, what the script must know to speak of all strips of the page."""
        say, snapshot = self._edition.words.say, self._edition.snapshot
        days = strip_days(snapshot)
        told = {
            "days": [f"{bar.day:%Y-%m-%d}" for bar in days],
            "first": next(
                (f"{bar.day:%Y-%m-%d}" for bar in days if bar.day in self._edition.days), ""
            ),
            "looks": {_LETTERS[look]: say(look_key(look)) for look in LOOKS},
            "full": self._edition.words.percent(10_000),
            "say": {
                name: say(f"days.card-{name}", **values)
                for name, values in {
                    "down": {"duration": "{}"},
                    "uptime": {"uptime": "{}"},
                    "today": {},
                    "open": {},
                    "strip": {"name": "{}"},
                }.items()
            },
            "incidents": [
                [self._edition.title_of(each), incident_path(each.id)]
                for each in self._incidents.values()
            ],
        }
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False)

    def _place(self, incident: Incident) -> int:
        self._incidents.setdefault(incident.id, incident)
        return list(self._incidents).index(incident.id)
