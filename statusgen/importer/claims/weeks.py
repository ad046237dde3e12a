"""A stated total of weeks, and the weeks that headings and lists name."""

from __future__ import annotations

import re
from decimal import Decimal

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken
from statusgen.roadmap.claims import Weeks

_WEEKS = re.compile(
    r"(?P<total>\d{1,3})\s+weeks(?:\s*\((?P<months>\d{1,2}(?:\.\d)?)\s+months\))?", re.I
)
_WINDOW = re.compile(r"\bweeks?\s+(?P<first>\d{1,3})(?:\s*[-–]\s*(?P<last>\d{1,3}))?\b", re.I)
_WHOLE = re.compile(r"\btotal\b|\boverall\b|altogether", re.I)


def read(found: Collected, lines: list[Spoken]) -> None:
    """Read the one total that a document states; nothing where its windows leave gaps."""
    weeks: set[int] = set()
    totals: list[tuple[Spoken, re.Match[str]]] = []
    for line in lines:
        for match in _WINDOW.finditer(line.text):
            first = int(match["first"])
            weeks.update(range(first, int(match["last"] or first) + 1))
        stated = _WEEKS.search(line.text)
        if stated and _WHOLE.search(line.text):
            totals.append((line, stated))
    if not weeks or len(totals) != 1 or sorted(weeks) != list(range(1, len(weeks) + 1)):
        return
    line, stated = totals[0]
    months = Decimal(stated["months"]) if stated["months"] else None
    place = line.place("weeks")
    found.claims.sentences.append(
        Weeks(place, stated[0], int(stated["total"]), len(weeks), months or None)
    )
