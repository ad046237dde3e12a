"""The wizard's data as a page: whole, marked where the audit faults it, and harmless."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.wizard_site import wizard_entries
from statusgen.roadmap.loader import load_roadmaps
from statusgen.roadmap.model import Wizard
from statusgen.roadmap.wizard_loader import load_wizard
from tests.publish.roadmaps.conftest import ROOT
from tests.publish.roadmaps.test_hostile import LETTERS
from tests.publish.test_hostile_text import active_content

WIZARD = ROOT / "data/wizard.yml"
SITE = "https://status.example.com/"
STATUS = """\
site: {name: Example Status, url: "https://status.example.com/"}
monitors:
  - {id: api, name: API, url: "https://api.example.com/"}
"""


@pytest.fixture(scope="module")
def wizard() -> Wizard:
    return load_wizard(WIZARD, "data/wizard.yml")


@pytest.fixture(scope="module")
def whole(wizard: Wizard) -> Library:
    roadmaps = load_roadmaps(ROOT / "data/roadmaps", "data/roadmaps").roadmaps
    return Library.of(roadmaps, date(2026, 11, 21), wizard)


def published(library: Library) -> Manifest:
    made = Manifest()
    for entry in wizard_entries(library):
        made.add(entry)
    return made


def page_of(manifest: Manifest) -> Page:
    page = manifest.entries["wizard/guide/index.html"]
    assert isinstance(page, Page)
    return page


def whole_of(manifest: Manifest) -> str:
    """Return the bodies of all pages of the guide, one behind the other."""
    return "".join(one.body for one in manifest if isinstance(one, Page))


def parsed(body: str) -> Element:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(f"<!doctype html><title>x</title><body>{body}")
    assert parser.errors == []
    return tree


def words(element: Element) -> str:
    """Return what a reader reads: a place where a word may be broken is no space."""
    said = [""]
    for event, one in walked(element):
        said.append(one if event == "text" else " " if one != "wbr" else "")
    return " ".join("".join(said).split())


def walked(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the tags and the texts of an element in the order of the page."""
    yield "tag", element.tag
    yield "text", element.text or ""
    for below in element:
        yield from walked(below)
        yield "tag", below.tag
        yield "text", below.tail or ""


def part(tree: Element, identifier: str) -> Element:
    return next(one for one in tree.iter() if one.get("id") == identifier)


def test_every_phase_and_option_is_there_with_all_that_is_said_of_it(
    wizard: Wizard, whole: Library
) -> None:
    tree = parsed(whole_of(published(whole)))
    assert [question.number for question in wizard.questions] == list(range(1, 14))
    for question in wizard.questions:
        phase = part(tree, f"phase-{question.id}")
        assert (question.ask or question.name) in words(phase)
        for group in question.groups:
            assert group.name in words(phase)
        for _, option in question.choices():
            card = words(part(phase, f"option-{question.id}.{option.id}"))
            assert card.startswith(option.name)
            assert option.note[1:] in card  # it begins with a capital letter there
            assert (option.price is None) == ("Price" not in card)
            for label, said in option.facets.items():
                assert label in card
                assert all(word in card for word in said)


def test_tables_trees_and_examples_are_there(wizard: Wizard, whole: Library) -> None:
    tree = parsed(whole_of(published(whole)))
    for question in wizard.questions:
        if question.table:
            said = words(part(tree, f"phase-{question.id}"))
            for title, cells in question.table.rows.items():
                assert f"{title} {' '.join(cells)}" in said
    for one in wizard.trees:
        phase = words(part(tree, f"phase-{one.question}"))
        assert one.name in phase
        for step in one.steps:
            assert step.ask in phase
    defaults = words(part(tree, "defaults"))
    assert "Database & Auth SQLite, Supabase" in defaults
    assert "Kafka, RabbitMQ" in defaults
    examples = words(part(tree, "examples"))
    for example in wizard.examples:
        assert example.name in examples
    assert "Deployment Strategy Vercel + AWS Docker Docker Docker" in examples


def test_a_tree_leads_from_its_answers_to_the_options(whole: Library) -> None:
    tree = parsed(whole_of(published(whole)))
    rows = [words(row) for row in part(tree, "phase-backend").iter("tr")]
    assert "Are you a Python shop? yes: FastAPI (Python)" in rows
    last = next(row for row in rows if row.startswith("Are you a Python shop? no: Do you"))
    assert last.endswith("Do you need enterprise patterns? yes: NestJS (TypeScript)")


def test_every_fault_is_told_and_marked_where_it_stands(whole: Library) -> None:
    assert whole.wizard is not None
    tree = parsed(whole_of(published(whole)))
    links = [one.get("href", "") for one in tree.iter("a") if "rm-flag" in one.get("class", "")]
    marked = Counter(link.partition("#")[2] for link in links)
    assert len(whole.wizard.faults) > 15
    for fault in whole.wizard.faults:
        anchor = whole.wizard.anchors[fault]
        assert marked[anchor] == 1, fault
        assert f"{fault.file}:{fault.line}" in words(part(tree, anchor))
    flags = part(tree, "option-scale.medium")
    assert sum("rm-flag" in one.get("class", "") for one in flags.iter("a")) == 3


