"""A whole roadmap file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PrivateAttr

from statusgen.base.model import Id
from statusgen.base.yamltree import Document, Mark
from statusgen.roadmap.model.part import Acceptance, Currency, Part, Path, Words
from statusgen.roadmap.model.picture import Architecture
from statusgen.roadmap.model.pricing import Comparison, CostTable, StatedCost
from statusgen.roadmap.model.promise import (
    Checklist,
    Claim,
    Criterion,
    Decision,
    Limitation,
    Measures,
    Timeline,
    WatchedMetric,
)
from statusgen.roadmap.model.status import Status, StatusText
from statusgen.roadmap.model.threshold import TriggerText
from statusgen.roadmap.model.time import Day, EffortText, ProgressText, WhenText
from statusgen.roadmap.model.work import Codes, Item, Procedure


class StageKind(StrEnum):
    """What the author calls the stages; all behave alike."""

    STAGE = "stage"
    PHASE = "phase"
    PRIORITY = "priority"


STAGE_KEYS = {
    "stages": StageKind.STAGE,
    "phases": StageKind.PHASE,
    "priorities": StageKind.PRIORITY,
}
"""The key under which the stages stand says their kind."""


_CHECKLIST = "its lines as `checklist: [First thing, Second thing]`"
_CHOICE = (
    "an item of the stage, like `items: [{name: Which database?, options: [A, B], chosen: B}]`"
)


class Stage(Part):
    """A step of the roadmap, with its items."""

    shorthand: ClassVar[str | None] = "name"
    meant: ClassVar[dict[str, str]] = {
        "needs": "depends_on", "requires": "depends_on", "after": "depends_on",
        "blockedby": "depends_on", "date": "when", "dates": "when", "deadline": "due",
        "target": "due", "issues": "issue", "since": "reached", "entered": "reached",
        "updated": "changed", "changedon": "changed", "description": "goal", "tasks": "items",
        "services": "items",
        "budget": "cost", "price": "cost", "total": "cost", "condition": "trigger",
        "state": "status", "responsible": "owner", "assignee": "owner",
        "title": "name", "label": "name", "duration": "effort", "takes": "effort",
        "estimate": "effort", "length": "effort", "time": "effort",
        "summary": "goal", "totals": "cost",
        "checklist": _CHECKLIST, "checklists": _CHECKLIST, "todo": _CHECKLIST,
        "decision": _CHOICE, "decisions": _CHOICE, "choices": _CHOICE, "choice": _CHOICE,
        "options": _CHOICE, "chosen": _CHOICE,
        "start": "`when:` with both days, like 2026-09-01..2026-10-31",
        "end": "`when:` with both days, like 2026-09-01..2026-10-31",
    }  # fmt: skip

    id: Id
    name: str
    number: str = ""
    marker: str = Field(default="", description="A sign that the author uses, e.g. 🟡.")
    status: StatusText = Status.PLANNED
    trigger: TriggerText | None = None
    when: WhenText | None = None
    effort: EffortText | None = Field(default=None, description="How long it takes.")
    goal: str = ""
    reason: str = ""
    owner: str = Field(default="", description="Who sees to it: a person or a team.")
    due: WhenText | None = Field(default=None, description="By when it is to be done.")
    issue: Words = Field(default=(), description="Addresses of its issues or pull requests.")
    progress: ProgressText | None = Field(
        default=None, description="How much of it is done; unwritten: told from its items."
    )
    changed: Day | None = Field(default=None, description="The day of its last change.")
    reached: Day | None = Field(
        default=None, description="The day from which on the plan was at this stage."
    )
    cost: StatedCost | None = None
    cost_impact: StatedCost | None = Field(
        default=None, description="What it changes in the monthly cost, e.g. -$400-800/month."
    )
    items: tuple[Item, ...] = ()
    facets: dict[str, Words] = Field(default={})
    code: Codes = ()
    depends_on: Words = ()
    components: Words = ()


Rate = Annotated[Decimal, Field(ge=Decimal("1e-9"), le=Decimal("1e9"))]
"""A rate of exchange; the limits keep sums finite."""


class Rates(Part):
    """Exchange rates on one day: how much of ``base`` one unit of each currency is worth."""

    base: Currency = "USD"
    on: Day = Field(alias="as_of")
    worth: dict[Currency, Rate | None] = Field(
        default={}, description="Currency → its worth in the base; null where nobody looked."
    )


class Rollback(Part):
    """How to go back, and what makes it necessary."""

    steps: tuple[Procedure, ...] = ()
    triggers: tuple[Criterion, ...] = ()


class Roadmap(Part):
    """One roadmap: everything that its file holds, as stated."""

    meant: ClassVar[dict[str, str]] = {
        "title": "name", "description": "summary", "about": "summary", "goals": "goal",
        "objective": "goal", "date": "updated", "milestones": "stages", "steps": "stages",
        "timeline": "timelines", "checklist": "checklists", "todo": "checklists",
        "risks": "limitations", "problems": "limitations", "tables": "stacks", "costs": "stacks",
        "services": "stacks", "architecture": "architectures", "diagrams": "architectures",
        "decided": "choices", "options": "choices", "criteria": "success", "kpis": "metrics",
        "measurements": "measures", "figures": "measures",
        "budget": "a criterion under `success:`, such as {metric: cost, target: < $100}",
        "prices": "`as_of:` for their day, and each price at its service",
    }  # fmt: skip

    format: Literal["statusgen/roadmap@1"] = Field(default="statusgen/roadmap@1", alias="schema")
    id: Id
    name: str
    summary: str = ""
    goal: str = ""
    updated: Day | None = None
    currency: Currency = Field(default="USD", description="What sums are shown in.")
    numbers: Literal["1.234,56", "1,234.56"] | None = Field(
        default=None,
        description="How thousands and decimals are written. Unwritten: told by each amount, and "
        "one like €1.200, of which nobody can tell, is refused.",
    )
    rates: Rates | None = None
    priced_on: Day | None = Field(
        default=None, alias="as_of", description="The day on which the prices were looked up."
    )
    start: Day | None = Field(
        default=None, description="The day on which week 1 and month 1 begin."
    )
    kind: StageKind = StageKind.STAGE
    stages: tuple[Stage, ...] = ()
    next: tuple[Item, ...] = Field(default=(), description="What follows the last stage.")
    choices: tuple[Item, ...] = Field(
        default=(), description="Items with options that belong to no stage."
    )
    timelines: tuple[Timeline, ...] = ()
    critical_path: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Chains of stages and items, each depending on the one before."
    )
    stacks: tuple[CostTable, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    summaries: tuple[CostTable, ...] = ()
    architectures: tuple[Architecture, ...] = ()
    limitations: tuple[Limitation, ...] = ()
    metrics: tuple[WatchedMetric, ...] = ()
    measures: dict[str, Measures] = Field(
        default={},
        description="What a criterion, a trigger or a watched figure (by its id) or the trigger of "
        "a stage (by what it counts, such as users) is measured by.",
    )
    success: tuple[Criterion, ...] = ()
    rollback: Rollback = Rollback()
    claims: tuple[Claim, ...] = ()
    decisions: tuple[Decision, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    components: Words = ()

    _document: Document = PrivateAttr(default_factory=lambda: Document("", None))
    _stage_key: str = PrivateAttr(default="stages")

    def remember(self, document: Document, stage_key: str) -> None:
        """Keep the file's places, so that findings can say where a thing stands."""
        self._document = document
        self._stage_key = stage_key

    @property
    def file(self) -> str:
        """The file's name as the user gave it."""
        return self._document.file

    def mark(self, path: Path) -> Mark:
        """Return the line and column of a part, e.g. of ``("stages", 3, "cost")``."""
        if path and path[0] == "stages":
            path = (self._stage_key, *path[1:])
        return self._document.mark(path)

    def items(self) -> Iterator[tuple[Path, Item]]:
        """Every item with its path, in file order."""
        for number, stage in enumerate(self.stages):
            for index, item in enumerate(stage.items):
                yield ("stages", number, "items", index), item
        for index, item in enumerate(self.next):
            yield ("next", index), item
        for index, item in enumerate(self.choices):
            yield ("choices", index), item

    def tables(self) -> Iterator[tuple[Path, CostTable]]:
        """Every table of costs with its path: stacks, both sides of comparisons, summaries."""
        for index, table in enumerate(self.stacks):
            yield ("stacks", index), table
        for index, comparison in enumerate(self.comparisons):
            yield ("comparisons", index, "before"), comparison.before
            yield ("comparisons", index, "after"), comparison.after
        for index, table in enumerate(self.summaries):
            yield ("summaries", index), table

    def item(self, identifier: str) -> Item | None:
        """Return the item of that id, or None."""
        return next((item for _, item in self.items() if item.id == identifier), None)

    def stage(self, identifier: str) -> Stage | None:
        """Return the stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == identifier), None)

    def measurable(self) -> list[str]:
        """Return the names under which figures are looked for: ids, and what stages count."""
        names = [each.id for each in (*self.success, *self.rollback.triggers)]
        names += [each.id for each in self.metrics]
        names += [each.trigger.counted for each in self.stages if each.trigger]
        return list(dict.fromkeys(filter(None, names)))

    def as_json(self) -> dict[str, Any]:
        """Return everything as JSON values, in file order; prices and times as written."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
