"""Prices and usage: COST004, COST005, COST012, COST021, COST024, and COST022 for table lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from statusgen.audit.agree import agrees
from statusgen.audit.context import Audit
from statusgen.audit.finding import (
    Finding,
    Measured,
    Severity,
    Verdict,
    both,
    either,
    listed,
    measured,
    one_after_another,
)
from statusgen.base.saying import Saying
from statusgen.roadmap.cost import Cost, convert, price_cost
from statusgen.roadmap.costs import item_cost
from statusgen.roadmap.doubtful import stated_price
from statusgen.roadmap.model import Item, Option, Path, Row, Service, StatedCost
from statusgen.roadmap.money import Range, divide, format_money, format_number, format_range
from statusgen.roadmap.price import Kind, Price, Quantity, Term
from statusgen.roadmap.quantity import plural
from statusgen.words.worded import put, worded

STALE_DAYS = 180


def check(audit: Audit) -> Iterator[Finding]:
    """Look at every price that is paid: those of services and of table lines."""
    for path, item in audit.roadmap.items():
        if item.service is not None:
            yield from _service(audit, (*path, "service"), item, item.service)
        elif item.cost is not None and not (item.moves_to or item.options):
            yield from _open_cost(audit, (*path, "cost"), item)
        for at, service in item.services(path):
            yield from _stale(audit, at, service)
            yield from _idle_usage(audit, (*at, "usage"), f"items.{item.id}", service)
        for index, option in enumerate(item.options):
            at = (*path, "options", index, "usage")
            yield from _idle_usage(audit, at, f"items.{item.id}.{option.id}", option)
    for path, table in audit.roadmap.tables():
        for index, row in enumerate(table.rows):
            if row.options and row.monthly is not None:
                yield from _row(audit, (*path, "rows", index), f"tables.{table.id}", row)
            elif not row.options:
                at = (*path, "rows", index, "usage")
                yield from _idle_usage(audit, at, f"tables.{table.id}.{row.name}", row)


def _service(audit: Audit, path: Path, item: Item, service: Service) -> Iterator[Finding]:
    price = service.price
    if price is None:
        return
    subject = f"items.{item.id}.price"
    stated = item.cost or service.cost
    absent = [unit for unit in _units(price) if unit not in service.usage]
    if absent:
        yield _quantity(audit, path, subject, item.name, price, absent, stated)
    if any(term.kind is Kind.USAGE for term in price.terms):
        yield _usage(audit, path, subject, item, price, stated)
    if any(term.kind is Kind.UNSTATED for term in price.terms):
        yield _no_amount(audit, path, subject, item, price)


def _open_cost(audit: Audit, path: Path, item: Item) -> Iterator[Finding]:
    """Ask what is not known of the cost of an item that names no service."""
    subject = f"items.{item.id}.cost"
    price = stated_price(item)
    if price is None or item.cost is None:
        return
    if price != item.cost.stated and any(term.kind is Kind.UNTIMED for term in price.all_terms):
        advice = audit.advice("findings.say-how-often")
        saying = Saying(
            "findings.how-often", {"item": item.name, "price": str(price), "advice": advice}
        )
        yield audit.finding("COST024", path, subject, Verdict.OPEN, saying, stated=price)
    units = _units(price)
    if units:
        usage = f"service: {{price: …, usage: {{{units[0]}: …}}}}"
        yield _quantity(audit, path, subject, item.name, price, units, None, usage)
    if any(term.kind is Kind.USAGE for term in price.terms):
        yield _usage(audit, path, subject, item, price, None)
    if any(term.kind is Kind.UNSTATED for term in price.terms):
        yield _no_amount(audit, path, subject, item, price)


def _units(price: Price) -> list[str]:
    return [part.unit for term in price.terms for part in term.per if term.kind is Kind.PER_UNIT]


def _no_amount(audit: Audit, path: Path, subject: str, item: Item, price: Price) -> Finding:
    saying = Saying("findings.no-amount", {"item": item.name})
    return audit.finding("COST024", path, subject, Verdict.OPEN, saying, stated=price)


def _idle_usage(
    audit: Audit, path: Path, subject: str, priced: Service | Option | Row
) -> Iterator[Finding]:
    """Ask about a usage that changes nothing of what its price comes to.

    Beside a price *by usage*, or none, it tells what its author reckons with.
    """
    prices = [priced.price]
    if isinstance(priced, Row):
        prices += [priced.monthly, priced.annual, priced.unit_price]
    known = [price for price in prices if price is not None]
    if not known or any(term.kind in _OPEN for price in known for term in price.all_terms):
        return
    usage = priced.usage
    idle = [unit for unit in usage if not any(_counts(price, unit, usage) for price in known)]
    if idle:
        values = {"name": priced.name, "price": str(known[0]), "units": listed(idle)}
        saying = Saying("findings.usage-idle", values)
        yield audit.finding("COST004", path, f"{subject}.usage", Verdict.OPEN, saying)


_OPEN = (Kind.USAGE, Kind.VARIES, Kind.UNSTATED, Kind.SELF_HOSTED)


def _counts(price: Price, unit: str, usage: Mapping[str, Quantity]) -> bool:
    """Whether a price comes to something else without one of its usages, or with twice as much.

    730 hours a month are what an hourly price counts without a usage.
    """
    without = {other: used for other, used in usage.items() if other != unit}
    twice = replace(usage[unit], amount=usage[unit].amount.scaled(Range.point(2)))
    ways = (usage, without, {**usage, unit: twice})
    return any(
        len({price_cost(price, way, alternative=index) for way in ways}) > 1
        for index in range(len(price.alternatives))
    )


def _quantity(
    audit: Audit,
    path: Path,
    subject: str,
    name: str,
    price: Price,
    absent: list[str],
    stated: StatedCost | None,
    write: str = "",
) -> Finding:
    unit = absent[0]
    advice = audit.advice("findings.write", what=write or f"usage: {{{unit}: …}}")
    term = next(term for term in price.terms if term.per and term.per[0].unit == unit)
    derived = formula = ""
    values: dict[str, Measured] = {}
    many = plural(unit, Decimal(2))
    saying = Saying(
        "findings.number-unstated",
        {"name": name, "price": str(price), "units": many, "advice": advice},
    )
    cost = stated.stated.monthly if stated is not None else None
    if cost is not None and stated is not None and term.amount and len(price.terms) == 1:
        count = _solve(cost, term)
        if count is not None:
            derived = f"{format_number(count)} {plural(unit, count)}"
            values = {"derived": measured(Range.point(count), unit)}
            code = term.currency
            amount = format_range(code, term.amount)
            formula = f"{format_range(code, cost)} / {amount} = {derived}"
            saying = Saying(
                "findings.number-solved",
                {
                    "name": name,
                    "stated": str(stated.stated),
                    "price": str(price),
                    "number": derived,
                    "advice": advice,
                },
            )
    return audit.finding(
        "COST004",
        path,
        subject,
        Verdict.OPEN,
        saying,
        stated=stated.stated if stated else price,
        derived=derived,
        formula=formula,
        values=values,
    )


def _solve(cost: Range, term: Term) -> Decimal | None:
    """Return how many units make the cost, where that is one number."""
    assert term.amount is not None
    if not cost.is_point or not term.amount.is_point or not term.amount.low:
        return None
    return divide(cost.low * term.per[0].amount.low, term.amount.low)


def _usage(
    audit: Audit,
    path: Path,
    subject: str,
    item: Item,
    price: Price,
    stated: StatedCost | None,
) -> Finding:
    if stated is None:
        bare = Saying("findings.usage-bare", {"item": item.name, "price": str(price)})
        return audit.finding("COST005", path, subject, Verdict.OPEN, bare, stated=price)
    values = {"item": item.name, "stated": str(stated.stated), "price": str(price)}
    saying = Saying("findings.usage-unsaid", values)
    formula = ""
    running = next(
        (
            costs.running
            for stage, costs in zip(audit.roadmap.stages, audit.costs, strict=True)
            if item in stage.items
        ),
        None,
    )
    code = audit.currency(stated.stated)
    whole = running.of(code) if running else None
    part = item_cost(item).of(code)
    if whole and whole.is_point and whole.low and part.is_point:
        share = divide(part.low * 100, whole.low)
        formula = (
            f"{format_money(code, part.low)} / {format_money(code, whole.low)} = "
            f"{format_number(share, 0)} %"
        )
        values["share"] = format_number(share, 0)
        saying = Saying("findings.usage-share", values)
    return audit.finding(
        "COST005", path, subject, Verdict.OPEN, saying, stated=stated.stated, formula=formula
    )


def _stale(audit: Audit, path: Path, service: Service) -> Iterator[Finding]:
    looked_up = service.priced_on or audit.roadmap.priced_on
    if audit.today is None or looked_up is None or service.price is None:
        return
    age = (audit.today - looked_up).days
    if age > STALE_DAYS:
        yield audit.finding(
            "COST021",
            path,
            f"prices.{'.'.join(str(part) for part in path)}",
            Verdict.OPEN,
            Saying(
                "findings.stale",
                {
                    "service": service.name,
                    "price": str(service.price),
                    "count": age,
                    "day": looked_up.isoformat(),
                },
            ),
            stated=service.price,
        )


def _row(audit: Audit, path: Path, table: str, row: Row) -> Iterator[Finding]:
    """Hold a table line against the options that it pays for, at the usage that it states."""
    assert row.monthly is not None
    stated = row.monthly.monthly
    if stated is None:
        return
    code = audit.currency(row.monthly)
    subject = f"{table}.{row.name}"
    costs: list[tuple[Price, Cost]] = []
    for reference in row.options:
        item_id, _, option_id = reference.partition("/")
        item = audit.roadmap.item(item_id)
        option = next((o for o in item.options if o.id == option_id), None) if item else None
        if option is not None and option.price is not None:
            for index in range(len(option.price.alternatives)):
                cost = price_cost(option.price, row.usage, alternative=index)
                costs.append((option.price, cost))
    if not costs:
        return
    amounts = [(price, cost, convert(cost, audit.roadmap.rates, code)) for price, cost in costs]
    foreign = [cost for _, cost, converted in amounts if converted is None]
    if foreign:
        shown = " or ".join(step for cost in (c for _, c, _ in amounts) for step in cost.steps)
        names = both(list(dict.fromkeys(c for cost in foreign for c in cost.currencies)))
        yield audit.finding(
            "COST012",
            path,
            subject,
            Verdict.OPEN,
            Saying(
                "findings.foreign",
                {
                    "name": row.name,
                    "currencies": names,
                    "currency": code,
                    "advice": audit.advice("findings.write", what="rates:"),
                },
            ),
            stated=row.monthly,
            derived=shown,
            formula=shown,
        )
        return
    known = [(price, cost, amount.of(code)) for price, cost, amount in amounts if amount]
    yield _line(audit, path, subject, row, code, known)


def _line(
    audit: Audit,
    path: Path,
    subject: str,
    row: Row,
    code: str,
    known: list[tuple[Price, Cost, Range]],
) -> Finding:
    assert row.monthly is not None
    stated = row.monthly.monthly
    assert stated is not None
    each = list(dict.fromkeys(format_range(code, amount) for _, _, amount in known))
    amounts_shown = either(each)
    shown = put(amounts_shown)
    values = {"derived": measured(known[0][2], code)} if len(each) == 1 else {}
    for _, _, amount in known:
        if agrees(stated, amount, approx=row.monthly.approx) is not Verdict.CONTRADICTED:
            return audit.finding(
                "COST022",
                path,
                subject,
                Verdict.HOLDS,
                Saying("findings.line-holds", {"name": row.name, "stated": str(row.monthly)}),
                stated=row.monthly,
                derived=shown,
                values=values,
            )
    price, cost, amount = known[0]
    rest = stated.low - amount.low
    if cost.missing and rest > 0:
        text = put(one_after_another([*cost.steps, *_rest(price, row.usage, code, rest, stated)]))
        part, more = format_range(code, amount), format_money(code, rest)
        said = {"name": row.name, "part": part, "rest": more, "missing": listed(cost.missing)}
        saying = Saying("findings.line-part", said)
        return audit.finding(
            "COST005", path, subject, Verdict.OPEN, saying,
            stated=row.monthly, derived=shown, formula=text, values=values,
        )  # fmt: skip
    return audit.finding(
        "COST022",
        path,
        subject,
        Verdict.CONTRADICTED,
        Saying(
            "findings.line-misses",
            {"name": row.name, "stated": str(row.monthly), "derived": amounts_shown},
        ),
        stated=row.monthly,
        derived=shown,
        formula="; ".join(cost.steps),
        severity=Severity.ERROR,
        values=values,
    )


def _rest(
    price: Price, usage: Mapping[str, Quantity], code: str, rest: Decimal, stated: Range
) -> Iterator[str]:
    """Say how much of a missing, or of a known, unit would explain the stated cost."""
    for term in price.terms:
        if not term.per or term.amount is None or not term.amount.is_point:
            continue
        unit, known = term.per[0].unit, term.per[0].unit in usage
        wanted = stated.low if known else rest
        count = _solve(Range.point(wanted), term)
        if count is not None:
            shown = f"{format_number(count, 0)} {plural(unit, count)}"
            yield worded("findings.would-be", amount=format_money(code, wanted), number=shown)
