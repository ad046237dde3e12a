"""The wizards of this repository: both can be asked, and answered to the end."""

from pathlib import Path

import pytest

from statusgen.wizard.answers import accepted
from statusgen.wizard.loader import load_asked
from statusgen.wizard.machine import state_of
from statusgen.wizard.session import Session

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("name", ["wizard.yml", "wizards/monitoring.yml"])
def test_every_preset_is_answered_to_the_end(name: str) -> None:
    program = load_asked(DATA / name).program
    assert program["presets"]
    for preset in program["presets"]:
        answers, told = accepted(program, preset["answers"] | {"name": "some-name"})
        session = Session(program, answers)

        assert told == []
        assert session.finish() == []
        assert state_of(program, session.answers)["open"] == []


def test_a_private_repository_is_led_to_a_machine_of_its_own() -> None:
    program = load_asked(DATA / "wizards/monitoring.yml").program

    state = state_of(program, {"repository": "private", "frequency": "five"})

    assert state["recommended"]["runner"]["options"] == ["elsewhere"]
    assert state["blocked"]["runner"] == {"relay": "runner.relay.requires.frequency"}


def test_a_relay_in_a_private_repository_has_its_price() -> None:
    program = load_asked(DATA / "wizards/monitoring.yml").program
    answers = {"repository": "private", "plan": "team", "frequency": "minute", "runner": "relay"}

    cost = state_of(program, answers)["cost"]

    # (43,200 + 2,160 - 3,000) minutes at $0.006
    assert cost["low"] == cost["high"] == 254_160_000
    assert state_of(program, answers | {"repository": "public"})["cost"]["low"] == 0
