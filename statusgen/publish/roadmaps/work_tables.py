"""What the pages show as cards and lists, as tables for a spreadsheet."""

from __future__ import annotations

from statusgen.publish.roadmaps.addresses import part_name
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import Money
from statusgen.roadmap.costs import option_cost
from statusgen.roadmap.model import Item, Option


def options_table(dossier: Dossier) -> Table:
    """Return every option of every item."""
    rows = tuple(
        (
            Cell(item.name),
            Cell(option.name),
            Cell(_state(item, option)),
            _price(option),
            Cell(option.when or option.qualifier),
            Cell("; ".join(option.pros.phrases)),
            Cell("; ".join(option.cons.phrases)),
        )
        for _, item in dossier.roadmap.items()
        for option in item.options
    )
    titles = ("Item", "Option", "State", "Price", "When", "For", "Against")
    columns = tuple(Column(title) for title in titles)
    return Table(name="options", title="All options", columns=columns, rows=rows)


def _price(option: Option) -> Cell:
    """Return the price as written, with what it comes to a month."""
    if option.price is None:
        return Cell("")
    cost = option_cost(option)
    return Cell(str(option.price), value=Money(cost.plain, cost.missing, option.price.raw))


def _state(item: Item, option: Option) -> str:
    if item.chosen and item.chosen.option == option.id:
        return "chosen"
    return "recommended" if option.recommended else "candidate"


def checkpoints_table(dossier: Dossier) -> Table:
    """Return every line of every checklist."""
    rows = tuple(
        (
            Cell(checklist.name),
            Cell(group.name),
            Cell(point.text),
            Cell("done" if group.is_done(point) else "to do"),
            Cell(point.note),
            Cell(part_name(dossier.roadmap, point.item) if point.item else ""),
        )
        for checklist in dossier.roadmap.checklists
        for group in checklist.groups
        for point in group.points
    )
    titles = ("List", "Group", "Point", "State", "Note", "Item")
    columns = tuple(Column(title) for title in titles)
    return Table(name="checklists", title="All checklists", columns=columns, rows=rows)
