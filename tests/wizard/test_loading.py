"""A wizard's file: what is wrong with it is told with its place, before anybody is asked."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamltree import load
from statusgen.wizard.loader import asked_of_document, load_asked
from statusgen.wizard.machine import state_of
from tests.conftest import ROOT
from tests.wizard.conftest import GUIDE, asked, written

TEXT = """\
schema: statusgen/wizard@2
name: Small
questions:
  - {id: size, name: Size, kind: number, fact: true, max: 100}
  - {id: fast, name: Fast, kind: yes-no, when: {size: "> 5"}}
  - id: db
    name: Database
    options:
      - {id: a, name: A, price: $5/month}
      - {id: b, name: B, price: $7/month, requires: {fast: [b]}}
  - id: more
    name: More
    kind: several
    options: [{id: x, name: X}, {id: y, name: Y}]
rules:
  - {id: big, when: {size: "> 10"}, recommend: {db: b}, reason: It is big.}
  - {id: no-y, when: {db: a}, forbid: {more: y}, reason: A has no Y.}
  - {id: both, when: {db: b, more: [x, y]}, warn: "Mind the bill."}
  - {id: slug, derive: slug, when: {has: size}, value: "s-{other}"}
  - {id: other, derive: other, value: "o"}
""".replace(", requires: {fast: [b]}", "")


def problem_of(text: str) -> str:
    with pytest.raises(InputError) as wrong:
        asked(text)
    return "\n".join(str(problem) for problem in wrong.value.problems)


def test_a_sound_file_is_asked() -> None:
    state = state_of(asked(TEXT).program, {"size": 11_000_000, "db": "a", "more": ["y"]})

    assert state["visible"] == ["size", "fast", "db", "more"]
    assert state["recommended"]["db"]["options"] == ["b"]
    assert state["conflicts"] == [{"question": "more", "option": "y", "rule": "no-y"}]
    assert state["derived"] == {"slug": "s-o", "other": "o"}
    assert state["cost"]["low"] == state["cost"]["high"] == 5_000_000


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("recommend: {db: b}", "recommend: {db: c}", "16:.*there is no option 'c'"),
        ("recommend: {db: b}", "recommend: {dv: b}", "16:.*there is no question 'dv'"),
        ('when: {size: "> 10"}', 'when: {sise: "> 10"}', "16:.*did you mean 'size'"),
        ('when: {size: "> 10"}', "when: {more: x}", "16:.*looks at 'more', which is asked later"),
        ('when: {size: "> 10"}', 'when: {size: "ten"}', "16:.*no figure"),
        ('when: {size: "> 10"}', 'when: {size: "10"}', "16:.*compares nothing"),
        ('when: {size: "> 10"}', "when: {fast: maybe}", "16:.*no yes or no"),
        ('when: {size: "> 10"}', "when: {and: 3}", "16:.*`and` needs a list"),
        ('when: {size: "> 10"}', "when: [1]", "16:.*is no condition"),
        ('when: {size: "> 5"}', "when: {fast: true}", "5:.*looks at itself"),
        ('when: {size: "> 5"}', 'when: {size: "> 500"}', "5:.*is never asked"),
        ("when: {db: a}, forbid", "forbid", "14:.*nobody can reach 'Y'"),
        ('value: "o"', 'value: "{slug}"', "is made of itself"),
        ('value: "o"', 'value: "{slog}"', "no answer or value 'slog'"),
        ('value: "o"', 'value: "{size|loud}"', "no filter 'loud'"),
        ('warn: "Mind the bill."', "reason: x", "18:.*says not one thing"),
        ("{id: other, derive", "{id: big, derive", "the id 'big' stands already in line 16"),
        ("kind: several", "kind: sevral", "sevral"),
    ],
)
def test_a_fault_is_told_with_its_line(right: str, wrong: str, told: str) -> None:
    assert right in TEXT

    assert re.search(told, problem_of(TEXT.replace(right, wrong, 1)), re.I)


def test_an_option_that_needs_one_that_nobody_can_reach_is_found_too() -> None:
    text = TEXT.replace("when: {db: a}, forbid", "forbid").replace(
        "rules:\n",
        "  - {id: last, name: Last, options: [{id: l, name: L, requires: {more: [y]}},"
        " {id: m, name: M}]}\nrules:\n",
    )

    found = problem_of(text)

    assert "nobody can reach 'Y'" in found
    assert "nobody can reach 'L'" in found


def test_phases_are_in_order() -> None:
    text = TEXT.replace(
        "questions:",
        "phases: [{id: p, number: 1, name: P}, {id: q, number: 2, name: Q}]\nquestions:",
    )
    for name, phase in (("size", "p"), ("fast", "q"), ("db", "p"), ("more", "z")):
        text = text.replace(f"id: {name}\n", f"id: {name}\n    phase: {phase}\n")
        text = text.replace(f"id: {name},", f"id: {name}, phase: {phase},")

    found = problem_of(text)

    assert "comes back to the phase 'p' after a later one" in found
    assert "there is no phase 'z'" in found


def test_version_1_can_be_asked() -> None:
    program = load_asked(ROOT / "tests/fixtures/site/data/wizard.yml").program
    one, thousands = 1_000_000, 5_000_000_000

    state = state_of(program, {"team": one, "traffic": thousands, "database": "postgresql"})

    assert len(program["phases"]) == 13
    assert state["recommended"]["scale"]["options"] == ["micro"]
    assert "database-extras-1" in state["visible"]
    named = state_of(program, {"name": "my-saas-app"})["derived"]
    assert list(named.values()) == ["my-saas-app", "my_saas_app", "my-saas-app", "my-saas-app",
                                    "mysaasapp"]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        kind = chance.randrange(5)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2 and lines[at]:
            position = chance.randrange(len(lines[at]))
            letter = chance.choice("{}[]:,\"'-| \tz9%&*<")
            lines[at] = lines[at][:position] + letter + lines[at][position + 1 :]
        elif kind == 3:
            words = lines[at].split(" ")
            words[chance.randrange(len(words))] = chance.choice(
                ["true", "null", "-1", "name", "scale", "{}", "[]", "9" * 40, "not", "features"]
            )
            lines[at] = " ".join(words)
        else:
            lines[at] = lines[at] + lines[chance.randrange(len(lines))].strip()
    return "\n".join(lines)


def fuzz(seeds: range) -> None:
    whole = GUIDE.read_text("utf-8")
    for seed in seeds:
        chance = random.Random(seed)
        text = mutated(TEXT if seed % 20 else whole, chance)
        told: tuple[Problem, ...] = ()
        try:
            found = asked_of_document(load(text, "w.yml"), "w")
        except InputError as error:
            told = error.problems
        else:
            state_of(found.program, {})
        assert all(one.file == "w.yml" and one.line > 0 for one in told), (seed, text)


def test_a_damaged_file_loads_or_says_where() -> None:
    fuzz(range(200))


@pytest.mark.long
def test_ten_thousand_damaged_files_load_or_say_where() -> None:
    fuzz(range(1_000, 11_000))


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    assert load_asked(written(tmp_path, TEXT)).program["id"] == "wizard"


def test_the_guide_s_example_can_be_asked() -> None:
    text = (ROOT / "content/guide/wizard.md").read_text("utf-8")
    program = asked(text.partition("```yaml\n")[2].partition("```")[0]).program

    state = state_of(program, {"people": 9_000_000, "database": "one-file", "name": "a b"})

    assert state["recommended"]["database"]["options"] == ["server"]
    assert state["blocked"]["extras"] == {"replica": "extras.replica.requires.database"}
    assert state["warnings"] == ["no-backup"]
    assert state["derived"] == {"slug": "a b"}
