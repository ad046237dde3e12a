"""A comparison against its plan: COST013 (missing), COST014 (unexplained), COST022 (twice)."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.roadmap.audit.agree import agrees, gap
from statusgen.roadmap.audit.context import Audit
from statusgen.roadmap.audit.finding import Finding, Severity, Verdict
from statusgen.roadmap.cost import total
from statusgen.roadmap.costs import row_cost, service_cost
from statusgen.roadmap.model import Comparison, CostTable, Item, Path, Row, Service
from statusgen.roadmap.money import ZERO, Range, format_money, format_range


def check(audit: Audit) -> Iterator[Finding]:
    """Hold both sides of every comparison against the migrations of the plan."""
    for index, comparison in enumerate(audit.roadmap.comparisons):
        for side in ("before", "after"):
            path: Path = ("comparisons", index, side)
            table = getattr(comparison, side)
            yield from _lines(audit, path, table, side)
            yield from _items(audit, path, comparison, side)


def _services(item: Item, side: str) -> tuple[Service, ...]:
    return item.moves_from if side == "before" else item.moves_to


def _lines(audit: Audit, path: Path, table: CostTable, side: str) -> Iterator[Finding]:
    for number, row in enumerate(table.rows):
        if not row.items:
            word = "replaces" if side == "before" else "introduces"
            yield audit.finding(
                "COST014",
                (*path, "rows", number),
                f"tables.{table.id}.{row.name}",
                Verdict.OPEN,
                f"{table.name}: {row.name} has a line, but no item of the plan {word} it",
                stated=row.monthly or "",
            )


def _items(audit: Audit, path: Path, comparison: Comparison, side: str) -> Iterator[Finding]:
    table: CostTable = getattr(comparison, side)
    currency = audit.roadmap.currency
    for at, item in audit.roadmap.items():
        services = _services(item, side)
        if not services:
            continue
        rows = [(n, row) for n, row in enumerate(table.rows) if item.id in row.items]
        ranges = _costs(rows[0][1] if rows else None, services, currency)
        if not ranges:
            continue
        if rows:
            yield from _within(audit, (*path, "rows", rows[0][0]), table, item, rows, ranges)
        elif all(amount != ZERO for amount in ranges):
            yield _absent(audit, at, table, item, services, ranges, side)


def _costs(row: Row | None, services: tuple[Service, ...], currency: str) -> list[Range]:
    """Return what the alternatives cost: those that the line names, else all."""
    named = [
        service for service in services if row and row.name.lower().startswith(service.name.lower())
    ]
    costs = [service_cost(service) for service in named or services]
    return [cost.of(currency) for cost in costs if not cost.missing]


def _within(
    audit: Audit,
    path: Path,
    table: CostTable,
    item: Item,
    rows: list[tuple[int, Row]],
    ranges: list[Range],
) -> Iterator[Finding]:
    code = audit.roadmap.currency
    stated = total(row_cost(row) for _, row in rows).of(code)
    fits = [Range(amount.low, amount.high) for amount in ranges if amount.holds(stated)]
    fits += [amount for amount in ranges if agrees(amount, stated) is Verdict.HOLDS]
    names = " + ".join(row.name for _, row in rows)
    shown = " or ".join(dict.fromkeys(format_range(code, amount) for amount in ranges))
    if fits:
        verdict, message = Verdict.HOLDS, f"{table.name}: {names} lies in the plan's {shown}"
    else:
        verdict = Verdict.CONTRADICTED
        distance, side = min(gap(amount, stated) for amount in ranges)
        message = (
            f"{table.name}: {names} costs {format_range(code, stated)} here, {shown} in the plan: "
            f"{format_money(code, distance)} {side}"
        )
    yield audit.finding(
        "COST022",
        path,
        f"tables.{table.id}.{item.id}",
        verdict,
        message,
        stated=format_range(code, stated),
        derived=shown,
    )


def _absent(
    audit: Audit,
    path: Path,
    table: CostTable,
    item: Item,
    services: tuple[Service, ...],
    ranges: list[Range],
    side: str,
) -> Finding:
    code = audit.roadmap.currency
    cost = format_range(code, ranges[0])
    name = services[0].name
    what = f"{name} ({', '.join(need.name for need in services[0].needs)})"
    what = what if services[0].needs else name
    if side == "before":
        return audit.finding(
            "COST014",
            path,
            f"tables.{table.id}.{item.id}",
            Verdict.OPEN,
            f"{table.name}: the plan replaces {what} at {cost}, but the table has no line for it",
            derived=cost,
            severity=Severity.WARNING,
        )
    sums = total(row_cost(row) for row in table.rows).of(code)
    whole = format_range(code, sums + ranges[0])
    return audit.finding(
        "COST013",
        path,
        f"tables.{table.id}.{item.id}",
        Verdict.CONTRADICTED,
        f"{table.name}: the plan pays {cost} for {what}, but the table has no line for it",
        stated=str(table.total.monthly) if table.total else "",
        derived=whole,
        formula=f"{format_range(code, sums)} + {cost} = {whole}",
    )
