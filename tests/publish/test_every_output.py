"""A hostile text in every field, and all that is published of it: nothing in any of it acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from xml.etree import ElementTree

import icalendar
import pytest
from markdown_it import MarkdownIt
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from statusgen.base.clock import HOUR
from statusgen.base.text import one_line
from statusgen.config.settings import NavLink
from statusgen.incident.window import Schedule
from statusgen.publish.api.readme import with_status
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_edition
from statusgen.publish.sitefiles import add_sitemap
from tests.publish import factory, windows
from tests.publish.test_hostile_text import PAYLOADS, active_content

FIELDS = 17
"""Texts of one site; each holds another payload."""
SITES = -(-len(PAYLOADS) // FIELDS)
KINDS = {"html", "xml", "svg", "json", "ics", "md", "txt"}


def edition(texts: Iterator[str]) -> Edition:
    """Make a site of which each field is the next of ``texts``."""
    core = next(texts)
    settings = factory.settings(
        {core: ["api", "web"]},
        name=next(texts),
        description=next(texts),
        nav=[NavLink(title=next(texts), href=next(texts))],
        names={"api": next(texts), "web": next(texts)},
    )
    down = factory.component(
        "api",
        "u" * 88 + "dd",
        name=settings.components[0].name,
        description=next(texts),
        link=next(texts),
        reason=next(texts),
        series=factory.latency_series(days=2),
    )
    check = replace(down.checks[0], round=next(texts), name=down.name)
    made = [replace(down, checks=(check,)), factory.component("web")]
    told = factory.incident(
        title=next(texts), bodies=[next(texts), next(texts)], components=["api", next(texts)]
    )
    window = windows.window(
        "2026-11-21-disk",
        factory.NOW + HOUR,
        factory.NOW + 2 * HOUR,
        title=next(texts),
        about=next(texts),
    )
    snapshot = replace(factory.snapshot({core: made}), first_round=factory.NOW - HOUR)
    schedule = Schedule((window,), factory.NOW)
    return Edition.of(settings, snapshot, [told], schedule=schedule)


def faults(asset: Asset, plain: Asset) -> list[str]:
    """Return what acts, or is broken, in one output; ``plain`` is that of a harmless site."""
    kind = _kind(asset.path)
    if kind == "png" or asset.path == ".nojekyll":
        return []
    assert kind in KINDS, f"{asset.path}: nobody looks at this kind"
    text = asset.content.decode()
    if kind == "html":
        head, _, rest = text.partition("<style>")  # ours, and slow to parse
        return active_content(head + rest.partition("</style>")[2])
    if kind in ("xml", "svg"):
        return _in_xml(ElementTree.fromstring(text))
    if kind == "json":
        return (
            _in_feed(json.loads(text))
            if asset.path.endswith("/feed.json") and "schema/" not in asset.path
            else _read(text)
        )
    if kind == "ics":
        events = icalendar.Calendar.from_ical(text).walk("VEVENT")
        names, same = _properties(text), _properties(plain.content.decode())
        return [] if len(events) == 1 and names == same else [f"lines {names}"]
    if asset.path == "metrics.txt":
        list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call]
        return []
    if asset.path in ("status.txt", "robots.txt"):
        more = len(text.splitlines()) - len(plain.content.decode().splitlines())
        return [f"{more} more lines"] if more else []
    return _in_markdown(text)


def _read(text: str) -> list[str]:
    json.loads(text)
    return []


def _properties(text: str) -> list[str]:
    """Return the names of a calendar's lines, in order."""
    assert text.count("\n") == text.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")
    return [re.split("[:;]", line)[0] for line in lines]


def _in_xml(root: ElementTree.Element) -> list[str]:
    found = []
    for element in root.iter():
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ("script", "foreignobject", "use", "iframe"):
            found.append(tag)
        found += [f"{tag} {name}" for name in element.attrib if name.lower().startswith("on")]
        found += [
            f"{tag} {name}={value}"
            for name, value in element.attrib.items()
            if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)
        ]
        if tag in ("description", "content", "encoded", "summary", "subtitle"):
            found += active_content(f"<!doctype html><title>x</title><body>{element.text}")
    return found


def _in_feed(feed: dict[str, object]) -> list[str]:
    items = feed["items"]
    assert isinstance(items, list)
    return [
        fault
        for item in items
        for fault in active_content(f"<!doctype html><title>x</title><body>{item['content_html']}")
    ]


def _in_markdown(text: str) -> list[str]:
    """Read it as a README is read where HTML is let through."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return active_content(f"<!doctype html><title>x</title><body>{html}")


def _kind(path: str) -> str:
    if path in ("history.rss", "history.atom"):
        return "xml"
    return "json" if path.endswith("api-catalog") else path.rpartition(".")[2]


def _of_any_group(path: str) -> str:
    """Leave the name out of an address: it is made of letters of the group's own."""
    return re.sub(r"^groups/[a-z0-9-]+/", "groups/x/", path)


@pytest.mark.parametrize(
    "start",
    [
        0,
        len(PAYLOADS) // 2,
        *(
            pytest.param(number * FIELDS, marks=pytest.mark.long)
            for number in range(1, SITES)
            if number * FIELDS != len(PAYLOADS) // 2
        ),
    ],
)
def test_nothing_acts_in_anything_that_is_published(start: int) -> None:
    site = edition(islice(cycle(PAYLOADS), start, None))
    harmless = edition(iter([*["plain"] * 4, "https://example.com/", *["plain"] * 30]))
    manifest, plain = render_edition(site), render_edition(harmless)
    add_sitemap(manifest, site.settings.site)
    add_sitemap(plain, harmless.settings.site)
    seen = set()

    besides = {_of_any_group(path): entry for path, entry in plain.entries.items()}
    assert {_of_any_group(path) for path in manifest.entries} == besides.keys()
    for path, entry in manifest.entries.items():
        assert isinstance(entry, Asset)
        beside = besides[_of_any_group(path)]
        assert isinstance(beside, Asset)
        assert faults(entry, beside) == [], entry.path
        seen.add(_kind(entry.path))
    assert _in_markdown(with_status("", site)) == []
    assert seen >= KINDS


def test_every_payload_is_used() -> None:
    assert len(PAYLOADS) >= 200
    assert len(PAYLOADS) <= SITES * FIELDS
    site = edition(iter(map(str, range(100))))
    assert one_line(site.incidents[0].title) == "11"
