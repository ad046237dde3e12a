from __future__ import annotations

import pytest

from statusgen.incident import wording
from statusgen.words import Words
from tests.incident.world import T0

WORDS = Words.of()


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["A"], "A is down"),
        (["A", "B"], "A and B are down"),
        (["A", "B", "C"], "A, B and C are down"),
        (["A", "B", "C", "D", "E", "F"], "A, B and 4 more are down"),
        (["A\u202e\nB"], "A B is down"),
    ],
)
def test_titles(names: list[str], title: str) -> None:
    assert wording.title(WORDS, names) == title


def test_t1_a_name_is_shown_as_it_is() -> None:
    seen = wording.Seen("<b>*x*</b>\n# [y](z)", T0, ("it did not answer in time",))
    assert wording.opened(WORDS, [seen]) == (
        r"Our checks of \<b\>\*x\*\</b\> # \[y\](z) have failed since 2026-11-20 20:00 UTC: "
        "it did not answer in time."
    )


def test_a_mass_outage_names_some_and_counts_the_rest() -> None:
    seen = [wording.Seen(f"n{number}", T0, ("x",)) for number in range(25)]
    lines = wording.opened(WORDS, seen).split("\n")
    assert lines[0] == "Our checks of 25 components fail:"
    since = "have failed since 2026-11-20 20:00 UTC"
    assert lines[2:] == [
        *(f"- Checks of n{number} {since}: x" for number in range(20)),
        "- and 5 more",
    ]


def test_t1_names_are_harmless_in_every_update() -> None:
    hostile = ["*a*", "<b>"]
    for told in (
        wording.recovered(WORDS, hostile, T0, hostile),
        wording.resolved(WORDS, hostile, T0, (T0, T0 + 60)),
        wording.no_longer_monitored(WORDS, hostile, hostile),
        wording.no_longer_monitored(WORDS, hostile, []),
    ):
        assert r"\*a\* and \<b\>" in told
        assert "<b>" not in told.replace(r"\<b\>", "")


def test_the_duration_agrees_with_the_times_beside_it() -> None:
    # Began 20:00:50, shown as 20:00; ended 20:50:10, shown as 20:50.
    told = wording.resolved(WORDS, ["A"], T0 + 50 * 60 + 10, (T0 + 50, T0 + 50 * 60 + 10))
    assert told == (
        "Our checks of A succeed again since 2026-11-20 20:50 UTC. The outage lasted 50 min."
    )


def test_what_is_no_longer_checked_is_told_in_the_right_number() -> None:
    assert wording.no_longer_monitored(WORDS, ["A"], []) == (
        "We no longer check A and cannot tell whether it has recovered. "
        "This incident is closed for that reason alone."
    )
    assert wording.no_longer_monitored(WORDS, ["A", "B"], ["C"]) == (
        "We no longer check A and B and cannot tell whether they have recovered. "
        "Our checks of C still fail."
    )
