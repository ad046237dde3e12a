"""Estimate against actual: what a month was planned to cost, and what was billed for it.

Currencies are never mixed: an amount in one is held against an estimate in the same, and against
nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.invoice import Billed
from statusgen.roadmap.model import Roadmap, Stage, Status
from statusgen.roadmap.moments import current_stage
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.paid import PaidLine, paid_lines


class Verdict(StrEnum):
    """How what was billed stands to what was planned."""

    AS_PLANNED = "as-planned"
    MORE = "more"
    LESS = "less"
    UNPLANNED = "unplanned"
    """Billed, and in no line of the plan."""
    UNBILLED = "unbilled"
    """In the plan, and on no invoice of the month."""
    OPEN = "open"
    """The plan does not say what it costs, or says it in another currency."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One service in one month and one currency."""

    service: str
    currency: str
    planned: Range | None
    """None: nothing is planned in this currency."""
    billed: Decimal | None
    """None: nothing was billed in this currency."""
    verdict: Verdict

    @property
    def difference(self) -> Decimal | None:
        """How much more was billed than planned at most, or, below zero, less than at least."""
        if self.planned is None or self.billed is None or self.verdict is Verdict.OPEN:
            return None
        if self.billed < self.planned.low:
            return self.billed - self.planned.low
        if self.planned.high is not None and self.billed > self.planned.high:
            return self.billed - self.planned.high
        return Decimal(0)


@dataclass(frozen=True, slots=True)
class MonthCompared:
    """One month: each service, and the sums by currency."""

    month: str
    stage: Stage | None
    """The stage whose cost is the estimate; None where the plan tells of no stage then."""
    dated: bool
    """Whether its dates say so; else it is the stage that is marked as the current one."""
    rows: tuple[Compared, ...]
    sums: tuple[Compared, ...]


def compare(
    roadmap: Roadmap, month: str, lines: Sequence[Billed], stage: Stage | None = None
) -> MonthCompared:
    """Hold what was billed in a month against the plan of a stage: that which it was in."""
    stage, dated = (stage, False) if stage is not None else stage_in(roadmap, month)
    planned = _planned(roadmap, stage)
    billed: dict[str, dict[str, Decimal]] = {}
    ever = {_key(line.service) for line in lines}
    names: dict[str, str] = {}
    for line in lines:
        if line.month == month:
            key = _key(line.service)
            names.setdefault(key, line.service)
            sums = billed.setdefault(key, {})
            code = line.currency or roadmap.currency
            sums[code] = sums.get(code, Decimal(0)) + line.amount
    rows: list[Compared] = []
    taken: set[int] = set()
    for key in sorted(billed):
        matching = _matching(planned, key, taken)
        taken |= set(matching)
        cost = _total([planned[number].cost for number in matching])
        rows += _rows(
            names[key], cost, billed[key], roadmap.currency, known=bool(matching) or not stage
        )
    for number, paid in enumerate(planned):
        if number not in taken:
            cost = paid.cost
            if {_key(name) for name in (paid.name, paid.service, paid.vendor)} & ever:
                cost = cost.recurring  # what is paid once may be on that invoice
            rows += _rows(paid.name, cost, {}, roadmap.currency, known=True)
    return MonthCompared(month, stage, dated, tuple(rows), _sums(rows))


def stage_in(roadmap: Roadmap, month: str) -> tuple[Stage | None, bool]:
    """Return the stage that a month was in, and whether its dates say so.

    Of several whose dates hold the month, the last; without dates, the one that is current.
    """
    begins = date.fromisoformat(f"{month}-01")
    ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = None
    for stage in roadmap.stages:
        if stage.when is None or stage.status is Status.DROPPED:
            continue
        dates = stage.when.dates(roadmap.start)
        if dates is not None and dates[0] <= ends and (dates[1] is None or dates[1] >= begins):
            found = stage
    return (found, True) if found is not None else (current_stage(roadmap), False)


def _planned(roadmap: Roadmap, stage: Stage | None) -> list[PaidLine]:
    if stage is None:
        return []
    costs = stage_costs(roadmap)
    last = next(number for number, cost in enumerate(costs) if cost.stage == stage.id)
    return [
        line
        for line in paid_lines(roadmap, costs[: last + 1])
        if line.cost.amounts or line.cost.missing
    ]


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _matching(planned: Sequence[PaidLine], key: str, taken: set[int]) -> list[int]:
    """Return the lines of a service: of its name, else of what is bought, else of its vendor."""
    free = [(number, line) for number, line in enumerate(planned) if number not in taken]
    for by in ("name", "service", "vendor"):
        found = [number for number, line in free if _key(getattr(line, by)) == key]
        if found:
            return found
    return []


def _total(costs: Sequence[Cost]) -> Cost:
    found = Cost()
    for cost in costs:
        found += cost
    return found


def _rows(
    name: str, cost: Cost, billed: Mapping[str, Decimal], currency: str, *, known: bool
) -> list[Compared]:
    """Return a row for each currency that is planned or billed."""
    planned = {code or currency: amount for code, amount in cost.amounts}
    for code, amount in cost.once:
        if code in billed:  # in this month, or in another one
            low = planned.get(code, ZERO)
            planned[code] = low + Range(ZERO.low, amount.high)
    if not planned and not billed:
        return [Compared(name, currency, None, None, Verdict.OPEN)]
    return [
        Compared(
            name,
            code,
            planned.get(code),
            billed.get(code),
            _verdict(planned.get(code), billed.get(code), cost, known=known),
        )
        for code in sorted(planned.keys() | billed.keys())
    ]


def _verdict(planned: Range | None, billed: Decimal | None, cost: Cost, *, known: bool) -> Verdict:
    if not known:
        return Verdict.UNPLANNED
    if planned is None or cost.missing:
        return Verdict.OPEN
    if billed is None:
        due = planned.low or planned.high or cost.once
        return Verdict.UNBILLED if due else Verdict.AS_PLANNED
    if billed < planned.low:
        return Verdict.LESS
    if planned.high is not None and billed > planned.high:
        return Verdict.MORE
    return Verdict.AS_PLANNED


def _sums(rows: Sequence[Compared]) -> tuple[Compared, ...]:
    """Return the sums by currency; open where any part of the plan is."""
    found = []
    for code in sorted({row.currency for row in rows}):
        of = [row for row in rows if row.currency == code]
        billed = [row.billed for row in of if row.billed is not None]
        planned = [row.planned for row in of if row.planned is not None]
        whole: Range | None = None
        for amount in planned:
            whole = amount if whole is None else whole + amount
        total = sum(billed, Decimal(0)) if billed else None
        open_ = any(row.verdict is Verdict.OPEN for row in of)
        open_ = open_ or all(row.planned is None for row in of)
        verdict = Verdict.OPEN if open_ else _verdict(whole, total, Cost(), known=whole is not None)
        found.append(Compared("", code, whole, total, verdict))
    return tuple(found)
