"""Times as people write them: with an offset, or on the clock of the site's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.text import one_line

_NAIVE = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]+(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?")
_DOTTED = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})(?:,?\s+(?:um\s+)?(\d\d?[:.]\d\d))?")
"""A day as much of Europe writes it: day and month cannot be taken for one another."""
_NAMED_UTC = re.compile(r"(?:utc|gmt)$", re.IGNORECASE)
_YEAR_10000 = 253_402_300_800
_HINT = "write it like 2026-11-20T20:10:03Z"


@dataclass(frozen=True, slots=True)
class ReadTime:
    """A time that was read, and what to say where the clock showed it twice that day."""

    at: Instant
    warning: str = ""
    """``what is doubtful; what to write instead``, or empty."""


def read_time(text: str, zone: ZoneInfo) -> ReadTime:
    """Read an RFC 3339 time; one without an offset is on the clock of ``zone``.

    Raises ValueError (``what is wrong; what to write instead``) for what is no time, for a time
    that the zone's clock skipped, and for one that is not in the years 1970 to 9999. A time
    that the clock showed twice is taken as the first of the two, with a warning.
    """
    text = one_line(_NAMED_UTC.sub("Z", text.strip()), 60)
    naive = _NAIVE.fullmatch(text)
    if naive is None:
        try:
            return ReadTime(_in_range(parse_instant(text), text))
        except ValueError as error:
            raise _with_hint(error, text) from None
    try:
        local = datetime.fromisoformat(f"{naive[1]}T{naive[2]}")
        return _on_the_clock(local, zone, text)
    except (ValueError, OverflowError) as error:
        if str(error).startswith("'"):
            raise _with_hint(error) from None
        raise ValueError(f"{text!r} is not a time: {error}; {_HINT}") from None


def _on_the_clock(local: datetime, zone: ZoneInfo, text: str) -> ReadTime:
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    before, after = _with_offset(first), _with_offset(second)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise ValueError(
            f"{text!r} never was on the clock of {zone.key}, which went forward over it; "
            f"write it with its offset, like {before} or {after}"
        )
    at = _in_range(int(first.timestamp()), text)
    if before == after:
        return ReadTime(at)
    return ReadTime(
        at,
        f"{text!r} was twice on the clock of {zone.key}, and is taken as the first; "
        f"write {before} or {after}",
    )


def _with_offset(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _in_range(at: Instant, text: str) -> Instant:
    if not 0 <= at < _YEAR_10000:
        raise ValueError(f"{text!r} is not in the years 1970 to 9999; {_HINT}")
    return at


def _with_hint(error: Exception, text: str = "") -> ValueError:
    """Add how to write a time, where the message does not say so yet."""
    message, dotted = str(error).partition("; ")[0], _DOTTED.match(text)
    if dotted:
        day, month, year, clock = dotted.groups()
        time = f"{clock.replace('.', ':').zfill(5)}" if clock else "20:10"
        return ValueError(f"{message}; write it like {year}-{month:0>2}-{day:0>2} {time}")
    return ValueError(str(error) if "; " in str(error) else f"{error}; {_HINT}")
