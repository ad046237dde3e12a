"""Lines to tick that stand in a fenced block: a checklist, which no renderer shows as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from statusgen.importer.fences import is_text
from statusgen.importer.inline import Line
from statusgen.importer.tree import Entry, Fence, Listing

_BOX = re.compile(r"(?P<indent>\s*)(?:[-*+]\s+)?\[(?P<tick>[ xX])\]\s+(?P<text>[^\s=:–—-].*)")
"""A line to tick; *[x] = done* tells what the signs mean."""
_BELOW = re.compile(r"(?P<indent>\s*)(?:[-*+•]|\d{1,2}[.)])\s+(?P<text>\S.*)")
_HEAD = re.compile(r"(?:#{1,6}\s+)?(?P<text>[^\W_\-*+\[].{0,79})")
_BLANK = re.compile(r"^[\[<{].*[\]>}]$|\.\.\.$|…$|<[^<>]+>|\{\{|\[[^\[\]]+\](?!\()")
"""What is to be filled in: the lines of a template are nobody's."""


@dataclass(slots=True)
class Boxes:
    """Lines to tick under one heading of the block."""

    title: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def listing(self) -> Listing:
        """The lines as a list."""
        return Listing(self.entries[0].line, False, tuple(self.entries))


def boxes_of(fence: Fence) -> list[Boxes]:
    """Read a block whose lines are boxes, with headings above and lines below some of them.

    Nothing for any other block, and for a template. In a block of code each line has to be one.
    """
    groups = [Boxes("")]
    strange, ticked, blank = 0, 0, 0
    depth = 0
    for number, text in enumerate(fence.text.split("\n"), fence.line + 1):
        if not text.strip():
            continue
        below = _BELOW.fullmatch(text)
        if box := _BOX.fullmatch(text):
            ticked += 1
            blank += bool(_BLANK.search(box["text"]))
            depth = len(box["indent"])
            line = Line(number, box["text"].strip())
            groups[-1].entries.append(Entry(number, (line,), box["tick"] in "xX", ()))
        elif below and groups[-1].entries and len(below["indent"]) > depth:
            groups[-1].entries[-1] = _with(groups[-1].entries[-1], Line(number, below["text"]))
        elif (head := _HEAD.fullmatch(text)) and not _ends_sentence(text):
            groups.append(Boxes(head["text"].strip(" :：")))
            strange += not text.startswith("#")
        else:
            strange += 1
    known = [group for group in groups if group.entries]
    told = ticked > 1 and 2 * blank <= ticked and all(g.entries for g in groups[1:])
    plain = is_text(fence) and strange < ticked
    return known if told and (plain or not strange) else []


def _ends_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in ".;{}()!?,。"


def _with(entry: Entry, line: Line) -> Entry:
    """Return an entry with one more line below it."""
    own: Sequence[Entry] = ()
    if entry.blocks and isinstance(entry.blocks[0], Listing):
        own = entry.blocks[0].entries
    below = (*own, Entry(line.number, (line,), None, ()))
    return Entry(entry.line, entry.lines, entry.done, (Listing(below[0].line, False, below),))
