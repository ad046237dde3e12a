"""Tables of costs: lines, sums, and what stands in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from types import MappingProxyType

from statusgen.importer.amounts import (
    is_taken_off,
    is_total,
    is_unnamed,
    says_nothing,
)
from statusgen.importer.claims.columns import Columns as Cells
from statusgen.importer.claims.readings import so_often
from statusgen.importer.found import Entity, Field, Found
from statusgen.importer.headers import (
    A_YEAR,
    AVERAGE,
    MANY_YEARS,
    MONTH,
    MORE,
    NO_COST,
    OTHERWISE,
    REVENUE,
    SAVED,
    UNIT,
    YEAR,
)
from statusgen.importer.nested import details, is_below
from statusgen.importer.pieces import total
from statusgen.importer.stage_names import names_stage, with_word
from statusgen.importer.staged import is_months, is_span
from statusgen.importer.table_columns import Columns, is_count, keep_rest
from statusgen.importer.tree import TableRow
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import goes_on
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import NO_PART, grouped, pattern, words


def cost_tables(
    shape: Columns, name: str, stage_names: Sequence[str], found: Found
) -> list[Entity]:
    """Read a table of costs; one with a column for before and one for after is a comparison."""
    header = shape.table.header
    columns_ = [i for i in shape.prices if not _no_cost(header[i].text)] or [
        index for index in shape.prices if not SAVED.search(header[index].text)
    ]
    units = [i for i in columns_ if UNIT.search(header[i].text) and len(columns_) > 1][:1]
    units = units or _units(shape, columns_)
    whole = [i for i in columns_ if i not in units]

    def of(index: int, field: str = "monthly", *, alone: bool = False) -> Entity:
        at = {field: index} if alone or not units else {field: index, "unit_price": units[0]}
        return _cost_table(shape, f"{name}: {header[index].text}", at, found)

    years = [i for i in whole if YEAR.search(header[i].text)]
    if len(years) > 1 or any(OTHERWISE.search(header[i].text) for i in years):
        return [of(i, "annual" if i in years else "monthly") for i in whole]
    if years and not _is_of_months(shape, columns_, years[0]):
        return [of(i, "annual" if A_YEAR.search(header[i].text) else "monthly") for i in whole]
    monthly = [i for i in whole if i not in years]
    before, after = shape.roles.get("before"), shape.roles.get("after")
    if before in monthly and after in monthly and before is not None and after is not None:
        sides = [of(before, alone=True), of(after, alone=True)]
        for side in sides:
            if "total" not in side.fields:
                side.set("sums", False)  # prices of plans, then and now, are not paid together
        fields: dict[str, Field] = {"name": name, "before": sides[0], "after": sides[1]}
        return [Entity("comparison", shape.table.line, fields)]
    if len(monthly) > 1:
        return [of(i) for i in monthly]
    at = {"monthly": monthly, "annual": years, "unit_price": units}
    table = _cost_table(shape, name, {field: at[field][0] for field in at if at[field]}, found)
    names = [part.text("name").lower() for part in table.parts("rows")]
    known = [text.lower() for text in stage_names]
    repeated = sum(
        any(text.startswith(stage) for stage in known) or bool(names_stage(text, known))
        for text in with_word(names, header[0].text)
    )
    if known and names and 2 * repeated >= len(names):
        table.kind = "summary"
        table.fields["sums"] = False
    return [table]


def _units(shape: Columns, columns: Sequence[int]) -> list[int]:
    """Return the column of what one costs: times how many it is the amount in the other one.

    What is paid each month, times the months, is no price of one.
    """
    rows = [row for row in shape.table.rows if not is_total(row.cells[0].text)]
    header = [cell.text for cell in shape.table.header]
    counts = [
        index
        for index in range(1, len(header))
        if index not in shape.prices and not MONTH.search(header[index])
    ]
    for one, count, whole in product(columns, counts, columns if len(columns) == 2 else ()):
        terms = [
            (price, number, amount)
            for row in rows
            if (price := _amount(shape.price(row, one))) is not None
            and (amount := _amount(shape.price(row, whole))) is not None
            and (number := _count(row.cells[count].text))
        ]
        several = sum(number > 1 for _, number, _ in terms)
        if several > 1 and all(
            fits(amount, price.scaled(Range.point(number))) for price, number, amount in terms
        ):
            return [one]
    return []


def _count(text: str) -> Decimal:
    """Return a bare number; 0 for any other text."""
    return Decimal(text) if text.isascii() and text.isdecimal() and len(text) < 7 else Decimal(0)


def _is_of_months(shape: Columns, columns: Sequence[int], annual: int) -> bool:
    """Whether a column of years can be one of the months beside it, as far as amounts tell.

    *Next year* beside *Now* is a second moment, not twelve times the first.
    """
    months = [index for index in columns if MONTH.search(shape.table.header[index].text)]
    others = months or [index for index in columns if index != annual]
    if len(others) != 1:
        return True
    pairs = [
        (one, year)
        for row in shape.table.rows
        if (one := _amount(shape.price(row, others[0]))) is not None and one.low > 0
        if (year := _amount(shape.price(row, annual))) is not None
    ]
    right = sum(8 * one.low <= year.low <= 13 * one.low for one, year in pairs)
    return bool(months) or not pairs or 2 * right >= len(pairs)


def _no_cost(header: str) -> bool:
    return bool(SAVED.search(header) or NO_COST.search(header))


def _cost_table(shape: Columns, name: str, at: Mapping[str, int], found: Found) -> Entity:
    """Read a table; ``at`` says by field (``monthly`` …) which column holds it."""
    table = Entity("table", shape.table.line, {"name": name, "rows": []})
    if "monthly" in at:
        table.set("column", shape.table.header[at["monthly"]].text)
    cells = Cells(shape.table)
    for number, row in enumerate(shape.table.rows):
        prices = {field: shape.price(row, index) for field, index in at.items()}
        used = [index for field, index in at.items() if prices[field]]
        if number in cells.totals and (any(prices.values()) or number not in cells.unnamed):
            _total(table, shape, row, prices, used)
            continue
        if all(says_nothing(cell.text) for cell in row.cells[:2]) and not any(prices.values()):
            table.add("notes", "; ".join(_told(shape, row)))  # sums of what is no cost
            continue
        if not any(prices.values()) and _is_figure(shape, row, [*at.values()]):
            table.add("notes", "; ".join(_told(shape, row)))
            continue
        table.add("rows", _row(shape, row, prices, used))
        for index in at.values():
            if index not in used and not says_nothing(row.cells[index].text):
                found.skip(row.line, row.cells[index].text, "not read as a price, kept as a note")
    lines = zip(shape.table.rows, cells.depths(at.get("monthly", 0)), strict=True)
    return not_summed(table, {row.line: depth for row, depth in lines})


def _is_figure(shape: Columns, row: TableRow, columns_: Sequence[int]) -> bool:
    """Whether a line tells something else than an amount: when, how many, what share.

    A line whose amount is not known yet, or was written without its sign, is one of costs.
    """
    cells = [row.cells[index].text for index in columns_]
    said = [text for text in cells if not says_nothing(text)]
    label = row.cells[0].text
    counts = is_count(label)
    return bool(said) and all(
        _FIGURE.fullmatch(text)
        or is_months(text)
        or is_span(text)
        or (counts and text[:1].isdecimal())
        for text in said
    )


_FIGURE = re.compile(
    rf"[~≈+±−–-]?\s?\d[\d.,]*\s?(?:[%％]|{pattern((*words('scale'), *words('lasts')))})", re.I
)
"""A share, or a number with what it counts: *60 %*, *3 weeks*, 2泊."""
_ONE_YEAR = re.compile(rf"(?:{pattern(grouped('period')['year'])})", re.I)
"""The header of a column of years: *1* below it is a year's name, and no number."""


