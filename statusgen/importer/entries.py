"""Entries of lists: as an option, a step, an item of a stage, or a line of a breakdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from statusgen.importer.amounts import is_total
from statusgen.importer.choices import heads_choices
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import AVERAGE, DIFFERENCE, NOT_OF_LINES, YEAR
from statusgen.importer.instructions import instructs
from statusgen.importer.marks import mark_item, said_of
from statusgen.importer.no_costs import is_reckoned
from statusgen.importer.parted import last_bracket
from statusgen.importer.pieces import code, flat, hidden_sums, total
from statusgen.importer.spent import give_effort, lasts
from statusgen.importer.table_totals import give_total, heads_others, note_ratios
from statusgen.importer.tables import read_table
from statusgen.importer.tree import (
    Block,
    Entry,
    Fence,
    Listing,
    Paragraph,
    Table,
)
from statusgen.importer.words import Pair, Priced, has_amount, has_money, is_paid_once, priced
from statusgen.importer.years import take_year
from statusgen.roadmap.price import is_untimed
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.vocabulary import grouped, pattern, words


class Filler(Protocol):
    """What reads the blocks that stand within an entry; see :class:`fill.Filler`."""

    found: Found
    aside: list[Entity]
    stage_names: Sequence[str]

    def fill(self, part: Entity, blocks: Sequence[Block], label: Pair | None = None) -> None:
        """Read blocks into ``part``."""


def are_steps(heading: str, listing: Listing) -> bool:
    """Whether a numbered list is one of steps: its heading says so, or most of its entries do.

    Names, remarks and things are numbered as often.
    """
    if heads_choices(heading):
        return False
    if _STEPS.search(heading):
        return True
    return 2 * sum(map(_is_done, listing.entries)) > len(listing.entries)


def _is_done(entry: Entry) -> bool:
    """Whether an entry says what to do: by a verb at its beginning or its end, or by code."""
    text = entry.first.text
    if "`" in text or any(isinstance(block, Fence) for block in entry.blocks):
        return True
    return instructs(text)


_STEPS = re.compile(
    rf"(?<!\w)(?:{pattern((*grouped('act')['instructs'], *grouped('label')['steps']))})", re.I
)


def read_tiers(part: Entity, listing: Listing) -> bool:
    """Read a list as the tiers of an item's service; False where it has none."""
    target = part.product
    if target is None:
        return False
    for entry in listing.entries:
        read = priced(entry.first.text)
        if read.price and read.name:
            tier = Entity("tier", entry.line, {"name": read.name, "price": read.price})
            tier.set("note", read.note)
            target.add("tiers", tier)
        else:
            target.add("notes", *flat(entry))
    return True


_DOTS = re.compile(r"[.…·_]{3,}$|\s[.…·_]$")


def read_breakdown(part: Entity, listing: Listing, label: Pair | None) -> Entity:
    """Read a list of costs with their total as a table."""
    name = label.label if label else part.text("name") or "Costs"
    table = Entity("table", listing.line, {"name": name, "rows": []})
    hidden = hidden_sums(listing)
    for number, entry in enumerate(listing.entries):
        read = priced(entry.first.text)
        if read.price and (number in hidden or is_total(read.name)):
            found = total(entry.line, read.name, {"monthly": read.price}, read.note)
            found.add("notes", *flat(entry)[1:])
            if hidden and max(hidden) <= number:
                give_total(table, found)
                table.fields.pop("parted", None)
            elif number in hidden:
                table.add("notes", *flat(entry))
            elif not table.set("total", found):
                table.add("notes", entry.first.text, *flat(entry)[1:])
            continue
        if read.price and _NO_LINE.match(read.name):
            table.add("notes", *flat(entry))
            continue
        if entry.first.text.startswith("+"):
            table.fields["sums"] = False  # it is added to what was there before
        name = read.name.rstrip(" .…·_") if _DOTS.search(read.name) else read.name
        row = Entity("row", entry.line, {"name": name or entry.first.text})
        row.set("monthly", read.price)
        row.set("note", read.note)
        row.add("notes", *flat(entry)[1:])
        table.add("rows", row)
    whole = table.fields.get("total")
    timed = any(not _is_open(row) for row in table.parts("rows"))
    if isinstance(whole, Entity) and timed and YEAR.search(whole.text("name")) and _is_open(whole):
        whole.fields["annual"] = whole.fields.pop("monthly")
    note_ratios(take_year(table))
    if heads_others(table) or _is_otherwise(table):
        table.fields["sums"] = False
    return table


