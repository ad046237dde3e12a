"""Why something is recommended, and what would have to be answered otherwise to change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from statusgen.wizard.condition import Condition, asked_of, leaves
from statusgen.wizard.exact import MICRO
from statusgen.wizard.machine import entry, recommended_to, state_of
from statusgen.wizard.program import Program


@dataclass(frozen=True, slots=True)
class Change:
    """Other answers, and what would be recommended with them."""

    answers: Mapping[str, Any]
    """Question → the other answer."""
    options: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What made a recommendation."""

    rule: str
    reason: str
    fired: tuple[str, ...]
    """The questions whose answers made the rule hold."""
    nearest: Change | None
    """The smallest change of one answer, else of two, that changes it; None where none does."""


def rule_of(program: Program, identifier: str) -> dict[str, Any] | None:
    """Return any rule of a program by its id."""
    rules = [rule for each in program["recommend"].values() for rule in each]
    rules += [*program["moves"], *program["forbid"], *program["warn"], *program["defaults"]]
    return next((rule for rule in rules if rule["id"] == identifier), None)


def why(program: Program, answers: Mapping[str, Any], question: str) -> Why | None:
    """Return why a question's options are recommended; None where nothing is."""
    state = state_of(program, answers)
    now = state["recommended"].get(question)
    if now is None:
        return None
    rule = rule_of(program, now["rule"])
    assert rule is not None
    known = state["known"]
    fired = [name for name in asked_of(rule["when"]) if name in known]
    for moved in now["moved"]:
        other = rule_of(program, moved)
        fired += asked_of(other["when"]) if other else []
    return Why(
        now["rule"], rule["why"], tuple(dict.fromkeys(fired)), _nearest(program, known, question)
    )


def _nearest(program: Program, known: Mapping[str, Any], question: str) -> Change | None:
    looked = _looked(program, question)
    order = [one["id"] for one in program["questions"]]
    names = sorted((name for name in looked if name in known), key=order.index)
    now = _said(program, known, question)
    single: list[tuple[int, int, dict[str, Any]]] = []
    for position, name in enumerate(names):
        for size, value in _others(program, name, known[name], looked[name]):
            if _said(program, {**known, name: value}, question) != now:
                single.append((size, position, {name: value}))
    if not single:
        single = list(_pairs(program, known, question, names, looked, now))
    if not single:
        return None
    best = min(single, key=lambda one: (one[0], one[1]))[2]
    options, words = _said(program, {**known, **best}, question)
    return Change(best, options, words)


def _pairs(
    program: Program,
    known: Mapping[str, Any],
    question: str,
    names: list[str],
    looked: Mapping[str, list[Condition]],
    now: tuple[tuple[str, ...], tuple[str, ...]],
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for position, (one, two) in enumerate(combinations(names, 2)):
        for first, a in _others(program, one, known[one], looked[one]):
            for second, b in _others(program, two, known[two], looked[two]):
                if _said(program, {**known, one: a, two: b}, question) != now:
                    yield first + second, position, {one: a, two: b}


def _said(
    program: Program, answers: Mapping[str, Any], question: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = recommended_to(program, answers, question)
    return (tuple(found["options"]), tuple(found["words"])) if found else ((), ())


def _looked(program: Program, question: str) -> dict[str, list[Condition]]:
    """Return what is looked at for a question's recommendation, by question."""
    rules = [
        *program["recommend"].get(question, ()),
        *(rule for rule in program["moves"] if rule["for"] == question),
        *(rule for rule in program["forbid"] if rule["for"] == question),
    ]
    found: dict[str, list[Condition]] = {}
    for rule in rules:
        for leaf in leaves(rule["when"]):
            found.setdefault(leaf[1], []).append(leaf)
    return found


def _others(
    program: Program, name: str, value: Any, looked: list[Condition]
) -> Iterator[tuple[int, Any]]:
    """Yield other answers to a question, each with how large the change is."""
    question = entry(program, name)
    if question["kind"] == "yes-no":
        yield 1, not value
    elif question["kind"] == "one":
        order = [one["id"] for one in question["options"]]
        for at, other in enumerate(order):
            if other != value:
                yield abs(at - order.index(value)), other
    elif question["kind"] == "several":
        for one in (option["id"] for option in question["options"]):
            changed = [x for x in value if x != one] if one in value else [*value, one]
            yield 1, changed
    elif question["kind"] == "number":
        found = {n for leaf in looked if leaf[0] == "cmp" for n in _beside(leaf)}
        inside = [n for n in found if question["least"] <= n <= question["most"] and n != value]
        for rank, other in enumerate(sorted(inside, key=lambda n: (abs(n - value), n)), 1):
            yield rank, other


def _beside(leaf: Condition) -> tuple[int, int]:
    """Return the numbers nearest to a limit, one on each side of it."""
    limit = leaf[3]
    return (limit - MICRO, limit) if leaf[2] in ("<", ">=") else (limit, limit + MICRO)
