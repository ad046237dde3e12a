"""Lines below a line: the parts of an amount that stands above them already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import ZERO, Range

_BELOW = re.compile(r"(?:[-–—•·*↳└├>]|\.{2,}|…)\s*\w")


def is_below(label: str) -> bool:
    """Whether a label is marked as one below another: ``– Web``, ``└ Worker``."""
    return bool(_BELOW.match(label.strip()))


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
