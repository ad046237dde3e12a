"""Maintenance windows made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant
from statusgen.base.counting import Counting
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window, WindowUpdate
from tests.publish.factory import hash_of


def window(
    identifier: str,
    start: Instant,
    end: Instant,
    *,
    components: Sequence[str] = ("api",),
    rule: str | None = None,
    updates: Sequence[WindowUpdate] = (),
    title: str = "",
    about: str = "",
) -> Window:
    """Make a window in UTC; ``rule`` is an RRULE."""
    begins = datetime.fromtimestamp(start, UTC).replace(tzinfo=None)
    return Window(
        id=identifier,
        uid=f"urn:uuid:00000000-0000-5000-8001-{hash_of(identifier) % 10**12:012}",
        title=title or identifier.rpartition("-")[2].capitalize(),
        components=tuple(components),
        when=Recurrence(begins, end - start, ZoneInfo("UTC"), rule=rule),
        uptime=Counting.EXCLUDE,
        updates=tuple(updates),
        about=about,
    )
