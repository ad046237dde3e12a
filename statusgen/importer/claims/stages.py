"""What a document states about the cost of its stages, in headings, lines, tables, breakdowns."""

from __future__ import annotations

import re

from statusgen.importer.amounts import currency_in, is_total
from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.collected import Collected
from statusgen.importer.headers import TAXED, YEAR
from statusgen.importer.pieces import leading_price
from statusgen.importer.staged import Heading
from statusgen.importer.table_columns import columns
from statusgen.importer.tree import Section, Table
from statusgen.importer.words import pair
from statusgen.roadmap.claims import Breakdown, Reading, StageCost, Statement
from statusgen.roadmap.money import Period


class StageCosts:
    """Collects the statements on the way through a document."""

    def __init__(self, found: Collected) -> None:
        self.found = found
        self.stages: dict[str, StageCost] = {}
        self.within: dict[int, Heading | None] = {}
        self.head: Heading | None = None

    def enter(self, section: Section, parent: Section) -> None:
        """Note which stage a section belongs to, and the costs that its lines state."""
        own = self.found.stages.sections.get(id(section)) or self.found.stages.again.get(
            id(section)
        )
        self.head = own or self.within.get(id(parent))
        self.within[id(section)] = self.head
        stage = self._stage()
        if stage is None:
            return
        if own is not None and own.price and (stated := cell(own.price)).amount is not None:
            stage.statements.append(Statement(section.line, stated))
        for line in section.prose:
            read = pair(line)
            if read is None or read.key != "cost" or (own is None and not is_total(read.label)):
                continue
            stated = cell(leading_price(read.value)[0])
            if stated.every in (Period.HOUR, Period.DAY, Period.WEEK) or TAXED.search(line.text):
                continue  # a rounded rate, or with tax
            if is_total(read.label) and (
                YEAR.search(read.label) or self.found.above.is_of_several(read.line, stated)
            ):
                continue
            known = {entry.line for entry in stage.statements}
            if stated.amount is not None and not stated.sign and read.line not in known:
                stage.statements.append(Statement(read.line, stated))

    def _stage(self) -> StageCost | None:
        if self.head is None:
            return None
        return self._of(self.head.number)

    def _of(self, number: str) -> StageCost | None:
        heads = [*self.found.stages.sections.values()]
        for order, head in enumerate(heads):
            if head.number == number:
                return self.stages.setdefault(number, StageCost(head.name, order))
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
                    stage.changes = (table.line, tuple(cells))
            return
        family = re.escape(self.found.stages.family)
        for row, part in zip(table.rows, cells, strict=True):
            match = re.match(rf"{family}\s+#?(\w+)\b", row.cells[0].text, re.I) if family else None
            stage = self._of(match[1]) if match else None
            if stage is not None and part.amount is not None and not part.sign:
                stage.statements.append(Statement(row.line, part))

    def breakdown(self, line: int, reading: Reading) -> bool:
        """Take the breakdown of a stage; False for one that belongs to no stage."""
        stage = self._stage()
        if stage is None or stage.breakdown is not None:
            return False
        stage.breakdown = Breakdown(line, reading.whole, reading.parts)
        if all(entry.line != line for entry in stage.statements):
            stage.statements.append(Statement(line, reading.whole))
        return True

    def finish(self) -> None:
        """Hand over what was found, in the order of the stages."""
        for stage in sorted(self.stages.values(), key=lambda stage: stage.order):
            if stage.changes is not None:
                line = stage.changes[0]
                stage.bases = tuple(
                    total.monthly
                    for total in self.found.totals
                    if total.monthly is not None and total.line < line
                )
            self.found.claims.stages.append(stage)
