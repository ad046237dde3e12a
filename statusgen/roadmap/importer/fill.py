"""Filling a stage, an item or an option from what stands under its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from statusgen.roadmap.importer import fences
from statusgen.roadmap.importer.amounts import is_total
from statusgen.roadmap.importer.found import Entity, Found
from statusgen.roadmap.importer.inline import Line
from statusgen.roadmap.importer.pieces import (
    are_options,
    code,
    flat,
    is_breakdown,
    leading_price,
    name_option,
    point,
    status_of,
    texts,
)
from statusgen.roadmap.importer.staged import reads
from statusgen.roadmap.importer.tables import read_stage_table, read_table, services
from statusgen.roadmap.importer.tree import (
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
from statusgen.roadmap.importer.words import (
    Pair,
    has_amount,
    last_bracket,
    pair,
    priced,
)
from statusgen.roadmap.model import parse_effort, parse_trigger, parse_when


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
        for block in blocks:
            if isinstance(block, Paragraph):
                pending = self._paragraph(part, block.lines, pending)
                continue
            used = pending or label
            pending = None
            if isinstance(block, Listing):
                self._listing(part, block, used)
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

    def _paragraph(self, part: Entity, lines: Sequence[Line], pending: Pair | None) -> Pair | None:
        """Apply the labelled lines of a paragraph; return the label that waits for a block."""
        if pending is not None:
            part.add("notes", pending.label)
        pairs: list[Pair | str] = []
        for line in lines:
            read = pair(line)
            if read is not None:
                pairs.append(read)
            elif pairs and isinstance(pairs[-1], Pair) and pairs[-1].value:
                before = pairs[-1]
                pairs[-1] = Pair(
                    before.line, before.label, f"{before.value} {line.text}", before.key
                )
            elif pairs and isinstance(pairs[-1], str):
                pairs[-1] = f"{pairs[-1]} {line.text}"
            else:
                pairs.append(f"{line.mark} {line.text}".strip())
            for text, address in line.links:
                part.link(text or address, address)
        for index, entry in enumerate(pairs):
            if isinstance(entry, str):
                part.add("notes", entry)
            elif entry.value:
                self.apply(part, entry)
            elif index == len(pairs) - 1:
                return entry
            else:
                part.add("notes", entry.label)
        return None

    def apply(self, part: Entity, read: Pair) -> None:
        """Give a labelled value its field; what has none is kept under its label."""
        handler = {
            "cost": self._cost,
            "cost_impact": self._impact,
            "effort": self._time,
            "when": self._time,
            "trigger": self._trigger,
            "status": self._status,
            "from": self._moves,
            "to": self._moves,
            "service": self._service,
            "tier": self._service,
            "region": self._service,
            "pros": self._phrases,
            "cons": self._phrases,
            "features": self._commas,
            "includes": self._commas,
        }.get(read.key)
        if handler is not None and handler(part, read):
            return
        if read.key == "goal" and part.kind == "roadmap" and part.set("goal", read.value):
            return
        if read.key in ("goal", "why") and part.kind in ("stage", "item"):
            name = "reason" if read.key == "why" and part.kind == "stage" else read.key
            if part.set(name, read.value):
                return
        if read.key == "category" and part.kind == "item" and part.set("category", read.value):
            return
        part.facet(read.label, read.value)

    def _cost(self, part: Entity, read: Pair) -> bool:
        price, note = leading_price(read.value)
        if not price:
            if any(character.isdigit() for character in read.value):
                self.found.skip(read.line, read.value, f"{read.label!r} is not read as a price")
            return False
        if note:
            part.add("notes", note)
        if part.kind == "option":
            return part.set("price", price)
        service = part.fields.get("service")
        if isinstance(service, Entity) and service.set("price", price):
            return True
        kind = "total" if is_total(read.label) else "stated"
        return part.set("cost", Entity(kind, read.line, {"stated": price}))

    def _impact(self, part: Entity, read: Pair) -> bool:
        price, note = leading_price(read.value)
        if part.kind != "stage" or not price or not has_amount(price):
            return False
        stated = Entity("stated", read.line, {"stated": price})
        stated.set("note", note)
        return part.set("cost_impact", stated)

    def _time(self, part: Entity, read: Pair) -> bool:
        if part.kind == "item" and reads(parse_effort, read.value):
            return part.set("effort", read.value)
        if part.kind in ("item", "stage") and reads(parse_when, read.value):
            setup = part.kind == "item" and "setup" in read.label.lower()
            return part.set("setup" if setup else "when", read.value)
        return False

    def _trigger(self, part: Entity, read: Pair) -> bool:
        return (
            part.kind == "stage"
            and reads(parse_trigger, read.value)
            and part.set("trigger", read.value)
        )

    def _status(self, part: Entity, read: Pair) -> bool:
        if part.kind not in ("stage", "item"):
            return False
        status = status_of(read.value)
        if not status or not part.set("status", status):
            return False
        if len(read.value.split()) > 2:
            part.add("notes", read.value)
        return True

    def _moves(self, part: Entity, read: Pair) -> bool:
        return part.kind == "item" and part.set(read.key, list(services(read.value, read.line)))

    def _service(self, part: Entity, read: Pair) -> bool:
        if part.kind != "item":
            return False
        service = part.fields.get("service")
        if read.key == "service":
            split = priced(read.value)
            new = Entity("service", read.line, {"name": split.name or read.value})
            new.set("price", split.price)
            return part.set("service", new)
        if not isinstance(service, Entity):
            return False
        return service.set(read.key, [read.value] if read.key == "region" else read.value)

    def _phrases(self, part: Entity, read: Pair) -> bool:
        return part.kind == "option" and part.set(read.key, read.value)

    def _commas(self, part: Entity, read: Pair) -> bool:
        return self._features(part, read.key, [word.strip() for word in read.value.split(",")])

    def _features(self, part: Entity, key: str, texts: list[str]) -> bool:
        """Give features to the service that an item is about."""
        if part.kind != "item":
            return False
        target = part.fields.get("service") or next(iter(part.parts("to")), None)
        return isinstance(target, Entity) and target.set(key, texts)

    # Lists

    def _listing(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        entries = listing.entries
        key = label.key if label else ""
        for entry in entries:
            for text, address in entry.first.links:
                part.link(text or address, address)
        if any(entry.done is not None for entry in entries):
            self.checklist(part, listing, label.label if label else "")
        elif part.kind != "option" and (key == "options" or are_options(listing)):
            self._options(part, listing)
        elif key == "tiers" and part.kind == "item" and self._tiers(part, listing):
            return
        elif is_breakdown(listing) and part.kind != "option":
            self._breakdown(part, listing, label)
        elif part.kind == "stage" and (
            label is None or key in ("steps", "service", "features", "")
        ):
            self._stage_list(part, listing, label)
        elif part.kind == "item" and (
            key in ("steps", "verification", "rollback") or (listing.ordered and not key)
        ):
            name = key if key in ("verification", "rollback") else "steps"
            part.add(name, *(self.step(entry) for entry in entries))
        elif key in ("features", "includes") and self._features(part, key, texts(listing)):
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
            part.add("items", *(self.item(entry) for entry in listing.entries))
        else:
            self._labelled(part, listing, label)

    def _labelled(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        """Keep a list under its label; entries that are known labels get their fields."""
        for entry in listing.entries:
            read = pair(entry.first)
            fits = label is None or part.kind == "option"
            if read is not None and read.value and fits and (read.key or entry.first.lead):
                self.apply(part, read)
                self._nested(part, entry, read.label)
                continue
            part.facet(label.label if label else "Points", *flat(entry))
            self.within(part, entry)

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

    def _options(self, part: Entity, listing: Listing) -> None:
        options = [self.option(entry) for entry in listing.entries]
        if part.kind == "stage":
            item = Entity("item", listing.line, {"name": part.text("name"), "options": options})
            part.add("items", item)
        else:
            part.add("options", *options)

    def option(self, entry: Entry) -> Entity:
        """Read one entry as an option with its price, pros and cons."""
        option = Entity("option", entry.line)
        self.fill(option, entry.blocks)
        first = entry.first
        text = first.text
        if first.lead and first.rest.strip()[:1] in (":", "—", "–", "-"):
            option.set("name", first.lead.rstrip(":"))
            text = first.rest.strip().lstrip(":—–- ")
            price, note = leading_price(text)
            if price and option.set("price", price):
                text = note
            option.set("qualifier", text)
            return option
        if "price" not in option.fields and (read := priced(text)).price:
            option.set("price", read.price)
            text = f"{read.name} {read.note}".strip()
        name_option(option, text)
        return option

    def _tiers(self, part: Entity, listing: Listing) -> bool:
        target = part.fields.get("service") or next(iter(part.parts("to")), None)
        if not isinstance(target, Entity):
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

    def _breakdown(self, part: Entity, listing: Listing, label: Pair | None) -> None:
        name = label.label if label else part.text("name") or "Costs"
        table = Entity("table", listing.line, {"name": name, "rows": []})
        for entry in listing.entries:
            read = priced(entry.first.text)
            if read.price and is_total(read.name):
                table.set("total", Entity("total", entry.line, {"monthly": read.price}))
                continue
            row = Entity("row", entry.line, {"name": read.name or entry.first.text})
            row.set("monthly", read.price)
            row.set("note", read.note)
            row.add("notes", *flat(entry)[1:])
            table.add("rows", row)
        if part.kind == "stage":
            table.fields["stage"] = part
        self.aside.append(table)

    def checklist(self, part: Entity, listing: Listing, label: str) -> None:
        """Read entries that can be ticked."""
        group = Entity("group", listing.line, {"name": label or part.text("name") or "Checklist"})
        group.add("points", *(point(entry) for entry in listing.entries))
        if part.kind == "stage":
            group.fields["stage"] = part
        self.aside.append(group)

    def step(self, entry: Entry) -> Entity:
        """Read one entry as a step, with the steps and the code under it."""
        step = Entity("step", entry.line, {"text": entry.first.text or "(no text)"})
        name, inner, tail = last_bracket(entry.first.text)
        del name, tail
        if reads(parse_effort, inner):
            step.set("effort", inner)
        for block in entry.blocks:
            if isinstance(block, Listing):
                step.add("steps", *(self.step(below) for below in block.entries))
            elif isinstance(block, Fence):
                step.add("code", code(block, ""))
            elif isinstance(block, Paragraph):
                step.add("notes", *(line.text for line in block.lines))
            elif isinstance(block, Table):
                self.aside += read_table(block, entry.first.text, self.found, self.stage_names)
        return step

    def item(self, entry: Entry) -> Entity:
        """Read one entry as an item of a stage."""
        first = entry.first
        item = Entity("item", entry.line)
        if (first.lead and first.rest.strip()[:1] in (":", "—", "–", "-")) or first.lead.endswith(
            ":"
        ):
            item.set("name", first.lead.rstrip(": ") or first.text)
            rest = first.rest.strip().lstrip(":—–- ")
        else:
            item.set("name", first.text or f"Line {entry.line}")
            rest = ""
        read = priced(f"{item.text('name')}: {rest}" if rest else first.text)
        if read.price and has_amount(read.price):
            service = Entity(
                "service", entry.line, {"name": item.text("name") if rest else read.name}
            )
            service.set("price", read.price)
            service.set("note", read.note)
            item.set("service", service)
            if not rest:
                item.fields["name"] = read.name or first.text
            rest = "" if read.price == rest else rest
        item.set("why", rest)
        self.fill(item, entry.blocks)
        return item

    # Code, tables, HTML

    def _fence(self, part: Entity, fence: Fence, label: Pair | None) -> None:
        title = label.label if label else ""
        if item := fences.service_item(fence):
            self._service_block(part, item)
        elif table := fences.breakdown(fence, title or part.text("name") or "Costs"):
            if part.kind == "stage":
                table.fields["stage"] = part
            self.aside.append(table)
        elif fences.is_art(fence):
            art = Entity("art", fence.line, {"name": title or part.text("name") or "Drawing"})
            art.set("art", code(fence, ""))
            if part.kind == "stage":
                art.fields["stage"] = part
            self.aside.append(art)
        elif groups := fences.steps(fence):
            for heading, steps in groups:
                name = heading.text or title or part.text("name") or "Steps"
                self.aside.append(
                    Entity("procedure", heading.number, {"name": name, "steps": [*steps]})
                )
        else:
            part.add("code", code(fence, title))

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
        if part.kind != "stage":
            for entity in read_table(table, name, self.found, self.stage_names):
                options = entity.parts("options")
                if options and part.kind == "item":
                    part.add("options", *options)
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

    def _html(self, block: Block) -> None:
        if isinstance(block, Html):
            self.found.skip(block.line, block.text, "HTML, which is not interpreted")
