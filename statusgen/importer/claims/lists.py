"""Stated totals of lists and of blocks of text, with the readings of what they sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.conditions import is_of_more, is_other_year
from statusgen.importer.claims.readings import (
    is_multiple,
    meanings,
    of_one_or_all,
    of_several_times,
)
from statusgen.importer.claims.stages import StageCosts
from statusgen.importer.fences import breakdowns
from statusgen.importer.found import Entity
from statusgen.importer.headers import DIFFERENCE, MORE, SAVED, TAXED, YEAR
from statusgen.importer.pieces import is_breakdown, leading_price
from statusgen.importer.restated import AMOUNT, MAX_SENTENCE, SENTENCE, is_plain, labelled
from statusgen.importer.table_columns import columns as read_columns
from statusgen.importer.tree import Block, Fence, Listing, Paragraph, Section, Table
from statusgen.importer.words import pair, priced
from statusgen.roadmap.adding import goes_on, subtotals
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, Place, Reading, Sum, add, same_period
from statusgen.roadmap.money import Period
from statusgen.roadmap.vocabulary import NO_PART, OPTIONAL


def with_total_below(block: Block | None, after: Block | None) -> Entity | None:
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


def read_breakdown(
    found: Collected, section: Section, table: Entity, stage_costs: StageCosts
) -> None:
    """Read lines with their total; within a stage the running sum may be meant as well."""
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
    lines_ = [row.line for row in table.parts("rows")]
    above = [part for part, line in zip(parts, lines_, strict=True) if line < total.line]
    at_head = len(above) < 2 and len(parts) > len(above)
    below = [part.amount for part in parts[len(above) :] if part.amount is not None]
    if at_head and (not must or goes_on(stated.amount, below)) and not _adds_up(stated, parts):
        return
    readings = list(_readings(stated, parts, must, above))
    wide = [_in_one_period(each, stated) for each in found.above.several(total.line)]
    of_all = [one for one in wide if _adds_up(one.whole, one.parts)]
    if of_all and not any(_adds_up(one.whole, one.parts) for one in readings):
        place = Place(total.line, ("lists", found.name, "total"))  # of several lists
        found.claims.sums.append(Sum(place, found.name, stated, tuple(of_all)))
        return
    readings += found.above.besides(min([total.line, *lines_]), readings)
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
    if is_other_year(said, readings):
        return
    of_more = taxed or is_of_more(label, name) or bool(DIFFERENCE.search(said_of_it))
    unsaid = of_several_times(said, parts) or not is_plain(whole)
    claim = Sum(place, name, stated, tuple(readings), of_more, unsaid, at_head)
    found.claims.sums.append(claim)


_RATES = (Period.HOUR, Period.DAY, Period.WEEK)
"""A total by the day was rounded from that of a month."""


def _readings(
    stated: Amount, parts: list[Amount], must: list[Amount], above: list[Amount]
) -> Sequence[Reading]:
    """Return what the lines may be meant to come to; ``above`` are those above their total."""
    readings = [_in_one_period(parts, stated)]
    if 0 < len(must) < len(parts):
        readings.append(_in_one_period(must, stated))
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
    return readings


def _adds_up(stated: Amount, parts: Sequence[Amount]) -> bool:
    return stated.amount is not None and fits(stated.amount, add(parts), approx=stated.approx)


def _in_one_period(parts: list[Amount], stated: Amount) -> Reading:
    """Bring a list of months and years to months, unless it adds up as it is written."""
    assert stated.amount is not None
    if fits(stated.amount, add(parts), approx=stated.approx):
        return Reading(stated, tuple(parts))
    *monthly, whole = same_period([*parts, stated], Period.MONTH)
    return Reading(whole, tuple(monthly))


def of_list(listing: Listing) -> Entity:
    """Return a list of costs with its total as a table."""
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
