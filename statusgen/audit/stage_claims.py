"""What a document states about the cost of its stages: COST002, COST008 and COST022."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from statusgen.audit.agree import agrees, overlaps
from statusgen.audit.compared import uncounted
from statusgen.audit.finding import Judged, Severity, Verdict
from statusgen.audit.said import Said
from statusgen.audit.stages import alike, changed, compare, stated_twice
from statusgen.audit.sums import of_some
from statusgen.roadmap.claims import Amount, Breakdown, Place, Reading, StageCost, add, show
from statusgen.roadmap.money import ZERO, Range


def check(said: Said, stages: Sequence[StageCost]) -> None:
    """Judge every stage, in its order."""
    running = ZERO
    for stage in stages:
        if stage.breakdown is not None:
            running = running + add(stage.breakdown.parts)
            _sums(said, stage, stage.breakdown, running)
        if stage.changes is not None and stage.statements:
            _changes(said, stage, stage.changes[1])
        _repeated(said, stage)


def _sums(said: Said, stage: StageCost, breakdown: Breakdown, running: Range) -> None:
    stated, parts = breakdown.stated, breakdown.parts
    assert stated.amount is not None
    new = add(parts)
    # Where the same number is stated without a "~" elsewhere, it is meant to the digit.
    plain = any(
        entry.stated.amount == stated.amount and not entry.stated.approx
        for entry in stage.statements
    )
    approx = stated.approx and not plain
    missing = [part.text for part in parts if part.amount is None and not part.blank]
    formula = " + ".join(part.shown() for part in parts if part.amount is not None)
    meant = replace(stated, approx=approx)
    readings = (("new", new), ("running", running))
    verdict, saying, shown = compare(stage.name, meant, readings, {}, missing)
    # What all lines come to, stated elsewhere, leaves no doubt that all are counted.
    sure = any(entry.stated.amount == new for entry in stage.statements)
    without = () if sure else uncounted(Reading(meant, parts))
    if verdict is Verdict.CONTRADICTED and without:
        shown = show(new, stated.currency)
        verdict, saying = Verdict.OPEN, of_some(stage.name, shown, stated.text, without)
    wider = verdict is Verdict.CONTRADICTED and overlaps(stated.amount, [new, running])
    severity = Severity.WARNING if wider else None
    judged = Judged(verdict, saying, shown, f"{formula} = {show(new, stated.currency)}", severity)
    place = Place(breakdown.line, ("stages", stage.name, "cost"))
    said.add("COST002", place, judged, stated.text)


def _changes(said: Said, stage: StageCost, parts: Sequence[Amount]) -> None:
    """Base + changes = the stage's total, where one earlier total can be the base."""
    line, stated = stage.statements[0].line, stage.statements[0].stated
    change = add(parts)
    fitting = [base for base in reversed(stage.bases) if _gives(stated, base, change)]
    if not fitting and len(stage.bases) != 1:
        return
    base = (fitting or stage.bases)[0]
    assert base.amount is not None
    code = stated.currency
    total = show(base.amount + change, code)
    added = [part.shown() for part in parts if part.amount is not None and part.amount != ZERO]
    formula = " + ".join([show(base.amount, code), *added])
    verdict, saying = changed(stage.name, total, holds=bool(fitting))
    judged = Judged(verdict, saying, total, f"{formula} = {total}")
    said.add("COST008", Place(line, ("stages", stage.name, "cost")), judged, stated.text)


def _gives(stated: Amount, base: Amount, change: Range) -> bool:
    assert stated.amount is not None
    assert base.amount is not None
    approx = stated.approx or base.approx
    return agrees(stated.amount, base.amount + change, approx=approx) is Verdict.HOLDS


def _repeated(said: Said, stage: StageCost) -> None:
    """What is stated in several places should be the same."""
    for other in stage.statements[1:]:
        first = stage.statements[0]
        one, two = first.stated, other.stated
        if one.currency != two.currency or (one.every != two.every and one.every and two.every):
            continue
        wrong = Verdict.CONTRADICTED
        told = (first.line, one.text)
        judged = stated_twice(stage.name, told, two.text, holds=alike(one, two), other=wrong)
        said.add("COST022", Place(other.line, ("stages", stage.name, "stated")), judged, two.text)
