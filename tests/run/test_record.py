"""What a run does with a round, and what it tells of incidents; the same when repeated."""

from __future__ import annotations

import contextlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import format_instant
from statusgen.base.event import Cause, Event, Happening
from statusgen.base.states import Reason, State
from statusgen.history.store import HistoryStore
from statusgen.incident.model import Phase, Update
from statusgen.probe.round import Check, Round, round_key
from statusgen.run.author import Author
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


def key_of(minute: int) -> str:
    return round_key(START + 60 * minute, "test", str(minute))


def at(minute: int, **states: State) -> Round:
    when = START + 60 * minute
    return Round(
        key=key_of(minute),
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


def news(root: Path, rounds: Sequence[Round]) -> list[Event]:
    """What runs tell one after the other, each key once."""
    found: dict[str, Event] = {}
    for done in rounds:
        for event in run(root, done):
            found.setdefault(event.key, event)
    return list(found.values())


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

    told = news(root, rounds)

    assert [event.what for event in told] == [
        Happening.OPENED, Happening.JOINED, Happening.RESOLVED,
    ]  # fmt: skip
    opened, joined, resolved = told
    assert opened.components == ("shop",)
    assert opened.causes == (Cause("status", 503),)
    assert opened.round == key_of(2)
    assert joined.detail == "shop/web"
    assert joined.round == key_of(4)
    assert resolved.round == key_of(6)
    assert len({event.key for event in told}) == 3
    assert list(run(root, rounds[-1])) == told


def test_a_partial_failure_is_a_failure_here_as_in_the_machine(root: Path) -> None:
    for minute in (1, 2):
        told = run(root, at(minute, api=State.PARTIAL, web=State.UP))

    assert [event.what for event in told] == [Happening.OPENED]


def test_a_slow_schedule_is_looked_at_as_far_back_as_it_needs(root: Path) -> None:
    states = (State.UP, State.UP, State.DOWN, State.DOWN)
    told = news(root, [at(60 * hour, api=each, web=State.UP) for hour, each in enumerate(states)])

    assert [(event.what, event.round) for event in told] == [(Happening.OPENED, key_of(180))]


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


UP, DOWN = State.UP, State.DOWN
STORY = [
    at(0, api=UP, web=UP),
    at(1, api=DOWN, web=UP),
    at(2, api=DOWN, web=UP),
    at(3, api=DOWN, web=DOWN),
    at(4, api=DOWN, web=DOWN),
    at(5, api=UP, web=UP),
    at(6, api=UP, web=UP),
]
PLACES = [
    "statusgen.history.store.HistoryStore.append",
    "statusgen.run.record.roll_up",
    "statusgen.incident.pipeline.load_incident_folder",
    "statusgen.incident.pipeline.write_incident",
    "statusgen.run.record.happened",
]
"""What a run calls one after the other; it is killed before or behind each."""


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("killed", range(len(STORY)))
def test_whatever_run_is_killed_wherever_the_same_is_told(
    tmp_path: Path, place: str, killed: int, behind: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed run has told nobody anything; a later one of the story tells it."""
    for name in ("whole", "killed"):
        write_config(tmp_path / name, CONFIG)
    expected = {event.key for event in news(tmp_path / "whole", STORY)}
    module, _, called = place.rpartition(".")
    owner = pkgutil.resolve_name(module)
    real = getattr(owner, called)

    def kill(*args: object, **options: object) -> None:
        if behind:
            real(*args, **options)
        raise KeyboardInterrupt

    told: set[str] = set()
    for number, done in enumerate([*STORY, at(7, api=UP, web=UP)]):
        if number == killed:
            monkeypatch.setattr(owner, called, kill)
            with contextlib.suppress(KeyboardInterrupt):
                run(tmp_path / "killed", done)
            monkeypatch.undo()
            if place.endswith("append") and not behind:
                run(tmp_path / "killed", done)  # nothing was stored: as if it had not been checked
        else:
            told |= {event.key for event in run(tmp_path / "killed", done)}
    assert told == expected
    assert len(expected) == 3


def take_back(root: Path, minute: float) -> None:
    """A person's file that says that the only incident of the checks was a false alarm."""
    (path,) = (root / "data/history/incidents").glob("*.md")
    uid = path.read_text().partition("uid: ")[2].partition("\n")[0]
    moment = format_instant(START + int(60 * minute))
    mine = root / "content/incidents" / path.name
    mine.parent.mkdir(parents=True)
    mine.write_text(
        f"---\ntitle: Shop is down\naffected: [shop]\nwithdrawn: {moment}\nuid: {uid}\n---\n\n"
        f"## Investigating · {format_instant(START + 120)}\n\nWords.\n"
    )


def test_what_a_person_withdrew_stays_silent_when_the_checks_recover(root: Path) -> None:
    story = [replace(each, checks={**each.checks, "web": each.checks["api"]}) for each in STORY]
    news(root, story[:3])
    take_back(root, 2.5)

    told = news(root, story[3:])

    assert [event.what for event in told] == [Happening.OPENED, Happening.WITHDRAWN]
    (recorded,) = (root / "data/history/incidents").glob("*.md")
    assert "resolved:" in recorded.read_text()  # what was measured stays
    later = [at(minute, api=DOWN, web=UP) for minute in (10, 11)]
    assert [event.what for event in news(root, later)][2:] == [Happening.OPENED]


def test_what_else_fails_while_a_false_alarm_lasts_is_told(root: Path) -> None:
    news(root, STORY[:3])
    take_back(root, 2.5)

    told = news(root, STORY[3:])

    assert [event.what for event in told] == [
        Happening.OPENED, Happening.WITHDRAWN, Happening.OPENED, Happening.RESOLVED,
    ]  # fmt: skip
    assert told[2].uid != told[0].uid
    assert told[2].round == key_of(4)


def test_a_false_alarm_withdrawn_in_the_programs_own_file_is_opened_no_second_time(
    root: Path,
) -> None:
    news(root, STORY[:3])
    now = START + 150
    author = Author(Site(root, given_now=now), in_history=True)
    author.update_incident(None, Update(at=now, phase=Phase.WITHDRAWN, body="No outage."))

    long = [at(minute, api=DOWN, web=UP) for minute in range(3, 9)]
    told = news(root, [*long, at(9, api=UP, web=UP), at(10, api=UP, web=UP)])

    assert [event.what for event in told] == [Happening.OPENED, Happening.WITHDRAWN]
    later = [at(minute, api=DOWN, web=UP) for minute in (12, 13)]
    assert [event.what for event in news(root, later)][2:] == [Happening.OPENED]


def test_people_tell_of_their_incidents_by_their_files(root: Path) -> None:
    path = root / "content/incidents/mine.md"
    path.parent.mkdir(parents=True)
    text = "---\ntitle: Slow\nimpact: minor\naffected: [shop]\n---\n"
    words = [("Investigating", 1), ("Monitoring", 2), ("Resolved", 4)]
    told: dict[str, Event] = {}
    for minute in range(7):
        for phase, when in words:
            if when == minute:
                text += f"\n## {phase} · {format_instant(START + 60 * when)}\n\nWords.\n"
                path.write_text(text)
        for event in run(root, at(minute, api=UP, web=UP)):
            told.setdefault(event.key, event)
    assert [event.what for event in told.values()] == [
        Happening.OPENED, Happening.UPDATED, Happening.RESOLVED,
    ]  # fmt: skip
    assert {event.components for event in told.values()} == {("shop",)}


def test_files_of_years_ago_are_not_read_by_a_check(root: Path) -> None:
    folder = root / "content/incidents"
    folder.mkdir(parents=True)
    for day in range(1, 29):
        text = f"---\ntitle: Old\n---\n\n## Investigating · 2024-02-{day:02} 10:00\n\nOld.\n"
        (folder / f"2024-02-{day:02}-old.md").write_text(text)
    lately = Site(root).lately(START)
    assert lately.people == ()
