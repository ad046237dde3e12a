"""The wizard's data: questions with their options, defaults by scale, trees and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from statusgen.base.model import Bool, Id
from statusgen.base.yamltree import Document, Mark
from statusgen.roadmap.model.part import Acceptance, Part, Path, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.threshold import FigureText
from statusgen.roadmap.model.time import Day
from statusgen.roadmap.model.work import Codes


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


class WizardOption(Part):
    """One thing to choose."""

    id: Id
    name: str
    note: str = ""
    since: str = Field(default="", description="The version that introduced it.")
    price: PriceText | None = None
    team: FigureText | None = None
    traffic: FigureText | None = None
    facets: dict[str, Words] = Field(default={}, description="Lists under a label.")
    code: Codes = ()
    selects: dict[str, Words] = Field(
        default={}, description="What a scale selects: question → options, by id or in words."
    )
    requires: dict[str, Words] = Field(
        default={}, description="Question → the options that this one works with."
    )


class OptionGroup(Part):
    """Options under a heading of their own: add-ons, a category of features."""

    name: str
    note: str = ""
    since: str = ""
    options: tuple[WizardOption, ...]


class Recommendation(Part):
    """A rule of the helper; the first whose limits hold is taken."""

    limits: dict[str, FigureText] = Field(default={}, alias="if")
    then: str


class Override(Part):
    """When to take another scale than the recommended one."""

    when: str
    move: int = Field(description="By how many scales, up or down.")


class Comparing(Part):
    """A table that compares the options of a question."""

    id: Id
    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


class Question(Part):
    """One phase of the wizard."""

    id: Id
    number: int
    name: str
    ask: str = Field(default="", description="The question, where there is one.")
    multiple: Bool = False
    validation: Validation | None = None
    impacts: tuple[Impact, ...] = ()
    options: tuple[WizardOption, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    recommend: tuple[Recommendation, ...] = ()
    override: tuple[Override, ...] = ()
    table: Comparing | None = None

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


class Wizard(Part):
    """``data/wizard.yml``."""

    format: Literal["statusgen/wizard@1"] = Field(default="statusgen/wizard@1", alias="schema")
    name: str
    version: str = ""
    updated: Day | None = None
    author: str = ""
    summary: str = ""
    navigation: dict[str, str] = Field(default={}, description="Key or word → what it does.")
    hints: Words = ()
    questions: tuple[Question, ...]
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

    def question(self, identifier: str) -> Question | None:
        """Return the question of that id, or None."""
        return next((item for item in self.questions if item.id == identifier), None)
