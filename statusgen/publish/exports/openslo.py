"""Objectives as OpenSLO, version v1: a document each, and one for each service.

Source: the OpenSLO specification, "SLO" and "Service", apiVersion openslo/v1.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from statusgen.base.yamlwrite import quoted
from statusgen.config.settings import Objective, Settings
from statusgen.publish.exports.exported import Exported
from statusgen.status.standing import calendar_period

_CALENDAR = {"day": "d", "week": "w", "month": "M", "quarter": "Q", "year": "Y"}
_UNITS = ((604_800, "w"), (86_400, "d"), (3600, "h"), (60, "m"))


def objectives_openslo(settings: Settings) -> Exported:
    """Return the objectives of a configuration.

    The indicator is the share of observed time that was good, a ratio of its seconds.
    """
    names = {monitor.id: monitor.name for monitor in settings.monitors}
    documents: list[str] = []
    services: dict[str, str] = {}
    for objective in settings.objectives:
        services.setdefault(_service(objective), ", ".join(_named(objective, names)))
        documents.append(_slo(settings, objective, names))
    heads = [
        "apiVersion: openslo/v1\nkind: Service\nmetadata:\n"
        f"  name: {name}\n  displayName: {quoted(shown)}\nspec:\n"
        f"  description: {quoted(shown)}\n"
        for name, shown in sorted(services.items())
    ]
    return Exported("---\n".join([*heads, *documents]), [])


def _slo(settings: Settings, objective: Objective, names: dict[str, str]) -> str:
    target = objective.target
    seconds = target.window or 0
    lines = [
        "apiVersion: openslo/v1",
        "kind: SLO",
        "metadata:",
        f"  name: {objective.id}",
        f"  displayName: {quoted(objective.id)}",
        "spec:",
        f"  description: {quoted('Uptime of ' + ', '.join(_named(objective, names)))}",
        f"  service: {_service(objective)}",
        "  indicator:",
        "    metadata:",
        f"      name: {objective.id}-uptime",
        "    spec:",
        "      ratioMetric:",
        "        counter: false",
        "        good:",
        "          metricSource:",
        "            type: statusgen",
        "            spec:",
        f"              monitors: [{', '.join(target.components)}]",
        "              state: [up, degraded]",
        "        total:",
        "          metricSource:",
        "            type: statusgen",
        "            spec:",
        f"              monitors: [{', '.join(target.components)}]",
        "              state: [up, degraded, down]",
        "  timeWindow:",
        f"    - duration: {_duration(seconds, rolling=target.rolling)}",
        f"      isRolling: {'true' if target.rolling else 'false'}",
        *_calendar(settings, seconds, rolling=target.rolling),
        "  budgetingMethod: Occurrences",
        "  objectives:",
        f"    - displayName: {quoted(objective.id)}",
        f"      target: {_share(target.value)}",
    ]
    return "\n".join(lines) + "\n"


def _calendar(settings: Settings, seconds: int, *, rolling: bool) -> Sequence[str]:
    if rolling:
        return ()
    begins = "2020-01-06" if calendar_period(seconds) == "week" else "2020-01-01"  # a Monday
    return (
        "      calendar:",
        f"        startTime: {begins} 00:00:00",
        f"        timeZone: {settings.site.timezone.key}",
    )


def _service(objective: Objective) -> str:
    components = objective.target.components
    return components[0] if len(components) == 1 else objective.id


def _named(objective: Objective, names: dict[str, str]) -> Sequence[str]:
    return [names.get(each, each) for each in objective.target.components]


def _share(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _duration(seconds: int, *, rolling: bool) -> str:
    if not rolling:
        return f"1{_CALENDAR[calendar_period(seconds)]}"
    for length, unit in _UNITS:
        if seconds % length == 0 and (unit != "w" or seconds == length):
            return f"{seconds // length}{unit}"
    return f"{seconds // 60}m"
