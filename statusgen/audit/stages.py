"""Stage totals: COST002 (what the items come to), COST003 (new or running), COST008 (changes)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from statusgen.audit.agree import agrees, gap, outside, overlaps
from statusgen.audit.compared import compare as compare_sums
from statusgen.audit.compared import uncounted
from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Judged, Severity, Verdict, both, listed, measured
from statusgen.audit.sums import of_some
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import is_near
from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.claims import Amount, Reading
from statusgen.roadmap.costs import counted_items, is_priced, item_cost, price_of
from statusgen.roadmap.model import Basis, CostTable, Path, Stage, StatedCost
from statusgen.roadmap.money import Range, format_money, format_range
from statusgen.roadmap.quantity import times_in
from statusgen.roadmap.untimed import untimed_sum
from statusgen.words.worded import put


def check(audit: Audit) -> Iterator[Finding]:
    """Hold every stage's stated cost against its items, and ask what the costs count."""
    yield from totals(audit)
    yield from basis(audit)


def totals(audit: Audit) -> Iterator[Finding]:
    """Hold every stage's stated cost against its items."""
    for number, (stage, costs) in enumerate(zip(audit.roadmap.stages, audit.costs, strict=True)):
        if costs.dropped:
            continue
        if stage.cost is not None and (found := _untimed(audit, number, stage, stage.cost)):
            yield found
        if stage.cost is None or stage.cost.stated.monthly is None:
            continue
        if _is_of_table(audit, stage, stage.cost):
            continue  # its lines are held against it (COST001)
        path: Path = ("stages", number, "cost")
        if stage.cost.basis is Basis.CHANGE:
            yield _changes(audit, path, stage, stage.cost)
        else:
            yield _total(audit, path, stage, stage.cost, costs)


def _untimed(audit: Audit, number: int, stage: Stage, cost: StatedCost) -> Finding | None:
    """Hold a stage's cost against its items where neither says how often it is paid.

    Nothing is said of what is far from it: the items need not be all that is paid for.
    """
    derived, stated = untimed_sum(stage), cost.stated.amount
    if derived is None or stated is None or any(term.every for term in cost.stated.all_terms):
        return None
    code, amount = derived
    if code != audit.currency(cost.stated) or not is_near(stated, amount):
        return None
    items = [price for item in counted_items(stage) if (price := price_of(item)) is not None]
    if len(items) < 2:
        return None
    parts = tuple(Amount(str(one), one.amount, code, one.approx) for one in items)
    found = compare_sums(
        [Reading(Amount(str(cost.stated), stated, code, cost.stated.approx), parts)]
    )
    if found.no_sum or found.without:
        return None
    shown = format_range(code, amount)
    values: dict[str, str | int | Saying] = {"stage": stage.name, "derived": shown}
    saying = Saying("findings.stage-holds", values)
    if found.verdict is not Verdict.HOLDS:
        distance, side = gap(stated, amount)
        values["outside"] = outside(format_money(code, distance), side)
        values["stated"] = str(cost.stated)
        saying = Saying("findings.stage-misses", values)
    wrong = found.verdict is not Verdict.HOLDS and _is_of_document(stage)
    return audit.finding(
        "COST002",
        ("stages", number, "cost"),
        f"stages.{stage.id}.cost",
        found.verdict,
        saying,
        stated=cost.stated,
        derived=shown,
        formula=f"{' + '.join(part.shown() for part in parts)} = {shown}",
        severity=Severity.WARNING if wrong else None,
        values={"derived": measured(amount, code)},
    )


def _is_of_table(audit: Audit, stage: Stage, cost: StatedCost) -> bool:
    """Whether a stage without priced items repeats the total of a table of its own."""
    if any(is_priced(item) for item in counted_items(stage)):
        return False
    totals = [table.total for _, table in audit.roadmap.tables() if table.stage == stage.id]
    return any(
        total is not None
        and total.monthly is not None
        and total.monthly.monthly == cost.stated.monthly
        for total in totals
    )


def _readings(audit: Audit, cost: StatedCost, costs: StageCost) -> list[tuple[str, Range]] | None:
    """Return the ways to count, by name; None where a currency has no rate."""
    found = []
    for name, derived in (("new", costs.new), ("running", costs.running)):
        if cost.basis is None or cost.basis == name:
            amount = audit.amount(derived, cost.stated)
            if amount is None:
                return None
            found.append((name, amount))
    return found


