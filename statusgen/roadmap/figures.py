"""The figures of a roadmap that formulas may name: ``after.total``, ``hardening.running`` …"""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.base.target import Metric
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import stage_costs, table_sum
from statusgen.roadmap.dialect import Dialect, speaking
from statusgen.roadmap.formula import Formula
from statusgen.roadmap.model import Criterion, Roadmap, TimeUnit, When
from statusgen.roadmap.money import Period, Range
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.signs import Signs


def figure_names(roadmap: Roadmap) -> list[str]:
    """Return every name that a formula of this roadmap may use besides its own values."""
    names = [
        f"{table.id}.{kind}" for _, table in roadmap.tables() for kind in ("total", "annual", "sum")
    ]
    names += [
        f"{stage.id}.{kind}" for stage in roadmap.stages for kind in ("stated", "new", "running")
    ]
    return [*names, "weeks.stages", "weeks.next"]


def figures(roadmap: Roadmap) -> dict[str, Range]:
    """Return the value of every figure that there is, in the roadmap's currency.

    ``total`` and ``annual`` are what the author states under a table, ``sum`` what its lines give.
    """
    found: dict[str, Range | None] = {}
    for _, table in roadmap.tables():
        found[f"{table.id}.sum"] = _one(table_sum(roadmap, table), roadmap.currency)
        if table.total is not None:
            monthly, annual = table.total.monthly, table.total.annual
            found[f"{table.id}.total"] = monthly.monthly if monthly is not None else None
            found[f"{table.id}.annual"] = annual.amount if annual is not None else None
    for stage, costs in zip(roadmap.stages, stage_costs(roadmap), strict=True):
        found[f"{stage.id}.stated"] = stage.cost.stated.monthly if stage.cost else None
        if costs.dropped:
            continue
        found[f"{stage.id}.new"] = _one(costs.new, roadmap.currency)
        found[f"{stage.id}.running"] = _one(costs.running, roadmap.currency)
    found["weeks.stages"] = weeks(stage.when for stage in roadmap.stages)
    found["weeks.next"] = weeks(item.when for item in roadmap.next)
    return {name: value for name, value in found.items() if value is not None}


def formulas_of(roadmap: Roadmap, criterion: Criterion) -> tuple[Formula, ...]:
    """Return what a criterion's figure is derived from.

    One on the cost of a stage that says no formula is about what runs then, by the month, where
    it is stated in the roadmap's currency.
    """
    if criterion.formula or criterion.metric is not Metric.COST or criterion.stage is None:
        return criterion.formula
    if criterion.target.unit != roadmap.currency:
        return ()
    with speaking(Dialect(roadmap.numbers or "", Signs(roadmap.currency))):
        price = price_or_none(criterion.target.raw.lstrip("<>=≤≥‹› "))
    if price is None or any(term.every not in (None, Period.MONTH) for term in price.all_terms):
        return ()
    return (Formula("name", f"{criterion.stage}.running"),)


def weeks(windows: Iterable[When | None]) -> Range | None:
    """Count the weeks that windows cover, each once; None where one is open or not in weeks."""
    covered: set[int] = set()
    for window in windows:
        if window is None:
            continue
        if window.unit is not TimeUnit.WEEK or window.first is None or window.last is None:
            return None
        covered.update(range(window.first, window.last + 1))
    return Range.point(len(covered)) if covered else None


def _one(cost: Cost, currency: str) -> Range | None:
    """Return a cost's amount where it is complete and in this currency alone."""
    if cost.missing or set(cost.currencies) - {currency}:
        return None
    return cost.of(currency)
