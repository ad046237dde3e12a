"""What a roadmap promises and can be held to: criteria, metrics, claims, decisions, risks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from statusgen.base.clock import parse_duration_ms
from statusgen.base.model import Bool, FromText, Id, OneOrMore
from statusgen.base.target import Combine, Metric, Operator, Target
from statusgen.base.text import quote
from statusgen.roadmap.formula import Formula, parse_formula
from statusgen.roadmap.model.part import Part, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.status import Status
from statusgen.roadmap.model.threshold import Figure, FigureText
from statusgen.roadmap.model.time import Day, WhenText
from statusgen.roadmap.model.work import Step


def _window(text: str) -> int:
    return parse_duration_ms(text) // 1000


Window = Annotated[int, FromText(_window, {"type": "string", "examples": ["24h", "30d"]})]
"""A window as ``24h`` or ``30d``, held in seconds."""


FormulaText = Annotated[Formula, FromText(parse_formula, write=Formula.written)]
Formulas = Annotated[tuple[FormulaText, ...], OneOrMore()]
"""One formula or several, such as ``1 - after.total / before.total``."""


class Criterion(Part):
    """A condition on a figure: a success criterion, or a trigger for rolling back.

    In OpenSLO's words an objective: a target on a metric over a window.
    """

    id: Id
    text: str
    metric: Metric
    target: FigureText = Field(description="With its operator: `> 99.9%`, `< 100ms`, `>5 min`.")
    window: Window | None = None
    rolling: Bool = True
    components: Words = Field(default=(), description="Components of the status page.")
    combine: Combine = Combine.WORST
    min_coverage: FigureText | None = Field(
        default=None, description="Below this share of observed time there is no verdict."
    )
    baseline: FigureText | None = Field(default=None, description="What it was before.")
    stated: FigureText | None = Field(default=None, description="What the author says it is.")
    formula: Formulas = Field(default=(), description="What to derive the figure from.")
    status: Status | None = None
    stage: str | None = None
    architecture: str | None = Field(
        default=None, description="With `uptime`: the drawing whose forecast it is held against."
    )

    @model_validator(mode="before")
    @classmethod
    def _no_sentence(cls, data: object) -> object:
        if isinstance(data, str):
            raise ValueError(
                f"{quote(data, 60)} is a sentence, which nothing can check; write it like "
                "{text: It stays up, metric: uptime, target: > 99.9%}, or as a line of a checklist"
            )
        return data

    @property
    def held_against(self) -> Target | None:
        """The target as data; None where its number is a range, or has no operator."""
        held = _target(self.metric, self.target, self.components)
        if held is None:
            return None
        coverage = self.min_coverage.ratio.low if self.min_coverage else None
        return replace(
            held,
            window=self.window,
            rolling=self.rolling,
            combine=self.combine,
            min_coverage=held.min_coverage if coverage is None else Fraction(coverage),
        )


class WatchedMetric(Part):
    """A figure to watch, with the threshold at which to alert and the tool that does."""

    id: Id
    name: str
    metric: Metric = Metric.OTHER
    alert: FigureText
    window: Window | None = Field(default=None, description="What is looked back on.")
    tools: Words = ()
    components: Words = ()

    @property
    def held_against(self) -> Target | None:
        """The threshold at which to alert, as data; None where it is a range without operator."""
        held = _target(self.metric, self.alert, self.components)
        return None if held is None else replace(held, window=self.window)


def _target(metric: Metric, figure: Figure, components: Sequence[str]) -> Target | None:
    value = figure.ratio
    if not figure.op or (value.high is not None and value.low != value.high):
        return None
    return Target(
        metric=metric,
        operator=Operator(figure.op),
        value=Fraction(value.low),
        unit="" if figure.unit == "%" else figure.unit,
        components=tuple(components),
    )


class Measure(Part):
    """Where a figure comes from that no check of uptime measures.

    A component whose check of JSON reads it, or a value that somebody read elsewhere.
    """

    meant: ClassVar[dict[str, str]] = {
        "date": "on", "day": "on", "asof": "on", "monitor": "component", "check": "component",
        "from": "source", "by": "source", "tool": "source", "figure": "value", "number": "value",
        "file": "`data/metrics/<name>.csv`, which is found by its name",
    }  # fmt: skip

    component: str | None = Field(
        default=None, description="A component whose check of JSON reads the figure."
    )
    value: FigureText | None = Field(default=None, description="What was read, such as 61.")
    on: Day | None = Field(default=None, description="The day on which it was read.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Measure:
        if (self.component is None) is (self.value is None):
            raise ValueError(
                "says of no figure where it comes from; write `component:`, or `value:` with `on:` "
                "and `source:`"
            )
        if self.value is not None and (self.on is None or self.source is None):
            missing = "on:" if self.on is None else "source:"
            raise ValueError(f"has no `{missing}`; write the day and where the value was read")
        if self.value is not None and self.value.value.low != self.value.value.high:
            raise ValueError("is a range; write the one number that was read")
        return self


Measures = Annotated[tuple[Measure, ...], OneOrMore()]
"""One place that a figure comes from, or its values over time."""


class ClaimKind(StrEnum):
    """What sort of statement a claim is; the audit's rule follows from it."""

    SUM = "sum"
    PERCENT = "percent"
    SAVING = "saving"
    RATIO = "ratio"
    BREAK_EVEN = "break_even"
    PRICE_PER_CUSTOMER = "price_per_customer"
    MARGIN = "margin"
    DURATION = "duration"
    RANGE = "range"
    """One statement of a cost held against another."""


