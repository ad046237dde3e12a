"""A month's total said again for the year, in a line of its own."""

from __future__ import annotations

from statusgen.importer.amounts import is_period
from statusgen.importer.found import Entity
from statusgen.importer.headers import YEAR
from statusgen.importer.words import canonical
from statusgen.roadmap.money import Period
from statusgen.roadmap.price_grammar import price_or_none


def take_year(table: Entity) -> Entity:
    """Let a line below a total, *Annual: $528*, be the total's year: nobody pays it besides."""
    total = table.fields.get("total")
    if not isinstance(total, Entity) or "annual" in total.fields:
        return table
    rows = table.parts("rows")
    for row in rows:
        price = row.text("annual") or row.text("monthly")
        if row.line > total.line and price and _is_of_year(row.text("name")):
            if may_be_twelve(total.text("monthly"), price):
                total.set("annual", price)
                table.fields["rows"] = [one for one in rows if one is not row]
            break
    return table


def _is_of_year(label: str) -> bool:
    return (is_period(label) and bool(YEAR.search(label))) or canonical(label) == "annual"


def may_be_twelve(monthly: str, annual: str) -> bool:
    """Whether a year's amount may be a month's said again, however wrong: not a tenth of it."""
    one, other = price_or_none(monthly), price_or_none(annual)
    if one is not None and any(term.every is Period.YEAR for term in one.all_terms):
        return False
    month, year = one and one.monthly, other and other.amount
    return not month or not year or 3 * month.low <= year.low <= 40 * month.low
