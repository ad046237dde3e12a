"""Sums of a document: tables, breakdowns in lists and blocks, months and years, quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from statusgen.roadmap.audit.agree import agrees, gap
from statusgen.roadmap.audit.cells import Cell, add, cell, compare, same_period, show
from statusgen.roadmap.audit.document import DocumentAudit, Stated, TotalOf
from statusgen.roadmap.audit.document_stages import StageCosts
from statusgen.roadmap.audit.finding import Severity, Verdict
from statusgen.roadmap.audit.prose import sections
from statusgen.roadmap.importer.amounts import currency_in, is_total, says_nothing
from statusgen.roadmap.importer.fences import breakdown
from statusgen.roadmap.importer.found import Entity
from statusgen.roadmap.importer.pieces import is_breakdown
from statusgen.roadmap.importer.tree import Fence, Listing, Section, Table, blocks_within
from statusgen.roadmap.importer.words import priced
from statusgen.roadmap.money import Period, Range, divide, format_number

MAX_TOTALS = 40
"""Of a table with more totals, only the last is checked: each is held against several readings."""

_NOT_SUMMED = re.compile(
    r"\bunit\b|\beach\b|\brates?\b|\bper\b(?! (month|year|annum|mo\b))|price/|average|\bavg\b"
    r"|\bmax\b|\bmin\b|median|%|percent|ratio|score|version|p9\d|cumulative|running|balance|share"
    r"|margin|slo\b",
    re.I,
)
_YEAR = re.compile(r"annual|year|/yr\b|\bp\.?a\.?\b", re.I)
_MONTH = re.compile(r"month|/mo\b|\bmo\b", re.I)
_OTHERWISE = re.compile(r"\d|discount|\boff\b|sav|billed|prepa|commit|incl|setup|contract", re.I)
_MORE = re.compile(
    r"buffer|contingen|tax|\bvat\b|discount|%|\bwith|incl|excl|after|sav|round|margin|reserve|budget",
    re.I,
)
_QUANTITY = re.compile(
    r"(qty|quantity|count|units?|number|seats|hosts|users|nodes|instances|#)s?\b", re.I
)
_UNIT = re.compile(
    r"\bunit\b|\beach\b|\brate\b|per (unit|seat|user|host|node|instance)|price/", re.I
)
_BEFORE = re.compile(r"\b(before|current|old|today|existing|as[- ]is|from)\b", re.I)
_AFTER = re.compile(r"\b(after|new|target|proposed|future|to[- ]be|to)\b", re.I)
_SAVED = re.compile(r"\b(sav(ed|ings?)|diff(erence)?|reduction|delta|change)\b", re.I)


def check(audit: DocumentAudit) -> None:
    """Check every table and every breakdown of the document."""
    stage_costs = StageCosts(audit)
    for section, parent in sections(audit.root):
        stage_costs.enter(section, parent)
        for block in blocks_within(section.blocks):
            if isinstance(block, Table):
                _table(audit, section, parent, block)
                stage_costs.table(block)
            elif isinstance(block, Fence):
                table = breakdown(block, section.title.text)
                if table is not None and "total" in table.fields:
                    _breakdown(audit, section, table, stage_costs)
            elif isinstance(block, Listing) and is_breakdown(block):
                _breakdown(audit, section, _of_list(block), stage_costs)
    stage_costs.check()


def period_of_header(text: str) -> Period | None:
    """Return the period that a column's header names."""
    if _YEAR.search(text):
        return Period.YEAR
    return Period.MONTH if _MONTH.search(text) else None


class _Columns:
    """A table's cells, read once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.labels = [
            next((c.text for c in row.cells if not says_nothing(c.text)), "") for row in table.rows
        ]
        self.cells: list[list[Cell]] = []
        for index, header in enumerate(table.header):
            sign = currency_in(header.text)
            self.cells.append([cell(row.cells[index].text, sign) for row in table.rows])
        self.totals = [index for index, label in enumerate(self.labels) if is_total(label)]

    def header(self, index: int) -> str:
        return self.table.header[index].text

    def body(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the rows that are no totals."""
        end = len(self.labels) if end is None else end
        return [index for index in range(start, end) if index not in self.totals]


def _table(audit: DocumentAudit, section: Section, parent: Section, table: Table) -> None:
    if not table.rows or not table.header:
        return
    columns = _Columns(table)
    name = section.title.text or audit.name
    totals = columns.totals if len(columns.totals) <= MAX_TOTALS else columns.totals[-1:]
    for index in range(1, len(table.header)):
        for total in totals:
            _total(audit, name, columns, index, total)
    _annual(audit, name, columns)
    _products(audit, name, columns)
    _differences(audit, name, columns)
    _across(audit, name, columns)
    _remember(audit, section, parent, columns)


