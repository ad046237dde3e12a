"""Lines below a line: the parts of an amount that stands above them already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import ZERO, Range

_BELOW = re.compile(r"(?:[-–—•·*↳└├>ㄴ∟]|\.{2,}|…)\s*\w")


def is_below(label: str) -> bool:
    """Whether a label is marked as one below another: ``– Web``, ``└ Worker``."""
    return bool(_BELOW.match(label.strip()))


def depths_of(firsts: Sequence[str], bold: Sequence[bool]) -> list[int]:
    """Return how deep each line of a table stands, by what its first cell says.

    By its number in an outline (``2.1``, ``B.1``) where all have one, by marks (``– Web``), or by
    bold type where the first line has it and others do not.
    """
    numbers = [_OUTLINE.match(text.strip()) for text in firsts]
    known = [match[1].rstrip(".").count(".") if match else 0 for match in numbers]
    named = [bool(match or not text.strip()) for match, text in zip(numbers, firsts, strict=True)]
    if all(named) and len(set(known)) > 1:
        return known
    marked = [int(is_below(text)) for text in firsts]
    if any(marked) or not bold or not bold[0] or bold[1:2] != [False]:
        return marked
    return [int(not each) for each in bold]


_OUTLINE = re.compile(r"((?:\d{1,3}|[A-Z]|[IVX]{1,5})(?:\.\d{1,3}){0,4}\.?)(?:\s|$)")


def details(depths: Sequence[int], amounts: Sequence[Range | None]) -> frozenset[int]:
    """Return the lines whose amounts stand in a line above them already.

    A line's next deeper ones are its parts where they add up to it, and only there: what is
    indented under a price may cost more than that. ``depths`` says how deep each line stands.
    """
    found: set[int] = set()
    for number, amount in enumerate(amounts):
        below = _below(depths, number)
        parts = [part for row in below if (part := amounts[row]) is not None]
        if amount is None or not parts or number in found:
            continue
        nearest = min(depths[row] for row in below if amounts[row] is not None)
        first = [row for row in below if depths[row] == nearest]
        known = [part for row in first if (part := amounts[row]) is not None]
        if fits(amount, sum(known, ZERO)):
            found.update(below)
    return frozenset(found)


def _below(depths: Sequence[int], number: int) -> list[int]:
    below = []
    for row in range(number + 1, len(depths)):
        if depths[row] <= depths[number]:
            break
        below.append(row)
    return below