def _told(shape: Columns, row: TableRow) -> Iterator[str]:
    for header, cell in zip(shape.table.header, row.cells, strict=True):
        if not says_nothing(cell.text):
            yield f"{header.text}: {cell.text}" if header.text else cell.text


NO_DEPTHS: Mapping[int, int] = MappingProxyType({})


def not_summed(table: Entity, depths: Mapping[int, int] = NO_DEPTHS) -> Entity:
    """Say of a table that its total is not the sum of its lines, where that is how it is written.

    Its label says that more is in it, lines are parts of others above them (``depths``: line of the
    document → how deep it stands), or the total stands first and goes on below. A total that no
    reading gives is left as it is: the audit tells it.
    """
    of_more = table.fields.pop("of more", False)
    parted = table.fields.pop("parted", False)
    total = table.fields.get("total")
    whole = _amount(total.text("monthly")) if isinstance(total, Entity) else None
    _note_parts(table, whole)
    note_ratios(table)
    rows = table.parts("rows")
    amounts = [_amount(row.text("monthly")) for row in rows]
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
    if not isinstance(total, Entity) or not (price := total.text("monthly")):
        return
    above = [_amount(row.text("monthly")) for row in rows if row.line < total.line]
    whole = _amount(price)
    if whole is None or len(above) < 2 or not fits(whole, _sum(above)):
        return
    kept: list[Entity] = []
    for row in rows:
        name = row.text("name")
        told = SAVED.search(name) or REVENUE.search(name)
        amount = _amount(row.text("monthly"))
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
    amounts = [_amount(row.text("monthly")) for row in rows]
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
    whole = _amount(total.text("monthly")) if isinstance(total, Entity) else None
    if whole is None or not isinstance(total, Entity):
        return False
    known = [(row, amount) for row in rows if (amount := _amount(row.text("monthly"))) is not None]
    below = [(row, amount) for row, amount in known if row.line > total.line]
    if len(known) - len(below) > 1 or not below or fits(whole, _sum([each for _, each in known])):
        return False
    parts = [row for row, _ in below if not NO_PART.match(row.text("name"))]
    return not parts or goes_on(whole, [amount for _, amount in below])


