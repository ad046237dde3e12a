"""Tables of costs: lines, sums, and what stands in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from statusgen.importer.amounts import (
    is_total,
    is_unnamed,
    says_nothing,
)
from statusgen.importer.claims.columns import Columns as Cells
from statusgen.importer.claims.conditions import is_of_more
from statusgen.importer.claims.quantities import unit_of
from statusgen.importer.claims.sums import claim_of
from statusgen.importer.found import Entity, Field, Found
from statusgen.importer.headers import (
    A_YEAR,
    AVERAGE,
    MANY_YEARS,
    MONTH,
    NO_COST,
    OTHERWISE,
    PRICE,
    SAVED,
    UNIT,
    YEAR,
)
from statusgen.importer.pieces import total
from statusgen.importer.price_lists import plan_prices
from statusgen.importer.row_groups import continued, grouped_under
from statusgen.importer.spans import is_months, is_span
from statusgen.importer.stage_names import names_stage, with_word
from statusgen.importer.staged import LASTS
from statusgen.importer.table_columns import Columns, is_count, is_quantity, keep_rest
from statusgen.importer.table_totals import (
    give_total,
    not_summed,
    range_of,
)
from statusgen.importer.tree import TableRow
from statusgen.importer.words import canonical
from statusgen.roadmap.adding import is_no_sum
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Sum, add
from statusgen.roadmap.money import Period, Range
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import grouped, pattern, words


def cost_tables(
    shape: Columns, name: str, stage_names: Sequence[str], found: Found
) -> list[Entity]:
    """Read a table of costs; one with a column for before and one for after is a comparison."""
    header = shape.table.header
    columns_ = [i for i in shape.prices if not _no_cost(header[i].text)] or [
        index for index in shape.prices if not SAVED.search(header[index].text)
    ]
    columns_ = [i for i in columns_ if not _shows_sums(shape, i)] or columns_
    of_one = _units(shape, columns_)
    if not of_one and (sold := plan_prices(shape, columns_)):
        return [_cost_table(shape, name, sold, found)]
    units = [i for i in columns_ if UNIT.search(header[i].text) and len(columns_) > 1][:1] or of_one
    whole = [i for i in columns_ if i not in units]

    def of(index: int, field: str = "monthly", *, alone: bool = False) -> Entity:
        at = {field: index} if alone or not units else {field: index, "unit_price": units[0]}
        return _cost_table(shape, f"{name}: {header[index].text}", at, found)

    years = [i for i in whole if YEAR.search(header[i].text) or _TWELVE.search(header[i].text)]
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


_TWELVE = re.compile(r"[×✕x*]\s*12$")
"""*× 45 × 12*: what all pay in a year."""


def _shows_sums(shape: Columns, index: int) -> bool:
    """Whether most cells of a column say how an amount comes about: *1,000 × $0.002*."""
    cells = [row.cells[index].text for row in shape.table.rows]
    said = [text for text in cells if not says_nothing(text)]
    return 2 * sum(bool(_TIMES.search(text)) for text in said) > len(said)


_TIMES = re.compile(r"\d\S*\s?[×✕*]\s?\S{0,4}\d(?!.*=)")


def _units(shape: Columns, columns: Sequence[int]) -> list[int]:
    """Return the column of what one costs: times how many it is the amount in the other one.

    What is paid each month, times the months, is no price of one.
    """
    if (one := unit_of(Cells(shape.table))) in columns and len(columns) > 1:
        return [one]
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
            if (price := range_of(shape.price(row, one))) is not None
            and (amount := range_of(shape.price(row, whole))) is not None
            and (number := _count(row.cells[count].text))
        ]
        right = [
            number
            for price, number, amount in terms
            if fits(amount, price.scaled(Range.point(number)))
        ]
        several, wrong = sum(number > 1 for number in right), len(terms) - len(right)
        called = PRICE.fullmatch(header[one].strip(" *_:")) and is_quantity(header[count])
        sure = several > 1 > wrong - 1 or (called and not wrong)
        if sure and several > wrong:
            return [one]  # one wrong number makes no second price of it
    return []


def _count(text: str) -> Decimal:
    """Return a bare number, of hours perhaps; 0 for any other text."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else Decimal(0)


_NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")


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
        if (one := range_of(shape.price(row, others[0]))) is not None and one.low > 0
        if (year := range_of(shape.price(row, annual))) is not None
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
    cells.close(at.get("monthly", 0))
    groups = grouped_under(shape.table, [*at.values()])
    several = continued(shape.table, priced=shape.prices, sums=cells.totals)
    told = {index for role, index in shape.roles.items() if role in _TOLD}
    told |= {i for i, cell in enumerate(shape.table.header) if canonical(cell.text) in _TOLD}
    several = {line: one for line, one in several.items() if one.named not in told}
    spans = {one.above.line: one for one in several.values() if one.above.cells[one.named].text}
    for number, row in enumerate(shape.table.rows):
        prices = {field: shape.price(row, index) for field, index in at.items()}
        used = [index for field, index in at.items() if prices[field]]
        if number in cells.totals and (any(prices.values()) or number not in cells.unnamed):
            _total(table, shape, row, prices, used)
            continue
        if all(says_nothing(cell.text) for cell in row.cells[:2]) and not any(prices.values()):
            if said := "; ".join(_told(shape, row)):
                table.add("notes", said)  # sums of what is no cost
            continue
        if not any(prices.values()) and _is_figure(shape, row, [*at.values()]):
            table.add("notes", "; ".join(_told(shape, row)))
            continue
        if row.line not in groups and row.cells[0].text in groups.values():
            continue  # its lines tell under what they stand
        one = spans.get(row.line) or several.get(row.line)
        part = _row(shape, row, prices, used, one.named if one else 0)
        if group := groups.get(row.line):
            header = shape.table.header[0].text
            part.add("notes", f"{header}: {group}" if header else group)
        elif one and part.text("name") != (of := one.above.cells[0].text):
            part.fields["name"] = f"{of}: {part.text('name')}"  # the cell spans several lines
        table.add("rows", part)
        for index in at.values():
            if index not in used and not says_nothing(row.cells[index].text):
                found.skip(row.line, row.cells[index].text, "not read as a price, kept as a note")
    whole = table.fields.get("total")
    if isinstance(whole, Entity) and _are_years(table) and (said := whole.text("annual")):
        del whole.fields["annual"]  # of several years, and of none of them
        whole.add("notes", said)
    index = at.get("monthly", at.get("annual", 0))
    if isinstance(whole, Entity) and index:
        number = next(n for n, row in enumerate(shape.table.rows) if row.line == whole.line)
        claim = claim_of(name, cells, index, number)
        if claim is None or (any(map(is_no_sum, claim.readings)) and not _holds(claim)):
            table.fields["sums"] = False  # a level, a rate, so many times each line
    lines = zip(shape.table.rows, cells.depths(at.get("monthly", 0)), strict=True)
    return not_summed(table, {row.line: depth for row, depth in lines})


