"""Reading a whole document: its stages, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from statusgen.roadmap.importer.fill import Filler, leading_price, name_option, point, status_of
from statusgen.roadmap.importer.found import Entity, Found
from statusgen.roadmap.importer.promises import claims, criterion
from statusgen.roadmap.importer.staged import Heading, about, find_stages, reads
from statusgen.roadmap.importer.tree import Block, Entry, Listing, Paragraph, Section, Table
from statusgen.roadmap.importer.words import Pair, canonical, last_bracket, pair, unnumbered
from statusgen.roadmap.model import parse_effort, parse_when

_OPTION = re.compile(
    r"(?:option|alternative|choice|approach|candidate|variant)\s+(?:\d{1,2}|[A-Z])\b\s*[:.)—–-]*\s*"
    r"(?P<name>.+)",
    re.I | re.S,
)
_OPTIONS = re.compile(r"\b(options|alternatives|choices|candidates|add-ons|contenders)\b", re.I)
_FOLDED = re.compile(
    r"\b(tables?|comparisons?|examples?|rules|notes|summary|overview|costs?|impact|usage|helper|"
    r"validation|criteria|risks?|metrics|dependencies|goals?|budget|timeline)\b",
    re.I,
)
_SUCCESS = re.compile(
    r"\b(success|acceptance|exit|kpis?|slos?|objectives|targets|service levels?)\b", re.I
)
_ROLLBACK = re.compile(r"\b(roll ?back|back ?out|fallback)\b", re.I)
_CHECKLIST = re.compile(
    r"\b(check-?lists?|notes|to-?dos?|best practices|requirements|prerequisites|must have|"
    r"action items|security|hardening)\b",
    re.I,
)
_NEXT = re.compile(r"\bnext steps\b|\bwhat'?s next\b|\bfollow[- ]ups?\b|\bafterwards\b", re.I)
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
        titles = [section for section in root.sections if section.level == 1]
        title = titles[0].title.text if titles else ""
        self.roadmap = Entity("roadmap", titles[0].line if titles else 1)
        self.found = Found(title or name, self.roadmap, self.stages.key)
        shown = list(self.stages.sections.values())
        names = [f"{self.stages.family} {head.number}" for head in shown] + ["current"]
        self.filler = Filler(self.found, stage_names=names if shown else [])
        self.by_number: dict[str, Entity] = {}
        self.others: dict[str, Entity] = {}

    def read(self) -> Found:
        self._outside(self.root, self.root)
        pairs = _before_after(self.roadmap)
        for before, after in pairs:
            _compare(self.roadmap, before, after)
        self._refer()
        return self.found

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
            self._stage(section, head)
            return
        if head := self.stages.again.get(id(section)):
            self._again(section, head)
            return
        if self._special(section, parent):
            return
        if self._is_item(section):
            self._other_stage(parent).add("items", self._item(section))
            self._flush(parent)
            return
        part = self.roadmap if section.level <= 1 else self._plain(section)
        for block in section.blocks:
            self._block(section, part, block)
        for found in claims(section):
            self._put(found)
        self._flush(section)
        for child in section.sections:
            self._outside(child, section)
        if part is not self.roadmap and set(part.fields) - {"name"}:
            self._put(part)

    def _plain(self, section: Section) -> Entity:
        return Entity("x-section", section.line, {"name": section.title.text or "Untitled"})

    def _block(self, section: Section, part: Entity, block: Block) -> None:
        """Read one block of a section that is nothing special."""
        if isinstance(block, Listing) and any(entry.done is not None for entry in block.entries):
            self.filler.checklist(part, block, section.title.text)
        elif isinstance(block, Listing) and _windows(block):
            self._put(_timeline_of_list(section, block))
        elif isinstance(block, Listing) and block.ordered and section.level > 1:
            steps: list[Entity] = [self.filler.step(entry) for entry in block.entries]
            procedure = {"name": section.title.text or "Steps", "steps": steps}
            self._put(Entity("procedure", block.line, {**procedure}))
        elif isinstance(block, Paragraph) and _ticked(block):
            group = Entity("group", block.line, {"name": section.title.text or "Checklist"})
            group.add("points", *(_ticked_point(line) for line in _ticked(block)))
            self.filler.aside.append(group)
        elif isinstance(block, Table):
            label = Pair(block.line, section.title.text or self.found.name, "", "")
            self.filler.fill(part, [block], label)
        else:
            label = Pair(section.line, section.title.text, "", "") if section.level > 1 else None
            self._with_labels(part, section, block, label)

    def _with_labels(
        self, part: Entity, section: Section, block: Block, label: Pair | None
    ) -> None:
        """A paragraph may label the block behind it, so both are read together."""
        index = next(i for i, known in enumerate(section.blocks) if known is block)
        before = section.blocks[index - 1] if index else None
        after = section.blocks[index + 1] if index + 1 < len(section.blocks) else None
        if isinstance(block, Paragraph):
            if _labels(block) and after is not None and not isinstance(after, (Paragraph, Table)):
                block = Paragraph(block.lines[:-1])
            if block.lines:
                self.filler.fill(part, [block])
            return
        if isinstance(before, Paragraph) and _labels(before):
            last = pair(before.lines[-1])
            label = last or label
        self.filler.fill(part, [block], label)

    def _special(self, section: Section, parent: Section) -> bool:
        """Read sections that their title or their children give away."""
        title = section.title.text
        if section.level == 0 or any(id(below) in self.stages.sections for below in section.walk()):
            return False
        windows = [child for child in section.sections if _window(child.title.text)]
        if len(windows) >= 2 and 2 * len(windows) >= len(section.sections):
            self._timeline(section, windows)
            rest = [child for child in section.sections if child not in windows]
        elif _SUCCESS.search(title) and self._criteria(section):
            rest = section.sections
        elif _ROLLBACK.search(title):
            rest = self._rollback(section)
        elif _NEXT.search(title) and self._next(section):
            rest = section.sections
        elif _CHECKLIST.search(title) and self._checklist(section, parent):
            rest = []
        else:
            return False
        self._flush(section)
        for child in rest:
            self._outside(child, section)
        return True

    # Stages

    def _stage(self, section: Section, head: Heading) -> None:
        stage = Entity(
            "stage", section.line, {"name": head.name, "number": head.number, "items": []}
        )
        stage.set("marker", section.title.mark)
        if head.bracket:
            stage.set(*about(head.bracket))
        if section.title.mark and status_of(section.title.mark) == "done":
            stage.set("status", "done")
        if self.stages.family in ("time", "quarter", "horizon", "version"):
            stage.fields["number"] = ""
            if reads(parse_when, head.number):
                stage.set("when", head.number)
        self.by_number[head.number] = stage
        self.roadmap.add("stages", stage)
        self.filler.fill(stage, section.blocks)
        asks = any(label.lower() == "question" for label in _facets(stage))
        for child in section.sections:
            self._child(stage, child, asks)
        self._flush(section, stage)

    def _child(self, stage: Entity, child: Section, asks: bool) -> None:
        """Read a section within a stage: an option, a group of options, an item, or a remark."""
        text = child.title.text
        if _OPTION.fullmatch(text):
            self._main_item(stage, child).add("options", self._option(child))
        elif child.sections and (asks or _OPTIONS.search(text)):
            item = self._item(child, options=True)
            stage.add("items", item)
        elif _FOLDED.search(text) and not child.sections and not self._is_item(child):
            self.filler.fill(stage, child.blocks, Pair(child.line, text, "", ""))
            for found in claims(child):
                self._put(found)
        else:
            item = self._item(child)
            cost = item.fields.get("cost")
            if isinstance(cost, Entity) and cost.kind == "total" and stage.set("cost", cost):
                del item.fields["cost"]
            stage.add("items", item)

    def _main_item(self, stage: Entity, child: Section) -> Entity:
        """The item that holds a stage's own options."""
        for item in stage.parts("items"):
            if item.fields.get("category") == "choice":
                return item
        item = Entity("item", child.line, {"name": stage.text("name"), "category": "choice"})
        stage.add("items", item)
        return item

    def _item(self, section: Section, *, options: bool = False) -> Entity:
        """Read a section as an item, with the sections under it."""
        number, name = unnumbered(section.title.text)
        item = Entity("item", section.line, {"name": name or f"Line {section.line}"})
        item.set("number", number)
        if section.title.mark:
            item.set("status", status_of(section.title.mark))
        status = re.search(r"\s+[—–-]\s+(\w[\w ]{2,20})$", name)
        if status and status_of(status[1]):
            item.fields["status"] = status_of(status[1])
            item.fields["name"] = name[: status.start()]
        self.filler.fill(item, section.blocks)
        for child in section.sections:
            text = child.title.text
            if options or _OPTION.fullmatch(text):
                item.add("options", self._option(child))
            elif child.sections and _OPTIONS.search(text):
                for grandchild in child.sections:
                    item.add("options", self._option(grandchild))
                self.filler.fill(item, child.blocks, Pair(child.line, text, "", ""))
            else:
                self._fold(item, child)
        return item

    def _fold(self, part: Entity, section: Section) -> None:
        """Read a section below an item or an option into it, under its title."""
        text = section.title.text
        self.filler.fill(part, section.blocks, Pair(section.line, text, "", canonical(text)))
        for child in section.sections:
            self._fold(part, child)

    def _option(self, section: Section) -> Entity:
        text = section.title.text
        match = _OPTION.fullmatch(text)
        option = Entity("option", section.line)
        name_option(option, match["name"] if match else text)
        if section.title.mark:
            option.set("recommended", section.title.mark[0] in "⭐✅")
        self.filler.fill(option, section.blocks)
        for child in section.sections:
            self._fold(option, child)
        return option

    def _is_item(self, section: Section) -> bool:
        """Whether a section outside the stages describes something to take up or to move."""
        if section.level < 2:
            return False
        if any(_OPTION.fullmatch(child.title.text) for child in section.sections):
            return True
        probe = Filler(Found("", Entity("roadmap", 0)))
        item = Entity("item", section.line)
        probe.fill(item, [block for block in section.blocks if not isinstance(block, Table)])
        return bool({"service", "from", "to", "options"} & item.fields.keys())

    def _other_stage(self, parent: Section) -> Entity:
        """The stage for items that stand in none: named by what they stand under."""
        name = parent.title.text or self.found.name
        if name not in self.others:
            stage = Entity("stage", parent.line or 1, {"name": name, "items": []})
            self.others[name] = stage
            self.roadmap.add("stages", stage)
        return self.others[name]

    def _again(self, section: Section, head: Heading) -> None:
        """A second section about a stage: its tables belong to that stage."""
        stage = self.by_number.get(head.number)
        if stage is None:
            stage = Entity("stage", section.line, {"name": head.name})
        remarks = Entity("x-section", section.line, {"name": section.title.text})
        self.filler.fill(remarks, section.blocks)
        for entity in self.filler.aside:
            if entity.kind in ("table", "group", "art"):
                entity.fields["stage"] = stage
                if entity.text("name") == remarks.text("name") or entity.kind == "table":
                    entity.fields["name"] = f"{section.title.text}: {entity.text('name')}"
        for child in section.sections:
            self._fold(remarks, child)
        self._flush(section)
        if set(remarks.fields) - {"name"}:
            self._put(remarks)

    # Special sections

    def _timeline(self, section: Section, windows: Sequence[Section]) -> None:
        timeline = Entity("timeline", section.line, {"name": section.title.text, "entries": []})
        for child in windows:
            when, name = _window(child.title.text) or ("", "")
            entry = Entity("window", child.line, {"when": when})
            entry.set("name", name)
            entry.fields["steps"] = []
            for block in child.blocks:
                if isinstance(block, Listing):
                    entry.add("steps", *(self._timed_step(below) for below in block.entries))
                elif isinstance(block, Paragraph):
                    entry.add("notes", *(line.text for line in block.lines))
                else:
                    self.filler.fill(
                        self.roadmap, [block], Pair(child.line, child.title.text, "", "")
                    )
            timeline.add("entries", entry)
        remarks = self._plain(section)
        self.filler.fill(remarks, section.blocks)
        for name in ("notes", "facets"):
            if name in remarks.fields:
                timeline.fields.setdefault("notes", _texts(remarks))
        self._put(timeline)

    def _timed_step(self, entry: Entry) -> Entity:
        step = self.filler.step(entry)
        match = re.search(r"\s+[—–-]\s+(.+)$", entry.first.text)
        if match and reads(parse_effort, match[1]):
            step.fields["text"] = entry.first.text[: match.start()]
            step.set("effort", match[1])
        return step

    def _criteria(self, section: Section) -> bool:
        """Read success criteria; False where there is none to read."""
        lines = _list_lines(section.blocks)
        found = [part for line in lines if (part := criterion(line)) is not None]
        if not found:
            return False
        for part in found:
            self._put(part)
        read_lines = {part.line for part in found}
        left = Entity("group", section.line, {"name": section.title.text})
        for line in lines:
            if line.number not in read_lines:
                left.add("points", Entity("point", line.number, {"text": line.text}))
        if "points" in left.fields:
            self.filler.aside.append(left)
        others = [block for block in section.blocks if not _list_lines([block])]
        remarks = self._plain(section)
        self.filler.fill(remarks, others)
        for part in claims(section):
            self._put(part)
        if set(remarks.fields) - {"name"}:
            self._put(remarks)
        return True

    def _rollback(self, section: Section) -> list[Section]:
        """Read steps under a rollback heading as procedures of the rollback."""
        rest = []
        for part in (section, *section.sections):
            lists = [block for block in part.blocks if isinstance(block, Listing)]
            timed = any(_windows(block) for block in lists)
            if (not lists or timed) and part is not section:
                rest.append(part)
                continue
            for block in lists:
                steps = [self.filler.step(entry) for entry in block.entries]
                name = part.title.text or "Rollback"
                procedure = Entity("procedure", block.line, {"name": name, "steps": [*steps]})
                self.roadmap.add("rollback", procedure)
            remarks = self._plain(part)
            self.filler.fill(remarks, [block for block in part.blocks if block not in lists])
            if set(remarks.fields) - {"name"}:
                self._put(remarks)
        return rest

    def _next(self, section: Section) -> bool:
        lists = [block for block in section.blocks if isinstance(block, Listing)]
        if not lists:
            return False
        for block in section.blocks:
            if isinstance(block, Listing):
                for entry in block.entries:
                    self.roadmap.add("next", self._next_item(entry))
            else:
                self._block(section, self.roadmap, block)
        for part in claims(section):
            self._put(part)
        return True

    def _next_item(self, entry: Entry) -> Entity:
        item = self.filler.item(entry)
        for name in ("name", "why"):
            match = re.match(r"(?P<head>.*?)\s*\((?P<when>[^()]+)\)(?P<rest>.*)", item.text(name))
            if match and reads(parse_when, match["when"]):
                item.set("when", match["when"])
                item.fields[name] = (match["head"] + match["rest"]).lstrip(" :—–-") or match["when"]
        first = entry.first
        bracket = last_bracket(first.rest.split(":")[0].strip() or "")[1] if first.lead else ""
        inner = re.match(r"\s*\(([^()]+)\)\s*:?\s*", first.rest) if first.lead else None
        del bracket
        if inner and reads(parse_when, inner[1]):
            item.fields["name"] = first.lead
            item.set("when", inner[1])
            item.set("why", first.rest[inner.end() :])
        return item

    def _checklist(self, section: Section, parent: Section) -> bool:
        """Read lists under a heading of that kind as lines to tick; False where there are none."""
        parts = [part for part in section.walk() if _plain_lists(part)]
        if not parts or any(_has_more(part) for part in section.walk()):
            return False
        checklist = Entity("checklist", section.line, {"name": section.title.text, "groups": []})
        for part in parts:
            group = Entity("group", part.line, {"name": part.title.text})
            if part.title.mark and part.title.mark[0] == "✅":
                group.set("done", True)
            for block in part.blocks:
                if isinstance(block, Listing):
                    group.add("points", *(point(entry) for entry in block.entries))
                else:
                    assert isinstance(block, Paragraph)
                    group.add("notes", *(line.text for line in block.lines))
            checklist.add("groups", group)
        self._put(checklist)
        return True

    # Putting away

    def _flush(self, section: Section, stage: Entity | None = None) -> None:
        """Put what was found on the way where it belongs."""
        groups = [entity for entity in self.filler.aside if entity.kind == "group"]
        others = [entity for entity in self.filler.aside if entity.kind != "group"]
        self.filler.aside.clear()
        for entity in others:
            if entity.kind == "item":
                (stage or self._other_stage(section)).add("items", entity)
            else:
                self._put(entity)
        if groups:
            name = section.title.text or self.found.name
            self._put(Entity("checklist", groups[0].line, {"name": name, "groups": [*groups]}))

    def _put(self, entity: Entity) -> None:
        self.roadmap.add(_LISTS[entity.kind], entity)


