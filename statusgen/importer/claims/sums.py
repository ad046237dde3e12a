"""Stated totals: of tables, of lists and of blocks, with the readings of what they sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from statusgen.importer.amounts import is_total
from statusgen.importer.claims import lines
from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.collected import Collected, TotalOf
from statusgen.importer.claims.columns import Columns, period_of_header
from statusgen.importer.claims.prose import sections
from statusgen.importer.claims.readings import (
    is_multiple,
    is_weighted,
    meanings,
    of_one_or_all,
    of_several_times,
    row_readings,
)
from statusgen.importer.claims.stages import StageCosts
from statusgen.importer.fences import breakdowns, leaders
from statusgen.importer.found import Entity
from statusgen.importer.headers import (
    AVERAGE,
    DIFFERENCE,
    MORE,
    NO_COST,
    SAVED,
    TAXED,
    UNIT,
    YEAR,
)
from statusgen.importer.pieces import is_breakdown, leading_price
from statusgen.importer.restated import AMOUNT, MAX_SENTENCE, SENTENCE, is_plain, labelled
from statusgen.importer.table_columns import columns as read_columns
from statusgen.importer.table_columns import is_of_money
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
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import (
    Amount,
    Place,
    Reading,
    Sum,
    add,
    goes_on,
    same_period,
    subtotals,
)
from statusgen.roadmap.money import ZERO, Period
from statusgen.roadmap.vocabulary import NO_PART, OPTIONAL, grouped, pattern, words

MAX_TOTALS = 40
"""Of a table with more totals, only the last is checked: each is held against several readings."""

_OF_TIME = pattern((*grouped("period")["month"], *grouped("period")["year"]))
_NOT_SUMMED = re.compile(
    rf"\bunit\b|\beach\b|\brates?\b|\bper\b(?!\s+(?:annum|{_OF_TIME}))|price/|average|\bavg\b"
    r"|\bmax\b|\bmin\b|median|%|percent|ratio|score|version|\bp\d\d\b|latency|\bms\b|cumulative|running|balance|share"
    rf"|margin|slo\b|{UNIT.pattern}",
    re.I,
)


_SEVERAL = re.compile(r"[2-9]")
"""Several years add up as one does."""


def read(found: Collected) -> None:
    """Read every table, every list and every block with a total."""
    stage_costs = StageCosts(found)
    for section, parent in sections(found.root):
        found.above.enter(section)
        stage_costs.enter(section, parent)
        for block, after in pairwise([*section.blocks, None]):
            table = _with_total_below(block, after)
            if table is not None:
                _breakdown(found, section, table, stage_costs)
        for block in blocks_within(section.blocks):
            if isinstance(block, Table):
                _table(found, section, parent, block)
                stage_costs.table(block)
            elif isinstance(block, Fence):
                for part in breakdowns(block, section.title.text):
                    if "total" in part.fields:
                        _breakdown(found, section, part, stage_costs)
            elif isinstance(block, Listing) and is_breakdown(block):
                _breakdown(found, section, _of_list(block), stage_costs)
            elif isinstance(block, Paragraph):
                for part in leaders(block, section.title.text):
                    if "total" in part.fields:
                        _breakdown(found, section, part, stage_costs)
    stage_costs.finish()


def _with_total_below(block: Block | None, after: Block | None) -> Entity | None:
    """Return a list or a table of costs whose sum stands in the line below: ``**Total: $49**``."""
    total = _total_line(after) if isinstance(after, Paragraph) else None
    if total is None:
        return None
    if isinstance(block, Fence):
        trees = breakdowns(block, "")
        if len(trees) != 1 or "total" in trees[0].fields:
            return None
        trees[0].set("total", total)
        return trees[0]
    if isinstance(block, Listing) and not is_breakdown(block):
        lines_ = [(entry.line, priced(entry.first.text)) for entry in block.entries]
        amounts = [(line, read.name, read.price) for line, read in lines_]
    elif isinstance(block, Table) and not any(is_total(row.cells[0].text) for row in block.rows):
        shape = read_columns(block)
        if len(shape.prices) != 1 or SAVED.search(block.header[shape.prices[0]].text):
            return None
        price_at = shape.prices[0]
        amounts = [(row.line, row.cells[0].text, shape.price(row, price_at)) for row in block.rows]
    else:
        return None
    if len(amounts) < 2 or not all(price for *_, price in amounts):
        return None
    rows = [Entity("row", line, {"name": name, "monthly": price}) for line, name, price in amounts]
    return Entity("table", block.line, {"rows": rows, "total": total})


def _total_line(paragraph: Paragraph) -> Entity | None:
    read = pair(paragraph.lines[0]) if paragraph.lines else None
    if read is None or not is_total(read.label) or MORE.search(read.label):
        first = SENTENCE.split(paragraph.text[:MAX_SENTENCE])[0]
        price = labelled(first.strip())
        told = {"monthly": price, "said": paragraph.text[:MAX_SENTENCE]}
        return Entity("total", paragraph.line, {**told}) if price else None
    price, _ = leading_price(read.value)
    told = {"monthly": price, "said": f"{read.label} {read.value}"}
    return Entity("total", read.line, {**told}) if price else None


def _table(found: Collected, section: Section, parent: Section, table: Table) -> None:
    if not table.rows or not table.header:
        return
    columns = Columns(table)
    name = section.title.text or found.name
    totals = columns.totals if len(columns.totals) <= MAX_TOTALS else columns.totals[-1:]
    for index in range(1, len(table.header)):
        for total in totals:
            if (one := _total(name, columns, index, total)) is not None:
                found.claims.sums.append(one)
    lines.read(found.claims, name, columns)
    _remember(found, section, parent, columns)


def _total(name: str, columns: Columns, index: int, total: int) -> Sum | None:
    stated = columns.cells[index][total]
    header = columns.headers[index]
    if stated.amount is None or stated.sign or _NOT_SUMMED.search(header):
        return None
    if NO_COST.search(header) and not YEAR.search(header) and not _SEVERAL.search(header):
        return None
    if SAVED.search(header) and any(part.text.endswith("%") for part in columns.cells[index]):
        return None  # amounts and shares in one column
    if AVERAGE.search(stated.text) or lines.is_unit_price(columns, index):
        return None
    if lines.is_moment(columns, index):
        return None
    if _is_span(stated, [columns.cells[index][row] for row in columns.body(0, total)]):
        return None
    default = period_of_header(header)
    label = columns.labels[total]
    if AVERAGE.search(label) or _NO_SUM.search(label):
        return None
    at_head = len(columns.body(0, total)) < 2
    if at_head and _is_no_head_of(stated, columns, index, total):
        return None
    if is_weighted(columns, index, total):
        return None
    readings = []
    for rows in row_readings(columns, index, total):
        named = [
            replace(columns.cells[index][row], name=columns.labels[row])
            for row in rows
            if not columns.cells[index][row].blank
        ]
        if all(part.amount is None for part in named):
            continue
        for reading in of_one_or_all(named):
            *parts, whole = same_period([*reading, stated], default)
            if any(part.sign > 0 for part in parts) or (parts and all(part.sign for part in parts)):
                return None  # a table of changes; of lines that are paid, some may be taken off
            meant = meanings("" if total in columns.unnamed else label, default, parts, stated)
            readings += [Reading(whole, tuple(each)) for each in meant]
    if not readings:
        return None
    subject = ("tables", name, header or f"column {index + 1}", "total")
    place = Place(columns.table.rows[total].line, subject)
    return Sum(
        place,
        name,
        stated,
        tuple(readings),
        bool(MORE.search(label)),
        unsaid=total in columns.unnamed or of_several_times(label, readings[0].parts),
        at_head=at_head,
        of_heads=_may_count_heads(header, columns.cells[index]),
    )


_NO_SUM = re.compile(rf"(?<!\w)(?:{pattern(words('no_sum'))})", re.I)


def _is_no_head_of(stated: Amount, columns: Columns, index: int, total: int) -> bool:
    """Whether the lines below a total, which has none above it, are not what it is the sum of."""
    assert stated.amount is not None
    lines_ = {
        row: part.amount
        for row in range(total + 1, len(columns.labels))
        if (part := columns.cells[index][row]).amount is not None
    }
    if lines_ and columns.optional.issuperset(set(lines_) - set(columns.totals)):
        return True  # parts of it, or what it is for one
    known = list(lines_.values())
    return not fits(stated.amount, sum(known, ZERO)) and goes_on(stated.amount, known)


def _may_count_heads(header: str, column: Sequence[Amount]) -> bool:
    """Whether a column holds whole numbers of something that is neither money nor a measure."""
    return not is_of_money(header) and all(
        not part.currency and part.amount.is_point and part.amount.low % 1 == 0
        for part in column
        if part.amount is not None
    )


def _is_span(stated: Amount, parts: Sequence[Amount]) -> bool:
    """Whether ranges say when, not how much: weeks 1–4, 4–12 and 10–18 are 1–18, or 18, in all.

    Each begins later than the one above, and no later than just behind its end.
    """
    ranges = [part.amount for part in parts if part.amount is not None]
    if stated.is_money or len(ranges) < 2 or any(part.is_money for part in parts):
        return False
    return any(not one.is_point for one in ranges) and all(
        one.high is not None and one.low < other.low <= one.high + 1
        for one, other in pairwise(ranges)
    )


def _remember(found: Collected, section: Section, parent: Section, columns: Columns) -> None:
    """Keep the last total of the table for the claims in sentences."""
    if not columns.totals:
        return
    row = columns.totals[-1]
    by_year: dict[bool, Amount] = {}
    for index in range(1, len(columns.cells)):
        stated = columns.cells[index][row]
        if stated.amount is None or not stated.is_money or SAVED.search(columns.headers[index]):
            continue
        annual = stated.every is Period.YEAR or bool(YEAR.search(columns.headers[index]))
        by_year.setdefault(annual, stated)
    if by_year:
        name, line = section.title.text or found.name, columns.table.rows[row].line
        month, year = by_year.get(False), by_year.get(True)
        found.totals.append(TotalOf(name, line, section, parent, month, year))


def _breakdown(found: Collected, section: Section, table: Entity, stage_costs: StageCosts) -> None:
    """Lines with their total; within a stage the running sum may be meant as well."""
    total = table.fields.get("total")
    assert isinstance(total, Entity)
    stated = cell(total.text("monthly"))
    rows = [
        (
            replace(cell(row.text("monthly")), name=row.text("name")),
            bool(row.fields.get("optional")),
        )
        for row in table.parts("rows")
    ]
    parts = [part for part, _ in rows]
    if stated.amount is None or any(part.sign for part in parts):
        return
    if all(part.amount is None for part in parts):
        return  # nothing but prices by unit
    must = [part for part, optional in rows if not optional]
    readings = [_in_one_period(parts, stated)]
    if 0 < len(must) < len(parts):
        readings.append(_in_one_period(must, stated))
    lines_ = [row.line for row in table.parts("rows")]
    above = [part for part, line in zip(parts, lines_, strict=True) if line < total.line]
    at_head = len(above) < 2 and len(parts) > len(above)
    below = [part.amount for part in parts[len(above) :] if part.amount is not None]
    if at_head and (not must or goes_on(stated.amount, below)) and not _adds_up(stated, parts):
        return
    if 0 < len(above) < len(parts):
        readings.append(_in_one_period(above, stated))
    if inner := subtotals([[part] for part in above]):
        left = [part for place, part in enumerate(above) if place not in inner]
        readings.append(_in_one_period(left, stated))
    *_, of_one = of_one_or_all(parts)
    each = _in_one_period(of_one, stated)
    if of_one != parts and each.whole.amount is not None:
        first = fits(each.whole.amount, add(each.parts), approx=stated.approx)
        readings.insert(0 if first else len(readings), each)
    wide = [_in_one_period(each, stated) for each in found.above.several(total.line)]
    of_all = [one for one in wide if _adds_up(one.whole, one.parts)]
    if of_all and not any(_adds_up(one.whole, one.parts) for one in readings):
        place = Place(total.line, ("lists", found.name, "total"))  # of several lists
        found.claims.sums.append(Sum(place, found.name, stated, tuple(of_all)))
        return
    name = section.title.text or found.name
    place = Place(total.line, ("lists", name, "total"))
    label = total.text("name")
    said = label or total.text("said")
    whole = total.text("said") or label
    if is_multiple(whole, [*readings, *wide]) or stated.every in _RATES:
        return  # *3 × $45 = $135*, *total for 3 months*, *$1.48/day*
    taxed = bool(TAXED.search(whole))
    one_currency = len({part.currency for part in (*parts, stated) if part.is_money}) == 1
    if one_currency and not taxed and stage_costs.breakdown(total.line, readings[0]):
        return
    if YEAR.search(said):  # *Total first year*: months twelve times, and what is paid once
        readings += [Reading(stated, tuple(one)) for one in meanings(said, None, parts, stated)]
    if DIFFERENCE.search(label) and any(part.amount is None for part in parts):
        return  # what is taken off may be among what was not read
    said_of_it = whole.partition(":")[0]
    of_more = bool(MORE.search(label) or DIFFERENCE.search(said_of_it) or taxed)
    unsaid = of_several_times(said, parts) or not is_plain(whole)
    claim = Sum(place, name, stated, tuple(readings), of_more, unsaid, at_head)
    found.claims.sums.append(claim)


_RATES = (Period.HOUR, Period.DAY, Period.WEEK)
"""A total by the day was rounded from that of a month."""


def _adds_up(stated: Amount, parts: Sequence[Amount]) -> bool:
    return stated.amount is not None and fits(stated.amount, add(parts), approx=stated.approx)


def _in_one_period(parts: list[Amount], stated: Amount) -> Reading:
    """Bring a list of months and years to months, unless it adds up as it is written."""
    assert stated.amount is not None
    if fits(stated.amount, add(parts), approx=stated.approx):
        return Reading(stated, tuple(parts))
    *monthly, whole = same_period([*parts, stated], Period.MONTH)
    return Reading(whole, tuple(monthly))


def _of_list(listing: Listing) -> Entity:
    table = Entity("table", listing.line, {"rows": []})
    for entry in listing.entries:
        read = priced(entry.first.text)
        if read.price and is_total(read.name):
            found = {"monthly": read.price, "said": entry.first.text}
            table.set("total", Entity("total", entry.line, {**found}))
        else:
            price = read.price or (entry.first.text if AMOUNT.search(entry.first.text) else "")
            row = Entity("row", entry.line, {"name": read.name, "monthly": price})
            said = entry.first.text
            row.set("optional", bool(OPTIONAL.search(said) or NO_PART.match(said)))
            table.add("rows", row)
    return table