_TOLD = frozenset({"when", "often", "effort", "quantity", "why", "gives", "region", "status"})
"""Columns that tell of a line and hold no names."""


def _holds(claim: Sum) -> bool:
    return any(
        one.whole.amount is not None
        and fits(one.whole.amount, add(one.parts), approx=one.whole.approx)
        for one in claim.readings
    )


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
    rf"[~≈+±−–-]?\s?\d[\d.,]*\s?(?:[%％]|{pattern((*words('scale'), *LASTS))})", re.I
)
"""A share, or a number with what it counts: *60 %*, *3 weeks*, 2泊."""
_ONE_YEAR = re.compile(rf"(?:{pattern(grouped('period')['year'])})", re.I)
"""The header of a column of years: *1* below it is a year's name, and no number."""


def _are_years(table: Entity) -> bool:
    """Whether the lines of a table are years, one after the other: *Year 1*, *2027*."""
    names = [row.text("role") or row.text("name") for row in table.parts("rows")]
    return len({*names}) > 1 and all(_YEAR_NAME.fullmatch(name.strip(" *_")) for name in names)


_YEAR_NAME = re.compile(
    rf"(?:(?:{pattern(grouped('period')['year'])})\s*)(?:\d|20\d\d)|20\d\d|\d\s?年目?", re.I
)


def _told(shape: Columns, row: TableRow) -> Iterator[str]:
    for header, cell in zip(shape.table.header, row.cells, strict=True):
        if not says_nothing(cell.text):
            yield f"{header.text}: {cell.text}" if header.text else cell.text


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
    headers = (cell.text for cell in shape.table.header)
    if stated and (is_of_more(label, *headers) or MANY_YEARS.search(label)):
        table.fields["of more"] = True
    before = table.fields.get("total")
    if isinstance(before, Entity) and YEAR.search(label) and _is_monthly(stated.get("monthly", "")):
        before.add("notes", f"{label}: {stated['monthly']}")  # *First year total: $12/month*
        return
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


def _is_monthly(price: str) -> bool:
    read = price_or_none(price) if price else None
    return read is not None and all(term.every is Period.MONTH for term in read.all_terms)


def _named_at(shape: Columns, row: TableRow, used: Sequence[int]) -> int:
    """Return the first cell with words of a line whose first cell says nothing; 0 for none."""
    others = (i for i in range(1, len(row.cells)) if i not in (*used, *shape.prices))
    return next((i for i in others if re.search(r"[^\W\d_]{2}", row.cells[i].text)), 0)


def _is_numbered(shape: Columns) -> bool:
    """Whether the first column only numbers the lines, whose names stand in the second.

    They are counted from 0 or 1 on; years and users are what their lines are about.
    """
    if shape.roles.get("number") == 0:
        return True
    header = shape.table.header
    if len(header) < 3 or 1 in shape.prices or _COUNTS.search(header[0].text):
        return False
    cells = [(row.cells[0].text.strip(" ."), row.cells[1].text) for row in shape.table.rows]
    lines = [(int(one), two) for one, two in cells if one.isascii() and one.isdecimal()]
    numbers = [number for number, _ in lines]
    worded = all(re.match(r"[^\W\d_]{2}.*[^\W\d_]", two) for _, two in lines)
    in_order = numbers in ([*range(len(lines))], [*range(1, len(lines) + 1)])
    return len(lines) > 1 and in_order and worded and 2 * len(lines) > len(cells)


_COUNTS = re.compile(
    rf"{YEAR.pattern}|{MONTH.pattern}"
    rf"|(?<!\w)(?:{pattern((*words('scale'), *LASTS))})(?!\w)",
    re.I,
)


def _row(
    shape: Columns,
    row: TableRow,
    prices: Mapping[str, str],
    used: Sequence[int],
    named: int = 0,
) -> Entity:
    """Read a line; ``named`` is the column of its name where the first cell spans several."""
    part = Entity("row", row.line)
    service = shape.cell(row, "service").text
    at_name = 1 if _is_numbered(shape) and len(row.cells) > 2 else 0
    first = row.cells[at_name].text
    if at_name and not says_nothing(row.cells[0].text):
        part.add("notes", f"{shape.table.header[0].text} {row.cells[0].text}")
    if not service and (named or says_nothing(first)):
        at_name = named or _named_at(shape, row, used) or at_name
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
