"""Reports in words: periods, methods, and what a revision changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from statusgen.publish.edition import Edition
from statusgen.run.report import Report
from statusgen.status.methods import Method
from statusgen.status.periods import Length, Period
from statusgen.words import Words

_SOURCES: Mapping[Method, str] = MappingProxyType(
    {
        Method.OURS: "",
        Method.COUNTED: "",
        Method.STATUSPAGE: "https://help.statuspage.io/help/uptime-calendar",
        Method.INCIDENT_IO: "https://docs.incident.io/status-pages/uptime-calculation.md",
        Method.UPPTIME: "https://github.com/upptime/uptime-monitor",
    }
)
_NAMES = {
    Method.STATUSPAGE: "Statuspage",
    Method.INCIDENT_IO: "incident.io",
    Method.UPPTIME: "Upptime",
}


def method_name(words: Words, method: Method) -> str:
    """Return what a method is called over a column."""
    return _NAMES.get(method) or words.say(f"reports.method-{method}")


def method_sources() -> Mapping[Method, str]:
    """Return where each definition was read; empty for ours."""
    return _SOURCES


def period_name(words: Words, period: Period) -> str:
    """Return what a period is called: ``October 2026``, ``2026 Q4``, ``2026``."""
    if period.length is Length.MONTH:
        return words.month(period.id)
    return period.id.replace("-", " ")


def changes(edition: Edition, report: Report) -> list[tuple[Markup, list[str]]]:
    """Say which revisions there were, newest first: a sentence, and the figures that changed."""
    words = edition.words
    found: list[tuple[Markup, list[str]]] = []
    for number in range(report.number, 0, -1):
        noted = report.revisions[number - 1] if number <= len(report.revisions) else None
        parts = () if number == 1 else report.changed(number)
        named = words.joined([words.say(f"reports.part-{each}") for each in parts])
        shown = words.number(number)
        if noted is None:
            key = "revision-new" if parts else "revision-first"
            told = edition.say(f"reports.{key}", number=shown, parts=named)
        else:
            key = "revision-changed" if parts else "revision-noted"
            moment = edition.clock.stamp(noted.at)
            told = edition.say(f"reports.{key}", number=shown, moment=moment, parts=named)
        found.append((told, _figures(edition, report, number)))
    return found


def _figures(edition: Edition, report: Report, number: int) -> list[str]:
    """Return the figures that a revision changed, each with what it was before."""
    words = edition.words
    if number < 2:
        return []
    told = [each.figures for each in report.revisions]
    before = told[number - 2]
    after = told[number - 1] if number <= len(told) else report.figures
    lines = []
    for name, figures in after.items():
        was = before.get(name)
        for place, method in enumerate(Method):
            if was is None or place >= len(was) or place >= len(figures):
                continue
            if was[place] != figures[place]:
                lines.append(
                    words.say(
                        "reports.before",
                        method=method_name(words, method),
                        name=edition.names.get(name, name),
                        figure=words.percent(was[place]),
                        present=words.percent(figures[place]),
                    )
                )
    return lines
