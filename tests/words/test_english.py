"""What English writes by itself: numbers, dates, durations, lists."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import parse_instant
from statusgen.base.saying import Saying
from statusgen.words import Words

WORDS = Words.of()
PAGES = Words.of(unbroken=True)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (119, "1 min"),
        (3600, "1 h"),
        (3660, "1 h 1 min"),
        (4320, "1 h 12 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d"),
        (86_400 + 60, "1 d"),
        (90_000, "1 d 1 h"),
        (40 * 86_400, "40 d"),
    ],
)
def test_a_duration_has_two_units(seconds: int, text: str) -> None:
    assert WORDS.duration(seconds) == text
    assert PAGES.duration(seconds) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        # Began 01:25, ended 02:15: a reader subtracts 50, whatever the seconds were.
        ("01:25:50", "02:15:10", "50 min"),
        ("01:25:00", "02:15:59", "50 min"),
        ("01:25:10", "01:25:45", "35 s"),
        ("01:25:50", "01:26:10", "1 min"),
        ("01:25:00", "01:25:00", "0 s"),
        ("00:59:59", "23:00:00", "22 h 1 min"),
    ],
)
def test_what_stands_beside_two_times_is_their_difference(start: str, end: str, text: str) -> None:
    first, last = (parse_instant(f"2026-09-13T{clock}Z") for clock in (start, end))
    assert WORDS.elapsed(first, last) == text


@given(st.integers(0, 2_000_000_000), st.integers(60, 86_399 - 60))
def test_elapsed_is_what_subtracting_the_shown_minutes_gives(start: int, seconds: int) -> None:
    hours, minutes = divmod((start + seconds) // 60 - start // 60, 60)
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    assert WORDS.elapsed(start, start + seconds) == " ".join(filter(None, parts))


def test_a_day_is_written_with_three_letters_of_its_month() -> None:
    months = [WORDS.short_day(date(2026, month, 13)) for month in range(1, 13)]
    assert months == [
        "13 Jan", "13 Feb", "13 Mar", "13 Apr", "13 May", "13 Jun",
        "13 Jul", "13 Aug", "13 Sep", "13 Oct", "13 Nov", "13 Dec",
    ]  # fmt: skip
    assert WORDS.short_day(date(2025, 9, 3), date(2026, 1, 1)) == "3 Sep 2025"
    assert WORDS.short_day(date(2026, 9, 3), date(2026, 1, 1)) == "3 Sep"
    assert WORDS.long_day(date(2026, 11, 21)) == "Saturday, 21 November 2026"
    assert WORDS.month("2026-09") == "September 2026"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 12), date(2026, 11, 12), "Thursday, 12 November 2026"),
        (date(2026, 11, 12), date(2026, 11, 15), "12 to 15 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 2), "28 Oct to 2 Nov 2026"),
        (date(2025, 12, 28), date(2026, 1, 2), "28 Dec 2025 to 2 Jan 2026"),
    ],
)
def test_several_days_are_one_stretch(first: date, last: date, text: str) -> None:
    assert WORDS.span(first, last) == text


def test_numbers_and_their_units() -> None:
    assert [WORDS.number(value) for value in (0, 9999, 10_000, 1_234_567)] == [
        "0", "9999", "10,000", "1,234,567",
    ]  # fmt: skip
    assert WORDS.percent(9998) == "99.98 %"
    assert WORDS.percent(1, about=True) == "≈ 0.01 %"
    assert WORDS.percent(10_000) == "100.00 %"
    assert WORDS.percent(None) == "—"
    assert WORDS.share(7000) == "70 %"
    assert WORDS.share(7050) == "70.50 %"
    assert WORDS.milliseconds(204) == "204 ms"
    assert WORDS.milliseconds(None) == "—"
    assert PAGES.percent(9998, about=True) == "≈\u00a099.98\u00a0%"


@pytest.mark.parametrize(
    ("names", "most", "text"),
    [
        ([], 3, ""),
        (["A"], 3, "A"),
        (["A", "B"], 3, "A and B"),
        (["A", "B", "C"], 3, "A, B and C"),
        (["A", "B", "C", "D"], 3, "A, B and 2 more"),
        (["A", "B", "C", "D"], None, "A, B, C and D"),
    ],
)
def test_lists(names: list[str], most: int | None, text: str) -> None:
    assert WORDS.joined(names, most) == text


def test_a_count_chooses_the_form_and_an_unknown_key_is_an_error() -> None:
    assert WORDS.say("lists.more", count=1) == "1 more"
    assert WORDS.tell(Saying("lists.more", {"count": 12_000})) == "12,000 more"
    for key in ("lists.nothing", "nobody.more", "more", "..lists.more", "lists.more.more"):
        assert not WORDS.knows(key)
        with pytest.raises(KeyError, match="is in no catalogue"):
            WORDS.say(key)


def test_english_needs_neither_babel_nor_gettext() -> None:
    program = (
        "import sys; sys.modules['babel'] = sys.modules['gettext'] = None\n"
        "from statusgen.words import Words\n"
        "words = Words.of('en-GB')\n"
        "print(words.say('lists.more', count=2), words.duration(61), words.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "2 more 1 min en\n"
