"""Prices, stated costs and tables of costs in a roadmap file."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from statusgen.base.fields import link_fault, refuse
from statusgen.base.model import Bool, FromText, Id
from statusgen.roadmap.model.part import Part, Words
from statusgen.roadmap.model.time import Day
from statusgen.roadmap.price import Kind, Price, Quantity, untimed
from statusgen.roadmap.price_grammar import parse_price, price_or_none
from statusgen.roadmap.quantity import parse_quantity, singular

_SEEN_AT = "The vendor's page that is looked at each week: whether it still shows these terms."
PriceText = Annotated[
    Price,
    FromText(
        parse_price,
        {
            "type": "string",
            "examples": ["$19/month", "~$5-10/mo", "$15/host/month", "Free tier, then $26/month"],
        },
    ),
]
"""A price as people write it; it is kept as written."""


def _usage(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {
        singular(str(unit)): _quantity(amount) if isinstance(amount, str) else amount
        for unit, amount in value.items()
    }


def _quantity(text: str) -> Quantity:
    """Read a usage; of money, such as the sales that a percentage is taken of, as its currency."""
    with suppress(ValueError):
        price = parse_price(text)
        if price.currency and price.monthly is not None and price.terms[0].kind is Kind.FIXED:
            return Quantity(price.monthly, price.currency)
    return parse_quantity(text)


def _usage_text(usage: dict[str, Quantity]) -> dict[str, str]:
    return {unit: str(quantity) for unit, quantity in usage.items()}


Usage = Annotated[
    dict[str, Quantity],
    BeforeValidator(_usage),
    PlainSerializer(_usage_text),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {"type": ["string", "number"]},
            "examples": [{"host": 10, "GB": 50, "SMS": "1K-2K", "sale": "$18,000"}],
        }
    ),
]
"""What is consumed each month, by the units that prices name."""


class Basis(StrEnum):
    """What a stage's stated cost counts."""

    RUNNING = "running"
    """Everything paid at that stage, earlier stages included."""
    NEW = "new"
    """Only what the stage adds."""
    CHANGE = "change"
    """A base stack plus the changes of the stage."""


PRICED_BY_PERIOD = ("price", "monthly", "stated")
"""The keys of a part to whose prices its `period:` applies."""


class Priced(Part):
    """A part with prices that may name no period."""

    period: Literal["unstated"] | None = Field(
        default=None,
        description="`unstated` where nobody says how often the amounts are paid: they are shown "
        "as written and are part of no running cost. Unwritten: an amount without a period is a "
        "month's.",
    )

    @model_validator(mode="before")
    @classmethod
    def _of_no_month(cls, data: Any) -> Any:
        if not isinstance(data, dict) or data.get("period") != "unstated":
            return data
        return {
            key: _untimed(value) if key in PRICED_BY_PERIOD else value
            for key, value in data.items()
        }


def _untimed(value: object) -> object:
    price = price_or_none(value) if isinstance(value, str) else None
    return untimed(price) if price is not None else value  # else told by the key itself


class StatedCost(Priced):
    """A cost as the author states it. Never overwritten by what is derived."""

    shorthand: ClassVar[str | None] = "stated"

    stated: PriceText
    basis: Basis | None = Field(
        default=None, description="What the number counts; the audit asks where it is missing."
    )
    base: str | None = Field(default=None, description="With `basis: change`: the stack's id.")
    note: str = ""


def _page_fault(url: str) -> str | None:
    if url.lower().startswith("mailto:"):
        return "a mailbox is no page; write it like https://vendor.example/pricing"
    return link_fault(url, relative=False)


class SeenAt(Part):
    """Where a vendor's page shows the terms of a price, and by which words."""

    url: Annotated[
        str,
        refuse(_page_fault),
        WithJsonSchema({"type": "string", "pattern": "^https?://"}),
    ]
    expect: Words = Field(
        min_length=1,
        description="Texts that the page shows as long as the terms hold, e.g. Pro $25/month.",
    )


class Feature(Part):
    """Something that a service gives, with typed attributes where they matter."""

    shorthand: ClassVar[str | None] = "text"

    text: str
    attributes: dict[str, str] = Field(default={})


class Tier(Priced):
    """One tier of a vendor's price list."""

    name: str
    price: PriceText
    note: str = ""
    attributes: dict[str, str] = Field(default={})
    seen_at: SeenAt | None = Field(default=None, description=_SEEN_AT)


class Service(Priced):
    """A product that is used, at a tier and a price."""

    shorthand: ClassVar[str | None] = "name"

    name: str
    id: Id | None = None
    aliases: Words = ()
    vendor: str = ""
    tier: str = ""
    region: Words = ()
    price: PriceText | None = None
    priced_on: Day | None = Field(
        default=None, alias="as_of", description="The day on which the price was looked up."
    )
    seen_at: SeenAt | None = Field(default=None, description=_SEEN_AT)
    usage: Usage = Field(default={})
    measured_by: dict[str, str] = Field(
        default={},
        description="Unit → the series of data/metrics/ that says what is used of it a month.",
    )
    cost: StatedCost | None = Field(default=None, description="What the author says it comes to.")
    includes: tuple[Feature, ...] = ()
    features: tuple[Feature, ...] = ()
    tiers: tuple[Tier, ...] = ()
    needs: tuple[Service, ...] = Field(
        default=(), description="What it costs besides: the machine of a self-hosted program."
    )
    note: str = ""


class Row(Priced):
    """One line of a table of costs."""

    name: str
    role: str = Field(default="", description="What it does, e.g. Backend API.")
    tier: str = ""
    region: Words = ()
    quantity: int | None = None
    unit_price: PriceText | None = None
    monthly: PriceText | None = Field(default=None, description="The stated cost a month.")
    annual: PriceText | None = Field(default=None, description="The stated cost a year.")
    price: PriceText | None = Field(default=None, description="Terms to derive the cost from.")
    seen_at: SeenAt | None = Field(default=None, description=_SEEN_AT)
    usage: Usage = Field(default={})
    items: Words = Field(default=(), description="Items of the plan that this line pays for.")
    stage: str | None = None
    gives: str = ""
    note: str = ""
    footnote: str = ""
    components: Words = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The `item/option` references among :attr:`items`."""
        return tuple(reference for reference in self.items if "/" in reference)


class Total(Priced):
    """The sum that the author wrote under a table."""

    shorthand: ClassVar[str | None] = "monthly"

    name: str = Field(default="", description="What its author calls it: Total without VAT.")
    monthly: PriceText | None = None
    annual: PriceText | None = None
    note: str = ""


class CostTable(Part):
    """Lines with a sum under them: a stack, one side of a comparison, a summary of stages."""

    id: Id
    name: str
    rows: tuple[Row, ...]
    total: Total | None = None
    subtotals: tuple[Total, ...] = Field(
        default=(), description="Sums of some of the lines, as their author wrote them."
    )
    column: str = Field(default="", description="What its author writes above the amounts.")
    stage: str | None = Field(default=None, description="The stage that this is the stack of.")
    sums: Bool | None = Field(
        default=None,
        description="True where the rows are parts of one sum, false where they are alternatives "
        "or stages. Unwritten: a sum is shown where a stated total shows that they add up to it.",
    )


class Comparison(Part):
    """Two stacks side by side: before and after."""

    id: Id
    name: str
    before: CostTable
    after: CostTable
