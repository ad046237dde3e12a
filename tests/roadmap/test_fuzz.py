"""Real files with one value or one line gone wrong: located problems or findings, never a crash."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap, audit_wizard
from statusgen.base.errors import InputError
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.wizard_loader import load_wizard
from tests.fixtures import SITE

DATA = SITE / "data"
FILES = [*sorted((DATA / "roadmaps").glob("*.yml")), DATA / "wizard.yml"]

NASTY = [
    "",
    "null",
    "[]",
    "{}",
    "0",
    "-1",
    "$0",
    "$25+/month",
    "-$5/month",
    "+$5-9/mo",
    "₵9/month",
    "$1 + ₵1 + 3%",
    "~$1-2/GB/month",
    "$5/year",
    "$0.01/hour",
    "Free tier (0 GB), then $9+/month",
    "ask sales",
    "Usage-based",
    "95%+",
    "< 0%",
    "Week 9",
    "Month 6+",
    "2026-02-31",
    "Now",
    "0 hours",
    "x / 0",
    "after.total / (before.total - before.total)",
    "ceil(a)",
    "'::error::x'",
    '"\\u202e\\e[31m"',
    "<script>",
    "'9999999999999999999999'",
    "[a, [b, {c: d}]]",
    "true",
]
_VALUE = re.compile(r"(?<=: )([^{}\[\],|>#\n][^{}\[\],\n]*)")


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _damaged(source: random.Random, text: str) -> str:
    for _ in range(source.randint(1, 3)):
        kind = source.random()
        if kind < 0.75:
            value = source.choice(list(_VALUE.finditer(text)))
            text = text[: value.start()] + source.choice(NASTY) + text[value.end() :]
            continue
        lines = text.split("\n")
        index = source.randrange(len(lines))
        if kind < 0.9:
            del lines[index : index + source.randint(1, 3)]
        else:
            lines.insert(source.randrange(len(lines)), lines[index])
        text = "\n".join(lines)
    return text


def _survives(folder: Path, path: Path, seed: int) -> bool:
    """Return whether the damaged file was still read; every fault must have its place."""
    target = folder / path.name
    target.write_text(_damaged(random.Random(seed), _text(path)), encoding="utf-8")
    try:
        if path.name == "wizard.yml":
            wizard = load_wizard(target)
            assert all(finding.line for finding in audit_wizard(wizard, [wizard]))
        else:
            roadmap = load_roadmap(target)
            assert len(stage_costs(roadmap)) == len(roadmap.stages)
            assert all(finding.line for finding in audit_roadmap(roadmap, [roadmap]))
    except InputError as error:
        nowhere = [str(problem) for problem in error.problems if not problem.line]
    else:
        return True
    assert nowhere == []
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_damaged_real_files(tmp_path: Path, path: Path) -> None:
    read = [_survives(tmp_path, path, seed) for seed in range(25)]

    assert not all(read), "the damage must be noticed at least once"


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_damaged_real_files_in_numbers(tmp_path: Path, path: Path) -> None:
    read = [_survives(tmp_path, path, seed) for seed in range(1000, 3000)]

    assert any(read)
    assert not all(read)
