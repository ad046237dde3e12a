"""Lists of prices: what one plan costs by the month, by the year and for life is no three costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.amounts import is_total
from statusgen.importer.headers import MONTH, ONCE, UNIT, YEAR
from statusgen.importer.table_columns import Columns
from statusgen.importer.table_totals import range_of
from statusgen.importer.words import canonical
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import Range
from statusgen.roadmap.vocabulary import grouped, pattern

_PLANS = re.compile(rf"(?:.*[\s-])?(?:{pattern(grouped('header')['plans'])})", re.I)


def plan_prices(shape: Columns, columns: Sequence[int]) -> dict[str, int]:
    """Return the columns of what each of several plans costs, by their field; else nothing.

    Of a month and a year both are taken where the year is twelve months; any other price of the
    same plan (for life, by a user, a month where a year is paid) stays a note.
    """
    header = [cell.text for cell in shape.table.header]
    rows = shape.table.rows
    first = header[0].strip(" *_:")
    if not (canonical(first) == "tier" or _PLANS.fullmatch(first)) or len(columns) < 2:
        return {}
    if any(is_total(row.cells[0].text) for row in rows) or {"before", "after"} <= {*shape.roles}:
        return {}
    years = [i for i in columns if YEAR.search(header[i]) and not UNIT.search(header[i])]
    months = [i for i in columns if MONTH.search(header[i]) and i not in years]
    if not years and any(ONCE.search(header[i]) for i in columns):
        return {}  # what is paid at once is paid besides
    if len(months) != 1 or len(columns) == len(months) + len(years) < 3:
        return {}
    twelve = Range.point(12)
    for year in years:
        sides = [(range_of(shape.price(row, months[0])), shape.price(row, year)) for row in rows]
        said = [(one, range_of(text)) for one, text in sides if one is not None]
        if all(each is not None and fits(each, one.scaled(twelve)) for one, each in said):
            return {"monthly": months[0], "annual": year}
    return {"monthly": months[0]}
