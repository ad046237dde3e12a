"""What is to be done: items with their options, migrations, steps and code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from statusgen.base.model import Bool, Id, OneOrMore
from statusgen.roadmap.model.part import Part, Path, Words
from statusgen.roadmap.model.pricing import Priced, PriceText, Service, StatedCost, Usage
from statusgen.roadmap.model.status import Status, StatusText
from statusgen.roadmap.model.time import Day, EffortText, ProgressText, WhenText


class Code(Part):
    """Text that is kept to the letter: code, a configuration, a directory tree."""

    language: str = ""
    text: str
    title: str = ""


Codes = Annotated[tuple[Code, ...], OneOrMore()]
"""Pieces of code; one alone may stand without the list."""

Services = Annotated[tuple[Service, ...], OneOrMore()]
"""Alternatives; one alone may stand without the list."""


class Step(Part):
    """One step of a procedure."""

    shorthand: ClassVar[str | None] = "text"

    text: str
    code: Codes = ()
    steps: tuple[Step, ...] = ()
    item: Words = Field(default=(), description="The item that it works on, or several.")
    effort: EffortText | None = None


class Procedure(Part):
    """Ordered steps under a name: a rollback plan, a way to migrate a database."""

    id: Id
    name: str
    when: str = Field(default="", description="In which case it applies.")
    stage: str | None = None
    steps: tuple[Step, ...]
    code: Codes = ()
    alternative: tuple[Step, ...] = ()


class Automation(Part):
    """When this happens, then that is done or sent."""

    trigger: str
    actions: Words = ()
    channel: str = ""
    recipients: Words = ()


class Endpoint(Part):
    """An address that the item sets up or watches."""

    url: str
    name: str = ""
    interval: str = ""
    expect: Words = ()
    component: str | None = Field(default=None, description="A component of the status page.")


def _phrases(value: object) -> object:
    if isinstance(value, str):
        return {"raw": value}
    return {"points": value} if isinstance(value, list) else value


class Phrases(Part):
    """Pros or cons: the sentence as written, or its points where commas would split wrongly."""

    raw: str = ""
    points: Words = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """The single points; a sentence is split at its commas."""
        if self.points:
            return self.points
        return tuple(part.strip() for part in self.raw.split(",") if part.strip())


PhraseText = Annotated[
    Phrases,
    BeforeValidator(_phrases),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One sentence that lists its points with commas, or a list of points."""


class Option(Priced):
    """One way to do an item."""

    shorthand: ClassVar[str | None] = "name"
    meant: ClassVar[dict[str, str]] = {
        "advantages": "pros", "pro": "pros", "disadvantages": "cons", "con": "cons",
        "cost": "price", "costs": "price", "note": "qualifier", "description": "qualifier",
        "title": "name", "label": "name", "condition": "when",
    }  # fmt: skip

    id: Id
    name: str
    qualifier: str = ""
    recommended: Bool = False
    when: str = Field(default="", description="The condition under which it is the one to take.")
    price: PriceText | None = None
    priced_on: Day | None = Field(default=None, alias="as_of")
    usage: Usage = Field(default={})
    pros: PhraseText = Phrases()
    cons: PhraseText = Phrases()
    facets: dict[str, Words] = Field(default={})


class Choice(Part):
    """The option that was taken, and why: the record of a decision."""

    shorthand: ClassVar[str | None] = "option"

    option: str
    reason: str = ""
    on: Day | None = None


class DualRun(Part):
    """Both sides of a migration beside each other, until the new one has proved itself."""

    meant: ClassVar[dict[str, str]] = {
        "old": "from", "before": "from", "new": "to", "after": "to", "since": "start",
        "begin": "start", "days": "clean_days", "cleandays": "clean_days", "window": "clean_days",
    }  # fmt: skip

    old: str = Field(alias="from", description="The component of the status page that goes.")
    new: str = Field(alias="to", description="The component of the status page that comes.")
    start: Day | None = Field(
        default=None, description="The first day of both; unwritten: when both are first checked."
    )
    clean_days: int = Field(
        default=7,
        ge=1,
        le=365,
        description="Whole days without a failure after which the old one may be switched off.",
    )


