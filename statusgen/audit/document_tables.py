"""Sums of a document: of its tables, and of breakdowns in lists and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from statusgen.audit import document_calculations
from statusgen.audit.agree import gap, outside
from statusgen.audit.cells import Cell, add, cell, compare, same_period, show
from statusgen.audit.document import DocumentAudit, Stated, TotalOf
from statusgen.audit.document_columns import Columns, period_of_header
from statusgen.audit.document_stages import StageCosts
from statusgen.audit.finding import Severity, Verdict, both, listed
from statusgen.audit.prose import sections
from statusgen.base.saying import Saying
from statusgen.importer.amounts import is_total
from statusgen.importer.fences import breakdowns
from statusgen.importer.found import Entity
from statusgen.importer.headers import OPTIONAL, SAVED, YEAR
from statusgen.importer.pieces import is_breakdown, leading_price
from statusgen.importer.restated import AMOUNT
from statusgen.importer.tables import columns as read_columns
from statusgen.importer.tree import (
    Block,
    Fence,
    Listing,
    Paragraph,
    Section,
    Table,
    blocks_within,
)
from statusgen.importer.words import pair, priced
from statusgen.roadmap.money import Period, Range

MAX_TOTALS = 40
"""Of a table with more totals, only the last is checked: each is held against several readings."""

_NOT_SUMMED = re.compile(
    r"\bunit\b|\beach\b|\brates?\b|\bper\b(?! (month|year|annum|mo\b))|price/|average|\bavg\b"
    r"|\bmax\b|\bmin\b|median|%|percent|ratio|score|version|p9\d|cumulative|running|balance|share"
    r"|margin|slo\b",
    re.I,
)
_AVERAGE = re.compile(
    r"\b(?:avg|average|mean|median|weighted|blended)\b|Ø|⌀|durchschn|moyen|promedio|m[ée]dia\b|平均|средн",
    re.I,
)
_MORE = re.compile(
    r"buffer|contingen|tax|\bvat\b|discount|%|\bwith|incl|excl|after|sav|round|margin|reserve|budget",
    re.I,
)


def check(audit: DocumentAudit) -> None:
    """Check every table and every breakdown of the document."""
    stage_costs = StageCosts(audit)
    for section, parent in sections(audit.root):
        stage_costs.enter(section, parent)
        for block, after in pairwise([*section.blocks, None]):
            table = _with_total_below(block, after)
            if table is not None:
                _breakdown(audit, section, table, stage_costs)
        for block in blocks_within(section.blocks):
            if isinstance(block, Table):
                _table(audit, section, parent, block)
                stage_costs.table(block)
            elif isinstance(block, Fence):
                for part in breakdowns(block, section.title.text):
                    if "total" in part.fields:
                        _breakdown(audit, section, part, stage_costs)
            elif isinstance(block, Listing) and is_breakdown(block):
                _breakdown(audit, section, _of_list(block), stage_costs)
    stage_costs.check()


def _with_total_below(block: Block | None, after: Block | None) -> Entity | None:
    """Return a list or a table of costs whose sum stands in the line below: ``**Total: $49**``."""
    total = _total_line(after) if isinstance(after, Paragraph) else None
    if total is None:
        return None
    if isinstance(block, Listing) and not is_breakdown(block):
        amounts = [(entry.line, priced(entry.first.text).price) for entry in block.entries]
    elif isinstance(block, Table) and not any(is_total(row.cells[0].text) for row in block.rows):
        shape = read_columns(block)
        if len(shape.prices) != 1 or SAVED.search(block.header[shape.prices[0]].text):
            return None
        amounts = [(row.line, shape.price(row, shape.prices[0])) for row in block.rows]
    else:
        return None
    if len(amounts) < 2 or not all(price for _, price in amounts):
        return None
    rows = [Entity("row", line, {"monthly": price}) for line, price in amounts]
    return Entity("table", block.line, {"rows": rows, "total": total})


def _total_line(paragraph: Paragraph) -> Entity | None:
    read = pair(paragraph.lines[0]) if paragraph.lines else None
    if read is None or not is_total(read.label) or _MORE.search(read.label):
        return None
    price, _ = leading_price(read.value)
    return Entity("total", read.line, {"monthly": price}) if price else None


def _table(audit: DocumentAudit, section: Section, parent: Section, table: Table) -> None:
    if not table.rows or not table.header:
        return
    columns = Columns(table)
    name = section.title.text or audit.name
    totals = columns.totals if len(columns.totals) <= MAX_TOTALS else columns.totals[-1:]
    for index in range(1, len(table.header)):
        for total in totals:
            _total(audit, name, columns, index, total)
    document_calculations.check(audit, name, columns)
    _remember(audit, section, parent, columns)


def _total(audit: DocumentAudit, name: str, columns: Columns, index: int, total: int) -> None:
    stated = columns.cells[index][total]
    header = columns.header(index)
    if stated.amount is None or stated.sign or _NOT_SUMMED.search(header):
        return
    if SAVED.search(header) and any(part.text.endswith("%") for part in columns.cells[index]):
        return  # amounts and shares in one column
    if _AVERAGE.search(stated.text) or document_calculations.is_unit_price(columns, index):
        return
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
        for meant in _of_a_year(columns.labels[total], default, parts):
            verdict, derived = compare(whole, meant)
            results.append((verdict, derived, meant, ""))
    order = [Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED]
    verdict, derived, parts, why = min(results, key=lambda result: order.index(result[0]))
    if verdict is Verdict.CONTRADICTED and _MORE.search(columns.labels[total]):
        return
    subject = ("tables", name, header or f"column {index + 1}", "total")
    line = columns.table.rows[total].line
    _report_sum(audit, (line, subject, name), stated, (verdict, derived, parts, why))


def _readings(columns: Columns, index: int, total: int) -> Iterator[list[int]]:
    """Yield the rows that a total may be the sum of, the likeliest first."""
    before = [row for row in columns.totals if row < total]
    after = [row for row in columns.totals if row > total]
    for rows in _whole_readings(columns, total, before, after):
        yield rows
        left = columns.details(index) | columns.optional
        for out in (columns.details(index), columns.optional, left):
            if out & set(rows):
                yield [row for row in rows if row not in out]


def _whole_readings(
    columns: Columns, total: int, before: list[int], after: list[int]
) -> Iterator[list[int]]:
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


def _of_a_year(label: str, default: Period | None, parts: list[Cell]) -> Iterator[list[Cell]]:
    """Yield what the lines come to under a label: a year's holds months twelve times.

    What names no period may be paid once a year.
    """
    if default is Period.YEAR or not YEAR.search(label):
        yield parts
        return
    yield [_times(part, 12) for part in parts]
    if len({part.every for part in parts}) > 1:
        yield [part if part.every is None else _times(part, 12) for part in parts]


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
        names = both(sorted({p.currency for p in (*parts, stated) if p.is_money}))
        mixed = Saying("findings.no-rate", {"name": name, "currencies": names})
        audit.add("COST012", line, subject, Verdict.OPEN, mixed, stated=stated.text)
        return
    code = stated.currency or next((part.currency for part in parts if part.currency), "")
    shown = show(derived, code)
    missing = [part.text for part in parts if part.amount is None and not part.blank]
    formula = f"{' + '.join(p.shown() for p in parts if p.amount is not None)} = {shown}"
    severity = None
    values: dict[str, str | int | Saying] = {
        "table": name,
        "derived": shown,
        "stated": stated.text,
        "missing": listed(missing),
    }
    if verdict is Verdict.HOLDS:
        saying = Saying("findings.sum-without" if missing else "findings.sum-holds", values)
    elif verdict is Verdict.OPEN:
        # A range may hold the total, and percentages are no part of a sum: nothing to look at.
        telling = [text for text in missing if not text.rstrip("*").endswith("%")]
        severity = None if telling else Severity.INFO
        key = "findings.sum-allows-without" if missing else "findings.sum-allows"
        saying = Saying(key, values)
    else:
        distance, side = gap(stated.amount, derived)
        values["outside"] = outside(show(Range.point(distance), code), side)
        saying = Saying("findings.sum-misses", values)
    audit.add(
        rule, line, subject, verdict, saying,
        stated=stated.text, derived=shown, formula=formula, severity=severity,
    )  # fmt: skip


def _remember(audit: DocumentAudit, section: Section, parent: Section, columns: Columns) -> None:
    """Keep the last total of the table for the claims in prose."""
    if not columns.totals:
        return
    row = columns.totals[-1]
    found: dict[bool, Stated] = {}
    for index in range(1, len(columns.cells)):
        stated = columns.cells[index][row]
        if stated.amount is None or not stated.is_money or SAVED.search(columns.header(index)):
            continue
        annual = stated.every is Period.YEAR or bool(YEAR.search(columns.header(index)))
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
    must = [
        part
        for row, part in zip(table.parts("rows"), parts, strict=True)
        if "optional" not in row.fields
    ]
    if len(must) < len(parts) and compare(stated, must)[0] is Verdict.HOLDS:
        parts = must
    if all(part.amount is None for part in parts):
        return  # nothing but prices by unit
    parts, stated = _in_one_period(parts, stated)
    assert stated.amount is not None
    if len({part.currency for part in (*parts, stated) if part.is_money}) > 1:
        result = (Verdict.OPEN, add([]), parts, "currencies")
    elif stage_costs.breakdown(total.line, stated, parts):
        return
    else:
        verdict, derived = compare(stated, parts)
        result = (verdict, derived, parts, "")
    name = section.title.text or audit.name
    _report_sum(audit, (total.line, ("lists", name, "total"), name), stated, result)


def _in_one_period(parts: list[Cell], stated: Cell) -> tuple[list[Cell], Cell]:
    """Bring a list of months and years to months, unless it adds up as it is written."""
    assert stated.amount is not None
    if compare(stated, parts)[0] is Verdict.HOLDS:
        return parts, stated
    *monthly, whole = same_period([*parts, stated], Period.MONTH)
    return monthly, whole


def _of_list(listing: Listing) -> Entity:
    table = Entity("table", listing.line, {"rows": []})
    for entry in listing.entries:
        read = priced(entry.first.text)
        if read.price and is_total(read.name):
            table.set("total", Entity("total", entry.line, {"monthly": read.price}))
        else:
            price = read.price or (entry.first.text if AMOUNT.search(entry.first.text) else "")
            row = Entity("row", entry.line, {"monthly": price})
            row.set("optional", bool(OPTIONAL.search(entry.first.text)))
            table.add("rows", row)
    return table
