"""Sums and calculations of tables and lists: COST001, COST006, COST012 and COST026.

A stated total holds where one of its readings gives it. The same is asked of the tables of a
roadmap file and of those of a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from statusgen.audit.agree import Side, agrees, gap, outside
from statusgen.audit.compared import (
    Compared,
    about_right,
    adds_nothing,
    compare,
    currencies_of,
    ends_in_percent,
    is_of_parts,
)
from statusgen.audit.far import asked
from statusgen.audit.finding import Judged, Severity, Verdict, both, listed, measured
from statusgen.audit.said import Said
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import is_slip, is_year_of
from statusgen.roadmap.claims import (
    Amount,
    Line,
    Lines,
    Place,
    Sum,
    YearLine,
    Years,
    show,
)
from statusgen.roadmap.money import Range, divide, format_number
from statusgen.words.worded import worded


def check(said: Said, claims: Sequence[Sum | Years | Lines]) -> None:
    """Judge every such claim of a document.

    Where the totals of two columns do without the same lines, those are none of their parts.
    """
    sums = {id(claim): compare(claim.readings) for claim in claims if isinstance(claim, Sum)}
    left_out = Counter(
        (claim.place.line, found.without)
        for claim in claims
        if isinstance(claim, Sum) and (found := sums[id(claim)]).without
    )
    for claim in claims:
        if isinstance(claim, Sum):
            found = sums[id(claim)]
            if left_out[claim.place.line, found.without] < 2:
                _sum(said, claim, found)
        elif isinstance(claim, Years):
            _years(said, claim)
        else:
            _lines(said, claim)


def _sum(said: Said, claim: Sum, found: Compared) -> None:
    stated = claim.stated
    assert stated.amount is not None
    if found.no_sum:
        return
    if found.verdict is not Verdict.HOLDS and not is_of_parts(found.reading):
        return
    if found.verdict is Verdict.CONTRADICTED and (
        _is_most(claim, found) or (claim.of_more and not _is_slip(found))
    ):
        return
    if claim.of_time and found.verdict is Verdict.OPEN:
        return  # ranges of weeks allow much
    currencies = currencies_of(found.reading)
    if len(currencies) > 1:
        values: dict[str, str | int | Saying] = {"name": claim.name}
        values["currencies"] = both(sorted(currencies))
        mixed = Judged(Verdict.OPEN, Saying("findings.no-rate", values))
        said.add("COST012", claim.place, mixed, stated.text)
        return
    parts = [part for part in found.reading.parts if part.amount is not None]
    missing = [p.text for p in found.reading.parts if p.amount is None and not p.blank]
    code = stated.currency or next((part.currency for part in parts if part.currency), "")
    shown = show(found.derived, code)
    severity = None
    if found.verdict is Verdict.OPEN and not found.without:
        # A range may hold the total, or a percentage of what is sold: nothing to look at.
        nothing = adds_nothing(found) or all(map(ends_in_percent, missing))
        severity = Severity.INFO if nothing else None
    saying = told(claim.name, found, shown, code, stated.text, missing)
    if found.verdict is Verdict.CONTRADICTED and (
        claim.unsaid
        or claim.of_more
        or claim.of_time
        or (claim.at_head and found.derived.low < stated.amount.low)
        or (claim.of_heads and _may_overlap(found))
    ):
        severity = Severity.WARNING
    severity = about_right(found) or severity
    formula = f"{' + '.join(part.shown() for part in parts)} = {shown}"
    judged = Judged(found.verdict, saying, shown, formula, severity)
    judged = asked(judged, stated.amount, [found.derived])
    if claim.unsaid and judged.verdict is not found.verdict:
        return
    said.add("COST001", claim.place, judged, stated.text)


def _is_slip(found: Compared) -> bool:
    """Whether a total that may hold more is that of three lines or more but for one digit."""
    stated = found.reading.whole.amount
    assert stated is not None
    known = [part for part in found.reading.parts if part.amount is not None]
    return len(known) > 2 and is_slip(stated, found.derived)


def _is_most(claim: Sum, found: Compared) -> bool:
    """Whether a total of heads is the largest group: how many there are at once."""
    known = [part.amount for part in found.reading.parts if part.amount is not None]
    return claim.of_heads and claim.stated.amount == max(known, key=lambda amount: amount.low)


def _may_overlap(found: Compared) -> bool:
    """Whether groups with some heads in common may come to what is stated."""
    stated, parts = found.reading.whole.amount, found.reading.parts
    assert stated is not None
    largest = max(part.amount.low for part in parts if part.amount is not None)
    return largest <= stated.low < found.derived.low


def told(
    name: str, found: Compared, shown: str, code: str, stated: str, missing: Sequence[str]
) -> Saying:
    """Say what the lines of a table come to."""
    values: dict[str, str | int | Saying] = {
        "table": name,
        "derived": shown,
        "stated": stated,
        "missing": listed(missing),
    }
    if found.without:
        return of_some(name, shown, stated, found.without)
    if found.verdict is Verdict.HOLDS:
        return Saying("findings.sum-without" if missing else "findings.sum-holds", values)
    if found.verdict is Verdict.OPEN:
        key = "findings.sum-allows-without" if missing else "findings.sum-allows"
        return Saying(key, values)
    assert found.reading.whole.amount is not None
    distance, side = gap(found.reading.whole.amount, found.derived)
    values["outside"] = outside(show(Range.point(distance), code), Side(side))
    return Saying("findings.sum-misses", values)


def of_some(name: str, derived: str, stated: str, without: Sequence[str]) -> Saying:
    """Ask whether a total counts what it would hold without; see :func:`uncounted`."""
    values = {"table": name, "derived": derived, "stated": stated, "missing": listed(without)}
    return Saying("findings.sum-of-some", values)


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


def years_hold(name: str, count: int, months: Decimal | None) -> Judged:
    """Say that the years of a table are right, and by how many months."""
    if months is None:
        formula = worded("findings.twelve-times", count=count)
        return Judged(Verdict.HOLDS, Saying("findings.years-hold", {"table": name}), "", formula)
    values = {"table": name, "months": format_number(months)}
    return Judged(Verdict.HOLDS, Saying("findings.year-of-months", values))


def year_misses(name: str, line: YearLine, code: str) -> Judged:
    """Say that the year of a table's line is not twelve of its months, in a currency."""
    month, year = line.month.amount, line.year.amount
    assert month is not None
    assert year is not None
    twelve = month.scaled(Range.point(12))
    derived = show(twelve, code)
    values = {"table": name, "name": line.label, "derived": derived, "stated": line.year.text}
    return Judged(
        Verdict.CONTRADICTED,
        Saying("findings.year-misses", values),
        derived,
        f"12 × {show(month, code)} = {derived}",
        values={"stated": measured(year, code), "derived": measured(twelve, code)},
    )


