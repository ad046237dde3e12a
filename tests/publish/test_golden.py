"""What a visitor sees and reads, word by word, as a text browser would show it.

A changed sentence changes a file below ``golden/``. Where it is meant, write them anew::

    STATUSGEN_WRITE_GOLDEN=1 pytest tests/publish/test_golden.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from statusgen.base.clock import DAY, MINUTE
from statusgen.incident.model import Impact, Phase, Update
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
from tests.publish import factory, scenes

GOLDEN = Path(__file__).parent / "golden"
MOST_ROWS = 3
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "header", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tr", "ul",
}  # fmt: skip
_UNREAD = {"script", "style", "head", "template", "button"}
"""What is not text, or works with scripts alone."""
_NARROW = {"narrow", "d60", "d30"}
"""What the style sheet shows on small screens only."""


def by_checks() -> scenes.Scene:
    """Incidents that the checks told: one open, one over, one that people took over."""
    settings, snapshot, _ = scenes.outage()
    told = "Our checks of Api have failed since 2026-11-20 19:07 UTC: it answered with HTTP 503."
    began = factory.NOW - 65 * MINUTE + 50
    lasting = replace(
        factory.incident(
            "2026-11-20-api-1907",
            started=began,
            title="Api is down",
            bodies=[told],
            evidence=["20261120T190750Z-github-8790-1"],
        ),
        automatic=True,
    )
    began = factory.NOW - 8 * DAY + 50
    ended = began + 49 * MINUTE + 20
    failed = (
        "Our checks of Mail have failed since 2026-11-12 20:12 UTC: it did not answer in time. "
        "`2026-11-12 20:12 UTC` is code, and 2026-99-12 20:12 UTC is no time."
    )
    recovered = (
        "Our checks of Mail succeed again since 2026-11-12 21:02 UTC. The outage lasted 50 min."
    )
    updates = (
        Update(at=began + 350, phase=Phase.INVESTIGATING, body=failed),
        Update(at=ended + 300, phase=Phase.RESOLVED, body=recovered),
    )
    over = replace(
        factory.incident("2026-11-12-mail-2012", started=began, components=["mail"]),
        title="Mail is down",
        automatic=True,
        resolved=ended,
        updates=updates,
        evidence=("20261112T201250Z-github-8411-1", "20261112T210210Z-github-8421-1"),
    )
    adopted = replace(
        over,
        id="2026-11-12-adopted",
        uid=over.uid[:-1] + "7",
        adopted=True,
        title="Mail was slow",
        impact=Impact.MINOR,
    )
    return settings, snapshot, [lasting, over, adopted]


PAGES = [
    (name, scene, path)
    for name, scene, paths in (
        (
            "outage",
            scenes.outage,
            ("", "components/api/", "incidents/2026-11-20-api-down/", "history/2026-11/"),
        ),
        ("quiet", scenes.quiet, ("", "incidents/2026-11-18-sign-in-fails/", "history/")),
        (
            "by-checks",
            by_checks,
            (
                "",
                "incidents/2026-11-20-api-1907/",
                "incidents/2026-11-12-mail-2012/",
                "incidents/2026-11-12-adopted/",
            ),
        ),
        ("nothing", scenes.nothing, ("", "components/api/", "history/")),
        ("one-round", scenes.one_round, ("", "components/api/")),
        ("stale", scenes.stale, ("",)),
        ("all-unknown", scenes.all_unknown, ("",)),
    )
    for path in paths
]


def lines_of(html: str, *, chrome: bool) -> str:
    """Return what a page shows by its blocks; of long tables the first rows.

    Icons stand as ``[down]``, a strip of days as ``[u 1 Sep: Operational; ...]``: what is painted
    must say what is written. ``chrome``: with the header and the footer around every page.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(html)
    for node in document.iter("*"):
        node.tag = str(node.tag).rpartition("}")[2]
    title = document.findtext(".//title") or ""
    part = document.find("body" if chrome else ".//main")
    unseen = {"fresh" if "stale" in document.get("class", "") else "old", *_NARROW}
    text = "".join(_walk(part, unseen))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join([title, *(line for line in lines if line)]) + "\n"


def _walk(node: Element, unseen: set[str]) -> Iterator[str]:
    tag, classes = node.tag, set(node.get("class", "").split())
    if tag == "svg" and node.get("aria-hidden") == "true":
        yield _painted(node)
    elif tag not in _UNREAD and not classes & unseen and node.get("hidden") is None:
        block = tag in _BLOCKS
        yield "\n" if block else ""
        yield " | " if tag in ("td", "th") else ""
        yield node.text or ""
        rows = [child for child in node if child.tag == "tr"]
        for child in node:
            if child.tag == "tr" and rows.index(child) >= MOST_ROWS:
                continue
            yield from _walk(child, unseen)
        if len(rows) > MOST_ROWS:
            yield f"\n({len(rows) - MOST_ROWS} more rows)"
        yield "\n" if block else ""
    yield node.tail or ""


def _painted(picture: Element) -> str:
    """Return an icon by the shape that it uses, a strip by its shapes and their titles."""
    use = picture.find("use")
    if use is not None:
        return f"[{use.get('href', '').removeprefix('#')}] "
    days = [
        f"{path.get('class')} {path.findtext('title') or ''}".strip()
        for path in picture.findall("path")
        if path.get("class")
    ]
    return f"[{'; '.join(days)}] " if days else ""


@pytest.mark.parametrize(("name", "scene", "path"), PAGES, ids=[f"{p[0]}-{p[2]}" for p in PAGES])
def test_a_visitor_reads(name: str, scene: object, path: str) -> None:
    entry = render_site(*scene()).entries[f"{path}index.html"]  # type: ignore[operator]
    assert isinstance(entry, Asset)
    text = lines_of(entry.content.decode(), chrome=not path)
    file = GOLDEN / f"{name}-{path.strip('/').replace('/', '-') or 'status'}.txt"
    if os.environ.get("STATUSGEN_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    names = {
        f"{name}-{path.strip('/').replace('/', '-') or 'status'}.txt" for name, _, path in PAGES
    }
    assert {file.name for file in GOLDEN.iterdir()} == names
