"""Decision records of what was chosen: MADR 4, one file a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.wizard.billing import chosen
from statusgen.wizard.blueprint import plan_id, question_name, said
from statusgen.wizard.condition import asked_of
from statusgen.wizard.machine import State, option
from statusgen.wizard.program import Entry, Program
from statusgen.wizard.why import rule_of

_SPECIAL = re.compile(r"([\\`*_\[\]{}#|])")


def record_files(program: Program, state: State, day: str, link: str, first: int) -> dict[str, str]:
    """Return the records by path, numbered from ``first``. ``day``: YYYY-MM-DD."""
    made: dict[str, str] = {}
    number = first
    for question in program["questions"]:
        name = question["id"]
        if question["fact"] or not question["options"] or name not in state["known"]:
            continue
        if not chosen(state["known"][name]):
            continue
        path = f"content/decisions/{number:04d}-{plan_id(program, state)}-{name}.md"
        made[path] = "\n".join(_lines(program, state, question, day, link)) + "\n"
        number += 1
    return made


def escaped(text: str) -> str:
    """Return text for Markdown: no mark-up, no HTML, one line."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\1", plain)


def _lines(program: Program, state: State, question: Entry, day: str, link: str) -> Iterator[str]:
    taken = [option(question, one) for one in chosen(state["known"][question["id"]])]
    names = ", ".join(escaped(one["name"]) for one in taken)
    yield from ("---", "status: accepted", f"date: {day}", "---", "")
    yield from (f"# {escaped(question['name'])}: {names}", "")
    yield from ("## Context and Problem Statement", "", escaped(question["ask"]), "")
    drivers = _drivers(program, state, question)
    if drivers:
        yield from ("## Decision Drivers", "", *drivers, "")
    yield from ("## Considered Options", "")
    yield from (f"* {escaped(one['name'])}" for one in question["options"])
    yield from ("", "## Decision Outcome", "")
    yield f'Chosen: "{names}", because {_because(program, state, question)}.'
    unfit = [*_unfit(program, state, question)]
    if unfit:
        yield from ("", "What does not fit:", "", *unfit)
    told = [line for one in taken for line in _points(one)]
    if told:
        yield from ("", "### Consequences", "", *told)
    others = [one for one in question["options"] if len(list(_points(one))) or "price" in one]
    if others:
        yield from ("", "## Pros and Cons of the Options")
    for one in others:
        yield from ("", f"### {escaped(one['name'])}", "")
        if "price" in one:
            yield from (f"Price: {escaped(one['price'])}", "")
        yield from _points(one)
    yield from ("", "## More Information", "")
    yield f"Answers: `{link}`"


def _points(one: Entry) -> Iterator[str]:
    yield from (f"* Good for: {escaped(text)}" for text in one.get("pros", ()))
    yield from (f"* Bad: {escaped(text)}" for text in one.get("cons", ()))


def _drivers(program: Program, state: State, question: Entry) -> list[str]:
    """Return the answers that made a recommendation."""
    now = state["recommended"].get(question["id"])
    rule = rule_of(program, now["rule"]) if now else None
    names = asked_of(rule["when"]) if rule else []
    return [
        f"* {escaped(question_name(program, name))}: "
        f"{escaped(said(program, name, state['known'][name]))}"
        for name in names
        if name in state["known"]
    ]


def _unfit(program: Program, state: State, question: Entry) -> Iterator[str]:
    """Yield what speaks against the chosen options, as the wizard said when they were taken."""
    for one in state["conflicts"]:
        if one["question"] != question["id"]:
            continue
        rule = rule_of(program, one["rule"])
        assert rule is not None
        name = escaped(option(question, one["option"])["name"])
        said = _FORBIDS.get(rule.get("kind", ""), "")
        said = f"{said} {' or '.join(rule['named'])}" if said else rule["why"] or one["rule"]
        yield f"* {name}: {escaped(said)}"


_FORBIDS = {"requires": "works only with", "conflicts": "does not work with"}


def _because(program: Program, state: State, question: Entry) -> str:
    now = state["recommended"].get(question["id"])
    taken = chosen(state["known"][question["id"]])
    good = now["options"] if now else []
    if not good:
        return "that was the answer; the wizard recommended nothing here"
    rule = rule_of(program, now["rule"]) if now else None
    why = escaped(rule["why"]) if rule and rule["why"] else ""
    if any(one in good for one in taken):
        return f"it is recommended ({why})" if why else "it is recommended"
    names = ", ".join(escaped(option(question, one)["name"]) for one in good)
    return f"it was taken over what is recommended ({names})"
