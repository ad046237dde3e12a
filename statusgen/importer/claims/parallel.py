"""How long old and new run side by side: said for the whole, and again for one part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken
from statusgen.roadmap.claims import Durations
from statusgen.roadmap.vocabulary import grouped, pattern, words

_DAYS = {"day": 1, "week": 7, "month": 30}
_UNITS = {unit: pattern(grouped("period")[unit]) for unit in _DAYS}
_LENGTH = re.compile(
    r"(?<![\w.,])(?P<low>\d{1,3})(?:\s?[-–]\s?(?P<high>\d{1,3}))?[\s-]?"
    rf"(?:(?P<day>{_UNITS['day']})|(?P<week>{_UNITS['week']})|(?P<month>{_UNITS['month']}))",
    re.I,
)
_PARALLEL = re.compile(rf"(?<!\w)(?:{pattern(words('parallel'))})", re.I)


def read(found: Collected, lines: list[Spoken]) -> None:
    """Hold what one part of the plan says against what is said of all of it.

    Two parts may well differ; nothing is read where either side is said several times.
    """
    within = {
        id(below)
        for section in found.root.walk()
        if id(section) in found.stages.sections
        for below in section.walk()
    }
    said = [(line, length) for line in lines for length in _lengths(line.text)]
    parts = [one for one in said if id(one[0].section) in within]
    whole = [one for one in said if id(one[0].section) not in within]
    if len(parts) != 1 or len(whole) != 1:
        return
    (part, (there, one)), (line, (here, two)) = parts[0], whole[0]
    place = line.place("side-by-side")
    same = one[0] <= two[1] and two[0] <= one[1]
    name = line.section.title.text or found.name
    found.claims.sentences.append(
        Durations(place, name, here, there, part.line.number, overlap=same)
    )


def _lengths(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the one length of a line about running both, as written and in days."""
    matches = list(_LENGTH.finditer(text)) if _PARALLEL.search(text) else []
    if len(matches) != 1:
        return
    match = matches[0]
    days = next(days for unit, days in _DAYS.items() if match[unit])
    low = int(match["low"]) * days
    yield match[0], (low, int(match["high"] or match["low"]) * days)
