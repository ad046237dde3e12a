"""Incidents and rounds under the present ids of monitors that were renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from statusgen.incident.model import Incident
from statusgen.probe.round import Round


def named_now(incidents: Sequence[Incident], aliases: Mapping[str, str]) -> tuple[Incident, ...]:
    """Return the incidents with each alias replaced by the id of its monitor."""
    return tuple(_incident(each, aliases) for each in incidents) if aliases else tuple(incidents)


def rounds_now(rounds: Sequence[Round], aliases: Mapping[str, str]) -> Sequence[Round]:
    """Return the rounds with each alias replaced; a check under the present id is kept."""
    if not any(aliases.keys() & each.checks.keys() for each in rounds):
        return rounds
    return [
        replace(
            each,
            checks={
                aliases.get(name, name): each.checks[name]
                for name in sorted(each.checks, key=lambda name: name not in aliases)
            },
        )
        for each in rounds
    ]


def _incident(incident: Incident, aliases: Mapping[str, str]) -> Incident:
    if not any(
        item.component in aliases or aliases.keys() & set(item.monitors)
        for item in incident.affected
    ):
        return incident  # whoever joined stands in what is affected
    affected = tuple(
        replace(
            item,
            component=aliases.get(item.component, item.component),
            monitors=tuple(aliases.get(name, name) for name in item.monitors),
        )
        for item in incident.affected
    )
    joined = tuple(
        replace(
            item,
            component=aliases.get(item.component, item.component),
            monitor=aliases.get(item.monitor, item.monitor),
        )
        for item in incident.joined
    )
    return replace(incident, affected=affected, joined=joined)
