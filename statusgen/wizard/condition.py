"""When something holds: read from a file, written for the machine, evaluated.

A condition is a mapping. Its keys are questions, and all of them must hold::

    {scale: [micro, small], team: "<= 5"}    one of two scales, and at most five people
    {features: stripe}                       it is among the features
    {python-shop: true}                      the answer was yes

or words: ``and`` and ``or`` with a list of conditions, ``not`` with one, ``has: frontend`` where it
is answered (``has: {features: [stripe]}`` where one of them is chosen), ``in: {scale: [micro]}``,
``compare: {team: "<= 5"}``. What is not answered is none of these things.

Read, it is a list whose first word says what follows: ``["is", "scale", ["micro"]]``. The browser
evaluates the same lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.roadmap.model import Path
from statusgen.roadmap.model.threshold import Figure, parse_figure
from statusgen.wizard.exact import micro

Condition = list[Any]
Answers = Mapping[str, Any]
"""Question → text, id, list of ids, True or False, or a number in millionths."""

ALWAYS: Condition = ["and"]
_WORDS = ("and", "or", "not", "has", "in", "compare")
_OPERATORS = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition may say of a question."""

    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a condition, and where in it."""

    path: Path
    message: str
    fix: str


@dataclass
class Reader:
    """Reads conditions over questions, and gathers every fault."""

    questions: Mapping[str, Known]
    wrong: list[Wrong] = field(default_factory=list)

    def read(self, data: Any, at: Path) -> Condition:
        """Return a condition for the machine; a faulty part never holds."""
        if data is None:
            return ALWAYS
        if not isinstance(data, dict):
            return self._no(at, "is no condition", "write `question: answer`, e.g. scale: micro")
        parts = [self._part(key, value, (*at, key)) for key, value in data.items()]
        return parts[0] if len(parts) == 1 else ["and", *parts]

    def limits(self, limits: Mapping[str, Figure], at: Path) -> Condition:
        """Return the condition that several figures hold."""
        parts = [self._figure(key, figure, (*at, key)) for key, figure in limits.items()]
        return parts[0] if len(parts) == 1 else ["and", *parts]

    def _part(self, key: str, value: Any, at: Path) -> Condition:
        if key not in _WORDS or key in self.questions:
            return self._answer(key, value, at)
        if key in ("and", "or"):
            if not isinstance(value, list) or not value:
                return self._no(at, f"`{key}` needs a list", f"write `{key}: [{{…}}, {{…}}]`")
            return [key, *(self.read(one, (*at, n)) for n, one in enumerate(value))]
        if key == "not":
            return ["not", self.read(value if value is not None else "", at)]
        if key == "has" and isinstance(value, str):
            return ["said", value] if self._is_question(value, at) else ["or"]
        return self.read(value if value is not None else "", at)

    def _answer(self, key: str, value: Any, at: Path) -> Condition:
        if not self._is_question(key, at):
            return ["or"]
        known = self.questions[key]
        if known.kind == "number":
            return self._number(key, value, at)
        if known.kind == "yes-no":
            if str(value).lower() not in ("true", "false", "yes", "no"):
                return self._no(
                    at, f"{quote(str(value), 40)} is no yes or no", "write true or false"
                )
            return ["yes", key, str(value).lower() in ("true", "yes")]
        listed = value if isinstance(value, list) else [value]
        if not listed or not all(isinstance(one, str) for one in listed):
            return self._no(at, "names no answer", "write an option's id, or a list of them")
        if known.kind != "text":
            for one in listed:
                if one not in known.options:
                    hint = suggest(one, list(known.options))
                    fix = hint or f"known here: {', '.join(known.options) or 'none'}"
                    self._no(at, f"there is no option {quote(one, 60)}", fix)
        return ["has" if known.kind == "several" else "is", key, listed]

    def _number(self, key: str, value: Any, at: Path) -> Condition:
        if isinstance(value, list):
            return ["and", *(self._number(key, one, (*at, n)) for n, one in enumerate(value))]
        try:
            figure = parse_figure(str(value))
        except ValueError as error:
            return self._no(at, str(error).partition("; ")[0], "write it like <= 5 or < 10K")
        return self._figure(key, figure, at)

    def _figure(self, key: str, figure: Figure, at: Path) -> Condition:
        if not self._is_question(key, at):
            return ["or"]
        if self.questions[key].kind != "number":
            return self._no(at, f"{quote(key, 60)} is answered with no number", "name its options")
        if figure.op not in _OPERATORS:
            return self._no(at, f"{quote(str(figure), 40)} compares nothing", "write it like <= 5")
        try:
            return ["cmp", key, figure.op, micro(figure.value.low)]
        except ValueError as error:
            return self._no(at, str(error), "write at most six decimals")

    def _is_question(self, key: str, at: Path) -> bool:
        if key in self.questions:
            return True
        known = list(self.questions)
        fix = suggest(key, [*known, *_WORDS]) or f"known here: {', '.join(known)}"
        self._no(at, f"there is no question {quote(key, 60)}", fix)
        return False

    def _no(self, at: Path, message: str, fix: str) -> Condition:
        self.wrong.append(Wrong(at, message, fix))
        return ["or"]


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a condition holds; what is not answered holds nothing but ``not``."""
    word = condition[0]
    if word == "and":
        return all(holds(one, answers) for one in condition[1:])
    if word == "or":
        return any(holds(one, answers) for one in condition[1:])
    if word == "not":
        return not holds(condition[1], answers)
    value = answers.get(condition[1])
    if word == "said" or value is None:
        return value is not None
    if word == "is":
        return value in condition[2]
    if word == "has":
        return any(one in value for one in condition[2])
    if word == "yes":
        return value is condition[2]
    return compare(value, condition[2], condition[3])


def compare(value: int, operator: str, limit: int) -> bool:
    """Compare two numbers of millionths."""
    if operator == "<":
        return value < limit
    if operator == "<=":
        return value <= limit
    return value > limit if operator == ">" else value >= limit


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the parts of a condition that look at an answer, in order."""
    if condition[0] in ("and", "or", "not"):
        for one in condition[1:]:
            yield from leaves(one)
    else:
        yield condition


def asked_of(condition: Condition) -> list[str]:
    """Return the questions that a condition looks at, each once, in order."""
    return list(dict.fromkeys(leaf[1] for leaf in leaves(condition)))
