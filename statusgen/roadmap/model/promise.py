"""What a roadmap promises and can be held to: criteria, metrics, claims, decisions, risks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from statusgen.base.clock import parse_duration_ms
from statusgen.base.model import Bool
from statusgen.roadmap.formula import Formula, parse_formula
from statusgen.roadmap.model.part import Id, Part, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.threshold import FigureText
from statusgen.roadmap.model.time import WhenText
from statusgen.roadmap.model.work import Status, Step


class Metric(StrEnum):
    """What is measured, where the program can know it."""

    UPTIME = "uptime"
    DOWNTIME = "downtime"
    LATENCY_P50 = "latency_p50"
    LATENCY_P95 = "latency_p95"
    LATENCY_P99 = "latency_p99"
    ERROR_RATE = "error_rate"
    COST = "cost"
    BREAK_EVEN = "break_even"
    MARGIN = "margin"
    OTHER = "other"


MEASURED = frozenset(
    {
        Metric.UPTIME,
        Metric.DOWNTIME,
        Metric.LATENCY_P50,
        Metric.LATENCY_P95,
        Metric.LATENCY_P99,
        Metric.ERROR_RATE,
    }
)
"""The metrics that checks of the status page measure."""


class Combine(StrEnum):
    """How several components make one figure."""

    WORST = "worst"
    AVERAGE = "average"


def _window(value: object) -> object:
    if not isinstance(value, str):
        return value
    return parse_duration_ms(value) // 1000


Window = Annotated[
    int,
    BeforeValidator(_window),
    WithJsonSchema({"type": "string", "examples": ["24h", "30d"]}),
]
"""A window as ``24h`` or ``30d``, held in seconds."""


def _formulas(value: object) -> object:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list):
        return value
    return [parse_formula(text) if isinstance(text, str) else text for text in texts]


Formulas = Annotated[
    tuple[Formula, ...],
    BeforeValidator(_formulas),
    PlainSerializer(lambda formulas: [formula.written() for formula in formulas]),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
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


class WatchedMetric(Part):
    """A figure to watch, with the threshold at which to alert and the tool that does."""

    id: Id
    name: str
    metric: Metric = Metric.OTHER
    alert: FigureText
    tools: Words = ()
    components: Words = ()


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

    shorthand: ClassVar[str | None] = "text"

    text: str
    done: Bool = False
    note: str = ""
    item: str | None = None


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
    """Things to tick, in groups."""

    id: Id
    name: str
    groups: tuple[CheckGroup, ...]


class TimelineEntry(Part):
    """A window of the plan and what is done in it."""

    when: WhenText
    name: str = ""
    steps: tuple[Step, ...]


class Timeline(Part):
    """An order of work over time."""

    id: Id
    name: str
    entries: tuple[TimelineEntry, ...]
