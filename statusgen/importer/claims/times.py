"""A total of how long the lines of a table take: weeks, days, hours, each in one unit.

What takes weeks may run beside something else, so a total that misses is no more than asked about,
and not even that where the document speaks of parallel work, of overlaps or of a reserve.
"""

from __future__ import annotations

import re
from dataclasses import replace

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.columns import Columns
from statusgen.importer.claims.figures import NO_SUM
from statusgen.importer.claims.prose import spoken
from statusgen.importer.headers import AVERAGE, MORE
from statusgen.importer.spent import NO_EFFORT, measured
from statusgen.importer.staged import reads
from statusgen.importer.table_columns import columns as read_columns
from statusgen.roadmap.claims import Amount, Place, Reading, Sum
from statusgen.roadmap.model import parse_effort
from statusgen.roadmap.vocabulary import words


def claim_of(found: Collected, name: str, columns: Columns) -> Sum | None:
    """Return what the one total of a table claims of its column of efforts; None where it is none.

    Every line says in one unit how long it takes, and none is optional.
    """
    index = read_columns(columns.table).roles.get("effort")
    if not index or len(columns.totals) != 1 or columns.unnamed or columns.optional:
        return None
    if NO_EFFORT.search(columns.headers[index]):
        return None
    total, label = columns.totals[0], columns.labels[columns.totals[0]]
    rows = columns.body(0, total)
    if total != len(columns.labels) - 1 or len(rows) < 2:
        return None
    parts = [_spent(columns, index, row) for row in rows]
    whole = _spent(columns, index, total)
    if whole.amount is None or {part.currency for part in parts} != {whole.currency}:
        return None
    if (
        NO_SUM.search(label)
        or MORE.search(label)
        or AVERAGE.search(label)
        or overlaps(found, columns)
    ):
        return None
    place = Place(columns.table.rows[total].line, ("tables", name, columns.headers[index], "total"))
    return Sum(place, name, whole, (Reading(whole, tuple(parts)),), of_time=True)


def is_elapsed(stated: Amount) -> bool:
    """Whether an amount counts weeks or longer, of which some may run at the same time."""
    return reads(parse_effort, stated.text) and parse_effort(stated.text).unit in _ELAPSED


def is_kept(stated: Amount, header: str) -> bool:
    """Whether a column of weeks says how long something is kept or waited for: *Lead time*."""
    return is_elapsed(stated) and bool(NO_EFFORT.search(header))


_ELAPSED = frozenset({"week", "month", "year"})


def _spent(columns: Columns, index: int, row: int) -> Amount:
    """Read a cell as how long its line takes, in the unit that it names."""
    text = measured(columns.table.rows[row].cells[index].text.strip("* "), columns.headers[index])
    if not reads(parse_effort, text):
        return Amount(text, None)
    effort = parse_effort(text)
    about = not text[:1].isdecimal()
    read = Amount(text, effort.in_unit, effort.unit, approx=about)
    return replace(read, name=columns.labels[row])


def overlaps(found: Collected, columns: Columns) -> bool:
    """Whether the document says somewhere that its parts overlap, or that there is a reserve."""
    cells = (cell.text for row in columns.table.rows for cell in row.cells)
    return any(map(_BESIDE.search, cells)) or speaks_of_overlap(found)


def speaks_of_overlap(found: Collected) -> bool:
    """Whether the running text or a heading says so."""
    said = (line.text for line in spoken(found.root))
    titles = (section.title.text for section in found.root.walk())
    return any(map(_BESIDE.search, (*said, *titles)))


_BESIDE = re.compile("|".join(map(re.escape, words("overlapping"))), re.I)
