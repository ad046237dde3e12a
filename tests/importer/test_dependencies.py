"""What a document says to wait for what arrives as a dependency, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown


def draft(text: str) -> dict[str, Any]:
    read = yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)
    assert isinstance(read, dict)
    return read


def waits(text: str) -> dict[str, list[str]]:
    """What each stage or item of a draft waits for, by their names."""
    read = draft(text)
    stages = [stage for key in ("stages", "phases", "priorities") for stage in read.get(key, ())]
    parts = [*stages, *(item for stage in stages for item in stage.get("items", ()))]
    names = {part["id"]: part["name"] for part in parts}
    return {
        part["name"]: [names[one] for one in part["depends_on"]]
        for part in parts
        if "depends_on" in part
    }


def phases(*said: str, word: str = "Phase") -> str:
    names = ("Fence", "Gate", "Bell", "Roof")
    return "# Plan\n\n" + "\n\n".join(
        f"## {word} {number}: {name}\n{text}\n\n- Mend part {number}"
        for number, (name, text) in enumerate(zip(names, said, strict=False), 1)
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("*Depends on:* Phase 1", ["Fence"]),
        ("**Dependencies:** Phase 1 and 2", ["Fence", "Gate"]),
        ("**Blocked by**: Phases 1-2", ["Fence", "Gate"]),
        ("Depends on Phase 1.", ["Fence"]),
        ("Depends on Phase 1's posts and Phase 2 (needs the gate).", ["Fence", "Gate"]),
        ("**Effort: S.** Depends on Phase 2 — the gate carries it.", ["Gate"]),
        ("This phase depends on the wood. It depends on Phase 2.", ["Gate"]),
        ("**Prerequisites:** Gate, legal approval", ["Gate"]),
    ],
)
def test_a_stage_waits_for_what_it_names(said: str, expected: list[str]) -> None:
    assert waits(phases("", "", said)) == {"Bell": expected}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Phase", "**Abhängig von:** Phase 1"),
        ("Etappe", "Hängt von Etappe 1 ab."),
        ("Étape", "**Dépend de :** étape 1"),
        ("Fase", "Depende de la fase 1."),
        ("Fase", "**Dipendenze:** fase 1"),
        ("Этап", "Зависит от этапа 1."),
        ("Fase", "**Afhankelijk van:** fase 1"),
        ("阶段", "**依赖**：阶段 1"),
        ("阶段", "依赖阶段1。"),
    ],
)
def test_it_is_said_in_many_languages(word: str, said: str) -> None:
    assert waits(phases("", said, word=word)) == {"Gate": ["Fence"]}


@pytest.mark.parametrize(
    "said",
    [
        "**Depends on:** Phase 1 budget",
        "**Depends on:** AWS account, legal approval",
        "**Dependencies:** axios, react",
        "**Dependencies:** Phase 1 or Phase 4",
        "Depends on Phase 1 or the council.",
        "Depends on the load.",
        "**Depends on:** Phase 9",
        "Depends on nothing new.",
        "This phase no longer depends on Phase 1.",
        "Does not depend on Phase 1.",
        "Phase 1 must not be late.",
        "**Depends on:** Phase 3",
        "**Dependencies:** None",
    ],
)
def test_what_is_not_sure_stays_text(said: str) -> None:
    text = phases("", "", said, "")
    assert waits(text) == {}
    assert said.replace("*", "").partition(":")[2].strip(" .") in str(draft(text))


def test_the_author_s_words_stay_where_they_say_more() -> None:
    stage = draft(phases("", "**Depends on:** Phase 1, permit of the town"))["phases"][1]
    assert stage["facets"] == {"Depends on": ["Phase 1, permit of the town"]}
    assert stage["depends_on"] == ["fence"]
    stage = draft(phases("", "**Depends on:** Phase 1"))["phases"][1]
    assert "facets" not in stage


def test_a_circle_stays_text() -> None:
    text = phases("**Depends on:** Phase 2", "**Depends on:** Phase 1", "Depends on Phase 2.")
    assert waits(text) == {"Bell": ["Gate"]}
    assert draft(text)["phases"][0]["facets"] == {"Depends on": ["Phase 2"]}


def test_names_that_two_parts_have_tell_nothing() -> None:
    text = phases("- Paint\n", "- Paint\n", "**Depends on:** Paint")
    assert waits(text) == {}


TASKS = """# Plan

## Phase 2: Hides

| Task | Yard | Effort | {header} |
|---|---|---|---|
| Soak hides | North | 2h | {nothing} |
| Rinse hides | North | 1h | Soak hides |
| Dry hides | South | 1h | Rinse hides, a dry week |
"""


@pytest.mark.parametrize(
    ("header", "nothing"),
    [
        ("Dependency", "None"),
        ("Depends on", "—"),
        ("Blocked by", "n/a"),
        ("Voraussetzung", "keine"),
        ("Dépendances", "Aucune"),
        ("Dependencias", "ninguna"),
        ("Зависимости", "нет"),
    ],
)
def test_a_column_says_what_tasks_wait_for(header: str, nothing: str) -> None:
    text = TASKS.format(header=header, nothing=nothing)
    assert waits(text) == {"Rinse hides": ["Soak hides"], "Dry hides": ["Rinse hides"]}
    assert not import_markdown(text.encode(), "plan.md").unread
    read = draft(text)
    assert "facets" not in read["phases"][0]["items"][0]
    assert read["phases"][0]["items"][2]["facets"] == {header: ["Rinse hides, a dry week"]}


def test_a_column_of_stages_may_shorten_names_that_it_also_writes_out() -> None:
    rows = """| # | Phase | Effort | Dependencies |
