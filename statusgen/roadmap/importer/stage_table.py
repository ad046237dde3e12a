"""A table whose rows are the stages: ``| Phase | When | Goal | Cost |``."""

from __future__ import annotations

import re

from statusgen.roadmap.importer.amounts import is_total, says_nothing
from statusgen.roadmap.importer.found import Entity
from statusgen.roadmap.importer.headers import SAVED
from statusgen.roadmap.importer.inline import Line
from statusgen.roadmap.importer.pieces import status_of
from statusgen.roadmap.importer.staged import about, numbered, reads
from statusgen.roadmap.importer.tables import Columns, columns
from statusgen.roadmap.importer.tree import Table, TableRow
from statusgen.roadmap.model import parse_trigger, parse_when

_STAGES = re.compile(
    r"(phases?|stages?|milestones?|priority|priorities|waves?|releases?|horizons?)"
)
_FIELDS = {
    "when": r"when|timeline|timing|schedule|due( date)?|weeks?|months?|dates?|target date|eta",
    "trigger": r"triggers?|users|scale|when to start|condition",
    "status": r"status|state|progress",
    "goal": r"goals?|focus|objectives?|description|scope|outcomes?|theme|purpose|name|title",
    "items": r"(key )?(deliverables?|items?|work|tasks?|activities|actions|features|includes)",
}
"""Fields of a stage, and the headers of their columns."""

_SEPARATORS = re.compile(r"\s*(?:;|•|\s·\s|<br\s*/?>)\s*")


def stages_of(table: Table) -> list[Entity]:
    """Read each row as a stage; nothing for any other table."""
    if len(table.rows) < 2 or not _STAGES.fullmatch(_plain(table.header[0].text)):
        return []
    shape = columns(table)
    fields: dict[str, int] = {}
    for index, header in enumerate(table.header[1:], 1):
        names = [name for name, text in _FIELDS.items() if re.fullmatch(text, _plain(header.text))]
        if names and index not in shape.prices:
            fields.setdefault(names[0], index)
    if not fields and not shape.prices:
        return []
    return [_stage(shape, row, fields) for row in table.rows if not is_total(row.cells[0].text)]


def _plain(text: str) -> str:
    return re.sub(r"\s*\(.*\)", "", text).strip(" .…?:*#").lower()


def _stage(shape: Columns, row: TableRow, fields: dict[str, int]) -> Entity:
    first = row.cells[0]
    head = numbered(first.text)
    stage = Entity("stage", row.line, {"name": first.text or f"Row {row.line}", "items": []})
    if head is not None:
        stage.fields["name"] = head.name
        stage.set("number", head.number)
        if head.bracket:
            field, value = about(head.bracket)
            stage.set(field if field != "duration" else "reason", value)
    stage.set("marker", first.mark)
    left = set(range(1, len(row.cells))) - set(shape.prices)
    for name, index in fields.items():
        if _give(stage, name, row.cells[index]):
            left.discard(index)
    for index in shape.prices:
        _give_price(shape, row, stage, index)
    for index in sorted(left):
        if not says_nothing(row.cells[index].text):
            stage.add("notes", f"{shape.table.header[index].text}: {row.cells[index].text}")
    return stage


def _give(stage: Entity, name: str, cell: Line) -> bool:
    """Give a cell to its field; False where the field does not take it."""
    text = cell.text
    if says_nothing(text):
        return True
    if name == "status":
        return stage.set("status", status_of(re.sub(r"^\W+", "", text)) or status_of(text))
    if name == "when":
        return reads(parse_when, text) and stage.set("when", text)
    if name == "trigger":
        return reads(parse_trigger, text) and stage.set("trigger", text)
    if name == "goal":
        return stage.set("goal", text)
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    if len(pieces) == 1:
        pieces = [piece.strip() for piece in re.split(r",\s+(?![^()]*\))", text) if piece.strip()]
    stage.add("items", *(Entity("item", cell.number, {"name": piece}) for piece in pieces))
    return True


def _give_price(shape: Columns, row: TableRow, stage: Entity, index: int) -> None:
    header, price = shape.table.header[index].text, shape.price(row, index)
    if not price:
        if not says_nothing(row.cells[index].text):
            stage.add("notes", f"{header}: {row.cells[index].text}")
    elif SAVED.search(header):
        saved = price if price.startswith(("-", "+", "−")) else f"-{price}"
        stage.set("cost_impact", Entity("stated", row.line, {"stated": saved}))
    elif not stage.set("cost", Entity("stated", row.line, {"stated": price})):
        stage.add("notes", f"{header}: {price}")
