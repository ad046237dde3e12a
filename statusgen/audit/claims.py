"""Claims in sentences: each is recomputed by its formula, in a roadmap file and in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.context import Audit
from statusgen.audit.far import asked
from statusgen.audit.finding import (
    Finding,
    Judged,
    Measured,
    Severity,
    Verdict,
    both,
    measured,
    one_after_another,
)
from statusgen.audit.said import Said
from statusgen.audit.stages import stated_twice
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import is_slip, is_year_of, unit_of_last_digit
from statusgen.roadmap.claims import Durations, Reckoned, Weeks, Year
from statusgen.roadmap.claims import show as amount_shown
from statusgen.roadmap.figures import figures, formulas_of
from statusgen.roadmap.formula import Formula, show
from statusgen.roadmap.model import ClaimKind, Figure, Path
from statusgen.roadmap.money import (
    SYMBOLS,
    ZERO,
    Range,
    divide,
    format_money,
    format_number,
    format_range,
)
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_scale import CODES
from statusgen.words.worded import put, worded

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
        path: Path = ("claims", index)
        values = {**known, **{name: figure.ratio for name, figure in claim.values.items()}}
        read = bool(claim.line)
        judged = _judge(
            claim.kind, claim.stated, claim.formula, values, claim.fees, of_document=read
        )
        subject = f"claims.{claim.id}"
        yield audit.judged(RULE[claim.kind], path, subject, judged, claim.stated)
    for index, criterion in enumerate(audit.roadmap.success):
        for formula in formulas_of(audit.roadmap, criterion):
            path = ("success", index)
            judged = _target(formula, criterion.target, known)
            if not criterion.formula:  # that it is about what runs then is our reading
                judged = replace(judged, severity=_OF_OUR_READING.get(judged.verdict))
            subject = f"success.{criterion.id}"
            yield audit.judged("COST026", path, subject, judged, criterion.target)


_OF_OUR_READING = {Verdict.CONTRADICTED: Severity.WARNING, Verdict.OPEN: Severity.INFO}


def check_sentences(said: Said, claims: Sequence[Reckoned | Year | Weeks | Durations]) -> None:
    """Recompute every claim in the sentences of a document."""
    for claim in claims:
        if isinstance(claim, Year):
            _year(said, claim)
        elif isinstance(claim, Weeks):
            _weeks(said, claim)
        elif isinstance(claim, Durations):
            _durations(said, claim)
        else:
            _reckoned(said, claim)


def _reckoned(said: Said, claim: Reckoned) -> None:
    if claim.stated.op and claim.kind is ClaimKind.SUM:
        judged = _target(claim.formulas[0], claim.stated, claim.values)
    else:
        judged = _judge(
            claim.kind,
            claim.stated,
            claim.formulas,
            claim.values,
            claim.fees,
            claim.slack,
            of_document=True,
        )
    if claim.only_right and judged.verdict is not Verdict.HOLDS:
        if claim.kind is not ClaimKind.SUM or not _is_slip(claim.stated, judged):
            return
        judged = replace(judged, severity=Severity.WARNING)
    said.add(RULE[claim.kind], claim.place, judged, claim.stated.raw)


def _is_slip(stated: Figure, judged: Judged) -> bool:
    """Whether what follows differs in one digit, or in two that changed places.

    A tax, a rounding or a second meaning seldom leads there, so that much is worth a question.
    """
    derived = (Range(value.low, value.high) for value in judged.values.values())
    return judged.verdict is Verdict.CONTRADICTED and any(
        is_slip(stated.value, one) for one in derived
    )


def _target(formula: Formula, target: Figure, known: Mapping[str, Range]) -> Judged:
    """Hold a bound against what is reached."""
    result = _evaluate(formula, known)
    if isinstance(result, Saying):
        return Judged(Verdict.OPEN, result)
    verdict = agrees(target.ratio, result.value, op=target.op)
    derived = _shown(target, result.value)
    return Judged(
        verdict,
        Saying(f"findings.target-{verdict}", {"derived": derived, "target": str(target)}),
        derived,
        f"{result.text} {target.op or '='} {show(target.ratio)}",
        values={"derived": measured(_percent(target, result.value), target.unit)},
    )


def _judge(
    kind: ClaimKind,
    stated: Figure,
    formulas: Sequence[Formula],
    values: Mapping[str, Range],
    fees: Price | None,
    slack: Decimal = ZERO.low,
    *,
    of_document: bool,
) -> Judged:
    """Recompute a stated figure by its formulas, of which one must agree.

    In a document the formula was read from a sentence, whose units may convert one into another.
    """
    if not formulas:
        return Judged(Verdict.OPEN, Saying("findings.claim-bare", {"stated": str(stated)}))
    results = [_evaluate(formula, values) for formula in formulas]
    failed = [result for result in results if isinstance(result, Saying)]
    if failed:
        return Judged(Verdict.OPEN, failed[0])
    done = [result for result in results if isinstance(result, _Result)]
    verdicts = [_agrees(stated, _percent(stated, result.value), slack) for result in done]
    verdict = min(verdicts, key=[Verdict.HOLDS, Verdict.OPEN, Verdict.CONTRADICTED].index)
    if verdict is Verdict.HOLDS:
        done = [result for result, one in zip(done, verdicts, strict=True) if one is verdict]
    sums = [f"{result.text} = {_shown(stated, result.value)}" for result in done]
    formula: str | Saying = one_after_another(list(dict.fromkeys(sums)))
    each = list(dict.fromkeys(_shown(stated, result.value) for result in done))
    derived = both(each)
    saying = _saying(kind, stated, verdict, derived, done[0].value)
    severity = None
    of_sum = kind is ClaimKind.SUM and verdict is Verdict.CONTRADICTED
    if of_document and of_sum and _converts(stated, done):
        verdict, severity = Verdict.OPEN, Severity.INFO
        saying = _saying(kind, stated, verdict, derived, done[0].value)
    if verdict is Verdict.OPEN:
        formula = _with_ends(formula, formulas[0], stated, values)
    if kind is ClaimKind.BREAK_EVEN:
        extra, after_fees = _break_even(formulas[0], stated, values, fees)
        formula = one_after_another([formula, *extra])
        if after_fees:
            saying = Saying(
                "findings.after-fees",
                {"claim": saying, "fees": str(fees), "number": after_fees},
            )
            severity = Severity.WARNING if verdict is Verdict.HOLDS else None
    reached = [result.value for result in done]
    values_found = _values(stated, reached)
    judged = Judged(verdict, saying, put(derived), put(formula), severity, values_found)
    if not of_document or stated.op or kind not in _OF_SENTENCES:
        return judged
    shares = [_percent(stated, value) for value in reached]
    return asked(judged, stated.value, shares, percent=stated.unit == "%")


_OF_SENTENCES = (ClaimKind.SUM, ClaimKind.PERCENT)
"""The kinds that any numbers of a sentence may look like."""

_FACTORS = tuple(map(Decimal, (7, 12, 24, 30, 60, 100, 168, 365, 720, 730, 1000, 1024, 3600, 8760)))
_FACTORS += tuple(Decimal(10) ** power for power in (4, 5, 6, 8, 9, 12))


def _converts(stated: Figure, results: Sequence[_Result]) -> bool:
    """Whether a result is off by what one unit holds of another: minutes of an hour, thousands."""
    for result in results:
        if not (stated.value.is_point and result.value.is_point):
            continue
        one, other = sorted((abs(stated.value.low), abs(result.value.low)))
        if one and any(abs(other / one - factor) * 200 <= factor for factor in _FACTORS):
            return True
    return False


def _agrees(stated: Figure, derived: Range, slack: Decimal) -> Verdict:
    """Hold a figure against a derived one; what was rounded to a bound satisfies it as well."""
    if stated.op in ("<", "<=", ">") and agrees(stated.value, derived) is Verdict.HOLDS:
        return Verdict.HOLDS
    value = stated.value
    if stated.approx and stated.unit == "%" and value.is_point:
        slack = max(slack, value.low / 10)  # *about 30 %* is 32 to most
    elif stated.approx and value.is_point and value.low > 0:
        # *~$300* is $291, but *~$1,000* is no $1,440.
        rounded = unit_of_last_digit(value.low.normalize()) / 2
        slack = max(slack, min(rounded, value.low / 20))
    if slack and value.high is not None and not stated.op:
        value = Range(value.low - slack, value.high + slack)
    return agrees(value, derived, approx=stated.approx, op=stated.op)


def _year(said: Said, claim: Year) -> None:
    """An amount a year is twelve of the same a month."""
    month, year = claim.month, claim.year
    assert month.amount is not None
    assert year.amount is not None
    holds = is_year_of(year.amount, month.amount, approx=month.approx or year.approx)
    if not holds and month.approx and year.amount.is_point and month.amount.is_point:
        # A month that is about right may be off by half its last digit, twelve times.
        slack = unit_of_last_digit(month.amount.low) * 6
        holds = abs(month.amount.low * 12 - year.amount.low) <= slack
    if not holds and claim.said_otherwise:
        return
    if claim.of_total and any(f.line == claim.of_total and f.is_fault for f in said.findings):
        return  # which of the two is wrong, nobody can tell
    twelve = month.amount.scaled(Range.point(12))
    derived = amount_shown(twelve, month.currency)
    verdict = Verdict.HOLDS if holds else Verdict.CONTRADICTED
    values = {"month": month.text, "derived": derived, "stated": year.text}
    saying = Saying(f"findings.month-and-year-{verdict}", values)
    formula = f"12 × {month.shown()} = {derived}"
    judged = asked(Judged(verdict, saying, derived, formula), year.amount, [twelve])
    said.add("COST006", claim.place, judged, year.text)


def _weeks(said: Said, claim: Weeks) -> None:
    """A total of weeks covers the windows; a month has between 3.9 and 4.6 of them."""
    holds = claim.stated == claim.covered
    if claim.months:
        holds = holds and Decimal("3.9") <= divide(Decimal(claim.stated), claim.months) <= Decimal(
            "4.6"
        )
    verdict = Verdict.HOLDS if holds else Verdict.CONTRADICTED
    saying = Saying(f"findings.weeks-{verdict}", {"stated": claim.text, "last": claim.covered})
    formula = worded("findings.weeks", last=show(Range.point(claim.covered)))
    severity = None if holds else Severity.WARNING
    judged = Judged(verdict, saying, f"{claim.covered} weeks", formula, severity)
    said.add("COST025", claim.place, judged, claim.text)


def _durations(said: Said, claim: Durations) -> None:
    """What is said of the whole plan is asked about where one part says something else."""
    one = (claim.line, claim.there)
    judged = stated_twice(claim.name, one, claim.here, holds=claim.overlap, other=Verdict.OPEN)
    said.add("COST025", claim.place, judged, claim.here)


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
    if stated.unit in SYMBOLS.values() or re.fullmatch(CODES, stated.unit):
        return format_range(stated.unit, value)
    return f"{text} {stated.unit}".strip()


def _saying(
    kind: ClaimKind, stated: Figure, verdict: Verdict, derived: str | Saying, value: Range
) -> Saying:
    values: dict[str, str | int | Saying] = {"stated": str(stated), "derived": derived}
    if kind is ClaimKind.RANGE and verdict is Verdict.CONTRADICTED:
        distance, side = gap(stated.value, value)
        values["outside"] = outside(format_money(stated.unit, distance), side)
        return Saying("findings.claim-outside", values)
    return Saying(f"findings.claim-{verdict}", values)


def _with_ends(
    told: str | Saying, formula: Formula, stated: Figure, values: Mapping[str, Range]
) -> str | Saying:
    """Where ranges allow much, say what the low ends give and what the high ends give."""
    shown: list[str | Saying] = []
    for word, high in (("low", False), ("high", True)):
        ends = {
            name: Range.point(value.high if high and value.high is not None else value.low)
            for name, value in values.items()
        }
        result = _evaluate(formula, ends)
        if isinstance(result, _Result):
            sums = f"{result.text} = {_shown(stated, result.value)}"
            shown.append(Saying(f"findings.{word}-ends", {"sum": sums}))
    if not shown:
        return told
    return Saying("findings.besides", {"sum": told, "more": one_after_another(shown)})


def _break_even(
    formula: Formula, stated: Figure, values: Mapping[str, Range], fees: Price | None
) -> tuple[list[str | Saying], str]:
    """Return what the stated number brings, and the number after fees where it is another."""
    price = values.get("price")
    if price is None or not price.is_point or not stated.value.is_point:
        return [], ""
    paid = stated.value.low
    brings: list[str | Saying] = [
        f"{show(stated.value)} × {format_number(price.low)} = {format_number(paid * price.low)}"
    ]
    net = net_of_fees(price.low, fees) if fees is not None else None
    if net is None or net <= 0:
        return brings, ""
    result = _evaluate(formula, {**values, "price": Range.point(net)})
    gross = _evaluate(formula, values)
    if not isinstance(result, _Result) or not isinstance(gross, _Result):
        return brings, ""
    count = gross.value.low
    sums = (
        f"{result.text} = {show(result.value)}, "
        f"{show(gross.value)} × {format_number(net, 3)} = {format_number(count * net)}"
    )
    shown: list[str | Saying] = [
        f"{show(gross.value)} × {format_number(price.low)} = {format_number(count * price.low)}",
        Saying("findings.fees-sum", {"fees": str(fees), "sum": sums}),
    ]
    if result.value == gross.value:
        return shown, ""
    return shown, _shown(stated, result.value)


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
