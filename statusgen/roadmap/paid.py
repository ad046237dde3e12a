"""What is paid for at a stage, line by line: its own and what it carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import row_cost
from statusgen.roadmap.model import Basis, Roadmap


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One line of a stage's bill, as it is planned."""

    name: str
    service: str
    """What is bought, where it is not called as the item is."""
    vendor: str
    told: str
    """With the stage or the table that it comes from."""
    sku: str
    cost: Cost


def paid_lines(roadmap: Roadmap, costs: Sequence[StageCost]) -> Iterator[PaidLine]:
    """Yield what is paid for in the last of these stages: its own lines and those it carries.

    A stage that changes a stack carries that stack, and nothing of the stages before.
    """
    stages = {each.id: each for each in roadmap.stages}
    tables = {table.id: table for _, table in roadmap.tables()}
    begins = 0
    stack: Sequence[PaidLine] = ()
    for number, cost in enumerate(costs):
        stated = stages[cost.stage].cost
        if stated is not None and stated.basis is Basis.CHANGE and stated.base in tables:
            table = tables[stated.base]
            begins = number
            stack = [
                PaidLine(
                    row.name,
                    row.name,
                    row.name,
                    f"{table.name}: {row.name}",
                    table.id,
                    row_cost(row),
                )
                for row in table.rows
            ]
    yield from stack
    for cost in costs[begins:]:
        stage = stages[cost.stage]
        for item in cost.counted:
            service = item.item.service
            chosen = item.item.chosen.option if item.item.chosen else ""
            option = next((one.name for one in item.item.options if one.id == chosen), "")
            for line in item.lines:
                paid = line.need or service
                vendor = (paid.vendor if paid is not None else "") or line.name
                bought = (paid.name if paid is not None else option) or line.name
                told = f"{stage.name}: {line.name}"
                yield PaidLine(line.name, bought, vendor, told, stage.id, line.cost)