class Item(Part):
    """A service to take up, a migration, a choice or a change: one piece of a stage."""

    shorthand: ClassVar[str | None] = "name"
    meant: ClassVar[dict[str, str]] = {
        "decided": "chosen", "decision": "chosen", "choice": "chosen", "selected": "chosen",
        "picked": "chosen", "alternatives": "options", "candidates": "options",
        "price": "`service: {name: …, price: …}`, or `cost:` for what you reckon it costs",
        "product": "service", "tool": "service", "vendor": "service", "provider": "service",
        "date": "when", "start": "when", "deadline": "due", "target": "due", "targetdate": "due",
        "issues": "issue", "ticket": "issue", "pr": "issue", "pullrequest": "issue", "url": "issue",
        "updated": "changed", "changedon": "changed", "lastchanged": "changed",
        "percent": "progress", "dualrun": "dual_run",
        "quantity": "the number in the price, like `service: {name: …, price: 3 × €29/month}`",
        "description": "why", "reason": "why", "needs": "depends_on", "requires": "depends_on",
        "after": "depends_on", "blockedby": "depends_on", "tasks": "steps", "todo": "steps",
        "state": "status", "responsible": "owner", "assignee": "owner",
        "duration": "effort", "time": "effort", "takes": "effort", "estimate": "effort",
        "length": "effort", "title": "name", "label": "name",
    }  # fmt: skip

    id: Id
    name: str
    number: str = Field(default="", description="The author's own numbering, e.g. 1.2.")
    category: str = ""
    status: StatusText = Status.PLANNED
    why: str = ""
    goal: str = ""
    owner: str = Field(default="", description="Who sees to it: a person or a team.")
    due: WhenText | None = Field(default=None, description="By when it is to be done.")
    issue: Words = Field(default=(), description="Addresses of its issues or pull requests.")
    progress: ProgressText | None = Field(default=None, description="How much of it is done.")
    changed: Day | None = Field(
        default=None,
        description="The day on which its state last changed; with `done`, of its end.",
    )
    dual_run: DualRun | None = Field(
        default=None, description="While both sides of a migration run beside each other."
    )
    service: Service | None = None
    moves_from: Services = Field(default=(), alias="from")
    moves_to: Services = Field(default=(), alias="to")
    options: tuple[Option, ...] = ()
    chosen: Choice | None = None
    optional: Bool = False
    cost: StatedCost | None = Field(default=None, description="What the author says it costs.")
    setup: WhenText | None = Field(default=None, description="When it is set up (priority).")
    when: WhenText | None = None
    effort: EffortText | None = None
    steps: tuple[Step, ...] = ()
    verification: tuple[Step, ...] = ()
    rollback: tuple[Step, ...] = ()
    code: Codes = ()
    automations: tuple[Automation, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    alerts: Words = ()
    evidence: dict[str, Words] = Field(default={}, description="What shows that it is done.")
    facets: dict[str, Words] = Field(default={}, description="Lists under a label.")
    depends_on: Words = ()
    resolves: Words = Field(default=(), description="Limitations that it ends.")
    components: Words = Field(default=(), description="Components of the status page.")

    @property
    def is_migration(self) -> bool:
        """Whether something moves from one service to another."""
        return bool(self.moves_from or self.moves_to)

    def services(self, path: Path) -> Iterator[tuple[Path, Service]]:
        """Yield the services that it names, its own first, each with its path below the item's."""
        if self.service is not None:
            yield (*path, "service"), self.service
        for side, services in (("from", self.moves_from), ("to", self.moves_to)):
            for index, service in enumerate(services):
                yield (*path, side, index), service
