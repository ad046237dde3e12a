"""Sections that their heading or their children give away: timelines, criteria, rollback, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.entries import read_item, read_step
from statusgen.importer.fill import Filler
from statusgen.importer.found import Entity, facets
from statusgen.importer.inline import BOXES, DONE, EMPTY_BOXES, Line
from statusgen.importer.pieces import flat, point, points
from statusgen.importer.promises import claims, criterion
from statusgen.importer.spent import lasts
from statusgen.importer.staged import reads
from statusgen.importer.tree import (
    Block,
    Entry,
    Listing,
    Paragraph,
    Section,
    said,
)
from statusgen.importer.words import Pair, pair
from statusgen.roadmap.model import parse_when

_SUCCESS = re.compile(
    r"\b(success|acceptance|exit|kpis?|slos?|objectives|targets|service levels?)\b", re.I
)
_ROLLBACK = re.compile(
    r"\b(?:roll ?back|back ?out)\b"
    r"|\bfallbacks?\b(?=\W*$|\s*[(:–—-]|\s+(?:plan|strateg|procedure|steps?|option|scenario|measure))",
    re.I,
)
"""*Fallback plan*, but no *Fallback fonts*."""
_CODE = re.compile(r"`[^`]*`|\w+(?:\.\w+)*\([^()]*\)")
_CHECKLIST = re.compile(
    r"\b(check-?\s?lists?|to-?dos?|action items)\b|checkliste|prüfliste|liste de contrôle|"
    r"lista de (?:comprobación|verificación|verificação|controle)|"
    r"チェックリスト|чек-?лист|清单|체크리스트",
    re.I,
)
"""What says of itself that it is to be ticked."""
_NEXT = re.compile(r"\bnext steps\b|\bwhat'?s next\b|\bfollow[- ]ups?\b|\bafterwards\b", re.I)


def read_special(section: Section, filler: Filler, roadmap: Entity) -> list[Section] | None:
    """Read such a section; return the sections below that are left, or None for any other one."""
    title = section.title.text
    windows = [child for child in section.sections if window(child.title.text)]
    if len(windows) >= 2 and 2 * len(windows) >= len(section.sections):
        _timeline(section, windows, filler, roadmap)
        return [child for child in section.sections if child not in windows]
    if _SUCCESS.search(title) and _criteria(section, filler):
        return section.sections
    if _ROLLBACK.search(_CODE.sub(" ", title)):
        return _rollback(section, filler, roadmap)
    if _NEXT.search(title) and _next(section, filler, roadmap):
        return section.sections
    if _CHECKLIST.search(title) and _checklist(section, filler):
        return []
    return None


def remarks_of(section: Section) -> Entity:
    """Return the entity that keeps what has no better place."""
    return Entity("x-section", section.line, {"name": section.title.text or "Untitled"})


def window(title: str) -> tuple[str, str] | None:
    """Read a text that begins with a window of time: (window, rest)."""
    if reads(parse_when, title):
        return title, ""
    match = re.match(r"(?P<when>[^:—(]{2,24}?)\s*(?P<sign>[:—(]|\s-\s)\s*(?P<rest>.*)", title, re.S)
    if match and reads(parse_when, match["when"]):
        rest = match["rest"]
        if match["sign"] == "(":  # "Week 1 (Jan 6-10): set up (draft)"
            rest = rest[:-1] if rest.find(")") == len(rest) - 1 else f"({rest}"
        return match["when"], rest
    return None


def _window_of(entry: Entry) -> tuple[str, str] | None:
    """Read an entry that begins with a window, bold or before a colon: ``**Weeks 1–2** Audit``."""
    lead = entry.first.lead.rstrip(":：. ")
    if lead and reads(parse_when, lead):
        return lead, entry.first.rest.strip(" :：—–-.")
    return window(entry.first.text)


def is_timeline(listing: Listing) -> bool:
    """Whether most entries of a list begin with a window of time."""
    timed = [entry for entry in listing.entries if _window_of(entry)]
    return len(timed) >= 2 and 2 * len(timed) >= len(listing.entries)


def timeline_of(section: Section, listing: Listing, label: str = "") -> Entity:
    """Read a list whose entries are windows of time."""
    name = label or section.title.text or "Timeline"
    timeline = Entity("timeline", listing.line, {"name": name})
    for entry in listing.entries:
        when, rest = _window_of(entry) or ("", "")
        if not when:
            timeline.add("notes", *flat(entry))
            continue
        part = Entity("window", entry.line, {"when": when, "steps": []})
        texts = [rest] if rest else []
        part.add(
            "steps",
            *(Entity("step", entry.line, {"text": text}) for text in texts + flat(entry)[1:]),
        )
        timeline.add("entries", part)
    return timeline


def ticked(block: Paragraph) -> list[Line]:
    """Return the lines of a paragraph that are to be ticked, else none.

    Each begins with a mark, and one of them with an empty box: ✅ alone stands before features.
    """
    lines = _marked(block)
    return lines if any(line.mark[0] in EMPTY_BOXES for line in lines) else []


def _marked(block: Paragraph) -> list[Line]:
    """Return the lines of a paragraph where each begins with a mark, else none."""
    return [*block.lines] if all(line.mark[:1] in BOXES for line in block.lines) else []


def ticked_group(section: Section, lines: Sequence[Line]) -> Entity:
    """Read such lines as a checklist's group."""
    group = Entity("group", lines[0].number, {"name": section.title.text or "Checklist"})
    group.add("points", *map(_ticked_point, lines))
    return group


