"""How the monthly cost moves over time: what is paid from when, and until when.

A plan that compares two stacks moves from the one to the other, line by line: a new line is paid
from the beginning of the time of its item, an old one until that time's end, for both run while one
replaces the other. Any other plan adds what its items cost from the beginning of their times on
(``setup``, else ``when``, else that of the stage); what an item moves from is paid until the end.
What stands in a stage that is done or current, and has no time, is paid from before the plan on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import (
    dropped_items,
    is_counted,
    is_priced,
    item_costs,
    old_cost,
    row_cost,
)
from statusgen.roadmap.exchange import in_one
from statusgen.roadmap.model import (
    Comparison,
    CostTable,
    Item,
    Roadmap,
    Row,
    Stage,
    Status,
    TimeUnit,
    When,
)
from statusgen.roadmap.model.time import DAYS_IN
from statusgen.roadmap.moments import paid_stages
from statusgen.roadmap.money import ZERO, Range


@dataclass(frozen=True, slots=True)
class Change:
    """Something that begins or ends to be paid."""

    name: str
    amount: Range
    """A month, in the roadmap's currency."""
    begins: bool


@dataclass(frozen=True, slots=True)
class GrowthStep:
    """A moment at which the monthly cost changes."""

    day: int
    """Days since the plan's beginning; of a dated plan, the day's ordinal."""
    when: str
    """The moment in the plan's own words: ``Week 3``, ``after Week 5``, ``2026-03-01``."""
    changes: tuple[Change, ...]
    running: Range
    """What is paid a month from then on, as far as it is known."""
    partly: bool = False
    """Whether something is paid then whose price is not known, or not all of it."""


@dataclass(frozen=True, slots=True)
class StageStart:
    """When a stage begins: with the first of its items."""

    stage: str
    day: int
    when: str


@dataclass(frozen=True, slots=True)
class CostGrowth:
    """The monthly cost of a plan over time."""

    steps: tuple[GrowthStep, ...]
    """By day; at least one, and at least two different costs with ``before``."""
    stages: tuple[StageStart, ...]
    """Those that have a time, by day."""
    before: Range | None
    """What is paid before the plan begins; None where it begins with nothing."""
    unit: TimeUnit
    """The widest unit that the plan counts in."""
    untimed: tuple[str, ...] = ()
    """Lines of the stacks that no time could be told for: they change with the last step."""
    left_out: tuple[str, ...] = ()
    """What has no time, or no cost that could be derived in the roadmap's currency."""
    partly: tuple[str, ...] = ()
    """What is in it with the part of its cost that is known."""
    before_partly: bool = False
    """Whether more is paid before the plan begins than is known."""
    foreign: tuple[str, ...] = ()
    """What is paid in a currency that no rate brings into the roadmap's."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Something that is paid over a stretch of time."""

    name: str
    amount: Range
    begins: tuple[int, str] | None = None
    """Day and words; None where it is paid from before the plan on."""
    ends: tuple[int, str] | None = None
    partly: bool = False
    """Whether its amount is only what is known of it."""

    @property
    def known(self) -> bool:
        """Whether anything is known of its amount."""
        return not self.partly or self.amount != ZERO


def cost_growth(plan: Roadmap) -> CostGrowth | None:
    """Return how a plan's cost moves; None where it has no times, or its cost stays the same."""
    clock = _Clock(plan)
    for comparison in plan.comparisons:
        found = _moved(plan, clock, comparison)
        if found is not None:
            return found
    return _added(plan, clock)


