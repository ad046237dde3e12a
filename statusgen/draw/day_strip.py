"""A strip of days, small: runs of days that look alike are one mark each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from statusgen.draw.model import Day
from statusgen.draw.scene import Box, Fill, Mark, Rect

STRIP = 12.0
"""Its height in px."""
_LOOKS: dict[Day, tuple[Fill, float]] = {
    "good": ("good", 0.5),
    "worse": ("warn", 0.75),
    "failed": ("warn", 1.0),
    "worked-at": ("accent", 0.3),
    "unseen": ("carried", 0.2),
    "before": ("faint", 0.1),
}
"""What a day is filled with, and how high it stands: no meaning by colour alone."""


def strip(days: Sequence[Day], box: Box) -> list[Mark]:
    """Return the marks of days, oldest first, standing on the foot of ``box``."""
    marks: list[Mark] = []
    each, at = box.width / len(days), 0
    for look, run in groupby(days):
        count = len(list(run))
        fill, share = _LOOKS[look]
        tall = box.height * share
        # A single day is seen, however narrow the strip.
        wide = max(each * count, 1.5)
        left = min(box.x + at * each, box.right - wide)
        marks.append(Rect(Box(left, box.bottom - tall, wide, tall), fill, 0))
        at += count
    return marks
