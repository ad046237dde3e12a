"""Columns that are sums or differences of others, or go on from line to line, by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

from statusgen.importer.claims.columns import Columns
from statusgen.importer.headers import MOMENT, SAVED
from statusgen.roadmap.agreement import fits, is_near, is_slip
from statusgen.roadmap.claims import Line, show
from statusgen.roadmap.money import Range, divide
from statusgen.roadmap.vocabulary import pattern, words

MIN_RIGHT = 3
"""So many lines must show a relation, besides being most: fewer may by chance.

One may be missing where the only line that does not is off by a digit."""
MIN_AMOUNT = 10
"""Scores of one digit are sums of others by chance."""
_NAMED = re.compile(rf"{SAVED.pattern}|(?<!\w)(?:{pattern(words('with_tax'))})(?!\w)", re.I)
"""Above what changed, or what is paid with the tax."""
_Part = tuple[int, int]
"""A column, and 1 where it is added, -1 where it is taken off."""


def related(columns: Columns, most: int) -> Iterator[list[Line]]:
    """Yield the lines of each column that is a sum or a difference of columns before it.

    Of tables wider than ``most`` columns there are none.
    """
    if len(columns.cells) > most:
        return
    for whole in range(3, len(columns.cells)):
        found = [list(_lines(columns, whole, way)) for way in _ways(whole)]
        is_named = bool(_NAMED.search(columns.headers[whole]))
        shown = [lines for lines in found if _is_shown(lines, is_named=is_named)]
        if shown:
            yield [line for line, _ in max(shown, key=lambda lines: sum(map(_is_right, lines)))]


def _ways(whole: int) -> Iterator[tuple[_Part, ...]]:
    for begin in range(1, whole - 1):
        yield tuple((index, 1) for index in range(begin, whole))
    for one, other in combinations(range(1, whole), 2):
        yield ((one, 1), (other, -1))
        yield ((other, 1), (one, -1))
        if other - one > 1:
            yield ((one, 1), (other, 1))


_Shown = tuple[Line, tuple[Decimal, ...]]
"""A line with its parts."""


def _lines(columns: Columns, whole: int, way: Sequence[_Part]) -> Iterator[_Shown]:
    last = columns.totals[-1] if columns.totals else len(columns.labels)
    for row, label in enumerate(columns.labels[: last + 1]):
        if MOMENT.search(label):
            continue  # a balance of each column is none of all
        stated = columns.cells[whole][row]
        parts = [(columns.cells[index][row], sign) for index, sign in way]
        known = [(part, sign) for part, sign in parts if part.amount is not None]
        if stated.amount is None or not all(part.amount or part.blank for part, _ in parts):
            continue
        points = [part.amount for part, _ in known if part.amount is not None]
        same = {part.currency for part, _ in known} == {stated.currency}
        if (
            len(known) < 2
            or not same
            or not all(each.is_point for each in (*points, stated.amount))
        ):
            continue
        amounts = tuple(sign * each.low for each, (_, sign) in zip(points, known, strict=True))
        text = " ".join(f"{'+' if sign > 0 else '−'} {part.shown()}" for part, sign in known)
        place = columns.table.rows[row].line
        derived = Range.point(sum(amounts, Decimal(0)))
        yield Line(place, label, stated, derived, text.removeprefix("+ ")), amounts


def _is_right(shown: _Shown) -> bool:
    line, amounts = shown
    stated = line.stated.amount
    telling = all(amounts) and any(abs(each) >= MIN_AMOUNT for each in amounts)
    return stated is not None and telling and fits(stated, line.derived)


def _is_shown(lines: Sequence[_Shown], *, is_named: bool) -> bool:
    """Whether all lines but one follow a calculation, and not for having the same proportions.

    Plans at $10, $20 and $30, and at $5, $10 and $15, are no sums; amounts with their tax are, and
    the header of those, or of what changed, says so.
    """
    right = [shown for shown in lines if _is_right(shown)]
    wrong = [line for line, _ in lines if not fits(line.known, line.derived)]
    shares = {divide(amounts[0], amounts[1]) for _, amounts in right}
    like = is_near if is_named else is_slip
    enough = MIN_RIGHT - 1 if any(like(line.known, line.derived) for line in wrong) else MIN_RIGHT
    return len(wrong) < 2 and len(right) >= enough and (is_named or len(shares) > 1)


def running(columns: Columns, most: int) -> Iterator[list[Line]]:
    """Yield the lines of each column that goes on from the line above: sums so far, balances.

    Each is the one above it with what another column adds, or takes off, and so on for two.
    """
    if len(columns.cells) > most:
        return
    for whole in range(2, len(columns.cells)):
        others = [index for index in range(1, len(columns.cells)) if index != whole]
        ways = [((index, sign),) for index in others for sign in (1, -1)]
        pairs = [((one, 1), (other, -1)) for one, other in permutations(others, 2)]
        for way in (*ways, *pairs):
            lines = _followed(_steps(columns, whole, way))
            if len(lines) >= MIN_RIGHT:
                yield lines
                break


def _followed(steps: Iterator[Line]) -> list[Line]:
    """Return the lines of a calculation that all follow but for one slip, else none."""
    lines, wrong = [], 0
    for line in steps:
        lines.append(line)
        if not fits(line.known, line.derived):
            wrong += 1 if is_slip(line.known, line.derived) else 2
        if wrong > 1:
            return []
    return lines


def _steps(columns: Columns, whole: int, way: Sequence[_Part]) -> Iterator[Line]:
    """Yield the lines that go on from one above; one may be wrong without the next being so."""
    before: tuple[Decimal, ...] = ()
    is_so_far = bool(MOMENT.search(columns.headers[whole]))
    for row in columns.body():
        stated = columns.cells[whole][row]
        parts = [(columns.cells[index][row], sign) for index, sign in way]
        known = [(part, sign) for part, sign in parts if part.amount is not None]
        plain = [stated.amount, *(part.amount for part, _ in known)]
        if stated.amount is None or any(each is None or not each.is_point for each in plain):
            before = ()
            continue
        moved = sum((sign * part.amount.low for part, sign in known if part.amount), Decimal(0))
        if before and known and moved:
            ways = [Range.point(one + moved) for one in before]
            derived = next((one for one in ways if fits(stated.amount, one)), ways[0])
            shown = f"{show(Range.point(derived.low - moved), stated.currency)} "
            shown += " ".join(f"{'+' if sign > 0 else '−'} {part.shown()}" for part, sign in known)
            place = columns.table.rows[row].line
            yield Line(place, columns.labels[row], stated, derived, shown)
            before = (stated.amount.low, derived.low)
            continue
        if not before and moved and is_so_far and fits(stated.amount, Range.point(moved)):
            shown, place = known[0][0].shown(), columns.table.rows[row].line
            yield Line(place, columns.labels[row], stated, Range.point(moved), shown)
        before = (stated.amount.low,)
