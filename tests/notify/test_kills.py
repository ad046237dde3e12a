"""Killed between every two steps: no transition is lost, and what comes twice has the same key."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from pathlib import Path

import pytest

from statusgen.base.event import Happening
from statusgen.incident.events import events
from tests.notify.crashes import KilledError, Mortal, Reaper
from tests.notify.world import World, config

CONFIG = config(
    "  - {id: a, to: $A, digest: never}\n", " ".join(f"m{number}" for number in range(8)),
    "thresholds: {failures: 1, successes: 1}",
)  # fmt: skip


def transitions(world: World) -> set[str]:
    """The keys of all that opened, joined and ended, as the files tell it in the end."""
    incidents = world.site().lately(0).joined
    wanted = (Happening.OPENED, Happening.JOINED, Happening.RESOLVED)
    return {event.key for one in incidents for event in events(one) if event.what in wanted}


def mortal(root: Path, patch: pytest.MonkeyPatch, text: str = CONFIG) -> tuple[World, Reaper]:
    world = World(root, text)
    reaper = Reaper(patch)
    senders = Mortal()
    senders.reaper = reaper
    world.senders = senders
    return world, reaper


def live(world: World, reaper: Reaper, point: int | None, states: dict[str, str]) -> bool:
    """One run, killed at a step; whether it lived to its end."""
    reaper.new_process(point)
    with contextlib.suppress(KilledError):
        world.run(3600, **states)
        return True
    return False


def test_one_outage_killed_at_every_step(tmp_path: Path) -> None:
    """The run that sees it is killed at each of its steps; the next makes it good."""
    point, ended = 1, False
    while not ended:
        with pytest.MonkeyPatch.context() as patch:
            world, reaper = mortal(tmp_path / str(point), patch)
            up = {f"m{number}": "u" for number in range(8)}
            assert live(world, reaper, None, up)
            ended = live(world, reaper, point, {**up, "m3": "d"})
            assert live(world, reaper, None, {**up, "m3": "d"})
            assert live(world, reaper, None, up)
        keys = Counter(message.key for message in world.senders.arrived)
        assert set(keys) == transitions(world), point
        assert len(keys) == 2
        assert sum(keys.values()) <= 3, "one kill makes at most one double"
        point += 1
    assert point > 15


@pytest.mark.parametrize(
    "count", [60, pytest.param(1000, marks=pytest.mark.long)], ids=["some", "thousand"]
)
def test_transitions_with_kills_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    world, reaper = mortal(tmp_path, monkeypatch)
    chance = random.Random(20261126)
    states = {f"m{number}": "u" for number in range(8)}
    kills, point, flips = 0, 0, 0
    while flips < count:
        for name in chance.sample(sorted(states), chance.randint(0, 3)):
            states[name] = "d" if states[name] == "u" else "u"
            flips += 1
        point = point % 30 + 1
        kills += not live(world, reaper, None if chance.random() < 0.2 else point, states)
    for _ in range(3):
        assert live(world, reaper, None, states)

    keys = Counter(message.key for message in world.senders.arrived)
    expected = transitions(world)
    print(f"{flips} flips, {len(expected)} transitions, {kills} kills, {keys.total()} messages")
    assert len(expected) > count / 8
    assert set(keys) == expected
    texts = {(message.key, message.title, message.body) for message in world.senders.arrived}
    assert len(texts) == len(keys), "what comes twice says the same"
    assert not world.ledger.of("a").pending
    assert all(letter.sent for letter in world.ledger.of("a").letters.values())
