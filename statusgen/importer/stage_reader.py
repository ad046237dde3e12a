"""Reading a stage: its items, their options, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from statusgen.importer.brackets import is_timed, known_status, told
from statusgen.importer.choices import heads_choices, heads_named, listed_options, with_entries
from statusgen.importer.fill import Filler
from statusgen.importer.forms import is_field, said_alone, value_of
from statusgen.importer.found import Entity, Found, facets
from statusgen.importer.inline import MAX_TITLE
from statusgen.importer.instructions import instructs
from statusgen.importer.labels import apply
from statusgen.importer.parted import last_bracket, unnumbered
from statusgen.importer.pieces import heads_criteria, heads_work, name_option, status_of
from statusgen.importer.promises import claims, sums
from statusgen.importer.spans import is_dates, is_span
from statusgen.importer.spent import NO_EFFORT, give_effort
from statusgen.importer.staged import (
    BARE_OPTION,
    LETTERED,
    OPTION,
    STAGE_WORDS,
    Heading,
    heading,
    names_money,
    numbered,
    reads,
)
from statusgen.importer.tree import Block, Listing, Section, Table, blocks_within
from statusgen.importer.verdicts import verdict, why_not
from statusgen.importer.words import Pair, canonical
from statusgen.roadmap.model import parse_effort, parse_when
from statusgen.roadmap.vocabulary import grouped, pattern, words

_OPTIONS = re.compile(
    rf"(?<!\w)(?:{pattern((*grouped('label')['options'], 'add-ons'))})(?!\w)", re.I
)
_NAMED = r"(?P<name>.*(?<!\S)(?=\S*\w)\S++)"
"""A text whose last word has a letter or a number; each word is looked at once."""
_STATUS_BEHIND = re.compile(
    _NAMED + r"\s+(?:(?P<sign>[^\w\s(),.:;'\"/&+–—-]{1,2})\s*"
    r"|[–—-]\s+(?=[A-Z ]+$|\w+ ))\[?(?P<said>[^\W\d_][\w -]{1,18})\]?"
)
"""*Test utilities ✅ COMPLETE*, *Gate [DONE]*, *Gate – in progress*; *Go – Live* is a name."""
_SIGN_BEHIND = re.compile(_NAMED + r"\s+(?P<said>[^\w\s]\ufe0f?)")
_LETTERS = "ABCDEFGHIJ"


_WAYS = re.compile(rf"(?:{pattern(words('ways'))})(?!\w)", re.I)


def _heads_option(section: Section) -> bool:
    text = section.title.text
    return bool(OPTION.fullmatch(text) or BARE_OPTION.fullmatch(text))


def _is_aside(section: Section) -> bool:
    """Whether a section below a heading of options is none: a stage, a comparison, the decision."""
    text, head = section.title.text, heading(section)
    if head is not None and (head.family in STAGE_WORDS or head.family in _TIMED):
        return True
    return bool(_FOLDED.search(text)) or canonical(text) in ("chosen", "why", "notes")


_TIMES = ("time", "quarter", "horizon", "version")
"""Families whose stages are called by when they are."""
_TIMED = frozenset({"time", "quarter", "horizon", "version", "scale", "milestone"})


_FOLDED = re.compile(
    r"\b(tables?|comparisons?|examples?|rules|notes|summary|overview|costs?|impact|usage|helper|"
    r"validation|criteria|risks?|metrics|dependencies|goals?|budget|timeline)\b",
    re.I,
)


def _are_lists(section: Section) -> bool:
    """Whether lists stand under a heading, and no further ones."""
    return bool(section.lists) and not section.sections


def _extent(section: Section) -> int:
    """Return about how much there is to read in a section and below it."""
    blocks = [block for part in section.walk() for block in blocks_within(part.blocks)]
    return sum(len(block.rows) if isinstance(block, Table) else 1 for block in blocks)


_LAST_SAID = re.compile(_NAMED + r"\s+[–—-]\s+(?P<said>[^\W\d_]+)", re.S)


def _is_parted(section: Section, said: str) -> bool:
    """Whether a status is the third part of a heading: *Milestone 2 — Core — complete*."""
    return len(re.findall(r"\s[–—-]\s", section.title.text)) > 1 and bool(known_status(said))


def _only_time(name: str) -> str:
    """Return the name of a stage where it is a time and nothing else; else nothing."""
    told = reads(parse_when, name) or is_span(name) or is_dates(name)
    return name if told and re.search(r"\d", name) else ""


def _split_effort(stage: Entity) -> bool:
    """Split how long a stage takes from its name: *Basics: 108 hours*; whether there was any."""
    name = stage.text("name")
    match = _EFFORT_BEHIND.fullmatch(name) if len(name) <= MAX_TITLE else None
    if match is None or not reads(parse_effort, match["effort"]):
        return False
    stage.fields["name"] = match["name"]
    return give_effort(stage, match["effort"])


_EFFORT_BEHIND = re.compile(
    r"(?P<name>.*\w.*?)(?:\s*[:：]\s*|\s+[⏱⏲⏳⌛🕐-🕧]\ufe0f?\s*)(?P<effort>[~≈]?\s?\d.*)", re.S
)
_WAITS_BEHIND = re.compile(
    rf"(?P<name>.*\S)\s*\[(?P<label>{pattern(words('waits'))})\s*[:：]?\s*(?P<what>[^\[\]]+)\]",
    re.I | re.S,
)
"""*Screens [blocked by: Phase 1]*"""
_ITS_OWN = ("effort", "when", "status")


class StageReader:
    """Reads the sections of stages and items; what is neither goes aside."""

    def __init__(self, filler: Filler) -> None:
        self.filler = filler
        self.form: frozenset[str] = frozenset()
        """The headings that are the same in most stages; see :func:`forms.form_of`."""

    def stage(self, section: Section, head: Heading, family: str) -> Entity:
        """Read the section of a stage."""
        number = "" if head.family == "scale" else head.number  # its name again
        stage = Entity("stage", section.line, {"name": head.name, "number": number, "items": []})
        stage.set("marker", section.title.mark)
        ends = _STATUS_BEHIND.fullmatch(head.name)
        if ends and (status := known_status(f"{ends['sign'] or ''}{ends['said']}")):
            stage.fields["name"] = ends["name"]
            stage.set("status", status)
        elif (last := _LAST_SAID.fullmatch(head.name)) and _is_parted(section, last["said"]):
            stage.fields["name"] = last["name"]
            stage.set("status", known_status(last["said"]))
        elif (sign := _SIGN_BEHIND.fullmatch(head.name)) and (status := status_of(sign["said"])):
            stage.fields["name"] = sign["name"]
            stage.set("status", status)
        spent = _split_effort(stage)
        if waits := _WAITS_BEHIND.fullmatch(stage.text("name")):
            stage.fields["name"] = waits["name"]
            stage.facet(waits["label"], waits["what"])
        fields = told(head.bracket) if head.bracket else []
        name, inner, tail = last_bracket(head.name)
        if tail and inner == head.bracket and is_timed(fields):
            stage.fields["name"] = name  # "Oven (2 weeks) — P0"
            stage.add("notes", head.name.rpartition(f"({inner})")[2].lstrip(" :：.,;—–-"))
        if family not in _TIMES and (time := _only_time(stage.text("name"))):
            name, _, _ = last_bracket(section.title.text)
            stage.fields["name"] = name.partition(time)[0].strip(" :：.,;—–-") or time
            if fields and fields[0][0] == "reason":
                stage.fields["name"] = fields.pop(0)[1]  # "Phase 2 — Q3 2026 (Growth)"
            if not (reads(parse_when, time) and stage.set("when", time)):
                stage.facet("When", time)
        for field, value in fields:
            if field == "cost":
                stage.set("cost", Entity("stated", section.line, {"stated": value}))
            elif field == "duration" and give_effort(stage, value):
                continue
            elif field == "trigger" and spent:
                stage.add("notes", value)
            elif field in ("duration", "time"):
                stage.facet("Duration" if field == "duration" else "When", value)
            else:
                stage.set(field, value)
        if head.price:
            stage.set("cost", Entity("stated", section.line, {"stated": head.price}))
        if status := status_of(section.title.mark):
            stage.set("status", status)
        if family in _TIMES:
            stage.fields["number"] = ""
            if reads(parse_when, head.number):
                stage.set("when", head.number)
        self.filler.fill(stage, section.blocks)
        for claim in sums(section):
            claim.fields["stage"] = stage
            self.filler.aside.append(claim)
        asks = any(label.lower() == "question" for label in facets(stage))
        for child in section.sections:
            self._child(stage, child, asks)
        return stage

    def _child(self, stage: Entity, child: Section, asks: bool) -> None:
        """Read a section within a stage: an option, a group of options, an item, or a remark."""
        text = child.title.text
        if OPTION.fullmatch(text):
            self._main_item(stage, child).add("options", self.option(child))
        elif (heads_work(text) or canonical(text.rstrip(":：")) == "steps") and _are_lists(child):
            key = canonical(text.rstrip(":："))
            self.filler.fill(stage, child.blocks, Pair(child.line, text.rstrip(":："), "", key))
        elif child.sections and (asks or _OPTIONS.search(text)):
            stage.add("items", self.item(child, options=True))
        elif is_field(child, self.form):
            self._field(stage, child)
        elif not child.sections and (
            heads_criteria(text)
            or canonical(text) in ("trigger", "effort", "chosen")
            or (_FOLDED.search(text) and not self.is_item(child))
        ):
            self.filler.fill(stage, child.blocks, Pair(child.line, text, "", ""))
            self.filler.aside += claims(child)
        else:
            before = len(self.filler.aside)
            item = self.item(child)
            if child.blocks and not item.fields.keys() - {"name", "number"}:
                for entity in self.filler.aside[before:]:
                    entity.fields.setdefault("stage", stage)  # tables and drawings are no work
                return
            cost = item.fields.get("cost")
            if isinstance(cost, Entity) and cost.kind == "total" and stage.set("cost", cost):
                del item.fields["cost"]
            stage.add("items", item)

    def _field(self, stage: Entity, child: Section) -> None:
        """Read a heading that is the label of a field, with its value behind or below it."""
        label = re.split("[:：]", child.title.text, maxsplit=1)[0].strip()
        read = Pair(child.line, label, value_of(child) or said_alone(child), canonical(label))
        if read.value:
            apply(stage, read, self.filler.found)
        if value_of(child) or not said_alone(child):
            self.filler.fill(stage, child.blocks, replace(read, value=""))
        self.filler.aside += claims(child)

    def _main_item(self, stage: Entity, child: Section) -> Entity:
        """The item that holds a stage's own options."""
        for item in stage.parts("items"):
            if item.fields.get("category") == "choice":
                return item
        item = Entity("item", child.line, {"name": stage.text("name"), "category": "choice"})
        stage.add("items", item)
        return item

    def item(self, section: Section, *, options: bool = False) -> Entity:
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
        head, inner, tail = last_bracket(item.text("name"))
        if inner and not tail and not NO_EFFORT.search(name) and reads(parse_effort, inner):
            item.fields |= {"name": head, "effort": inner}
        with_entries(section)
        rest: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Listing) and (
                listed := listed_options(section, block, self.filler)
            ):
                item.add("options", *listed)
            else:
                rest.append(block)
        self.filler.fill(item, rest)
        below = self.choice(section)
        for child in section.sections:
            text = child.title.text
            if options or child in below:
                item.add("options", self.option(child))
            elif child.sections and _OPTIONS.search(text):
                for grandchild in child.sections:
                    item.add("options", self.option(grandchild))
                self.filler.fill(item, child.blocks, Pair(child.line, text, "", ""))
            else:
                self.fold(item, child)
        return item

    def fold(self, part: Entity, section: Section) -> None:
        """Read a section below an item or an option into it, under its title.

        How long a numbered part takes (*1.1 Init*), and when, is no time of the whole.
        """
        text = section.title.text
        apart = bool(unnumbered(text)[0]) or numbered(text) is not None
        own = {key: part.fields.pop(key) for key in _ITS_OWN if apart and key in part.fields}
        self.filler.fill(part, section.blocks, Pair(section.line, text, "", canonical(text)))
        for key in _ITS_OWN if apart else ():
            if said := part.text(key):
                del part.fields[key]
                part.add("notes", f"{text}: {said}")
        part.fields |= own
        for child in section.sections:
            self.fold(part, child)

    def choice(self, section: Section) -> list[Section]:
        """Return the sections right under one that are options, where there are several."""
        children = [child for child in section.sections if not _is_aside(child)]
        found = [child for child in children if _heads_option(child)]
        if (len(found) > 1 and self._weighs(section, found)) or (found := self._lettered(section)):
            return found
        asked = [child for child in children if why_not(child.title.text)]
        if len(children) > 1 and heads_named(section.title.text, self.filler.found):
            return children
        if len(asked) > 1:
            return asked
        return self._argued(children)

    def _argued(self, sections: list[Section]) -> list[Section]:
        """Return the sections with both pros and cons, where there are several and most are such.

        To ask is to read a section in full: the shortest are asked first, until the answer is sure.
        """
        without, bound = set[int](), len(sections) - max(2, len(sections) // 2 + 1)
        for place in sorted(range(len(sections)), key=lambda place: _extent(sections[place])):
            if len(without) > bound:
                return []
            if len(self._sides(sections[place])) < 2:
                without.add(place)
        found = [section for place, section in enumerate(sections) if place not in without]
        return found if len(without) <= bound else []

    def _weighs(self, section: Section, options: Sequence[Section]) -> bool:
        """Whether one of the options is to be chosen; of two ways to install nobody decides.

        A heading asks for it, the document records decisions, or one of them has a price, a verdict
        or something that speaks for it.
        """
        title = section.title.text
        if self.filler.found.decides or heads_choices(title) or title.rstrip().endswith("?"):
            return True
        if not all(_WAYS.match(option.title.text) for option in options):
            return True  # *Variant A*
        return any(
            option.title.mark
            or verdict(option.title.text)
            or self._sides(option)
            or any(names_money(block) for part in option.walk() for block in part.blocks)
            for option in options
        )

    @staticmethod
    def _sides(section: Section) -> set[str]:
        """Return which of pros and cons a section has, read as an option by itself."""
        probe = StageReader(Filler(Found("", Entity("roadmap", 0))))
        return {"pros", "cons"} & probe.option(section).fields.keys()

    def _lettered(self, section: Section) -> list[Section]:
        """Return the sections ``A. Name``, ``B. Name`` … under a heading of options.

        Under another heading they are options where most of them say what speaks for them.
        """
        found = [child for child in section.sections if LETTERED.fullmatch(child.title.text)]
        letters = "".join(child.title.text.lstrip("(")[0] for child in found)
        if len(found) < 2 or letters != _LETTERS[: len(found)]:
            return []
        argued = sum(bool(self._sides(child)) for child in found)
        return found if heads_choices(section.title.text) or 2 * argued > len(found) else []

    def option(self, section: Section) -> Entity:
        """Read a section as an option."""
        text = section.title.text
        bare = BARE_OPTION.fullmatch(text)
        match = bare or OPTION.fullmatch(text) or LETTERED.fullmatch(text)
        option = Entity("option", section.line)
        name_option(option, match["name"] if match and not bare else text)
        if match:
            self.filler.found.letters[id(option)] = match["letter"]
        if section.title.mark and section.title.mark[0] in "⭐✅":
            option.set("recommended", True)
        self.filler.fill(option, section.blocks)
        for child in section.sections:
            self.fold(option, child)
        return option

    def is_item(self, section: Section) -> bool:
        """Whether a section outside the stages describes something to take up or to move."""
        if section.level < 2:
            return False
        if self.choice(section):
            return True
        probe = Filler(Found("", Entity("roadmap", 0)))
        item = Entity("item", section.line)
        probe.fill(item, [block for block in section.blocks if not isinstance(block, Table)])
        if {"from", "to", "options"} & item.fields.keys():
            return True
        return "service" in item.fields and not _tells_of_fault(item)


def _tells_of_fault(item: Entity) -> bool:
    """Whether a solution mends something: *Cause: wrong id*, *Solution: check the id*."""
    product = item.product
    told = {label.casefold() for label in facets(item)}
    return bool(told & _FAULT) or (product is not None and instructs(product.text("name")))


_FAULT = frozenset(words("fault"))
