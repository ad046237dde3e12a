from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import format_instant
from statusgen.incident.times import read_time

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-20T20:10:03Z", "2026-11-20T20:10:03Z"),
        ("2026-11-20 20:10 UTC", "2026-11-20T20:10:00Z"),
        ("2026-11-20T20:10:03.7+01:00", "2026-11-20T19:10:03Z"),
        ("2026-11-20T20:10", "2026-11-20T19:10:00Z"),
        ("2026-07-20 20:10:30", "2026-07-20T18:10:30Z"),
    ],
)
def test_a_time_without_an_offset_is_on_the_clock_of_the_site(text: str, read: str) -> None:
    result = read_time(text, BERLIN)
    assert read == format_instant(result.at)
    assert result.warning == ""


def test_d1_a_time_that_the_clock_skipped_is_refused_with_both_readings() -> None:
    with pytest.raises(ValueError, match="never was on the clock of Europe/Berlin") as caught:
        read_time("2026-03-29 02:30", BERLIN)
    assert "2026-03-29T02:30:00+01:00 or 2026-03-29T02:30:00+02:00" in str(caught.value)


def test_d2_a_time_that_the_clock_showed_twice_is_the_first_with_a_warning() -> None:
    result = read_time("2026-10-25 02:30", BERLIN)
    assert format_instant(result.at) == "2026-10-25T00:30:00Z"
    assert "2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00" in result.warning
    assert read_time("2026-10-25T02:30+01:00", BERLIN).warning == ""


@pytest.mark.parametrize(
    "text",
    [
        "2016-12-31T23:59:60Z",
        "2016-12-31 23:59:60",
        "2026-02-30 10:00",
        "2026-11-20",
        "yesterday",
        "",
        "1969-12-31T23:59:59Z",
        "0001-01-01 00:00",
        "9999-12-31T23:59:59-12:00",
        "2026-11-20T٢٠:10:03Z",
    ],
)
def test_d7_what_is_no_time_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="; write it like 2026-11-20T20:10:03Z"):
        read_time(text, BERLIN)
