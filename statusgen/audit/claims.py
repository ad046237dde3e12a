"""Claims in prose: each is recomputed by its formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.context import Audit
from statusgen.audit.finding import (
    Finding,
    Measured,
    Severity,
    Verdict,
    both,
    measured,
    one_after_another,
)
from statusgen.base.saying import Saying
from statusgen.roadmap.figures import figures
from statusgen.roadmap.formula import Formula, show
from statusgen.roadmap.model import Claim, ClaimKind, Figure, Path
from statusgen.roadmap.money import (
    SYMBOLS,
    Range,
    divide,
    format_money,
    format_number,
    format_range,
)
from statusgen.roadmap.price import Kind, Price
from statusgen.words.worded import put

RULE = {
    ClaimKind.SUM: "COST026",
    ClaimKind.PERCENT: "COST007",
    ClaimKind.SAVING: "COST009",
    ClaimKind.RATIO: "COST026",
    ClaimKind.BREAK_EVEN: "COST010",
    ClaimKind.PRICE_PER_CUSTOMER: "COST011",
    ClaimKind.MARGIN: "COST007",
    ClaimKind.DURATION: "COST025",
    ClaimKind.RANGE: "COST022",
}


@dataclass(frozen=True, slots=True)
class _Result:
    value: Range
    text: str


def check(audit: Audit) -> Iterator[Finding]:
    """Recompute every claim and every criterion that has a formula."""
    known = figures(audit.roadmap)
    for index, claim in enumerate(audit.roadmap.claims):
        yield _claim(audit, ("claims", index), claim, known)
    for index, criterion in enumerate(audit.roadmap.success):
        for formula in criterion.formula:
            path: Path = ("success", index)
            subject = f"success.{criterion.id}"
            yield _criterion(audit, path, subject, formula, criterion.target, known)


def _criterion(
    audit: Audit,
    path: Path,
    subject: str,
    formula: Formula,
    target: Figure,
    known: Mapping[str, Range],
) -> Finding:
    result = _evaluate(formula, known)
    if isinstance(result, Saying):
        return audit.finding("COST026", path, subject, Verdict.OPEN, result, stated=target)
    verdict = agrees(target.ratio, result.value, op=target.op)
    derived = _shown(target, result.value)
    return audit.finding(
        "COST026",
        path,
        subject,
        verdict,
        Saying(f"findings.target-{verdict}", {"derived": derived, "target": str(target)}),
        stated=target,
        derived=derived,
        formula=f"{result.text} {target.op or '='} {show(target.ratio)}",
        values={"derived": measured(_percent(target, result.value), target.unit)},
    )


def _claim(audit: Audit, path: Path, claim: Claim, known: Mapping[str, Range]) -> Finding:
    rule, subject = RULE[claim.kind], f"claims.{claim.id}"
    values = {**known, **{name: figure.ratio for name, figure in claim.values.items()}}
    if not claim.formula:
        bare = Saying("findings.claim-bare", {"stated": str(claim.stated)})
        return audit.finding(rule, path, subject, Verdict.OPEN, bare, stated=claim.stated)
    results = [_evaluate(formula, values) for formula in claim.formula]
    failed = [result for result in results if isinstance(result, Saying)]
    if failed:
        return audit.finding(rule, path, subject, Verdict.OPEN, failed[0], stated=claim.stated)
    done = [result for result in results if isinstance(result, _Result)]
    stated = claim.stated
    verdicts = [
        agrees(stated.value, _percent(stated, result.value), approx=stated.approx, op=stated.op)
        for result in done
    ]
    verdict = min(verdicts, key=[Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED].index)
    formula: str | Saying = one_after_another([result.text for result in done])
    each = list(dict.fromkeys(_shown(stated, result.value) for result in done))
    derived = both(each)
    saying = _saying(claim, verdict, derived, done[0].value)
    severity = None
    if verdict is Verdict.OPEN:
        formula = _with_ends(formula, claim, values)
    if claim.kind is ClaimKind.BREAK_EVEN:
        extra, after_fees = _break_even(claim, values)
        formula = one_after_another([formula, *extra])
        if after_fees:
            saying = Saying(
                "findings.after-fees",
                {"claim": saying, "fees": str(claim.fees), "number": after_fees},
            )
            severity = Severity.WARNING if verdict is Verdict.HOLDS else None
    return audit.finding(
        rule,
        path,
        subject,
        verdict,
        saying,
        stated=stated,
        derived=put(derived),
        formula=put(formula),
        severity=severity,
        values=_values(stated, [result.value for result in done]),
    )


def _values(stated: Figure, results: Sequence[Range]) -> dict[str, Measured]:
    """Return what was derived, in the claim's unit; several results have a number each."""
    different = list(dict.fromkeys(_percent(stated, value) for value in results))
    names = ["derived", *(f"derived {number}" for number in range(2, len(different) + 1))]
    return {
        name: measured(value, stated.unit) for name, value in zip(names, different, strict=True)
    }


