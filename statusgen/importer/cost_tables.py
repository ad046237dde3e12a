"""Tables of costs: lines, sums, and what stands in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.importer.amounts import is_period, is_taken_off, is_total, says_nothing
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import AVERAGE, MONTH, MORE, NO_COST, OTHERWISE, SAVED, UNIT, YEAR
from statusgen.importer.nested import details, is_below
from statusgen.importer.pieces import total
from statusgen.importer.table_columns import BLANK, Columns, keep_rest
from statusgen.importer.tree import TableRow
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price_grammar import price_or_none


def cost_tables(
    shape: Columns, name: str, stage_names: Sequence[str], found: Found
) -> list[Entity]:
    """Read a table of costs; one with a column for before and one for after is a comparison."""
    header = shape.table.header
    columns_ = [i for i in shape.prices if not _no_cost(header[i].text)] or [
        index for index in shape.prices if not SAVED.search(header[index].text)
    ]
    unit = next((i for i in columns_ if UNIT.search(header[i].text) and len(columns_) > 1), None)
    years = [i for i in columns_ if i != unit and YEAR.search(header[i].text)]
    if len(years) > 1 or any(OTHERWISE.search(header[i].text) for i in years):
        several = [i for i in columns_ if i != unit and i not in years]
        return [
            _cost_table(
                shape,
                f"{name}: {header[i].text}",
                None if i in years else i,
                i if i in years else None,
                unit,
                found,
            )
            for i in sorted([*several, *years])
        ]
    annual = next(iter(years), None)
    if annual is not None and not _is_of_months(shape, columns_, annual):
        columns_ = [index for index in columns_ if index != unit]
        return [
            _cost_table(shape, f"{name}: {header[index].text}", index, None, unit, found)
            for index in columns_
        ]
    monthly = [index for index in columns_ if index not in (unit, annual)]
    before, after = shape.roles.get("before"), shape.roles.get("after")
    if before in monthly and after in monthly and before is not None and after is not None:
        sides = [
            _cost_table(shape, f"{name}: {header[i].text}", i, None, None, found)
            for i in (before, after)
        ]
        for side in sides:
            if "total" not in side.fields:
                side.set("sums", False)  # prices of plans, then and now, are not paid together
        return [
            Entity(
                "comparison",
                shape.table.line,
                {"name": name, "before": sides[0], "after": sides[1]},
            )
        ]
    if len(monthly) > 1:
        return [
            _cost_table(shape, f"{name}: {header[index].text}", index, None, unit, found)
            for index in monthly
        ]
    table = _cost_table(shape, name, monthly[0] if monthly else None, annual, unit, found)
    names = [part.text("name").lower() for part in table.parts("rows")]
    known = [text.lower() for text in stage_names]
    repeated = sum(any(text.startswith(stage) for stage in known) for text in names)
    if known and names and 2 * repeated >= len(names):
        table.kind = "summary"
        table.fields["sums"] = False
    return [table]


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


def _cost_table(
    shape: Columns,
    name: str,
    monthly: int | None,
    annual: int | None,
    unit: int | None,
    found: Found,
) -> Entity:
    table = Entity("table", shape.table.line, {"name": name, "rows": []})
    if monthly is not None:
        name_ = shape.table.header[monthly].text
        table.set("column", name_)
    periods = [row for row in shape.table.rows if is_period(row.cells[0].text)]
    summed = periods[0] if len(periods) == 1 and periods[0] is shape.table.rows[-1] else None
    for row in shape.table.rows:
        first = next((cell for cell in row.cells if not says_nothing(cell.text)), BLANK)
        prices = {
            field: shape.price(row, index)
            for field, index in (("monthly", monthly), ("annual", annual), ("unit_price", unit))
            if index is not None
        }
        if is_total(first.text) or row is summed:
            _total(table, shape, row, prices, (monthly, annual, unit))
        else:
            table.add("rows", _row(shape, row, prices, (monthly, annual, unit), found))
    return not_summed(table)


def not_summed(table: Entity) -> Entity:
    """Say of a table that its total is not the sum of its lines, where that is how it is written.

    Its label says that more is in it, or lines are parts of others above them. A total that no
    reading gives is left as it is: the audit tells it.
    """
    of_more = table.fields.pop("of more", False)
    parted = [int(line) for line in str(table.fields.pop("parted", "")).split()]
    total = table.fields.get("total")
    whole = _amount(total.text("monthly")) if isinstance(total, Entity) else None
    rows = table.parts("rows")
    amounts = [_amount(row.text("monthly")) for row in rows]
    if whole is None or fits(whole, _sum(amounts)):
        return table
    inner = details([int(is_below(row.text("name"))) for row in rows], amounts)
    left = [amount for number, amount in enumerate(amounts) if number not in inner]
    since = [
        amount
        for row, amount in zip(rows, amounts, strict=True)
        if parted and isinstance(total, Entity) and parted[-1] < row.line < total.line
    ]
    if (
        parted
        or of_more
        or any(is_taken_off(row.text("monthly")) for row in rows)
        or (inner and fits(whole, _sum(left)))
        or (since and fits(whole, _sum(since)))
    ):
        table.set("sums", False)
    return table


def _sum(amounts: Sequence[Range | None]) -> Range:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _amount(price: str) -> Range | None:
    read = price_or_none(price)
    return read.amount if read is not None else None


def _total(
    table: Entity,
    shape: Columns,
    row: TableRow,
    prices: dict[str, str],
    at: tuple[int | None, int | None, int | None],
) -> None:
    """Take a sum: the last one is that of the table, those before it are of parts.

    A sum of a year under a column of months is the year's.
    """
    stated = {field: price for field, price in prices.items() if price and field != "unit_price"}
    stated = {field: price for field, price in stated.items() if not AVERAGE.search(price)}
    label_at = next((i for i, cell in enumerate(row.cells) if not says_nothing(cell.text)), 0)
    label = row.cells[label_at].text
    if MORE.search(label) and stated:
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
    keep_rest(shape, row, found, set(), 0, label_at, *_used(prices, *at))
    if stated or before is None:
        give_total(table, found)


def give_total(table: Entity, found: Entity) -> None:
    """Make a sum that of the table; one that it had is a sum of parts, and noted."""
    before = table.fields.get("total")
    if isinstance(before, Entity):
        table.fields["parted"] = f"{table.text('parted')} {before.line}"
        for field in ("monthly", "annual"):
            if parted := before.text(field):
                named = f"{before.text('name')}, " if before.text("name") else ""
                found.add("notes", f"{named}a sum of parts in line {before.line}: {parted}")
    table.fields["total"] = found


def _used(prices: dict[str, str], *indices: int | None) -> list[int]:
    names = ("monthly", "annual", "unit_price")
    return [i for name, i in zip(names, indices, strict=True) if i is not None and prices.get(name)]


def _row(
    shape: Columns,
    row: TableRow,
    prices: dict[str, str],
    at: tuple[int | None, int | None, int | None],
    found: Found,
) -> Entity:
    part = Entity("row", row.line)
    service = shape.cell(row, "service").text
    at_name = 1 if shape.roles.get("number") == 0 and len(row.cells) > 2 else 0
    first = row.cells[at_name].text
    if at_name and not says_nothing(row.cells[0].text):
        part.add("notes", f"{shape.table.header[0].text} {row.cells[0].text}")
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
    for field, index in zip(("monthly", "annual", "unit_price"), at, strict=True):
        if index is not None and not prices.get(field) and not says_nothing(row.cells[index].text):
            found.skip(row.line, row.cells[index].text, "not read as a price, kept as a note")
    keep_rest(shape, row, part, taken, 0, at_name, *_used(prices, *at))
    return part
