"""Tables of costs: COST001 (sums) and COST006 (a year is twelve months)."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Verdict, both, listed, measured
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import is_year_of
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import row_cost
from statusgen.roadmap.model import CostTable, Path
from statusgen.roadmap.money import Range, format_money, format_range
from statusgen.roadmap.price import Price
from statusgen.words.worded import worded


def check(audit: Audit) -> Iterator[Finding]:
    """Add up every table, and multiply every month."""
    for path, table in audit.roadmap.tables():
        if (
            table.total is not None
            and table.sums is not False
            and not _judged_as_stage(audit, table)
        ):
            yield from _sums(audit, path, table)
        yield from _years(audit, path, table)
        yield from _repeated(audit, path, table)


def _judged_as_stage(audit: Audit, table: CostTable) -> bool:
    """Whether the table repeats a stage's total, which COST002 and COST003 judge already."""
    stage = audit.roadmap.stage(table.stage) if table.stage else None
    if stage is None or stage.cost is None or table.total is None or table.total.monthly is None:
        return False
    return stage.cost.basis is None and stage.cost.stated.monthly == table.total.monthly.monthly


def _sums(audit: Audit, path: Path, table: CostTable) -> Iterator[Finding]:
    assert table.total is not None
    monthly = [(row.name, row_cost(row)) for row in table.rows]
    if table.total.monthly is not None:
        at: Path = (*path, "total", "monthly")
        yield _sum(audit, at, table, "monthly", table.total.monthly, monthly)
    annual = [(row.name, _as_written(row.annual)) for row in table.rows if row.annual is not None]
    if table.total.annual is not None and len(annual) == len(table.rows):
        written = table.total.annual
        yield _sum(audit, (*path, "total", "annual"), table, "annual", written, annual)


def _sum(
    audit: Audit,
    path: Path,
    table: CostTable,
    column: str,
    written: Price,
    costs: list[tuple[str, Cost]],
) -> Finding:
    subject = f"tables.{table.id}.total.{column}"
    sums = total(cost for _, cost in costs)
    stated = written.monthly if column == "monthly" else written.amount
    if stated is None:
        several = Saying("findings.total-several", {"table": table.name})
        return audit.finding("COST001", path, subject, Verdict.OPEN, several, stated=written)
    amount = audit.amount(sums, written)
    if amount is None:
        values = {"name": table.name, "currencies": both(sums.currencies)}
        mixed = Saying("findings.no-rate", values)
        return audit.finding("COST012", path, subject, Verdict.OPEN, mixed, stated=written)
    code = audit.currency(written)
    derived = format_range(code, amount)
    parts = [str(cost).removeprefix("$") if code == "USD" else str(cost) for _, cost in costs]
    verdict = agrees(stated, amount, approx=written.approx)
    if verdict is Verdict.HOLDS:
        values = {"table": table.name, "derived": derived, "missing": listed(sums.missing)}
        saying = Saying("findings.sum-without" if sums.missing else "findings.sum-holds", values)
    else:
        distance, side = gap(stated, amount)
        values = {"table": table.name, "derived": derived}
        values["outside"] = outside(format_money(code, distance), side)
        saying = Saying("findings.sum-misses", values)
    return audit.finding(
        "COST001",
        path,
        subject,
        verdict,
        saying,
        stated=written,
        derived=derived,
        formula=f"{' + '.join(parts)} = {derived}",
        values={"stated": measured(stated, code), "derived": measured(amount, code)},
    )


def _as_written(price: Price) -> Cost:
    """Return an amount without turning its year into months."""
    amount = price.amount
    return Cost(
        ((price.currency or "USD", amount),) if amount else (), () if amount else (str(price),)
    )


def _years(audit: Audit, path: Path, table: CostTable) -> Iterator[Finding]:
    """Compare every annual amount with twelve times the monthly one; one finding where all hold."""
    pairs: list[tuple[Path, str, Price, Price]] = [
        ((*path, "rows", index, "annual"), row.name, row.monthly, row.annual)
        for index, row in enumerate(table.rows)
        if row.monthly is not None and row.annual is not None
    ]
    if table.total and table.total.monthly is not None and table.total.annual is not None:
        at: Path = (*path, "total", "annual")
        pairs.append((at, "total", table.total.monthly, table.total.annual))
    wrong = 0
    for at, name, monthly, annual in pairs:
        month, year = monthly.monthly, annual.amount
        if month is None or year is None:
            continue
        twelve = month.scaled(Range.point(12))
        if is_year_of(year, month, approx=annual.approx):
            continue
        wrong += 1
        code = audit.currency(annual)
        derived = format_range(code, twelve)
        yield audit.finding(
            "COST006",
            at,
            f"tables.{table.id}.{name}.annual",
            Verdict.CONTRADICTED,
            Saying(
                "findings.year-misses",
                {"table": table.name, "name": name, "derived": derived, "stated": str(annual)},
            ),
            stated=annual,
            derived=derived,
            formula=f"12 × {format_range(code, month)} = {derived}",
            values={"stated": measured(year, code), "derived": measured(twelve, code)},
        )
    if pairs and not wrong:
        yield audit.finding(
            "COST006",
            path,
            f"tables.{table.id}.annual",
            Verdict.HOLDS,
            Saying("findings.years-hold", {"table": table.name}),
            formula=worded("findings.twelve-times", count=len(pairs)),
        )


def _repeated(audit: Audit, path: Path, table: CostTable) -> Iterator[Finding]:
    """A line that repeats a stage's cost says what the stage says."""
    for index, row in enumerate(table.rows):
        stage = audit.roadmap.stage(row.stage) if row.stage else None
        if stage is None or stage.cost is None or row.monthly is None:
            continue
        same = stage.cost.stated.monthly == row.monthly.monthly
        yield audit.finding(
            "COST022",
            (*path, "rows", index),
            f"tables.{table.id}.{row.name}",
            Verdict.HOLDS if same else Verdict.CONTRADICTED,
            Saying(
                "findings.line-and-stage",
                {
                    "table": table.name,
                    "name": row.name,
                    "here": str(row.monthly),
                    "stage": str(stage.cost.stated),
                },
            ),
            stated=row.monthly,
            derived=str(stage.cost.stated),
        )
