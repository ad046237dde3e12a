"""Sums and calculations of tables and lists: COST001, COST006, COST012 and COST026.

A stated total holds where one of its readings gives it. The same is asked of the tables of a
roadmap file and of those of a document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from statusgen.audit.agree import Side, agrees, gap, outside, overlaps
from statusgen.audit.far import asked, is_near
from statusgen.audit.finding import Judged, Severity, Verdict, both, listed, measured
from statusgen.audit.said import Said
from statusgen.base.saying import Saying
from statusgen.roadmap.adding import is_no_sum
from statusgen.roadmap.agreement import is_year_of, unit_of_last_digit
from statusgen.roadmap.claims import (
    Amount,
    Line,
    Lines,
    Place,
    Reading,
    Sum,
    YearLine,
    Years,
    add,
    show,
)
from statusgen.roadmap.money import ZERO, Range, divide, format_number
from statusgen.roadmap.vocabulary import pattern, words
from statusgen.words.worded import worded

_ORDER = (Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED)


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


@dataclass(frozen=True, slots=True)
class Compared:
    """What the likeliest reading of a total says."""

    verdict: Verdict
    reading: Reading
    derived: Range
    without: tuple[str, ...] = ()
    """The lines without which the total would hold, where no reading of all lines gives it."""
    no_sum: bool = False
    """Whether what is stated comes about otherwise than as a sum; nothing can be told then."""


def compare(readings: Sequence[Reading], *, of_document: bool = True) -> Compared:
    """Return the first reading of a total that holds, else the first that may, else a near one.

    Where a total is to the digit that of some of its lines, their author may not count the others:
    that is a question, and no error. In a roadmap file lines are lines, and a total is nothing else
    than their sum: ``of_document`` is false there.
    """
    results = [_likelier(reading) for reading in readings]
    found = min(results, key=lambda result: _ORDER.index(result.verdict))
    if found.verdict is not Verdict.CONTRADICTED or not of_document:
        return found
    for result in map(_likelier, filter(None, map(_of_money, readings))):
        if result.verdict is Verdict.HOLDS:
            return result
    if any(is_no_sum(result.reading) for result in results):
        return replace(found, verdict=Verdict.OPEN, no_sum=True)
    for result in results:
        if without := uncounted(result.reading):
            return replace(result, verdict=Verdict.OPEN, without=without)
    return next((result for result in results if _is_near(result)), found)


def _is_near(result: Compared) -> bool:
    stated = result.reading.whole.amount
    assert stated is not None
    return is_of_parts(result.reading) and is_near(stated, result.derived)


def _of_money(reading: Reading) -> Reading | None:
    """Return a sum of money without the lines that are none: minutes, percentages, people."""
    parts = tuple(part for part in reading.parts if part.is_money or part.amount is None)
    mixed = reading.whole.is_money and len(parts) < len(reading.parts)
    return (
        Reading(reading.whole, parts)
        if mixed and is_of_parts(replace(reading, parts=parts))
        else None
    )


def _likelier(reading: Reading) -> Compared:
    """Compare a reading; where points may part thousands, take what comes nearer to the whole."""
    ways = [reading]
    if any(part.may_be_thousands for part in (reading.whole, *reading.parts)):
        parts = tuple(part.in_thousands() for part in reading.parts)
        ways.append(Reading(reading.whole.in_thousands(), parts))
    results = [Compared(*_compare(way), derived=add(way.parts)) for way in ways]
    return min(results, key=lambda result: (_ORDER.index(result.verdict), _distance(result)))


def _distance(result: Compared) -> Decimal:
    assert result.reading.whole.amount is not None
    return gap(result.reading.whole.amount, result.derived)[0]


def _compare(reading: Reading) -> tuple[Verdict, Reading]:
    """Hold a stated sum against its parts.

    Parts without an amount can only add, unless they are taken off: a sum below what is stated is
    then open. Fractions may have been rounded one by one.
    """
    stated, parts = reading.whole, reading.parts
    assert stated.amount is not None
    if len(_currencies(reading)) > 1:
        return Verdict.OPEN, reading
    derived = add(parts)
    approx = stated.approx or any(part.approx for part in parts)
    verdict = agrees(stated.amount, derived, approx=approx)
    if verdict is not Verdict.CONTRADICTED:
        return verdict, reading
    slack = _rounding(parts, unit_of_last_digit(stated.amount.low))
    high = None if stated.amount.high is None else stated.amount.high + slack
    if slack and agrees(Range(stated.amount.low - slack, high), derived) is Verdict.HOLDS:
        return Verdict.HOLDS, reading
    # A percentage of what is sold is no part of a sum.
    unknown = [part for part in parts if part.amount is None and not part.blank]
    missing = any(not _is_share(part) for part in unknown)
    # *Laptops, $1,200 each*: of how many, its line does not say.
    missing = missing or any(_EACH.search(part.text) for part in parts)
    too_much = stated.amount.high is not None and derived.low > stated.amount.high
    too_much = too_much and not any(_MAY_TAKE_OFF.match(part.text) for part in unknown)
    if (missing or derived.high is None) and not too_much:
        return Verdict.OPEN, reading
    return Verdict.CONTRADICTED, reading


MAX_LINES = 40
"""Of a longer list each pair of lines would give any sum."""


def uncounted(reading: Reading) -> tuple[str, ...]:
    """Return the lines without which a sum is what is stated: one, two, or those at an end.

    Two lines at least must be left, and every amount must be known.
    """
    stated, parts = reading.whole.amount, [part for part in reading.parts if part.amount != ZERO]
    points = [part.amount for part in parts if part.amount is not None and part.amount.is_point]
    if stated is None or not stated.is_point or len(points) < len(parts):
        return ()
    amounts = [amount.low for amount in points]
    if not 3 <= len(parts) <= MAX_LINES:
        return ()
    every = range(len(parts))
    ways: list[tuple[int, ...]] = [(one,) for one in every]
    ways += combinations(every, 2) if len(parts) > 3 else ()
    ways += [tuple(every[count:]) for count in range(2, len(parts) - 2)]
    ways += [tuple(every[:count]) for count in range(3, len(parts) - 1)]
    rest = sum(amounts) - stated.low
    for way in ways:
        if sum(amounts[place] for place in way) == rest:
            return tuple(parts[place].name or parts[place].text for place in way)
    return ()


_EACH = re.compile(rf"(?<!\w)(?:{pattern(words('of_one'))})", re.I)


_MAY_TAKE_OFF = re.compile(r"\W*[-−–(▲△]\W*\d")
"""What an amount that could not be read may begin with, where it is less than nothing."""


def is_of_parts(reading: Reading) -> bool:
    """Whether a sum has two known parts: what one amount does not come to is no sum of it."""
    return sum(part.amount is not None for part in reading.parts) > 1


def _currencies(reading: Reading) -> set[str]:
    parts = (*(part for part in reading.parts if part.amount is not None), reading.whole)
    return {part.currency for part in parts if part.is_money}


def _is_share(part: Amount) -> bool:
    return _ends_in_percent(part.text)


def _ends_in_percent(text: str) -> bool:
    return text.rstrip("*").endswith("%")


def _rounding(parts: Sequence[Amount], last: Decimal) -> Decimal:
    """Return how far a sum may be off because its parts were rounded, or are about right.

    ``last``: what a unit of the last digit of the stated sum is worth.
    """
    known = [part for part in parts if part.amount is not None]
    units = [unit_of_last_digit(part.amount.low) for part in known if part.amount is not None]
    about = [unit for part, unit in zip(known, units, strict=True) if part.approx]
    halves = [unit / 2 for unit in units] if any(unit < 1 for unit in units) else []
    # Thousands and millions were rounded where their sum was, too; a coarser part is exact.
    halves += [unit / 2 for unit in units if 1 < unit <= last]
    return sum([*about, *halves], Decimal(0))


def _sum(said: Said, claim: Sum, found: Compared) -> None:
    stated = claim.stated
    assert stated.amount is not None
    if found.no_sum:
        return
    if found.verdict is not Verdict.HOLDS and not is_of_parts(found.reading):
        return
    if found.verdict is Verdict.CONTRADICTED and (claim.of_more or _is_most(claim, found)):
        return
    currencies = _currencies(found.reading)
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
        nothing = adds_nothing(found) or all(map(_ends_in_percent, missing))
        severity = Severity.INFO if nothing else None
    saying = told(claim.name, found, shown, code, stated.text, missing)
    if found.verdict is Verdict.CONTRADICTED and (
        claim.unsaid
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


def adds_nothing(found: Compared) -> bool:
    """Whether no line of a sum that is open has an amount that is known, beside what is free."""
    known = [part.amount for part in found.reading.parts if part.amount is not None]
    return found.verdict is Verdict.OPEN and all(amount == ZERO for amount in known)


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


def about_right(found: Compared) -> Severity | None:
    """Return how grave it is that ``~$20-35`` is $18-32: both may be right."""
    whole = found.reading.whole
    assert whole.amount is not None
    if found.verdict is not Verdict.CONTRADICTED or not whole.approx:
        return None
    return Severity.WARNING if overlaps(whole.amount, [found.derived]) else None


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
    """Ask whether the year of a document's table is one of its months; see :func:`asked`."""
    assert line.month.amount is not None
    assert line.year.amount is not None
    return asked(judged, line.year.amount, [line.month.amount.scaled(Range.point(12))])


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
    if len(right) < 2 or len(right) <= len(claim.lines) / 2:
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