def _total(audit: Audit, path: Path, stage: Stage, cost: StatedCost, costs: StageCost) -> Finding:
    stated = cost.stated.monthly
    assert stated is not None
    subject = f"stages.{stage.id}.cost"
    if not costs.priced:
        unpriced = Saying("findings.stage-unpriced", {"stage": stage.name})
        bare = Severity.INFO if _is_of_document(stage) and not stage.items else None
        return audit.finding(
            "COST002", path, subject, Verdict.OPEN, unpriced, stated=cost.stated, severity=bare
        )
    readings = _readings(audit, cost, costs)
    if readings is None:
        currencies = both(costs.running.currencies)
        mixed = Saying("findings.no-rate", {"name": stage.name, "currencies": currencies})
        return audit.finding("COST012", path, subject, Verdict.OPEN, mixed, stated=cost.stated)
    code = audit.currency(cost.stated)
    whole = Amount(str(cost.stated), stated, code, cost.stated.approx)
    found = compare(stage.name, whole, readings, {"new": costs.new.missing}, costs.running.missing)
    verdict, saying, shown = found
    if verdict is Verdict.CONTRADICTED and _may_be_of_one(audit, stage):
        values = {"stage": stage.name, "derived": shown}
        verdict, saying = Verdict.OPEN, Saying("findings.stage-allows", values)
    read = _is_of_document(stage)
    without = uncounted(Reading(whole, _parts(audit, cost, costs))) if read else ()
    if verdict is Verdict.CONTRADICTED and without:
        derived = format_range(code, costs.new.of(code))
        verdict, saying = Verdict.OPEN, of_some(stage.name, derived, whole.text, without)
    wider = verdict is Verdict.CONTRADICTED and overlaps(stated, [amount for _, amount in readings])
    formula = _formula(audit, stage, code, costs)
    return audit.finding(
        "COST002",
        path,
        subject,
        verdict,
        saying,
        stated=cost.stated,
        derived=shown,
        formula=formula,
        severity=Severity.WARNING if wider or (read and verdict is not Verdict.HOLDS) else None,
        values={name: measured(amount, code) for name, amount in readings},
    )


def _parts(audit: Audit, cost: StatedCost, costs: StageCost) -> tuple[Amount, ...]:
    """Return what the items of a stage cost, in the currency of its stated cost."""
    return tuple(
        Amount(str(one.cost), audit.amount(one.cost, cost.stated), name=one.item.name)
        for one in costs.counted
        if one.cost.currencies or one.cost.missing
    )


def _is_of_document(stage: Stage) -> bool:
    """Whether a stage was read from a document, where nothing says that the items are all of it."""
    return bool(stage.line)


def _may_be_of_one(audit: Audit, stage: Stage) -> bool:
    """Whether a price up to this stage may be that of one of several: ``2 × CX32: €6.80``."""
    until = audit.roadmap.stages[: audit.roadmap.stages.index(stage) + 1]
    return any(
        is_priced(item)
        and times_in(item.name) > 1
        and "×" not in str(item.service and item.service.price)
        for one in until
        for item in counted_items(one)
    )


def compare(
    stage: str,
    stated: Amount,
    readings: Sequence[tuple[str, Range]],
    missing_in: Mapping[str, Sequence[str]],
    missing: Sequence[str],
) -> tuple[Verdict, Saying, str]:
    """Hold a stage's stated cost against its readings: (verdict, what to say, the derived).

    Readings have names (``new``, ``running``); ``missing_in`` says what is not known in one of
    them, ``missing`` what in any other. Readings are equal: without a basis, the one that comes
    nearest speaks for the claim.
    """
    assert stated.amount is not None
    shown = ", ".join(
        f"{format_range(stated.currency, amount)} {name}" for name, amount in readings
    )
    verdicts = [agrees(stated.amount, amount, approx=stated.approx) for _, amount in readings]
    distance, side, name = min((*gap(stated.amount, amount), name) for name, amount in readings)
    lacking = missing_in.get(name, missing)
    values: dict[str, str | int | Saying] = {"stage": stage, "derived": shown}
    if Verdict.HOLDS in verdicts and not lacking:
        return Verdict.HOLDS, Saying("findings.stage-holds", values), shown
    if lacking and not side.startswith("above"):
        values["missing"] = listed(lacking)
        return Verdict.OPEN, Saying("findings.stage-without", values), shown
    if Verdict.OPEN in verdicts or stated.may_be_thousands:
        return Verdict.OPEN, Saying("findings.stage-allows", values), shown
    values["outside"] = outside(format_money(stated.currency, distance), side)
    values["stated"] = stated.text
    return Verdict.CONTRADICTED, Saying("findings.stage-misses", values), shown


def alike(one: Amount, two: Amount) -> bool:
    """Whether two places state the same cost; a range beside another must have the same ends."""
    assert one.amount is not None
    assert two.amount is not None
    if not one.amount.is_point and not two.amount.is_point:
        return one.amount == two.amount
    approx = one.approx or two.approx
    return Verdict.HOLDS in (
        agrees(one.amount, two.amount, approx=approx),
        agrees(two.amount, one.amount, approx=approx),
    )


