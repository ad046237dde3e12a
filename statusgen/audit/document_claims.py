"""Claims in a document's prose: percentages, savings, break-even, calculations, goals, time."""

from __future__ import annotations

import re
from decimal import Decimal

from statusgen.audit.agree import agrees
from statusgen.audit.cells import show
from statusgen.audit.document import DocumentAudit
from statusgen.audit.finding import Severity, Verdict
from statusgen.audit.prose import (
    FROM_TO,
    LESS,
    MAX_TEXT,
    MONEY,
    MORE,
    SAVED,
    Amount,
    Percent,
    amount,
    lines,
    percents,
    sections,
)
from statusgen.base.saying import Saying
from statusgen.importer.calculations import NUMBER, SIGN, calculations
from statusgen.importer.inline import Line
from statusgen.importer.tree import Section
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.formula import show as plain
from statusgen.roadmap.money import Range, format_number
from statusgen.words.worded import worded

_EACH = re.compile(
    rf"(?P<count>\d{{1,4}})\s?[×x]\s.{{0,60}}?(?P<unit>{MONEY})\s+each\s*=\s*(?P<total>{MONEY})"
)
_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>~?{SIGN}(?:{NUMBER})[KM]?\b)\s?(?:/mo(?:nth)?\b|per month|a month|monthly)"
    rf"(?:\s?[(,;=≈|]|,?\s+(?:or|i\.e\.|which is|=|that is))*\s*"
    rf"(?P<year>~?{SIGN}(?:{NUMBER})[KM]?\b)\s?(?:/y(?:ea)?r\b|per year|a year|annually|yearly)",
    re.I,
)
_SHORTER = re.compile(r"(?:/\s?|\bper |\ban? )(?:hour|hr|day|week)s?\b|daily|weekly|hourly", re.I)
_WEEKS = re.compile(
    r"(?P<total>\d{1,3})\s+weeks(?:\s*\((?P<months>\d{1,2}(?:\.\d)?)\s+months\))?", re.I
)
_WINDOW = re.compile(r"\bweeks?\s+(?P<first>\d{1,3})(?:\s*[-–]\s*(?P<last>\d{1,3}))?\b", re.I)


def check(audit: DocumentAudit) -> None:
    """Check every line of prose."""
    for section, _ in sections(audit.root):
        for line in lines(section):
            if len(line.text) > MAX_TEXT:
                continue
            _changes(audit, section, line)
            _equations(audit, section, line)
            _each(audit, section, line)
            _yearly(audit, section, line)
    _duration(audit)


def _changes(audit: DocumentAudit, section: Section, line: Line) -> None:
    """``from $100 to $60 (40% less, saving $40)``: each sentence by itself."""
    for sentence in re.split(r"(?<=[.;!?])\s+(?=[A-Z])", line.text):
        pairs = list(FROM_TO.finditer(sentence))
        if len(pairs) != 1:
            continue
        one, two = amount(pairs[0]["one"]), amount(pairs[0]["two"])
        if one is None or two is None or one.currency != two.currency or not one.value:
            continue
        if pairs[0]["one"].rpartition("/")[2] != pairs[0]["two"].rpartition("/")[2] and (
            "/" in pairs[0]["one"] and "/" in pairs[0]["two"]
        ):
            continue
        stated = percents(sentence)
        words = sentence[: pairs[0].start()] + sentence[pairs[0].end() :]
        if len(stated) == 1 and (LESS.search(words) or MORE.search(words)):
            _percent_change(audit, section, line, (one, two), stated[0])
        saved = SAVED.search(words)
        if saved and (what := amount(saved["a"] or saved["b"])) and what.currency == one.currency:
            _saved(audit, section, line, (one, two), what)


