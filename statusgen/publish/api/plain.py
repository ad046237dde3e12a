"""The state as text: one line a component, the status page as Markdown, a guide for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.base.clock import format_instant
from statusgen.base.text import one_line
from statusgen.incident.model import Incident
from statusgen.publish.api.facts import text_asset
from statusgen.publish.edition import Edition
from statusgen.publish.figures import coverage_text, definition, uptime_text
from statusgen.publish.headline import headline
from statusgen.publish.links import component_path, incident_path, window_path
from statusgen.publish.manifest import Asset

_LONGEST = 2_000
"""Letters of an update that are told."""
_MARKED = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def plain_files(edition: Edition) -> Iterator[Asset]:
    """Return ``status.txt``, ``status.md`` and ``llms.txt``."""
    yield text_asset("status.txt", "\n".join(_lines(edition)) + "\n")
    yield text_asset("status.md", status_markdown(edition))
    yield text_asset("llms.txt", _for_programs(edition))


def _lines(edition: Edition) -> Iterator[str]:
    """Yield ``key: value`` lines, then a component a line: state, id, name."""
    snapshot, site = edition.snapshot, edition.settings.site
    yield f"page: {one_line(site.name)}"
    yield f"state: {edition.banner.state}"
    yield f"summary: {one_line(headline(edition).plain)}"
    for key, instant in (
        ("checked", snapshot.last_round),
        ("next_expected", snapshot.next_expected),
        ("stale_after", snapshot.stale_after),
    ):
        yield f"{key}: {'never' if instant is None else format_instant(instant)}"
    yield f"incidents: {sum(each.open for each in edition.shown)}"
    yield f"maintenance: {len(edition.schedule.under_way)}"
    yield ""
    for component in snapshot.components:
        yield f"{component.look} {component.id} {one_line(component.name)}"


def status_markdown(edition: Edition) -> str:
    """Return the status page as Markdown: what is true now, newest words first."""
    words, site = edition.words.plain(), edition.settings.site
    lines = [f"# {marked(site.name)}", "", f"**{marked(headline(edition).plain)}**", ""]
    last = edition.snapshot.last_round
    if last is None:
        lines += [words.say("status.no-check"), ""]
    else:
        lines += [words.say("chrome.last-check", moment=format_instant(last)), ""]
    lasting = [each for each in edition.shown if each.open]
    if lasting:
        lines += [f"## {words.say('status.active', count=len(lasting))}", ""]
        lines += [line for each in lasting for line in _incident(edition, each)]
    for heading, courses in (
        ("in-progress", edition.schedule.under_way),
        ("upcoming", edition.schedule.upcoming),
    ):
        if courses:
            lines += [f"## {words.say(f'windows.heading-{heading}')}", ""]
            for each in courses:
                start, end = map(format_instant, (each.planned.start, each.planned.end))
                address = site.url + window_path(each.window.id)
                span = words.say("windows.span", start=start, end=end)
                lines.append(f"- [{marked(each.window.title)}]({address}): {span}")
            lines.append("")
    lines += [f"## {words.say('status.components')}", "", *components_table(edition), ""]
    lines += [definition(words, edition.settings.compat), ""]
    return "\n".join(lines)


def components_table(edition: Edition) -> list[str]:
    """Return a Markdown table of the components: state, uptime and response time."""
    words, url = edition.words.plain(), edition.settings.site.url
    head = [
        words.say(f"api.column-{name}")
        for name in ("component", "state", "uptime-7d", "uptime-90d", "coverage", "response")
    ]
    rows = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for group in edition.snapshot.groups:
        for each in group.components:
            name = marked(f"{group.name}: {each.name}" if group.name else each.name)
            cells = [
                f"[{name}]({url}{component_path(each.id)})",
                words.say(f"states.{each.look}"),
                uptime_text(words, each.uptimes["7d"]),
                uptime_text(words, each.uptimes["90d"]),
                coverage_text(words, each.uptimes["90d"]),
                words.milliseconds(each.latencies["7d"].p50),
            ]
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def _incident(edition: Edition, incident: Incident) -> Iterator[str]:
    words = edition.words.plain()
    address = edition.settings.site.url + incident_path(incident.id)
    yield f"### [{marked(incident.title)}]({address})"
    yield ""
    for update in reversed(incident.updates):
        phase = words.say(f"phases.{update.phase}")
        yield f"- **{phase}** ({format_instant(update.at)}): {marked(update.body)}"
    yield ""


def marked(text: str) -> str:
    """Return text that means nothing in Markdown, on one line."""
    return _MARKED.sub(r"\\\1", one_line(text, _LONGEST))


def _for_programs(edition: Edition) -> str:
    """Return ``llms.txt``, in the form that llmstxt.org describes."""
    site, url = edition.settings.site, edition.settings.site.url
    say = edition.words.plain().say
    files = [
        ("status.md", "llms-status-md"),
        ("status.txt", "llms-status-txt"),
        ("api/v2/summary.json", "llms-summary"),
        ("history/summary.json", "llms-upptime"),
        ("metrics.txt", "llms-metrics"),
        ("freshness.json", "llms-freshness"),
        *([("history/rss.xml", "llms-feed")] if url else []),
        ("api/", "llms-guide"),
    ]
    lines = [f"# {marked(site.name)}", "", f"> {marked(headline(edition).plain)}", ""]
    lines += [say("api.llms-about"), "", f"## {say('api.llms-files')}", ""]
    lines += [f"- [{path}]({url}{path}): {say(f'api.{key}')}" for path, key in files]
    lines += ["", f"## {say('status.components')}", ""]
    for each in edition.snapshot.components:
        state = say(f"states.{each.look}")
        lines.append(f"- [{marked(each.name)}]({url}{component_path(each.id)}): {state}")
    return "\n".join(lines) + "\n"
