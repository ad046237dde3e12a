"""The whole site in every language that there is: nothing of ours is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest

from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.retold import retold
from statusgen.publish.site import render_site
from statusgen.words import Words
from statusgen.words.catalogue import languages
from statusgen.words.extract import every_key
from tests.publish import factory, scenes
from tests.publish.trees import tree_of

FOREIGN = [code for code in languages() if code != "en"]
READ = ("alt", "aria-label", "title", "placeholder", "content")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"(?:/feed subscribe )?https?://\S+|[\w.-]+@\S+|shields\.io")
NAMES = frozenset({"RSS", "Atom", "Feed", "Slack", "UTC", "HTTP", "JSON", "CET", "CEST", "Status"})
"""Names of formats, services and zones, the same everywhere."""
UNITS = frozenset({"ms", "min"})


def site(scene: scenes.Scene, language: str) -> Manifest:
    settings, snapshot, incidents = scene
    told = replace(settings, site=replace(settings.site, language=language))
    return render_site(told, snapshot, incidents)


def texts(manifest: Manifest) -> dict[str, set[str]]:
    """Return what people read, by file: texts of pages and their names for screen readers."""
    found: dict[str, set[str]] = {}
    for entry in manifest:
        if isinstance(entry, Asset) and entry.path.endswith((".html", ".xml")):
            read = _page if entry.path.endswith(".html") else _feed
            shown = (" ".join(text.split()) for text in read(entry.content))
            found[entry.path] = set(filter(None, shown))
    return found


def _page(content: bytes) -> Iterator[str]:
    yield from _read(tree_of(content))


def _read(element: ElementTree.Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "pre", "code"):
        return
    yield element.text or ""
    for name in READ:
        if name != "content" or element.get("name") == "description":
            yield element.get(name) or ""
    for child in element:
        yield from _read(child)
        yield child.tail or ""


def _feed(content: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(content).iter():
        text = element.text or ""
        if element.tag.rpartition("}")[2] in ("generator", "docs", "id", "guid", "link", "loc"):
            continue
        if "<" in text:
            yield from _page(text.encode())
        elif element.tag.rpartition("}")[2] in ("title", "description", "summary", "subtitle"):
            yield text


def written_by_people(scene: scenes.Scene) -> str:
    """Return everything that stands in the data: names and prose, which no page translates."""
    prose = re.sub(r"\]\([^)]*\)|[\\[\]\\\\*_`#]", "", repr(scene).replace("\\n", " "))
    return " ".join(prose.split())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        # Each scene in one language and each language in one scene; all of both take minutes.
        pytest.param(name, code, marks=[] if place % 5 == scene else pytest.mark.long)
        for scene, name in enumerate(["quiet", "outage", "nothing", "stale", "full"])
        for place, code in enumerate(FOREIGN)
    ],
)
def test_nothing_on_the_pages_and_in_the_feeds_stays_english(name: str, code: str) -> None:
    data, english = in_english(name)
    told = texts(site(scenes.ALL[name](), code))
    assert english.keys() == told.keys()
    spoken = said_alike(code)

    @cache  # what the header and the footer say stands on every page
    def english_of_ours(text: str) -> bool:
        return any(
            part.strip(".‹› ") not in data
            and not spoken.fullmatch(part.strip("‹› "))
            and words_of(part) - NAMES - UNITS
            for part in re.split(r" [·-] |[:;] ", text)
        )

    left = {
        (path, text)
        for path, shown in told.items()
        for text in shown & english[path]
        if english_of_ours(text)
    }
    assert sorted(left) == []


@cache
def in_english(name: str) -> tuple[str, dict[str, set[str]]]:
    scene = scenes.ALL[name]()
    return written_by_people(scene), texts(site(scene, "en"))


def words_of(text: str) -> set[str]:
    return set(_WORD.findall(_ADDRESS.sub("", text)))


def said_alike(code: str) -> re.Pattern[str]:
    """Return what a language says as English does, such as Incidents, or November 2026."""
    words = Words.of(code)
    alike = [
        re.sub(r"\\{\w+\\}", ".+", re.escape(form))
        for key, one in every_key()
        for form, count in ((one.text, 1), (one.others, 2))
        if words.pattern(key, count) == form and words_of(re.sub(r"\{\w+\}", "", form))
    ]
    months = [re.escape(words.month(f"2026-{month:02}")) for month in range(1, 13)]
    return re.compile("|".join([*alike, *months]))


def test_a_title_by_a_person_stays_theirs_though_it_reads_like_one_of_ours() -> None:
    plain = factory.settings()
    german = replace(plain, site=replace(plain.site, language="de"))
    name = german.components[0].name
    theirs = factory.incident(title=f"{name} is down")
    ours = replace(theirs, automatic=True)

    told = [each.title for each in retold([theirs, ours], german)]

    assert told[0] == f"{name} is down"
    assert told[1] != told[0]
