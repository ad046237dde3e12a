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
            Cell(dossier.words.say(f"roadmap.option-{_state(item, option)}")),
            _price(option),
            Cell(option.when or option.qualifier),
            Cell("; ".join(option.pros.phrases)),
            Cell("; ".join(option.cons.phrases)),
        )
        for _, item in dossier.roadmap.items()
        for option in item.options
    )
    names = ("item", "option", "state", "price", "when", "for", "against")
    say = dossier.words.say
    columns = tuple(Column(say(f"roadmap.column-{name}")) for name in names)
    title = say("roadmap.all-options")
    return Table(name="options", title=title, columns=columns, rows=rows)


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
    say = dossier.words.say
    rows = tuple(
        (
            Cell(checklist.name),
            Cell(group.name),
            Cell(point.text),
            Cell(say(f"roadmap.point-{'done' if group.is_done(point) else 'open'}")),
            Cell(point.note),
            Cell(part_name(dossier.roadmap, point.item) if point.item else ""),
        )
        for checklist in dossier.roadmap.checklists
        for group in checklist.groups
        for point in group.points
    )
    names = ("list", "group", "point", "state", "note", "item")
    columns = tuple(Column(say(f"roadmap.column-{name}")) for name in names)
    title = say("roadmap.all-checklists")
    return Table(name="checklists", title=title, columns=columns, rows=rows)
