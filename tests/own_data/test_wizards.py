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

    state = state_of(program, {"repository": "private", "runner": "own"})

    assert state["recommended"]["runner"]["options"] == ["own"]
    assert state["recommended"]["frequency"]["options"] == ["five"]
    assert "five" in state_of(program, {"runner": "visits"})["blocked"]["frequency"]