class Claim(Part):
    """A number in prose that can be checked: what is stated, and the formula that derives it."""

    id: Id
    text: str
    kind: ClaimKind
    stated: FigureText
    formula: Formulas = Field(
        default=(),
        description="Arithmetic over `values` and figures of this file such as `after.total`; "
        "of several one must agree.",
    )
    values: dict[str, FigureText] = Field(default={})
    fees: PriceText | None = Field(
        default=None, description="With `break_even`: what each payment loses of `price`."
    )
    stage: str | None = None


class Decision(Part):
    """If this is needed, go there."""

    need: str
    go: str
    note: str = ""


class Limitation(Part):
    """A weakness of what is, and what follows from it."""

    id: Id
    risk: str
    impact: str
    resolved_by: Words = ()
    components: Words = ()


class CheckPoint(Part):
    """One line of a checklist."""

    text_schema: ClassVar[dict[str, Any] | None] = {"type": "string"}

    text: str
    done: Bool = False
    note: str = ""
    item: str | None = None

    @classmethod
    def of_text(cls, text: str) -> object:
        """Read a line with or without a box in front: ``[x] Tell the users``. See ``Model``."""
        match = re.match(r"\[([ xX])\]\s+", text)
        if match is None:
            return {"text": text}
        return {"text": text[match.end() :], "done": match[1] != " "}


class CheckGroup(Part):
    """Lines of a checklist under one heading."""

    name: str
    done: Bool = Field(default=False, description="True where every line is done.")
    stage: str | None = None
    points: tuple[CheckPoint, ...]

    def is_done(self, point: CheckPoint) -> bool:
        """Whether a point is ticked, by itself or with its whole group."""
        return self.done or point.done


class Checklist(Part):
    """Things to tick, in groups; one without groups holds its ``points`` alone.

    ``stage`` is that of its groups which name none themselves.
    """

    meant: ClassVar[dict[str, str]] = dict.fromkeys(
        ("items", "entries", "lines", "tasks", "checks", "steps", "todo"), "points"
    )

    id: Id
    name: str
    stage: str | None = Field(default=None, description="The stage that it belongs to.")
    points: tuple[CheckPoint, ...] = ()
    groups: tuple[CheckGroup, ...] = ()

    @model_validator(mode="after")
    def _in_groups(self) -> Checklist:
        if bool(self.points) == bool(self.groups):
            raise ValueError("has no lines, or has them twice; write `points:`, or `groups:`")
        groups = self.groups or (CheckGroup(name=self.name, points=self.points),)
        if self.stage is not None:
            groups = tuple(
                group if group.stage else group.model_copy(update={"stage": self.stage})
                for group in groups
            )
        object.__setattr__(self, "groups", groups)
        object.__setattr__(self, "points", ())
        object.__setattr__(self, "stage", None)
        return self


class TimelineEntry(Part):
    """A window of the plan and what is done in it."""

    meant: ClassVar[dict[str, str]] = dict.fromkeys(("start", "end", "dates", "date"), "when")

    when: WhenText
    name: str = ""
    owner: str = Field(default="", description="Who sees to it; else those of its steps' items.")
    steps: tuple[Step, ...] = Field(
        default=(), description="What is done in it; nothing where its name says it."
    )


class Timeline(Part):
    """An order of work over time."""

    meant: ClassVar[dict[str, str]] = dict.fromkeys(
        ("windows", "items", "phases", "steps", "milestones"), "entries"
    )

    id: Id
    name: str
    entries: tuple[TimelineEntry, ...]
