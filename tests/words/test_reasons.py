"""One wording of each reason, whoever tells it."""

from __future__ import annotations

import pytest

from statusgen.base.states import Reason, State
from statusgen.words import Words
from statusgen.words.reasons import reason

WORDS = Words.of()


def test_every_reason_and_state_has_words_of_its_own() -> None:
    told = [reason(WORDS, name) for name in Reason]
    assert len({*told, "our check of it failed"}) == len(Reason) + 1
    states = [WORDS.say(f"states.{state}") for state in State]
    assert states == [
        "Operational", "Degraded Performance", "Partial Outage", "Major Outage", "No Data",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("status", 503, "it answered with HTTP 503"),
        ("status", None, "it answered with an unexpected status"),
        ("status", 12345678, "it answered with an unexpected status"),
        ("body", 200, "its answer did not hold what it should (HTTP 200)"),
        ("blocked", 403, "it turned our check away, as protection against bots does (HTTP 403)"),
        ("timeout", 503, "it did not answer in time"),
        ("slow", 200, "it answered slower than it should"),
        ("certificate", None, "its certificate is expired or not valid"),
        ("from-a-newer-version", 503, "our check of it failed"),
        ("<script>", 12345678, "our check of it failed"),
        ("with-code", 200, "our check of it failed"),
        (None, None, "our check of it failed"),
    ],
)
def test_reasons_are_our_own_words(name: str | None, code: int | None, words: str) -> None:
    assert reason(WORDS, name, code) == words


def test_a_certificate_of_a_service_that_works_expires_soon() -> None:
    assert reason(WORDS, "certificate", working=True) == "its certificate expires soon"