def test_ids_are_unique_and_every_link_leads_somewhere(whole: Library) -> None:
    manifest = published(whole)
    pages = {one.path: parsed(one.body) for one in manifest if isinstance(one, Page)}
    assert len(pages) == 1 + 13 + 1
    ids: dict[str, Counter[str | None]] = {}
    for path, tree in pages.items():
        ids[path] = Counter(one.get("id") for one in tree.iter() if one.get("id"))
        assert [name for name, number in ids[path].items() if number > 1] == []
    for path, tree in pages.items():
        for one in tree.iter("a"):
            link = one.get("href") or one.get("xlink:href") or ""
            target = urlsplit(urljoin(SITE + path.removesuffix("index.html"), link))
            there = target.path.lstrip("/")
            if not there.startswith("wizard/") or there == "wizard/":
                continue
            there += "index.html" if there.endswith("/") else ""
            assert there in manifest.entries
            if target.fragment:
                assert unquote(target.fragment) in ids[there]


def test_all_options_can_be_had_as_a_table(wizard: Wizard, whole: Library) -> None:
    asset = published(whole).entries["wizard/options.csv"]
    assert isinstance(asset, Asset)
    rows = list(csv.DictReader(io.StringIO(asset.content.decode("utf-8-sig"))))
    assert len(rows) == sum(1 for question in wizard.questions for _ in question.choices()) == 74
    stripe = next(row for row in rows if row["Option"] == "Stripe")
    assert stripe["Price"] == "2.9% + $0.30 per transaction"


def test_the_same_input_gives_the_same_bytes(whole: Library) -> None:
    assert published(whole).entries == published(whole).entries


MEANT = {
    "id", "schema", "updated", "number", "multiple", "pattern", "min", "max", "then", "else",
    "question", "scale", "columns", "price", "team", "traffic", "if", "move", "requires",
}  # fmt: skip
LABELLED = {"facets", "rows", "navigation", "invalid"}


def put(data: Any, payloads: Iterator[str], key: str = "") -> Any:
    """Replace every text that nothing interprets, and the labels of labelled ones."""
    if isinstance(data, dict):
        if key in LABELLED:
            return {
                f"{next(payloads)} {n}": put(value, payloads)
                for n, value in enumerate(data.values())
            }
        return {
            name: value if name in MEANT else put(value, payloads, name)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [put(value, payloads, key) for value in data]
    return next(payloads)


@pytest.mark.parametrize("start", [0, 77, 150])
def test_no_text_of_it_acts(tmp_path: Path, start: int) -> None:
    data = yaml.load(WIZARD.read_text(encoding="utf-8"), yaml.BaseLoader)
    payloads = (LETTERS[(start + n) % len(LETTERS)] for n in count())
    path = tmp_path / "wizard.yml"
    path.write_text(yaml.safe_dump(put(data, payloads), allow_unicode=True), encoding="utf-8")
    manifest = published(Library.of([], None, load_wizard(path, "data/wizard.yml")))
    for entry in manifest:
        assert entry.path.startswith("wizard/")
    body = whole_of(manifest)
    assert active_content(f"<!doctype html><title>x</title><body>{body}") == []
    assert "</script" not in body.lower()
    assert "<script" not in body.lower()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/status.yml").write_text(STATUS)
    return tmp_path


def build(root: Path) -> Manifest:
    return build_manifest(BuildOptions(root=root, now=1795205520))


def test_without_the_file_there_is_no_page(repository: Path) -> None:
    manifest = build(repository)
    assert manifest.problems == ()
    assert not any(entry.path.startswith("wizard") for entry in manifest)


def test_a_site_of_the_file_alone_leads_to_it_and_styles_it(repository: Path) -> None:
    shutil.copy(WIZARD, repository / "data/wizard.yml")
    manifest = build(repository)
    assert manifest.problems == ()
    assert "assets/roadmaps.css" in manifest.entries
    index = manifest.entries["index.html"]
    assert isinstance(index, Asset)
    assert 'href="wizard/"' in index.content.decode()
    assert "wizard/" in sitemap(manifest)


def sitemap(manifest: Manifest) -> str:
    asset = manifest.entries["sitemap.xml"]
    assert isinstance(asset, Asset)
    return asset.content.decode()


def test_the_index_of_the_roadmaps_leads_to_it(repository: Path) -> None:
    shutil.copy(WIZARD, repository / "data/wizard.yml")
    shutil.copytree(ROOT / "data/roadmaps", repository / "data/roadmaps")
    index = build(repository).entries["roadmaps/index.html"]
    assert isinstance(index, Page)
    assert '<a href="../wizard/">Project wizard</a>' in index.body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [", "data/wizard.yml:1"),
        ("name: x\n", "data/wizard.yml:1:1: questions"),
        ("[]", "must be a mapping"),
        ("name: x\nquestions: []\ndefaults: {backend: {}}\n", "there is no question 'backend'"),
    ],
)
def test_a_broken_file_does_not_stop_the_build(repository: Path, text: str, said: str) -> None:
    (repository / "data/wizard.yml").write_text(text)
    manifest = build(repository)
    assert said in "\n".join(map(str, manifest.problems))
    assert "index.html" in manifest.entries
    assert "wizard/guide/index.html" not in manifest.entries


def test_a_file_that_cannot_be_read_does_not_stop_the_build_either(repository: Path) -> None:
    (repository / "data/wizard.yml").mkdir()
    assert build(repository).problems != ()