def _percent_change(
    audit: DocumentAudit, section: Section, line: Line, ends: tuple[Amount, Amount], stated: Percent
) -> None:
    one, two = ends
    fall = two.value <= one.value
    formula = parse_formula("(1 - b / a) * 100" if fall else "(b / a - 1) * 100")
    values = {"a": Range.point(one.value), "b": Range.point(two.value)}
    derived = formula.value(values).low
    verdict = stated.verdict(derived)
    shown = f"{format_number(derived)} %"
    said = "holds" if verdict is Verdict.HOLDS else "contradicted"
    audit.add(
        "COST007", line.number, ("claims", section.title.text, "percent"), verdict,
        Saying(f"findings.claim-{said}", {"stated": stated.text, "derived": shown}),
        stated=stated.text, derived=shown, formula=f"{formula.shown(values)} = {shown}",
    )  # fmt: skip


def _saved(
    audit: DocumentAudit, section: Section, line: Line, ends: tuple[Amount, Amount], what: Amount
) -> None:
    one, two = ends
    derived = abs(one.value - two.value)
    yearly = derived * 12
    fits = [
        agrees(Range.point(what.value), Range.point(value), approx="~" in what.text)
        is Verdict.HOLDS
        for value in (derived, yearly)
    ]
    verdict = Verdict.HOLDS if any(fits) else Verdict.CONTRADICTED
    shown = show(Range.point(yearly if fits[1] and not fits[0] else derived), one.currency)
    said = "holds" if any(fits) else "contradicted"
    audit.add(
        "COST009", line.number, ("claims", section.title.text, "saved"), verdict,
        Saying(f"findings.claim-{said}", {"stated": what.text, "derived": shown}),
        stated=what.text, derived=shown,
        formula=f"{format_number(one.value)} − {format_number(two.value)} = {shown}",
    )  # fmt: skip


def _equations(audit: DocumentAudit, section: Section, line: Line) -> None:
    """``$15K MRR - $800 costs = $14.2K profit``."""
    for found in calculations(line.text):
        result = amount(found.result)
        if result is None or not found.money:
            continue
        try:
            formula = parse_formula(found.formula)
            derived = formula.value({})
        except ValueError:
            continue
        stated = Range.point(result.value)
        near = abs(derived.low - result.value) <= result.digit / 2
        holds = near or agrees(stated, derived, approx=found.approx) is Verdict.HOLDS
        if not holds and _periods(found.whole):
            continue
        shown = show(derived, result.currency)
        audit.add(
            "COST026", line.number, ("claims", section.title.text, "calculation"),
            Verdict.HOLDS if holds else Verdict.CONTRADICTED,
            _is(holds, found.terms, shown, found.stated),
            stated=found.stated, derived=shown, formula=f"{formula.shown({})} = {shown}",
        )  # fmt: skip
        _margin(audit, section, line, result, found.terms)


def _periods(text: str) -> bool:
    """Whether a calculation names several periods, which it may convert without saying so."""
    found = set(re.findall(r"/(hour|hr|day|week|month|mo|year|yr)\b", text))
    return len(found) > 1


def _margin(audit: DocumentAudit, section: Section, line: Line, profit: Amount, terms: str) -> None:
    """``margin 95% ($15K revenue - $800 = $14.2K profit)``."""
    revenue = amount(terms)
    stated = percents(line.text)
    if revenue is None or not revenue.value or len(stated) != 1:
        return
    if "margin" not in line.text.lower() or not re.search(r"\s[-−–]\s", terms):
        return
    derived = Range.point(profit.value).scaled(Range.point(100))
    share = parse_formula("a / b").value({"a": derived, "b": Range.point(revenue.value)}).low
    verdict = stated[0].verdict(share)
    shown = f"{format_number(share)} %"
    said = "holds" if verdict is Verdict.HOLDS else "contradicted"
    audit.add(
        "COST007", line.number, ("claims", section.title.text, "margin"), verdict,
        Saying(f"findings.claim-{said}", {"stated": stated[0].text, "derived": shown}),
        stated=stated[0].text, derived=shown,
        formula=f"{format_number(profit.value)} / {format_number(revenue.value)} = {shown}",
    )  # fmt: skip