class _Clock:
    """Where the plan's windows of time lie: all on one axis, or nowhere."""

    def __init__(self, plan: Roadmap) -> None:
        self.times: dict[str, When] = {}
        """By item."""
        for stage in plan.stages:
            self._learn(stage.items, stage)
        self._learn(plan.next, None)
        windows = self.times.values()
        self.dated = any(when.unit is TimeUnit.DATE for when in windows)
        self._beginning = plan.start
        counted = [unit for unit in DAYS_IN if any(when.unit is unit for when in windows)]
        self.unit = (
            TimeUnit.DATE
            if self.dated
            else max(counted, key=DAYS_IN.__getitem__, default=TimeUnit.DAY)
        )

    def _learn(self, items: Sequence[Item], stage: Stage | None) -> None:
        for item in items:
            when = item.setup or item.when or (stage.when if stage else None)
            if when is not None:
                self.times[item.id] = when

    def window(self, items: Sequence[str]) -> tuple[tuple[int, str], tuple[int, str] | None] | None:
        """Return when these items begin and are done (None: never), with words for both.

        None where one of them has no time, or one that has no place among the others.
        """
        spans = [self._span(self.times[item]) for item in items if item in self.times]
        placed = [span for span in spans if span is not None]
        if not items or len(placed) < len(items):
            return None
        ends = [end for _, end in placed if end is not None]
        return min(start for start, _ in placed), max(ends) if len(ends) == len(placed) else None

    def stages(self, plan: Roadmap) -> tuple[StageStart, ...]:
        """Return when the stages begin, by day; those of one day in the plan's order."""
        found: list[StageStart] = []
        for stage in plan.stages:
            if stage.status is Status.DROPPED:
                continue
            whens = [self.times[item.id] for item in stage.items if item.id in self.times]
            spans = [self._span(when) for when in (whens or ([stage.when] if stage.when else []))]
            starts = [span[0] for span in spans if span is not None]
            if starts:
                found.append(StageStart(stage.id, *min(starts, key=lambda start: start[0])))
        return tuple(sorted(found, key=lambda start: start.day))

    def _span(self, when: When) -> tuple[tuple[int, str], tuple[int, str] | None] | None:
        if self.dated:
            try:
                days = when.dates(self._beginning)
            except (ValueError, OverflowError):  # beyond the end of the calendar
                return None
            if days is None:
                return None
            first, last = days
            end = None if last is None else (last.toordinal() + 1, f"after {last.isoformat()}")
            return (first.toordinal(), first.isoformat()), end
        if when.unit is TimeUnit.NOW:
            return (0, when.raw), (0, when.raw)
        if when.first is None:
            return None
        length, name = DAYS_IN[when.unit], when.unit.value.capitalize()
        ends = None
        if when.last is not None:
            ends = (when.last * length, f"after {name} {when.last}")
        return ((when.first - 1) * length, f"{name} {when.first}"), ends


def _moved(plan: Roadmap, clock: _Clock, comparison: Comparison) -> CostGrowth | None:
    """Tell of a plan that moves from one stack to another."""
    rows = [(row, comparison.before) for row in comparison.before.rows]
    rows += [(row, comparison.after) for row in comparison.after.rows]
    windows = [clock.window(_items(row)) for row, _ in rows]
    last = max((window[1] or window[0] for window in windows if window), default=None)
    if last is None:
        return None
    lines: list[_Line] = []
    untimed: list[str] = []
    left_out: list[str] = []
    for (row, table), window in zip(rows, windows, strict=True):
        name, cost = _name(row, table), row_cost(row)
        amount, partly = _known(cost, plan)
        if amount is None:
            left_out.append(name)
            continue
        if window is None and amount != ZERO:
            untimed.append(name)
        begins, ends = window or (last, last)
        if table is comparison.before:
            lines.append(_Line(name, amount, ends=ends, partly=partly))
        else:
            lines.append(_Line(name, amount, begins=begins, partly=partly))
    return _growth(plan, clock, lines, untimed, left_out)


def _items(row: Row) -> list[str]:
    """Return the items that a line pays for; it may name one of their options."""
    return [reference.partition("/")[0] for reference in row.items]


def _name(row: Row, table: CostTable) -> str:
    """Name a line so that it can be told from the others of its table."""
    twice = row.note and sum(other.name == row.name for other in table.rows) > 1
    return f"{row.name} ({row.note})" if twice else row.name