def year_asked(judged: Judged, line: YearLine) -> Judged:
    """Ask whether the year of a document's table is one of its months; see :func:`asked`.

    Eight to eleven whole months may be an offer of that line alone.
    """
    month, year = line.month.amount, line.year.amount
    assert month is not None
    assert year is not None
    offers = (month.scaled(Range.point(count)) for count in range(8, 12))
    if judged.verdict is Verdict.CONTRADICTED and year in offers:
        return replace(judged, severity=Severity.WARNING)
    return asked(judged, year, [month.scaled(Range.point(12))])


def _years(said: Said, claim: Years) -> None:
    wrong, months = wrong_years(claim.lines)
    for line in wrong:
        place = Place(line.line, ("tables", claim.name, line.label, "annual"))
        judged = year_asked(year_misses(claim.name, line, line.month.currency), line)
        said.add("COST006", place, judged, line.year.text)
    if claim.lines and not wrong:
        said.add("COST006", claim.place, years_hold(claim.name, len(claim.lines), months))


def _is_times(one: Amount, other: Amount, factor: Decimal) -> bool:
    assert one.amount is not None
    assert other.amount is not None
    approx = one.approx or other.approx
    return is_year_of(other.amount, one.amount, approx=approx, months=factor)


def _months_paid(pairs: Sequence[tuple[Amount, Amount]]) -> Decimal | None:
    """Return the months that every annual price counts, where it is one number from 8 to 12."""
    paid = [pair for pair in pairs if pair[0].amount is not None and pair[0].amount.low > 0]
    if len(paid) < 2:
        return None
    month, year = paid[0]
    if month.amount is None or year.amount is None:
        return None
    ratio = divide(year.amount.low, month.amount.low)
    for exact in (ratio, round(ratio, 1), round(ratio)):
        if 8 <= exact < 12 and all(_is_times(one, other, Decimal(exact)) for one, other in paid):
            return Decimal(exact)
    return None


def _lines(said: Said, claim: Lines) -> None:
    """Tell the lines that leave a calculation that most follow; without those it was not meant."""
    right = [line for line in claim.lines if _fits(line)]
    few = len(right) < 1 if claim.is_named else 2 * len(right) <= max(2, len(claim.lines))
    if few:
        return
    for line in claim.lines:
        if _fits(line):
            continue
        stated, derived = line.stated.text, show(line.derived, line.stated.currency)
        values = {"table": claim.name, "name": line.label, "derived": derived, "stated": stated}
        saying = Saying("findings.line-comes-to", values)
        severity = Severity.WARNING if claim.unsaid else None
        shown = f"{line.formula} = {derived}"
        judged = Judged(Verdict.CONTRADICTED, saying, derived, shown, severity)
        judged = asked(judged, line.known, [line.derived])
        place = Place(line.line, ("tables", claim.name, line.label, claim.what))
        said.add("COST026", place, judged, stated)


def _fits(line: Line) -> bool:
    stated, slack = line.known, line.slack
    wider = Range(stated.low - slack, None if stated.high is None else stated.high + slack)
    return any(
        agrees(one, line.derived, approx=line.stated.approx) is not Verdict.CONTRADICTED
        for one in (stated, wider)
    )
