"""A Markdown document as a tree of sections, with the line of every part.

Blocks come from markdown-it's tokens, never from patterns over lines, so that code, quotes and
nested lists are what a renderer takes them for. Nothing here knows what a roadmap is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from statusgen.importer.amounts import states_total
from statusgen.importer.inline import BOXES, DONE, EMPTY_BOXES, Line, LineBuilder, joined
from statusgen.importer.ruled import are_summed, front_matter
from statusgen.importer.written_tables import Row, folded, of_fence, of_html

_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
MAX_LINE = 20_000
"""Longer lines are taken as text without markup: nested brackets cost the square of their count."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text that belong together."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.lines[0].number if self.lines else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list."""

    line: int
    lines: tuple[Line, ...]
    done: bool | None
    """True or False where the entry can be ticked, else None."""
    blocks: tuple[Block, ...]
    """What stands under its first paragraph."""
    number: str = ""
    """The author's number, in a list that has some."""

    @property
    def first(self) -> Line:
        """The entry's text as one line."""
        return joined(self.lines) if self.lines else Line(self.line, "")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    line: int
    ordered: bool
    entries: tuple[Entry, ...]

    @property
    def texts(self) -> list[str]:
        """The first words of each entry."""
        return [entry.first.text for entry in self.entries]

    @property
    def has_boxes(self) -> bool:
        """Whether one of its entries can be ticked."""
        return any(entry.done is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table, with as many cells as the table has columns."""

    line: int
    cells: tuple[Line, ...]
    beyond: tuple[str, ...] = ()
    """Cells to the right of the last column, which no renderer shows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    line: int
    header: tuple[Line, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """Code, or a drawing in letters, to the letter."""

    line: int
    """The line of the fence; the text begins in the next one."""
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Html:
    """A block of HTML, which nobody interprets."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted blocks."""

    line: int
    blocks: tuple[Block, ...]


Block: TypeAlias = "Paragraph | Listing | Table | Fence | Html | Quote"


@dataclass(slots=True)
class Section:
    """A heading with everything under it; the document itself has level 0."""

    level: int
    title: Line
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    ruled: int | None = None
    """How many of its blocks stand above the first rule (``---``) within it; None without one."""

    @property
    def line(self) -> int:
        """The heading's line."""
        return self.title.number

    @property
    def lists(self) -> list[Listing]:
        """The lists right under the heading."""
        return [block for block in self.blocks if isinstance(block, Listing)]

    @property
    def prose(self) -> list[Line]:
        """The lines of the paragraphs right under the heading."""
        return [line for one in self.blocks if isinstance(one, Paragraph) for line in one.lines]

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the document's order."""
        stack = [self]
        while stack:
            section = stack.pop()
            yield section
            stack += reversed(section.sections)


def parse(text: str) -> Section:
    """Read a document. Front matter becomes first paragraphs, one of each ``key: value``."""
    text, matter = front_matter(text)
    reader = _Reader(text.split("\n"))
    root = Section(0, Line(1, ""))
    root.blocks += (Paragraph((line,)) for line in matter)
    open_sections = [root]
    tokens = _MARKDOWN.parse(text)
    index, summed = 0, -1
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open":
            level = int(token.tag[1:])
            said = reader.lines(tokens[index + 1], ends=True)
            if token.markup in "-=" and are_summed(said):
                open_sections[-1].blocks.append(Paragraph(said))
                index, summed = index + 3, index + 3
                continue
            title = joined(said)
            section = Section(level, title if title.number else Line(_line(token), ""))
            while open_sections[-1].level >= level:
                open_sections.pop()
            open_sections[-1].sections.append(section)
            open_sections.append(section)
            index += 3
            continue
        section = open_sections[-1]
        if token.type == "hr" and section.ruled is None:
            section.ruled = len(section.blocks)
        begin = index
        block, index = reader.block(tokens, index)
        if isinstance(block, Paragraph) and begin == summed:  # the sum below the rule
            above = section.blocks.pop()
            section.blocks.append(Paragraph((*getattr(above, "lines", ()), *block.lines)))
        elif block is not None:
            section.blocks.append(block)
    return root


def blocks_within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block, with those inside lists and quotes, in the document's order."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from blocks_within(block.blocks)
        elif isinstance(block, Listing):
            for entry in block.entries:
                yield from blocks_within(entry.blocks)


def said(block: Block) -> Sequence[Line]:
    """Return the running text of a block: a paragraph's lines, or the first words of entries."""
    if isinstance(block, Listing):
        return [entry.first for entry in block.entries]
    return block.lines if isinstance(block, Paragraph) else ()


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


class _Reader:
    """Turns tokens into blocks."""

    def __init__(self, source: list[str]) -> None:
        self.source = source

    def block(self, tokens: Sequence[Token], index: int) -> tuple[Block | None, int]:
        """Read the block that begins at ``index``; return it and where the next one begins."""
        token = tokens[index]
        if token.type in ("paragraph_open", "heading_open"):  # a heading in a list or a quote
            return Paragraph(self.lines(tokens[index + 1])), index + 3
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(tokens, index)
        if token.type == "blockquote_open":
            blocks, index = self._until(tokens, index + 1, "blockquote_close")
            return Quote(_line(token), blocks), index + 1
        if token.type == "table_open":
            return self._table(tokens, index)
        if token.type in ("fence", "code_block"):
            language = next(iter(token.info.split()), "")
            fence = Fence(_line(token), language, token.content.rstrip("\n"))
            rows = of_fence(fence.text, language, fence.line)
            return _table_of(rows) if rows else fence, index + 1
        if token.type == "html_block":
            return _of_html(_line(token), token.content.strip()), index + 1
        return None, index + 1

    def _until(
        self, tokens: Sequence[Token], index: int, closing: str
    ) -> tuple[tuple[Block, ...], int]:
        blocks: list[Block] = []
        level = tokens[index - 1].level
        while not (tokens[index].type == closing and tokens[index].level == level):
            block, index = self.block(tokens, index)
            if block is not None:
                blocks.append(block)
        return tuple(blocks), index

    def _list(self, tokens: Sequence[Token], index: int) -> tuple[Listing, int]:
        opening = tokens[index]
        closing = opening.type.replace("open", "close")
        entries: list[Entry] = []
        index += 1
        while tokens[index].type != closing:
            token = tokens[index]
            blocks, index = self._until(tokens, index + 1, "list_item_close")
            index += 1
            entries += _without_sum(_entry(token, blocks))
        return Listing(_line(opening), opening.type[0] == "o", _marked(entries)), index + 1

    def _table(self, tokens: Sequence[Token], index: int) -> tuple[Table, int]:
        opening = tokens[index]
        header: tuple[Line, ...] = ()
        rows: list[TableRow] = []
        cells: list[Line] = []
        row = _line(opening)
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                cells, row = [], _line(token)
            elif token.type == "inline":
                cells.append(self._cell(token, row))
            elif token.type == "tr_close" and not header:
                header = tuple(cells)
            elif token.type == "tr_close":
                rows.append(TableRow(row, tuple(cells), self._beyond(row, len(header))))
            index += 1
        return Table(_line(opening), header, tuple(rows)), index + 1

    def _cell(self, token: Token, row: int) -> Line:
        line = joined(self.lines(token))
        return Line(row, f"{line.mark} {line.text}".strip(), line.lead, "", line.links)

    def _beyond(self, row: int, columns: int) -> tuple[str, ...]:
        text = self.source[row - 1].strip().removeprefix("|").removesuffix("|")
        return tuple(cell.strip() for cell in escapedSplit(text)[columns:] if cell.strip())

    def lines(self, token: Token, *, ends: bool = False) -> tuple[Line, ...]:
        """Return the lines of an inline token; ``ends`` takes marks from their ends as well."""
        first = _line(token)
        if len(token.content) > MAX_LINE:
            texts = token.content.split("\n")
            return tuple(Line(first + index, text.strip()) for index, text in enumerate(texts))
        found: list[Line] = []
        builder = LineBuilder()
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                found.append(builder.line(first + len(found), ends))
                builder = LineBuilder(strong=builder.strong)
            else:
                builder.take(child)
        found.append(builder.line(first + len(found), ends))
        return tuple(line for line in found if line.text or line.mark)


def _of_html(line: int, text: str) -> Block | None:
    """Read a table, and what can be folded away, whose summary is the label of what is in it."""
    if (said := folded(text)) is not None:
        return Paragraph((Line(line, f"{said}:"),)) if said else None
    tables = of_html(text, line)
    return _table_of(tables[0]) if len(tables) == 1 else Html(line, text)


def _table_of(rows: Sequence[Row]) -> Table:
    header, *others = rows
    cells = (TableRow(row.line, tuple(row.cells)) for row in others)
    return Table(header.line, tuple(header.cells), tuple(cells))


def _entry(token: Token, blocks: tuple[Block, ...]) -> Entry:
    lines: tuple[Line, ...] = ()
    blocks = tuple(map(_above, blocks))
    if blocks and isinstance(blocks[0], Paragraph):
        lines, blocks = blocks[0].lines, blocks[1:]
    elif blocks and isinstance(blocks[0], Listing) and (more := _added(blocks[0])):
        lines, blocks = more, blocks[1:]
    done: bool | None = None
    for first in lines[:1]:
        if box := _BOX.match(first.text):
            done = bool(box["tick"])
            text = first.text[box.end() :].strip()
            lead = first.lead if text.startswith(first.lead) else ""
            lines = (replace(first, text=text, lead=lead), *lines[1:])
    return Entry(_line(token), lines, done, blocks, token.info)


_BOX = re.compile(r"\[(?:\s{1,3}|\s?(?P<tick>[xX])\s?)\]\s")


def _without_sum(entry: Entry) -> Sequence[Entry]:
    """Return an entry, and a sum written under it as one of its own.

    Markdown reads ``total: $534/mo`` below a list as more of the list's last entry.
    """
    *above, last = entry.lines or (Line(0, ""),)
    if not above or not states_total(last.text):
        return (entry,)
    return replace(entry, lines=tuple(above)), Entry(last.number, (last,), None, ())


def _marked(entries: list[Entry]) -> tuple[Entry, ...]:
    """Take ✅ and ☐ for boxes where a list has an empty one: ✅ alone stands before features."""
    marks = [entry.first.mark[:1] for entry in entries]
    if not EMPTY_BOXES.intersection(marks):
        return tuple(entries)
    return tuple(
        replace(entry, done=mark in DONE) if entry.done is None and mark in BOXES else entry
        for entry, mark in zip(entries, marks, strict=True)
    )


def _added(listing: Listing) -> tuple[Line, ...]:
    """Take ``- + $120/mo more`` for what was meant: an amount that is added, not a list in it."""
    entry, *others = listing.entries
    if entry.number or entry.blocks or entry.done is not None or not entry.lines:
        return ()
    first, *rest = entry.lines
    summed = all(states_total(other.first.text) for other in others)
    if not summed or not re.match(r"[~$€£¥]?\d", first.text):
        return ()
    more = (line for other in others for line in other.lines)
    return (replace(first, text=f"+ {first.text}", lead=""), *rest, *more)


def _above(block: Block) -> Block:
    """Take ``- > 500 users`` for what was meant: a number above, not a quotation."""
    match block:
        case Quote(blocks=(Paragraph(lines=(line,)),)) if _BOUND.match(line.text):
            return Paragraph((replace(line, text=f"> {line.text}", lead=""),))
    return block


_BOUND = re.compile(r"=?\s*[~$€£¥]?\d")
