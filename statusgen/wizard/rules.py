"""What follows from answers: the rules that a file writes, and those that its tables mean.

Every rule has an id and a reason. In the order in which they are tried for one question: decision
trees, rules written as such, the helper's limits (first match), the table of defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from statusgen.base.text import quote
from statusgen.roadmap.model import Path, Question, Wizard
from statusgen.wizard.condition import Condition, Wrong, asked_of
from statusgen.wizard.exact import micro_of
from statusgen.wizard.program import Draft, override_id, step_ids

NEEDS = {"optional": "optional", "required": "required"}
"""Words of a defaults table that say whether something is needed, not which."""

_MADE = {"as-is": "{name}", "snake_case": "{name|snake}", "remove hyphens": "{name|joined}"}
"""How version 1 says what becomes of a name."""

Rule = dict[str, Any]


def add_rules(draft: Draft) -> None:
    """Add everything that follows from answers to a program."""
    recommend: dict[str, list[Rule]] = {one["id"]: [] for one in draft.questions}
    for rule in (*_trees(draft), *_written(draft, "recommend"), *_helpers(draft), *_table(draft)):
        recommend.setdefault(rule["for"], []).append(rule)
    program = draft.program
    program["recommend"] = {key: rules for key, rules in recommend.items() if rules}
    program["moves"] = list(_moves(draft))
    program["defaults"] = list(_written(draft, "default"))
    program["forbid"] = [*_fitting(draft), *_written(draft, "forbid")]
    program["warn"] = list(_warnings(draft))
    program["derive"] = list(_derived(draft))
    program["counts"] = list(_counts(draft))
    program["presets"] = list(_presets(draft))
    program["architecture"] = {
        "nodes": list(draft.wizard.architecture.nodes),
        "edges": [_edge(text) for text in draft.wizard.architecture.edges],
    }


def _edge(text: str) -> dict[str, str]:
    start, _, rest = text.partition("->")
    end, _, label = rest.partition(":")
    return {"from": start.strip(), "to": end.strip(), "label": label.strip()}


def _rule(draft: Draft, identifier: str, path: Path, target: str, **values: Any) -> Rule:
    draft.places[f"rule {identifier}"] = path
    return {"id": identifier, "for": target, **values}


def _trees(draft: Draft) -> Iterator[Rule]:
    for number, tree in enumerate(draft.wizard.trees):
        if draft.wizard.question(tree.question) is None:
            continue
        ids = step_ids(draft, number)
        ends = [
            *((step.then, index) for index, step in enumerate(tree.steps)),
            (tree.otherwise, -1),
        ]
        for then, index in ends:
            before = ids if index < 0 else ids[:index]
            parts: list[Condition] = [["yes", one, False] for one in before]
            if index >= 0:
                parts.append(["yes", ids[index], True])
            name = f"tree.{tree.id}.{ids[index] if index >= 0 else 'else'}"
            at: Path = ("trees", number, *(("steps", index) if index >= 0 else ("else",)))
            yield _rule(
                draft, name, at, tree.question, when=_all(parts), options=[then], why=tree.name
            )


def _all(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else ["and", *parts]


def _written(draft: Draft, kind: str) -> Iterator[Rule]:
    for number, rule in enumerate(draft.wizard.rules):
        for question, texts in getattr(rule, kind).items():
            at: Path = ("rules", number)
            when = draft.reader.read(rule.when, (*at, "when"))
            name = rule.id if len(getattr(rule, kind)) == 1 else f"{rule.id}.{question}"
            draft.places[f"rule {name} for"] = (*at, kind, question)
            yield _rule(draft, name, at, question, when=when, options=list(texts), why=rule.reason)


def _helpers(draft: Draft) -> Iterator[Rule]:
    """The first of a question's limits that hold; the last needs the numbers, too."""
    for number, question in enumerate(draft.wizard.questions):
        keys = list(dict.fromkeys(key for rule in question.recommend for key in rule.limits))
        for index, rule in enumerate(question.recommend):
            at: Path = ("questions", number, "recommend", index)
            when = draft.reader.limits(rule.limits, (*at, "if"))
            if not rule.limits:
                when = _all([["said", key] for key in keys])
            yield _rule(
                draft,
                f"helper.{question.id}.{index + 1}",
                at,
                question.id,
                when=when,
                options=[rule.then],
                why=rule.reason,
                movable=True,
            )


