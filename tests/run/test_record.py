"""What a run does with a round, and what it tells of incidents; the same when repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.event import Cause, Event, Happening
from statusgen.base.states import Reason, State
from statusgen.history.store import HistoryStore
from statusgen.incident.events import events
from statusgen.incident.files import load_incident_folder
from statusgen.probe.round import Check, Round
from statusgen.run.record import record
from statusgen.run.site import Site
from tests.cli.harness import write_config

CONFIG = """\
site: {name: T}
monitors:
  - {id: api, name: API, url: https://api.example/}
  - {id: web, name: Web, url: https://web.example/}
components:
  - {id: shop, name: Shop, monitors: [api, web]}
"""
START = 1_795_000_000


def at(minute: int, **states: State) -> Round:
    when = START + 60 * minute
    return Round(
        key=f"round-{minute}",
        at=when,
        vantage="test",
        took_ms=5,
        checks={
            name: Check(state=state, ms=5, code=503, reason=Reason.STATUS)
            if state.failed
            else Check(state=state, ms=5, code=200)
            for name, state in states.items()
        },
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def run(root: Path, done: Round) -> tuple[Event, ...]:
    return record(Site(root), done, now=done.at + 1).events


def test_an_outage_is_told_as_events_whose_keys_are_the_same_when_repeated(root: Path) -> None:
    up, down = State.UP, State.DOWN
    rounds = [
        at(0, api=up, web=up),
        at(1, api=down, web=up),
        at(2, api=down, web=up),
        at(3, api=down, web=down),
        at(4, api=down, web=down),
        at(5, api=up, web=up),
        at(6, api=up, web=up),
    ]

    told = [event for done in rounds for event in run(root, done)]
    again = [event for done in rounds for event in run(root, done)]

    assert [event.what for event in told] == [
        Happening.OPENED, Happening.JOINED, Happening.RESOLVED,
    ]  # fmt: skip
    opened, joined, resolved = told
    assert opened.components == ("shop",)
    assert opened.causes == (Cause("status", 503),)
    assert opened.round == "round-2"
    assert joined.detail == "shop/web"
    assert resolved.round == "round-6"
    assert len({event.key for event in told}) == 3
    assert again == []
    (incident,) = load_incident_folder(
        root / "data/history/incidents", zone=Site(root).settings.site.timezone
    ).items
    rebuilt = events(None, incident)
    assert [event.key for event in rebuilt] == [opened.key, resolved.key]


def test_a_partial_failure_is_a_failure_here_as_in_the_machine(root: Path) -> None:
    for minute in (1, 2):
        told = run(root, at(minute, api=State.PARTIAL, web=State.UP))

    assert [event.what for event in told] == [Happening.OPENED]


def test_a_slow_schedule_is_looked_at_as_far_back_as_it_needs(root: Path) -> None:
    told = [
        event
        for hour, state in enumerate((State.UP, State.UP, State.DOWN, State.DOWN))
        for event in run(root, at(60 * hour, api=state, web=State.UP))
    ]

    assert [(event.what, event.round) for event in told] == [(Happening.OPENED, "round-180")]


def test_a_degraded_round_opens_nothing_and_makes_no_folder(root: Path) -> None:
    for minute in (1, 2, 3):
        assert run(root, at(minute, api=State.DEGRADED, web=State.UNKNOWN)) == ()

    assert not (root / "data/history/incidents").exists()


def test_a_round_without_checks_is_not_stored(root: Path) -> None:
    assert run(root, at(1)) == ()
    assert HistoryStore(root / "data/history").latest() is None


def test_the_round_is_safe_before_anything_follows_from_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("statusgen.run.record.roll_up", fail)
    with pytest.raises(RuntimeError):
        run(root, at(1, api=State.DOWN, web=State.UP))
    monkeypatch.undo()

    told = run(root, at(2, api=State.DOWN, web=State.UP))

    assert [event.what for event in told] == [Happening.OPENED]
