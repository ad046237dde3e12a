"""A table of the whole plan that stands beneath the last stage is none of that stage's."""

from __future__ import annotations

import pytest
import yaml

from statusgen.importer import import_markdown

PLAN = "# Move\n\n## {stage} 1: Setup\n\n- Server\n\n## {stage} 2: Growth\n\n- Mail\n\n{said}\n\n"
TABLE = "| Item | Monthly |\n|---|---|\n| Proxy | $20 |\n| CDN | $5 |\n"


def _items_of_the_last(stage: str, said: str) -> tuple[list[str], list[str]]:
    text = PLAN.format(stage=stage, said=said) + TABLE
    draft = yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)
    stages = draft.get("phases") or draft["stages"]
    tables = [row["name"] for table in draft.get("stacks", []) for row in table["rows"]]
    return [item["name"] for item in stages[-1]["items"]], tables


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("Phase", "### Total budget of all phases"),
        ("Phase", "Finally, the costs of the whole project:"),
        ("Phase", "### Kosten aller Phasen"),
        ("Phase", "**Coût de toutes les étapes :**"),
        ("Phase", "### Overall budget"),
        ("Phase", "### Gesamtbudget"),
        ("Phase", "---"),
        ("Phase", "### Notes\n\n***"),
    ],
)
def test_table_of_the_whole_plan_is_a_table_of_its_own(stage: str, said: str) -> None:
    assert _items_of_the_last(stage, said) == (["Mail"], ["Proxy", "CDN"])


@pytest.mark.parametrize(
    "said",
    ["### Costs", "All servers:", "Costs:", "### Total cost", "---\n\n### Costs"],
)
def test_table_of_a_stage_stays_with_it(said: str) -> None:
    assert _items_of_the_last("Phase", said) == (["Mail", "Proxy", "CDN"], [])
