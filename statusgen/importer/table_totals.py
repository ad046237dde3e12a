"""What the total of a table of costs is the sum of, and what of its lines it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from statusgen.importer.amounts import is_taken_off
from statusgen.importer.claims.readings import so_often
from statusgen.importer.found import Entity
from statusgen.importer.headers import REVENUE, SAVED
from statusgen.importer.nested import details, is_below
from statusgen.importer.no_costs import is_reckoned
from statusgen.importer.years import take_year
from statusgen.roadmap.adding import goes_on
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import NO_PART

NO_DEPTHS: Mapping[int, int] = MappingProxyType({})


def not_summed(table: Entity, depths: Mapping[int, int] = NO_DEPTHS) -> Entity:
    """Say of a table that its total is not the sum of its lines, where that is how it is written.

    Its label says that more is in it, lines are parts of others above them (``depths``: line of the
    document → how deep it stands), or the total stands first and goes on below. A total that no
    reading gives is left as it is: the audit tells it.
    """
    take_year(table)
    of_more = table.fields.pop("of more", False)
    parted = table.fields.pop("parted", False)
    total = table.fields.get("total")
    whole = range_of(total.text("monthly")) if isinstance(total, Entity) else None
    _note_parts(table, whole)
    note_ratios(table)
    rows = table.parts("rows")
    amounts = [range_of(row.text("monthly")) for row in rows]
    if whole is None or fits(whole, _sum(amounts)):
        return table
    marks = (depths.get(row.line, int(is_below(row.text("name")))) for row in rows)
    inner = details(list(marks), amounts)
    left = [amount for number, amount in enumerate(amounts) if number not in inner]
    if (
        parted
        or of_more
        or any(is_taken_off(row.text("monthly")) for row in rows)
        or (inner and fits(whole, _sum(left)))
        or heads_others(table)
    ):
        table.set("sums", False)
    return table


def note_ratios(table: Entity) -> None:
    """Note lines below a total that are none of it: what one costs, what is left, what comes in.

    The total is what the lines above it come to, so that nothing is missing in it.
    """
    total, rows = table.fields.get("total"), table.parts("rows")
    if not isinstance(total, Entity):
        return
    key = "monthly" if total.text("monthly") else "annual"
    price = total.text(key)
    above = [range_of(row.text(key)) for row in rows if row.line < total.line]
    whole = range_of(price)
    if whole is None or len(above) < 2 or not fits(whole, _sum(above)):
        return
    kept: list[Entity] = []
    for row in rows:
        name = row.text("name")
        told = SAVED.search(name) or REVENUE.search(name) or is_reckoned(name)
        amount = range_of(row.text(key))
        of_one = NO_PART.match(name) and amount is not None and amount.low < whole.low
        counted = row.fields.keys() & {"quantity", "unit_price"}
        if row.line < total.line or counted or not (told or of_one):
            kept.append(row)
            continue
        notes = row.fields.get("notes", [])
        amounts = [row.text(key) for key in ("monthly", "annual", "note") if row.text(key)]
        said = [*amounts, *(map(str, notes) if isinstance(notes, list) else ())]
        table.add("notes", f"{name}: {'; '.join(said)}")
    table.fields["rows"] = [*kept]


def _note_parts(table: Entity, whole: Range | None) -> None:
    """Note lines that are marked as the parts of one above them in it: they are paid once.

    They add up to it, or the total is right only without them.
    """
    rows = table.parts("rows")
    amounts = [range_of(row.text("monthly")) for row in rows]
    depths = [int(is_below(row.text("name"))) for row in rows]
    inner = {number for number in details(depths, amounts) if depths[number]}
    if whole is not None and any(depths) and not fits(whole, _sum(amounts)):
        tops = [amount for amount, depth in zip(amounts, depths, strict=True) if not depth]
        inner = {n for n, depth in enumerate(depths) if depth} if fits(whole, _sum(tops)) else inner
    elif whole is not None:
        return
    kept: list[Entity] = []
    for number, row in enumerate(rows):
        if number not in inner or not kept:
            kept.append(row)
            continue
        above = kept[-1]
        told = [row.text(key) for key in ("monthly", "annual", "unit_price") if row.text(key)]
        above.add("notes", f"{row.text('name')}: {', '.join(told)}")
        notes = row.fields.get("notes", [])
        above.add("notes", *(map(str, notes) if isinstance(notes, list) else ()))
    table.fields["rows"] = [*kept]


def heads_others(table: Entity) -> bool:
    """Whether a total stands above lines that it is no sum of: its parts, its tax, its month."""
    total, rows = table.fields.get("total"), table.parts("rows")
    whole = range_of(total.text("monthly")) if isinstance(total, Entity) else None
    if whole is None or not isinstance(total, Entity):
        return False
    read = [(row, range_of(row.text("monthly"))) for row in rows]
    known = [(row, amount) for row, amount in read if amount is not None]
    below = [(row, amount) for row, amount in known if row.line > total.line]
    if len(known) - len(below) > 1 or not below or fits(whole, _sum([each for _, each in known])):
        return False
    parts = [row for row, _ in below if not NO_PART.match(row.text("name"))]
    return not parts or goes_on(whole, [amount for _, amount in below])


def _sum(amounts: Sequence[Range | None]) -> Range:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _is_so_often(before: Entity, found: Entity) -> bool:
    """Whether a sum is the one above it so many times: that of a quarter, or of all people."""
    return any(
        so_often(range_of(before.text(field)), range_of(found.text(field)))
        for field in ("monthly", "annual")
        if before.text(field) and found.text(field)
    )


def give_total(table: Entity, found: Entity) -> None:
    """Make a sum that of the table; one that it had is a sum of parts."""
    before = table.fields.get("total")
    if isinstance(before, Entity) and _is_so_often(before, found):
        amount = found.text("monthly") or found.text("annual")
        before.add("notes", f"{found.text('name')}: {amount}")
        return
    if isinstance(before, Entity):
        table.fields["parted"] = True
        table.add("subtotals", before)
    table.fields["total"] = found


def range_of(price: str) -> Range | None:
    """Return the amount of a price; None where it has none."""
    read = price_or_none(price)
    return read.amount if read is not None else None
