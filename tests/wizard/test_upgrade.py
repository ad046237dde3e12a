"""``upgrade`` rewrites wizards of version 1: they ask the same, and comments stay."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from statusgen.base.errors import InputError, Problem
from statusgen.setup.wizard_upgrade import old_wizards, rewritten
from statusgen.wizard.loader import load_asked
from statusgen.wizard.machine import state_of
from tests.cli.harness import statusgen
from tests.conftest import ROOT
from tests.wizard.test_answers import random_answers
from tests.wizard.test_loading import mutated

OLD = ROOT / "tests/fixtures/site/data/wizard.yml"
SMALL = """\
# Ours since 2024.
schema: 'statusgen/wizard@1'  # old
name: Small
questions:
- id: scale
  number: 1   # the first
  name: Scale
  ask: Which?
  recommend:
    - {if: {people: "<= 5", visits: "< 1K"}, then: small}   # few
    - {then: large}
  options:
    - id: small
      name: Small
      # who it is for
      team: "<= 5"  # people
      note: for few
      traffic: "< 1K"  # a day
    - {id: large, name: Large, traffic: ">= 1K", team: "> 5", note: for many}
- {id: database, number: 2, name: Database, options: [{id: a, name: A}, {id: b, name: B}]}
trees: [{id: t, name: T, question: database, steps: [{ask: Is it?, then: a}], else: b}]
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "data/wizards").mkdir(parents=True)
    (tmp_path / "data/wizard.yml").write_bytes(text.encode())
    return tmp_path


@pytest.mark.parametrize("text", [OLD.read_text("utf-8"), SMALL, SMALL.replace("\n", "\r\n")])
def test_it_asks_the_same(tmp_path: Path, text: str) -> None:
    root = folder(tmp_path, text)
    before = load_asked(root / "data/wizard.yml").program

    done = rewritten(root, Path("data/wizard.yml"))

    (root / "data/wizard.yml").write_bytes(done.after.encode())
    after = load_asked(root / "data/wizard.yml")
    assert after.wizard.format == "statusgen/wizard@2"
    assert after.program == before
    for seed in range(8):
        answers = random_answers(random.Random(seed), before)
        assert state_of(after.program, answers) == state_of(before, answers)
    kinds = {one.id: one.kind for one in after.wizard.questions}
    assert {"team", "traffic"} & set(kinds) or {"people", "visits"} <= set(kinds)
    assert not any(option.team for q in after.wizard.questions for _, option in q.choices())
    assert all(question.number is None for question in after.wizard.questions[:1])
    assert done.lost == ()
    assert old_wizards(root) == []


def test_every_comment_and_every_other_line_stays(tmp_path: Path) -> None:
    after = rewritten(folder(tmp_path, SMALL), Path("data/wizard.yml")).after

    assert after.startswith("# Ours since 2024.\nschema: statusgen/wizard@2  # old\n")
    assert '  - {id: "scale", number: 1, name: "Scale"}\n' in after
    assert "- id: scale\n  # the first\n  name: Scale\n" in after
    assert '      # who it is for\n      fits:\n        team: "<= 5"  # people\n' in after
    assert '        traffic: "< 1K"  # a day\n      note: for few\n' in after
    assert (
        '{id: large, name: Large, fits: {team: "> 5", traffic: ">= 1K"}, note: for many}' in after
    )
    assert "{id: database, name: Database, options:" in after
    assert SMALL.partition("trees:")[2] == after.partition("trees:")[2]


def test_a_comment_within_what_is_rewritten_is_told(tmp_path: Path) -> None:
    text = SMALL.replace('traffic: ">= 1K", team', 'traffic: ">= 1K",  # lots\n      team')

    done = rewritten(folder(tmp_path, text), Path("data/wizard.yml"))

    assert done.lost == ("lots",) or "# lots" in done.after


def test_the_command_shows_checks_and_writes(tmp_path: Path) -> None:
    root = folder(tmp_path, SMALL)
    (root / "data/wizards/other.yml").write_text("schema: statusgen/wizard@1\nname: [\n")
    (root / "data/wizards/new.yml").write_text(SMALL.replace("wizard@1", "wizard@2"))

    shown = statusgen(root, "upgrade")
    checked = statusgen(root, "upgrade", "--check")
    as_json = statusgen(root, "upgrade", "--json")
    written = statusgen(root, "upgrade", "--apply")
    again = statusgen(root, "upgrade", "--check")

    assert shown.code == 0
    assert "+schema: statusgen/wizard@2  # old" in shown.out
    assert "statusgen upgrade --apply" in shown.out
    assert "data/wizards/other.yml  stays of version 1:\n" in shown.err
    assert "other.yml:2:" in shown.err
    assert checked.code == 1
    assert "+schema" not in checked.out
    assert as_json.json["files"][0]["state"] == "rewrite"
    assert not as_json.json["ok"]
    assert written.code == 0, written.err
    assert "rewritten as statusgen/wizard@2" in written.out
    assert load_asked(root / "data/wizard.yml").wizard.format == "statusgen/wizard@2"
    assert "data/wizard.yml" not in again.out


def test_a_damaged_file_is_rewritten_or_says_where(tmp_path: Path) -> None:
    root = folder(tmp_path, SMALL)
    for seed in range(60):
        text = mutated(SMALL, random.Random(seed))
        (root / "data/wizard.yml").write_bytes(text.encode())
        told: tuple[Problem, ...] = ()
        try:
            rewritten(root, Path("data/wizard.yml"))
        except InputError as error:
            told = error.problems
        assert all(one.file == "data/wizard.yml" for one in told), (seed, text)


def test_a_wizard_that_is_wrong_stays(tmp_path: Path) -> None:
    root = folder(tmp_path, SMALL.replace("then: small", "then: smal"))

    with pytest.raises(InputError, match="smal"):
        rewritten(root, Path("data/wizard.yml"))
