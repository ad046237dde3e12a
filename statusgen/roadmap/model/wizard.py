"""A wizard's file: phases, questions with their options, rules, defaults, trees and examples.

Version 1 was a guide to read; version 2 can be asked. What version 2 adds has a default, so that a
file of version 1 is read by the same parts; ``statusgen.wizard`` makes of both what is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema

from statusgen.base.model import Bool, Id, OneOrMore
from statusgen.base.yamltree import Document, Mark
from statusgen.roadmap.model.part import Acceptance, Part, Path, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.threshold import FigureText
from statusgen.roadmap.model.time import Day
from statusgen.roadmap.model.work import Code


def _pattern(value: object) -> object:
    """Take only patterns that cannot run away: no groups, at most three repetitions."""
    if not isinstance(value, str):
        return value
    if len(value) > 200 or "(" in value or sum(map(value.count, "*+{")) > 3:
        raise ValueError(
            "the pattern is too rich; use no parentheses, at most three of * + {} and "
            "200 characters"
        )
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"this is no regular expression: {error}; correct it") from None
    return value


Pattern = Annotated[str, BeforeValidator(_pattern)]
"""A regular expression, simple enough to be run on any text."""


class QuestionKind(StrEnum):
    """What an answer is."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    YES_NO = "yes-no"


Condition = Annotated[
    Any, WithJsonSchema({"type": "object", "examples": [{"scale": ["micro", "small"]}]})
]
"""When something holds, as data; ``statusgen.wizard.condition`` reads it."""


class Use(StrEnum):
    """What a piece of code is for the project that is made."""

    TREE = "tree"
    """A part of its directory tree."""
    ENV = "env"
    """Lines of its environment, of which the names are kept."""
    COMPOSE = "compose"
    """Services of its compose file."""
    EXAMPLE = "example"


class OptionCode(Code):
    """Code beside an option, and what it is for."""

    use: Use = Use.EXAMPLE


Codes = Annotated[tuple[OptionCode, ...], OneOrMore()]


class Watched(Part):
    """A monitor that belongs to an option: an address to fill in, or the vendor's own page."""

    meant: ClassVar[dict[str, str]] = {"address": "url", "title": "name"}

    id: Id
    name: str
    url: str = Field(description="May name answers and derived values: https://{directory}.")
    fill_in: Bool = Field(default=False, description="True where a person must put the address.")


class Validation(Part):
    """What an answer in words must look like."""

    pattern: Pattern
    shortest: int = Field(alias="min")
    longest: int = Field(alias="max")
    reserved: Words = ()
    valid: Words = ()
    invalid: dict[str, str] = Field(default={}, description="Example → why it is refused.")


class Impact(Part):
    """What an answer becomes elsewhere."""

    context: str
    transform: str
    example: str
    id: Id | None = Field(default=None, description="The name of the derived value.")
    value: str = Field(
        default="", description="How it is made: `{name}`, `{name|snake}`, `{name|joined}`."
    )


class WizardOption(Part):
    """One thing to choose."""

    id: Id
    name: str
    note: str = ""
    since: str = Field(default="", description="The version that introduced it.")
    short: Id | None = Field(default=None, description="Its name in links, where the id is long.")
    was: Words = Field(default=(), description="Ids that it had before; links with them work.")
    also: Words = Field(
        default=(), description="What tables call a form of it: Redis Cluster is Redis."
    )
    price: PriceText | None = None
    as_of: Day | None = Field(default=None, description="The day of which its price is.")
    pros: Words = ()
    cons: Words = ()
    team: FigureText | None = Field(default=None, description="Version 1; write `fits`.")
    traffic: FigureText | None = Field(default=None, description="Version 1; write `fits`.")
    fits: dict[str, FigureText] = Field(
        default={}, description="Question with a number → what the option is made for."
    )
    facets: dict[str, Words] = Field(default={}, description="Lists under a label.")
    code: Codes = ()
    selects: dict[str, Words] = Field(
        default={}, description="What a scale selects: question → options, by id or in words."
    )
    requires: dict[str, Words] = Field(
        default={}, description="Question → the options that this one works with."
    )
    conflicts: dict[str, Words] = Field(
        default={}, description="Question → the options that this one does not work with."
    )
    checklist: Words = Field(default=(), description="What is to be set up where it is used.")
    monitors: tuple[Watched, ...] = Field(default=(), description="What to watch where it is used.")

    def fit(self, key: str) -> tuple[Path, FigureText | None]:
        """Return what the option is made for, and where that stands below the option."""
        if key in self.fits:
            return ("fits", key), self.fits[key]
        return (key,), getattr(self, key, None) if key in ("team", "traffic") else None


class OptionGroup(Part):
    """Options under a heading of their own: add-ons, a category of features."""

    name: str
    note: str = ""
    since: str = ""
    id: Id | None = Field(
        default=None, description="Of the question that asks for add-ons to one choice."
    )
    when: Condition = Field(default=None, description="When the add-ons are offered.")
    options: tuple[WizardOption, ...]


class Recommendation(Part):
    """A rule of the helper; the first whose limits hold is taken."""

    limits: dict[str, FigureText] = Field(default={}, alias="if")
    then: str
    reason: str = ""


class Override(Part):
    """When to take another scale than the recommended one."""

    when: str
    move: int = Field(description="By how many scales, up or down.")
    id: Id | None = None


class Comparing(Part):
    """A table that compares the options of a question."""

    id: Id
    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


