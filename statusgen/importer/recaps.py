"""A table whose lines are the totals of others: what it says is paid once."""

from __future__ import annotations

from statusgen.importer.found import Entity
from statusgen.importer.summed import amount_of
from statusgen.roadmap.claims import Amount


def sum_up(roadmap: Entity) -> None:
    """Take a table of costs for a summary where each of its lines is the total of another one.

    Of a table that is read as several, a column each, all have to be such.
    """
    stacks = roadmap.parts("stacks")
    found = [table for table in stacks if _is_recap(table, stacks)]
    lines = {one.line for one in stacks if one not in found}
    found = [table for table in found if table.line not in lines]
    for table in found:
        table.kind = "summary"
    if found:
        roadmap.fields["stacks"] = [one for one in stacks if one.kind != "summary"]
        roadmap.add("summaries", *found)


def _is_recap(table: Entity, stacks: list[Entity]) -> bool:
    lines = [amount_of(row.text("monthly")) for row in table.parts("rows")]
    totals = [_total(other) for other in stacks if other.line != table.line]
    return len(lines) > 1 and "stage" not in table.fields and _are_all(lines, totals)


def _total(table: Entity) -> Amount:
    whole = table.fields.get("total")
    return amount_of(whole.text("monthly") if isinstance(whole, Entity) else "")


def _are_all(lines: list[Amount], totals: list[Amount]) -> bool:
    """Whether each line is the total of a table of its own."""
    left = [(one.amount, one.currency) for one in totals if one.amount is not None]
    for line in lines:
        if line.amount is None or (line.amount, line.currency) not in left:
            return False
        left.remove((line.amount, line.currency))
    return True
