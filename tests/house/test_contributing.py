"""CONTRIBUTING.md names files, tables of code and walls that are really there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
OWN = ("content/", "tests/own_data")
"""What a fork may have replaced; ``tests/own_data`` looks these up."""


def test_every_file_that_a_recipe_names_is_there() -> None:
    names = set(re.findall(r"`((?:statusgen|tests|content)/[\w/.-]+)`", TEXT))
    assert len(names) > 50
    lost = {name for name in names if not name.startswith(OWN) and not (ROOT / name).exists()}
    assert lost == set()


def test_tables_of_code_that_a_recipe_names_are_in_the_file_beside_them() -> None:
    for name, path in re.findall(r"`(_?[A-Z_]{4,}|_entries)`\s+of\s+`([\w/.]+)`", TEXT):
        assert re.search(rf"^(def )?{name}\b", (ROOT / path).read_text("utf-8"), re.M), (name, path)


def test_rooms_are_listed_in_the_order_of_the_layers() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")
    rank = {
        room.strip(): n for n, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }
    rows = re.findall(r"^\| `(statusgen/\w+)(?:/|\.py)`", TEXT, re.M)
    listed = [row.replace("/", ".") for row in rows]
    assert set(listed) == set(rank)
    ranks = [rank[room] for room in listed]
    assert ranks == sorted(ranks)
