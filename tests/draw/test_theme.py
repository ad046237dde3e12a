from __future__ import annotations

import re

import pytest

from statusgen.draw.theme import DARK, FORCED, LIGHT, PRINT, resolved_rules, stylesheet

BACKGROUNDS = ("page", "card", "group")


def contrast(one: str, two: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize("behind", BACKGROUNDS)
def test_texts_and_lines_with_a_meaning_are_readable(palette: dict[str, str], behind: str) -> None:
    for text in ("ink", "muted", "accent", "good", "warn"):
        assert contrast(palette[text], palette[behind]) >= 4.5, text
    for line in ("edge", "accent", "good", "warn"):
        assert contrast(palette[line], palette[behind]) >= 3, line


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_texts_on_fills_are_readable(palette: dict[str, str]) -> None:
    assert contrast(palette["inverse"], palette["accent"]) >= 4.5
    assert contrast(palette["ink"], palette["soft"]) >= 4.5
    assert contrast(palette["muted"], palette["soft"]) >= 4.5
    assert contrast(palette["accent"], palette["carried"]) >= 1.5


def test_every_palette_has_every_colour() -> None:
    assert set(LIGHT) == set(DARK) == set(PRINT) == set(FORCED)


def test_every_property_that_is_used_is_set() -> None:
    css = stylesheet()

    assert set(re.findall(r"var\(--sg-([a-z]+)\)", css)) - {"share"} <= set(LIGHT)
    assert ".sg-wide{max-width:860px;--sg-share:1}" in css  # no colour: how wide a drawing is
    assert all(f".sg-w{share}{{--sg-share:" in css for share in range(40, 100, 5))
    assert css.count("{") == css.count("}")


def test_the_print_rule_comes_last_and_outranks_the_toggle() -> None:
    css = stylesheet()
    last = [
        css.rindex(part) for part in ("=slate] .sg{", "@media print{.sg,[data-md-color-scheme]")
    ]

    assert last == sorted(last)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_resolved_rules_hold_colours_only(theme: str) -> None:
    rules = resolved_rules("dark" if theme == "dark" else "light")

    assert "var(" not in rules
    assert "%" not in rules
