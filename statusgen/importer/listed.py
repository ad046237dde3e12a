"""What the entries of a list say of the list: that a label stands among them, or a price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from statusgen.importer.inline import Line
from statusgen.importer.pieces import names_part
from statusgen.importer.tree import Block, Entry, Listing, Paragraph
from statusgen.importer.words import Pair, canonical, is_label, pair
from statusgen.roadmap.money import SIGN
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.price_spelling import respelled


def parted(listing: Listing) -> Iterator[tuple[Listing, Pair | None]]:
    """Part a list at a line such as *Cons* below an entry, which Markdown takes for more of it."""
    entries: list[Entry] = []
    label: Pair | None = None
    for entry in listing.entries:
        last = entry.lines[-1] if len(entry.lines) > 1 else None
        if last is None or not is_label(last.text):
            entries.append(entry)
            continue
        entries.append(replace(entry, lines=entry.lines[:-1]))
        yield replace(listing, entries=tuple(entries)), label
        entries, label = [], Pair(last.number, last.text, "", canonical(last.text))
    yield replace(listing, entries=tuple(entries)), label


def is_side(read: Pair) -> bool:
    """Whether an entry is *Pros:* alone, with what speaks for an option below it."""
    return not read.value and read.key in ("pros", "cons")


def heads_lists(entry: Entry) -> Pair | None:
    """Return the label that an entry is of the lists below it: *Deliverables:*, *Risks:*."""
    read = pair(entry.first)
    lists = entry.blocks and all(isinstance(block, Listing) for block in entry.blocks)
    if read is None or read.value or not lists:
        return None
    return read if read.key in ("steps", "goal", "notes") or names_part(read.label) else None


def names_money_once(listing: Listing) -> bool:
    """Whether one entry alone speaks of money: of several, none is the price of the whole."""
    return sum(bool(_MONEY.search(respelled(text))) for text in listing.texts) == 1


_MONEY = re.compile(rf"(?:{SIGN}|\b(?:{CODES}) )\s?\d")


def caption(line: Line, lines: Sequence[Line]) -> Pair | None:
    """Read a short line right above a list as its label: it is bold, or alone there."""
    text = line.text.strip().rstrip(":： ")
    if not text or _MONEY.search(respelled(text)):
        return None
    bold = bool(line.lead) and line.lead == line.text
    short = len(text.split()) <= MAX_CAPTION and text[-1:] not in ".!?;,。、！？"
    if not short or not (bold or (len(lines) == 1 and text[:1].isupper())):
        return None
    return Pair(line.number, text, "", canonical(text))


MAX_CAPTION = 5
"""Words of a line that may be the label of the list below it."""


def label_for(block: Paragraph, after: Block | None) -> Pair | None:
    """Return the label in a paragraph's last line that the block behind it carries."""
    if not block.lines or after is None or isinstance(after, Paragraph):
        return None
    *above, last = block.lines
    if above and last.text[:1].islower() and above[-1].text[-1:] not in ".:!?。：":
        return None  # the end of a sentence that begins in the line above
    read = pair(last)
    if read is None and isinstance(after, Listing):
        return caption(last, block.lines)
    return read if read is not None and not read.value else None
