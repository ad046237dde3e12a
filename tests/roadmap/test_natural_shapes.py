"""Shapes in which people write bars of a timeline and how far work is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.roadmap.model import Status
from statusgen.roadmap.moments import standing, state_of
from tests.roadmap.test_moments import plan

TIMELINE = """timelines:
- name: When
  entries:
  - {entry}
stages:
- {{name: S, items: [{{name: Gateway}}]}}
"""


@pytest.mark.parametrize(
    "entry",
    [
        "{name: Tidy, start: 2026-09-07, end: 2026-10-09, item: gateway}",
        "{name: Tidy, start: 7 September 2026, end: 9 October 2026, item: [gateway]}",
        "{name: Tidy, when: 2026-09-07..2026-10-09, item: gateway}",
        "{name: Tidy, when: 2026-09-07 to 2026-10-09, steps: [{text: Tidy, item: gateway}]}",
    ],
)
def test_a_bar_may_be_written_by_its_ends_and_its_item(tmp_path: Path, entry: str) -> None:
    (bar,) = plan(tmp_path, TIMELINE.format(entry=entry)).timelines[0].entries
    assert (bar.when.start, bar.when.end) == (date(2026, 9, 7), date(2026, 10, 9))
    assert [(step.text, step.item) for step in bar.steps] == [("Tidy", ("gateway",))]


def test_a_bar_may_have_a_name_alone_and_who_sees_to_it(tmp_path: Path) -> None:
    entry = "{name: Switch, when: 2027-03-08, owner: Ines}"
    (bar,) = plan(tmp_path, TIMELINE.format(entry=entry)).timelines[0].entries
    assert (bar.name, bar.owner, bar.steps) == ("Switch", "Ines", ())


@pytest.mark.parametrize(
    "entry",
    [
        "{name: Tidy, start: 2026-09-07}",  # an end, or that day alone: nobody knows
        "{name: Tidy, when: 2026-09-07, start: 2026-09-07, end: 2026-10-09}",
        "{name: Tidy, start: 2026-10-09, end: 2026-09-07}",
        "{name: Tidy, when: 2026-09-07, item: gatewy}",
    ],
)
def test_what_may_mean_two_things_is_refused_with_its_place(tmp_path: Path, entry: str) -> None:
    with pytest.raises(InputError) as refused:
        plan(tmp_path, TIMELINE.format(entry=entry))
    assert all(problem.line == 5 for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("progress: 60%", Status.CURRENT),
        ("progress: 2/5", Status.CURRENT),
        ("progress: 100", Status.DONE),
        ("progress: 0%", Status.PLANNED),
        ("progress: 60%, status: planned", Status.PLANNED),
        ("status: done", Status.DONE),
    ],
)
def test_progress_tells_how_far_work_is_unless_its_author_does(
    tmp_path: Path, written: str, state: Status
) -> None:
    item = plan(tmp_path, f"stages: [{{name: S, items: [{{name: A, {written}}}]}}]").stages[0]
    assert item.items[0].status is state


@pytest.mark.parametrize(
    ("stage", "states", "told"),
    [
        ("", ("planned", "planned"), Status.PLANNED),
        ("", ("done", "planned"), Status.CURRENT),
        ("", ("current", "planned"), Status.CURRENT),
        ("", ("done", "dropped"), Status.DONE),
        ("", ("dropped", "dropped"), Status.PLANNED),
        ("status: planned, ", ("current", "planned"), Status.PLANNED),
    ],
)
def test_a_stage_is_as_far_as_its_items_unless_its_author_says_so(
    tmp_path: Path, stage: str, states: tuple[str, str], told: Status
) -> None:
    items = ", ".join(f"{{name: I{at}, status: {state}}}" for at, state in enumerate(states))
    read = plan(tmp_path, f"stages: [{{name: S, {stage}items: [{items}]}}]")
    assert state_of(read, read.stages[0]) is told
    assert standing(read).begun is bool({"done", "current"} & set(states))


@pytest.mark.parametrize(
    ("boxes", "told"),
    [("x ", Status.CURRENT), ("xx", Status.DONE), ("  ", Status.PLANNED)],
)
def test_boxes_of_a_stage_tell_how_far_it_is(tmp_path: Path, boxes: str, told: Status) -> None:
    points = ", ".join(f'"[{mark}] Point {at}"' for at, mark in enumerate(boxes))
    group = f"{{name: G, stage: s, points: [{points}]}}"
    text = f"stages: [{{name: S}}, {{name: T}}]\nchecklists: [{{name: C, groups: [{group}]}}]\n"
    read = plan(tmp_path, text)
    assert [state_of(read, one) for one in read.stages] == [told, Status.PLANNED]


@pytest.mark.parametrize(
    ("first", "chosen"),
    [
        ("{name: Tiny Cat, price: £5/month}", ", chosen: tiny-cat"),
        ("{name: Tiny Cat, price: £5/month}", ", chosen: Tiny Cat"),
        ("{name: Tiny Cat, price: £5/month}", ", chosen: {option: TINY CAT, reason: cheap}"),
        ("{name: Tiny Cat, price: £5/month, chosen: true}", ""),
    ],
)
def test_an_option_is_chosen_by_id_or_name_or_where_it_stands(
    tmp_path: Path, first: str, chosen: str
) -> None:
    text = f"choices: [{{name: Which?, options: [{first}, Paper]{chosen}}}]"
    (choice,) = plan(tmp_path, text).choices
    assert choice.chosen
    assert choice.chosen.option == "tiny-cat"


@pytest.mark.parametrize(
    "options",
    [
        "[{name: A, chosen: true}, {name: B, chosen: true}]",  # which?
        "[{id: a, name: Same}, {id: b, name: Same}], chosen: Same",
        "[A, B], chosen: C",
    ],
)
def test_a_choice_that_is_not_clear_is_refused(tmp_path: Path, options: str) -> None:
    with pytest.raises(InputError):
        plan(tmp_path, f"choices: [{{name: Which?, options: {options}}}]")
