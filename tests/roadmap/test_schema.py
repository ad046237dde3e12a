"""The published JSON Schemas take what the loader takes, and refuse what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.schema import roadmap_schema, wizard_schema
from tests.fixtures import SITE

jsonschema = pytest.importorskip("jsonschema", reason="the jsonschema package is not installed")

DATA = SITE / "data"
ROADMAPS = sorted((DATA / "roadmaps").glob("*.yml"))


class _Loader(yaml.SafeLoader):
    """Plain YAML, but without dates: editors see text there."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _faults(schema: dict[str, Any], text: str) -> list[str]:
    data = yaml.load(text, Loader=_Loader)
    found = jsonschema.Draft202012Validator(schema).iter_errors(data)
    return sorted(f"{'.'.join(map(str, error.path))}: {error.message}" for error in found)


def test_schemas_are_schemas_and_the_same_each_time() -> None:
    for make in (roadmap_schema, wizard_schema):
        jsonschema.Draft202012Validator.check_schema(make())
        assert json.dumps(make()) == json.dumps(make())


@pytest.mark.parametrize("path", ROADMAPS, ids=lambda path: path.stem)
def test_roadmaps_obey_the_schema(path: Path) -> None:
    assert _faults(roadmap_schema(), path.read_text(encoding="utf-8")) == []


def test_wizard_obeys_the_schema() -> None:
    assert _faults(wizard_schema(), (DATA / "wizard.yml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "nam: A\n",
        "name: A\nphases: [{id: A, name: A}]\n",
        "name: A\nstages: [{id: a, name: A, triger: Now}]\n",
        "name: A\nstages: [{id: a}]\n",
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(text: str) -> None:
    assert _faults(roadmap_schema(), text)


def test_extension_keys_are_allowed() -> None:
    text = "name: A\nx-team: [a]\nstages: [{id: a, name: A, x-colour: red}]\n"

    assert _faults(roadmap_schema(), text) == []


def test_a_window_is_a_number_of_seconds_in_an_export() -> None:
    plan = load_roadmap(DATA / "roadmaps/apexmediation.yml")
    text = plan.model_dump_json(by_alias=True)
    assert '"window":2592000' in text
