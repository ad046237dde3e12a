"""Lines between two sums of a block: what is added to the first one or taken off it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.amounts import is_total
from statusgen.importer.found import Entity
from statusgen.importer.headers import DIFFERENCE, SAVED
from statusgen.importer.pieces import total
from statusgen.importer.summed import amount_of, may_be_sum, sums_of_lines
from statusgen.roadmap.agreement import fits

TAKEN_OFF = re.compile(r"\s*[-−–](?=\s?[^\W\d_])")
"""A line that is taken off: ``− withholding tax``; a list begins with such signs as well."""


def settled(table: Entity) -> Entity:
    """Give a block the sum that only its amounts show, and take off what its last one does.

    *Total, − withholding, to pay*: the last one is paid.
    """
    rows = table.parts("rows")
    before = table.fields.get("total")
    if isinstance(before, Entity):
        below = [row for row in rows if row.line > before.line]
        if len(below) > 1:
            last = below[-1]
            whole = total(last.line, last.text("name"), {"monthly": last.text("monthly")})
            table.fields["rows"] = [row for row in rows if row is not last]
            if _is_left(last) and settle(table, whole):
                table.fields["total"] = whole
            else:
                table.fields["rows"] = [*rows]
    elif sums := _sums(rows):
        last = rows[max(sums)]
        if last is rows[-1]:
            table.fields["rows"] = [row for number, row in enumerate(rows) if number not in sums]
            table.fields["total"] = total(
                last.line, last.text("name"), {"monthly": last.text("monthly")}
            )
            table.add("notes", *(_told(rows[number]) for number in sorted(sums)[:-1]))
    for row in table.parts("rows"):
        row.fields.pop("taken off", None)
    return table


def _is_left(last: Entity) -> bool:
    """Whether the last line of a block is called a sum, or what is left of one.

    Amounts alone do not tell: a sum less all its parts but one is the last of them, always.
    """
    name = last.text("name")
    called = is_total(name) or may_be_sum(name) or DIFFERENCE.search(name) or SAVED.search(name)
    return bool(called)


def _sums(rows: Sequence[Entity]) -> frozenset[int]:
    labels, prices = [row.text("name") for row in rows], [row.text("monthly") for row in rows]
    return sums_of_lines(labels, prices, [False] * len(rows), frozenset())


def settle(table: Entity, whole: Entity) -> bool:
    """Whether a sum is one above it with the lines between them, added or taken off.

    Lines that are taken off get their sign; the sum above is one of parts, or is the first
    line where nothing stands above it.
    """
    before, rows = table.fields.get("total"), table.parts("rows")
    if not isinstance(before, Entity):
        return False
    below = [row for row in rows if row.line > before.line]
    signs = _signs(before, below, whole)
    if not signs:
        return False
    for row, sign in zip(below, signs, strict=True):
        if sign < 0:
            row.fields["monthly"] = f"-{row.text('monthly')}"
            row.fields["name"] = TAKEN_OFF.sub("", row.text("name")).strip()
    if len(below) < len(rows):
        table.add("subtotals", before)
    else:
        first = Entity("row", before.line, {"name": before.text("name") or "Total"})
        first.set("monthly", before.text("monthly"))
        table.fields["rows"] = [first, *rows]
    return True


def _signs(before: Entity, rows: Sequence[Entity], whole: Entity) -> list[int]:
    """Return 1 or -1 for each line between two sums; nothing where none of them gives the last."""
    amounts = [amount_of(row.text("monthly")).amount for row in rows]
    start, end = (amount_of(part.text("monthly")).amount for part in (before, whole))
    if start is None or end is None or not rows:
        return []
    known = [amount for amount in amounts if amount is not None and amount.low > 0]
    if len(known) < len(rows):
        return []
    marked = [-1 if row.fields.get("taken off") else 1 for row in rows]
    for signs in (marked, [-1] * len(rows)):
        parts = [one if sign > 0 else -one for one, sign in zip(known, signs, strict=True)]
        if min(signs) < 0 and fits(end, sum(parts, start)):
            return signs
    return []


def _told(row: Entity) -> str:
    return f"{row.text('name')}: {row.text('monthly')}"
