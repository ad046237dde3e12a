"""Filling a stage, an item or an option from what stands under its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from statusgen.importer import fences
from statusgen.importer.amounts import is_total
from statusgen.importer.choices import lettered, lists_settings, offered, read_option
from statusgen.importer.entries import read_breakdown, read_item, read_step, read_tiers, read_work
from statusgen.importer.fenced_boxes import boxes_of
from statusgen.importer.fields import sentences
from statusgen.importer.found import Entity, Found, kept_text
from statusgen.importer.inline import BOXES, Line
from statusgen.importer.labels import apply, give_features
from statusgen.importer.listed import caption, heads_lists, is_side, names_money_once, parted
from statusgen.importer.marks import are_boxed
from statusgen.importer.no_costs import lists_reckoning, pays_shares
from statusgen.importer.pieces import (
    adds_up,
    are_options,
    code,
    flat,
    heads_criteria,
    heads_remarks,
    heads_work,
    is_gained,
    points,
    priced_part,
    tells_of_plan,
    texts,
)
from statusgen.importer.same_options import give
from statusgen.importer.spent import give_effort, read_brackets
from statusgen.importer.stage_names import are_of_stages, with_word
from statusgen.importer.staged import reads
from statusgen.importer.tables import read_stage_table, read_table
from statusgen.importer.tree import (
    Block,
    Entry,
    Fence,
    Html,
    Listing,
    Paragraph,
    Quote,
    Table,
    blocks_within,
)
from statusgen.importer.verdicts import argued
from statusgen.importer.words import (
    Pair,
    answers,
    canonical,
    has_money,
    is_label,
    pair,
    priced,
    signed,
)
from statusgen.roadmap.model import parse_effort, parse_when


@dataclass(slots=True)
class Filler:
    """Reads blocks into entities; what belongs to the roadmap itself is put aside."""

    found: Found
    aside: list[Entity] = field(default_factory=list)
    """Tables, checklists, drawings and the like, in the order found."""
    stage_names: Sequence[str] = ()

    def fill(self, part: Entity, blocks: Sequence[Block], label: Pair | None = None) -> None:
        """Read blocks into ``part``; ``label`` is that of lists and code that have none."""
        pending: Pair | None = None
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph):
                if tables := fences.leaders(block, label.label if label else part.text("name")):
                    self._put_aside(part, *tables)
                    continue
                lines = [piece for line in block.lines for piece in sentences(line)]
                pending = self._paragraph(part, lines, pending, isinstance(after, Listing))
                continue
            used = pending or label
            pending = None
            if isinstance(block, Listing) and (options := self._lettered(part, block, blocks)):
                self._give_options(part, block, options)
                part.add("notes", *([used.label] if used else []))
            elif isinstance(block, Listing):
                for listing, said in parted(block):
                    self._listing(part, listing, said or used)
            elif isinstance(block, Fence):
                self._fence(part, block, used)
            elif isinstance(block, Table):
                self._table(part, block, used)
            elif isinstance(block, Quote):
                self.fill(part, block.blocks, label)
            else:
                self._html(block)
        if pending is not None:
            part.add("notes", pending.label)

    def _paragraph(
        self, part: Entity, lines: Sequence[Line], pending: Pair | None, before_list: bool
    ) -> Pair | None:
        """Apply the labelled lines of a paragraph; return the label that waits for a block."""
        if pending is not None:
            part.add("notes", pending.label)
        pairs: list[Pair | str] = []
        listed = sum(bool(line.mark) for line in lines) > 1  # *✅ fast*, below it *❌ expensive*
        for line in lines:
            begins = line.mark[:1] in BOXES or (line.mark and listed)
            read = pair(line)
            if read is None and before_list and line is lines[-1] and is_label(line.text):
                read = Pair(line.number, line.text, "", canonical(line.text))
            if read is None and before_list and line is lines[-1] and part.kind != "stage":
                read = caption(line, lines)
            if read is None and pairs and line.lead and line.lead == line.text:
                read = pair(line, loose=True)  # **Total: $5** below another such line
            if read is not None and pairs and answers(read, pairs[-1]):
                pairs[-1] = f"{pairs[-1]} {line.marked}"  # an answer stays with its question
            elif read is not None:
                pairs.append(signed(line, read))
            elif pairs and isinstance(pairs[-1], Pair) and _goes_on(pairs[-1], line):
                before = pairs[-1]
                pairs[-1] = replace(before, value=f"{before.value} {line.marked}")
            elif pairs and isinstance(pairs[-1], str) and not begins:
                pairs[-1] = f"{pairs[-1]} {line.marked}"
            else:
                pairs.append(line.marked)
            part.link(line)
        for index, entry in enumerate(pairs):
            if isinstance(entry, str):
                heads = heads_remarks(entry) or heads_criteria(entry.rstrip(":： "))
                if before_list and index == len(pairs) - 1 and heads:
                    return Pair(lines[-1].number, entry.rstrip(":："), "", "")
                part.add("notes", entry)
            elif entry.value:
                apply(part, entry, self.found)
            elif index == len(pairs) - 1:
                return entry
            else:
                part.add("notes", entry.label)
        return None

    # Lists

    def _listing(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        entries = listing.entries
        key = label.key if label else ""
        for entry in entries:
            part.link(entry.first)
        if listing.has_boxes or are_boxed(listing):
            self.checklist(part, listing, label.label if label else "")
        elif part.kind != "option" and self._holds_options(listing, key):
            self._give_options(part, listing, [read_option(entry, self) for entry in entries])
        elif part.kind in ("stage", "item") and (options := offered(listing, self)):
            self._give_options(part, listing, options)
        elif key == "tiers" and part.kind == "item" and read_tiers(part, listing):
            return
        elif (
            adds_up(listing)
            and part.kind != "option"
            and not is_gained(listing, label.label if label else "")
            and not lists_reckoning(listing)
        ):
            self._put_aside(part, read_breakdown(part, listing, label))
        elif part.kind == "stage" and pays_shares(listing):
            self._labelled(part, listing, label)
        elif part.kind == "stage" and label is not None and heads_work(label.label):
            part.add("items", *(read_work(entry, label.label, self) for entry in entries))
        elif part.kind == "stage" and (
            label is None or key in ("steps", "service", "features", "")
        ):
            self._stage_list(part, listing, label)
        elif part.kind == "item" and (
            key in ("steps", "verification", "rollback") or (listing.ordered and not key)
        ):
            name = key if key in ("verification", "rollback") else "steps"
            part.add(name, *(read_step(entry, self) for entry in entries))
        elif key in ("features", "includes") and give_features(part, key, texts(listing)):
            return
        elif key in ("pros", "cons") and part.kind == "option":
            part.set(key, texts(listing))
        else:
            self._labelled(part, listing, label)

    def _stage_list(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        """In a stage a list without a label, or of tasks, is a list of its items."""
        pairs = [pair(entry.first) for entry in listing.entries]
        if label is None and all(read is not None and read.key for read in pairs):
            self._labelled(part, listing, label)
        elif label is None or label.key in ("steps", "service"):
            items: list[Entity] = []
            for entry in listing.entries:
                if len(pairs) > 1 and tells_of_plan(entry.first):
                    self._told(part, entry)
                elif below := heads_lists(entry):
                    self.fill(part, entry.blocks, below)
                elif not entry.blocks and reads(parse_when, entry.first.text.replace("`", "")):
                    part.facet("When", entry.first.text)
                elif not entry.blocks and reads(parse_effort, entry.first.text):
                    if not give_effort(part, entry.first.text):
                        part.facet("Duration", entry.first.text)
                else:
                    items.append(read_item(entry, self))
            read_brackets(items)
            part.add("items", *items)
        else:
            self._labelled(part, listing, label)

    def _told(self, part: Entity, entry: Entry) -> None:
        """Give a stage what an entry among its tasks tells of it."""
        read = pair(entry.first)
        if read is None or not read.value:
            part.add("notes", *flat(entry))
            return
        apply(part, read, self.found)
        self._nested(part, entry, read.label)

    def _labelled(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        """Keep a list under its label; entries that are known labels get their fields."""
        is_one_price = part.kind == "option" and label is None and names_money_once(listing)
        for entry in listing.entries:
            read = pair(entry.first)
            if part.kind == "option" and (said := argued(entry.first.text)):
                self._argue(part, *said)
                self._nested(part, entry, said[0])
                continue
            if part.kind == "option" and read is not None and entry.blocks and is_side(read):
                self.fill(part, entry.blocks, read)
                continue
            fits = label is None or part.kind == "option"
            if read is not None and read.value and fits and (read.key or entry.first.lead):
                apply(part, signed(entry.first, read), self.found)
                self._nested(part, entry, read.label)
                continue
            if is_one_price and has_money(price := priced(entry.first.text).price):
                part.set("price", price)
            part.facet(label.label if label else "Points", *flat(entry))
            self.within(part, entry)

    def _argue(self, option: Entity, side: str, text: str) -> None:
        """Add one argument for or against an option to those that it has."""
        if isinstance(option.fields.setdefault(side, []), list):
            option.add(side, text)
        else:
            option.facet(side.title(), text)

    def _nested(self, part: Entity, entry: Entry, label: str) -> None:
        if entry.blocks:
            self.fill(part, entry.blocks, Pair(entry.line, label, "", ""))

    def within(self, part: Entity, entry: Entry) -> None:
        """Read the code and the tables that stand inside an entry of a list."""
        for block in blocks_within(entry.blocks):
            if isinstance(block, Fence):
                self._fence(part, block, None)
            elif isinstance(block, Table):
                self._table(part, block, None)
            elif isinstance(block, Html):
                self._html(block)

    def _lettered(self, part: Entity, block: Listing, blocks: Sequence[Block]) -> list[Entity]:
        return [] if part.kind == "option" else lettered(block, blocks, self)

    def _holds_options(self, listing: Listing, key: str) -> bool:
        return are_options(listing) or (key == "options" and not lists_settings(listing))

    def _give_options(self, part: Entity, listing: Listing, options: Sequence[Entity]) -> None:
        item = Entity("item", listing.line, {"name": part.text("name"), "options": [*options]})
        if part.kind == "stage":
            part.add("items", item)
        elif part.kind != "item":
            item.fields["name"] = part.text("name") or self.found.name
            self.aside.append(item)
        else:
            part.add("options", *options)

    def checklist(self, part: Entity, listing: Listing, label: str) -> None:
        """Read entries that can be ticked; a numbered list of such lists is one for each."""
        if are_boxed(listing):
            for entry in listing.entries:
                for block in entry.blocks:
                    if isinstance(block, Listing):
                        self.checklist(part, block, entry.first.text)
            return
        group = Entity("group", listing.line, {"name": label or part.text("name") or "Checklist"})
        told = [e for e in listing.entries if e.done is None and tells_of_plan(e.first)]
        if told:
            listing = replace(listing, entries=tuple(e for e in listing.entries if e not in told))
        for entry in told:
            if part.kind == "stage":
                self._told(part, entry)
            else:
                group.add("notes", *flat(entry))
        group.add("points", *points(listing))
        for entry in listing.entries:
            self.within(part, entry)
        self._put_aside(part, group)
        if (costs := priced_part(listing)) is not None:
            titled = Pair(listing.line, label, "", "") if label else None
            self._put_aside(part, read_breakdown(part, costs, titled))

    # Code, tables, HTML

    def _fence(self, part: Entity, fence: Fence, label: Pair | None) -> None:
        title = label.label if label else ""
        if item := fences.service_item(fence):
            self._service_block(part, item)
        elif part.kind == "stage" and (ticked := boxes_of(fence)):
            for group in ticked:
                self.checklist(part, group.listing, group.title or title)
        elif tables := fences.breakdowns(fence, title or part.text("name") or "Costs"):
            self._put_aside(part, *tables)
        elif fences.is_art(fence):
            art = Entity("art", fence.line, {"name": title or part.text("name") or "Drawing"})
            art.set("art", code(fence, ""))
            self._put_aside(part, art)
        elif groups := fences.steps(fence):
            for heading, steps in groups:
                name = heading.text or title or part.text("name") or "Steps"
                self.aside.append(
                    Entity("procedure", heading.number, {"name": name, "steps": [*steps]})
                )
        else:
            part.add("code", code(fence, title))

    def _put_aside(self, part: Entity, *found: Entity) -> None:
        """Put aside what was found under ``part``; what stands in a stage knows which."""
        for entity in found:
            if part.kind == "stage":
                entity.fields["stage"] = part
        self.aside += found

    def _service_block(self, part: Entity, item: Entity) -> None:
        service = item.fields["service"]
        assert isinstance(service, Entity)
        if part.kind == "stage":
            item.set("name", service.text("name"))
            part.add("items", item)
        elif part.kind == "item" and "service" not in part.fields:
            for name, value in item.fields.items():
                part.set(name, value)
        else:
            item.set("name", service.text("name"))
            self.aside.append(item)

    def _table(self, part: Entity, table: Table, label: Pair | None) -> None:
        name = label.label if label else part.text("name") or "Table"
        of_all = part.kind == "stage" and self._is_of_stages(table)
        if of_all and label is None:
            name = table.header[0].text or self.found.name  # it only follows the last stage
        if part.kind != "stage" or of_all:
            for entity in read_table(table, name, self.found, self.stage_names):
                options = entity.parts("options")
                if of_all and entity.kind == "table" and self._are_stages(table):
                    entity.fields.setdefault("sums", "total" in entity.fields)
                if options and part.kind == "item":
                    give(part, entity, {"name"})
                else:
                    self.aside.append(entity)
            return
        for entity in read_stage_table(table, name, part, self.found):
            if entity.kind == "item":
                part.add("items", entity)
                continue
            if entity.kind in ("table", "summary"):
                entity.fields["stage"] = part
            self.aside.append(entity)

    def _is_of_stages(self, table: Table) -> bool:
        """Whether the lines or columns of a table are the plan's stages, wherever it stands."""
        header = [cell.text for cell in table.header[1:]]
        return self._are_stages(table) or are_of_stages(header, self.stage_names)

    def _are_stages(self, table: Table) -> bool:
        rows = [row.cells[0].text for row in table.rows if not is_total(row.cells[0].text)]
        return are_of_stages(with_word(rows, table.header[0].text), self.stage_names)

    def _html(self, block: Html) -> None:
        self.found.skip(block.line, block.text, "HTML, which is not interpreted")
        self.found.roadmap.add("x-unread", kept_text(block.line, block.text))


def _goes_on(read: Pair, line: Line) -> bool:
    """Whether a line says more of the value above it; behind a sentence it may have a label."""
    ended = read.value.endswith((".", "!", "。"))
    return bool(read.value) and not (ended and pair(line, loose=True) is not None)
