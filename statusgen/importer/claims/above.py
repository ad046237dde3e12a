"""The costs that stand above a total in a document: it may be that of several lists or tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.columns import Columns
from statusgen.importer.claims.readings import adds_up
from statusgen.importer.pieces import leading_price
from statusgen.importer.tree import Block, Listing, Paragraph, Section, Table, blocks_within
from statusgen.importer.words import has_money, pair, priced
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, Reading, add, same_period
from statusgen.roadmap.money import Period

MAX_BLOCKS = 60
"""A total of more lists is none that anybody would look for."""


@dataclass(slots=True)
class Above:
    """The amounts of lists and tables, each with the line in which it begins."""

    blocks: list[tuple[int, list[Amount]]] = field(default_factory=list)
    section: Section | None = None
    """The one that is read."""

    @classmethod
    def of(cls, root: Section) -> Above:
        """Collect those of a whole document."""
        found = cls()
        for section in root.walk():
            found.enter(section)
        return found

    def enter(self, section: Section) -> None:
        """Add those of a section."""
        for block in blocks_within(section.blocks):
            if amounts := _amounts(block):
                self.blocks.append((block.line, amounts))
        self.section = section

    def besides(self, first: int, readings: Sequence[Reading]) -> Iterator[Reading]:
        """Yield how a total counts one amount that its section states above its first line.

        Only where it does so to the digit, and the lines alone do not give it.
        """
        if self.section is None or any(adds_up(reading) for reading in readings):
            return
        for line, part in chain.from_iterable(map(_stated, self.section.blocks)):
            for reading in readings:
                with_it = Reading(reading.whole, (part, *reading.parts))
                if line < first and part.currency == reading.whole.currency and adds_up(with_it):
                    yield with_it

    def several(self, line: int) -> Iterator[list[Amount]]:
        """Yield the amounts of the last two lists above a line, of the last three, and so on."""
        before = [amounts for begin, amounts in self.blocks if begin < line][-MAX_BLOCKS:]
        for count in range(2, len(before) + 1):
            yield [part for amounts in before[-count:] for part in amounts]

    def is_of_several(self, line: int, stated: Amount) -> bool:
        """Whether an amount is what several lists above it come to, and not the last one."""
        before = [amounts for begin, amounts in self.blocks if begin < line]
        if len(before) < 2 or _is_sum(stated, before[-1]):
            return False
        return any(_is_sum(stated, parts) for parts in self.several(line))


def _stated(block: Block) -> Iterator[tuple[int, Amount]]:
    """Yield the totals of tables and lists, and the amounts behind labels, each with its line."""
    if isinstance(block, Table):
        columns = Columns(block)
        at = [(row, column) for row in columns.totals for column in columns.cells[1:]]
        yield from (
            (block.rows[row].line, column[row]) for row, column in at if column[row].is_money
        )
    elif isinstance(block, Listing):
        reads = [(entry.line, priced(entry.first.text)) for entry in block.entries]
        prices = [(line, read.price) for line, read in reads if is_total(read.name)]
        yield from ((line, part) for line, price in prices if (part := cell(price)).is_money)
    elif isinstance(block, Paragraph):
        for line in block.lines:
            read = pair(line, loose=True)
            price = leading_price(read.value)[0] if read is not None else ""
            if price and (part := cell(price)).is_money:
                yield line.number, part


def _is_sum(stated: Amount, parts: list[Amount]) -> bool:
    *monthly, whole = same_period([*parts, stated], Period.MONTH)
    return any(
        one.amount is not None and fits(one.amount, add(amounts), approx=stated.approx)
        for one, amounts in ((stated, parts), (whole, monthly))
    )


def _amounts(block: Block) -> list[Amount]:
    if isinstance(block, Listing):
        reads = [priced(text) for text in block.texts]
        return [
            cell(read.price)
            for read in reads
            if read.price and has_money(read.price) and not is_total(read.name)
        ]
    if isinstance(block, Table):
        columns = Columns(block)
        for column in columns.cells[1:]:
            known = [column[row] for row in columns.body() if column[row].amount is not None]
            if known and all(part.is_money for part in known):
                return known
    return []