def _evaluate(formula: Formula, values: Mapping[str, Range]) -> _Result | Saying:
    """Return the value with the arithmetic shown, or why there is none."""
    missing = [name for name in formula.names if name not in values]
    if missing:
        return Saying("findings.figures-missing", {"figures": both(missing)})
    try:
        return _Result(formula.value(values), formula.shown(values))
    except ValueError as error:
        return Saying("findings.no-value", {"why": str(error)})


def _percent(stated: Figure, value: Range) -> Range:
    """Bring the derived value to the unit in which the claim is written."""
    return value.scaled(Range.point(100)) if stated.unit == "%" else value


def _shown(stated: Figure, value: Range) -> str:
    text = show(_percent(stated, value))
    if stated.unit == "%":
        return f"{text} %"
    if stated.unit in SYMBOLS.values():
        return format_range(stated.unit, value)
    return f"{text} {stated.unit}".strip()


def _saying(claim: Claim, verdict: Verdict, derived: str | Saying, value: Range) -> Saying:
    stated = claim.stated
    values: dict[str, str | int | Saying] = {"stated": str(stated), "derived": derived}
    if claim.kind is ClaimKind.RANGE and verdict is Verdict.CONTRADICTED:
        distance, side = gap(stated.value, value)
        values["outside"] = outside(format_money(stated.unit, distance), side)
        return Saying("findings.claim-outside", values)
    return Saying(f"findings.claim-{verdict}", values)


def _with_ends(told: str | Saying, claim: Claim, values: Mapping[str, Range]) -> str | Saying:
    """Where ranges allow much, say what the low ends give and what the high ends give."""
    formula = claim.formula[0]
    shown: list[str | Saying] = []
    for word, high in (("low", False), ("high", True)):
        ends = {
            name: Range.point(value.high if high and value.high is not None else value.low)
            for name, value in values.items()
        }
        result = _evaluate(formula, ends)
        if isinstance(result, _Result):
            sums = f"{result.text} = {_shown(claim.stated, result.value)}"
            shown.append(Saying(f"findings.{word}-ends", {"sum": sums}))
    if not shown:
        return told
    return Saying("findings.besides", {"sum": told, "more": one_after_another(shown)})


def _break_even(claim: Claim, values: Mapping[str, Range]) -> tuple[list[str | Saying], str]:
    """Return the margin at the derived number, and the number after fees where it is another."""
    price = values.get("price")
    if price is None or claim.fees is None or not price.is_point:
        return [], ""
    net = net_of_fees(price.low, claim.fees)
    if net is None or net <= 0:
        return [], ""
    result = _evaluate(claim.formula[0], {**values, "price": Range.point(net)})
    gross = _evaluate(claim.formula[0], values)
    if not isinstance(result, _Result) or not isinstance(gross, _Result):
        return [], ""
    count = gross.value.low
    sums = (
        f"{result.text} = {show(result.value)}, "
        f"{show(gross.value)} × {format_number(net, 3)} = {format_number(count * net)}"
    )
    shown: list[str | Saying] = [
        f"{show(gross.value)} × {format_number(price.low)} = {format_number(count * price.low)}",
        Saying("findings.fees-sum", {"fees": str(claim.fees), "sum": sums}),
    ]
    if result.value == gross.value:
        return shown, ""
    return shown, _shown(claim.stated, result.value)


def net_of_fees(amount: Decimal, fees: Price) -> Decimal | None:
    """Return what is left of one payment; None where the fees hold more than % and fixed parts."""
    left = amount
    for term in fees.terms:
        if term.amount is None or not term.amount.is_point:
            return None
        if term.kind is Kind.PERCENT:
            left -= divide(amount * term.amount.low, Decimal(100))
        elif term.kind in (Kind.PER_UNIT, Kind.FIXED):
            left -= term.amount.low
        else:
            return None
    return left
