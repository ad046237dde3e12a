from __future__ import annotations

import pytest

from statusgen.base.states import Reason
from statusgen.incident import wording
from tests.incident.world import T0


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_of_its_own_or_says_only_that_the_check_failed(
    reason: Reason,
) -> None:
    words = wording.plain_reason(reason, None)
    never_down = {Reason.SLOW, Reason.VANTAGE, Reason.NO_IPV6, Reason.CHECKER}
    assert (words == "our check of it failed") == (reason in never_down)


@pytest.mark.parametrize(
    ("reason", "code", "words"),
    [
        ("status", 503, "it answered with HTTP 503"),
        ("status", None, "it answered with an unexpected status"),
        ("body", 200, "its answer did not hold what was expected (HTTP 200)"),
        ("timeout", None, "it did not answer in time"),
        ("<script>", 12345678, "our check of it failed"),
        (None, None, "our check of it failed"),
    ],
)
def test_reasons_are_our_own_words(reason: str | None, code: int | None, words: str) -> None:
    assert wording.plain_reason(reason, code) == words


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
    assert wording.title(names) == title


def test_t1_a_name_is_shown_as_it_is() -> None:
    seen = wording.Seen("<b>*x*</b>\n# [y](z)", T0, ("it did not answer in time",))
    assert wording.opened([seen]) == (
        r"Our checks of \<b\>\*x\*\</b\> # \[y\](z) have failed since 2026-11-20 20:00 UTC: "
        "it did not answer in time."
    )


def test_a_mass_outage_names_some_and_counts_the_rest() -> None:
    seen = [wording.Seen(f"n{number}", T0, ("x",)) for number in range(25)]
    lines = wording.opened(seen).split("\n")
    assert lines[0] == "Our checks of 25 components fail:"
    since = "have failed since 2026-11-20 20:00 UTC"
    assert lines[2:] == [
        *(f"- Checks of n{number} {since}: x" for number in range(20)),
        "- and 5 more",
    ]
