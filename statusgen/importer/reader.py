"""Reading a whole document: its stages, and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from statusgen.importer.apart import kept_heading, tell_apart
from statusgen.importer.balances import lists_balances
from statusgen.importer.choices import listed_options, with_entries
from statusgen.importer.compared_tables import compare_tables
from statusgen.importer.decided import decide
from statusgen.importer.depends import tie_dependencies
from statusgen.importer.entries import are_steps, read_breakdown, read_step
from statusgen.importer.families import families_beside
from statusgen.importer.fill import Filler
from statusgen.importer.forms import form_of
from statusgen.importer.found import Entity, Found, kept_text
from statusgen.importer.headers import REVENUE
from statusgen.importer.links import link
from statusgen.importer.listed import label_for
from statusgen.importer.marks import are_boxed, tells_status
from statusgen.importer.no_costs import lists_no_costs, lists_reckoning
from statusgen.importer.pieces import adds_up, are_priced, is_gained
from statusgen.importer.promises import claims
from statusgen.importer.recaps import sum_up
from statusgen.importer.restated import restate
from statusgen.importer.same_options import merge
from statusgen.importer.special import (
    is_timeline,
    read_special,
    remarks_of,
    ticked,
    ticked_group,
    timeline_of,
)
from statusgen.importer.stage_reader import StageReader
from statusgen.importer.stage_rows import Known, place, tell_stages
from statusgen.importer.stage_table import (
    heads_stages,
    rows_of,
    stages_of,
    sum_of,
    told_besides,
    told_sums,
)
from statusgen.importer.staged import KEYS, Heading, are_months, find_stages, numbered, reads
from statusgen.importer.table_columns import columns
from statusgen.importer.tables import tasks_of
from statusgen.importer.tree import Block, Entry, Listing, Paragraph, Section, Table
from statusgen.importer.words import Pair, canonical
from statusgen.roadmap.model import parse_day

_LISTS = {
    "table": "stacks",
    "summary": "summaries",
    "comparison": "comparisons",
    "limitation": "limitations",
    "metric": "metrics",
    "decision": "decisions",
    "criterion": "success",
    "claim": "claims",
    "procedure": "procedures",
    "art": "architectures",
    "checklist": "checklists",
    "timeline": "timelines",
    "x-table": "x-tables",
    "x-section": "x-sections",
}


def read(root: Section, name: str) -> Found:
    """Read a document; ``name`` is the roadmap's where the document has no title."""
    return _Reader(root, name).read()


