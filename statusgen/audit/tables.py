"""Tables of costs: COST001 (sums) and COST006 (a year is twelve months)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from statusgen.audit.compared import Compared, about_right, adds_nothing, compare, is_of_parts
from statusgen.audit.context import Audit
from statusgen.audit.far import asked
from statusgen.audit.finding import Finding, Judged, Severity, Verdict, both, measured
from statusgen.audit.stages import alike
from statusgen.audit.sums import told
from statusgen.audit.years import told_years, wrong_years, year_misses, years_hold
from statusgen.base.saying import Saying
from statusgen.roadmap.adding import subtotals
from statusgen.roadmap.claims import Amount, Reading, YearLine
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import is_priced, row_cost
from statusgen.roadmap.model import CostTable, Path, Row
from statusgen.roadmap.money import ZERO, Range, format_range
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.quantity import times_in
from statusgen.roadmap.vocabulary import NO_PART, OPTIONAL


def check(audit: Audit) -> Iterator[Finding]:
    """Add up every table, and multiply every month."""
    for path, table in audit.roadmap.tables():
        if (
            table.total is not None
            and table.rows
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
    if not any(is_priced(item) for item in stage.items):
        return False
    return stage.cost.basis is None and stage.cost.stated.monthly == table.total.monthly.monthly


def _sums(audit: Audit, path: Path, table: CostTable) -> Iterator[Finding]:
    assert table.total is not None
    optional = [_is_optional(row) for row in table.rows]
    if (written := table.total.monthly) is not None:
        costs = [_like(written, row) for row in table.rows]
        yield from _said(_sum(audit, (*path, "total", "monthly"), table, written, costs, optional))
    annual = [_as_written(row.annual) for row in table.rows if row.annual is not None]
    if (written := table.total.annual) is not None and len(annual) == len(table.rows):
        yield from _said(_sum(audit, (*path, "total", "annual"), table, written, annual, optional))


def _said(finding: Finding | None) -> Iterator[Finding]:
    if finding is not None:
        yield finding


def _like(total_: Price, row: Row) -> Cost:
    """Return a line as the total counts it: amounts without a period add up to one without."""
    alike = all(
        price is not None and price.terms[0].kind is Kind.UNTIMED for price in (total_, row.monthly)
    )
    return _as_written(row.monthly) if alike and row.monthly else row_cost(row)


def _at_head(table: CostTable, found: Compared) -> Severity | None:
    """Return how grave it is that lines below a total of a document are less than it.

    They need not be all that it holds.
    """
    first = min((row.line for row in table.rows), default=0)
    heads = table.total is not None and 0 < table.total.line < first
    stated = found.reading.whole.amount
    short = stated is not None and found.derived.low < stated.low
    wrong = found.verdict is Verdict.CONTRADICTED
    return Severity.WARNING if heads and short and wrong else None


def _ways(
    audit: Audit,
    path: Path,
    table: CostTable,
    written: Price,
    costs: Sequence[Cost],
    optional: Sequence[bool],
) -> list[list[tuple[Amount, ...]]]:
    """Return the lines that a total may be the sum of, the likeliest first."""
    assert table.total is not None
    names = [row.name for row in table.rows]
    lines = list(_lines(audit, names, costs, written))
    if table.total.line:  # a document's line whose price nobody could read
        unread = [not _is_priced(row) and any(map(str.isdigit, row.name)) for row in table.rows]
        lines = [
            (Amount(name, None, name=name),) if none else line
            for name, none, line in zip(names, unread, lines, strict=True)
        ]
    must = [line for line, free in zip(lines, optional, strict=True) if not free]
    ways = [lines, must] if len(must) < len(lines) else [lines]
    if any(times_in(row.name) > 1 for row in table.rows):  # the price may be that of one
        each = [
            cost.scaled(times_in(row.name)) for row, cost in zip(table.rows, costs, strict=True)
        ]
        ways.append(list(_lines(audit, names, each, written)))
    if total(costs).once and written.terms[0].every is None:
        whole_lines = [_with_once(cost) for cost in costs]
        ways.insert(0, list(_lines(audit, names, whole_lines, written)))
    for rows in _some_rows(table, lines, path[-1]):
        ways.append([lines[place] for place in rows])
        if any(optional[place] for place in rows):
            ways.append([lines[place] for place in rows if not optional[place]])
    return ways


def _sum(
    audit: Audit,
    path: Path,
    table: CostTable,
    written: Price,
    costs: Sequence[Cost],
    optional: Sequence[bool],
) -> Finding | None:
    """Hold a stated sum against its lines; None where a document gave fewer than two."""
    assert table.total is not None
    subject = f"tables.{table.id}.total.{path[-1]}"
    sums = total(costs)
    once = written.terms[0].kind in (Kind.ONE_OFF, Kind.UNTIMED)
    stated = written.monthly if path[-1] == "monthly" and not once else written.amount
    if stated is None:
        several = Saying("findings.total-several", {"table": table.name})
        return audit.finding("COST001", path, subject, Verdict.OPEN, several, stated=written)
    if audit.amount(sums, written) is None:
        values = {"name": table.name, "currencies": both(sums.currencies)}
        mixed = Saying("findings.no-rate", values)
        return audit.finding("COST012", path, subject, Verdict.OPEN, mixed, stated=written)
    code = audit.currency(written)
    whole = Amount(str(written), stated, code, written.approx)
    ways = _ways(audit, path, table, written, costs, optional)
    readings = [Reading(whole, tuple(chain.from_iterable(way))) for way in ways if way]
    readings += _as_one_period(audit, table, written)
    found = compare(readings, of_document=bool(table.total.line))
    wrong = found.verdict is Verdict.CONTRADICTED
    if found.no_sum:
        return None
    if wrong and not is_of_parts(found.reading) and table.total.line:
        return None  # of a document, whose other lines may not have been read
    missing = [part.text for part in found.reading.parts if part.amount is None]
    derived = format_range(code, found.derived)
    added = [part.text for part in found.reading.parts if part.amount is not None] or ["?"]
    judged = Judged(
        found.verdict,
        told(table.name, found, derived, code, str(written), missing),
        derived,
        f"{' + '.join(added)} = {derived}",
        about_right(found, of_document=bool(table.total.line))
        or _at_head(table, found)
        or (Severity.INFO if adds_nothing(found) and table.total.line else None),
        {"stated": measured(stated, code), "derived": measured(found.derived, code)},
    )
    if table.total.line:
        judged = asked(judged, stated, [found.derived])
    return audit.judged("COST001", path, subject, judged, written)


def _as_one_period(audit: Audit, table: CostTable, written: Price) -> Iterator[Reading]:
    """Yield the lines as written where only the total says how often they are paid.

    ``$20`` and ``$30`` come to ``$50/year`` where a yearly bill was meant all along.
    """
    prices = [row.monthly for row in table.rows if row.monthly is not None]
    if written.amount is None or written.terms[0].every is None or len(prices) < len(table.rows):
        return
    if any(term.every is not None for price in prices for term in price.all_terms):
        return
    code = audit.currency(written)
    lines = [
        Amount(str(price), price.amount, audit.currency(price), price.approx) for price in prices
    ]
    yield Reading(Amount(str(written), written.amount, code, written.approx), tuple(lines))


def _is_priced(row: Row) -> bool:
    return any(price is not None for price in (row.monthly, row.annual, row.price, row.unit_price))


def _lines(
    audit: Audit, names: Sequence[str], costs: Sequence[Cost], written: Price
) -> Iterator[tuple[Amount, ...]]:
    for name, cost in zip(names, costs, strict=True):
        yield tuple(replace(part, name=name) for part in _parts(audit, cost, written))


def _parts(audit: Audit, cost: Cost, written: Price) -> Iterator[Amount]:
    """Yield what a line costs in the total's currency, and what of it is not known."""
    code = audit.currency(written)
    amount = audit.amount(cost, written)
    if amount is not None and (cost.currencies or not cost.missing):
        text = str(cost).removeprefix("$") if code == "USD" else str(cost)
        yield Amount(text, amount, code)
    for what in cost.missing:
        yield Amount(what, None)


