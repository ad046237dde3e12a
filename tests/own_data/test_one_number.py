"""Every cost of this repository's roadmaps is one number, wherever it is told.

What ``roadmap cost --json`` says is held against the pages' tables, their CSV and JSON, the
diagrams and the audit, stage by stage and line by line.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from statusgen.audit import Finding
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps
from statusgen.roadmap.moments import together
from tests.cli.harness import statusgen
from tests.conftest import ROOT

IDS = [path.stem for path in sorted((ROOT / "data" / "roadmaps").glob("*.yml"))]
Ends = tuple[Decimal, Decimal | None] | None
"""Low and high end in dollars; None where nothing is told."""
NOTHING = (Decimal(0), Decimal(0))
CHART = ["Stage", "When", "Running", "Added", "Itemised"]
LADDER = "Stated / itemised"
_CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def library() -> Library:
    loaded = load_roadmaps(ROOT / "data" / "roadmaps", "data/roadmaps")
    assert loaded.problems == ()
    return Library.of(loaded.roadmaps, date(2026, 11, 21))


@pytest.fixture(scope="module")
def manifest(library: Library) -> Manifest:
    made = Manifest()
    for entry in roadmap_entries(library):
        made.add(entry)
    return made


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command line prints of each roadmap."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "data" / "roadmaps", folder / "data" / "roadmaps")
    found = {}
    for name in IDS:
        done = statusgen(folder, "roadmap", "cost", name, "--json")
        assert done.code == 0, done.err
        found[name] = json.loads(done.out, parse_float=Decimal, parse_int=Decimal)
    return found


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the command line prints of the audit."""
    folder = tmp_path_factory.mktemp("audited")
    shutil.copytree(ROOT / "data" / "roadmaps", folder / "data" / "roadmaps")
    done = statusgen(folder, "audit", "--all", "--json")
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out, parse_float=Decimal, parse_int=Decimal)
    return found


def ends(amounts: Sequence[Mapping[str, Any]]) -> Ends:
    """Read amounts of JSON: of nothing, of dollars, or of one other currency beside no dollars."""
    dollars = [one for one in amounts if one["currency"] == "USD"]
    return (dollars[0]["low"], dollars[0]["high"]) if dollars else None


def cents(value: Ends) -> Ends:
    """Round as everything that people read is rounded."""
    if value is None:
        return None
    low, high = (
        None if end is None else end.quantize(_CENT, ROUND_HALF_UP) + Decimal(0) for end in value
    )
    assert low is not None
    return low, high


_AMOUNT = re.compile(r"(?P<minus>[−-])?\+?\$(?P<number>[\d,]+(?:\.\d+)?)")


def read(text: str) -> Ends:
    """Read what a person reads: ``$99–195``, ``−$655 to −$201``, ``$41 + ?``, ``open``, ``—``."""
    text = re.sub(r"(?<=[\d])[–-](?=[\d])", " to $", text.removeprefix("+"))
    found = [
        Decimal(match["number"].replace(",", "")) * (-1 if match["minus"] else 1)
        for match in _AMOUNT.finditer(text)
    ]
    if not found:
        assert text in ("not known", "—", "", "Not stated"), text
        return None
    assert len(found) <= 2, text
    return found[0], None if text.endswith("+") else found[-1]


