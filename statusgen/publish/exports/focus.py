"""The running cost of a stage as a FOCUS data set: what a month of it would be billed.

FOCUS describes what was billed, so this is a bill of a month that is only planned: each amount is
the derived one, and a line whose amount is a range or unknown is left, for a bill has neither.
Source: FinOps Open Cost and Usage Specification (FOCUS), version 1.0.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from statusgen.publish.exports.exported import Exported
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import format_range
from statusgen.roadmap.paid import PaidLine, paid_lines
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
    for number, line in enumerate(paid_lines(roadmap, costs[: costs.index(wanted) + 1]), 1):
        if line.cost.missing or not line.cost.amounts:
            left.append(f"{line.told}: its cost is not known")
            continue
        if not all(amount.is_point for _, amount in line.cost.amounts):
            left.append(f"{line.told}: its cost is a range")
            continue
        if line.cost.once:
            left.append(f"{line.told}: {_once(line)} is paid once, in a month that nobody names")
            if not line.cost.currencies:
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


def _row(roadmap: Roadmap, line: PaidLine, sku: str, amount: str) -> dict[str, str]:
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


def _once(line: PaidLine) -> str:
    return " + ".join(str(format_range(code, amount)) for code, amount in line.cost.once)


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
