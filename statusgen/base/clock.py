"""Instants and durations.

Between rooms an *instant* is an ``int``: whole UTC seconds since 1970. It is turned into text or
a local day only at the rim, so arithmetic is exact and no time zone can creep in.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

Instant = int
"""UTC seconds since 1970-01-01T00:00:00Z."""

MINUTE, HOUR, DAY = 60, 3600, 86400

_INSTANT = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[Tt ](?P<time>\d\d:\d\d(:\d\d(\.\d+)?)?) ?"
    r"(?P<zone>[Zz]|[+-]\d\d:?\d\d)"
)
_UNITS_MS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h|d|w)")


def now() -> Instant:
    """Return the present instant from the system's clock."""
    return int(time.time())


def given_now(text: str | None, environ: Mapping[str, str]) -> Instant | None:
    """Return the instant a build is to take for now: ``--now``, else SOURCE_DATE_EPOCH, else None.

    Raises ValueError when either is unreadable.
    """
    if text:
        return int(text) if text.isdigit() else parse_instant(text)
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        if not epoch.isdigit():
            raise ValueError(f"SOURCE_DATE_EPOCH is {epoch!r}; write whole seconds since 1970")
        return int(epoch)
    return None


def parse_instant(text: str) -> Instant:
    """Read an RFC 3339 timestamp with a zone, dropping fractions of a second.

    Raises ValueError for a naive, impossible or leap-second time.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a time; write it like 2026-11-20T20:10:03Z")
    zone = match["zone"].upper().replace("Z", "+00:00")
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        parsed = datetime.fromisoformat(f"{match['date']}T{match['time'].partition('.')[0]}{zone}")
        return int(parsed.timestamp())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a time: {error}") from None


def to_datetime(instant: Instant) -> datetime:
    """Return the instant as an aware datetime in UTC."""
    return datetime.fromtimestamp(instant, UTC)


def format_instant(instant: Instant) -> str:
    """Write the instant as RFC 3339 in UTC, e.g. ``2026-11-20T20:10:03Z``."""
    return f"{to_datetime(instant).isoformat().removesuffix('+00:00')}Z"


_COMMA = re.compile(r"(\d+),(\d+\s*(?:ms|s|m|h|d|w))")


def parse_duration_ms(value: str | int | float) -> int:
    """Read a duration such as ``800ms``, ``5m`` or ``1h30m`` and return milliseconds.

    A bare number is refused: it does not say its unit. Raises ValueError.
    """
    hint = "write a number with a unit, like 800ms, 30s, 5m, 1h or 21d"
    if not isinstance(value, str):
        raise ValueError(f"{value!r} has no unit; {hint}")
    text = value.strip()
    if text.replace(".", "", 1).isdigit():
        raise ValueError(f"{value!r} has no unit; {hint}")
    total = 0.0
    position = 0
    for match in _DURATION_PART.finditer(text):
        if text[position : match.start()].strip():
            break
        total += float(match[1]) * _UNITS_MS[match[2]]
        position = match.end()
    comma = _COMMA.fullmatch(text)
    if comma:
        raise ValueError(f"{value!r} has a comma; write a point: {comma[1]}.{comma[2]}")
    if position == 0 or text[position:].strip() or total > 1e15:
        raise ValueError(f"{value!r} is not a duration; {hint}")
    return round(total)
