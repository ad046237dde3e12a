"""What a year costs beside a month: COST006, in the tables of roadmap files and of documents.

In a document the price of a year is a price of its own: who pays at once pays less, wages are paid
thirteen times, and a month may have been rounded from its year. Only where all other lines are
twelve months, or where the total of the years shows it, must a line be twelve months, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from statusgen.audit.finding import Judged, Severity, Verdict, measured
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import fits, is_near, is_slip, is_year_of, unit_of_last_digit
from statusgen.roadmap.claims import Amount, YearLine, show
from statusgen.roadmap.money import Range, divide, format_number
from statusgen.words.worded import worded

_TWELVE = Range.point(12)


def wrong_years(lines: Sequence[YearLine]) -> tuple[list[YearLine], Decimal | None]:
    """Return the lines whose year is not twelve months, and how many months all years count alike.

    As many months in every line is a discount by the year: then none is wrong.
    """
    wrong = [line for line in lines if not _is_times(line.month, line.year, Decimal(12))]
    if not wrong:
        return [], None
    months = _months_paid([(line.month, line.year) for line in lines])
    if months is not None:
        return [], months
    return [line for line in wrong if not _OTHERWISE.search(line.year.text)], None


_OTHERWISE = re.compile(r"free|discount|\boff\b|sav|billed|prepa", re.I)
"""What a yearly amount may say of itself that makes it none of twelve months."""


def told_years(
    lines: Sequence[YearLine], wrong: Iterable[YearLine]
) -> list[tuple[YearLine, Severity | None]]:
    """Return which of such lines a document gets wrong, and how grave that is where it is a doubt.

    The total of all years is right with twelve months, and not with what is stated: then the line
    is wrong. Else it is the only one that is not twelve months; and beside a single one that is, it
    may be an offer, a wage or a month that was rounded.
    """
    wrong = [line for line in wrong if not line.of_total and not _is_counted(line, line.year)]
    if proven := [line for line in wrong if _is_counted(line, _twelve(line))]:
        return [(line, None) for line in proven]
    right = sum(_is_exact(line) for line in lines if not line.of_total)
    if len(wrong) != 1 or not right:
        return []
    line = wrong[0]
    year, twelve = _known(line.year), _known(_twelve(line))
    over, unit = year.low - twelve.low, unit_of_last_digit(_known(line.month).low)
    cut_off = 0 <= over < 12 * unit
    rounded = abs(over) <= 6 * unit or not (year.is_point and twelve.is_point)
    by_month = abs(over) >= _known(line.month).low  # paid at once, or a wage more
    if not is_near(year, twelve) or (right < 2 and (rounded or cut_off or by_month)):
        return []
    if year in (_known(line.month).scaled(Range.point(count)) for count in (13, 14)):
        return []
    slip = over > 0 or (is_slip(year, twelve) and not by_month)
    return [(line, None if right > 1 and slip and not rounded else Severity.WARNING)]


def _known(part: Amount) -> Range:
    assert part.amount is not None
    return part.amount


def _twelve(line: YearLine) -> Amount:
    return Amount(line.year.text, _known(line.month).scaled(_TWELVE), line.year.currency)


def _is_counted(line: YearLine, year: Amount) -> bool:
    """Whether the total of the years is right with such a year of one line."""
    total = line.total
    if total is None or total.amount is None or line.besides is None:
        return False
    return fits(total.amount, line.besides + _known(year), approx=total.approx)


def _is_exact(line: YearLine) -> bool:
    month = _known(line.month)
    return month.is_point and month.low > 0 and _is_times(line.month, line.year, Decimal(12))


def years_hold(name: str, count: int, months: Decimal | None) -> Judged:
    """Say that the years of a table are right, and by how many months."""
    if months is None:
        formula = worded("findings.twelve-times", count=count)
        return Judged(Verdict.HOLDS, Saying("findings.years-hold", {"table": name}), "", formula)
    values = {"table": name, "months": format_number(months)}
    return Judged(Verdict.HOLDS, Saying("findings.year-of-months", values))


def year_misses(name: str, line: YearLine, severity: Severity | None = None) -> Judged:
    """Say that the year of a table's line is not twelve of its months."""
    month, year, twelve = map(_known, (line.month, line.year, _twelve(line)))
    code = line.year.currency or line.month.currency
    derived = show(twelve, code)
    values = {"table": name, "name": line.label, "derived": derived, "stated": line.year.text}
    return Judged(
        Verdict.CONTRADICTED,
        Saying("findings.year-misses", values),
        derived,
        f"12 × {show(month, code)} = {derived}",
        severity,
        {"stated": measured(year, code), "derived": measured(twelve, code)},
    )


def _is_times(one: Amount, other: Amount, factor: Decimal) -> bool:
    approx = one.approx or other.approx
    return is_year_of(_known(other), _known(one), approx=approx, months=factor)


def _months_paid(pairs: Sequence[tuple[Amount, Amount]]) -> Decimal | None:
    """Return the months that every annual price counts, where it is one number from 8 to 12."""
    paid = [pair for pair in pairs if pair[0].amount is not None and pair[0].amount.low > 0]
    if len(paid) < 2:
        return None
    month, year = paid[0]
    ratio = divide(_known(year).low, _known(month).low)
    for exact in (ratio, round(ratio, 1), round(ratio)):
        if 8 <= exact < 12 and all(_is_times(one, other, Decimal(exact)) for one, other in paid):
            return Decimal(exact)
    return None
