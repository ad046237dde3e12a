"""A table of stages in a document whose headings name stages as well.

Its rows tell more of the same stages, or name those that have no heading of their own. A table of
another family (milestones beside phases) keeps its rows as stages of theirs, or as a timeline where
each has a time. What agrees with no stage is left to be kept as a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.importer.amounts import says_nothing
from statusgen.importer.found import Entity
from statusgen.importer.parted import unnumbered
from statusgen.importer.stage_table import StageRows, rows_of, told_sums
from statusgen.importer.staged import STAGE_WORDS, STEPS, Heading, numbered
from statusgen.importer.tree import Table, TableRow


@dataclass(frozen=True, slots=True)
class Known:
    """A stage that is read already, with its heading."""

    heading: Heading
    stage: Entity


def tell_stages(
    table: Table, name: str, known: Sequence[Known], roadmap: Entity
) -> list[Entity] | None:
    """Read a table into the stages that its rows name; return what else it gives.

    That is the stages of rows without a heading, or a timeline. None where the table is of
    something else; then nothing was changed.
    """
    found = rows_of(table)
    if found is None or found.word in STEPS or not _is_planned(found):
        return None
    if len(found.rows) + sum(1 for _ in told_sums(table)) < len(table.rows):
        return None  # some of its lines are of something else
    pairs = [(row, _match(found, row, known)) for row in found.rows]
    matched = [(row, one) for row, one in pairs if one is not None]
    if len({id(one) for _, one in matched}) < len(matched):
        return None
    if not matched:
        return None if found.shape.prices else _of_others(found, name, known, roadmap)
    if not _are_same(found, matched, len(pairs), known):
        return None
    others = [row for row, one in pairs if one is None]
    if not all(_is_numbered(found, row, matched[0][1]) for row in others):
        return None
    if not found.shape.prices:  # else the table stays one of costs
        for row, one in matched:
            found.tell(row, one.stage)
        roadmap.add("notes", *told_sums(table))
    return [found.stage(row) for row in others]


def place(roadmap: Entity, stage: Entity) -> None:
    """Put a stage between those of the headings, by its number where that tells."""
    stages, own = roadmap.parts("stages"), _place(stage)
    later = (at for at, other in enumerate(stages) if -1 < own < _place(other))
    at = next(later, len(stages))
    roadmap.fields["stages"] = [*stages[:at], stage, *stages[at:]]


def _place(stage: Entity) -> int:
    """Return the number of a stage where that is one, else -1."""
    number = stage.text("number")
    return int(number) if number.isdecimal() and len(number) < 4 else -1


def _are_same(
    found: StageRows, matched: Sequence[tuple[TableRow, Known]], count: int, known: Sequence[Known]
) -> bool:
    """Whether a table is of the stages of the headings: it names all of them, or they most rows.

    The phases of an old plan are numbered like those of the new one, so names have to agree.
    """
    family = matched[0][1].heading.family
    alike = [one for one in known if one.heading.family == family]
    agreed = sum(_agree(found, row, one) for row, one in matched)
    whole = len(matched) == len(alike) or 2 * len(matched) > count
    return whole and 2 * agreed >= len(matched)


def _is_numbered(found: StageRows, row: TableRow, one: Known) -> bool:
    """Whether a row without a heading names a stage of the same family; of costs, by its word."""
    family, number = _numbered(found, row)
    worded = numbered(row.cells[found.at].text.strip(" *_")) is not None
    return bool(number) and family == one.heading.family and (worded or not found.shape.prices)


def _is_planned(found: StageRows) -> bool:
    return bool(found.fields.keys() & {"when", "due", "status", "duration", "items"})


def _match(found: StageRows, row: TableRow, known: Sequence[Known]) -> Known | None:
    """Return the stage that a row names: by its number in the same family, or by its name."""
    family, number = _numbered(found, row)
    name = _name(found, row)
    for one in known:
        same = number and (one.heading.family, one.heading.number) == (family, number)
        if same or (name and name == one.stage.text("name").casefold()):
            return one
    return None


def _numbered(found: StageRows, row: TableRow) -> tuple[str, str]:
    """Return the family and the number of the stage in a row: of its cell, or of the header."""
    text = row.cells[found.at].text.strip(" *_")
    if (head := numbered(text)) is not None:
        return head.family, head.number
    number = text if text.strip(".").isdecimal() else unnumbered(text)[0]
    return found.word, number.strip(".")


def _name(found: StageRows, row: TableRow) -> str:
    text = row.cells[found.named].text.strip(" *_")
    head = numbered(text)
    return (head.name if head is not None else unnumbered(text)[1]).casefold()


def _agree(found: StageRows, row: TableRow, one: Known) -> bool:
    """Whether a row and a stage can be one: their names share a word, or one has none."""
    mine, own = (_words(text) for text in (_name(found, row), one.stage.text("name")))
    return not mine or not own or bool(mine & own)


def _words(text: str) -> set[str]:
    low = text.casefold()
    if (head := numbered(low)) is not None and head.name == low:
        return set()
    spaced = {word for word in re.findall(r"[^\W\d_]{3,}", low) if word not in STAGE_WORDS}
    return spaced | {low[at : at + 2] for at in range(len(low) - 1) if low[at] > "\u2e80"}


def _of_others(
    found: StageRows, name: str, known: Sequence[Known], roadmap: Entity
) -> list[Entity] | None:
    """Read the rows as stages of another family, or as a timeline where each row has its time."""
    if found.word not in STAGE_WORDS or found.word in {one.heading.family for one in known}:
        return None
    told = [_numbered(found, row) for row in found.rows]
    if not all(number for _, number in told) or len({*told}) < len(told):
        return None
    roadmap.add("notes", *told_sums(found.shape.table))
    if found.says_when:
        timeline = Entity("timeline", found.shape.table.line, {"name": name})
        timeline.add("entries", *(_window(found, row) for row in found.rows))
        return [timeline]
    stages = []
    for row, (family, number) in zip(found.rows, told, strict=True):
        stage = found.stage(row)
        stage.fields["number"] = f"{family.title()} {number}"
        stages.append(stage)
    return stages


def _window(found: StageRows, row: TableRow) -> Entity:
    """Read a row as a window of a timeline; its other cells are remarks."""
    index = found.fields.get("when", found.fields.get("due", 0))
    window = Entity("window", row.line, {"when": row.cells[index].text, "steps": []})
    window.set("name", row.cells[found.at].text)
    for place, cell in enumerate(row.cells):
        if place not in (index, found.at) and not says_nothing(cell.text):
            window.add("notes", f"{found.shape.table.header[place].text}: {cell.text}")
    return window
