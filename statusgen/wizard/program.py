"""From a wizard's file to its program: plain data, the same for Python and for the browser.

What the file leaves to be understood is written out: questions of decision trees, of add-ons and of
reasons to go another way than recommended; numbers that a version 1 compares and never asks for.
``rules`` makes what follows from answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from statusgen.roadmap.model import Path, Question, Wizard, WizardOption
from statusgen.roadmap.model.wizard import QuestionKind
from statusgen.wizard.condition import ALWAYS, Known, Reader
from statusgen.wizard.exact import LARGEST, micro
from statusgen.wizard.pricing import cost_of
from statusgen.words.money import decimal as format_number
from statusgen.words.money import sign_of

SCHEMA = "statusgen/wizard-program@1"
Program = dict[str, Any]
Entry = dict[str, Any]


@dataclass
class Draft:
    """A program in the making, and where its parts stand in the file."""

    wizard: Wizard
    id: str
    program: Program = field(default_factory=dict)
    places: dict[str, Path] = field(default_factory=dict)
    """Question, ``question/option`` or rule → its path in the file."""
    conditions: list[tuple[str, Any, Path]] = field(default_factory=list)
    """Questions whose condition is still to be read."""
    reader: Reader = field(init=False)

    @property
    def questions(self) -> list[Entry]:
        """The questions, in the order in which they are asked."""
        return list(self.program["questions"])

    def question(self, identifier: str) -> Entry | None:
        """Return a question of the program, or None."""
        return next((one for one in self.questions if one["id"] == identifier), None)


def drafted(wizard: Wizard, identifier: str) -> Draft:
    """Return the program without its rules."""
    draft = Draft(wizard, identifier)
    currency = _currency(wizard)
    phases = [one.model_dump(include={"id", "number", "name"}) for one in wizard.phases] or [
        {"id": one.id, "number": one.number or n, "name": one.name}
        for n, one in enumerate(wizard.questions, 1)
    ]
    draft.program = {
        "schema": SCHEMA,
        "id": identifier,
        "name": wizard.name,
        "version": wizard.version,
        "summary": wizard.summary,
        "updated": wizard.updated.isoformat() if wizard.updated else "",
        "title": wizard.title or "{name}",
        "currency": currency,
        "sign": sign_of(currency),
        "scale": wizard.scale if wizard.question(wizard.scale) else "",
        "phases": phases,
        "questions": list(_questions(draft, currency)),
        "renamed": dict(wizard.renamed),
    }
    known = {
        one["id"]: Known(one["kind"], tuple(option["id"] for option in one["options"]))
        for one in draft.questions
    }
    draft.reader = Reader(known)
    for name, condition, path in draft.conditions:
        entry = draft.question(name)
        assert entry is not None
        entry["when"] = ["and", entry["when"], draft.reader.read(condition, path)]
        entry["when"] = _simple(entry["when"])
    return draft


def _simple(condition: list[Any]) -> list[Any]:
    parts = [one for one in condition[1:] if one != ALWAYS]
    return parts[0] if len(parts) == 1 else ["and", *parts]


def _currency(wizard: Wizard) -> str:
    found = [
        option.price.currency
        for question in wizard.questions
        for _, option in question.choices()
        if option.price and option.price.currency
    ]
    return max(dict.fromkeys(found), key=found.count, default="USD")


def _questions(draft: Draft, currency: str) -> Iterator[Entry]:
    wizard = draft.wizard
    there = {one.id for one in wizard.questions}
    for number, question in enumerate(wizard.questions):
        path: Path = ("questions", number)
        phase = question.phase or question.id
        yield from _numbers(draft, question, path, phase, there)
        yield from _override(draft, question, path, phase)
        yield from _tree(draft, question, phase)
        entry = _entry(draft, question, path, phase)
        alone = question.answer is QuestionKind.ONE and question.options
        choices = [
            (at, option, _group(question, at))
            for at, option in question.choices()
            if not (alone and at[0] == "groups")
        ]
        entry["options"] = [
            _option(draft, question.id, option, (*path, *at), group, currency)
            for at, option, group in choices
        ]
        yield entry
        if alone:
            yield from _add_ons(draft, question, path, phase, currency)


def _group(question: Question, at: Path) -> str:
    return question.groups[int(at[1])].name if at[0] == "groups" else ""


def _entry(draft: Draft, question: Question, path: Path, phase: str) -> Entry:
    draft.places[question.id] = path
    if question.when is not None:
        draft.conditions.append((question.id, question.when, (*path, "when")))
    entry = _blank(question.id, phase, question.name, str(question.answer))
    entry |= {
        "ask": question.ask or question.name,
        "help": question.help,
        "fact": bool(question.fact),
        "optional": bool(question.optional),
        "unit": question.unit,
        "default": list(question.default),
    }
    if question.answer is QuestionKind.NUMBER:
        least, most = question.least, question.most
        entry["least"] = micro(least.value.low) if least else 0
        entry["most"] = min(micro(most.value.low), LARGEST) if most else LARGEST
    if question.validation is not None:
        rule = question.validation
        entry["text"] = {
            "pattern": rule.pattern,
            "least": rule.shortest,
            "most": rule.longest,
            "reserved": list(rule.reserved),
            "valid": list(rule.valid),
        }
    return entry


def _blank(identifier: str, phase: str, name: str, kind: str) -> Entry:
    return {
        "id": identifier,
        "phase": phase,
        "name": name,
        "ask": name,
        "help": "",
        "kind": kind,
        "fact": True,
        "optional": True,
        "unit": "",
        "default": [],
        "when": ALWAYS,
        "options": [],
    }


def _option(
    draft: Draft, question: str, option: WizardOption, path: Path, group: str, currency: str
) -> Entry:
    draft.places[f"{question}/{option.id}"] = path
    made: Entry = {"id": option.id, "name": option.name}
    said = {
        "note": option.note,
        "group": group,
        "since": option.since,
        "short": option.short or "",
        "was": list(option.was),
        "price": option.price.raw if option.price else "",
        "cost": cost_of(option.price, currency) if option.price else None,
        "pros": list(option.pros) or list(option.facets.get("Best for", ())),
        "outgrown": _outgrown(option),
        "checklist": list(option.checklist) or list(option.facets.get("Generated", ())),
        "dependencies": list(option.facets.get("Dependencies", ())),
        "cons": list(option.cons) or list(option.facets.get("Limitations", ())),
        "facets": [[key, list(words)] for key, words in option.facets.items()],
        "links": [[key, address] for key, address in option.links.items()],
        "as_of": option.as_of.isoformat() if option.as_of else "",
        "code": [
            {"title": one.title, "language": one.language, "text": one.text, "use": str(one.use)}
            for one in option.code
        ],
        "monitors": [
            {"id": one.id, "name": one.name, "url": one.url, "fill": bool(one.fill_in)}
            for one in option.monitors
        ],
    }
    return made | {key: value for key, value in said.items() if value not in ("", [], {}, None)}


def _outgrown(option: WizardOption) -> str:
    """Return what makes the next one due: ``< 50,000 users/day`` → ``50,000+ users/day``."""
    version_1 = {"team": option.team, "traffic": option.traffic}
    for figure in reversed((option.fits or version_1).values()):
        if figure is not None and figure.op in ("<", "<=") and figure.value.high is not None:
            return f"{format_number(figure.value.high)}+ {figure.unit}".strip()
    return ""


def _numbers(
    draft: Draft, question: Question, path: Path, phase: str, there: set[str]
) -> Iterator[Entry]:
    """Ask for the numbers that a helper compares and no question asks for (version 1)."""
    for index, rule in enumerate(question.recommend):
        for key in rule.limits:
            if key not in there:
                there.add(key)
                draft.places[key] = (*path, "recommend", index, "if", key)
                name = key.replace("-", " ").capitalize()
                entry = _blank(key, phase, name, "number")
                yield entry | {"least": 0, "most": LARGEST}


def override_id(question: Question) -> str:
    """Return the id of the question about reasons to go another way than recommended."""
    return f"{question.id}-reasons"


def _override(draft: Draft, question: Question, path: Path, phase: str) -> Iterator[Entry]:
    if not question.override:
        return
    name = override_id(question)
    draft.places[name] = (*path, "override")
    entry = _blank(name, phase, question.override_ask or question.name, "several")
    entry["role"] = "override"
    entry["options"] = [
        {"id": one.id or f"reason-{n}", "name": one.when}
        for n, one in enumerate(question.override, 1)
    ]
    for n, one in enumerate(question.override, 1):
        draft.places[f"{name}/{one.id or f'reason-{n}'}"] = (*path, "override", n - 1)
    yield entry


def step_ids(draft: Draft, number: int) -> list[str]:
    """Return the ids of a tree's questions."""
    tree = draft.wizard.trees[number]
    return [step.id or f"{tree.id}-{n}" for n, step in enumerate(tree.steps, 1)]


def _tree(draft: Draft, question: Question, phase: str) -> Iterator[Entry]:
    for number, tree in enumerate(draft.wizard.trees):
        if tree.question != question.id:
            continue
        ids = step_ids(draft, number)
        for index, step in enumerate(tree.steps):
            draft.places[ids[index]] = ("trees", number, "steps", index)
            entry = _blank(ids[index], phase, step.ask, "yes-no")
            entry["role"] = "tree"
            before = [["yes", one, False] for one in ids[:index]]
            entry["when"] = before[0] if len(before) == 1 else ["and", *before]
            yield entry


def _add_ons(
    draft: Draft, question: Question, path: Path, phase: str, currency: str
) -> Iterator[Entry]:
    for number, group in enumerate(question.groups):
        at: Path = (*path, "groups", number)
        name = group.id or f"{question.id}-extras-{number + 1}"
        draft.places[name] = at
        if group.when is not None:
            draft.conditions.append((name, group.when, (*at, "when")))
        entry = _blank(name, phase, group.name, "several")
        entry |= {"help": group.note, "fact": False, "since": group.since}
        entry["options"] = [
            _option(draft, name, option, (*at, "options", index), "", currency)
            for index, option in enumerate(group.options)
        ]
        yield entry
