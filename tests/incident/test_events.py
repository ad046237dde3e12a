"""What a run tells of incidents: what, of whom, why, when, by which round; each thing once."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.base.event import Cause, Event, Happening
from statusgen.config.settings import Settings
from statusgen.incident.events import events, incident_events
from statusgen.incident.files import load_incident_folder
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.probe.round import Round
from tests.incident.world import STEP, T0, rounds, run, site

SHOP = site({"shop": ("cart", "pay"), "api": ("api",), "mail": ("mail",)})
DOWN = Cause("status", 503)

letters = st.text(alphabet="udg?.", min_size=16, max_size=16)


def told(history: Path, seen: list[Round], *ends: int, shop: Settings = SHOP) -> list[Event]:
    """What runs tell that each know the rounds so far; each key once, as it was told first."""
    found: dict[str, Event] = {}
    for end in ends:
        run(history, shop, seen[:end])
        for event in derived(history):
            found.setdefault(event.key, event)
    return list(found.values())


def derived(history: Path) -> list[Event]:
    """What the program's files tell."""
    loaded = load_incident_folder(history / "incidents", zone=SHOP.site.timezone)
    assert loaded.problems == ()
    return list(incident_events(loaded.items, 0, 2**40))


def test_each_event_says_who_why_when_and_which_round(tmp_path: Path) -> None:
    seen = rounds(cart="uddddduu", pay="uuuddduuuu"[:8], api="uddduuuu")
    opened, joined, updated, resolved = told(tmp_path, seen, *range(1, 9))

    assert (opened.what, opened.at) == (Happening.OPENED, T0 + 2 * STEP)
    assert opened.components == ("shop", "api")
    assert opened.causes == (DOWN,)
    assert opened.round == seen[2].key
    assert (joined.what, joined.at) == (Happening.JOINED, T0 + 4 * STEP)
    assert joined.components == ("shop",)
    assert joined.causes == (DOWN,)
    assert joined.round == seen[4].key
    assert (updated.what, updated.at) == (Happening.UPDATED, T0 + 5 * STEP)
    assert updated.round == seen[5].key
    assert (resolved.what, resolved.at) == (Happening.RESOLVED, T0 + 7 * STEP)
    assert resolved.round == seen[7].key
    uid = opened.uid
    assert [event.key for event in (opened, joined, updated, resolved)] == [
        f"{uid}/opened", f"{uid}/joined/shop/pay", f"{uid}/updated/2", f"{uid}/resolved/1",
    ]  # fmt: skip


def test_a_monitor_that_failed_from_the_beginning_never_joins(tmp_path: Path) -> None:
    seen = rounds(cart="udduu", pay="udduu")

    assert [event.what for event in told(tmp_path, seen, 5)] == [
        Happening.OPENED, Happening.RESOLVED,
    ]  # fmt: skip


def test_what_no_round_showed_names_none(tmp_path: Path) -> None:
    told(tmp_path, rounds(api="udd"), 3)
    without = site({"mail": ("mail",)})

    _, event = told(tmp_path, rounds(T0 + 3 * STEP, mail="u"), 1, shop=without)

    assert (event.what, event.round) == (Happening.RESOLVED, "")


@given(st.tuples(letters, letters, letters, letters), st.sets(st.integers(1, 15)))
@settings(max_examples=150, deadline=None)
def test_one_run_over_many_rounds_tells_what_a_run_after_each_tells(
    tmp_path_factory: pytest.TempPathFactory, states: tuple[str, ...], skipped: set[int]
) -> None:
    cart, pay, api, mail = states
    seen = rounds(cart=cart, pay=pay, api=api, mail=mail)
    history = tmp_path_factory.mktemp("history")
    each = [end for end in range(1, 17) if end not in skipped]
    shuffled = random.Random(len(skipped)).sample(seen, len(seen))

    small = told(history / "small", seen, *each)
    big = told(history / "big", shuffled, 16)

    assert sorted(small, key=lambda one: one.key) == sorted(big, key=lambda one: one.key)
    assert len({event.key for event in small}) == len(small)
    assert sorted(event.key for event in derived(history / "small")) == sorted(
        event.key for event in small
    )
    keys = {seen_round.key for seen_round in seen}
    assert all(event.round in keys for event in small)
    assert [event.at for event in big] == sorted(event.at for event in big)


def person(*updates: Update, resolved: int | None = None) -> Incident:
    return Incident(
        id="2026-11-20-x",
        uid="urn:uuid:00000000-0000-0000-0000-000000000000",
        title="Something broke",
        impact=Impact.MINOR,
        started=T0,
        resolved=resolved,
        affected=(Affected(component="api", start=T0, end=resolved),),
        updates=updates,
    )


FIRST = Update(at=T0 + 60, phase=Phase.INVESTIGATING, body="")
SECOND = Update(at=T0 + 120, phase=Phase.MONITORING, body="")
OVER = Update(at=T0 + 180, phase=Phase.RESOLVED, body="")
AFTER = Update(at=T0 + 240, phase=Phase.POSTMORTEM, body="")