def _moves(draft: Draft) -> Iterator[Rule]:
    for number, question in enumerate(draft.wizard.questions):
        for index, one in enumerate(question.override):
            name = one.id or f"reason-{index + 1}"
            yield _rule(
                draft,
                f"move.{question.id}.{name}",
                ("questions", number, "override", index),
                question.id,
                when=["has", override_id(question), [name]],
                by=one.move,
                why=one.when,
            )


def _table(draft: Draft) -> Iterator[Rule]:
    """Each cell of the defaults; what it names and is no option stays as words to be told."""
    scale = draft.wizard.scale
    for key, by_scale in draft.wizard.defaults.items():
        question = draft.wizard.question(key)
        if question is None:
            continue
        for name, texts in by_scale.items():
            options, words, need = cell(question, texts)
            yield _rule(
                draft,
                f"defaults.{key}.{name}",
                ("defaults", key, name),
                key,
                when=["is", scale, [name]],
                options=options,
                words=words,
                need=need,
                why=" / ".join(texts),
            )


def cell(question: Question, texts: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Return the options that a cell of the defaults names, its other words, and its need."""
    options, words, need = [], [], ""
    for text in texts:
        folded = text.casefold()
        found = question.named(text) or next(
            (
                option
                for _, option in question.choices()
                if folded in (one.casefold() for one in option.also)
            ),
            None,
        )
        if found is not None:
            options.append(found.id)
        elif folded in NEEDS:
            need = NEEDS[folded]
        else:
            words.append(text)
    return list(dict.fromkeys(options)), words, need


def _fitting(draft: Draft) -> Iterator[Rule]:
    """What options require, and what they conflict with."""
    for question in draft.questions:
        for option in question["options"]:
            path = draft.places[f"{question['id']}/{option['id']}"]
            source = _source(draft.wizard, path)
            for key, needed in getattr(source, "requires", {}).items():
                inner = {key: list(needed)}
                known = draft.reader.read(inner, (*path, "requires"))
                when: Condition = ["and", ["said", key], ["not", known]]
                yield _forbid(draft, question, option, f"requires.{key}", when, path, "requires")
            for key, others in getattr(source, "conflicts", {}).items():
                when = draft.reader.read({key: list(others)}, (*path, "conflicts"))
                yield _forbid(draft, question, option, f"conflicts.{key}", when, path, "conflicts")


def _forbid(
    draft: Draft,
    question: dict[str, Any],
    option: dict[str, Any],
    name: str,
    when: Condition,
    path: Path,
    kind: str,
) -> Rule:
    identifier = f"{question['id']}.{option['id']}.{name}"
    other = name.partition(".")[2]
    return _rule(
        draft,
        identifier,
        (*path, kind, other),
        question["id"],
        when=when,
        options=[option["id"]],
        why="",
        kind=kind,
        other=other,
        named=_named(draft, when, other),
    )


def _named(draft: Draft, when: Condition, other: str) -> list[str]:
    """Return the names of the options that a rule of fitting looks at."""
    found = draft.question(other)
    wanted: list[str] = next(
        (one[2] for one in _flat(when) if one[0] in ("is", "has") and one[1] == other), []
    )
    names = {one["id"]: one["name"] for one in found["options"]} if found else {}
    return [names.get(one, one) for one in wanted]


def _flat(when: Condition) -> Iterator[Condition]:
    yield when
    for one in when[1:]:
        if isinstance(one, list) and one and isinstance(one[0], str):
            yield from _flat(one)


def _source(wizard: Wizard, path: Path) -> object:
    found: Any = wizard
    for part in path:
        found = found[part] if isinstance(part, int) else getattr(found, str(part), None)
        if found is None:
            return None
    return found


def _warnings(draft: Draft) -> Iterator[Rule]:
    for number, rule in enumerate(draft.wizard.rules):
        if rule.warn:
            at: Path = ("rules", number)
            when = draft.reader.read(rule.when, (*at, "when"))
            target = (asked_of(when) or [""])[-1]
            yield _rule(draft, rule.id, at, target, when=when, text=rule.warn, why=rule.reason)


_HOLE = re.compile(r"\{([a-z0-9-]+)(?:\|([a-z]+))?\}")
FILTERS = ("snake", "joined", "upper")
"""``snake``: hyphens become underscores; ``joined``: they go; ``upper``: snake in capitals."""


def pieces(text: str) -> list[str | list[str]]:
    """Part a text at its holes: ``{name|snake}.py`` → ``[["name", "snake"], ".py"]``."""
    made: list[str | list[str]] = []
    end = 0
    for match in _HOLE.finditer(text):
        if text[end : match.start()]:
            made.append(text[end : match.start()])
        made.append([match[1], match[2] or ""])
        end = match.end()
    if text[end:]:
        made.append(text[end:])
    return made


def _derived(draft: Draft) -> Iterator[Rule]:
    for number, question in enumerate(draft.wizard.questions):
        for index, impact in enumerate(question.impacts):
            at: Path = ("questions", number, "impacts", index)
            made = impact.value or _MADE.get(impact.transform.casefold(), "").replace(
                "{name", f"{{{question.id}"
            )
            if made:
                name = impact.id or f"{question.id}-{index + 1}"
                yield _rule(
                    draft,
                    name,
                    at,
                    question.id,
                    when=["said", question.id],
                    value=pieces(made),
                    label=impact.context,
                    why=impact.transform,
                )
    for number, rule in enumerate(draft.wizard.rules):
        if rule.derive:
            at = ("rules", number)
            when = draft.reader.read(rule.when, (*at, "when"))
            yield _rule(
                draft,
                rule.derive,
                at,
                "",
                when=when,
                value=pieces(rule.value),
                label=rule.derive,
                why=rule.reason,
            )


def _counts(draft: Draft) -> Iterator[Rule]:
    """What is counted for prices: products of numbers, and of answers that are numbers."""
    numbers = [one["id"] for one in draft.questions if one["kind"] == "number"]
    for index, rule in enumerate(draft.wizard.rules):
        if not rule.count:
            continue
        at: Path = ("rules", index)
        factors: list[int | str] = []
        for part in (one.strip() for one in rule.value.split("*")):
            name = part[1:-1] if part.startswith("{") and part.endswith("}") else ""
            if name in numbers:
                factors.append(name)
                continue
            try:
                factors.append(micro_of(part))
            except ValueError:
                known = ", ".join(f"{{{one}}}" for one in numbers) or "no question asks for one"
                message = f"{quote(part, 40)} is neither a number nor an answer that is one"
                wrong = Wrong((*at, "value"), message, f"write it like 288 * 30; answers: {known}")
                draft.reader.wrong.append(wrong)
        when = draft.reader.read(rule.when, (*at, "when"))
        made = {"when": when, "unit": rule.count, "factors": factors, "why": rule.reason}
        yield _rule(draft, rule.id, at, "", **made)


def _presets(draft: Draft) -> Iterator[Rule]:
    for number, example in enumerate(draft.wizard.examples):
        answers: dict[str, Any] = {}
        strange: list[str] = []
        scale = draft.wizard.question(draft.wizard.scale)
        choices = {draft.wizard.scale: (example.scale,)} if scale else {}
        for key, texts in (choices | dict(example.choices)).items():
            entry, question = draft.question(key), draft.wizard.question(key)
            if entry is None or question is None:
                continue
            options, words, _ = cell(question, texts)
            strange += words
            if options:
                answers[key] = options if entry["kind"] == "several" else options[0]
        draft.places[f"preset {example.id}"] = ("examples", number)
        yield {"id": example.id, "name": example.name, "answers": answers, "words": strange}
