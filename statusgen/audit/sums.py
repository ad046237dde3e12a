"""Sums and calculations of tables and lists: COST001, COST006, COST012 and COST026.

A stated total holds where one of its readings gives it. The same is asked of the tables of a
roadmap file and of those of a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from statusgen.audit.agree import Side, agrees, gap, outside
from statusgen.audit.compared import (
    Compared,
    about_right,
    adds_nothing,
    compare,
    currencies_of,
    ends_in_percent,
    is_of_parts,
)
from statusgen.audit.far import asked
from statusgen.audit.finding import Judged, Severity, Verdict, both, listed
from statusgen.audit.said import Said
from statusgen.audit.years import told_years, wrong_years, year_misses, years_hold
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import is_slip
from statusgen.roadmap.claims import (
    Line,
    Lines,
    Place,
    Sum,
    Years,
    show,
)
from statusgen.roadmap.money import Range
from statusgen.roadmap.vocabulary import ASIDE


def check(said: Said, claims: Sequence[Sum | Years | Lines]) -> None:
    """Judge every such claim of a document.

    Where the totals of two columns do without the same lines, those are none of their parts.
    """
    sums = {id(claim): compare(claim.readings) for claim in claims if isinstance(claim, Sum)}
    left_out = Counter(
        (claim.place.line, found.without)
        for claim in claims
        if isinstance(claim, Sum) and (found := sums[id(claim)]).without
    )
    for claim in claims:
        if isinstance(claim, Sum):
            found = sums[id(claim)]
            if left_out[claim.place.line, found.without] < 2:
                _sum(said, claim, found)
        elif isinstance(claim, Years):
            _years(said, claim)
        else:
            _lines(said, claim)


def _sum(said: Said, claim: Sum, found: Compared) -> None:
    stated = claim.stated
    assert stated.amount is not None
    if found.no_sum:
        return
    if found.verdict is not Verdict.HOLDS and not is_of_parts(found.reading):
        return
    if found.verdict is Verdict.CONTRADICTED and (
        _is_most(claim, found) or (claim.of_more and not _is_slip(found))
    ):
        return
    if claim.of_time and found.verdict is Verdict.OPEN:
        return  # ranges of weeks allow much
    if _is_of_other(claim, found):
        return
    currencies = currencies_of(found.reading)
    if len(currencies) > 1:
        values: dict[str, str | int | Saying] = {"name": claim.name}
        values["currencies"] = both(sorted(currencies))
        mixed = Judged(Verdict.OPEN, Saying("findings.no-rate", values))
        said.add("COST012", claim.place, mixed, stated.text)
        return
    parts = [part for part in found.reading.parts if part.amount is not None]
    missing = [p.text for p in found.reading.parts if p.amount is None and not p.blank]
    code = stated.currency or next((part.currency for part in parts if part.currency), "")
    shown = show(found.derived, code)
    severity = None
    if found.verdict is Verdict.OPEN and not found.without:
        # A range may hold the total, or a percentage of what is sold: nothing to look at.
        nothing = adds_nothing(found) or all(map(ends_in_percent, missing))
        severity = Severity.INFO if nothing else None
    saying = told(claim.name, found, shown, code, stated.text, missing)
    if found.verdict is Verdict.CONTRADICTED and (
        claim.unsaid
        or claim.of_more
        or claim.of_figures
        or claim.of_time
        or (claim.at_head and found.derived.low < stated.amount.low)
        or (claim.of_heads and _may_overlap(found))
    ):
        severity = Severity.WARNING
    severity = about_right(found) or severity
    formula = f"{' + '.join(part.shown() for part in parts)} = {shown}"
    judged = Judged(found.verdict, saying, shown, formula, severity)
    judged = asked(judged, stated.amount, [found.derived])
    if claim.unsaid and judged.verdict is not found.verdict:
        return
    said.add("COST001", claim.place, judged, stated.text)


def _is_of_other(claim: Sum, found: Compared) -> bool:
    """Whether a total that does not hold may be none of these lines, as far as they tell.

    A figure beside others is a sum only where one digit would make it one. Lines that a total does
    without may be no parts of it by what they are called.
    """
    if found.verdict is Verdict.HOLDS:
        return False
    if found.without and all(ASIDE.search(name) for name in found.without):
        return True
    wrong = found.verdict is Verdict.CONTRADICTED
    return claim.of_figures and not (wrong and _is_slip(found))


def _is_slip(found: Compared) -> bool:
    """Whether a total that may hold more is that of three lines or more but for one digit."""
    stated = found.reading.whole.amount
    assert stated is not None
    known = [part for part in found.reading.parts if part.amount is not None]
    return len(known) > 2 and is_slip(stated, found.derived)


def _is_most(claim: Sum, found: Compared) -> bool:
    """Whether a total of heads is the largest group: how many there are at once."""
    known = [part.amount for part in found.reading.parts if part.amount is not None]
    return claim.of_heads and claim.stated.amount == max(known, key=lambda amount: amount.low)


def _may_overlap(found: Compared) -> bool:
    """Whether groups with some heads in common may come to what is stated."""
    stated, parts = found.reading.whole.amount, found.reading.parts
    assert stated is not None
    largest = max(part.amount.low for part in parts if part.amount is not None)
    return largest <= stated.low < found.derived.low


def told(
    name: str, found: Compared, shown: str, code: str, stated: str, missing: Sequence[str]
) -> Saying:
    """Say what the lines of a table come to."""
    values: dict[str, str | int | Saying] = {
        "table": name,
        "derived": shown,
        "stated": stated,
        "missing": listed(missing),
    }
    if found.without:
        return of_some(name, shown, stated, found.without)
    if found.verdict is Verdict.HOLDS:
        return Saying("findings.sum-without" if missing else "findings.sum-holds", values)
    if found.verdict is Verdict.OPEN:
        key = "findings.sum-allows-without" if missing else "findings.sum-allows"
        return Saying(key, values)
    assert found.reading.whole.amount is not None
    distance, side = gap(found.reading.whole.amount, found.derived)
    values["outside"] = outside(show(Range.point(distance), code), Side(side))
    return Saying("findings.sum-misses", values)


def of_some(name: str, derived: str, stated: str, without: Sequence[str]) -> Saying:
    """Ask whether a total counts what it would hold without; see :func:`uncounted`."""
    values = {"table": name, "derived": derived, "stated": stated, "missing": listed(without)}
    return Saying("findings.sum-of-some", values)


def _years(said: Said, claim: Years) -> None:
    wrong, months = wrong_years(claim.lines)
    for line, severity in told_years(claim.lines, wrong):
        place = Place(line.line, ("tables", claim.name, line.label, "annual"))
        said.add("COST006", place, year_misses(claim.name, line, severity), line.year.text)
    if claim.lines and not wrong:
        said.add("COST006", claim.place, years_hold(claim.name, len(claim.lines), months))


def _lines(said: Said, claim: Lines) -> None:
    """Tell the lines that leave a calculation that most follow; without those it was not meant."""
    right = [line for line in claim.lines if _fits(line)]
    few = len(right) < 1 if claim.is_named else 2 * len(right) <= max(2, len(claim.lines))
    if few:
        return
    for line in claim.lines:
        if _fits(line):
            continue
        stated, derived = line.stated.text, show(line.derived, line.stated.currency)
        values = {"table": claim.name, "name": line.label, "derived": derived, "stated": stated}
        saying = Saying("findings.line-comes-to", values)
        severity = Severity.WARNING if claim.unsaid else None
        shown = f"{line.formula} = {derived}"
        judged = Judged(Verdict.CONTRADICTED, saying, derived, shown, severity)
        judged = asked(judged, line.known, [line.derived])
        place = Place(line.line, ("tables", claim.name, line.label, claim.what))
        said.add("COST026", place, judged, stated)


def _fits(line: Line) -> bool:
    stated, slack = line.known, line.slack
    wider = Range(stated.low - slack, None if stated.high is None else stated.high + slack)
    return any(
        agrees(one, line.derived, approx=line.stated.approx) is not Verdict.CONTRADICTED
        for one in (stated, wider)
    )
