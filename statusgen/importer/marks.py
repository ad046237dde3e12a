"""Signs before the entries of a list that say how far each is: ✅, 🔄, 📋."""

from __future__ import annotations

from types import MappingProxyType

from statusgen.importer.found import Entity
from statusgen.importer.inline import CROSSED, DONE, Line
from statusgen.importer.tree import Entry, Listing, Section, blocks_within

STATUS = MappingProxyType(
    dict.fromkeys(DONE, "done")
    | dict.fromkeys("🚧🔄", "current")
    | dict.fromkeys("📋🔜⬜🔲☐", "planned")
)
SIGNS = frozenset(STATUS) | CROSSED | frozenset("⏳⌛⏸🔒🟢🟡🔴🟠⚪🔵⚠⭕🚫")
"""What is kept before a name, where it is no status that a roadmap's file has."""


def tells_status(root: Section) -> bool:
    """Whether a document marks what is done, what is under way and what is to come.

    ✅ alone stands before features, with ☐ before what is in and what is not, and among other
    drawings each sign is one.
    """
    found: set[str] = set()
    for section in root.walk():
        for block in blocks_within(section.blocks):
            if isinstance(block, Listing):
                marks = {entry.first.mark[:1] for entry in block.entries} - {""}
                found |= marks if marks <= SIGNS else set()
    open_ = found & frozenset("🚧🔄📋🔜⏳⌛")
    return bool(open_) and len(open_ | (found & DONE)) > 1


def mark_item(item: Entity, line: Line, *, tells: bool) -> None:
    """Give an item the status that its sign says, or keep the sign before its name."""
    sign = line.mark[:1]
    if not sign or sign not in SIGNS:
        return
    status = STATUS.get(sign, "") if tells else ""
    if not (status and (item.set("status", status) or item.text("status") == status)):
        item.fields["name"] = f"{line.mark} {item.text('name')}"


def said_of(entry: Entry) -> str:
    """Return the words of an entry with its sign, or its tick, to the letter."""
    first = entry.first
    if entry.done is not None and first.mark[:1] not in SIGNS:
        return f"[{'x' if entry.done else ' '}] {first.text}"
    return f"{first.mark} {first.text}".strip() if first.mark[:1] in SIGNS else first.text


def are_boxed(listing: Listing) -> bool:
    """Whether below each entry of a numbered list stand boxes, and nothing else."""
    return listing.ordered and all(
        entry.done is None
        and entry.blocks
        and all(isinstance(block, Listing) and block.has_boxes for block in entry.blocks)
        for entry in listing.entries
    )