BACK = Update(at=T0 + 200, phase=Phase.MONITORING, body="")
FALSE = Update(at=T0 + 210, phase=Phase.WITHDRAWN, body="")


def keys(incident: Incident) -> list[str]:
    return [event.key.removeprefix(f"{incident.uid}/") for event in events(incident)]


@pytest.mark.parametrize(
    ("incident", "expected"),
    [
        (person(FIRST), ["opened"]),
        (person(FIRST, resolved=T0 + 90), ["opened", "resolved/1"]),
        (person(FIRST, SECOND, resolved=T0 + 200), ["opened", "updated/2", "resolved/1"]),
        (person(FIRST, OVER, resolved=T0 + 180), ["opened", "resolved/1"]),
        (person(FIRST, OVER, AFTER, resolved=T0 + 180), ["opened", "resolved/1", "updated/3"]),
        (person(OVER, resolved=T0 + 180), ["opened", "resolved/1"]),
        (
            person(FIRST, OVER, BACK, resolved=T0 + 300),
            ["opened", "resolved/1", "updated/3", "resolved/2"],
        ),
        (
            person(FIRST, OVER, BACK, replace(OVER, at=T0 + 300), resolved=T0 + 300),
            ["opened", "resolved/1", "updated/3", "resolved/2"],
        ),
        # the end was earlier than the word that tells of it, and stands in the front matter
        (person(FIRST, OVER, resolved=T0 + 90), ["opened", "resolved/1"]),
        # somebody goes on watching what he said is over
        (
            person(FIRST, BACK, replace(OVER, at=T0 + 300), resolved=T0 + 90),
            ["opened", "resolved/1", "updated/2", "updated/3"],
        ),
        (replace(person(FIRST, FALSE), withdrawn=FALSE.at), ["opened", "withdrawn/1"]),
        (replace(person(FIRST), withdrawn=T0 + 80, resolved=T0 + 80), ["opened", "withdrawn/1"]),
        (
            replace(person(FIRST, OVER, FALSE, AFTER, resolved=OVER.at), withdrawn=FALSE.at),
            ["opened", "resolved/1", "withdrawn/1", "updated/4"],
        ),
    ],
)
def test_an_end_is_told_once_whoever_tells_it(incident: Incident, expected: list[str]) -> None:
    assert sorted(keys(incident)) == sorted(expected)
    assert all(event.round == "" for event in events(incident))


@pytest.mark.parametrize(
    "steps",
    [
        # a person writes the end first, and what there is to say about it later
        [
            person(FIRST, SECOND),
            person(FIRST, SECOND, resolved=OVER.at),
            person(FIRST, SECOND, OVER, resolved=OVER.at),
            person(FIRST, SECOND, OVER, AFTER, resolved=OVER.at),
        ],
        [
            person(FIRST, resolved=T0 + 100),
            person(FIRST, OVER, resolved=T0 + 100),
            person(FIRST, OVER, BACK),
            person(FIRST, OVER, BACK, replace(OVER, at=T0 + 300), resolved=T0 + 300),
        ],
        # the checks recover while somebody writes, who then says that it goes on, and ends it
        [
            replace(person(FIRST, OVER, resolved=OVER.at), measured=OVER),
            replace(person(FIRST, SECOND, OVER, resolved=OVER.at), measured=OVER),
            replace(person(FIRST, SECOND, BACK), measured=OVER),
            replace(
                person(FIRST, SECOND, BACK, replace(OVER, at=T0 + 400), resolved=T0 + 400),
                measured=OVER,
            ),
        ],
        # somebody ends it before the checks do
        [
            person(FIRST, OVER, resolved=OVER.at),
            replace(person(FIRST, OVER, resolved=OVER.at), measured=replace(OVER, at=T0 + 500)),
        ],
        # it was over, and then no outage at all
        [
            replace(person(FIRST, OVER, resolved=OVER.at), measured=OVER),
            replace(person(FIRST, FALSE), withdrawn=FALSE.at, resolved=FALSE.at, measured=OVER),
        ],
        # withdrawn, and then the checks recover
        [
            replace(person(FIRST, FALSE), withdrawn=FALSE.at, resolved=FALSE.at),
            replace(
                person(FIRST, FALSE, AFTER),
                withdrawn=FALSE.at,
                resolved=FALSE.at,
                measured=replace(OVER, at=T0 + 220),
            ),
        ],
    ],
)
def test_what_was_told_on_the_way_is_what_the_last_file_tells(steps: list[Incident]) -> None:
    on_the_way = {key for each in steps for key in keys(each)}
    assert on_the_way == set(keys(steps[-1]))


def test_what_a_person_wrote_was_shown_by_no_round() -> None:
    told_by_person = replace(person(FIRST), evidence=("20261120T201000Z-github-1-1",))

    (event,) = events(told_by_person)

    assert event.round == ""
    assert events(replace(told_by_person, automatic=True))[0].round != ""


def test_a_corrected_time_tells_nothing_new() -> None:
    before = person(FIRST, SECOND)
    after = person(replace(FIRST, at=T0 + 61), replace(SECOND, at=T0 + 121), OVER, resolved=OVER.at)

    assert set(keys(after)) - set(keys(before)) == {"resolved/1"}
