"""Reports of record: a page, a CSV and a JSON file for each closed month, quarter and year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statusgen.base.clock import format_instant
from statusgen.base.states import State
from statusgen.base.text import formula_safe
from statusgen.publish.api.facts import json_asset, text_asset
from statusgen.publish.day_index import calm
from statusgen.publish.edition import Edition
from statusgen.publish.figures import definition
from statusgen.publish.links import component_path, day_path, relative, report_path
from statusgen.publish.manifest import Asset
from statusgen.publish.report_agreements import told_agreements
from statusgen.publish.report_words import changes, method_name, method_sources, period_name
from statusgen.run.report import Counted, Report
from statusgen.status.methods import STATUSPAGE_LOSS, Method, printed
from statusgen.status.uptime import hundredths
from statusgen.words.speaker import NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """One component of a report."""

    href: str
    name: str
    group: str
    figures: tuple[str, ...]
    down: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Definition:
    """How one method counts, and where that was read."""

    name: str
    text: str
    source: str
    """An address; empty for our own."""


def report_files(edition: Edition) -> Iterator[Asset]:
    """Return ``reports/index.html``, and page, CSV and JSON of each report."""
    if not edition.snapshot.first_round:
        return
    words, site = edition.words, edition.settings.site
    yield edition.html(
        "reports/index.html",
        "reports.html",
        f"{words.say('reports.heading')} · {site.name}",
        words.say("reports.about", site=site.name),
        reports=[(each, period_name(words, each.period)) for each in edition.reports],
    )
    for report in edition.reports:
        alike = [each for each in edition.reports if each.period.length is report.period.length]
        where = alike.index(report)
        yield _page(
            edition,
            report,
            newer=alike[where - 1] if where else None,
            older=alike[where + 1] if where + 1 < len(alike) else None,
        )
        yield json_asset(f"{report_path(report.period.id)}report.json", as_json(edition, report))
        yield text_asset(f"{report_path(report.period.id)}report.csv", as_csv(edition, report))


def _page(edition: Edition, report: Report, *, newer: Report | None, older: Report | None) -> Asset:
    words, site = edition.words, edition.settings.site
    name = period_name(words, report.period)
    title = words.say("reports.title", period=name)
    path = f"{report_path(report.period.id)}index.html"
    return edition.html(
        path,
        "report.html",
        f"{title} · {site.name}",
        words.say("reports.report-about", site=site.name, period=name),
        heading=title,
        report=report,
        columns=[method_name(words, each) for each in Method],
        rows=[_row(edition, path, each) for each in report.components],
        definitions=_definitions(edition),
        revisions=changes(edition, report),
        agreements=told_agreements(edition, report),
        objectives=_objectives(edition, report),
        days=[(day, relative(path, day_path(day))) for day in _bad_days(edition, report)],
        newer=None if newer is None else (newer.period.id, period_name(words, newer.period)),
        older=None if older is None else (older.period.id, period_name(words, older.period)),
        compat=edition.settings.compat == "upptime",
    )


def _row(edition: Edition, path: str, each: Counted) -> Row:
    words = edition.words
    component = next(one for one in edition.settings.components if one.id == each.component)
    return Row(
        relative(path, component_path(each.component)),
        component.name,
        component.group,
        tuple(words.percent(printed(each.uptimes[method])) for method in Method),
        words.duration(each.down) if each.down else NOTHING,
        words.percent(hundredths(each.coverage)),
    )


def _definitions(edition: Edition) -> list[Definition]:
    words = edition.words
    share = words.share(int(STATUSPAGE_LOSS[State.PARTIAL] * 10_000))
    texts = {
        Method.OURS: definition(words.plain()),
        Method.COUNTED: words.say("reports.def-counted"),
        Method.STATUSPAGE: words.say("reports.def-statuspage", share=share),
        Method.INCIDENT_IO: words.say("reports.def-incident-io"),
        Method.UPPTIME: words.say("reports.def-upptime"),
    }
    return [
        Definition(method_name(words, method), text, method_sources()[method])
        for method, text in texts.items()
    ]


def _objectives(edition: Edition, report: Report) -> list[tuple[str, ...]]:
    words = edition.words
    return [
        (
            each.objective.id,
            words.joined([edition.names.get(one, one) for one in each.objective.target.components]),
            words.percent(hundredths(each.objective.target.value)),
            words.percent(hundredths(each.figure)),
            words.say(f"promises.{each.verdict}"),
        )
        for each in report.objectives
    ]


def _bad_days(edition: Edition, report: Report) -> list[date]:
    """Return the days of the period that have a page which shows something wrong."""
    period, told = report.period, set(edition.days)
    wrong = {
        bar.day
        for component in edition.snapshot.components
        for bar in (*component.older, *component.bars)
        if period.first <= bar.day <= period.last and not calm(bar)
    }
    return sorted(wrong & told)


def as_json(edition: Edition, report: Report) -> dict[str, object]:
    """Return a report as data; ``schema/api/report.json`` says what is what."""
    period, words = report.period, edition.words
    return {
        "report": period.id,
        "site": edition.settings.site.name,
        "title": words.say("reports.title", period=period_name(words, period)),
        "start": format_instant(period.start),
        "end": format_instant(period.end),
        "time_zone": edition.settings.site.timezone.key,
        "revision": report.number,
        "revisions": [
            {"number": number, "noted": format_instant(each.at), "digests": dict(each.digests)}
            for number, each in enumerate(report.revisions, 1)
        ],
        "digests": dict(report.digests),
        **report.parts,
    }


def as_csv(edition: Edition, report: Report) -> str:
    """Return the availability as a table: one line for each component."""
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    methods = [f"uptime_{str(each).replace('-', '_')}" for each in Method]
    write.writerow(
        ["report", "revision", "component", "name", *methods, "coverage", "seconds_down"]
    )
    for each in report.components:
        name = next(one.name for one in edition.settings.components if one.id == each.component)
        write.writerow(
            [
                report.period.id,
                report.number,
                each.component,
                formula_safe(name),
                *(_figure(printed(each.uptimes[method])) for method in Method),
                _figure(hundredths(each.coverage)),
                each.down,
            ]
        )
    return out.getvalue()


def _figure(value: int | None) -> str:
    return "" if value is None else f"{value // 100}.{value % 100:02}"
