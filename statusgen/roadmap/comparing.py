"""Two stacks of a comparison: which lines belong together, and what is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import row_cost
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.model import Comparison, Row
from statusgen.roadmap.money import Range


@dataclass(frozen=True, slots=True)
class Pair:
    """The lines of both sides that are for one thing."""

    item: str
    """The item's id; empty for a line that belongs to none."""
    before: tuple[Row, ...]
    after: tuple[Row, ...]

    @property
    def cost_before(self) -> Cost | None:
        """What the lines of the first stack come to; None where it has none."""
        return total(map(row_cost, self.before)) if self.before else None

    @property
    def cost_after(self) -> Cost | None:
        """What the lines of the second stack come to; None where it has none."""
        return total(map(row_cost, self.after)) if self.after else None


def paired(comparison: Comparison) -> tuple[Pair, ...]:
    """Bring the lines of both sides together by the first item that they are for."""
    pairs: dict[str, tuple[str, list[Row], list[Row]]] = {}
    for side, table in enumerate((comparison.before, comparison.after), 1):
        for number, row in enumerate(table.rows):
            key = row.items[0].partition("/")[0] if row.items else f"{side}.{number}"
            pair = pairs.setdefault(key, (key if row.items else "", [], []))
            pair[side].append(row)  # type: ignore[union-attr]
    return tuple(Pair(item, tuple(before), tuple(after)) for item, before, after in pairs.values())


@dataclass(frozen=True, slots=True)
class Figure:
    """A derived figure with its arithmetic."""

    value: Range
    shown: str


@dataclass(frozen=True, slots=True)
class Savings:
    """What the second stack saves, in the roadmap's currency."""

    month: Figure
    year: Figure
    share: Figure | None
    """Of the whole, 0 to 1; None where nothing was paid before."""


def savings(comparison: Comparison, known: Mapping[str, Range]) -> Savings | None:
    """Return what is saved, from the sums of the lines.

    ``known`` are the roadmap's figures. None where a side's lines cannot be added in the roadmap's
    currency, have no upper end, or are not meant to be added.
    """
    if comparison.before.sums is False or comparison.after.sums is False:
        return None
    before = known.get(f"{comparison.before.id}.sum")
    after = known.get(f"{comparison.after.id}.sum")
    if before is None or after is None or before.high is None or after.high is None:
        return None
    values = {"before": before, "after": after}
    share = _figure("1 - after / before", values) if before.low > 0 else None
    month, year = (_figure(text, values) for text in ("before - after", "12 * (before - after)"))
    return Savings(month, year, share)


def _figure(text: str, values: Mapping[str, Range]) -> Figure:
    formula = parse_formula(text)
    return Figure(formula.value(values), formula.shown(values))