def _total(audit: DocumentAudit, name: str, columns: _Columns, index: int, total: int) -> None:
    stated = columns.cells[index][total]
    header = columns.header(index)
    if stated.amount is None or stated.sign or _NOT_SUMMED.search(header):
        return
    if _SAVED.search(header) and any(part.text.endswith("%") for part in columns.cells[index]):
        return  # amounts and shares in one column
    default = period_of_header(header)
    readings = [
        [columns.cells[index][row] for row in rows] for rows in _readings(columns, index, total)
    ]
    readings = [reading for reading in readings if sum(c.amount is not None for c in reading) >= 1]
    if not readings:
        return
    results = []
    for reading in readings:
        *parts, whole = same_period([*reading, stated], default)
        parts = [part for part in parts if not part.blank]
        currencies = {part.currency for part in parts if part.amount is not None and part.currency}
        if stated.currency:
            currencies.add(stated.currency)
        if len(currencies) > 1 and len({c for c in currencies if c.isupper()}) > 1:
            results.append((Verdict.OPEN, add([]), parts, "currencies"))
            continue
        if any(part.sign for part in parts):
            return
        if _YEAR.search(columns.labels[total]) and default is not Period.YEAR:
            parts = [_times(part, 12) for part in parts]
        verdict, derived = compare(whole, parts)
        results.append((verdict, derived, parts, ""))
    order = [Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED]
    verdict, derived, parts, why = min(results, key=lambda result: order.index(result[0]))
    if verdict is Verdict.CONTRADICTED and _MORE.search(columns.labels[total]):
        return
    subject = ("tables", name, header or f"column {index + 1}", "total")
    line = columns.table.rows[total].line
    _report_sum(audit, (line, subject, name), stated, (verdict, derived, parts, why))


def _readings(columns: _Columns, index: int, total: int) -> Iterator[list[int]]:
    """Yield the rows that a total may be the sum of, the likeliest first."""
    before = [row for row in columns.totals if row < total]
    after = [row for row in columns.totals if row > total]
    yield columns.body(0, total)
    if before:
        yield columns.body(before[-1] + 1, total)
        yield before
        yield [before[-1], *columns.body(before[-1] + 1, total)]
    if total < len(columns.labels) - 1:
        yield columns.body(total + 1, after[0] if after else None)
        yield columns.body()
    if after:
        yield after


def _times(part: Cell, factor: int) -> Cell:
    if part.amount is None:
        return part
    return replace(part, amount=part.amount.scaled(Range.point(factor)))


def _report_sum(
    audit: DocumentAudit,
    place: tuple[int, Sequence[str], str],
    stated: Cell,
    result: tuple[Verdict, Range, Sequence[Cell], str],
    rule: str = "COST001",
) -> None:
    line, subject, name = place
    verdict, derived, parts, why = result
    assert stated.amount is not None
    if why:
        names = " and ".join(sorted({p.currency for p in (*parts, stated) if p.is_money}))
        message = f"{name}: {names} cannot be added without a dated rate"
        audit.add("COST012", line, subject, Verdict.OPEN, message, stated=stated.text)
        return
    code = stated.currency or next((part.currency for part in parts if part.currency), "")
    shown = show(derived, code)
    missing = [part.text for part in parts if part.amount is None and not part.blank]
    formula = f"{' + '.join(p.shown() for p in parts if p.amount is not None)} = {shown}"
    severity = None
    if verdict is Verdict.HOLDS:
        message = f"{name}: the lines add up to {shown}"
        message += f", without {', '.join(missing)}" if missing else ""
    elif verdict is Verdict.OPEN:
        # A range may hold the total, and percentages are no part of a sum: nothing to look at.
        telling = [text for text in missing if not text.rstrip("*").endswith("%")]
        severity = None if telling else Severity.INFO
        rest = f", and {', '.join(missing)} is not counted" if missing else ""
        message = f"{name}: the lines add up to {shown}, which allows {stated.text}{rest}"
    else:
        distance, side = gap(stated.amount, derived)
        away = show(Range.point(distance), code)
        message = f"{name}: the lines add up to {shown}, {away} {side} of what is stated"
    audit.add(
        rule, line, subject, verdict, message,
        stated=stated.text, derived=shown, formula=formula, severity=severity,
    )  # fmt: skip