_OF = pattern((*words("part_of"), *words("per"), "of"))
_NO_LINE = re.compile(
    rf"(?:(?:{AVERAGE.pattern})[^\W\d_]*|(?:{pattern(words('saving'))})"
    rf"|(?:{pattern(grouped('label')['savings'])}))(?=$|\s*\(|\s+(?:{_OF}))",
    re.I,
)
"""*Average of both*: told below the lines of a list and none of them; *Savings plan* is one."""


def _is_otherwise(table: Entity) -> bool:
    """Whether the label of a total says that it is not what the lines come to."""
    whole = table.fields.get("total")
    name = whole.text("name") if isinstance(whole, Entity) else ""
    return bool(DIFFERENCE.search(name) or NOT_OF_LINES.search(name))


def _is_open(part: Entity) -> bool:
    """Whether the price of a line says nothing of how often it is paid."""
    price = part.text("monthly")
    return not price or not has_amount(price) or is_untimed(parse_price(price))


def read_step(entry: Entry, filler: Filler) -> Entity:
    """Read one entry as a step, with the steps and the code under it."""
    step = Entity("step", entry.line, {"text": said_of(entry) or "(no text)"})
    _, inner, _ = last_bracket(entry.first.text)
    if lasts(inner):
        step.set("effort", inner)
    for block in entry.blocks:
        if isinstance(block, Listing):
            step.add("steps", *(read_step(below, filler) for below in block.entries))
        elif isinstance(block, Fence):
            step.add("code", code(block, ""))
        elif isinstance(block, Paragraph):
            step.add("notes", *(line.marked for line in block.lines))
        elif isinstance(block, Table):
            filler.aside += read_table(block, entry.first.text, filler.found, filler.stage_names)
    return step


def read_item(entry: Entry, filler: Filler) -> Entity:
    """Read one entry as an item of a stage."""
    first = entry.first
    item = Entity("item", entry.line)
    if (first.lead and first.rest.strip()[:1] in (":", "—", "–", "-")) or first.lead.endswith(":"):
        item.set("name", first.lead.rstrip(": ") or first.text)
        rest = first.rest.strip().lstrip(":—–- ")
    else:
        item.set("name", first.text or f"Line {entry.line}")
        rest = ""
    read = priced(f"{item.text('name')}: {rest}" if rest else first.text)
    earned = is_reckoned(read.name) and len(read.name.split()) == 1
    if earned or (read.price.endswith("%") and not has_money(read.price)):
        read = Priced(first.text)  # what comes in, or a share of something: neither is paid
    if read.price and (has_amount(read.price) or read.name != first.text.strip()):
        service = Entity("service", entry.line, {"name": item.text("name") if rest else read.name})
        service.set("price", read.price)
        note = read.note.lstrip(" :：")
        if not (note and is_paid_once(read.price) and give_effort(item, note)):
            service.set("note", note)
        item.set("service", service)
        if not rest:
            item.fields["name"] = read.name or first.text
            role, dash, product = read.name.partition(" - ")
            if dash and " - " not in product:  # "Hosting - Railway Hobby - $5/month"
                item.fields["name"], service.fields["name"] = role, product
        rest = "" if read.price == rest else rest
    item.set("why", rest)
    mark_item(item, first, tells=filler.found.tells_status)
    filler.fill(item, entry.blocks)
    return item


def read_work(entry: Entry, label: str, filler: Filler) -> Entity:
    """Read one entry under a label such as *Deliverables* as an item, which keeps the label.

    An amount in it is a goal as often as a price, so it stays in the words.
    """
    first = entry.first
    item = Entity("item", entry.line)
    rest = first.rest.strip()
    if first.lead and (rest[:1] in (":", "：", "—", "–", "-") or first.lead.endswith((":", "："))):
        item.set("name", first.lead.rstrip(":： "))
        item.set("why", rest.lstrip(":：—–- "))
    item.set("name", first.text or f"Line {entry.line}")
    item.set("category", label.strip(" *_:："))
    if entry.done:
        item.set("status", "done")
    mark_item(item, first, tells=filler.found.tells_status)
    filler.fill(item, entry.blocks)
    return item
