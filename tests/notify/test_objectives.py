"""What channels hear of objectives: a budget is spent, or burns fast, and that it is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.run import tidings
from tests.notify.world import World, config

MORE = "objectives:\n  - {id: api, monitors: [api], target: 90%, window: 2h}\n"
COURSE = "u" * 16 + "dddd" + "u" * 26


def world(folder: Path, channel: str) -> World:
    return World(folder, config(f"  - {channel}\n", "api", more=MORE))


def test_a_spent_budget_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    told = world(tmp_path, "{id: a, to: $A, on: [objective]}").runs(api=COURSE)
    every = [each for run in told for each in run]
    assert every == ["a: Error budget spent: Api", "a: Objective met again: Api"]
    spent = next(place for place, run in enumerate(told) if run)
    # 90 % of 85 minutes and more: two failed checks are less than a tenth, three are not.
    assert COURSE[:spent].count("d") in (2, 3)


def test_it_says_what_was_promised_and_measured(tmp_path: Path) -> None:
    told = world(tmp_path, "{id: a, to: $A, on: [objective]}")
    told.runs(api="u" * 16 + "dddd")
    (message,) = told.senders.arrived
    assert message.body.startswith("At least 90.00 % over 2 h is promised; 8")
    assert message.link == "https://status.example/components/api/"
    assert message.components == ("api",)


def test_whoever_did_not_ask_hears_of_outages_alone(tmp_path: Path) -> None:
    told = world(tmp_path, "{id: a, to: $A}").runs(api=COURSE)
    assert [each for run in told for each in run] == ["a: Api is down", "a: Api is up again"]


def test_a_fast_burn_is_told_before_the_budget_is_spent(tmp_path: Path) -> None:
    more = MORE.replace("90%, window: 2h", "99%, window: 1d")
    one = World(tmp_path, config("  - {id: a, to: $A, on: [objective]}\n", "api", more=more))
    # A failed check is known to have lasted until the next. Of a day 864 s may be lost: when the
    # third fails, 600 s are gone, a sixth of the hour and sixteen times as fast as may be.
    told = one.runs(api="u" * 288 + "ddd")
    assert [each for run in told for each in run] == ["a: Error budget burns fast: Api"]
    assert told[-1], "by the third failure in a row"
    assert [each for run in one.runs(api="d") for each in run] == ["a: Error budget spent: Api"]
    # That it no longer burns is told when that is so, not when all is lost.
    later = [each for run in one.runs(api="u" * 16) for each in run]
    assert later == ["a: Error budget no longer burns fast: Api"]


def test_machines_that_take_turns_tell_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = world(tmp_path, "{id: a, to: $A, on: [objective]}")
    for number, letter in enumerate("u" * 16 + "dddddd"):
        monkeypatch.setattr(tidings, "run_name", lambda history, name=number: f"machine{name}-1")
        told.run(api=letter)
    assert told.senders.told == ["a: Error budget spent: Api"]
