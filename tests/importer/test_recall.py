"""How much of what the documents hold arrives in the drafts, against the inventory made by hand.

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

from statusgen.importer import import_markdown, repair
from statusgen.roadmap.loader import load_roadmap
from tests.importer.conftest import NAMES, here
from tests.importer.inventory import (
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
def drafts(documents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each seed's draft as the loader reads it, as plain values."""
    folder = tmp_path_factory.mktemp("drafts")
    loaded = {}
    for seed, name in NAMES.items():
        path: Path = folder / f"{name}.yml"
        path.write_text(import_markdown(documents[seed], f"{name}.md").yaml, "utf-8")
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


@pytest.mark.parametrize("seed", here(STAGES))
def test_every_stage_is_found(seed: str, drafts: dict[str, Any]) -> None:
    stages = drafts[seed]["stages"]

    assert [stage["name"] for stage in stages] == STAGES[seed]
    assert [stage["number"] for stage in stages] == [str(n + 1) for n in range(len(stages))]


@pytest.mark.parametrize("seed", here(SERVICES))
def test_services_with_their_prices(seed: str, drafts: dict[str, Any]) -> None:
    got = Counter(
        (part["name"], part.get("price") or part.get("monthly") or "")
        for part in _mappings(drafts[seed])
        if "name" in part
    )

    _share("services", seed, Counter(SERVICES[seed]), got)


def test_inventory_counts_125_services() -> None:
    counts = {name: len(services) for name, services in SERVICES.items()}
    assert [counts[f"S{number}"] for number in range(5)] == [15, 46, 26, 22, 16]


@pytest.mark.parametrize("seed", here(PRICES))
def test_prices(seed: str, drafts: dict[str, Any]) -> None:
    got: Counter[str] = Counter()
    for part in _mappings(drafts[seed]):
        got.update(part[key] for key in PRICE_KEYS if isinstance(part.get(key), str))
        got.update(part.get("cells", ()))

    _share("prices", seed, Counter(PRICES[seed]), got)


@pytest.mark.parametrize("seed", here(OPTIONS))
def test_options(seed: str, drafts: dict[str, Any]) -> None:
    options = [option for part in _mappings(drafts[seed]) for option in part.get("options", ())]

    _share("options", seed, Counter(OPTIONS[seed]), Counter(part["name"] for part in options))


RECOMMENDED = {"S2": ["AWS S3", "Sentry"], "P2": ["Bucketeer"]}


@pytest.mark.parametrize("seed", here(RECOMMENDED))
def test_options_have_pros_and_cons(seed: str, drafts: dict[str, Any]) -> None:
    options = [part for part in _mappings(drafts[seed]) if "pros" in part and "cons" in part]

    assert len(options) == len(OPTIONS[seed])
    assert [part["name"] for part in options if part.get("recommended")] == RECOMMENDED[seed]


@pytest.mark.parametrize("seed", here(CHECKLIST))
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


TICKED = {"S4": 9, "P4": 2}


@pytest.mark.parametrize("seed", here(TICKED))
def test_ticked_entries_are_done(seed: str, drafts: dict[str, Any]) -> None:
    points = [part for part in _mappings(drafts[seed]) if part.get("done") is True]

    assert sum("text" in part for part in points) == TICKED[seed]


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


@pytest.mark.parametrize("seed", here(TABLE_ROWS))
def test_table_rows_with_every_cell(
    seed: str, documents: dict[str, bytes], drafts: dict[str, Any]
) -> None:
    rows = _table_rows(repair(documents[seed]).text)
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


@pytest.mark.parametrize("seed", NAMES)
def test_every_entity_says_where_it_was_read(
    seed: str, documents: dict[str, bytes], drafts: dict[str, Any]
) -> None:
    lines = repair(documents[seed]).text.count("\n") + 1
    document = f"{NAMES[seed]}.md"
    named = [
        part
        for part in _mappings(drafts[seed])
        if {"name", "text", "when"} & part.keys() and part.keys() != {"text"}
    ]
    places = [_place(part) for part in named]

    assert [part for part, place in zip(named, places, strict=True) if place is None] == []
    assert {place[0] for place in places if place} == {document}
    assert all(1 <= place[1] <= lines for place in places if place)


def test_same_document_gives_the_same_bytes(documents: dict[str, bytes]) -> None:
    for name, raw in documents.items():
        assert import_markdown(raw, f"{name}.md") == import_markdown(raw, f"{name}.md")


COMMANDS = {
    "P1": [
        "curl -O https://tinyhost.example.com/install.sh", "tiny create shop-backend --region fra",
        "tiny deploy", "tiny status", "curl https://shop.example.com/health",
        "pg_dump $OLD_URL > shop.sql", "psql $NEW_URL < shop.sql",
    ],
    "P3": ["✓ corner-shop", "✓ night-bus"],
    "P4": ['app = "harbour-desk"', 'region = "lis"'],
}  # fmt: skip


@pytest.mark.parametrize("seed", COMMANDS)
def test_code_is_kept_to_the_letter(seed: str, drafts: dict[str, Any]) -> None:
    lines = [line.strip() for text in _texts(drafts[seed]) for line in text.splitlines()]

    assert [line for line in COMMANDS[seed] if line not in lines] == []
