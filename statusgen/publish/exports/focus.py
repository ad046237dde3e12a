"""The running cost of a stage as a FOCUS data set: what a month of it would be billed.

FOCUS describes what was billed, so this is a bill of a month that is only planned: each amount is
the derived one, and a line whose amount is a range or unknown is left, for a bill has neither.
Source: FinOps Open Cost and Usage Specification (FOCUS), version 1.0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from statusgen.publish.exports.exported import Exported
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import StageCost, row_cost, stage_costs
from statusgen.roadmap.model import Basis, Roadmap
from statusgen.words.money import exact

COLUMNS = (
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency",
    "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription",
    "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory",
    "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus",
    "CommitmentDiscountType", "ConsumedQuantity", "ConsumedUnit", "ContractedCost",
    "ContractedUnitPrice", "EffectiveCost", "InvoiceIssuerName", "ListCost", "ListUnitPrice",
    "PricingCategory", "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName",
    "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType", "ServiceCategory",
    "ServiceName", "SkuId", "SkuPriceId", "SubAccountId", "SubAccountName", "Tags",
)  # fmt: skip


def costs_focus(roadmap: Roadmap, stage: str, month: date) -> Exported:
    """Return what the given stage adds and what it carries, line by line, for a month.

    ``stage`` is the id of one of its stages, ``month`` any day of the month.
    """
    costs = stage_costs(roadmap)
    wanted = next(cost for cost in costs if cost.stage == stage)
    begins = month.replace(day=1)
    ends = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1)
    rows: list[dict[str, str]] = []
    left: list[str] = []
    if wanted.baseless:
        left.append("what runs before it is stated nowhere: only what it changes is here")
    for number, line in enumerate(_lines(roadmap, costs[: costs.index(wanted) + 1]), 1):
        if line.cost.missing or not line.cost.amounts:
            left.append(f"{line.told}: its cost is not known")
            continue
        if not all(amount.is_point for _, amount in line.cost.amounts):
            left.append(f"{line.told}: its cost is a range")
            continue
        for code, amount in line.cost.amounts:
            row = _row(roadmap, line, f"{line.sku}-{number}", _decimal(amount.low))
            rows.append(
                row | {"BillingCurrency": code or roadmap.currency} | _periods(begins, ends)
            )
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Exported(out.getvalue(), left)


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    vendor: str
    told: str
    sku: str
    cost: Cost


def _lines(roadmap: Roadmap, costs: Sequence[StageCost]) -> Iterator[_Line]:
    """Yield what is paid for in the last of these stages: its own lines and those it carries.

    A stage that changes a stack carries that stack, and nothing of the stages before.
    """
    stages = {each.id: each for each in roadmap.stages}
    tables = {table.id: table for _, table in roadmap.tables()}
    begins = 0
    stack: Sequence[_Line] = ()
    for number, cost in enumerate(costs):
        stated = stages[cost.stage].cost
        if stated is not None and stated.basis is Basis.CHANGE and stated.base in tables:
            table = tables[stated.base]
            begins = number
            stack = [
                _Line(row.name, row.name, f"{table.name}: {row.name}", table.id, row_cost(row))
                for row in table.rows
            ]
    yield from stack
    for cost in costs[begins:]:
        stage = stages[cost.stage]
        for item in cost.items:
            service = item.item.service
            for line in item.lines:
                paid = line.need or service
                vendor = (paid.vendor if paid is not None else "") or line.name
                yield _Line(line.name, vendor, f"{stage.name}: {line.name}", stage.id, line.cost)


def _row(roadmap: Roadmap, line: _Line, sku: str, amount: str) -> dict[str, str]:
    row = dict.fromkeys(("BilledCost", "ContractedCost", "EffectiveCost", "ListCost"), amount)
    row |= dict.fromkeys(("ContractedUnitPrice", "ListUnitPrice"), amount)
    row |= dict.fromkeys(("ProviderName", "PublisherName", "InvoiceIssuerName"), line.vendor)
    return row | {
        "BillingAccountId": roadmap.id,
        "BillingAccountName": roadmap.name,
        "ChargeCategory": "Purchase",
        "ChargeDescription": line.told,
        "ChargeFrequency": "Recurring",
        "PricingCategory": "Standard",
        "PricingQuantity": "1.0",
        "PricingUnit": "Months",
        "ServiceCategory": "Other",
        "ServiceName": line.name,
        "SkuId": sku,
        "SkuPriceId": sku,
    }


def _decimal(value: Decimal) -> str:
    """Write an amount exactly, and as a decimal: some readers take 25 for a whole number's type."""
    text = exact(value)
    return text if "." in text else f"{text}.0"


def _periods(begins: date, ends: date) -> dict[str, str]:
    start, end = f"{begins}T00:00:00Z", f"{ends}T00:00:00Z"
    return {
        "BillingPeriodStart": start,
        "BillingPeriodEnd": end,
        "ChargePeriodStart": start,
        "ChargePeriodEnd": end,
    }