def _some_rows(
    table: CostTable, lines: Sequence[Sequence[Amount]], column: object
) -> Iterator[list[int]]:
    """Yield the rows that a total may be meant of, beside all: above it, stated by the month.

    Each of them without the sums of others among them.
    """
    every = range(len(lines))
    at = table.total.line if table.total is not None else 0
    ways = [[row for row in every if not at or table.rows[row].line < at]]
    if column == "monthly":
        ways.append([n for n, row in enumerate(table.rows) if row.monthly or row.annual is None])
    for way in [[*every], *ways]:
        inner = subtotals([lines[row] for row in way])
        yield way
        if inner:
            yield [row for place, row in enumerate(way) if place not in inner]


def _with_once(cost: Cost) -> Cost:
    """Return a line with what is paid once as one of its amounts: a total may hold both."""
    return cost.recurring + Cost(cost.once)


def _is_optional(row: Row) -> bool:
    said = " ".join((row.name, row.tier, row.note, str(row.monthly or ""), *row.notes))
    return bool(OPTIONAL.search(said) or NO_PART.match(row.name))


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
    gaps = any((row.monthly is None) != (row.annual is None) for row in table.rows)
    total_ = None if gaps else table.total  # what is paid by the year alone is in no month
    if total_ and total_.monthly is not None and total_.annual is not None:
        at: Path = (*path, "total", "annual")
        pairs.append((at, "total", total_.monthly, total_.annual))
    known = [row.annual.amount for row in table.rows if row.annual is not None]
    whole = sum((one for one in known if one is not None), ZERO) if None not in known else None
    stated = table.total.annual if table.total is not None else None
    lines = [
        YearLine(
            number,
            name,
            _amount(audit, monthly, monthly.monthly),
            _amount(audit, annual, annual.amount),
            of_total=at[-2] == "total",
            total=_amount(audit, stated, stated.amount) if stated is not None else None,
            besides=whole + -annual.amount if whole is not None else None,
        )
        for number, (at, name, monthly, annual) in enumerate(pairs)
        if monthly.monthly is not None and annual.amount is not None
    ]
    wrong, months = wrong_years(lines)
    told_ = told_years(lines, wrong) if table.line else [(line, None) for line in wrong]
    for line, severity in told_:
        place, _, _, annual = pairs[line.line]
        subject = f"tables.{table.id}.{line.label}.annual"
        judged = year_misses(table.name, line, severity)
        yield audit.judged("COST006", place, subject, judged, annual)
    if pairs and not wrong:
        held = years_hold(table.name, len(pairs), months)
        yield audit.judged("COST006", path, f"tables.{table.id}.annual", held, "")


def _amount(audit: Audit, price: Price, amount: Range | None) -> Amount:
    return Amount(str(price), amount, audit.currency(price), price.approx)


def _repeated(audit: Audit, path: Path, table: CostTable) -> Iterator[Finding]:
    """A line that repeats a stage's cost says what the stage says."""
    for index, row in enumerate(table.rows):
        stage = audit.roadmap.stage(row.stage) if row.stage else None
        if stage is None or stage.cost is None or row.monthly is None:
            continue
        one, two = (
            Amount(str(price), price.monthly, price.currency, price.approx)
            for price in (stage.cost.stated, row.monthly)
        )
        same = one.amount == two.amount or (
            one.amount is not None and two.amount is not None and alike(one, two)
        )
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
            severity=Severity.WARNING if not same and row.line else None,
        )
