"""Lists of work whose hours a line below them adds up: ``**Total**: 454 hours``."""

from __future__ import annotations

from itertools import pairwise

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.times import speaks_of_overlap
from statusgen.importer.headers import AVERAGE, MORE
from statusgen.importer.inline import Line
from statusgen.importer.spent import spent
from statusgen.importer.tree import Block, Listing, Paragraph, Section
from statusgen.importer.words import pair
from statusgen.roadmap.claims import Amount, Place, Reading, Sum
from statusgen.roadmap.model import parse_effort

MIN_LINES = 3
"""Of two efforts a third may be anything."""


def read(found: Collected, section: Section) -> None:
    """Read each list of a section whose every line is one label and its hours.

    Hours are work, which adds up; nothing is read where a document speaks of work side by side.
    """
    for block, after in pairwise(section.blocks):
        claim = _claim(found, section, block, after)
        if claim is not None and not speaks_of_overlap(found):
            found.claims.sums.append(claim)


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
    return Sum(place, name, whole, (reading,), of_time=True) if len(known) == len(parts) else None


def _spent(line: Line) -> tuple[str, Amount | None]:
    """Return the label of a line and its hours; None where it says anything else.

    Brackets may say the same in weeks: ``108 hours (2.7 weeks)``.
    """
    read_ = pair(line, loose=True)
    text, _ = spent(read_.value.strip("* ")) if read_ is not None else ("", "")
    if read_ is None or not text or (effort := parse_effort(text)).unit != "hour":
        return "", None
    about = not text[:1].isdecimal()
    named = Amount(text, effort.in_unit, effort.unit, approx=about, name=read_.label)
    return read_.label, named
