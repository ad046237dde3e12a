"""Rounds that a clock which ran ahead has stamped: left out of every figure, named, set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import Instant, format_instant
from statusgen.history.dayfile import (
    FUTURE_SLACK,
    Fault,
    day_files,
    day_of,
    read_bytes,
    read_day,
    relative_path,
)

_AT = re.compile(rb'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')


@dataclass(frozen=True, slots=True)
class Ahead:
    """The rounds of one file that are stamped later than five minutes after now."""

    file: str
    """Below the history folder, with forward slashes."""
    faults: tuple[Fault, ...]


def rounds_ahead(folder: Path, now: Instant) -> list[Ahead]:
    """Return where rounds stand that are stamped more than five minutes after ``now``.

    Cheap where there are none: of today's file only the times are looked at. Raises OutsideError.
    """
    latest = format_instant(now + FUTURE_SLACK).encode("ascii")
    found = []
    for day, path in day_files(folder).items():
        if day < day_of(now):
            continue
        content = read_bytes(path)
        # Times of one form sort as text do.
        if max(_AT.findall(content), default=latest) > latest:
            faults = tuple(fault for fault in read_day(day, content, now).faults if fault.future)
            if faults:
                found.append(Ahead(relative_path(day), faults))
    return found
