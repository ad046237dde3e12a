"""Lines that say several things of a stage, each behind its label."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _stage(line: str) -> dict[str, Any]:
    text = f"# P\n\n## Phase 1: Dig\n\n{line}\n\n- Earth\n\n## Phase 2: Pour\n\n- Stone\n"
    stage: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "p.md").yaml)["phases"][0]
    return stage


@pytest.mark.parametrize(
    "line",
    [
        "**Duration:** 6 weeks | **Cost:** $5,000",
        "Cost: $5,000 | Duration: 6 weeks",
        "**Duration**: 6 weeks · **Cost**: $5,000",
        "**Dauer:** 6 Wochen • **Kosten:** 5.000 $",
    ],
)
def test_each_part_has_its_field(line: str) -> None:
    stage = _stage(line)
    assert stage["effort"].startswith("6 ")
    assert stage["cost"]["stated"] in ("$5,000", "5.000 $")


def test_part_whose_label_is_not_known_is_kept() -> None:
    stage = _stage("**Status:** done | **Mood:** good")
    assert stage["status"] == "done"
    assert stage["facets"] == {"Mood": ["good"]}


@pytest.mark.parametrize(
    "line", ["Regions: EU | US", "Basic: $5 | Pro: $10", "Cost: $5 | the first of two: $6 | more"]
)
def test_other_lines_with_bars_stay_whole(line: str) -> None:
    assert line.partition(": ")[2] in str(_stage(line))