def _annual(audit: DocumentAudit, name: str, columns: _Columns) -> None:
    """A year is twelve months, or as many months as in every row alike (a discount)."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    months = [
        i for i, text in enumerate(headers) if _MONTH.search(text) and not _OTHERWISE.search(text)
    ]
    years = [
        i for i, text in enumerate(headers) if _YEAR.search(text) and not _OTHERWISE.search(text)
    ]
    if len(months) != 1 or len(years) != 1 or months == years:
        return
    pairs = []
    for row, (month, year) in enumerate(
        zip(columns.cells[months[0]], columns.cells[years[0]], strict=True)
    ):
        if month.amount is None or year.amount is None or month.currency != year.currency:
            continue
        if month.every not in (None, Period.MONTH) or year.every not in (None, Period.YEAR):
            continue
        pairs.append((row, month, year))
    wrong = [pair for pair in pairs if not _is_times(pair[1], pair[2], Decimal(12))]
    paid = [pair for pair in pairs if pair[1].amount is not None and pair[1].amount.low > 0]
    if len(paid) >= 2 and wrong and (months_paid := _common_ratio([pair[1:] for pair in paid])):
        message = f"{name}: a year costs {format_number(months_paid)} months in every line"
        line = columns.table.line
        audit.add("COST006", line, ("tables", name, "annual"), Verdict.HOLDS, message)
        return
    for row, month, year in wrong:
        assert month.amount is not None
        derived = show(month.amount.scaled(Range.point(12)), month.currency)
        label = columns.labels[row]
        audit.add(
            "COST006",
            columns.table.rows[row].line,
            ("tables", name, label, "annual"),
            Verdict.CONTRADICTED,
            f"{name}: {label} costs {derived} a year, not {year.text}",
            stated=year.text,
            derived=derived,
            formula=f"12 × {month.shown()} = {derived}",
        )
    if pairs and not wrong:
        message = f"{name}: every annual amount is twelve times the monthly one"
        formula = f"12 × the month, {len(pairs)} times"
        subject = ("tables", name, "annual")
        audit.add("COST006", columns.table.line, subject, Verdict.HOLDS, message, formula=formula)


def _is_times(one: Cell, other: Cell, factor: Decimal) -> bool:
    assert one.amount is not None
    assert other.amount is not None
    product = one.amount.scaled(Range.point(factor))
    approx = one.approx or other.approx
    return agrees(other.amount, product, approx=approx) is Verdict.HOLDS


def _common_ratio(pairs: Sequence[tuple[Cell, Cell]]) -> Decimal | None:
    """Return the months that every annual price counts, where it is one number from 8 to 12."""
    month, year = pairs[0]
    if month.amount is None or year.amount is None or not month.amount.low:
        return None
    ratio = divide(year.amount.low, month.amount.low)
    for exact in (ratio, round(ratio, 1), round(ratio)):
        if 8 <= exact < 12 and all(_is_times(one, other, Decimal(exact)) for one, other in pairs):
            return Decimal(exact)
    return None


_Rows = list[tuple[int, Cell, Range, str]]


def _products(audit: DocumentAudit, name: str, columns: _Columns) -> None:
    """Quantity × unit price = amount, where most lines show that this is meant."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    units = [i for i, text in enumerate(headers) if i and _UNIT.search(text)]
    counts = [i for i, text in enumerate(headers) if i not in (0, *units) and _QUANTITY.match(text)]
    if len(counts) != 1 or len(units) != 1:
        return
    amounts = [i for i in range(1, len(headers)) if i not in (*counts, *units)]
    for index in amounts:
        rows: _Rows = []
        for row in columns.body():
            count, unit = columns.cells[counts[0]][row], columns.cells[units[0]][row]
            stated = columns.cells[index][row]
            if count.amount is None or count.is_money or unit.amount is None or not unit.is_money:
                continue
            if stated.amount is not None and stated.is_money:
                product = unit.amount.scaled(count.amount)
                rows.append((row, stated, product, f"{count.shown()} × {unit.shown()}"))
        _by_majority(audit, name, columns, rows, "quantity")


