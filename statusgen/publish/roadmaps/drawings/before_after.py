"""The two stacks of a comparison, line against line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from statusgen.draw.before_after import draw_before_after
from statusgen.draw.figure import Diagram
from statusgen.draw.model import BeforeAfter, BeforeAfterRow
from statusgen.publish.roadmaps.addresses import part_path, section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, amounts
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.comparing import Pair, paired
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.exchange import in_one
from statusgen.roadmap.model import Comparison, CostTable, Roadmap, Row


def before_after(dossier: Dossier, comparison: Comparison) -> Drawing | None:
    """Draw a comparison; None where a line is no single amount of the roadmap's currency.

    The drawing adds each side up: there is none where the lines are not meant to be added.
    """
    if comparison.before.sums is False or comparison.after.sums is False:
        return None
    pairs = paired(comparison)
    for pair in pairs:
        for side in (pair.cost_before, pair.cost_after):
            if side is not None and _amount(side, dossier.roadmap) is None:
                return None

    often = _often(comparison.before.rows) | _often(comparison.after.rows)

    def draw(to: To, prefix: str) -> Diagram:
        rows = tuple(_row(dossier, pair, to, often) for pair in pairs)
        picture = BeforeAfter(
            title=comparison.name,
            rows=rows,
            before_name=comparison.before.name,
            after_name=comparison.after.name,
            stated_before=_stated(comparison.before),
            stated_after=_stated(comparison.after),
            symbol=amounts.symbol(dossier.roadmap),
            words=dossier.words,
        )
        return draw_before_after(picture, prefix)

    name = f"compare-{comparison.id}"
    parts = ("line", "dots", "arrows")
    reading = tuple(dossier.words.say(f"drawings.compare-read-{part}") for part in parts)
    held = tuple(f"{name}: {', '.join(notes)}." for name, notes in often.items())
    return Drawing(name, section_path(dossier.id, "compare"), draw, (*reading, *held))


def _often(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return the names that stand in three lines or more, each with its notes.

    A diagram tells such lines by their notes, and beside it once what they are of.
    """
    notes: dict[str, list[str]] = {}
    for row in rows:
        notes.setdefault(row.name, []).append(row.note)
    return {name: own for name, own in notes.items() if len(own) > 2 and all(own)}


def _row(
    dossier: Dossier, pair: Pair, to: To, often: Mapping[str, Sequence[str]]
) -> BeforeAfterRow:
    path = part_path(dossier.roadmap, pair.item) if pair.item else ""
    found = dossier.roadmap.item(pair.item) if pair.item else None
    return BeforeAfterRow(
        name=found.name if found else _names(pair.before or pair.after, often),
        before=_amount(pair.cost_before, dossier.roadmap),
        after=_amount(pair.cost_after, dossier.roadmap),
        before_name=_names(pair.before, often),
        after_name=_names(pair.after, often),
        href=to(path) if path else "",
    )


def _names(rows: Iterable[Row], often: Collection[str]) -> str:
    return " + ".join(
        row.note if row.name in often else row.name + (f" ({row.note})" if row.note else "")
        for row in rows
    )


def _amount(cost: Cost | None, plan: Roadmap) -> Decimal | None:
    if cost is None:
        return None
    cost = in_one(cost, plan.rates, plan.currency)
    value = cost.of(plan.currency)
    if cost.missing or set(cost.currencies) - {plan.currency} or not value.is_point:
        return None
    return value.low


def _stated(table: CostTable) -> Decimal | None:
    price = table.total.monthly if table.total else None
    if price is None or price.amount is None or not price.amount.is_point:
        return None
    return price.amount.low
