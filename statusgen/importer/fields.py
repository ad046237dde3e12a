"""Lines that say several things, each behind its label: *Time: 6 weeks | Cost: $5,000*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from statusgen.importer.inline import Line
from statusgen.importer.words import ARGUMENTS, canonical, has_money
from statusgen.roadmap.vocabulary import pattern


def sentences(line: Line) -> list[Line]:
    """Split a line of several labels: ``Time: 6 weeks | Cost: $5,000``, ``Good: fast. Bad: new.``

    A last sentence is split off where it is a cost with its label: ``Two people. Budget: $24,000.``
    """
    if fields := _fields(line):
        return fields
    if len(line.text) <= MAX_SENTENCES and _ARGUED.match(line.text):
        first, *others = _ARGUED_BEHIND.split(line.text)
        return [replace(line, text=first.strip(" ;,"))] + [
            replace(line, text=text.strip(" ;,"), lead="", links=()) for text in others
        ]
    match = _LAST_SENTENCE.fullmatch(line.text) if len(line.text) <= MAX_SENTENCES else None
    if match is None or line.lead or canonical(match["label"]) != "cost":
        return [line]
    if not has_money(match["value"].rstrip(".").strip()):
        return [line]
    said = replace(line, text=match["before"])
    return [said, replace(line, text=f"{match['label']}: {match['value'].rstrip('.')}", links=())]


def _known(keys: Sequence[str]) -> int:
    return sum(bool(canonical(key)) for key in keys)


def _fields(line: Line) -> list[Line]:
    """Return the labelled parts of a line between bars or dots, if it is nothing but such parts."""
    parts = _BETWEEN.split(line.text) if len(line.text) <= MAX_SENTENCES else []
    read = [_FIELD.fullmatch(part) for part in parts]
    keys = [match["key"] for match in read if match is not None]
    if len(parts) < 2 or len(keys) < len(parts) or _known(keys) < (1 if line.lead else 2):
        return []
    first = replace(line, text=parts[0], lead=line.lead if parts[0].startswith(line.lead) else "")
    others = [replace(first, text=part, links=(), mark="") for part in parts[1:]]
    # One label in bold type: so are the others, whose type a line does not keep.
    return [first] + [
        replace(other, lead=f"{key}:" if line.lead and f"{key}:" in other.text else "")
        for other, key in zip(others, keys[1:], strict=True)
    ]


_BETWEEN = re.compile(r"\s+[|·•]\s+")
_FIELD = re.compile(r"(?P<key>[^\W\d_][^:：|]{0,39})[:：]\s*\S.*", re.S)


_ARGUES = pattern(ARGUMENTS)
_ARGUED = re.compile(rf"(?:{_ARGUES})\s?[:：]", re.I)
_ARGUED_BEHIND = re.compile(rf"(?<=[.;,。；])\s*(?=(?:{_ARGUES})\s?[:：])", re.I)
"""*Pros: known. Cons: slow.* in one line."""
MAX_SENTENCES = 500
"""A longer line is no note of a cost."""
_LAST_SENTENCE = re.compile(
    r"(?P<before>.*[.!?])\s+(?P<label>[^\W\d_][^:：.!?]{1,40}):\s+(?P<value>[^:]*\d[^:]*)", re.S
)
