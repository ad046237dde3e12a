"""The files of maintenance windows: what is read, what is told, and what is written back."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import HOUR, Instant, format_instant, parse_instant
from statusgen.base.counting import Counting
from statusgen.incident.folder import Read
from statusgen.incident.lints import Desk
from statusgen.incident.window import Window
from statusgen.incident.windowfile import read_window, window_markdown

BERLIN = ZoneInfo("Europe/Berlin")
NOW = parse_instant("2026-11-20T12:00:00Z")
ANNOUNCED = "\n## Scheduled · 2026-11-20T10:00:00Z\n\nWe upgrade.\n"


def read(
    front: str, text: str = ANNOUNCED, name: str = "content/maintenance/db.md"
) -> Read[Window]:
    desk = Desk(BERLIN, ("api", "web"), NOW, Path("content"))
    return read_window(f"---\n{front}---\n{text}", name, desk)


def window(front: str, text: str = ANNOUNCED) -> Window:
    found = read(front, text)
    assert found.problems == ()
    assert found.item is not None
    return found.item


def spans(found: Window, start: str, end: str) -> list[str]:
    return [
        f"{format_instant(each.start)} {format_instant(each.end)}"
        for each in found.occurrences(parse_instant(start), parse_instant(end))
    ]


ONCE = "title: Upgrade\naffected: api\n"


@pytest.mark.parametrize(
    ("front", "start", "end"),
    [
        # on the site's clock, with an offset, in a zone of its own, quoted and not
        ("start: 2026-12-01 02:00\nend: 2026-12-01 04:00\n", "2026-12-01T01:00:00Z", 2),
        ("start: 2026-12-01T02:00:00Z\nduration: 90m\n", "2026-12-01T02:00:00Z", 1.5),
        ("start: '2026-12-01 02:00+05:30'\nduration: 1h30m\n", "2026-11-30T20:30:00Z", 1.5),
        (
            "start: 2026-12-01 02:00\nduration: 2h\ntimezone: America/New_York\n",
            "2026-12-01T07:00:00Z",
            2,
        ),
        # D2: a time that the clock showed twice is the first; with its offset it is the one meant
        ("start: 2026-10-25 02:30\nduration: 1h\n", "2026-10-25T00:30:00Z", 1),
        ("start: 2026-10-25T02:30:00+01:00\nduration: 1h\n", "2026-10-25T01:30:00Z", 1),
    ],
)
def test_when_a_window_is(front: str, start: str, end: float) -> None:
    found = window(ONCE + front).first
    began: Instant = parse_instant(start)
    assert (format_instant(found.start), found.end) == (start, began + int(end * HOUR))


def test_d5_a_weekly_window_keeps_its_time_on_the_clock() -> None:
    text = "start: 2026-03-22 02:00\nend: 2026-03-22 04:00\nrepeat: FREQ=WEEKLY;BYDAY=SU\n"
    found = window(ONCE + text)
    assert spans(found, "2026-03-20T00:00:00Z", "2026-04-06T00:00:00Z") == [
        "2026-03-22T01:00:00Z 2026-03-22T03:00:00Z",
        "2026-03-29T01:00:00Z 2026-03-29T02:00:00Z",  # the night lost an hour
        "2026-04-05T00:00:00Z 2026-04-05T02:00:00Z",
    ]
    autumn = spans(found, "2026-10-18T00:00:00Z", "2026-11-02T00:00:00Z")
    assert autumn == [
        "2026-10-18T00:00:00Z 2026-10-18T02:00:00Z",
        "2026-10-25T00:00:00Z 2026-10-25T03:00:00Z",  # and this one gained one
        "2026-11-01T01:00:00Z 2026-11-01T03:00:00Z",
    ]


def test_a_word_is_rule_enough_and_days_can_be_left_out() -> None:
    text = "start: 2026-12-23 22:00\nduration: 1h\nrepeat: daily\nexcept: [2026-12-24]\n"
    found = window(ONCE + text)
    assert spans(found, "2026-12-23T00:00:00Z", "2026-12-26T00:00:00Z") == [
        "2026-12-23T21:00:00Z 2026-12-23T22:00:00Z",
        "2026-12-25T21:00:00Z 2026-12-25T22:00:00Z",
    ]


def test_a_text_without_a_heading_is_what_it_is_about() -> None:
    found = window(ONCE + "start: 2026-12-01 02:00\nduration: 2h\n", "\nOrders wait.\n" + ANNOUNCED)
    assert found.about == "Orders wait."
    assert [update.body for update in found.updates] == ["We upgrade."]


@pytest.mark.parametrize(
    ("front", "message"),
    [
        # D1: a time that never was, D7: a leap second, D8: an end before its start
        (
            "start: 2026-03-29 02:30\nduration: 1h\n",
            "4:8: start: '2026-03-29 02:30' never was on the clock",
        ),
        (
            "start: 2026-12-31T23:59:60Z\nduration: 1h\n",
            "4:8: start: '2026-12-31T23:59:60Z' is not a time",
        ),
        (
            "start: 2026-12-01 04:00\nend: 2026-12-01 02:00\n",
            "5:6: end: the end 2026-12-01T01:00:00Z is",
        ),
        (
            "start: 2026-12-01 04:00\n",
            "4:8: start: says neither its end nor its duration; add `end:`",
        ),
        (
            "start: 2026-12-01 04:00\nend: 2026-12-01 05:00\nduration: 1h\n",
            "6:11: duration: says both an end and a duration; keep one",
        ),
        ("start: 2026-12-01 04:00\nduration: 2\n", "5:11: duration: '2' has no unit"),
        ("start: 2026-12-01\nduration: 2h\n", "4:8: start: '2026-12-01' is not a time"),
        (
            "start: 2026-12-01 04:00\nduration: 2h\nrepeat: every sunday\n",
            "6:9: repeat: 'every sunday' is not",
        ),
        (
            "start: 2026-12-01 04:00\nduration: 2h\nrepeat: FREQ=HOURLY\n",
            "6:9: repeat: FREQ is HOURLY; write",
        ),
        (
            "start: 2026-12-01 04:00\nduration: 2h\nuptime: ignore\n",
            "6:9: uptime: must be one of 'exclude' or 'count'",
        ),
        (
            "start: 2026-12-01 04:00\nduration: 2h\ntimezone: Berlin\n",
            "did you mean 'Europe/Berlin'?",
        ),
        (
            "start: 2026-12-01 04:00\nduration: 2h\nexcept: 24.12.\n",
            "'24.12.' is no date; write it like",
        ),
        ("start: 2026-12-01 04:00\nlength: 2h\n", "5:1: length: unknown key 'length'"),
    ],
)
def test_a_fault_is_told_in_its_place(front: str, message: str) -> None:
    found = read(ONCE + front)
    assert found.item is None
    assert any(message in str(problem) for problem in found.problems), found.problems


def test_unknown_components_and_times_ahead_are_told_and_hide_nothing() -> None:
    text = "title: Upgrade\naffected: [api, wbe]\nstart: 2026-12-01 04:00\nduration: 2h\n"
    found = read(text, "\n## In progress · 2027-12-01T03:00:00Z\n")
    assert found.item is not None
    told = [str(problem) for problem in found.problems]
    assert any("3:17" in each and "did you mean 'web'?" in each for each in told), told
    assert any("8:1" in each and "lies ahead of the clock" in each for each in told), told


def test_one_that_no_feed_can_announce_is_a_warning() -> None:
    front = ONCE + "start: 2026-12-01 04:00\nduration: 2h\n"
    assert "is announced on the page alone" in str(read(front, "").warnings[0])
    assert read(front).warnings == ()
    over = ONCE + "start: 2026-11-01 04:00\nduration: 2h\n"
    assert read(over, "").warnings == ()  # what is over needs no announcement


@pytest.mark.parametrize(
    "front",
    [
        "start: 2026-12-01 02:00\nduration: 2h\n",
        "start: 2026-12-01 02:00\nend: 2026-12-01 04:00\nrepeat: weekly\nuptime: count\n",
        "start: 2026-12-01 02:00\nduration: 26h\nrepeat: monthly\nexcept: [2027-01-01]\n",
    ],
)
def test_what_is_written_is_read_as_the_same(front: str) -> None:
    found = window(ONCE + front, "\nOrders wait.\n\\## Scheduled · 2026\n" + ANNOUNCED)
    written = window_markdown(found)
    desk = Desk(ZoneInfo("UTC"), ("api",), NOW, Path("content"))
    again = read_window(written, found.file, desk, Counting.EXCLUDE)
    assert again.item == found
    assert window_markdown(again.item) == written
