from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.draw import widths
from statusgen.draw.metrics import clean, fit, width, wrap
from tests.draw.make_widths import BOLD, REGULAR, find_fonts, source, widest

FONTS = Path("/usr/share/fonts")


def test_the_table_is_what_the_fonts_say() -> None:
    found = [find_fonts(FONTS, names) for names in (REGULAR, BOLD)]
    if any(len(fonts) < 3 for fonts in found):
        pytest.skip("needs fonts-liberation, fonts-roboto and fonts-dejavu")
    made = source(widest(found[0]), widest(found[1]))

    assert made == Path(str(widths.__file__)).read_text()


def test_a_known_width() -> None:
    # "W" is 0.944 em in Liberation Sans, the widest of the three fonts, and 1 % is added.
    assert abs(width("WW", 10) - 2 * 9.44 * 1.01) < 0.01
    assert width("Monitoring", 12, bold=True) > width("Monitoring", 12)


@pytest.mark.parametrize(
    ("text", "least"),
    [("監視", 2.0), ("🟢", 1.25), ("é", 0.55), ("ﷺ", 0.9), ("€", 0.5), ("₦", 0.5), ("→", 0.8)],
)
def test_characters_of_the_world_are_measured_from_above(text: str, least: float) -> None:
    assert width(text, 1) >= least


def test_combining_marks_take_no_room() -> None:
    assert width("e\u0301", 12) == width("e", 12)


TEXTS = st.text(max_size=80) | st.text("abc WM/-_.·", max_size=80) | st.just("x" * 10_000)


@given(TEXTS, st.floats(30, 400), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_unless_they_say_so(
    text: str, room: float, most: int
) -> None:
    wrapped = wrap(text, room, 12, most=most)

    assert len(wrapped.lines) <= most
    for line in wrapped.lines:
        assert width(line, 12) <= room
    whole = clean(text).replace(" ", "")
    if not wrapped.full:
        assert "".join(wrapped.lines).replace(" ", "") == whole
    else:
        assert wrapped.full == clean(text)
        assert wrapped.lines[-1].endswith("…") or not wrapped.lines[-1]


@given(TEXTS, st.floats(0, 400))
def test_a_fitted_text_is_no_wider_than_its_room(text: str, room: float) -> None:
    assert width(fit(text, room, 12), 12) <= max(room, 0)


@given(st.text(max_size=200))
def test_cleaned_text_has_no_control_bidi_or_tower(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned) <= 300
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in cleaned)
    assert clean("a" + "\u0301" * 50) == "a\u0301\u0301"


def test_lines_break_after_separators_before_inside_words() -> None:
    assert wrap("support.suoops.com", 70, 12).lines == ("support.", "suoops.com")
    assert wrap("support.suoops.com", 95, 12).lines == ("support.", "suoops.com")
    assert wrap("at api.suoops.com", 90, 12).lines == ("at", "api.suoops.com")
    assert wrap("監視とログ管理", 52, 12).lines == ("監視とロ", "グ管理")
