"""A language is written as in the region that is named."""

from __future__ import annotations

from datetime import date

import pytest

from statusgen.words import Words


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("de", "1.200"),
        ("de-CH", "1’200"),
        ("pt-BR", "1.200"),
        ("de-XX", "1.200"),
    ],
)
def test_numbers_are_written_as_the_region_does(code: str, number: str) -> None:
    assert Words.of(code, unbroken=True).number(1200) == number


def test_sentences_are_those_of_the_language() -> None:
    assert Words.of("de-CH").say("drawings.own-scales") == "jede Etappe mit eigenem Massstab"
    assert Words.of("de-AT").say("drawings.own-scales") == "jede Etappe mit eigenem Maßstab"
    assert Words.of("de-CH").month("2026-10") == "Oktober 2026"
    assert Words.of("en-GB").dated_day(date(2026, 10, 5)) == "5 Oct 2026"
    assert Words.of("de-CH").code == "de-CH"