def _facets(part: Entity) -> dict[str, list[str]]:
    facets = part.fields.get("facets", {})
    assert isinstance(facets, dict)
    return facets


def _texts(part: Entity) -> list[str]:
    notes = part.fields.get("notes", [])
    texts = [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []
    for label, values in _facets(part).items():
        texts += [f"{label}: {value}" for value in values]
    return texts


def _window(title: str) -> tuple[str, str] | None:
    """Read a heading that begins with a window of time: (window, rest)."""
    if reads(parse_when, title):
        return title, ""
    match = re.match(r"(?P<when>[^:—(]{2,24}?)\s*(?P<sign>[:—(]|\s-\s)\s*(?P<rest>.*)", title, re.S)
    if match and reads(parse_when, match["when"]):
        rest = match["rest"]
        return match["when"], rest.removesuffix(")") if match["sign"] == "(" else rest
    return None


def _windows(listing: Listing) -> bool:
    timed = [entry for entry in listing.entries if _window(entry.first.text)]
    return len(timed) >= 2 and 2 * len(timed) >= len(listing.entries)


def _timeline_of_list(section: Section, listing: Listing) -> Entity:
    timeline = Entity("timeline", listing.line, {"name": section.title.text or "Timeline"})
    for entry in listing.entries:
        when, rest = _window(entry.first.text) or ("", entry.first.text)
        if not when:
            timeline.add("notes", entry.first.text)
            continue
        step = Entity("step", entry.line, {"text": rest or when})
        window = Entity("window", entry.line, {"when": when, "steps": [step]})
        for block in entry.blocks:
            if isinstance(block, Listing):
                below = [Entity("step", e.line, {"text": e.first.text}) for e in block.entries]
                window.add("steps", *below)
        timeline.add("entries", window)
    return timeline


def _labels(block: Paragraph) -> bool:
    read = pair(block.lines[-1]) if block.lines else None
    return read is not None and not read.value


def _ticked(block: Paragraph) -> list:  # type: ignore[type-arg]
    """Return the lines of a paragraph where each begins with ✅ or the like."""
    marks = [line for line in block.lines if line.mark and line.mark[0] in "✅☑✔✓☐⬜❌✗"]
    return marks if marks and len(marks) == len(block.lines) else []


def _ticked_point(line) -> Entity:  # type: ignore[no-untyped-def]
    point_ = Entity("point", line.number, {"text": line.text})
    if line.mark[0] in "✅☑✔✓":
        point_.set("done", True)
    return point_


def _list_lines(blocks: Sequence[Block]) -> list:  # type: ignore[type-arg]
    lines = []
    for block in blocks:
        if isinstance(block, Listing):
            lines += [entry.first for entry in block.entries if entry.first.text]
        elif isinstance(block, Paragraph):
            lines += _ticked(block)
    return lines


def _plain_lists(section: Section) -> bool:
    return any(isinstance(block, Listing) for block in section.blocks)


def _has_more(section: Section) -> bool:
    """Whether a section holds what a checklist cannot."""
    return any(
        not isinstance(block, (Listing, Paragraph))
        or (isinstance(block, Listing) and any(_windows_or_priced(e) for e in block.entries))
        for block in section.blocks
    )


def _windows_or_priced(entry: Entry) -> bool:
    read = pair(entry.first)
    return read is not None and read.key == "cost" and bool(leading_price(read.value)[0])


_SIDES = (
    re.compile(r"\b(before|current|old|today|traditional|existing|as[- ]is)\b", re.I),
    re.compile(r"\b(after|target|new|future|proposed|lean|to[- ]be|optimi[sz]ed)\b", re.I),
)


def _before_after(roadmap: Entity) -> list[tuple[Entity, Entity]]:
    """Find two cost tables that follow each other, one of what was and one of what will be."""
    tables = roadmap.parts("stacks")
    return [
        (one, two)
        for one, two in pairwise(tables)
        if _SIDES[0].search(one.text("name"))
        and _SIDES[1].search(two.text("name"))
        and not _SIDES[0].search(two.text("name"))
        and "stage" not in one.fields
        and "stage" not in two.fields
    ]


def _compare(roadmap: Entity, before: Entity, after: Entity) -> None:
    stacks = roadmap.parts("stacks")
    if before not in stacks or after not in stacks:
        return
    roadmap.fields["stacks"] = [table for table in stacks if table not in (before, after)]
    name = f"{before.text('name')} and {after.text('name')}"
    fields = {"name": name, "before": before, "after": after}
    roadmap.add("comparisons", Entity("comparison", before.line, {**fields}))
