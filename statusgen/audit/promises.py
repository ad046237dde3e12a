"""Promises and advice: COST016 (nothing measures it) and COST017 (the cheapest is not)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Severity, Verdict, both, one_after_another
from statusgen.base.saying import Saying
from statusgen.roadmap.model import MEASURED, Decision
from statusgen.roadmap.money import Range, divide, format_number, format_range
from statusgen.words.worded import put, worded

_CHEAPEST = re.compile(
    r"\b(lowest|least|smallest|cheapest)\b.*\b(cost|costs|price|expense)\b|\bcheapest\b", re.I
)


def check(audit: Audit) -> Iterator[Finding]:
    """Look at success criteria, rollback triggers and decisions."""
    criteria = [(("success", index), item) for index, item in enumerate(audit.roadmap.success)]
    criteria += [
        (("rollback", "triggers", index), item)  # type: ignore[misc]
        for index, item in enumerate(audit.roadmap.rollback.triggers)
    ]
    for path, criterion in criteria:
        if criterion.metric in MEASURED and not criterion.components:
            yield audit.finding(
                "COST016",
                path,
                f"{path[0]}.{criterion.id}",
                Verdict.OPEN,
                Saying("findings.unmeasured", {"criterion": criterion.text}),
                stated=criterion.target,
            )
    yield from superlatives(audit)


def superlatives(audit: Audit) -> Iterator[Finding]:
    """Hold the advice for the lowest cost against what stages and stacks are said to cost."""
    for index, decision in enumerate(audit.roadmap.decisions):
        if _CHEAPEST.search(decision.need):
            yield from _cheapest(audit, index, decision)


def _cheapest(audit: Audit, index: int, decision: Decision) -> Iterator[Finding]:
    stages: dict[str, tuple[str, Range]] = {}
    for stage in audit.roadmap.stages:
        if stage.cost is not None and stage.cost.stated.monthly is not None:
            stages[stage.id] = (stage.name, stage.cost.stated.monthly)
    for table in audit.roadmap.stacks:
        if table.total is not None and table.total.monthly and table.total.monthly.monthly:
            stages[table.id] = (table.name, table.total.monthly.monthly)
    chosen = stages.pop(decision.go, None)
    if chosen is None:
        return
    name, amount = chosen
    code = audit.roadmap.currency
    cheaper = [
        (other, cost)
        for other, cost in stages.values()
        if cost.high is not None and cost.high < amount.low
    ]
    verdict = Verdict.CONTRADICTED if cheaper else Verdict.HOLDS
    values: dict[str, str | int | Saying] = {
        "need": repr(decision.need),
        "name": name,
        "cost": format_range(code, amount),
    }
    values["others"] = both(
        [
            Saying("findings.costs", {"name": other, "cost": format_range(code, cost)})
            for other, cost in cheaper
        ]
    )
    yield audit.finding(
        "COST017",
        ("decisions", index),
        f"decisions.{index}",
        verdict,
        Saying("findings.not-cheapest" if cheaper else "findings.cheapest", values),
        stated=decision.need,
        derived=", ".join(other for other, _ in cheaper),
        formula=put(one_after_another([_cheaper_by(cost, amount) for _, cost in cheaper])),
        severity=Severity.ERROR if cheaper else None,
    )


def _cheaper_by(cost: Range, amount: Range) -> str:
    ends = [end for end in (cost.high, cost.low) if end is not None]
    if amount.low <= 0:
        return f"{format_number(cost.low)} < {format_number(amount.low)}"
    shares = [format_number(divide((amount.low - end) * 100, amount.low), 0) for end in ends]
    each = list(dict.fromkeys(shares))
    numbers = {"cost": format_number(cost.low), "amount": format_number(amount.low)}
    if len(each) == 1:
        return worded("findings.cheaper", **numbers, share=each[0])
    return worded("findings.cheaper-range", **numbers, low=each[0], high=each[-1])
