"""Stated totals of tables, with the readings of what they sum; ``lists`` reads all others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from statusgen.importer.amounts import as_price
from statusgen.importer.claims import efforts, lines, times
from statusgen.importer.claims.cells import without_note
from statusgen.importer.claims.collected import Collected, TotalOf
from statusgen.importer.claims.columns import Columns, period_of_header
from statusgen.importer.claims.conditions import (
    is_another,
    is_below_net,
    is_net_of,
    is_of_more,
    is_other_year,
    is_qualified,
)
from statusgen.importer.claims.figures import (
    NO_SUM,
    PACKED,
    holds_another,
    is_factor,
    is_figure,
)
from statusgen.importer.claims.lists import of_list, read_breakdown, with_total_below
from statusgen.importer.claims.prose import sections
from statusgen.importer.claims.quantities import is_unit_price
from statusgen.importer.claims.readings import (
    adds_up,
    is_so_often,
    is_weighted,
    meanings,
    of_one_or_all,
    of_several_times,
    row_readings,
)
from statusgen.importer.claims.stages import StageCosts
from statusgen.importer.fences import breakdowns, leaders
from statusgen.importer.headers import AVERAGE, DIFFERENCE, NO_COST, SAVED, UNIT, YEAR
from statusgen.importer.pieces import is_breakdown
from statusgen.importer.summed import SLIP_PARTS
from statusgen.importer.table_columns import columns as shape_of
from statusgen.importer.table_columns import is_of_money
from statusgen.importer.tree import (
    Fence,
    Listing,
    Paragraph,
    Section,
    Table,
    blocks_within,
)
from statusgen.roadmap.adding import goes_on
from statusgen.roadmap.agreement import fits, is_near
from statusgen.roadmap.claims import (
    Amount,
    Lines,
    Place,
    Reading,
    Sum,
    Years,
    add,
    same_period,
)
from statusgen.roadmap.money import ZERO, Period
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import grouped, pattern

NEIGHBOURS = 3
"""How far the totals of other conditions stand from each other."""
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
        efforts.read(found, section)
        for block, after in pairwise([*section.blocks, None]):
            table = with_total_below(block, after)
            if table is not None:
                read_breakdown(found, section, table, stage_costs)
        for block in blocks_within(section.blocks):
            if isinstance(block, Table):
                _table(found, section, parent, block)
                stage_costs.table(block)
            elif isinstance(block, Fence):
                for part in breakdowns(block, section.title.text):
                    if "total" in part.fields:
                        read_breakdown(found, section, part, stage_costs)
            elif isinstance(block, Listing) and is_breakdown(block):
                read_breakdown(found, section, of_list(block), stage_costs)
            elif isinstance(block, Paragraph):
                for part in leaders(block, section.title.text):
                    if "total" in part.fields:
                        read_breakdown(found, section, part, stage_costs)
    stage_costs.finish()


def _table(found: Collected, section: Section, parent: Section, table: Table) -> None:
    if not table.rows or not table.header:
        return
    columns = Columns(table)
    name = section.title.text or found.name
    totals = columns.totals if len(columns.totals) <= MAX_TOTALS else columns.totals[-1:]
    spent = times.claim_of(found, name, columns)
    for index in range(1, len(table.header)):
        for total in totals:
            one = claim_of(name, columns, index, total, section.title.text)
            if one is None:
                continue
            besides = tuple(found.above.besides(table.line, one.readings))
            one = replace(one, readings=one.readings + besides)
            if not (one.of_time and (spent or times.overlaps(found, columns))):
                found.claims.sums.append(one)
    if spent is not None and all(_subject(one) != spent.place.subject for one in found.claims.sums):
        found.claims.sums.append(spent)
    lines.read(found.claims, name, columns)
    _remember(found, section, parent, columns)


def _subject(claim: Sum | Years | Lines) -> tuple[str, ...]:
    return claim.place.subject if isinstance(claim, Sum) else ()


def claim_of(name: str, columns: Columns, index: int, total: int, title: str = "") -> Sum | None:
    """Return what a total of a table claims in one column; None where that is no sum.

    ``title`` stands above the table.
    """
    stated = columns.cells[index][total]
    header, label = columns.headers[index], columns.labels[total]
    if stated.amount is None or stated.sign or _adds_nothing_up(columns, index, total):
        return None
    at_head = len(columns.body(0, total)) < 2
    if at_head and _is_no_head_of(stated, columns, index, total):
        return None
    readings = _readings(columns, index, total)
    if not readings or _is_another(columns, index, total, readings):
        return None
    if is_other_year(label, readings) or holds_another(columns, index, total, readings):
        return None
    if at_head and _are_figures(columns, stated) and not any(map(adds_up, readings)):
        return None
    subject = ("tables", name, header or f"column {index + 1}", "total")
    place = Place(columns.table.rows[total].line, subject)
    of_more = (
        is_of_more(label, header, name, *columns.labels[:total], below=columns.labels[total + 1 :])
        or bool(DIFFERENCE.search(label))
        or is_net_of(label, stated.amount, readings)
    )
    less = of_more and is_below_net(label, stated.amount, readings)
    return Sum(
        place,
        name,
        stated,
        tuple(readings),
        of_more and not less,
        unsaid=less
        or total in columns.unnamed
        or bool(_NOT_SUMMED.search(header))
        or of_several_times(label, readings[0].parts),
        at_head=at_head,
        of_heads=_may_count_heads(header, columns.cells[index]),
        of_time=times.is_elapsed(stated),
        of_figures=is_figure(columns, index, total, title),
    )


_BEHIND_SLASH = re.compile(r"\s/\s?[^\W\d_]+")


def _may_be_of_time(columns: Columns, index: int, total: int) -> bool:
    """Whether a header's word behind a stroke, which nobody knows, may be a time: *Biaya / Tahun*.

    Prices of one do not nearly add up to what is stated below them, of three lines or more.
    """
    header = columns.headers[index]
    match = _BEHIND_SLASH.search(header)
    if match is None or _NOT_SUMMED.search(_BEHIND_SLASH.sub("", header)):
        return False
    stated, parts = columns.cells[index][total], columns.cells[index]
    known = [
        part for row in columns.body(0, total) if (part := parts[row]).amount not in (None, ZERO)
    ]
    money = len(known) >= SLIP_PARTS and stated.is_money and all(part.is_money for part in known)
    return money and stated.amount is not None and is_near(stated.amount, add(known))


def _are_figures(columns: Columns, stated: Amount) -> bool:
    """Whether what stands below a total may be other figures of the same thing, not its parts.

    *Total effort* and the critical path in it, in hours; or a table of metrics.
    """
    return not stated.is_money or shape_of(columns.table).roles.get("metric") == 0


def _adds_nothing_up(columns: Columns, index: int, total: int) -> bool:
    """Whether a column, or the label of a total, says that no plain sum stands there."""
    stated, header, label = (
        columns.cells[index][total],
        columns.headers[index],
        columns.labels[total],
    )
    if NO_SUM.search(label) or PACKED.search(header) or is_factor(stated.currency):
        return True
    if _NOT_SUMMED.search(header) and not _may_be_of_time(columns, index, total):
        return True
    if NO_COST.search(header) and not YEAR.search(header) and not _SEVERAL.search(header):
        return True
    if SAVED.search(header) and any(part.text.endswith("%") for part in columns.cells[index]):
        return True  # amounts and shares in one column
    return (
        bool(AVERAGE.search(stated.text) or AVERAGE.search(label))
        or is_unit_price(columns, index)
        or lines.is_moment(columns, index)
        or times.is_kept(stated, header)
        or _is_span(stated, [columns.cells[index][row] for row in columns.body(0, total)])
        or columns.has_periods
        or is_weighted(columns, index, total)
        or is_so_often(columns, index, total)
    )


def _readings(columns: Columns, index: int, total: int) -> list[Reading]:
    """Return what the lines above a total may come to; none where some tell of changes."""
    stated, label = columns.cells[index][total], columns.labels[total]
    default = period_of_header(columns.headers[index])
    readings: list[Reading] = []
    for rows in row_readings(columns, index, total):
        named = [
            replace(columns.cells[index][row], name=columns.labels[row])
            for row in rows
            if not columns.cells[index][row].blank
        ]
        if all(part.amount is None for part in named):
            continue
        moved = [part for part in named if part.amount != ZERO]
        added = [part for part in moved if part.amount is None and _ADDED.match(part.text)]
        if added and all(part.sign or part in added for part in moved):
            return []
        noted = [*map(without_note, named)]
        for reading in chain(of_one_or_all(named), [noted] if noted != named else ()):
            *parts, whole = same_period([*reading, stated], default)
            if any(part.sign > 0 for part in parts) or (len(parts) > 1 and _are_signed(parts)):
                return []  # a table of changes; of lines that are paid, some may be taken off
            if _are_signed(parts):
                continue  # one that is taken off a sum above it
            parts = [_paid_once(part) for part in parts] if YEAR.search(label) else parts
            meant = meanings("" if total in columns.unnamed else label, default, parts, stated)
            readings += [Reading(whole, tuple(each)) for each in meant]
    return readings + _as_beside(columns, index, total)


def _as_beside(columns: Columns, index: int, total: int) -> list[Reading]:
    """Return the lines with the amounts of the column before it where they say *N/A*.

    What does not change under another plan is not said again; only where it adds up so.
    """
    own, before = columns.cells[index], columns.cells[index - 1]
    rows = columns.body(0, total)
    parts = tuple(before[row] if own[row].blank else own[row] for row in rows)
    reading = Reading(own[total], parts)
    filled = any(own[row].blank and before[row].is_money for row in rows)
    return [reading] if filled and own[total].is_money and adds_up(reading) else []


def _paid_once(part: Amount) -> Amount:
    """Return what is paid once as an amount: a part of a year's total, and of no month's."""
    price = price_or_none(as_price(part.text)) if part.amount is None else None
    if price is None or price.terms[0].kind is not Kind.ONE_OFF or price.amount is None:
        return part
    return replace(part, amount=price.amount, currency=price.currency, every=Period.YEAR)


def _is_another(columns: Columns, index: int, total: int, readings: Sequence[Reading]) -> bool:
    """Whether the lines come to a total beside this one, which holds on another condition."""
    if any(adds_up(reading) for reading in readings):
        return False
    beside = [
        row
        for row in columns.totals
        if row != total
        and abs(row - total) <= NEIGHBOURS
        and not columns.body(*sorted((row, total)))
        and row not in columns.unnamed
    ]
    right = [
        columns.cells[index][row]
        for row in beside
        if any(map(adds_up, _readings(columns, index, row)))
    ]
    label = columns.labels[total]
    if not right:  # then the one that says nothing more is held against the lines
        plain = [row for row in beside if columns.cells[index][row].amount is not None]
        plain = [row for row in plain if not is_qualified(columns.labels[row])]
        return bool(plain) and is_qualified(label)
    return is_another(label, columns.cells[index][total], right)


def _are_signed(parts: Sequence[Amount]) -> bool:
    return bool(parts) and all(part.sign for part in parts)


_ADDED = re.compile(r"\s*\+\s?\d")
"""A change, though no money."""


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
    plain = [amount for row, amount in lines_.items() if row not in columns.totals]
    known = list(lines_.values())
    if fits(stated.amount, sum(known, ZERO)) and not fits(stated.amount, sum(plain, ZERO)):
        return goes_on(stated.amount, known)  # *gross*, what is taken off it, and *net*
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