class Question(Part):
    """One question; in version 1 each is a phase."""

    id: Id
    number: int | None = Field(default=None, description="Of its phase; version 1.")
    name: str
    phase: str = Field(default="", description="The id of its phase; empty: its own.")
    kind: QuestionKind | None = Field(
        default=None, description="Unwritten: of several where `multiple`, else one, else text."
    )
    ask: str = Field(default="", description="The question, where there is one.")
    help: str = ""
    fact: Bool = Field(default=False, description="True: about who answers; no decision follows.")
    optional: Bool = False
    default: Words = ()
    when: Condition = Field(default=None, description="When it is asked.")
    least: FigureText | None = Field(default=None, alias="min")
    most: FigureText | None = Field(default=None, alias="max")
    unit: str = Field(default="", description="What a number counts; prices per it are reckoned.")
    multiple: Bool = False
    validation: Validation | None = None
    impacts: tuple[Impact, ...] = ()
    options: tuple[WizardOption, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    recommend: tuple[Recommendation, ...] = ()
    override: tuple[Override, ...] = ()
    override_ask: str = Field(default="", description="How the reasons of `override` are asked.")
    table: Comparing | None = None

    @property
    def answer(self) -> QuestionKind:
        """What an answer to it is."""
        if self.kind is not None:
            return self.kind
        if not any(True for _ in self.choices()):
            return QuestionKind.TEXT
        several = self.multiple or not self.options
        return QuestionKind.SEVERAL if several else QuestionKind.ONE

    def choices(self) -> Iterator[tuple[Path, WizardOption]]:
        """Every option with its path below the question, the grouped ones last."""
        for index, option in enumerate(self.options):
            yield ("options", index), option
        for number, group in enumerate(self.groups):
            for index, option in enumerate(group.options):
                yield ("groups", number, "options", index), option

    def named(self, text: str) -> WizardOption | None:
        """Return the option of that id or name, or None."""
        wanted = text.casefold()
        return next(
            (
                option
                for _, option in self.choices()
                if wanted in (option.id, option.name.casefold())
            ),
            None,
        )


class TreeStep(Part):
    """A question of a tree, and where yes leads."""

    ask: str
    then: str
    id: Id | None = None


class Tree(Part):
    """Questions in a row, each with an exit; who takes none ends at ``else``."""

    id: Id
    name: str
    question: str
    steps: tuple[TreeStep, ...]
    otherwise: str = Field(alias="else")


class Example(Part):
    """A whole set of answers for one type of project."""

    id: Id
    name: str
    scale: str
    choices: dict[str, Words]


class Phase(Part):
    """A step of the wizard, with one question or several."""

    id: Id
    number: int
    name: str


class Rule(Part):
    """What follows from answers. One of ``recommend`` to ``count`` says what."""

    meant: ClassVar[dict[str, str]] = {
        "if": "when", "because": "reason", "why": "reason", "exclude": "forbid",
        "require": "`forbid` with `when: {not: …}`", "suggest": "recommend",
    }  # fmt: skip

    id: Id
    when: Condition = None
    reason: str = ""
    recommend: dict[str, Words] = Field(default={}, description="Question → options.")
    default: dict[str, Words] = Field(default={}, description="Question → what is preset.")
    forbid: dict[str, Words] = Field(default={}, description="Question → options.")
    warn: str = Field(default="", description="What to say.")
    derive: Id | None = Field(default=None, description="The name of a value.")
    count: str = Field(
        default="", description="The unit that is counted; prices per that unit are reckoned."
    )
    value: str = Field(
        default="",
        description="With `derive`: how it is made. With `count`: `288 * 30 * {monitors}`.",
    )


class Layer(Part):
    """How the chosen parts stand together, for the architecture of the roadmap."""

    nodes: Words = Field(default=(), description="Questions whose choice is a part.")
    edges: Words = Field(default=(), description="`frontend -> backend: HTTPS`, by questions.")


class Wizard(Part):
    """``data/wizard.yml``, ``data/wizards/<id>.yml``."""

    format: Literal["statusgen/wizard@1", "statusgen/wizard@2"] = Field(
        default="statusgen/wizard@2", alias="schema"
    )
    name: str
    version: str = ""
    updated: Day | None = None
    author: str = ""
    summary: str = ""
    navigation: dict[str, str] = Field(default={}, description="Key or word → what it does.")
    hints: Words = ()
    phases: tuple[Phase, ...] = ()
    scale: str = Field(default="scale", description="The question whose options are the scales.")
    title: str = Field(default="", description="What a plan made with it is called: `{name}`.")
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...] = ()
    architecture: Layer = Layer()
    renamed: dict[str, str] = Field(
        default={}, description="Old id of a question → its id now; links with it work."
    )
    defaults: dict[str, dict[str, Words]] = Field(
        default={}, description="Question → scale → what is preset, by id or in words."
    )
    trees: tuple[Tree, ...] = ()
    examples: tuple[Example, ...] = ()
    accept: tuple[Acceptance, ...] = ()

    _document: Document = PrivateAttr(default_factory=lambda: Document("", None))

    def remember(self, document: Document) -> None:
        """Keep the file's places, so that findings can say where a thing stands."""
        self._document = document

    @property
    def file(self) -> str:
        """The file's name as the user gave it."""
        return self._document.file

    def mark(self, path: Path) -> Mark:
        """Return the line and column of a part."""
        return self._document.mark(path)

    def number_of(self, question: Question) -> int:
        """Return the number of a question's phase."""
        phase = question.phase or question.id
        found = next((one.number for one in self.phases if one.id == phase), question.number)
        return self.questions.index(question) + 1 if found is None else found

    def question(self, identifier: str) -> Question | None:
        """Return the question of that id, or None."""
        return next((item for item in self.questions if item.id == identifier), None)
