"""The guide to the parts of a roadmap: each example builds, and no key is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from statusgen.audit import audit_roadmap
from statusgen.roadmap import model
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Part

GUIDE = Path(__file__).parents[2] / "content" / "guide" / "roadmap-parts.md"
TEXT = GUIDE.read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.S)
OF_WIZARDS = {
    "Comparing", "Example", "Feature", "Impact", "OptionGroup", "Override", "Phrases", "Question",
    "Recommendation", "Tree", "TreeStep", "Validation", "Wizard", "WizardOption",
}  # fmt: skip
MADE = {
    ("Claim", "fees"),
    ("Criterion", "formula"),
    ("Criterion", "stated"),
    ("Criterion", "status"),
}
"""Keys that stand in the guide to gates and audits, or that the importer writes."""


def test_the_guide_shows_every_part() -> None:
    assert len(EXAMPLES) >= 9


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_loads_and_can_be_worked_with(number: int, tmp_path: Path) -> None:
    text = EXAMPLES[number]
    head = "" if re.search(r"^name:", text, re.M) else "name: Example\n"
    path = tmp_path / ("moving.yml" if "id: moving" in text else "example.yml")
    path.write_text(head + text, "utf-8")

    plan = load_roadmap(path)

    assert len(stage_costs(plan)) == len(plan.stages)
    faults = [f for f in audit_roadmap(plan) if f.is_fault and f.severity == "error"]
    assert faults == []


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        # YAML 1.1 takes the key `on` for true; the loader does not.
        return {"on" if key is True else str(key) for key in value} | {
            k for inner in value.values() for k in _keys(inner)
        }
    if isinstance(value, list):
        return {key for inner in value for key in _keys(inner)}
    return set()


def test_every_key_of_the_model_stands_in_an_example() -> None:
    shown = {key for text in EXAMPLES for key in _keys(yaml.safe_load(text))}
    missing = [
        (name, field.alias or key)
        for name, part in vars(model).items()
        if isinstance(part, type) and issubclass(part, Part) and name not in OF_WIZARDS | {"Part"}
        for key, field in part.model_fields.items()
        if key not in Part.model_fields and not field.exclude
        if (field.alias or key) not in shown and (name, key) not in MADE
    ]
    assert missing == []
