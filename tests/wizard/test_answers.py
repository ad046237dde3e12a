"""Links, typed answers, and why something is recommended."""

from __future__ import annotations

import random
from typing import Any

import pytest

from statusgen.wizard.answers import accept, accepted, link_of, read_link, written
from statusgen.wizard.exact import MICRO, micro_of, money_range, plain, times
from statusgen.wizard.machine import entry, state_of
from statusgen.wizard.why import why
from tests.wizard.conftest import asked, project
from tests.wizard.test_loading import TEXT

PROGRAM = project().program


def random_answers(chance: random.Random, program: dict[str, Any]) -> dict[str, Any]:
    """Return some answers that a person could give."""
    made: dict[str, Any] = {}
    for question in program["questions"]:
        if chance.random() < 0.3:
            continue
        ids = [one["id"] for one in question["options"]]
        if question["kind"] == "one":
            made[question["id"]] = chance.choice(ids)
        elif question["kind"] == "several":
            made[question["id"]] = [one for one in ids if chance.random() < 0.3]
        elif question["kind"] == "yes-no":
            made[question["id"]] = chance.random() < 0.5
        elif question["kind"] == "number":
            top = chance.choice([10, 1_000, 100_000, 20_000_000]) * MICRO
            value = chance.randrange(top) // 250_000 * 250_000
            made[question["id"]] = min(max(value, question["least"]), question["most"])
        else:
            made[question["id"]] = "".join(chance.choice("abz09-") for _ in range(9))
    return made


def test_a_link_holds_any_answers_and_stays_short() -> None:
    for seed in range(100):
        answers = random_answers(random.Random(seed), PROGRAM)
        link = link_of(PROGRAM, answers)

        assert read_link(PROGRAM, f"https://status.example.com/wizard/#{link}") == (answers, [])


def test_a_link_with_an_answer_to_everything_is_short() -> None:
    longest = {
        question["id"]: max((one["id"] for one in question["options"]), key=len)
        for question in PROGRAM["questions"]
        if question["kind"] == "one"
    }
    every = [one["id"] for one in entry(PROGRAM, "features")["options"]]
    facts = {"name": "a-name-of-twenty-one", "team": 12 * MICRO, "traffic": 250_000 * MICRO}

    link = link_of(PROGRAM, {**longest, **facts, "features": every, "storage": ["s3", "supabase"]})

    assert len(link) < 500, link


@pytest.mark.parametrize(
    ("link", "answers", "keys"),
    [
        ("", {}, []),
        ("v=1&scale=small", {"scale": "small"}, []),
        ("v=1&scale=huge", {}, ["refused-option"]),
        ("v=1&sclae=small", {}, ["refused-question"]),
        ("v=2&scale=small", {"scale": "small"}, ["link-newer"]),
        ("v=1&team=-4", {}, ["refused-number"]),
        ("v=1&team=0", {}, ["refused-range"]),
        ("v=1&python-shop=perhaps", {}, ["refused-yes"]),
        ("v=1&features=stripe,nothing", {"features": ["stripe"]}, ["refused-option"]),
        ("v=1&features=-", {"features": []}, []),
        ("v=1&name=%3Cscript%3E", {}, ["refused-pattern"]),
        ("v=1&name=%", {}, ["refused-length"]),
        ("phase-scale", {}, ["link-none"]),
        ("v=1&" + "x" * 5_000, {}, ["link-long"]),
    ],
)
def test_a_wrong_link_is_explained(link: str, answers: dict[str, Any], keys: list[str]) -> None:
    found, told = read_link(PROGRAM, f"#{link}")

    assert found == answers
    assert [one.key.removeprefix("wizard.") for one in told] == keys


def test_ids_from_before_a_renaming_go_on_working() -> None:
    text = TEXT.replace("{id: a, name: A", "{id: a, was: [old-a], name: A")
    text = text.replace("rules:\n", "renamed: {base: db}\nrules:\n")
    program = asked(text).program

    assert read_link(program, "v=1&base=old-a") == ({"db": "a"}, [])


def test_answers_go_to_a_file_and_back() -> None:
    for seed in range(100):
        answers = random_answers(random.Random(seed), PROGRAM)

        assert accepted(PROGRAM, written(PROGRAM, answers)) == (answers, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("50,000", 50_000), ("1.5M", 1_500_000), ("10k", 10_000), ("0.25", 0.25)],
)
def test_numbers_as_people_type_them(text: str, value: float) -> None:
    assert micro_of(text) == int(value * MICRO)
    assert micro_of(plain(micro_of(text))) == micro_of(text)


def test_a_price_times_a_usage_is_exact() -> None:
    assert times(23_000, 50 * MICRO, MICRO) == 1_150_000
    assert times(100_000, 2_500 * MICRO, 1_000 * MICRO) == 250_000
    assert times(1, MICRO, 2 * MICRO) == 1  # half a millionth is rounded up
    assert money_range("$", 1_150_000, None) == "$1.15+"
    assert money_range("$", 0, 26 * MICRO) == "$0-26"


def test_typed_answers_may_be_names() -> None:
    assert accept(entry(PROGRAM, "backend"), "FastAPI") == "fastapi"
    assert accept(entry(PROGRAM, "features"), ["Stripe", "ci"]) == ["ci-cd-workflows", "stripe"]


FACTS = {"team": 5 * MICRO, "traffic": 90_000 * MICRO}


def test_why_names_the_answers_and_the_nearest_change() -> None:
    found = why(PROGRAM, FACTS, "scale")

    assert found is not None
    assert found.rule == "helper.scale.2"
    assert found.fired == ("team", "traffic")
    assert found.nearest is not None
    # six people, or 100,000 users a day, make it medium; so does one reason to go up
    assert len(found.nearest.answers) == 1
    assert found.nearest.options == ("medium",)
    changed = state_of(PROGRAM, {**FACTS, **found.nearest.answers})
    assert tuple(changed["recommended"]["scale"]["options"]) == found.nearest.options


def test_why_of_a_default_is_the_scale() -> None:
    found = why(PROGRAM, {"scale": "medium", "backend": "fastapi"}, "jobs")

    assert found is not None
    assert found.rule == "defaults.jobs.medium"
    assert found.nearest is not None
    assert list(found.nearest.answers) in (["scale"], ["backend"])


def test_why_of_what_nothing_recommends_is_nothing() -> None:
    assert why(PROGRAM, {}, "email") is None


def test_any_nearest_change_does_change_what_is_recommended() -> None:
    for seed in range(8):
        answers = random_answers(random.Random(seed), PROGRAM)
        state = state_of(PROGRAM, answers)
        for name, now in state["recommended"].items():
            found = why(PROGRAM, answers, name)
            if found is not None and found.nearest is not None:
                other = state_of(PROGRAM, {**state["known"], **found.nearest.answers})
                then = other["recommended"].get(name, {"options": [], "words": []})
                assert (then["options"], then["words"]) != (now["options"], now["words"])
