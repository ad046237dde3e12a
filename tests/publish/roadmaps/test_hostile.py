"""Whatever texts a roadmap holds, nothing active comes out, and no path leaves the site."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.base.errors import InputError
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.fragments import ProseText, render_fragments
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.publish.writers import _is_plain
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Part
from statusgen.roadmap.price_grammar import parse_price
from tests.publish.roadmaps.conftest import ROOT
from tests.publish.test_hostile_text import PAYLOADS, active_content

# Texts that mean something: an id, a reference, a name from a list, a format.
MEANT = {
    "after", "base", "before", "chosen", "component", "components", "currency", "depends_on",
    "document", "from", "go", "group", "id", "in", "item", "items", "option", "resolved_by",
    "resolves", "rule", "rows", "schema", "stage", "subject", "to", "trigger", "until", "when",
    "worth",
}  # fmt: skip
# Numbers behind which words may follow.
WORDED = {"alert", "target"}
LETTERS = [text for text in PAYLOADS if all(c in "\n\t" or 31 < ord(c) < 0xD800 for c in text)]


def parts(model: type[Part] = Part) -> Iterator[type[Part]]:
    for part in model.__subclasses__():
        yield part
        yield from parts(part)


def free_fields() -> set[str]:
    """Return the names of all fields that hold text which nothing interprets."""
    # Texts, lists of texts, and either of them by label; those that are parsed have another type.
    kinds: tuple[object, ...] = (str, tuple[str, ...], dict[str, str])
    found = set()
    for part in parts():
        for name, field in part.model_fields.items():
            shown = str(field.annotation)
            lists = shown.startswith("dict[str, typing.Annotated[tuple[str") or "Phrases" in shown
            if field.annotation in kinds or lists:
                found.add(field.alias or name)
    return found - MEANT


FREE = free_fields()


def put(data: Any, payloads: Iterator[str], key: str = "") -> Any:
    """Replace every free text; dictionaries of free texts get hostile keys too."""
    if isinstance(data, dict):
        if key in ("links", "facets", "evidence"):
            return {
                f"{next(payloads)} {n}": put(v, payloads, key) for n, v in enumerate(data.values())
            }
        own = {"trigger": "channel", "when": "pros"}  # texts in these parts, times in others
        said = {name for name, beside in own.items() if name in data and beside in data}
        return {
            name: next(payloads) if name in said else put(value, payloads, str(name))
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [put(value, payloads, key) for value in data]
    if key == "price" and isinstance(data, str):
        return priced(data, next(payloads))
    if key == "edges" and isinstance(data, str):  # `web -> database: a text`
        return f"{data.partition(':')[0]}: {' '.join(next(payloads).split())}"
    if key in WORDED:
        return f"{data} {next(payloads)}"
    return next(payloads) if key in FREE and isinstance(data, str) else data


def priced(price: str, payload: str) -> str:
    """Put a text into a price where prices may hold any."""
    told = f"{price} ({payload.translate(dict.fromkeys(map(ord, '()'), ' '))})"
    try:
        parse_price(told)
    except ValueError:
        return price
    return told


def hostile(folder: Path, name: str, start: int) -> Any:
    source = ROOT / f"data/roadmaps/{name}.yml"
    data = yaml.load(source.read_text(), yaml.BaseLoader)
    data["links"] = {"a": "b", "c": "d"}
    data["notes"] = ["a"]
    data["goal"] = data["summary"] = "x"
    payloads = (LETTERS[(start + n) % len(LETTERS)] for n in count())
    path = folder / f"{name}.yml"
    path.write_text(yaml.safe_dump(put(data, payloads), allow_unicode=True), encoding="utf-8")
    return load_roadmap(path, f"data/roadmaps/{name}.yml")


_SIZES = re.compile(
    r'<input type="radio" class="sg-z[0-2]" name="rm\d+-[a-z0-9-]+-z"(?: checked)?>'
)
"""The choice of a drawing's size is our own, and does nothing but that."""


def check(folder: Path, name: str, start: int) -> None:
    library = Library.of([hostile(folder, name, start)], None)
    manifest = Manifest()
    for entry in roadmap_entries(library, ["apex-api", "suoops-api"]):
        manifest.add(entry)
    for entry in manifest:
        assert _is_plain(entry.path)
        assert entry.path.startswith(("roadmaps/", "claims/", "promises/"))
        if isinstance(entry, Page):
            html = f"<!doctype html><title>x</title><body>{_SIZES.sub('', entry.body)}"
            assert active_content(html) == [], entry.path
            assert "</script" not in entry.body.lower()
        else:
            _harmless(entry)


def _harmless(asset: Asset) -> None:
    if asset.path.endswith(".svg"):
        for element in ElementTree.fromstring(asset.content).iter():
            assert element.tag.rpartition("}")[2] not in {"script", "foreignObject", "image", "use"}
            for key, value in element.attrib.items():
                assert not key.rpartition("}")[2].startswith("on")
                assert "script:" not in value.lower() or not key.endswith("href")
    elif asset.path.endswith(".json"):
        json.loads(asset.content)


def test_the_texts_found_are_the_texts_there_are() -> None:
    expected = {
        "name", "summary", "goal", "why", "text", "note", "notes", "links", "reason", "label",
        "sub", "risk", "impact", "qualifier", "category", "tier", "region", "vendor", "title",
        "language", "footnote", "gives", "need", "trigger", "channel", "recipients", "actions",
        "url", "interval", "tools", "marker", "number", "facets", "evidence", "aliases", "alerts",
        "when",
    }  # fmt: skip
    assert expected <= FREE | {"trigger", "when"}
    assert len(LETTERS) > 190


@pytest.mark.parametrize("name", ["smart-service", "suoops"])
def test_no_text_of_a_roadmap_acts(tmp_path: Path, name: str) -> None:
    check(tmp_path, name, 0)


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 200, 25))
@pytest.mark.parametrize("name", ["apexmediation", "locallink", "smart-service", "suoops"])
def test_no_text_of_any_roadmap_acts(tmp_path: Path, name: str, start: int) -> None:
    check(tmp_path, name, start)


def test_a_hostile_roadmap_in_prose_does_not_act_either(tmp_path: Path) -> None:
    library = Library.of([hostile(tmp_path, "suoops", 40)], None)
    shows = ("cost-table", "ladder", "checklist", "decision", "architecture", "audit")
    blocks = [f"```statusgen\nshow: {show}\nroadmap: suoops\n```" for show in shows]
    made, problems = render_fragments(
        library, [ProseText("content/a.md", "\n\n".join(blocks), "a/")], []
    )
    assert problems == []
    html = _SIZES.sub("", "".join(made["content/a.md"]))
    assert active_content(f"<!doctype html><title>x</title><body>{html}") == []


@pytest.mark.parametrize("identifier", ["../x", "/etc", "a/b", "..", "x\x00", "ü", "A"])
def test_no_id_leads_out_of_the_site(tmp_path: Path, identifier: str) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(
        yaml.safe_dump({"name": "x", "stages": [{"id": identifier, "name": "x", "items": []}]})
    )
    with pytest.raises(InputError):
        load_roadmap(path)
