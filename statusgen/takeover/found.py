"""What another tool's files hold, in our words: the one shape that every reader here returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from statusgen.base.clock import parse_duration_ms
from statusgen.base.errors import Problem
from statusgen.base.ids import id_fault, id_like
from statusgen.config.settings import DEADLINE_MS
from statusgen.incident.model import Incident
from statusgen.incident.window import Window
from statusgen.probe.round import Round

Written: TypeAlias = "str | bool | list[Written] | dict[str, Written]"
"""What may stand in a YAML file of ours: numbers and durations are texts in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMonitor:
    """One thing that the other tool checked, as ``data/status.yml`` writes it."""

    id: str
    name: str
    url: str
    group: str = ""
    description: str = ""
    link: str = ""
    common: Mapping[str, Written] = field(default_factory=dict)
    """``interval``, ``timeout``, ``retry_delays``: those that the other tool states."""
    kind: str = "http"
    options: Mapping[str, Written] = field(default_factory=dict)
    """What stands under the key of its kind."""
    line: int = 0
    """Where it stands in the other tool's file; 0 where there are no lines."""

    def as_written(self) -> dict[str, Written]:
        """Return its entry, in the order in which a person would write it."""
        entry: dict[str, Written] = {"id": self.id, "name": self.name, "url": self.url}
        for key in ("group", "description", "link"):
            if value := getattr(self, key):
                entry[key] = value
        entry |= self.common
        if self.options:
            entry[self.kind] = dict(self.options)
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was understood, and all that was not."""

    tool: str
    """As people call it: ``Gatus``."""
    site: Mapping[str, Written] = field(default_factory=dict)
    """``name``, ``url``, ``description``: what the file says of the page itself."""
    monitors: Sequence[FoundMonitor] = ()
    groups: Sequence[str] = ()
    """Headings in their order; empty where the monitors' own order says it."""
    thresholds: Mapping[str, Written] = field(default_factory=dict)
    incidents: Sequence[Incident] = ()
    windows: Sequence[Window] = ()
    rounds: Iterable[Round] = ()
    """Oldest first; may be read only once."""
    file: str = ""
    """What was read, as it was named."""
    left: Sequence[Problem] = ()
    """What was not taken over, each with its place and what to do about it."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Name of a secret → where its value stands today, never the value."""


def with_deadline(common: Mapping[str, Written]) -> dict[str, Written]:
    """Return ``interval`` and ``timeout`` with a deadline that leaves room for a long attempt."""
    found = dict(common)
    timeout = found.get("timeout")
    try:
        longest = parse_duration_ms(timeout) if isinstance(timeout, str) else 0
    except ValueError:
        longest = 0  # whoever reads the file will say so
    if isinstance(timeout, str) and longest > DEADLINE_MS:
        found["deadline"] = timeout
    return found


class Ids:
    """Ids of our form for names of any form, each once, in the order of asking."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, *names: str) -> str:
        """Return an id like the first of the names that gives one."""
        wanted = next((found for name in names if (found := id_like(name))), "monitor")
        identifier, number = wanted, 2
        while identifier in self._taken or id_fault(identifier) is not None:
            identifier = f"{wanted[:58].rstrip('-')}-{number}"
            number += 1
        self._taken.add(identifier)
        return identifier
