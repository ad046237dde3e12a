"""What a stated total is to its lines: the likeliest of its readings, and what that comes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from statusgen.audit.agree import agrees, gap, overlaps
from statusgen.audit.finding import Severity, Verdict
from statusgen.roadmap.adding import is_no_sum
from statusgen.roadmap.agreement import is_near, unit_of_last_digit
from statusgen.roadmap.claims import (
    Amount,
    Reading,
    add,
)
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.vocabulary import pattern, words

_ORDER = (Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED)


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
    if len(currencies_of(reading)) > 1:
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


def currencies_of(reading: Reading) -> set[str]:
    """Return the currencies of a total and of its lines."""
    parts = (*(part for part in reading.parts if part.amount is not None), reading.whole)
    some = {part.currency for part in parts if part.is_money and part.amount != ZERO}
    return some or {reading.whole.currency}


def _is_share(part: Amount) -> bool:
    return ends_in_percent(part.text)


def ends_in_percent(text: str) -> bool:
    """Whether an amount is a percentage."""
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


def adds_nothing(found: Compared) -> bool:
    """Whether no line of a sum that is open has an amount that is known, beside what is free."""
    known = [part.amount for part in found.reading.parts if part.amount is not None]
    return found.verdict is Verdict.OPEN and all(amount == ZERO for amount in known)


def about_right(found: Compared, *, of_document: bool = True) -> Severity | None:
    """Return how grave it is that ``~$20-35`` is $18-32: both may be right.

    So may, in a document, any sum that is about right (``~$2,600`` for $2,517), and any range that
    has amounts in common with that of the sums: what is most of each line need not come together.
    """
    whole = found.reading.whole
    assert whole.amount is not None
    if found.verdict is not Verdict.CONTRADICTED:
        return None
    stated, derived = whole.amount, found.derived
    overlap = overlaps(stated, [derived])
    if (whole.approx and overlap) or (of_document and (whole.approx or overlap)):
        return Severity.WARNING
    return None
