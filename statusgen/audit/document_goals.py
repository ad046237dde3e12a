"""Claims that need a table of the document: savings and goals against its totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from statusgen.audit import prose
from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.cells import show
from statusgen.audit.document import DocumentAudit, Stated, TotalOf
from statusgen.audit.finding import Verdict
from statusgen.base.saying import Saying
from statusgen.importer.inline import Line
from statusgen.importer.tree import Section
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.money import SYMBOLS, Range, format_number
from statusgen.words.worded import worded

_BEFORE = re.compile(r"\b(before|current|today|old|traditional|existing|as[- ]is)\b", re.I)
_AFTER = re.compile(r"\b(after|target|goal|new|lean|proposed|future|to[- ]be)\b", re.I)
RANGE = re.compile(
    r"(?P<sign>US\$|GH₵|[$€£₵₦₹¥])(?P<low>\d[\d,]*)\s?[-–]\s?(?:[$€£₵₦₹¥])?(?P<high>\d[\d,]*)(?![\d.]|[KM%])"
)
_SAVING = re.compile(r"\b(sav(?:e[sd]?|ings?)|reduc\w+|cheaper|lower)\b", re.I)
_ACHIEVED = re.compile(
    rf"<\s?(?P<target>{prose.MONEY}).{{0,60}}?(?:achieved|actual|currently|now)\D{{0,12}}(?P<got>{prose.MONEY})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class TablePair:
    """What things cost before, and what after."""

    before: TotalOf
    after: TotalOf


def check(audit: DocumentAudit) -> None:
    """Check the claims about what is saved and aimed at."""
    pair = table_pair(audit)
    for section, _ in prose.sections(audit.root):
        stated = _ranges(section)
        for line in prose.lines(section):
            if len(line.text) > prose.MAX_TEXT:
                continue
            _achieved(audit, section, line)
            if pair is not None and _below(section, pair):
                _savings(audit, section, line, pair)
            elif len(stated) == 2 and _SAVING.search(line.text):
                _saved_ranges(audit, section, line, stated)
        if pair is not None and len(stated) == 2:
            for key, table in (("before", pair.before), ("after", pair.after)):
                _goal(audit, section, stated[key], table)


def table_pair(audit: DocumentAudit) -> TablePair | None:
    """Return the two tables of a comparison, where the document has exactly one."""
    found = [
        TablePair(one, two)
        for one, two in zip(audit.totals, audit.totals[1:], strict=False)
        if one.parent is two.parent
        and _BEFORE.search(one.name)
        and _AFTER.search(two.name)
        and not _BEFORE.search(two.name)
        and one.monthly
        and two.monthly
        and one.monthly.currency == two.monthly.currency
    ]
    return found[0] if len(found) == 1 else None


def _below(section: Section, pair: TablePair) -> bool:
    """Whether a section stands beside the two tables."""
    return section in pair.after.parent.sections or section is pair.after.section


def _ranges(section: Section) -> dict[str, Stated]:
    """Return the ranges that lines of a section state for what is and for what shall be."""
    found: dict[str, Stated] = {}
    for line in prose.lines(section):
        label = line.lead or line.text.partition(":")[0]
        match = RANGE.search(line.text)
        if match is None or len(label) > 40 or line is section.title:
            continue
        low, high = (Decimal(match[end].replace(",", "")) for end in ("low", "high"))
        if high < low:
            continue
        stated = Stated(line.number, match[0], Range(low, high), SYMBOLS[match["sign"]])
        if _BEFORE.search(label):
            found.setdefault("before", stated)
        elif _AFTER.search(label):
            found.setdefault("after", stated)
    return found if len(found) == 2 else {}


def _goal(audit: DocumentAudit, section: Section, stated: Stated, table: TotalOf) -> None:
    total = table.monthly
    if total is None or total.currency != stated.currency:
        return
    verdict = agrees(stated.amount, total.amount, approx=total.approx)
    shown = show(total.amount, total.currency)
    values: dict[str, str | int | Saying] = {
        "stated": stated.text,
        "table": table.name,
        "derived": shown,
    }
    saying = Saying("findings.goal-holds", values)
    if verdict is not Verdict.HOLDS:
        distance, side = gap(stated.amount, total.amount)
        values["outside"] = outside(show(Range.point(distance), stated.currency), side)
        saying = Saying("findings.goal-misses", values)
    audit.add(
        "COST022", stated.line, ("claims", section.title.text, "range"), verdict, saying,
        stated=stated.text, derived=shown,
        formula=worded("findings.in-line", line=str(total.line), sum=shown),
    )  # fmt: skip


def _savings(audit: DocumentAudit, section: Section, line: Line, pair: TablePair) -> None:
    """``$784 saved (85% reduction)`` beside the two tables."""
    text = line.text
    if not _SAVING.search(text) or prose.FROM_TO.search(text):
        return
    months = _totals(pair.before.monthly, pair.after.monthly)
    years = _totals(pair.before.annual, pair.after.annual)
    assert months is not None
    for stated in prose.percents(text):
        formula = parse_formula("(1 - after / before) * 100")
        values = {"before": months[0], "after": months[1]}
        if not months[0].is_point or not months[1].is_point or not months[0].low:
            break
        derived = formula.value(values).low
        verdict = stated.verdict(derived)
        shown = f"{format_number(derived)} %"
        said = "holds" if verdict is Verdict.HOLDS else "contradicted"
        audit.add(
            "COST007", line.number, ("claims", section.title.text, "percent"), verdict,
            Saying(f"findings.tables-{said}", {"stated": stated.text, "derived": shown}),
            stated=stated.text, derived=shown,
            formula=f"{formula.shown(values)} = {shown}",
        )  # fmt: skip
    match = prose.SAVED.search(text)
    what = prose.amount(match["a"] or match["b"]) if match else None
    if what is None:
        return
    candidates = [ends for ends in (months, years) if ends is not None]
    if years is None:
        twelve = Range.point(12)
        candidates.append((months[0].scaled(twelve), months[1].scaled(twelve)))
    yearly = bool(re.search(r"annual|year", text, re.I))
    results = [
        (
            agrees(
                Range.point(what.value), Range.point(one.low - two.low), approx="~" in what.text
            ),
            one,
            two,
        )
        for one, two in candidates
        if one.is_point and two.is_point
    ]
    holding = [result for result in results if result[0] is Verdict.HOLDS]
    if not results:
        return
    _, one, two = (holding or [results[-1] if yearly else results[0]])[0]
    shown = show(Range.point(one.low - two.low), what.currency)
    said = "holds" if holding else "contradicted"
    audit.add(
        "COST009", line.number, ("claims", section.title.text, "saved"),
        Verdict.HOLDS if holding else Verdict.CONTRADICTED,
        Saying(f"findings.tables-{said}", {"stated": what.text, "derived": shown}),
        stated=what.text, derived=shown,
        formula=f"{format_number(one.low)} − {format_number(two.low)} = {shown}",
    )  # fmt: skip


def _totals(one: Stated | None, two: Stated | None) -> tuple[Range, Range] | None:
    return (one.amount, two.amount) if one is not None and two is not None else None


def _saved_ranges(
    audit: DocumentAudit, section: Section, line: Line, stated: dict[str, Stated]
) -> None:
    """A percentage beside two ranges: the numbers can only allow it."""
    for percent in prose.percents(line.text)[:1]:
        formula = parse_formula("(1 - after / before) * 100")
        values = {key: entry.amount for key, entry in stated.items()}
        if values["before"].low <= 0:
            return
        derived = formula.value(values)
        ends = [
            formula.value(
                {k: Range.point((v.low if low else v.high) or v.low) for k, v in values.items()}
            ).low
            for low in (True, False)
        ]
        verdict = agrees(Range.point(percent.value), derived, approx=percent.approx)
        low, high = (f"{format_number(end)} %" for end in ends)
        span = f"{format_number(derived.low)}…{format_number(derived.high or derived.low)} %"
        audit.add(
            "COST007", line.number, ("claims", section.title.text, "percent"), verdict,
            Saying("findings.ranges-give", {"stated": percent.text, "derived": span}),
            stated=percent.text, derived=span,
            formula=worded(
                "findings.with-ends",
                sum=f"{formula.shown(values)} = {span}",
                low=low,
                high=high,
            ),
        )  # fmt: skip


def _achieved(audit: DocumentAudit, section: Section, line: Line) -> None:
    """``<$200/month (achieved at $133/month)``."""
    match = _ACHIEVED.search(line.text)
    if match is None:
        return
    target, got = prose.amount(match["target"]), prose.amount(match["got"])
    if target is None or got is None or target.currency != got.currency:
        return
    holds = got.value < target.value
    shown = show(Range.point(got.value), got.currency)
    audit.add(
        "COST026", line.number, ("claims", section.title.text, "target"),
        Verdict.HOLDS if holds else Verdict.CONTRADICTED,
        Saying(
            f"findings.target-{'holds' if holds else 'contradicted'}",
            {"derived": shown, "target": f"<{target.text}"},
        ),
        stated=f"<{target.text}", derived=shown,
        formula=f"{format_number(got.value)} < {format_number(target.value)}",
    )  # fmt: skip
