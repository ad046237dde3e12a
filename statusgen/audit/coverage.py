"""A comparison against its plan: COST013 (missing), COST014 (unexplained), COST022 (twice)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Severity, Verdict, either, measured
from statusgen.base.saying import Saying
from statusgen.roadmap.cost import NOTHING, Cost, total
from statusgen.roadmap.costs import dropped_items, row_cost, service_cost
from statusgen.roadmap.model import CostTable, Item, Path, Row, Service
from statusgen.roadmap.money import ZERO, Range, format_money, format_range

_OWN_MACHINE = re.compile(r"\b(self-?\s?host(ed|ing)|on (existing|our own|own) )", re.I)


def check(audit: Audit) -> Iterator[Finding]:
    """Hold both sides of every comparison against the migrations of the plan.

    A comparison fewer than half of whose lines name an item is not about the plan: then only what a
    line and its item both say is compared.
    """
    for index, comparison in enumerate(audit.roadmap.comparisons):
        rows = (*comparison.before.rows, *comparison.after.rows)
        tied = sum(bool(row.items) for row in rows)
        for side in ("before", "after"):
            path: Path = ("comparisons", index, side)
            table: CostTable = getattr(comparison, side)
            found = [*_lines(audit, path, table, side), *_items(audit, path, table, side)]
            if side == "after":
                found += _self_hosted(audit, table)
            yield from (
                finding for finding in found if finding.rule == "COST022" or 2 * tied >= len(rows)
            )


def _services(item: Item, side: str) -> tuple[Service, ...]:
    return item.moves_from if side == "before" else item.moves_to


def _lines(audit: Audit, path: Path, table: CostTable, side: str) -> Iterator[Finding]:
    for number, row in enumerate(table.rows):
        if not row.items:
            yield audit.finding(
                "COST014",
                (*path, "rows", number),
                f"tables.{table.id}.{row.name}",
                Verdict.OPEN,
                Saying(f"findings.line-{side}", {"table": table.name, "name": row.name}),
                stated=row.monthly or "",
            )


def _items(audit: Audit, path: Path, table: CostTable, side: str) -> Iterator[Finding]:
    currency = audit.roadmap.currency
    tied: dict[str, list[tuple[int, Row]]] = {}
    for number, row in enumerate(table.rows):
        for name in row.items:
            tied.setdefault(name, []).append((number, row))
    dropped = dropped_items(audit.roadmap)
    for at, item in audit.roadmap.items():
        services = _services(item, side)
        if not services or item.id in dropped:
            continue
        rows = tied.get(item.id, [])
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
    paid = total(row_cost(row) for _, row in rows)
    if any(row.period for _, row in rows):
        return  # an amount of which nobody says how often it is paid is none of a month's
    stated = paid.of(code)
    fits = [Range(amount.low, amount.high) for amount in ranges if amount.holds(stated)]
    fits += [amount for amount in ranges if agrees(amount, stated) is Verdict.HOLDS]
    names = " + ".join(row.name for _, row in rows)
    each = list(dict.fromkeys(format_range(code, amount) for amount in ranges))
    values: dict[str, str | int | Saying] = {
        "table": table.name,
        "names": names,
        "plan": either(each),
    }
    if fits:
        verdict, saying = Verdict.HOLDS, Saying("findings.within-plan", values)
    else:
        verdict = Verdict.CONTRADICTED
        distance, side = min(gap(amount, stated) for amount in ranges)
        values["here"] = format_range(code, stated)
        values["outside"] = outside(format_money(code, distance), side)
        saying = Saying("findings.outside-plan", values)
    yield audit.finding(
        "COST022",
        path,
        f"tables.{table.id}.{item.id}",
        verdict,
        saying,
        stated=format_range(code, stated),
        derived=" or ".join(each),
        values={"stated": measured(stated, code)}
        | ({"derived": measured(ranges[0], code)} if len(set(ranges)) == 1 else {}),
    )


def _absent(
    audit: Audit,
    path: Path,
    table: CostTable,
    item: Item,
    services: tuple[Service, ...],
    ranges: list[Range],
    side: str,
    why: Saying | None = None,
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
            Saying("findings.replaced", {"table": table.name, "what": what, "cost": cost}),
            derived=cost,
            severity=Severity.WARNING,
            values={"derived": measured(ranges[0], code)},
        )
    sums = total(row_cost(row) for row in table.rows).of(code)
    whole = format_range(code, sums + ranges[0])
    return audit.finding(
        "COST013",
        path,
        f"tables.{table.id}.{item.id}",
        Verdict.CONTRADICTED,
        Saying(
            "findings.forgotten",
            {
                "table": table.name,
                "why": why or Saying("findings.plan-pays", {"cost": cost, "what": what}),
            },
        ),
        stated=str(table.total.monthly) if table.total else "",
        derived=whole,
        formula=f"{format_range(code, sums)} + {cost} = {whole}",
        values={"derived": measured(sums + ranges[0], code)},
    )


def _self_hosted(audit: Audit, table: CostTable) -> Iterator[Finding]:
    """What is hosted oneself needs a machine: where the table pays for most, it forgot the rest."""
    dropped = dropped_items(audit.roadmap)
    hosted = [
        (path, item)
        for path, item in audit.roadmap.items()
        if item.id not in dropped
        and item.moves_to
        and not item.moves_to[0].needs
        and _is_self_hosted(item.moves_to[0])
    ]
    tied = [(name, row) for row in table.rows for name in row.items]
    own = {item.id for _, item in hosted}
    paid: dict[str, Cost] = {}
    for name, row in tied:
        if name in own:
            paid[name] = paid.get(name, NOTHING) + row_cost(row)
    absent = [(path, item) for path, item in hosted if item.id not in paid]
    paid = {name: cost for name, cost in paid.items() if cost.currencies}
    amounts = {cost.of(audit.roadmap.currency) for cost in paid.values()}
    if len(paid) < 2 or len(paid) <= len(absent) or len(amounts) != 1:
        return
    (amount,) = amounts
    cost = format_range(audit.roadmap.currency, amount)
    for path, item in absent:
        name = item.moves_to[0].name
        why = Saying("findings.machines", {"number": len(paid), "cost": cost, "name": name})
        yield _absent(audit, path, table, item, item.moves_to, [amount], "after", why)


def _is_self_hosted(service: Service) -> bool:
    """Whether a service is said to cost nothing because it runs on one's own machines."""
    if service.price is None or service.period or service_cost(service).currencies:
        return False
    said = f"{service.name} {service.tier} {service.note} {service.price}"
    return bool(_OWN_MACHINE.search(said))
