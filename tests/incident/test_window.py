# ruff: noqa: DTZ001 - wall clocks are naive on purpose
"""The course of a window, by the clock and by hand, and what is excused."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant, format_instant, parse_instant
from statusgen.base.counting import Counting
from statusgen.incident.recurrence import Occurrence, Recurrence
from statusgen.incident.window import (
    Window,
    WindowPhase,
    WindowUpdate,
    course,
    excused,
    maintained,
)

UTC = ZoneInfo("UTC")
START = parse_instant("2026-11-25T02:00:00Z")
ONCE = Occurrence(START, START + 2 * HOUR)
P = WindowPhase


def window(*updates: tuple[Instant, WindowPhase], rule: str | None = None) -> Window:
    return Window(
        id="db",
        uid="urn:uuid:00000000-0000-0000-0000-000000000000",
        title="Database upgrade",
        components=("api", "web"),
        when=Recurrence(datetime(2026, 11, 25, 2), 2 * HOUR, UTC, rule=rule),
        uptime=Counting.EXCLUDE,
        updates=tuple(WindowUpdate(at=at, phase=phase, body="") for at, phase in updates),
    )


@pytest.mark.parametrize(
    ("updates", "now", "phase", "since", "overrun"),
    [
        # by the clock
        ((), START - 1, P.SCHEDULED, START, False),
        ((), START, P.IN_PROGRESS, START, False),
        ((), ONCE.end - 1, P.IN_PROGRESS, START, False),
        ((), ONCE.end, P.COMPLETED, ONCE.end, False),
        (((START - DAY, P.SCHEDULED),), START + 1, P.IN_PROGRESS, START, False),
        # by hand
        (((START - 600, P.IN_PROGRESS),), START - 1, P.IN_PROGRESS, START - 600, False),
        (((START + 600, P.VERIFYING),), START + 700, P.VERIFYING, START + 600, False),
        (((START + 600, P.COMPLETED),), START + 700, P.COMPLETED, START + 600, False),
        (((START - 600, P.CANCELLED),), START + 700, P.CANCELLED, START - 600, False),
        # an update that lies ahead says nothing yet
        (((START + 600, P.COMPLETED),), START + 500, P.IN_PROGRESS, START, False),
        # begun by hand, not ended: it runs over and says so
        (((START + 5, P.IN_PROGRESS),), ONCE.end + 60, P.IN_PROGRESS, START + 5, True),
        (((START + 5, P.VERIFYING),), ONCE.end, P.VERIFYING, START + 5, True),
        (
            ((START + 5, P.IN_PROGRESS), (ONCE.end + 30, P.COMPLETED)),
            ONCE.end + 60,
            P.COMPLETED,
            ONCE.end + 30,
            False,
        ),
    ],
)
def test_the_course_of_one_window(
    updates: tuple[tuple[Instant, WindowPhase], ...],
    now: Instant,
    phase: WindowPhase,
    since: Instant,
    overrun: bool,
) -> None:
    found = course(window(*updates), ONCE, now)

    assert (found.phase, found.since, found.overrun) == (phase, since, overrun)


@pytest.mark.parametrize(
    ("updates", "stretch"),
    [
        ((), (START, ONCE.end)),
        (((START - 600, P.IN_PROGRESS),), (START - 600, ONCE.end)),
        (((START + 600, P.COMPLETED),), (START, START + 600)),
        (((START + 600, P.CANCELLED),), (START, START + 600)),
        (((START - 600, P.CANCELLED),), None),
        # more time than planned excuses nothing: the author moves the end
        (((START, P.IN_PROGRESS), (ONCE.end + HOUR, P.COMPLETED)), (START, ONCE.end)),
    ],
)
def test_what_is_excused(
    updates: tuple[tuple[Instant, WindowPhase], ...], stretch: tuple[Instant, Instant] | None
) -> None:
    assert excused(window(*updates), ONCE, START + 9 * DAY) == stretch


def test_updates_of_a_repeated_window_speak_of_one_occurrence_each() -> None:
    daily = window(
        (START - HOUR, P.SCHEDULED),
        (START + 5 * MINUTE, P.IN_PROGRESS),
        (ONCE.end + 10 * MINUTE, P.COMPLETED),  # of the first, which ran over
        (START + DAY - HOUR, P.CANCELLED),  # of the second
        (START + 2 * DAY - 5 * MINUTE, P.IN_PROGRESS),  # begins the third early
        (START + 2 * DAY - MINUTE, P.COMPLETED),  # and was done before it was to begin
        rule="FREQ=DAILY;COUNT=4",
    )
    days = list(daily.occurrences(START, START + 9 * DAY))

    later = [course(daily, each, START + 9 * DAY) for each in days]
    then = course(daily, days[0], ONCE.end + MINUTE)

    assert [each.phase for each in later] == [P.COMPLETED, P.CANCELLED, P.COMPLETED, P.COMPLETED]
    assert (then.phase, then.overrun) == (P.IN_PROGRESS, True)
    assert [excused(daily, each, START + 9 * DAY) for each in days] == [
        (START, ONCE.end),
        None,
        (START + 2 * DAY - 5 * MINUTE, START + 2 * DAY - MINUTE),
        (START + 3 * DAY, ONCE.end + 3 * DAY),
    ]


def test_only_what_a_window_names_is_maintained_and_only_as_it_says() -> None:
    told = window()

    excluded = maintained([told], START - DAY, START + DAY, START, counting=[Counting.EXCLUDE])
    counted = maintained([told], START - DAY, START + DAY, START, counting=[Counting.COUNT])

    assert excluded == {"api": [(START, ONCE.end)], "web": [(START, ONCE.end)]}
    assert counted == {}
    assert format_instant(START) == "2026-11-25T02:00:00Z"