def _sum(amounts: Sequence[Range | None]) -> Range:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _amount(price: str) -> Range | None:
    read = price_or_none(price)
    return read.amount if read is not None else None


def _total(
    table: Entity,
    shape: Columns,
    row: TableRow,
    prices: Mapping[str, str],
    used: Sequence[int],
) -> None:
    """Take a sum: the last one is that of the table, those before it are of parts.

    A sum of a year under a column of months is the year's.
    """
    stated = {field: price for field, price in prices.items() if price and field != "unit_price"}
    stated = {field: price for field, price in stated.items() if not AVERAGE.search(price)}
    label_at = next((i for i, cell in enumerate(row.cells) if not says_nothing(cell.text)), 0)
    label = "" if is_unnamed([cell.text for cell in row.cells]) else row.cells[label_at].text
    if stated and (MORE.search(label) or MANY_YEARS.search(label)):
        table.fields["of more"] = True
    before = table.fields.get("total")
    if "annual" not in prices and "monthly" in stated and YEAR.search(label):
        stated = {"annual": stated["monthly"]}
        if isinstance(before, Entity):
            before.set("annual", stated["annual"])
            if label != before.text("name"):
                before.add("notes", f"{label}: {stated['annual']}")
            return
    found = total(row.line, label, stated)
    keep_rest(shape, row, found, set(), 0, label_at, *used)
    if stated or before is None:
        give_total(table, found)


def _is_so_often(before: Entity, found: Entity) -> bool:
    """Whether a sum is the one above it so many times: that of a quarter, or of all people."""
    return any(
        so_often(_amount(before.text(field)), _amount(found.text(field)))
        for field in ("monthly", "annual")
        if before.text(field) and found.text(field)
    )


def give_total(table: Entity, found: Entity) -> None:
    """Make a sum that of the table; one that it had is a sum of parts, and noted."""
    before = table.fields.get("total")
    if isinstance(before, Entity) and _is_so_often(before, found):
        amount = found.text("monthly") or found.text("annual")
        before.add("notes", f"{found.text('name')}: {amount}")
        return
    if isinstance(before, Entity):
        noted = before.fields.get("notes", [])
        named = f"{before.text('name')}, " if before.text("name") else ""
        for note in noted if isinstance(noted, list) else ():
            found.add("notes", note if "a sum of parts" in str(note) else f"{named}{note}")
        table.fields["parted"] = True
        for field in ("monthly", "annual"):
            if parted := before.text(field):
                found.add("notes", f"{named}a sum of parts in line {before.line}: {parted}")
    table.fields["total"] = found


def _named_at(shape: Columns, row: TableRow, used: Sequence[int]) -> int:
    """Return the first cell with words of a line whose first cell says nothing; 0 for none."""
    others = (i for i in range(1, len(row.cells)) if i not in (*used, *shape.prices))
    return next((i for i in others if re.search(r"[^\W\d_]{2}", row.cells[i].text)), 0)


def _row(shape: Columns, row: TableRow, prices: Mapping[str, str], used: Sequence[int]) -> Entity:
    part = Entity("row", row.line)
    service = shape.cell(row, "service").text
    at_name = 1 if shape.roles.get("number") == 0 and len(row.cells) > 2 else 0
    first = row.cells[at_name].text
    if at_name and not says_nothing(row.cells[0].text):
        part.add("notes", f"{shape.table.header[0].text} {row.cells[0].text}")
    if not service and says_nothing(first):
        at_name = _named_at(shape, row, used) or at_name
        first = row.cells[at_name].text
    if _ONE_YEAR.fullmatch(shape.table.header[at_name].text.strip()) and first.isdecimal():
        first = f"{shape.table.header[at_name].text.strip()} {first}" if len(first) < 3 else first
    part.set("name", service or first or f"Row {row.line}")
    taken = {"service", "tier", "region", "quantity", "gives"}
    if service and shape.roles.get("service") != at_name:
        part.set("role", "" if says_nothing(first) else first)
    for role in ("tier", "gives"):
        part.set(role, shape.cell(row, role).text)
    if region := shape.cell(row, "region").text:
        part.set("region", [region])
    quantity = shape.cell(row, "quantity").text
    if quantity.isascii() and quantity.isdecimal() and len(quantity) < 9:
        part.set("quantity", quantity)
    else:
        taken.discard("quantity")
    for field, price in prices.items():
        part.set(field, price)
    if any(shape.is_untimed(row, index) for index in used):
        part.set("period", "unstated")
    keep_rest(shape, row, part, taken, 0, at_name, *used)
    return part
