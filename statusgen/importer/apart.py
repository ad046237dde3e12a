"""Parts that only what stands above their heading tells from others.

*Disks* stands below *North* and again below *South*; the names of both say whose they are. A sign
before a heading that says something of what it heads (❌, ⚠️) stays before the name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.importer.found import Entity
from statusgen.importer.inline import SAYING
from statusgen.importer.tree import Section

_NAMED = (
    "x-sections", "x-tables", "stacks", "summaries", "comparisons", "checklists", "procedures",
    "timelines", "architectures",
)  # fmt: skip
"""What may bear the name of the heading that it stands under."""
MAX_NAME = 160
"""No name grows longer by what it stands under; that has its own place before it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading, and those that it stands below."""

    section: Section
    above: tuple[Section, ...]
    """The nearest first."""


def tell_apart(root: Section, roadmap: Entity) -> None:
    """Let the names that a roadmap's parts have from headings say all that the headings say."""
    places = [*_places(root)]
    counts = Counter(place.section.title.text.casefold() for place in places)
    begins = [place.section.line for place in places]
    for part in (part for key in _NAMED for part in roadmap.parts(key)):
        at = bisect_right(begins, part.line) - 1
        if at < 0 or "stage" in part.fields:
            continue
        title = places[at].section.title
        name = part.text("name")
        if not title.text or not (name == title.text or name.startswith(f"{title.text}: ")):
            continue
        if title.mark[:1] in SAYING:
            name = f"{title.mark} {name}"
        above = [one.title.text for one in places[at].above if one.level > 1]
        if counts[title.text.casefold()] > 1 and above:
            alone = (text for text in above if counts[text.casefold()] == 1)
            name = f"{next(alone, above[0])}: {name}"
        if len(name) <= MAX_NAME:
            part.fields["name"] = name


def _places(root: Section) -> Iterator[_Place]:
    stack = [_Place(child, ()) for child in reversed(root.sections)]
    while stack:
        place = stack.pop()
        yield place
        above = (place.section, *place.above)
        stack += [_Place(child, above) for child in reversed(place.section.sections)]


def kept_heading(section: Section, sections: Sequence[Entity], before: int) -> Sequence[Entity]:
    """Return the remarks with a heading that has no text of its own, above those of its parts.

    ``before`` is how many there were before its parts were read; where these are no remarks, they
    say by their own names or places what the heading says.
    """
    if section.level < 2 or len(sections) == before:
        return sections
    alone = Entity("x-section", section.line, {"name": section.title.text or "Untitled"})
    return [*sections[:before], alone, *sections[before:]]
