"""The sections of a document, with those whose headings are written as text.

Authors head their stages by bold words, by plain lines or by the first words of a list's entries as
often as by headings. Where two or more of one block do, they become sections; a single line that
looks like one stays text. Everything else is the tree as it was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from statusgen.importer.inline import Line
from statusgen.importer.staged import STAGE_WORDS, numbered
from statusgen.importer.tree import Block, Entry, Listing, Paragraph, Section, parse

MAX_TITLE = 160
"""A line longer than this is a sentence."""


def outline(text: str) -> Section:
    """Read a document, with the stages that are headed by text as sections of their own."""
    root = parse(text)
    for section in list(root.walk()):
        _promote(section)
    return root


def _promote(section: Section) -> None:
    pieces = [piece for block in section.blocks for piece in _pieces(block)]
    heads = [title for title, _ in pieces if title is not None]
    if len(heads) < 2:
        return
    section.blocks = []
    promoted: list[Section] = []
    for title, block in pieces:
        if title is not None:
            promoted.append(Section(section.level + 1, title))
        if block is not None:
            (promoted[-1] if promoted else section).blocks.append(block)
    section.sections[:0] = promoted


def _pieces(block: Block) -> Iterator[tuple[Line | None, Block | None]]:
    """Yield a block in pieces: (title, None), (title, what stands with it) or (None, block)."""
    if isinstance(block, Paragraph):
        yield from _of_paragraph(block)
    elif isinstance(block, Listing) and (titles := _titles(block)):
        for entry, title in zip(block.entries, titles, strict=True):
            yield title, None
            if len(entry.lines) > 1:
                yield None, Paragraph(entry.lines[1:])
            yield from ((None, below) for below in entry.blocks)
    else:
        yield None, block


def _of_paragraph(paragraph: Paragraph) -> Iterator[tuple[Line | None, Block | None]]:
    rest: list[Line] = []
    for line in paragraph.lines:
        title = _title(line)
        if title is None:
            rest.append(line)
            continue
        if rest:
            yield None, Paragraph(tuple(rest))
            rest = []
        yield title, None
    if rest:
        yield None, Paragraph(tuple(rest))


def _titles(listing: Listing) -> Sequence[Line]:
    """Return the entries' titles where each of two or more heads a stage, else none."""
    titles = [_title_of(entry) for entry in listing.entries]
    if len(titles) < 2 or any(title is None for title in titles):
        return ()
    return [title for title in titles if title is not None]


def _title_of(entry: Entry) -> Line | None:
    if entry.done is not None or not entry.lines:
        return None
    first = entry.lines[0]
    title = _title(first)
    if title is None and first.lead:
        title = _title(replace(first, text=first.lead, lead=""))
    if title is None and (head := numbered(f"{entry.number}. {first.text}")) and entry.number:
        named = first.text.split(maxsplit=1)[0].strip(":：.").casefold()
        title = (
            replace(first, text=f"{entry.number}. {first.text}") if named in STAGE_WORDS else None
        )
        del head
    return title


def _title(line: Line) -> Line | None:
    """Return a line that heads a stage: its word is one of stages, and bold or alone."""
    if len(line.text) > MAX_TITLE or "|" in line.text:
        return None
    head = numbered(line.text)
    if head is None or head.family not in STAGE_WORDS:
        return None
    if line.lead or (head.bracket and _TIMED.match(line.text)):
        return line
    if head.name[:1].islower():  # "Phase 2 is where most of the cost lies."
        return None
    return None if head.name.endswith((".", "!", "?", "。")) else line


_TIMED = re.compile(r"[^()（）]{1,30}[(（][^()（）]*[)）]\s*[:：—–]")
"""``Phase 1 (Sep – Dec 2026): second region``: no sentence goes on behind such a bracket."""