def _differences(audit: DocumentAudit, name: str, columns: _Columns) -> None:
    """Before − after = saved, where most lines show that this is meant."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    found = [
        [i for i, text in enumerate(headers) if i and pattern.search(text)]
        for pattern in (_SAVED, _BEFORE, _AFTER)
    ]
    saved = found[0][:1]
    before = [i for i in found[1] if i not in saved]
    after = [i for i in found[2] if i not in saved and i not in before]
    if not (len(saved) == len(before) == len(after) == 1):
        return
    rows: _Rows = []
    for row in range(len(columns.labels)):
        one, two = columns.cells[before[0]][row], columns.cells[after[0]][row]
        stated = columns.cells[saved[0]][row]
        if one.amount is None or two.amount is None or stated.amount is None:
            continue
        if not (one.amount.is_point and two.amount.is_point and stated.amount.is_point):
            continue
        if one.is_money and stated.is_money:
            value = one.amount.low - two.amount.low
            value = value if value * stated.amount.low >= 0 else -value
            rows.append((row, stated, Range.point(value), f"{one.shown()} − {two.shown()}"))
    _by_majority(audit, name, columns, rows, "difference")


def _across(audit: DocumentAudit, name: str, columns: _Columns) -> None:
    """The last column is the sum of those before it, where most lines show that this is meant."""
    last = len(columns.cells) - 1
    if last < 3 or not is_total(columns.header(last)):
        return
    rows: _Rows = []
    for row in range(len(columns.labels)):
        stated = columns.cells[last][row]
        parts = [columns.cells[index][row] for index in range(1, last)]
        parts = [part for part in parts if part.amount is not None]
        if stated.amount is None or len(parts) < 2:
            continue
        if {part.currency for part in parts} <= {stated.currency, ""}:
            shown = " + ".join(part.shown() for part in parts)
            rows.append((row, stated, add(parts), shown))
    _by_majority(audit, name, columns, rows, "row")


def _by_majority(
    audit: DocumentAudit, name: str, columns: _Columns, rows: _Rows, what: str
) -> None:
    """Report a calculation that most lines follow; without them it was not meant."""
    fits: Callable[[Cell, Range], bool] = lambda stated, value: (  # noqa: E731
        stated.amount is not None
        and agrees(stated.amount, value, approx=stated.approx) is not Verdict.CONTRADICTED
    )
    right = [entry for entry in rows if fits(entry[1], entry[2])]
    if len(right) < 2 or len(right) <= len(rows) / 2:
        return
    for row, stated, value, shown in rows:
        if fits(stated, value):
            continue
        label = columns.labels[row]
        derived = show(value, stated.currency)
        audit.add(
            "COST026",
            columns.table.rows[row].line,
            ("tables", name, label, what),
            Verdict.CONTRADICTED,
            f"{name}: {label} comes to {derived}, not {stated.text}",
            stated=stated.text,
            derived=derived,
            formula=f"{shown} = {derived}",
        )


def _remember(audit: DocumentAudit, section: Section, parent: Section, columns: _Columns) -> None:
    """Keep the last total of the table for the claims in prose."""
    if not columns.totals:
        return
    row = columns.totals[-1]
    found: dict[bool, Stated] = {}
    for index in range(1, len(columns.cells)):
        stated = columns.cells[index][row]
        if stated.amount is None or not stated.is_money or _SAVED.search(columns.header(index)):
            continue
        annual = stated.every is Period.YEAR or bool(_YEAR.search(columns.header(index)))
        line = columns.table.rows[row].line
        kept = Stated(line, stated.text, stated.amount, stated.currency, stated.approx)
        found.setdefault(annual, kept)
    if found:
        name = section.title.text or audit.name
        audit.totals.append(TotalOf(name, section, parent, found.get(False), found.get(True)))


def _breakdown(
    audit: DocumentAudit, section: Section, table: Entity, stage_costs: StageCosts
) -> None:
    """Lines with their total; within a stage the running sum may be meant as well."""
    total = table.fields.get("total")
    assert isinstance(total, Entity)
    stated = cell(total.text("monthly"))
    parts = [cell(row.text("monthly")) for row in table.parts("rows")]
    if stated.amount is None or any(part.sign for part in parts):
        return
    if len({part.currency for part in (*parts, stated) if part.is_money}) > 1:
        result = (Verdict.OPEN, add([]), parts, "currencies")
    elif stage_costs.breakdown(total.line, stated, parts):
        return
    else:
        verdict, derived = compare(stated, parts)
        result = (verdict, derived, parts, "")
    name = section.title.text or audit.name
    _report_sum(audit, (total.line, ("lists", name, "total"), name), stated, result)


def _of_list(listing: Listing) -> Entity:
    table = Entity("table", listing.line, {"rows": []})
    for entry in listing.entries:
        read = priced(entry.first.text)
        if read.price and is_total(read.name):
            table.set("total", Entity("total", entry.line, {"monthly": read.price}))
        else:
            table.add("rows", Entity("row", entry.line, {"monthly": read.price}))
    return table
