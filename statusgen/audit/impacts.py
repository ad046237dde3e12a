"""Savings: COST023 (a phase against its migrations) and COST009 (all phases against the tables)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Verdict, measured
from statusgen.base.saying import Saying
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import counted_items, own_cost, service_cost, table_cost
from statusgen.roadmap.model import Item, Stage
from statusgen.roadmap.money import ZERO, Range, format_range


def check(audit: Audit) -> Iterator[Finding]:
    """Hold every stated impact against what the migrations change."""
    for number, stage in enumerate(audit.roadmap.stages):
        stated = stage.cost_impact.stated.monthly if stage.cost_impact else None
        if stated is not None and not audit.costs[number].dropped:
            yield _impact(audit, number, stage, audit.costs[number].own_change)
    yield from _saving(audit)


def _ends(items: Sequence[Item], currency: str) -> tuple[Range, Range, Range] | None:
    """Return what the migrations change: low with low, high with high, and the extremes.

    Each is a range over the choice among the alternatives. None where a price is missing.
    """
    low = high = extremes = ZERO
    for item in items:
        if not item.is_migration:
            continue
        before = [service_cost(service) for service in item.moves_from]
        # A machine that the tables count is no part of what the author compares here.
        after = [own_cost(service) for service in item.moves_to[:1]]
        old, new = [[cost.of(currency) for cost in costs] for costs in (before, after)]
        if any(cost.missing for cost in (*before, *after)) or not old or not new:
            return None
        if any(amount.high is None for amount in (*old, *new)):
            return None
        highs = [amount.high for amount in old if amount.high is not None]
        new_high = max(amount.high for amount in new if amount.high is not None)
        new_low = min(amount.low for amount in new)
        lows = [amount.low for amount in old]
        low += Range(new_low - max(lows), new_low - min(lows))
        high += Range(new_high - max(highs), new_high - min(highs))
        extremes += Range(new_low - max(highs), new_high - min(lows))
    return low, high, extremes


def _impact(audit: Audit, number: int, stage: Stage, change: Cost) -> Finding:
    assert stage.cost_impact is not None
    written = stage.cost_impact.stated
    stated = written.monthly
    assert stated is not None
    path = ("stages", number, "cost_impact")
    subject = f"stages.{stage.id}.cost_impact"
    code = audit.currency(written)
    ends = _ends(counted_items(stage), code)
    moves = any(item.is_migration for item in counted_items(stage))
    if ends is None or not moves:
        what = "unpriced" if moves else "none"
        open_ = Saying(f"findings.impact-{what}", {"stage": stage.name})
        return audit.finding("COST023", path, subject, Verdict.OPEN, open_, stated=written)
    low, high, extremes = ends
    # The smallest saving is the low ends' and the largest the high ends', for some choice among
    # the alternatives; a statement that is rounded outwards around both holds too.
    small, large = (stated.high, stated.low) if stated.high is not None else (stated.low,) * 2
    exact = low.holds(Range.point(small)) and high.holds(Range.point(large))
    around = small >= (low.high or ZERO.low) and large <= high.low
    verdict = Verdict.HOLDS if exact or around else Verdict.CONTRADICTED
    derived = format_range(code, change.of(code))
    said = "holds" if verdict is Verdict.HOLDS else "contradicted"
    return audit.finding(
        "COST023",
        path,
        subject,
        verdict,
        Saying(
            f"findings.impact-{said}",
            {
                "stage": stage.name,
                "stated": str(written),
                "derived": derived,
                "low": format_range(code, low),
                "high": format_range(code, high),
                "extremes": format_range(code, extremes),
            },
        ),
        stated=written,
        derived=derived,
        formula=_formula(stage, code),
        values={
            "derived": measured(change.of(code), code),
            "low ends": measured(low, code),
            "high ends": measured(high, code),
            "extremes": measured(extremes, code),
        },
    )


def _formula(stage: Stage, code: str) -> str:
    parts = []
    for item in counted_items(stage):
        if not item.is_migration:
            continue
        old = " or ".join(str(service.price) for service in item.moves_from)
        parts.append(f"{item.name}: {old} → {item.moves_to[0].price if item.moves_to else '–'}")
    return "; ".join(parts)


def _saving(audit: Audit) -> Iterator[Finding]:
    """The impacts of all phases add up to what the comparison saves."""
    impacts = [
        (stage, stage.cost_impact.stated)
        for stage in audit.roadmap.stages
        if stage.cost_impact is not None
    ]
    amounts = [price.monthly for _, price in impacts]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return
    code = audit.roadmap.currency
    planned = ZERO
    for amount in known:
        planned += amount
    for index, comparison in enumerate(audit.roadmap.comparisons):
        if comparison.before.sums is False or comparison.after.sums is False:
            continue
        if any(row.period for row in (*comparison.before.rows, *comparison.after.rows)):
            continue  # of amounts that are nobody's month no change of the month is known
        before, after = (
            table_cost(side).of(code) for side in (comparison.before, comparison.after)
        )
        if after.high is None or before.high is None or planned.high is None:
            continue
        saved = after + -before
        verdict = Verdict.HOLDS if planned.holds(saved) else Verdict.CONTRADICTED
        if verdict is Verdict.HOLDS:
            word = "within"
        elif saved.low > planned.high:
            word = "smaller"
        else:
            word = "larger"
        yield audit.finding(
            "COST009",
            ("comparisons", index),
            f"comparisons.{comparison.id}.saving",
            verdict,
            Saying(
                f"findings.saving-{word}",
                {"change": format_range(code, saved), "planned": format_range(code, planned)},
            ),
            stated=format_range(code, planned),
            derived=format_range(code, saved),
            formula=(
                f"{' + '.join(str(price) for _, price in impacts)} = "
                f"{format_range(code, planned)}; "
                f"{format_range(code, after)} − {format_range(code, before)} = "
                f"{format_range(code, saved)}"
            ),
            values={"stated": measured(planned, code), "derived": measured(saved, code)},
        )