def _is(holds: bool, terms: str, derived: str, stated: str) -> Saying:
    """Say what a calculation comes to, and that it is not what stands there."""
    said = "holds" if holds else "contradicted"
    return Saying(f"findings.sum-is-{said}", {"terms": terms, "derived": derived, "stated": stated})


def _each(audit: DocumentAudit, section: Section, line: Line) -> None:
    """``2× VMs: $7/month each = $14/month``."""
    for match in _EACH.finditer(line.text):
        unit, total = amount(match["unit"]), amount(match["total"])
        if unit is None or total is None or unit.currency != total.currency:
            continue
        derived = unit.value * int(match["count"])
        holds = abs(derived - total.value) <= total.digit / 2
        shown = show(Range.point(derived), unit.currency)
        audit.add(
            "COST026", line.number, ("claims", section.title.text, "each"),
            Verdict.HOLDS if holds else Verdict.CONTRADICTED,
            _is(holds, f"{match['count']} × {unit.text}", shown, total.text),
            stated=total.text, derived=shown,
            formula=f"{match['count']} × {format_number(unit.value)} = {shown}",
        )  # fmt: skip


def _yearly(audit: DocumentAudit, section: Section, line: Line) -> None:
    """``$784/month ($9,408/year)``: the second is twelve times the first."""
    for match in _MONTH_AND_YEAR.finditer(line.text):
        month, year = amount(match["month"]), amount(match["year"])
        if month is None or year is None or month.currency != year.currency:
            continue
        derived = Range.point(month.value * 12)
        approx = "~" in match[0] or "≈" in match[0]
        slack = max(month.digit * 6, year.digit / 2) if approx else year.digit / 2
        holds = abs(derived.low - year.value) <= slack
        if not holds and _SHORTER.search(line.text):
            continue  # of the week or the day, both were rounded
        if not holds and re.search(r"discount|\boff\b|sav|billed|free", line.text, re.I):
            continue
        shown = show(derived, month.currency)
        audit.add(
            "COST006", line.number, ("claims", section.title.text, "year"),
            Verdict.HOLDS if holds else Verdict.CONTRADICTED,
            Saying(
                f"findings.month-and-year-{'holds' if holds else 'contradicted'}",
                {"month": month.text, "derived": shown, "stated": year.text},
            ),
            stated=year.text, derived=shown,
            formula=f"12 × {format_number(month.value)} = {shown}",
        )  # fmt: skip


def _duration(audit: DocumentAudit) -> None:
    """A stated total of weeks covers the weeks that headings and lists name."""
    weeks: set[int] = set()
    totals: list[tuple[Section, Line, re.Match[str]]] = []
    for section, _ in sections(audit.root):
        for line in lines(section):
            text = line.text[:MAX_TEXT]
            for match in _WINDOW.finditer(text):
                first = int(match["first"])
                weeks.update(range(first, int(match["last"] or first) + 1))
            found = _WEEKS.search(text)
            if found and re.search(r"\btotal\b|\boverall\b|altogether", text, re.I):
                totals.append((section, line, found))
    if not weeks or len(totals) != 1:
        return
    section, line, found = totals[0]
    stated = int(found["total"])
    gaps = sorted(weeks) != list(range(1, len(weeks) + 1))
    if gaps:
        return
    holds = stated == len(weeks)
    months = Decimal(found["months"] or 0)
    if months and not Decimal("3.9") <= Decimal(stated) / months <= Decimal("4.6"):
        holds = False
    audit.add(
        "COST025", line.number, ("claims", section.title.text, "weeks"),
        Verdict.HOLDS if holds else Verdict.CONTRADICTED,
        Saying(
            f"findings.weeks-{'holds' if holds else 'contradicted'}",
            {"stated": found[0], "last": len(weeks)},
        ),
        stated=found[0], derived=f"{len(weeks)} weeks",
        formula=worded("findings.weeks", last=plain(Range.point(len(weeks)))),
        severity=None if holds else Severity.WARNING,
    )  # fmt: skip