class _Reader:
    def __init__(self, root: Section, name: str) -> None:
        self.root = root
        self.stages = find_stages(root)
        self.beside = families_beside(root, self.stages)
        titles = [one for one in root.sections if one.level == 1]
        if len(titles) > 1 and id(titles[0]) in self.stages.sections:
            titles = []  # the first of several stages is no title of them all
        title = titles[0].title.text if titles else ""
        self.roadmap = Entity("roadmap", titles[0].line if titles else 1)
        self.found = Found(title or name, self.roadmap, self.stages.key)
        self.found.decides = any(canonical(one.title.text) == "chosen" for one in root.walk())
        self.found.tells_status = tells_status(root)
        shown = list(self.stages.sections.values())
        names = [f"{self.stages.family} {head.number}" for head in shown] + ["current"]
        heads = [head.name.casefold() for head in shown if len(head.name) > 3]
        self.filler = Filler(self.found, stage_names=[*names, *heads] if shown else [])
        self.stage_reader = StageReader(self.filler)
        known = self.stages.sections
        self.stage_reader.form = form_of([one for one in root.walk() if id(one) in known])
        self.by_number: dict[str, Entity] = {}
        self.others: dict[str, Entity] = {}
        self.known: list[Known] = []
        self.later: list[tuple[Section, Table, str]] = []
        """Tables that may tell of stages, which all have to be read before."""
        self.ahead: list[tuple[Section, Heading]] = []
        """Further sections about stages that stand before those stages' own."""

    def read(self) -> Found:
        """Read the whole document."""
        self._about()
        self._outside(self.root, self.root)
        for section, head in self.ahead:
            self._again(section, self.by_number.get(head.number))
        for section, table, name in self.later:
            self._tell(section, table, name)
        compare_tables(self.roadmap)
        sum_up(self.roadmap)
        self._refer()
        restate(self.root, self.roadmap)
        merge(self.roadmap, self.found)
        link(self.roadmap)
        tie_dependencies(self.roadmap, self.stages.family)
        decide(self.found)
        tell_apart(self.root, self.roadmap)
        return self.found

    def _about(self) -> None:
        """Take the title and the day of the last change from the first lines."""
        for section, count in ((self.root, 12), *((one, 3) for one in self.root.sections[:1])):
            for block in section.blocks[:count]:
                for line in block.lines if isinstance(block, Paragraph) else ():
                    self._about_line(line.text)

    def _about_line(self, text: str) -> None:
        label, _, value = text.partition(":")
        label, value = label.strip(" *_>").lower(), value.strip(" *_\"'")
        if label == "title" and value:
            if all(section.level != 1 for section in self.root.sections):
                self.found.name = value
        elif label in ("updated", "last updated", "date", "last_updated", "last modified"):
            day = re.search(r"\b\d{4}-\d\d-\d\d\b", value)
            if day and reads(parse_day, day[0]):
                self.roadmap.set("updated", day[0])

    def _refer(self) -> None:
        """Let decisions and summaries point at the stages that they name."""
        kept: list[Entity] = []
        for decision in self.roadmap.parts("decisions"):
            target = self._named(decision.text("go"))
            if target is None:
                decision.kind = "x-decision"
                self.roadmap.add("x-decisions", decision)
                continue
            decision.fields["note"] = decision.text("go")
            decision.fields["go"] = target
            kept.append(decision)
        self.roadmap.fields["decisions"] = [*kept]
        for table in self.roadmap.parts("summaries"):
            for row in table.parts("rows"):
                target = self._named(row.text("name"))
                if target is not None and target.kind == "stage":
                    row.fields["stage"] = target

    def _named(self, text: str) -> Entity | None:
        """Return the stage or item that a text names; None where it names none, or several."""
        low = text.lower()
        head = numbered(text)
        if head is not None and head.family == self.stages.family and head.number in self.by_number:
            return self.by_number[head.number]
        family = re.match(rf"{re.escape(self.stages.family)}\s+#?(\w+)\b", low)
        if self.stages.family and family:
            numbers = {number.lower(): stage for number, stage in self.by_number.items()}
            return numbers.get(family[1])
        stages = self.roadmap.parts("stages")
        plan = stages + [item for stage in stages for item in stage.parts("items")]
        same = [part for part in plan if part.text("name").lower() == low]
        return same[0] if len(same) == 1 else None

    # Sections

    def _outside(self, section: Section, parent: Section) -> None:
        """Read a section that is no stage and lies in none."""
        if head := self.stages.sections.get(id(section)):
            stage = self.stage_reader.stage(section, head, self.stages.family)
            self.by_number[head.number] = stage
            self.known.append(Known(head, stage))
            self.roadmap.add("stages", stage)
            self._flush(section, stage)
        elif head := self.beside.get(id(section)):
            stage = self.stage_reader.stage(section, head, head.family)
            own = replace(head, number=head.number.rpartition(" ")[2])
            self.known.append(Known(own, stage))
            self.roadmap.add("stages", stage)
            self._flush(section, stage)
        elif head := self.stages.again.get(id(section)):
            if head.number in self.by_number:
                self._again(section, self.by_number[head.number])
            else:
                self.ahead.append((section, head))
        elif (rest := self._special(section)) is not None:
            self._flush(section)
            for child in rest:
                self._outside(child, section)
        elif self.stage_reader.is_item(section) and not self._holds_stages(section):
            item = self.stage_reader.item(section)
            if item.parts("options"):  # a choice that belongs to none of the stages
                self.roadmap.add("choices", item)
            else:
                self._other_stage(parent).add("items", item)
            self._flush(parent)
        else:
            self._plain(section)

    def _holds_stages(self, section: Section) -> bool:
        known = self.stages.sections.keys() | self.beside.keys()
        return any(id(below) in known for below in section.walk())

    def _special(self, section: Section) -> list[Section] | None:
        if section.level == 0 or self._holds_stages(section):
            return None
        return read_special(section, self.filler, self.roadmap)

    def _plain(self, section: Section) -> None:
        """Read a section that is nothing special; what it holds besides is kept as remarks."""
        if section.level > 1 and not section.blocks and not section.sections:
            self.found.skip(section.line, section.title.text, "a heading without text")
            self.roadmap.add("x-unread", kept_text(section.line, section.title.text))
            return
        part = self.roadmap if section.level <= 1 else remarks_of(section)
        titled = Pair(section.line, section.title.text, "", "") if section.level > 1 else None
        waiting: Pair | None = None
        with_entries(section)
        for block, after in zip_longest(section.blocks, section.blocks[1:]):
            if isinstance(block, Paragraph) and not ticked(block):
                waiting = label_for(block, after)
                lines = block.lines[:-1] if waiting else block.lines
                self.filler.fill(part, [Paragraph(lines)])
                continue
            self._block(section, part, block, waiting or titled)
            waiting = None
        self.filler.aside += claims(section)
        self._flush(section)
        if part is not self.roadmap and set(part.fields) - {"name"}:
            self._put(part)
        before = len(self.roadmap.parts("x-sections"))
        options = [] if section.level > 1 else self.stage_reader.choice(section)
        for child in section.sections:
            if child not in options:
                self._outside(child, section)
            elif child is options[0]:
                item = Entity("item", child.line, {"name": section.title.text or self.found.name})
                self.roadmap.add("choices", item)
                item.add("options", *map(self.stage_reader.option, options))
                self.filler.aside += [found for option in options for found in claims(option)]
                self._flush(section)
        if not section.blocks and section.sections:
            sections = self.roadmap.parts("x-sections")
            self.roadmap.fields["x-sections"] = [*kept_heading(section, sections, before)]

    def _block(self, section: Section, part: Entity, block: Block, label: Pair | None) -> None:
        name = label.label if label else section.title.text
        if isinstance(block, Listing):
            self._list(section, part, block, label)
        elif isinstance(block, Paragraph):
            self.filler.aside.append(ticked_group(section, ticked(block)))
        elif isinstance(block, Table) and (rows := self._stages_of(block)):
            self.roadmap.add("stages", *rows)
            if summary := sum_of(block, name or self.found.name, rows):
                self._put(summary)
            else:
                self.roadmap.add("notes", *told_sums(block), *told_besides(block))
        elif isinstance(block, Table):
            if told := self.stages.sections and rows_of(block):
                self.later.append((section, block, name or self.found.name))
            if tasks := tasks_of(block, self.found):
                self._other_stage(section).add("items", *tasks)
            elif not told or told.shape.prices:
                titled = Pair(block.line, name or self.found.name, "", "")
                self.filler.fill(part, [block], titled)
        else:
            self.filler.fill(part, [block], label)

    def _tell(self, section: Section, table: Table, name: str) -> None:
        """Read a table of stages into those of the headings; any other is kept where it stood."""
        more = tell_stages(table, name, self.known, self.roadmap)
        for entity in more or ():
            if entity.kind == "stage":
                place(self.roadmap, entity)
            else:
                self._put(entity)
        if more is None and not columns(table).prices:
            self.filler.fill(remarks_of(section), [table], Pair(table.line, name, "", ""))
            self._flush(section)
            tables = self.roadmap.parts("x-tables")
            self.roadmap.fields["x-tables"] = [*sorted(tables, key=lambda one: one.line)]

    def _list(self, section: Section, part: Entity, block: Listing, label: Pair | None) -> None:
        said = label.label if label else ""
        name = said or section.title.text
        if block.has_boxes or are_boxed(block):
            self.filler.checklist(part, block, name)
        elif options := listed_options(section, block, self.filler):
            item = Entity("item", block.line, {"name": name or self.found.name})
            self.roadmap.add("choices", item)
            item.add("options", *options)
        elif _says_costs(block, label):
            self.filler.aside.append(read_breakdown(part, block, label))
        elif is_timeline(block):
            self._put(timeline_of(section, block, said))
        elif not self.stages.sections and heads_stages(name, block):
            self.roadmap.add("stages", *(self._listed(entry) for entry in block.entries))
        elif block.ordered and section.level > 1 and _is_instruction(block, name):
            procedure = Entity("procedure", block.line, {"name": name or "Steps", "steps": []})
            procedure.add("steps", *(read_step(entry, self.filler) for entry in block.entries))
            self._put(procedure)
        else:
            self.filler.fill(part, [block], label)

    def _listed(self, entry: Entry) -> Entity:
        """Read one entry of a numbered list of stages."""
        first = entry.first
        name, *rest = (
            (first.lead, first.rest)
            if first.lead
            else re.split(r"\s[–—]\s", first.text, maxsplit=1)
        )
        stage = Entity("stage", entry.line, {"name": name.rstrip(".: ") or f"Line {entry.line}"})
        stage.set("number", entry.number)
        stage.set("marker", first.mark)
        stage.add("notes", *filter(None, (text.strip(" :.–—-") for text in rest)))
        self.filler.fill(stage, entry.blocks)
        return stage

    def _stages_of(self, table: Table) -> list[Entity]:
        """Read a table as the stages, in a document whose headings are none."""
        found = [] if self.stages.sections else stages_of(table)
        if found:
            word = re.match(r"\w+", table.header[0].text.lower())
            self.found.stage_key = KEYS.get(word[0].rstrip("s"), "stages") if word else "stages"
        return found

    def _other_stage(self, parent: Section) -> Entity:
        """The stage for items that stand in none: named by what they stand under."""
        name = parent.title.text or self.found.name
        if name not in self.others:
            stage = Entity("stage", parent.line or 1, {"name": name, "items": []})
            self.others[name] = stage
            self.roadmap.add("stages", stage)
        return self.others[name]

    def _again(self, section: Section, stage: Entity | None) -> None:
        """A second section about a stage: its tables belong to that stage."""
        if stage is None:  # its own section lies within another stage's
            self._plain(section)
            return
        remarks = Entity("x-section", section.line, {"name": section.title.text})
        self.filler.fill(remarks, section.blocks)
        for entity in self.filler.aside:
            if entity.kind in ("table", "group", "art"):
                entity.fields["stage"] = stage
                if entity.text("name") == remarks.text("name") or entity.kind == "table":
                    entity.fields["name"] = f"{section.title.text}: {entity.text('name')}"
        for child in section.sections:
            self.stage_reader.fold(remarks, child)
        self._flush(section)
        if set(remarks.fields) - {"name"}:
            self._put(remarks)

    def _flush(self, section: Section, stage: Entity | None = None) -> None:
        """Put what was found on the way where it belongs."""
        groups = [entity for entity in self.filler.aside if entity.kind == "group"]
        others = [entity for entity in self.filler.aside if entity.kind != "group"]
        self.filler.aside.clear()
        for entity in others:
            if entity.kind == "item" and stage is None and entity.parts("options"):
                self.roadmap.add("choices", entity)
            elif entity.kind == "item":
                (stage or self._other_stage(section)).add("items", entity)
            else:
                self._put(entity)
        if groups:
            name = section.title.text or self.found.name
            self._put(Entity("checklist", groups[0].line, {"name": name, "groups": [*groups]}))

    def _put(self, entity: Entity) -> None:
        self.roadmap.add(_LISTS[entity.kind], entity)


def _says_costs(listing: Listing, label: Pair | None) -> bool:
    """Whether a list is one of costs, wherever it stands; remarks and what comes in are none."""
    said = label.label if label else ""
    if lists_no_costs(listing, said) or are_months(listing.texts) or lists_reckoning(listing):
        return False
    if lists_balances(listing, said):
        return False
    if adds_up(listing):
        return not is_gained(listing, said)
    return are_priced(listing) and canonical(said) != "notes" and not REVENUE.search(said)


def _is_instruction(listing: Listing, name: str) -> bool:
    return are_steps(name, listing) and not lists_no_costs(listing, name)
