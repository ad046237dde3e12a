"""Lists of work, and stages, whose hours a line below them adds up: ``**Total**: 454 hours``."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.times import speaks_of_overlap
from statusgen.importer.headers import AVERAGE, MORE
from statusgen.importer.inline import Line
from statusgen.importer.parted import last_bracket
from statusgen.importer.spent import spent
from statusgen.importer.tree import Block, Listing, Paragraph, Section
from statusgen.importer.words import pair
from statusgen.roadmap.claims import Amount, Place, Reading, Sum
from statusgen.roadmap.model import parse_effort
from statusgen.roadmap.money import Range

MIN_LINES = 3
"""Of two efforts a third may be anything."""


def read(found: Collected, section: Section) -> None:
    """Read each list of a section whose every line is one label and its hours, and its stages.

    Hours are work, which adds up; nothing is read where a document speaks of work side by side.
    """
    lists = [_claim(found, section, *pair_) for pair_ in pairwise(section.blocks)]
    for claim in [*lists, _of_stages(found, section)]:
        if claim is not None and not speaks_of_overlap(found):
            found.claims.sums.append(claim)


def _of_stages(found: Collected, section: Section) -> Sum | None:
    """Return the total behind the last of the document's stages, whose titles end in hours."""
    places = [n for n, one in enumerate(section.sections) if id(one) in found.stages.sections]
    if len(places) < MIN_LINES or len(places) < len(found.stages.sections):
        return None
    last = section.sections[places[-1] : places[-1] + 2]
    totals = [(line, *_spent(line)) for one in last for line in one.prose]
    stated = [(line, label, whole) for line, label, whole in totals if whole and is_total(label)]
    parts = [_of_title(section.sections[place].title.text) for place in places]
    known = tuple(part for part in parts if part is not None)
    if len(stated) != 1 or len(known) < len(parts):
        return None
    if any(
        is_total(_spent(line)[0]) for one in section.sections[: places[-1]] for line in one.prose
    ):
        return None  # each stage has its own
    line, label, whole = stated[0]
    if MORE.search(label) or AVERAGE.search(label) or whole is None:
        return None
    name = section.title.text or found.name
    place = Place(line.number, ("stages", name, "effort"))
    return Sum(place, name, whole, (Reading(whole, known),), unsaid=True, of_time=True)


def _of_title(title: str) -> Amount | None:
    """Return the hours that a stage's title ends in, behind its name or in brackets."""
    name, inner, _ = last_bracket(title)
    said = (spent(text)[0] for text in (inner, re.split("[:：]", title)[-1].strip()))
    return next(filter(None, (_hours(name, text) for text in said if text)), None)


def _claim(found: Collected, section: Section, block: Block, after: Block) -> Sum | None:
    if not isinstance(block, Listing) or not isinstance(after, Paragraph) or not after.lines:
        return None
    label, whole = _spent(after.lines[0])
    parts = [_spent(entry.first)[1] for entry in block.entries]
    if not is_total(label) or MORE.search(label) or AVERAGE.search(label):
        return None
    if whole is None or len(parts) < MIN_LINES:
        return None
    known = tuple(part for part in parts if part is not None)
    name = section.title.text or found.name
    place = Place(after.line, ("lists", name, "effort"))
    reading = Reading(whole, known)
    return (
        Sum(place, name, whole, (reading,), unsaid=True, of_time=True)
        if len(known) == len(parts)
        else None
    )


def _spent(line: Line) -> tuple[str, Amount | None]:
    """Return the label of a line and its hours; None where it says anything else.

    Brackets may say the same in weeks: ``108 hours (2.7 weeks)``.
    """
    read_ = pair(line, loose=True)
    text, _ = spent(read_.value.strip("* ")) if read_ is not None else ("", "")
    if read_ is None or not text:
        return "", None
    return read_.label, _hours(read_.label, text)


def _hours(name: str, text: str) -> Amount | None:
    effort = parse_effort(text)
    about = not text[:1].isdecimal()
    if effort.unit != "hour" or (high := effort.in_unit.high) is None:
        return None
    hours = Range(_plain(effort.in_unit.low), _plain(high))
    return Amount(text, hours, effort.unit, approx=about, name=name)


def _plain(number: Decimal) -> Decimal:
    """Return hours as they were written, before they were minutes."""
    return round(number, 2) if number % 1 > Decimal("0.001") else Decimal(int(number))