def stated_twice(
    stage: str, first: tuple[int, str], here: str, *, holds: bool, other: Verdict
) -> Judged:
    """Say whether a place states what the ``first`` one does, of which line and text are given.

    ``other`` is the verdict where it does not.
    """
    line, there = first
    values = {"stage": stage, "here": here, "there": there, "line": str(line)}
    saying = Saying("findings.stated-twice", values)
    severity = None if holds else Severity.WARNING
    return Judged(Verdict.HOLDS if holds else other, saying, there, severity=severity)


def changed(stage: str, derived: str, *, holds: bool) -> tuple[Verdict, Saying]:
    """Say whether a base with its changes is what is stated."""
    said = "holds" if holds else "contradicted"
    saying = Saying(f"findings.changes-{said}", {"stage": stage, "derived": derived})
    return Verdict.HOLDS if holds else Verdict.CONTRADICTED, saying


def _formula(audit: Audit, stage: Stage, code: str, costs: StageCost) -> str:
    parts = [str(item_cost(item)) for item in counted_items(stage) if is_priced(item)]
    new = f"{' + '.join(parts)} = {costs.new}" if len(parts) > 1 else str(costs.new)
    if stage is audit.roadmap.stages[0]:
        return new
    return f"{new}; {costs.carried} + {costs.new} = {costs.running}"


def _changes(audit: Audit, path: Path, stage: Stage, cost: StatedCost) -> Finding:
    """A base stack and the changes of the stage give its total."""
    stated = cost.stated.monthly
    assert stated is not None
    costs = next(found for found in audit.costs if found.stage == stage.id)
    subject = f"stages.{stage.id}.cost"
    amount = audit.amount(costs.whole, cost.stated)
    if amount is None or costs.new.missing:
        missing = listed(costs.new.missing) or Saying("findings.exchange-rate")
        lacking = Saying("findings.changes-lack", {"stage": stage.name, "missing": missing})
        return audit.finding("COST008", path, subject, Verdict.OPEN, lacking, stated=cost.stated)
    code = audit.currency(cost.stated)
    base = _table(audit, cost.base)
    begin = amount + -costs.new.of(code) if costs.new.of(code).is_point else None
    changes = [item_cost(item) for item in counted_items(stage) if item_cost(item).currencies]
    formula = " + ".join(
        [format_range(code, begin) if begin else (base.name if base else ""), *map(str, changes)]
    )
    derived = format_range(code, amount)
    holds = agrees(stated, amount, approx=cost.stated.approx) is Verdict.HOLDS
    return audit.finding(
        "COST008",
        path,
        subject,
        *changed(stage.name, derived, holds=holds),
        stated=cost.stated,
        derived=derived,
        formula=f"{formula} = {derived}",
        values={"derived": measured(amount, code)},
    )


def _table(audit: Audit, identifier: str | None) -> CostTable | None:
    return next((table for _, table in audit.roadmap.tables() if table.id == identifier), None)


def basis(audit: Audit) -> Iterator[Finding]:
    """Say once for the whole roadmap that nobody wrote what the stage totals count."""
    fits = {"new": 0, "running": 0}
    asked: list[int] = []
    for number, (stage, costs) in enumerate(zip(audit.roadmap.stages, audit.costs, strict=True)):
        cost = stage.cost
        if cost is None or cost.basis is not None or cost.stated.monthly is None:
            continue
        if not costs.priced:
            continue
        readings = _readings(audit, cost, costs)
        if readings is None:
            continue
        asked.append(number)
        for name, amount in readings:
            holds = agrees(cost.stated.monthly, amount, approx=cost.stated.approx)
            fits[name] += holds is Verdict.HOLDS
    told_apart = any(
        audit.costs[number].new.recurring != audit.costs[number].running for number in asked
    )
    if not told_apart or (audit.of_document and not any(fits.values())):
        return  # a document in which neither reading fits has wrong sums, not an unclear basis
    count = len(asked)
    whole = [name for name, number in fits.items() if number == count]
    verdict = Verdict.OPEN if whole else Verdict.CONTRADICTED
    fitting = {"new": fits["new"], "count": count, "running": fits["running"]}
    fits_told = Saying("findings.basis-readings", fitting)
    saying = Saying(
        "findings.basis-open" if whole else "findings.basis-none",
        {
            "readings": fits_told,
            "advice": audit.advice(
                "findings.write", what=f"basis: {whole[0]}" if whole else "basis:"
            ),
        },
    )
    yield audit.finding(
        "COST003",
        ("stages", asked[0], "cost"),
        "stages.basis",
        verdict,
        saying,
        derived=put(fits_told),
        severity=Severity.WARNING,
    )
