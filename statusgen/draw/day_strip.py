"""A strip of days, small: days that look alike are one mark, however they lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from statusgen.draw.model import Day
from statusgen.draw.scene import Box, Curve, Fill, Mark
from statusgen.draw.svg import number

STRIP = 12.0
"""Its height in px."""
_LEAST = 1.5
"""A single day is seen, however narrow the strip."""
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
    each, at = box.width / len(days), 0
    paths: dict[Fill, str] = {}
    for look, run in groupby(days):
        count = len(list(run))
        fill, share = _LOOKS[look]
        tall, wide = box.height * share, max(each * count, _LEAST)
        left = min(box.x + at * each, box.right - wide)
        top = f"M{number(left)} {number(box.bottom - tall)}"
        across, down = number(wide), number(tall)
        paths[fill] = f"{paths.get(fill, '')}{top}h{across}v{down}h-{across}z"
        at += count
    # What went wrong lies above what went well, where both are narrower than a pixel.
    order = sorted(paths, key=lambda fill: fill == "warn")
    return [Curve(paths[fill], fill=fill) for fill in order]
