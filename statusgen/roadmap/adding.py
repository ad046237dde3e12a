"""How totals come about: which lines are sums of others, and what is no sum at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, Reading
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.vocabulary import REBATE


def subtotals(lines: Sequence[Sequence[Amount]]) -> frozenset[int]:
    """Return the lines that are sums of the lines above them, two at least.

    Whatever their author calls them (Net amount, Compute all-in), they are no lines of the total
    below: neither the sum of all above, nor that of those since the last such sum. Only exact sums
    count: a likeness is none.
    """
    found: set[int] = set()
    block = whole = _Above()
    for place, line in enumerate(lines):
        amount = _Above().below(line).amount if line else None
        if amount not in (None, ZERO) and amount in (block.sum, whole.sum):
            found.add(place)
            block = _Above()
        else:
            block, whole = block.below(line), whole.below(line)
    return frozenset(found)


def is_no_sum(reading: Reading) -> bool:
    """Whether a total comes about otherwise than by adding its parts, to the digit.

    It is what is there at the end (the last part), what is left of the first ones after the others,
    from the least of the parts to the largest of them, or each part so many times as its name says;
    or the units of the parts differ.
    """
    whole = reading.whole.amount
    parts = [part for part in reading.parts if part.amount not in (None, ZERO)]
    known = [part.amount.low for part in parts if part.amount is not None and part.amount.is_point]
    units = {part.currency for part in (*parts, reading.whole) if not part.is_money}
    if len(units) > 1 or (any(units) and any(part.is_money for part in (*parts, reading.whole))):
        return True
    ends = [part.amount for part in parts if part.amount is not None]
    if whole is not None and not whole.is_point and len(ends) == len(parts) > 1:
        highs = [one.high for one in ends if one.high is not None]
        return (min(one.low for one in ends), max(highs, default=None)) == (whole.low, whole.high)
    if whole is None or not whole.is_point or len(known) < len(parts) or len(parts) < 2:
        return False
    stated = abs(whole.low)
    if whole.low == known[-1]:
        return True
    if any(abs(sum(known[:at]) - sum(known[at:])) == stated for at in range(1, len(known))):
        return True
    off = [2 * part for part, of in zip(known, parts, strict=True) if REBATE.search(of.name)]
    if off and sum(known) - sum(off) == stated:
        return True
    counts = [_count_of(part) for part in parts]
    return any(counts) and stated == sum(
        amount * (count or 1) for amount, count in zip(known, counts, strict=True)
    )


def _count_of(part: Amount) -> int:
    """Return the number that stands beside an amount: ``$400 (×3)``, ``app (3)``; else 0."""
    beside = _BESIDE.search(part.text) or _IN_NAME.search(part.name)
    return int(next(filter(None, beside.groups()))) if beside else 0


_BESIDE = re.compile(r"[(（]\s?[×x]?\s?(\d{1,4})\s?[×x]?\s?[)）]|[×x]\s?(\d{1,4})(?![\d.,])")
_IN_NAME = re.compile(r"(?<![\d.,])(\d{1,4})(?![\d.,]*\d|\s?%)")


def headed(lines: Sequence[Sequence[Amount]]) -> frozenset[int]:
    """Return the lines that a line above them is exactly the sum of: two or more in a row.

    They run to the next such line, or to the end.
    """
    amounts = [line[0].amount if len(line) == 1 else None for line in lines]
    # What all lines to here come to, from the last one on of which that is not known.
    runs: list[tuple[int, Range]] = []
    ends: dict[tuple[int, Range], list[int]] = {}
    since, run = 0, ZERO
    for place, amount in enumerate(amounts):
        if amount is None or amount.high is None:
            since, run = place, ZERO
        else:
            run += amount
        runs.append((since, run))
        ends.setdefault((since, run), []).append(place)
    found: set[int] = set()
    place = 0
    while place < len(amounts):
        head = amounts[place]
        if head is not None and head.high is not None and head != ZERO:
            since, run = runs[place]
            below = ends.get((since, run + head), [])
            last = next((end for end in below if end > place + 1), place)
            found.update(range(place + 1, last + 1))
            place = last
        place += 1
    return frozenset(found)


MOST_STEPS = 7
"""Between a subtotal and what is to be paid: each doubles the ways to get there."""


def goes_on(whole: Range, below: Sequence[Range]) -> bool:
    """Whether the lines below a total are none of its parts: it goes on, or is said again.

    A line is the total with all between them (tax, then what is to be paid), or its month or year,
    or two lines are a budget and what is left of it.
    """
    runs = [whole]  # what is between may be added, or taken off without a sign
    for place, amount in enumerate(below[:MOST_STEPS]):
        if place and any(fits(amount, run) for run in runs):
            return True
        runs = [way for run in runs for way in (run + amount, run + -amount)]
    twelve = Range.point(12)
    if any(amount.scaled(twelve) == whole or amount == whole.scaled(twelve) for amount in below):
        return True
    return any(left + whole == budget for budget in below for left in below)


@dataclass(frozen=True, slots=True)
class _Above:
    """The lines above another one: how many amounts, and what they come to where all are known."""

    count: int = 0
    amount: Range | None = ZERO

    @property
    def sum(self) -> Range | None:
        """What they come to; None for a single one, which is no sum."""
        return self.amount if self.count > 1 else None

    def below(self, line: Sequence[Amount]) -> _Above:
        """Return them with one more line."""
        amounts = [part.amount for part in line if part.amount is not None]
        count = self.count + len(line)
        if self.amount is None or len(amounts) < len(line):
            return _Above(count, None)
        return _Above(count, sum(amounts, self.amount))