def _added(plan: Roadmap, clock: _Clock) -> CostGrowth | None:
    """Tell of a plan whose items add to what is paid."""
    lines: list[_Line] = []
    left_out: list[str] = []
    running = _running(plan)
    foreign: list[str] = []
    dropped = dropped_items(plan)
    for _, item in plan.items():
        if item.id in dropped:
            continue
        if not (is_priced(item) or item.options):
            continue
        window = clock.window([item.id])
        if window is None and item.id not in running:
            left_out.append(item.name)
            continue
        known = len(left_out)
        for one in item_costs(item).lines:
            name = f"{one.name} ({item.name})" if one.need else one.name
            new, partly = _known(one.cost, plan)
            if new is None:
                (foreign if one.cost.currencies else left_out).append(name)
            begins = window[0] if window else None
            lines.append(_Line(name, new or ZERO, begins=begins, partly=partly))
        if item.moves_from and len(left_out) == known:
            name = " or ".join(service.name for service in item.moves_from)
            old, partly = _known(old_cost(item.moves_from), plan)
            if old is None or partly:
                left_out.append(name)
            else:
                lines.append(_Line(name, old, ends=window[1] if window else None))
    return _growth(plan, clock, lines, (), left_out, foreign)


def _running(plan: Roadmap) -> frozenset[str]:
    """Return the items that run already, without anybody having to say since when."""
    paid = (item for stage in paid_stages(plan) for item in stage.items if is_counted(item, stage))
    return frozenset(item.id for item in paid)


def _known(cost: Cost, plan: Roadmap) -> tuple[Range | None, bool]:
    """Return what is known of a cost in the roadmap's currency, and whether that is not all."""
    cost = in_one(cost, plan.rates, plan.currency)
    if set(cost.currencies) - {plan.currency} or (cost.missing and not cost.currencies):
        return None, True
    return cost.of(plan.currency), bool(cost.missing)


def _growth(
    plan: Roadmap,
    clock: _Clock,
    lines: Sequence[_Line],
    untimed: Sequence[str],
    left_out: Sequence[str],
    foreign: Sequence[str] = (),
) -> CostGrowth | None:
    moments: dict[int, str] = {}
    # What begins names a moment better than what ended just before it.
    known = [line for line in lines if line.known]
    for moment in (*(line.begins for line in known), *(line.ends for line in known)):
        if moment is not None:
            moments.setdefault(*moment)
    steps = []
    for day in sorted(moments):
        changes = tuple(one for line in known if (one := _change(line, day)))
        paid = [line for line in lines if _is_paid(line, day)]
        running = _sum(line.amount for line in paid)
        partly = any(line.partly for line in paid)
        steps.append(GrowthStep(day, moments[day], changes, running, partly))
    old = [line for line in lines if line.begins is None]
    before = _sum(line.amount for line in old) if any(line.known for line in old) else None
    if len({before or ZERO, *(step.running for step in steps)}) < 2:
        return None
    return CostGrowth(
        tuple(steps),
        clock.stages(plan),
        before,
        clock.unit,
        tuple(dict.fromkeys(untimed)),
        tuple(dict.fromkeys(left_out)),
        tuple(dict.fromkeys(line.name for line in known if line.partly)),
        any(line.partly for line in old),
        tuple(dict.fromkeys(foreign)),
    )


def _change(line: _Line, day: int) -> Change | None:
    begins = line.begins is not None and line.begins[0] == day
    ends = line.ends is not None and line.ends[0] == day
    return Change(line.name, line.amount, begins) if begins or ends else None


def _is_paid(line: _Line, day: int) -> bool:
    begun = line.begins is None or line.begins[0] <= day
    return begun and (line.ends is None or day < line.ends[0])


def _sum(amounts: Iterable[Range]) -> Range:
    return sum(amounts, ZERO)