|---|---|---|---|
| 1 | Schema update | 1 day | None |
| 2 | Stripe migration | 1 day | {first} |
| 3 | Convex functions | 1 day | Schema |
| 4 | Dashboard | 2 days | Convex, Stripe |
"""
    assert waits("# Plan\n\n" + rows.format(first="Schema update")) == {
        "Stripe migration": ["Schema update"],
        "Convex functions": ["Schema update"],
        "Dashboard": ["Convex functions", "Stripe migration"],
    }
    assert waits("# Plan\n\n" + rows.format(first="Wood")) == {}


def test_numbers_of_a_column_are_those_of_its_table() -> None:
    text = """# Plan

| # | Phase | Effort | Depends on |
|---|---|---|---|
| 1 | Foundation | 1 day | - |
| 2 | Frames | 1 day | 1 |
| 3 | Roof | 2 days | #1, #2 |
"""
    assert waits(text) == {"Frames": ["Foundation"], "Roof": ["Foundation", "Frames"]}


def test_a_list_says_which_stage_waits_for_which() -> None:
    text = (
        phases("", "", "", "")
        + """

## Phase Dependencies

- **Fence (Phase 1)**: No dependencies — can start immediately
- **Gate (Phase 2)**: Depends on Phase 1 (posts stand) — BLOCKS all others
- **Bell (Phase 3)**: Depends on Phase 1 and Phase 2
- **Roof (Phase 4)**: Depends on all other phases
- Nothing depends on Phase 4.
"""
    )
    assert waits(text) == {"Gate": ["Fence"], "Bell": ["Fence", "Gate"]}
    assert "BLOCKS all others" in str(draft(text))


def test_an_item_s_own_words_name_another_item() -> None:
    text = "# Plan\n\n## Phase 1: Yard\n\n- T1: Set posts\n- Hang gate (depends on T1)\n"
    assert waits(text + "\n## Phase 2: Paint\n\n- Buy paint\n") == {
        "Hang gate (depends on T1)": ["T1: Set posts"]
    }


def test_order_alone_is_no_dependency() -> None:
    assert waits(phases("Comes after Phase 1.", "Follows Phase 1.", "Then Phase 2 ends.")) == {}


def test_drafts_with_dependencies_can_be_audited() -> None:
    text = phases("**Depends on:** Phase 2", "**Depends on:** Phase 1", "Depends on Phase 1.")
    assert not [found for found in audit_markdown(text, "plan.md") if found.is_fault]


@pytest.mark.parametrize("last", ["20000000", "9" * 5000, "2.5"])
def test_a_range_that_no_plan_has_names_no_stage(last: str) -> None:
    text = f"# P\n\n## Phase 1: A\n\n- a\n\n## Phase 2: B\n\n**Depends on:** Phases 1-{last}\n"
    first, second = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["phases"]

    assert "depends_on" not in first
    assert "depends_on" not in second


def test_versions_of_any_length_are_read() -> None:
    number = "9" * 5000
    text = f"# P\n\n## v{number}\n\n- a\n\n## v1.{number}\n\n- b\n"

    assert number in import_markdown(text.encode(), "d.md").yaml


@pytest.mark.parametrize(
    ("header", "said", "ties"),
    [
        ("Depends on", ("-", "1", "1, 2"), [[], ["a"], ["a", "b"]]),
        ("Abhängigkeiten", ("keine", "Phase 1", "2"), [[], ["a"], ["b"]]),
        ("Dependencies", ("0", "1", "Phase 2"), [[], [], ["b"]]),
        ("Dependencies", ("0", "2", "3"), [[], [], []]),
    ],
)
def test_numbers_beside_a_zero_are_counts(
    header: str, said: tuple[str, str, str], ties: list[list[str]]
) -> None:
    rows = "".join(
        f"| {at} | {name} | Q{at} 2027 | {text} |\n"
        for at, (name, text) in enumerate(zip("ABC", said, strict=True), 1)
    )
    text = f"# P\n\n| Phase | Name | When | {header} |\n|---|---|---|---|\n{rows}"
    phases = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["phases"]

    assert [phase.get("depends_on", []) for phase in phases] == ties


@pytest.mark.parametrize(
    ("said", "ties"),
    [
        ("1", ["base"]),
        ("1, 2", ["base", "roof"]),
        ("1. Base, 2. Roof", ["base", "roof"]),
        ("2) Roof", ["roof"]),
        ("1. A permit 2. A loan", []),
        ("1) Strom, 2) Wasser", []),
    ],
)
def test_a_number_before_a_name_counts_it(said: str, ties: list[str]) -> None:
    heads = "# P\n\n## Phase 1: Base\n\n- a\n\n## Phase 2: Roof\n\n- b\n\n## Phase 3: Yard\n\n"
    draft = yaml.safe_load(import_markdown(f"{heads}**Depends on:** {said}\n".encode(), "d").yaml)

    assert draft["phases"][2].get("depends_on", []) == ties


def test_what_lies_in_a_stage_is_nothing_that_the_stage_waits_for() -> None:
    assert waits(phases("**Depends on:** Mend part 1")) == {}
    assert waits(phases("", "**Depends on:** Mend part 1")) == {"Gate": ["Mend part 1"]}


def test_one_word_among_others_may_be_that_of_a_library() -> None:
    assert waits(phases("- Paint\n", "**Requires:** Paint, legal approval")) == {}
    assert waits(phases("- Paint\n", "**Requires:** Paint")) == {"Gate": ["Paint"]}