def _open(part: Entity) -> Entity:
    """Take a tick off a line: before what is to be reached, ✅ alone does not say that it is."""
    part.fields.pop("done", None)
    return part


def _ticked_point(line: Line) -> Entity:
    part = Entity("point", line.number, {"text": line.text or f"Line {line.number}"})
    if line.mark[0] in DONE:
        part.set("done", True)
    return part


def _timeline(
    section: Section, windows: Sequence[Section], filler: Filler, roadmap: Entity
) -> None:
    timeline = Entity("timeline", section.line, {"name": section.title.text, "entries": []})
    for child in windows:
        when, name = window(child.title.text) or ("", "")
        part = Entity("window", child.line, {"when": when, "steps": []})
        part.set("name", name)
        for block in child.blocks:
            if isinstance(block, Listing) and block.has_boxes:  # a step has no tick
                group = Entity("group", block.line, {"name": child.title.text})
                group.add("points", *points(block))
                filler.aside.append(group)
            elif isinstance(block, Listing):
                part.add("steps", *(_timed_step(below, filler) for below in block.entries))
            elif isinstance(block, Paragraph):
                part.add("notes", *(line.marked for line in block.lines))
            else:
                filler.fill(roadmap, [block], Pair(child.line, child.title.text, "", ""))
        for below in child.sections:
            step = Entity("step", below.line, {"text": below.title.text or "Untitled"})
            filler.fill(step, [block for part_ in below.walk() for block in part_.blocks])
            step.add("notes", *(f"{k}: {v}" for k, vs in facets(step).items() for v in vs))
            step.fields.pop("facets", None)
            part.add("steps", step)
        timeline.add("entries", part)
    remarks = remarks_of(section)
    filler.fill(remarks, section.blocks)
    _keep(remarks, filler)
    filler.aside.append(timeline)


def _timed_step(entry: Entry, filler: Filler) -> Entity:
    step = read_step(entry, filler)
    match = re.search(r"\s+[—–-]\s+(.+)$", entry.first.text)
    if match and lasts(match[1]):
        step.fields["text"] = entry.first.text[: match.start()]
        step.set("effort", match[1])
    return step


def _criteria(section: Section, filler: Filler) -> bool:
    """Read success criteria; False where there is none to read."""
    left = Entity("group", section.line, {"name": section.title.text})
    criteria: list[Entity] = []
    others: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Listing):
            for entry in block.entries:
                part = criterion(entry.first) if entry.done is None else None
                if part is None:
                    left.add("points", point(entry) if block.has_boxes else _open(point(entry)))
                else:
                    part.add("notes", *flat(entry)[1:])
                    criteria.append(part)
        elif isinstance(block, Paragraph) and (lines := _marked(block)):
            read = [(line, criterion(line)) for line in lines]
            rest = [line for line, part in read if part is None]
            heads = [line for line in rest if line.text.endswith((":", "："))]
            others += [Paragraph((line,)) for line in heads]
            left.add("points", *(_ticked_point(line) for line in rest if line not in heads))
            criteria += [part for _, part in read if part is not None]
        else:
            others.append(block)
    if not criteria:
        return False  # boxes alone are a checklist
    filler.aside += criteria
    if left.parts("points"):
        filler.aside.append(left)
    filler.aside += claims(section)
    remarks = remarks_of(section)
    filler.fill(remarks, others)
    _keep(remarks, filler)
    return True


