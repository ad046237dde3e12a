"""What a promise's line says of itself."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY
from statusgen.gates.gate import Gate, Kind
from statusgen.publish.promises import gate_note
from statusgen.status.standing import Verdict
from statusgen.words import Words

NOON = 1_794_000_000


def note(last_good: int) -> str:
    gate = Gate(
        roadmap="p", kind=Kind.SUCCESS, id="up", path=(), text="Up", target="> 99.9%",
        verdict=Verdict.MISSED, since=NOON, last_good=last_good,
    )  # fmt: skip
    return gate_note(Words.of(), ZoneInfo("UTC"), gate)


def test_the_day_on_which_a_promise_was_broken_is_told_once() -> None:
    assert "last kept on" not in note(NOON - 60)
    assert "last kept on" in note(NOON - 3 * DAY)
