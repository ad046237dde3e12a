"""What is wrong with a wizard, told before anybody is asked.

A condition on a later question, a value that needs itself, an option that nobody can reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from statusgen.base.errors import Problem
from statusgen.base.yamltree import Document
from statusgen.roadmap.model import Path
from statusgen.wizard.condition import ALWAYS, Condition, asked_of, holds, leaves
from statusgen.wizard.exact import MICRO
from statusgen.wizard.program import Draft
from statusgen.wizard.rules import FILTERS

_MOST = 20_000
"""So many sets of answers are tried before an option is believed to be reachable."""


def faults(draft: Draft, document: Document) -> Iterator[Problem]:
    """Yield every fault of a program, each where it stands."""
    for wrong in draft.reader.wrong:
        yield document.problem(wrong.path, wrong.message, wrong.fix)
    yield from _phases(draft, document)
    yield from _later(draft, document)
    yield from _unknown(draft, document)
    yield from _circles(draft, document)
    if not draft.reader.wrong:
        yield from _unreachable(draft, document)


def _phases(draft: Draft, document: Document) -> Iterator[Problem]:
    order = [one["id"] for one in draft.program["phases"]]
    at = 0
    for number, question in enumerate(draft.wizard.questions):
        phase = question.phase or question.id
        path: Path = ("questions", number, "phase" if question.phase else "id")
        if phase not in order:
            known = ", ".join(order)
            yield document.problem(path, f"there is no phase {phase!r}", f"known here: {known}")
        elif order.index(phase) < at:
            message = f"comes back to the phase {phase!r} after a later one"
            yield document.problem(path, message, "put the questions in the order of their phases")
        else:
            at = order.index(phase)


def _later(draft: Draft, document: Document) -> Iterator[Problem]:
    """A question, what it recommends and what it forbids may look back only."""
    order = [one["id"] for one in draft.questions]
    told: list[tuple[str, Condition, Any]] = [
        (one["id"], one["when"], (*draft.places[one["id"]], "when")) for one in draft.questions
    ]
    program = draft.program
    rules = [rule for rules in program["recommend"].values() for rule in rules]
    for rule in (*rules, *program["defaults"], *program["forbid"]):
        told.append((rule["for"], rule["when"], draft.places[f"rule {rule['id']}"]))
    for name, when, path in told:
        if name not in order:
            continue
        for other in asked_of(when):
            if other in order and order.index(other) >= order.index(name):
                what = "itself" if other == name else f"{other!r}, which is asked later"
                message = f"a condition of {name!r} looks at {what}"
                yield document.problem(path, message, "look at questions that come before it")


def _unknown(draft: Draft, document: Document) -> Iterator[Problem]:
    """What written rules name must be there."""
    questions = {one["id"]: one for one in draft.questions}
    for number, rule in enumerate(draft.wizard.rules):
        parts = (rule.recommend, rule.default, rule.forbid, rule.warn, rule.derive, rule.count)
        if sum(1 for one in parts if one) != 1:
            fix = "write one of recommend, default, forbid, warn, derive and count"
            yield document.problem(("rules", number), "says not one thing", fix)
        for kind in ("recommend", "default", "forbid"):
            for name, texts in getattr(rule, kind).items():
                path: Path = ("rules", number, kind, name)
                question = questions.get(name)
                if question is None:
                    known = ", ".join(questions)
                    yield document.problem(
                        path, f"there is no question {name!r}", f"known here: {known}"
                    )
                    continue
                known_options = [one["id"] for one in question["options"]]
                for text in texts:
                    if known_options and text not in known_options:
                        message = f"there is no option {text!r}"
                        fix = f"known here: {', '.join(known_options)}"
                        yield document.problem(path, message, fix)
    nodes = [*draft.wizard.architecture.nodes]
    for index, name in enumerate(nodes):
        if name not in questions:
            where: Path = ("architecture", "nodes", index)
            yield document.problem(where, f"there is no question {name!r}", "name a question")
    ends = [(one["from"], one["to"]) for one in draft.program["architecture"]["edges"]]
    for index, pair in enumerate(ends):
        for name in pair:
            if name not in nodes:
                place: Path = ("architecture", "edges", index)
                yield document.problem(place, f"there is no part {name!r}", "list it under nodes")


def _circles(draft: Draft, document: Document) -> Iterator[Problem]:
    made = {rule["id"]: rule for rule in draft.program["derive"]}
    questions = {one["id"] for one in draft.questions}
    for name, rule in made.items():
        path = draft.places[f"rule {name}"]
        for part in rule["value"]:
            if isinstance(part, str):
                continue
            if part[0] not in made and part[0] not in questions:
                message = f"there is no answer or value {part[0]!r}"
                yield document.problem(path, message, "name a question or another value")
            if part[1] and part[1] not in FILTERS:
                known = ", ".join(FILTERS)
                message = f"there is no filter {part[1]!r}"
                yield document.problem(path, message, f"known here: {known}")
        if _leads_back(name, made):
            yield document.problem(path, f"{name!r} is made of itself", "break the circle")


def _leads_back(name: str, made: Mapping[str, Any]) -> bool:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for part in made[waiting.pop()]["value"]:
            if isinstance(part, str) or part[0] not in made:
                continue
            if part[0] == name:
                return True
            if part[0] not in seen:
                seen.add(part[0])
                waiting.append(part[0])
    return False


def _unreachable(draft: Draft, document: Document) -> Iterator[Problem]:
    gone: set[tuple[str, str]] = set()
    for question in draft.questions:
        if not _possible(draft, question["when"], [], gone):
            path = (*draft.places[question["id"]], "when")
            message = f"{question['id']!r} is never asked: nothing makes its condition hold"
            yield document.problem(path, message, "mend the condition, or remove the question")
            continue
        for option in question["options"]:
            no = [
                rule["when"]
                for rule in draft.program["forbid"]
                if rule["for"] == question["id"] and option["id"] in rule["options"]
            ]
            if no and not _possible(draft, question["when"], no, gone):
                gone.add((question["id"], option["id"]))
                path = draft.places[f"{question['id']}/{option['id']}"]
                message = (
                    f"nobody can reach {option['name']!r}: it is forbidden whatever is answered"
                )
                yield document.problem(path, message, "mend the rules that forbid it")


def _possible(
    draft: Draft, when: Condition, no: list[Condition], gone: set[tuple[str, str]]
) -> bool:
    """Whether some answers make ``when`` hold and none of ``no``."""
    looked = [leaf for one in (when, *no) for leaf in leaves(one)]
    names = list(dict.fromkeys(leaf[1] for leaf in looked))
    domains = []
    count = 1
    for name in names:
        domain = _domain(draft, name, [leaf for leaf in looked if leaf[1] == name], gone)
        domains.append(domain)
        count *= len(domain)
    if count > _MOST:
        return True
    for values in product(*domains):
        answers = {n: v for n, v in zip(names, values, strict=True) if v is not None}
        if holds(when, answers) and not any(holds(one, answers) for one in no):
            return True
    return False


def _domain(
    draft: Draft, name: str, looked: list[Condition], gone: set[tuple[str, str]]
) -> list[Any]:
    """Return answers to a question that cover every case of what is looked at; None: none."""
    question = draft.question(name)
    if question is None:
        return [None]
    kind = question["kind"]
    free = question["optional"] or question["when"] != ALWAYS
    none: list[Any] = [None] if free else []  # else whoever gets so far has answered
    if kind == "yes-no":
        return [*none, True, False]
    if kind == "number":
        return [*none, *numbers(question, looked)]
    options = [one["id"] for one in question["options"] if (name, one["id"]) not in gone]
    if kind == "one":
        return [*none, *options]
    named = list(dict.fromkeys(one for leaf in looked if len(leaf) > 2 for one in leaf[2]))
    if kind == "text":
        return [*none, *named, "\0"]
    chosen = [one for one in named if one in options][:10]
    sets = [[one for one, is_in in zip(chosen, bits, strict=True) if is_in]
            for bits in product((False, True), repeat=len(chosen))]  # fmt: skip
    return [*none, *sets]


def numbers(question: Mapping[str, Any], looked: list[Condition]) -> list[int]:
    """Return numbers on, below and above each limit that is looked at."""
    found = {question["least"], question["most"]}
    for leaf in looked:
        if leaf[0] == "cmp":
            found |= {leaf[3] - MICRO, leaf[3], leaf[3] + MICRO}
    return sorted(n for n in found if question["least"] <= n <= question["most"])
