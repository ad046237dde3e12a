"""The two stacks of a comparison, line against line."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from statusgen.draw.before_after import draw_before_after
from statusgen.draw.figure import Diagram
from statusgen.draw.model import BeforeAfter, BeforeAfterRow
from statusgen.publish.roadmaps.addresses import part_path, section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, amounts
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.cost import total
from statusgen.roadmap.costs import row_cost
from statusgen.roadmap.model import Comparison, CostTable, Row


def before_after(dossier: Dossier, comparison: Comparison) -> Drawing | None:
    """Draw a comparison; None where a line is no single amount of the roadmap's currency."""
    currency = dossier.roadmap.currency
    pairs = _pairs(comparison)
    for _, before, after in pairs:
        for side in (before, after):
            if side and _amount(side, currency) is None:
                return None

    def draw(to: To, prefix: str) -> Diagram:
        rows = tuple(_row(dossier, pair, to) for pair in pairs)
        picture = BeforeAfter(
            title=comparison.name,
            rows=rows,
            before_name=comparison.before.name,
            after_name=comparison.after.name,
            stated_before=_stated(comparison.before),
            stated_after=_stated(comparison.after),
            symbol=amounts.symbol(dossier.roadmap),
        )
        return draw_before_after(picture, prefix)

    name = f"compare-{comparison.id}"
    return Drawing(name, section_path(dossier.id, "compare"), draw, _READING)


_READING = (
    "One line for each service, the largest change first.",
    "The grey dot is what it costs before, the blue one what it costs after.",
    "An arrow to the left saves money, one to the right costs more; a dashed one ends or begins.",
)


_Pair = tuple[str, list[Row], list[Row]]
"""An item's id, or the name of a line that belongs to none; the lines of either side."""


def _pairs(comparison: Comparison) -> list[_Pair]:
    """Bring the lines of both sides together by the first item that they are for."""
    pairs: dict[str, _Pair] = {}
    for side, table in enumerate((comparison.before, comparison.after), 1):
        for number, row in enumerate(table.rows):
            key = row.items[0].partition("/")[0] if row.items else f"{side}.{number}"
            name = key if row.items else ""
            pair = pairs.setdefault(key, (name, [], []))
            (pair[1] if side == 1 else pair[2]).append(row)
    return list(pairs.values())


def _row(dossier: Dossier, pair: _Pair, to: To) -> BeforeAfterRow:
    item, before, after = pair
    path = part_path(dossier.roadmap, item) if item else ""
    found = dossier.roadmap.item(item) if item else None
    currency = dossier.roadmap.currency
    return BeforeAfterRow(
        name=found.name if found else _names(before or after),
        before=_amount(before, currency) if before else None,
        after=_amount(after, currency) if after else None,
        before_name=_names(before),
        after_name=_names(after),
        href=to(path) if path else "",
    )


def _names(rows: Iterable[Row]) -> str:
    return " + ".join(row.name + (f" ({row.note})" if row.note else "") for row in rows)


def _amount(rows: Iterable[Row], currency: str) -> Decimal | None:
    cost = total(row_cost(row) for row in rows)
    value = cost.of(currency)
    if cost.missing or set(cost.currencies) - {currency} or not value.is_point:
        return None
    return value.low


def _stated(table: CostTable) -> Decimal | None:
    price = table.total.monthly if table.total else None
    if price is None or price.amount is None or not price.amount.is_point:
        return None
    return price.amount.low
