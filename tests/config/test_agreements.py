"""Agreements: what is read, and what between their steps is refused with its line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from statusgen.config.settings import Credit
from tests.config.places import faults_of, settings_of

HEAD = """\
site: {name: S}
monitors:
  - {id: a, name: A, url: "https://a.example/"}
agreements:
  - id: gold
    monitors: [a]
    target: 99.9%
"""


def test_a_step_reaches_down_to_where_the_next_begins(tmp_path: Path) -> None:
    text = HEAD + (
        "    credits:\n      - {below: 95%, credit: 100%}\n      - {below: 99.9%, credit: 10%}\n"
        "      - {below: 99%, at_least: 95%, credit: 25%}\n    fee: 500 EUR\n"
        "    claim_within: 30d\n"
    )

    (gold,) = settings_of(tmp_path, text).agreements

    assert gold.credits == (
        Credit(Fraction(999, 1000), Fraction(99, 100), Fraction(1, 10)),
        Credit(Fraction(99, 100), Fraction(95, 100), Fraction(1, 4)),
        Credit(Fraction(95, 100), Fraction(0), Fraction(1)),
    )
    assert gold.claim_within == 30


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("{below: 99.9%, at_least: 98%, credit: 10%}", "{below: 99%, credit: 25%}"),
            "10:17: agreements.0.credits.1.below: overlaps the step in line 9",
        ),
        (
            ("{below: 99.9%, at_least: 99.5%, credit: 10%}", "{below: 99%, credit: 25%}"),
            "10:17: agreements.0.credits.1.below: no step holds from 99% to 99.5%",
        ),
        (
            ("{below: 99.9%, credit: 25%}", "{below: 99%, credit: 10%}"),
            "10:30: agreements.0.credits.1.credit: less is owed for a lower uptime",
        ),
        (
            ("{below: 99.95%, credit: 10%}",),
            "9:17: agreements.0.credits.0.below: a credit would be owed",
        ),
        (
            ("{below: 99%, at_least: 99.5%, credit: 10%}",),
            "9:17: agreements.0.credits.0.below: holds for no uptime",
        ),
        (
            ("{below: 99%, credit: 10%}", "{below: 99%, credit: 20%}"),
            "9:17: agreements.0.credits.0.below: begins where the step in line 10 begins",
        ),
        (
            ("{below: 99%, credit: 10}",),
            "9:30: agreements.0.credits.0.credit: '10' is no share from 0% to 100%",
        ),
    ],
)
def test_steps_that_do_not_fit_are_named_with_their_lines(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    text = HEAD + "    credits:\n" + "".join(f"      - {line}\n" for line in lines)

    found = faults_of(tmp_path, text)

    assert any(expected in each for each in found), found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("monitors: [b]", "there is no monitor"),
        ("fee: 500", "is no fee; write it like 500.00 EUR"),
        (
            "excluded: [{start: '2026-10-03T00:00:00', end: '2026-10-03T02:00:00Z', why: x}]",
            "could be any zone's",
        ),
        (
            "excluded: [{start: '2026-10-03T03:00Z', end: '2026-10-03T02:00Z', why: x}]",
            "the stretch ends before it begins",
        ),
    ],
)
def test_other_slips_are_told(tmp_path: Path, line: str, expected: str) -> None:
    text = HEAD.replace("    monitors: [a]\n", "") if line.startswith("monitors") else HEAD

    assert any(expected in each for each in faults_of(tmp_path, f"{text}    {line}\n"))
