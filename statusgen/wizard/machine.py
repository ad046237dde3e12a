"""The state machine: answers in; what is asked, recommended, forbidden, what it costs out. Pure.

It looks at nothing but the program, which is plain data: whoever reads JSON can do the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from statusgen.wizard.billing import chosen, cost, counted
from statusgen.wizard.condition import Answers, holds
from statusgen.wizard.program import Program

State = dict[str, Any]


def state_of(program: Program, answers: Mapping[str, Any]) -> State:
    """Return everything that follows from answers.

    ``visible``: the questions that are asked, in order; ``known``: the answers that count;
    ``open``: what is still to be answered; ``recommended``, ``defaults`` and ``blocked`` by
    question; ``conflicts``, ``warnings``: what does not fit; ``derived``; ``counts``: what is
    counted for prices; ``cost`` a month.
    """
    known: dict[str, Any] = {}
    visible: list[str] = []
    blocked: dict[str, dict[str, str]] = {}
    recommended: dict[str, dict[str, Any]] = {}
    for question in program["questions"]:
        name = question["id"]
        if not holds(question["when"], known):
            continue
        visible.append(name)
        no = _forbidden(program, name, known)
        if no:
            blocked[name] = no
        best = _recommended(program, question, known, no)
        if best:
            recommended[name] = best
        if name in answers:
            known[name] = answers[name]
    # What an option is forbidden by may have been answered behind it.
    blocked = {name: no for name in visible if (no := _forbidden(program, name, known))}
    return {
        "visible": visible,
        "known": known,
        "open": [name for name in visible if name not in known and not _optional(program, name)],
        "recommended": recommended,
        "defaults": _defaults(program, known, visible),
        "blocked": blocked,
        "conflicts": _conflicts(known, blocked),
        "warnings": [rule["id"] for rule in program["warn"] if holds(rule["when"], known)],
        "derived": derived(program, known),
        "counts": counted(program, known),
        "cost": cost(program, known),
    }


def recommended_to(program: Program, answers: Mapping[str, Any], name: str) -> State | None:
    """Return what is recommended for one question; None where nothing is, or it is not asked."""
    known: dict[str, Any] = {}
    for question in program["questions"]:
        if holds(question["when"], known):
            if question["id"] == name:
                return _recommended(program, question, known, _forbidden(program, name, known))
            if question["id"] in answers:
                known[question["id"]] = answers[question["id"]]
    return None


def _optional(program: Program, name: str) -> bool:
    return bool(entry(program, name)["optional"])


def entry(program: Program, name: str) -> dict[str, Any]:
    """Return a question of a program."""
    found: dict[str, Any] = next(one for one in program["questions"] if one["id"] == name)
    return found


def option(question: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """Return an option of a question."""
    found: dict[str, Any] = next(one for one in question["options"] if one["id"] == identifier)
    return found


def _forbidden(program: Program, name: str, known: Answers) -> dict[str, str]:
    """Return the options that cannot be taken, each with the first rule that says so."""
    found: dict[str, str] = {}
    for rule in program["forbid"]:
        if rule["for"] == name and holds(rule["when"], known):
            for one in rule["options"]:
                found.setdefault(one, rule["id"])
    return found


def _recommended(
    program: Program, question: Mapping[str, Any], known: Answers, no: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return the first rule that holds and still has an option, or something to say."""
    for rule in program["recommend"].get(question["id"], ()):
        if not holds(rule["when"], known):
            continue
        options = list(rule["options"])
        moved: list[str] = []
        if rule.get("movable"):
            options, moved = _moved(program, question, options, known)
        options = [one for one in options if one not in no]
        words, need = rule.get("words", []), rule.get("need", "")
        if options or words or need:
            return {
                "rule": rule["id"],
                "options": options,
                "words": words,
                "need": need,
                "moved": moved,
            }
    return None


def _moved(
    program: Program, question: Mapping[str, Any], options: list[str], known: Answers
) -> tuple[list[str], list[str]]:
    """Go up and down from a recommendation: the largest step up and the largest down count."""
    rules = [
        rule
        for rule in program["moves"]
        if rule["for"] == question["id"] and holds(rule["when"], known)
    ]
    by = max([0, *(rule["by"] for rule in rules)]) + min([0, *(rule["by"] for rule in rules)])
    order = [one["id"] for one in question["options"]]
    at = order.index(options[0])
    end = min(max(at + by, 0), len(order) - 1)
    return [order[end]], [rule["id"] for rule in rules]


def _defaults(program: Program, known: Answers, visible: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in visible:
        own = entry(program, name)["default"]
        rules = (one for one in program["defaults"] if one["for"] == name)
        rule = next((one for one in rules if holds(one["when"], known)), None)
        preset = rule["options"] if rule else own
        if preset:
            found[name] = list(preset)
    return found


def _conflicts(known: Answers, blocked: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    return [
        {"question": name, "option": one, "rule": blocked[name][one]}
        for name, value in known.items()
        for one in chosen(value)
        if one in blocked.get(name, {})
    ]


def derived(program: Program, known: Answers) -> dict[str, str]:
    """Return the derived values whose parts are all there."""
    made: dict[str, str] = {}
    waiting = list(program["derive"])
    while waiting:  # a value may be made of another that stands below it
        ready = []
        for rule in waiting:
            if rule["id"] in made or not holds(rule["when"], known):
                continue
            text = _filled(rule["value"], known, made)
            if text is not None:
                made[rule["id"]] = text
                ready.append(rule)
        if not ready:
            break
        waiting = [rule for rule in waiting if rule["id"] not in made]
    return {rule["id"]: made[rule["id"]] for rule in program["derive"] if rule["id"] in made}


def _filled(parts: list[Any], known: Answers, made: Mapping[str, str]) -> str | None:
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        value = made.get(part[0], known.get(part[0]))
        if not isinstance(value, str):
            return None
        text += filtered(value, part[1])
    return text


def filtered(text: str, name: str) -> str:
    """Change a text as a filter says."""
    if name == "snake":
        return text.replace("-", "_")
    if name == "joined":
        return text.replace("-", "")
    return text.replace("-", "_").upper() if name == "upper" else text