def _keep(remarks: Entity, filler: Filler) -> None:
    if set(remarks.fields) - {"name"}:
        filler.aside.append(remarks)


def _rollback(section: Section, filler: Filler, roadmap: Entity) -> list[Section]:
    """Read steps under a rollback heading as procedures of the rollback."""
    rest = []
    for part in (section, *section.sections):
        lists = part.lists
        if part is not section and (not lists or part.sections or any(map(is_timeline, lists))):
            rest.append(part)
            continue
        for block in lists:
            name = part.title.text or "Rollback"
            procedure = Entity("procedure", block.line, {"name": name, "steps": []})
            procedure.add("steps", *(read_step(entry, filler) for entry in block.entries))
            roadmap.add("rollback", procedure)
        remarks = remarks_of(part)
        filler.fill(remarks, [block for block in part.blocks if not isinstance(block, Listing)])
        _keep(remarks, filler)
    return rest


def _next(section: Section, filler: Filler, roadmap: Entity) -> bool:
    if not section.lists:
        return False
    for block in section.blocks:
        if isinstance(block, Listing):
            roadmap.add("next", *(_next_item(entry, filler) for entry in block.entries))
        else:
            filler.fill(roadmap, [block])
    filler.aside += claims(section)
    return True


def _next_item(entry: Entry, filler: Filler) -> Entity:
    item = read_item(entry, filler)
    if entry.done:
        item.set("status", "done")
    first = entry.first
    head = re.match(r"\s*\((?P<when>[^()]+)\)\s*:?\s*", first.rest) if first.lead else None
    if head and reads(parse_when, head["when"]):
        item.fields["name"] = first.lead
        item.set("when", head["when"])
        item.set("why", first.rest[head.end() :])
        return item
    inside = re.match(r"(?P<head>.*?)\s*\((?P<when>[^()]+)\)(?P<rest>.*)", item.text("name"))
    if inside and reads(parse_when, inside["when"]):
        item.set("when", inside["when"])
        item.fields["name"] = f"{inside['head']}{inside['rest']}".strip(" :—–-") or inside["when"]
    return item


def _checklist(section: Section, filler: Filler) -> bool:
    """Read lists under a heading of that kind as lines to tick; False where there are none."""
    parts = list(section.walk())
    with_lists = [part for part in parts if part.lists]
    if any(map(_has_more, parts)) or not with_lists:
        return False
    if any(map(_has_boxes, with_lists)) and not all(map(_has_boxes, with_lists)):
        return False  # some of its lists have boxes, so the others are not to be ticked
    checklist = Entity("checklist", section.line, {"name": section.title.text, "groups": []})
    for part in parts:
        notes = part.prose
        if not part.lists:
            checklist.add("notes", *(f"{part.title.text}: {line.text}" for line in notes))
            continue
        group = Entity("group", part.line, {"name": part.title.text})
        for block in part.lists:
            group.add("points", *points(block))
            for entry in block.entries:
                filler.within(group, entry)
        if part.title.mark[:1] in DONE and not _is_open(part, group):
            group.set("done", True)
        group.add("notes", *(line.marked for line in notes))
        checklist.add("groups", group)
    filler.aside.append(checklist)
    return True


def _is_open(section: Section, group: Entity) -> bool:
    """Whether a box below a heading is empty: then its ✅ does not say that all is done."""
    return _has_boxes(section) and any("done" not in part.fields for part in group.parts("points"))


def _has_boxes(section: Section) -> bool:
    return any(listing.has_boxes for listing in section.lists)


def _has_more(section: Section) -> bool:
    """Whether a section holds what a checklist cannot."""
    for block in section.blocks:
        if isinstance(block, Listing):
            keys = map(pair, said(block))
            if any(read is not None and read.key in ("cost", "service") for read in keys):
                return True
        elif not isinstance(block, Paragraph):
            return True
    return False
