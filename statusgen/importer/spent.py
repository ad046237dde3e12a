"""How long a stage or a piece of work takes: *3 weeks*, *~2 Tage (mit Puffer)*, *(4h)*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.found import Entity
from statusgen.importer.parted import last_bracket, narrow
from statusgen.importer.staged import reads
from statusgen.roadmap.model import parse_effort
from statusgen.roadmap.vocabulary import grouped, pattern, words


def lasts(text: str) -> bool:
    """Whether a text says how long something takes; *120 m* is how long a thing is."""
    return reads(parse_effort, text) and not METRES.search(text)


METRES = re.compile(r"\d\s+m$")


def spent(text: str) -> tuple[str, str]:
    """Split how long something takes from a remark behind it; two empty texts where none is said.

    *3 weeks (Sprint 1-3)*, *2 Tage, mit Puffer*; of *2 days, then 3 weeks* nobody can tell.
    """
    text = text.strip().rstrip(".")
    if lasts(text):
        return text, ""
    for match in _REMARK.finditer(text):
        head, rest = text[: match.start()].strip(), text[match.start() :].strip(" ,;–—-")
        if lasts(head):
            plain = not re.search(r"\d", rest) or rest[:1] in "(（"
            return (head, rest) if plain else ("", "")
    return "", ""


_REMARK = re.compile(r"\s*[(（,;，；]|\s[–—-]\s")


def give_effort(part: Entity, text: str) -> bool:
    """Set how long a stage or an item takes; a remark behind it is a note."""
    effort, remark = spent(text)
    if not effort or not part.set("effort", effort):
        return False
    if remark:
        part.add("notes", remark)
    return True


def measured(text: str, header: str) -> str:
    """Return a cell with the unit that its header names: *3* under *Effort (days)*."""
    unit = _UNIT.search(header.strip(" *_:"))
    if unit is None or not re.search(r"\d\s*$", text):
        return text
    with_unit = f"{text} {unit[1] or unit[2]}"
    return with_unit if reads(parse_effort, with_unit) else text


_UNITS = tuple(word for known in grouped("lasts").values() for word in known)
_HOURS = grouped("period")["hour"]
_UNIT = re.compile(
    rf"[(（\[]\s*({pattern((*_UNITS, *_HOURS))})\s*[)）\]]$"
    rf"|^({pattern(tuple(word for word in (*_UNITS, *_HOURS) if len(word) > 2))})$",
    re.I,
)


def read_brackets(items: Sequence[Entity]) -> None:
    """Take the efforts out of the names of a list's items where most of them end in one.

    *Trial (14 days)* alone says what is offered, *Logs (30 days)* how long they are kept, and
    *Ann (12 years)* how old she is.
    """
    read = [(item, *last_bracket(narrow(item.text("name")))) for item in items]
    told = [
        (item, name, inner)
        for item, name, inner, rest in read
        if not rest and lasts(inner) and parse_effort(inner).unit != "year"
        if not NO_EFFORT.search(name)
    ]
    if len(told) < 2 or 2 * len(told) <= len(items):
        return
    for item, name, inner in told:
        if item.set("effort", inner):
            item.fields["name"] = name


NO_EFFORT = re.compile(rf"(?<!\w)(?:{pattern(words('no_effort'))})", re.I)
"""What has a length of time that nobody works: a trial, a retention, an interval."""
