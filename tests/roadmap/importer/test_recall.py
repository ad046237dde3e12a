"""How much of what the seeds hold arrives in the drafts, against the inventory made by hand.

An entry counts where its text is right in the file that the loader reads, not where anything of
its kind is there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from statusgen.roadmap.importer import import_markdown, repair
from statusgen.roadmap.loader import load_roadmap
from tests.roadmap.importer.conftest import SEEDS
from tests.roadmap.importer.inventory import (
    CHECKLIST,
    OPTIONS,
    PRICES,
    SERVICES,
    STAGES,
    TABLE_ROWS,
)

LEAST = 0.9
PRICE_KEYS = ("price", "stated", "monthly", "annual", "unit_price")


@pytest.fixture(scope="module")
def drafts(seeds: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each seed's draft as the loader reads it, as plain values."""
    folder = tmp_path_factory.mktemp("drafts")
    loaded = {}
    for seed, name in SEEDS.items():
        path: Path = folder / f"{name}.yml"
        path.write_text(import_markdown(seeds[seed], f"{name}.md").yaml, "utf-8")
        loaded[seed] = load_roadmap(path).as_json()
    return loaded


def _mappings(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _mappings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _mappings(value)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    elif data is not None:
        yield str(data)


def _place(part: Any) -> tuple[str, int] | None:
    """Return document and line of a part: a mapping, or a text under an `x-` key."""
    source = part.get("source") if isinstance(part, dict) else None
    if isinstance(source, str):
        document, _, line = source.rpartition(":")
        return document, int(line)
    return (source["document"], source["line"]) if source else None


def _share(kind: str, seed: str, expected: Counter[Any], got: Counter[Any]) -> None:
    whole, found = expected.total(), (expected & got).total()
    missing = sorted(map(str, (expected - got).elements()))
    line = f"{seed} {kind}: {found} of {whole} = {100 * found / whole:.1f} %"
    print(line)
    assert found >= LEAST * whole, f"{line}; missing: {missing}"


@pytest.mark.parametrize("seed", STAGES)
def test_every_stage_is_found(seed: str, drafts: dict[str, Any]) -> None:
    stages = drafts[seed]["stages"]

    assert [stage["name"] for stage in stages] == STAGES[seed]
    assert [stage["number"] for stage in stages] == [str(n + 1) for n in range(len(stages))]


@pytest.mark.parametrize("seed", SERVICES)
def test_services_with_their_prices(seed: str, drafts: dict[str, Any]) -> None:
    got = Counter(
        (part["name"], part.get("price") or part.get("monthly") or "")
        for part in _mappings(drafts[seed])
        if "name" in part
    )

    _share("services", seed, Counter(SERVICES[seed]), got)


def test_inventory_counts_125_services() -> None:
    assert [len(services) for services in SERVICES.values()] == [15, 46, 26, 22, 16]


@pytest.mark.parametrize("seed", PRICES)
def test_prices(seed: str, drafts: dict[str, Any]) -> None:
    got: Counter[str] = Counter()
    for part in _mappings(drafts[seed]):
        got.update(part[key] for key in PRICE_KEYS if isinstance(part.get(key), str))
        got.update(part.get("cells", ()))

    _share("prices", seed, Counter(PRICES[seed]), got)


@pytest.mark.parametrize("seed", OPTIONS)
def test_options(seed: str, drafts: dict[str, Any]) -> None:
    options = [option for part in _mappings(drafts[seed]) for option in part.get("options", ())]

    _share("options", seed, Counter(OPTIONS[seed]), Counter(part["name"] for part in options))


def test_options_of_locallink_have_pros_and_cons(drafts: dict[str, Any]) -> None:
    options = [part for part in _mappings(drafts["S2"]) if "pros" in part and "cons" in part]

    assert len(options) == 21
    assert [part["name"] for part in options if part.get("recommended")] == ["AWS S3", "Sentry"]


@pytest.mark.parametrize("seed", CHECKLIST)
def test_checklist_entries(seed: str, drafts: dict[str, Any]) -> None:
    texts = [
        part["text"]
        for checklist in drafts[seed].get("checklists", ())
        for group in checklist["groups"]
        for part in group["points"]
    ]
    texts += [part["text"] for part in drafts[seed].get("success", ())]
    got = [start for start in CHECKLIST[seed] if any(text.startswith(start) for text in texts)]

    _share("checklist entries", seed, Counter(CHECKLIST[seed]), Counter(got))


def test_ticked_entries_are_done(drafts: dict[str, Any]) -> None:
    points = [part for part in _mappings(drafts["S4"]) if part.get("done") is True]

    assert sum("text" in part for part in points) == 9


def _table_rows(text: str) -> dict[int, list[str]]:
    """Cut the rows of all tables by hand: line → cells, without bold marks."""
    rows: dict[int, list[str]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        rule = number < len(lines) and re.fullmatch(r"\|[-| :]+\|", lines[number].strip())
        if line.startswith("|") and not re.fullmatch(r"\|[-| :]+\|", line.strip()) and not rule:
            cells = [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]
            rows[number] = [cell for cell in cells if cell not in ("", "—")]
    return rows


@pytest.mark.parametrize("seed", TABLE_ROWS)
def test_table_rows_with_every_cell(
    seed: str, seeds: dict[str, bytes], drafts: dict[str, Any]
) -> None:
    rows = _table_rows(repair(seeds[seed]).text)
    assert len(rows) == TABLE_ROWS[seed]
    held: dict[int, str] = {}
    for part in _mappings(drafts[seed]):
        if place := _place(part):
            held[place[1]] = " | ".join((held.get(place[1], ""), *_texts(part)))
        if place := _place(part.get("total")):
            held[place[1]] = held.get(place[1], "") + " | Total"
    got = [line for line, cells in rows.items() if all(c in held.get(line, "") for c in cells)]

    if rows:
        _share("table rows", seed, Counter(rows.keys()), Counter(got))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_entity_says_where_it_was_read(
    seed: str, seeds: dict[str, bytes], drafts: dict[str, Any]
) -> None:
    lines = repair(seeds[seed]).text.count("\n") + 1
    document = f"{SEEDS[seed]}.md"
    named = [
        part
        for part in _mappings(drafts[seed])
        if {"name", "text", "when"} & part.keys() and part.keys() != {"text"}
    ]
    places = [_place(part) for part in named]

    assert [part for part, place in zip(named, places, strict=True) if place is None] == []
    assert {place[0] for place in places if place} == {document}
    assert all(1 <= place[1] <= lines for place in places if place)


def test_same_document_gives_the_same_bytes(seeds: dict[str, bytes]) -> None:
    for name, raw in seeds.items():
        assert import_markdown(raw, f"{name}.md") == import_markdown(raw, f"{name}.md")
