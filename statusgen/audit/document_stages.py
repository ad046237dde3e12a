"""What a document states about the cost of its stages: COST002, COST008 and COST022."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from statusgen.audit.agree import agrees, gap, outside
from statusgen.audit.cells import Cell, add, cell, show
from statusgen.audit.document import DocumentAudit
from statusgen.audit.finding import Severity, Verdict
from statusgen.base.saying import Saying
from statusgen.importer.amounts import currency_in, is_total
from statusgen.importer.pieces import leading_price
from statusgen.importer.staged import Heading
from statusgen.importer.tables import columns
from statusgen.importer.tree import Paragraph, Section, Table
from statusgen.importer.words import canonical, pair
from statusgen.roadmap.money import ZERO, Range


@dataclass(frozen=True, slots=True)
class _Statement:
    """One place that states a stage's cost."""

    line: int
    stated: Cell


@dataclass(slots=True)
class _Stage:
    name: str
    order: int
    statements: list[_Statement] = field(default_factory=list)
    breakdown: tuple[int, Cell, list[Cell]] | None = None
    changes: tuple[int, list[Cell]] | None = None


class StageCosts:
    """Collects the statements on the way through a document, and compares them at its end."""

    def __init__(self, audit: DocumentAudit) -> None:
        self.audit = audit
        self.stages: dict[str, _Stage] = {}
        self.within: dict[int, Heading | None] = {}
        self.head: Heading | None = None

    def enter(self, section: Section, parent: Section) -> None:
        """Note which stage a section belongs to, and the costs that its lines state."""
        own = self.audit.stages.sections.get(id(section)) or self.audit.stages.again.get(
            id(section)
        )
        self.head = own or self.within.get(id(parent))
        self.within[id(section)] = self.head
        stage = self._stage()
        if stage is None:
            return
        if own is not None and own.price and (stated := cell(own.price)).amount is not None:
            stage.statements.append(_Statement(section.line, stated))
        for block in section.blocks:
            for line in block.lines if isinstance(block, Paragraph) else ():
                read = pair(line)
                if read is None or read.key != "cost" or canonical(read.label) != "cost":
                    continue
                if own is None and not is_total(read.label):
                    continue
                stated = cell(leading_price(read.value)[0])
                known = {entry.line for entry in stage.statements}
                if stated.amount is not None and not stated.sign and read.line not in known:
                    stage.statements.append(_Statement(read.line, stated))

    def _stage(self) -> _Stage | None:
        if self.head is None:
            return None
        return self._of(self.head.number)

    def _of(self, number: str) -> _Stage | None:
        heads = [*self.audit.stages.sections.values()]
        for order, head in enumerate(heads):
            if head.number == number:
                return self.stages.setdefault(number, _Stage(head.name, order))
        return None

    def table(self, table: Table) -> None:
        """Note the stages that a table's rows name, and the changes that a stage's table lists."""
        shape = columns(table)
        if len(shape.prices) != 1:
            return
        index = shape.prices[0]
        sign = currency_in(table.header[index].text)
        cells = [cell(row.cells[index].text, sign) for row in table.rows]
        if self.head is not None:
            if any(part.sign > 0 for part in cells) and not any(part.sign < 0 for part in cells):
                stage = self._stage()
                if stage is not None and stage.changes is None:
                    stage.changes = (table.line, cells)
            return
        family = re.escape(self.audit.stages.family)
        for row, part in zip(table.rows, cells, strict=True):
            match = re.match(rf"{family}\s+#?(\w+)\b", row.cells[0].text, re.I) if family else None
            stage = self._of(match[1]) if match else None
            if stage is not None and part.amount is not None and not part.sign:
                stage.statements.append(_Statement(row.line, part))

    def breakdown(self, line: int, stated: Cell, parts: Sequence[Cell]) -> bool:
        """Take the breakdown of a stage; False for one that belongs to no stage."""
        stage = self._stage()
        if stage is None or stage.breakdown is not None:
            return False
        stage.breakdown = (line, stated, list(parts))
        if all(entry.line != line for entry in stage.statements):
            stage.statements.append(_Statement(line, stated))
        return True

    def check(self) -> None:
        """Report on every stage, in its order."""
        running = ZERO
        stages = sorted(self.stages.values(), key=lambda stage: stage.order)
        for stage in stages:
            if stage.breakdown is not None:
                running = running + add(stage.breakdown[2])
                self._sums(stage, stage.breakdown, running)
            if stage.changes is not None:
                self._changes(stage, stage.changes)
            self._repeated(stage)

    def _sums(self, stage: _Stage, breakdown: tuple[int, Cell, list[Cell]], running: Range) -> None:
        line, stated, parts = breakdown
        assert stated.amount is not None
        new = add(parts)
        # Where the same number is stated without a "~" elsewhere, it is meant to the digit.
        plain = any(
            entry.stated.amount == stated.amount and not entry.stated.approx
            for entry in stage.statements
        )
        approx = stated.approx and not plain
        verdicts = [agrees(stated.amount, amount, approx=approx) for amount in (new, running)]
        missing = [part.text for part in parts if part.amount is None and not part.blank]
        code = stated.currency
        shown = f"{show(new, code)} new, {show(running, code)} running"
        formula = " + ".join(part.shown() for part in parts if part.amount is not None)
        values: dict[str, str | int | Saying] = {"stage": stage.name, "derived": shown}
        saying = Saying("findings.stage-comes-to", values)
        verdict = Verdict.HOLDS
        if Verdict.HOLDS not in verdicts:
            away = min(gap(stated.amount, amount) for amount in (new, running))
            verdict = Verdict.OPEN if missing or Verdict.OPEN in verdicts else Verdict.CONTRADICTED
            values["outside"] = outside(show(Range.point(away[0]), code), away[1])
            values["stated"] = stated.text
            saying = Saying("findings.stage-away", values)
        self.audit.add(
            "COST002", line, ("stages", stage.name, "cost"), verdict, saying,
            stated=stated.text, derived=shown, formula=f"{formula} = {show(new, code)}",
        )  # fmt: skip

    def _changes(self, stage: _Stage, changes: tuple[int, list[Cell]]) -> None:
        """Base + changes = the stage's total, where one earlier total can be the base."""
        line, parts = changes
        if not stage.statements:
            return
        place, stated = stage.statements[0].line, stage.statements[0].stated
        bases = [t.monthly for t in self.audit.totals if t.monthly and t.monthly.line < line]
        assert stated.amount is not None
        for base in reversed(bases):
            total = base.amount + add(parts)
            approx = stated.approx or base.approx
            if agrees(stated.amount, total, approx=approx) is Verdict.HOLDS:
                break
        else:
            if len(bases) != 1:
                return
            base = bases[0]
            total = base.amount + add(parts)
        holds = agrees(stated.amount, total, approx=stated.approx or base.approx) is Verdict.HOLDS
        code = stated.currency
        added = [part.shown() for part in parts if part.amount is not None and part.amount != ZERO]
        shown = " + ".join([show(base.amount, code), *added])
        said = "holds" if holds else "contradicted"
        self.audit.add(
            "COST008",
            place,
            ("stages", stage.name, "cost"),
            Verdict.HOLDS if holds else Verdict.CONTRADICTED,
            Saying(
                f"findings.base-{said}",
                {"stage": stage.name, "stated": stated.text, "derived": show(total, code)},
            ),
            stated=stated.text,
            derived=show(total, code),
            formula=f"{shown} = {show(total, code)}",
        )

    def _repeated(self, stage: _Stage) -> None:
        """What is stated in several places should be the same."""
        if len(stage.statements) < 2:
            return
        first = stage.statements[0]
        for other in stage.statements[1:]:
            one, two = first.stated, other.stated
            assert one.amount is not None
            assert two.amount is not None
            if one.currency != two.currency or (one.every != two.every and one.every and two.every):
                continue
            approx = one.approx or two.approx
            same = Verdict.HOLDS in (
                agrees(one.amount, two.amount, approx=approx),
                agrees(two.amount, one.amount, approx=approx),
            )
            wide = not one.amount.is_point and not two.amount.is_point and one.amount != two.amount
            self.audit.add(
                "COST022",
                other.line,
                ("stages", stage.name, "stated"),
                Verdict.HOLDS if same and not wide else Verdict.CONTRADICTED,
                Saying(
                    "findings.stated-twice",
                    {
                        "stage": stage.name,
                        "here": two.text,
                        "there": one.text,
                        "line": str(first.line),
                    },
                ),
                stated=two.text,
                derived=one.text,
                severity=None if same and not wide else Severity.WARNING,
            )