@dataclass
class Shown:
    """The tables of a page: a caption or nothing, titles, rows."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)

    def column(self, title: str) -> dict[str, str]:
        at = self.rows[0].index(title)
        return {row[0]: row[at] for row in self.rows[1:]}


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Shown] = []
        self._into: list[str] | None = None
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skip += tag == "small"
        if tag == "table":
            self.tables.append(Shown())
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self.tables[-1].rows[-1].append("")
            self._into = self.tables[-1].rows[-1]
        elif tag == "caption":
            self._into = [""]

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag == "small"
        if tag == "caption" and self._into:
            self.tables[-1].caption = self._into[-1]
        if tag in ("td", "th", "caption"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None and not self._skip:
            self._into[-1] += data


def tables(manifest: Manifest, path: str) -> list[Shown]:
    page = manifest.entries[f"roadmaps/{path}index.html"]
    assert isinstance(page, Page)
    parser = _Tables()
    parser.feed(page.body)
    return parser.tables


def table(manifest: Manifest, path: str, caption: str) -> Shown:
    return next(one for one in tables(manifest, path) if one.caption == caption)


def content(manifest: Manifest, path: str) -> str:
    asset = manifest.entries[f"roadmaps/{path}"]
    assert isinstance(asset, Asset)
    return asset.content.decode("utf-8-sig")


def rows_of_json(manifest: Manifest, path: str) -> list[dict[str, Any]]:
    text = content(manifest, f"{path}.json")
    found: list[dict[str, Any]] = json.loads(text, parse_float=Decimal, parse_int=Decimal)["rows"]
    return found


def rows_of_csv(manifest: Manifest, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(manifest, f"{path}.csv"), newline="")))


def in_csv(row: Mapping[str, str], title: str) -> Ends:
    low, high = (row.get(f"{title} {end} (USD)", "") for end in ("from", "to"))
    return (Decimal(low), Decimal(high) if high else None) if low else None


def exported(
    manifest: Manifest, path: str, number: int, title: str, shown: Shown
) -> Iterator[tuple[str, Ends]]:
    """Yield what the row of a table says in JSON, in CSV and on the page."""
    cell = rows_of_json(manifest, path)[number][title]
    yield f"{path}.json", ends(cell["amounts"]) if isinstance(cell, dict) else None
    yield f"{path}.csv", in_csv(rows_of_csv(manifest, path)[number], title)
    row = shown.rows[number + 1]
    yield f"{path}, shown", read(row[shown.rows[0].index(title)])


def same(said: Ends, told: Iterator[tuple[str, Ends]], about: str) -> None:
    """Hold what is told against what was said; people read cents, and nothing for nothing."""
    for where, value in told:
        exact = where.endswith((".json", ".csv"))
        assert (value if exact else cents(value)) == (said if exact else cents(said)), (
            f"{about}: {where}"
        )


def stages_of(manifest: Manifest, name: str) -> Shown:
    return next(
        one for one in tables(manifest, f"{name}/costs/") if "Added per month" in one.rows[0]
    )


@pytest.mark.parametrize("name", IDS)
def test_a_stage_costs_the_same_on_its_pages_and_in_their_exports(
    name: str, printed: dict[str, Any], manifest: Manifest, library: Library
) -> None:
    dossier = library.get(name)
    assert dossier is not None
    if not dossier.has_stage_costs:
        assert all(not stage["running"] for stage in printed[name])
        return
    shown = stages_of(manifest, name)
    columns = {
        "new": "Added per month",
        "running": "Running per month",
        "annual": "Running per year",
    }
    if dossier.has_needs:
        columns |= {"change": "Change", "needed": "Needs besides"}
    for number, stage in enumerate(printed[name]):
        for key, title in columns.items():
            told = exported(manifest, f"{name}/costs/costs", number, title, shown)
            same(ends(stage[key]), told, f"{name}, {stage['stage']}, {key}")
        running = shown.column("Running per month")[shown.rows[number + 1][0]]
        assert ("?" in running or running == "not known") is bool(stage["missing"])
        assert (running == "not known") is (not stage["running"])


@pytest.mark.parametrize("name", IDS)
def test_a_stage_costs_the_same_on_the_overview(
    name: str, printed: dict[str, Any], manifest: Manifest, library: Library
) -> None:
    dossier = library.get(name)
    assert dossier is not None
    if not dossier.has_stage_costs:
        return
    shown = next(one for one in tables(manifest, f"{name}/") if "Stated per month" in one.rows[0])
    columns = {"Added": "new", "Running": "running", "Derived change": "change"}
    columns |= {"Needs besides": "needed"}
    named = [title for title in columns if title in shown.rows[0]]
    assert named
    for number, stage in enumerate(printed[name]):
        for title in named:
            told = exported(manifest, f"{name}/stages", number, title, shown)
            same(ends(stage[columns[title]]), told, f"{name}, {stage['stage']}, {title}")


@pytest.mark.parametrize("name", IDS)
def test_a_stage_s_own_page_says_the_same(
    name: str, printed: dict[str, Any], manifest: Manifest
) -> None:
    keys = {"Derived: change": "change", "Derived: added": "new", "Derived: running": "running"}
    for stage in printed[name]:
        page = manifest.entries[f"roadmaps/{name}/stages/{stage['stage']}/index.html"]
        assert isinstance(page, Page)
        facts = re.findall(r"<dt>(Derived: \w+)</dt><dd><strong[^>]*>([^<]+)<", page.body)
        assert ("Product and price" in page.body) is bool(facts)
        for title, text in facts:
            assert read(text) == cents(ends(stage[keys[title]])), (name, stage["stage"], title)


@pytest.mark.parametrize("name", IDS)
def test_every_line_of_every_item_costs_the_same(
    name: str, printed: dict[str, Any], manifest: Manifest
) -> None:
    for stage in printed[name]:
        path = f"{name}/stages/{stage['stage']}/"
        file = f"{path}stage-{stage['stage']}"
        lines = [line for item in stage["items"] for line in item["lines"]]
        if f"roadmaps/{file}.csv" not in manifest.entries:
            assert not any(amount for line in lines for amount in line["cost"])
            continue
        shown = next(one for one in tables(manifest, path) if "Product and price" in one.rows[0])
        assert [row[0] for row in shown.rows[1 : len(lines) + 1]] == [one["name"] for one in lines]
        for number, line in enumerate(lines):
            about = f"{file}, {line['name']}"
            cost = ends(line["cost"])
            year = cost and (cost[0] * 12, None if cost[1] is None else cost[1] * 12)
            same(cost, exported(manifest, file, number, "Per month", shown), about)
            same(year, exported(manifest, file, number, "Per year", shown), about)
            if "Change per month" in shown.rows[0]:
                told = exported(manifest, file, number, "Change per month", shown)
                same(ends(line["change"]), told, about)
        below = {row["Item"]: number for number, row in enumerate(rows_of_csv(manifest, file))}
        for title, key in (("Added", "new"), ("Running", "running"), ("What they need", "needed")):
            if title in below:
                told = exported(manifest, file, below[title], "Per month", shown)
                same(ends(stage[key]), told, f"{file}, {title}")


@pytest.mark.parametrize("name", IDS)
def test_every_option_costs_the_same(
    name: str, printed: dict[str, Any], manifest: Manifest
) -> None:
    said = [
        ends(option["cost"])
        for stage in printed[name]
        for item in stage["items"]
        for option in item["options"]
    ]
    file = f"{name}/options/options"
    if f"roadmaps/{file}.json" not in manifest.entries:
        assert said == []
        return
    rows = rows_of_json(manifest, file)
    assert [ends(row["Price"]["amounts"]) for row in rows] == said
    assert [in_csv(row, "Price") for row in rows_of_csv(manifest, file)] == said


@pytest.mark.parametrize("name", IDS)
def test_diagrams_say_what_the_tables_say(
    name: str, printed: dict[str, Any], manifest: Manifest, library: Library
) -> None:
    stages = printed[name]
    pages = [f"{name}/{part}" for part in ("", "costs/", "compare/")]
    drawn = [
        one
        for path in pages
        if f"roadmaps/{path}index.html" in manifest.entries
        for one in tables(manifest, path)
    ]
    charts = [one for one in drawn if one.rows[0][:5] == CHART]
    assert bool(charts) is (name in ("smart-service", "suoops"))
    for chart in charts:
        for stage, row in zip(stages, chart.rows[1:], strict=True):
            for key, text in (("carried", row[2]), ("new", row[3]), ("running", row[4])):
                said = (ends(stage[key]) or NOTHING) if stage["running"] else None
                assert read(text) == cents(said), (name, row)
            # What is missing in a sum is told wherever the sum is.
            assert ("?" in row[4]) is bool(stage["running"] and stage["missing"]), (name, row)
    ladder = next(one for one in drawn if LADDER in one.rows[0])
    by_name = {row[0]: row for row in ladder.rows[1:]}
    told = "change" if name == "apexmediation" else "running"
    at = ladder.rows[0].index(LADDER)
    dossier = library.get(name)
    assert dossier is not None
    for stage, plan in zip(stages, dossier.roadmap.stages, strict=True):
        itemised = by_name[plan.name][at].partition(" / ")[2]
        assert read(itemised) == cents(ends(stage[told])), (name, plan.name)


def _finding(audited: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    for one in audited:
        if one["file"].endswith(f"{name}.yml"):
            yield one


def number(one: Mapping[str, Any]) -> Ends:
    return one["low"], one["high"]


@pytest.mark.parametrize("name", IDS)
def test_the_audit_derives_what_the_command_prints(
    name: str, printed: dict[str, Any], audited: list[dict[str, Any]]
) -> None:
    for one in _finding(audited, name):
        if one["rule"] not in ("COST002", "COST008", "COST023") or one["path"][0] != "stages":
            continue
        stage = printed[name][int(one["path"][1])]
        keys = {"new": "new", "running": "running"}
        keys["derived"] = "change" if one["rule"] == "COST023" else "running"
        for value, key in keys.items():
            if value in one["values"]:
                assert number(one["values"][value]) == (ends(stage[key]) or NOTHING), one["id"]
        if one["rule"] == "COST023" and "derived" in one["values"]:
            assert cents(read(one["derived"])) == cents(ends(stage["change"]))


@pytest.mark.parametrize("name", IDS)
def test_the_sum_of_a_table_is_the_audit_s(
    name: str, audited: list[dict[str, Any]], manifest: Manifest, library: Library
) -> None:
    dossier = library.get(name)
    assert dossier is not None
    sums = {one["id"]: one for one in _finding(audited, name) if one["rule"] == "COST001"}
    files = [path for path in manifest.entries if re.search(rf"{name}/.*/table-.*\.csv$", path)]
    checked = 0
    for path in files:
        file = path.removeprefix("roadmaps/").removesuffix(".csv")
        table_id = file.rpartition("/table-")[2]
        one = sums.get(f"COST001:tables.{table_id}.total.monthly")
        rows = rows_of_csv(manifest, file)
        at = next((n for n, row in enumerate(rows) if row["Line"] == "Sum of the lines"), None)
        if one is None or at is None or "derived" not in one["values"]:
            continue
        page = file.rpartition("/")[0] + "/"
        shown = next(
            each
            for each in tables(manifest, page)
            if [row[0] for row in each.rows[1:]] == [row["Line"] for row in rows]
        )
        said = number(one["values"]["derived"])
        same(said, exported(manifest, file, at, "Per month", shown), file)
        assert cents(read(one["derived"])) == cents(said)
        checked += 1
    assert checked or not sums


@pytest.mark.parametrize("name", IDS)
def test_a_comparison_saves_one_amount(
    name: str, audited: list[dict[str, Any]], manifest: Manifest, library: Library
) -> None:
    dossier = library.get(name)
    assert dossier is not None
    for comparison in dossier.roadmap.comparisons:
        page = manifest.entries[f"roadmaps/{name}/compare/index.html"]
        assert isinstance(page, Page)
        match = re.search(r"Saved per month</dt><dd><strong>([^<]+)<", page.body)
        assert match
        saved = read(match[1])
        id_ = f"COST009:comparisons.{comparison.id}.saving"
        one = next(each for each in _finding(audited, name) if each["id"] == id_)
        change = number(one["values"]["derived"])
        assert change is not None
        assert change[1] is not None
        assert saved == cents((-change[1], -change[0]))
        drawn = next(
            each for each in tables(manifest, f"{name}/compare/") if each.rows[0][-1] == "Change"
        )
        assert cents(read(drawn.rows[-1][-1])) == cents(change)


def test_the_list_of_all_sums_what_each_page_says(manifest: Manifest, library: Library) -> None:
    shown = tables(manifest, "")[0]
    for title, moments in (
        ("Monthly cost now", [one.now for one in library.dossiers]),
        ("Monthly cost at the end", [one.then for one in library.dossiers]),
    ):
        for at, moment in enumerate(moments):
            said = _of(moment.derived.plain) if moment else None
            same(said, exported(manifest, "roadmaps", at, title, shown), f"{title}, {at}")
        whole = _of(together(moments).plain)
        same(whole, exported(manifest, "roadmaps", len(moments), title, shown), title)


def _of(plain: Sequence[tuple[str, Decimal, Decimal | None]]) -> Ends:
    return next(((low, high) for code, low, high in plain if code == "USD"), None)


def test_a_finding_carries_the_part_that_it_speaks_of(library: Library) -> None:
    def speaks_of(dossier: Dossier, one: Finding) -> bool:
        mark = dossier.roadmap.mark(one.path)
        return (mark.line, mark.column) == (one.line, one.column) and bool(one.path)

    for dossier in library.dossiers:
        assert all(speaks_of(dossier, one) for one in dossier.findings)


def test_the_command_never_prints_nothing_for_what_is_open(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "roadmaps", tmp_path / "data" / "roadmaps")
    done = statusgen(tmp_path, "roadmap", "cost", "suoops")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[2:5] for row in rows[1:]] == [
        ["$79", "$120 + ?", "$1,440 + ?"],
        ["not known", "not known", "not known"],
        ["not known", "not known", "not known"],
    ]
