"""Two runs number the updates of one incident: none is lost, none twice, the remote's stay."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import HOUR
from statusgen.history.gitbranch import publish, pull
from statusgen.history.gitmerge import merge
from statusgen.history.numbers import NAME, to_bytes
from statusgen.history.store import HistoryStore
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.incident.ordinals import load_known, ordinals, remember
from tests.history.made import DAY0, made_round
from tests.history.test_gitbranch import BRANCH, clone, plain_git, remote

__all__ = ["plain_git", "remote"]
POOL = [(f"2026-03-02T{hour:02}:00:00Z", "identified", f"words{hour}") for hour in range(9)]
INCIDENT = Incident(
    id="2026-03-02-a",
    uid="urn:uuid:8f6f0c1e-0000-4000-8000-000000000001",
    title="A",
    impact=Impact.MAJOR,
    started=DAY0,
    resolved=None,
    affected=(),
    updates=(),
)
some = st.lists(st.sampled_from(POOL), unique=True, max_size=5)


@given(some, some, some)
def test_none_is_lost_and_none_twice(
    common: list[tuple[str, str, str]],
    ours: list[tuple[str, str, str]],
    theirs: list[tuple[str, str, str]],
) -> None:
    mine = common + [entry for entry in ours if entry not in common]
    remote_has = common + [entry for entry in theirs if entry not in common]
    files = [to_bytes({"a": entries}) for entries in (common, mine, remote_has)]

    told = json.loads(merge(NAME, files[0], files[1], files[2]) or b"")["a"]

    assert told[: len(remote_has)] == [list(entry) for entry in remote_has]
    assert sorted(map(tuple, told)) == sorted({*mine, *remote_has})


def test_a_correction_of_ours_stays_where_the_remote_left_the_update_alone() -> None:
    base, new = POOL[:2], POOL[5]
    corrected = [(POOL[0][0], "identified", "corrected"), POOL[1]]

    told = merge(
        NAME, to_bytes({"a": base}), to_bytes({"a": corrected}), to_bytes({"a": [*base, new]})
    )

    assert told == to_bytes({"a": [*corrected, new]})


def test_an_update_that_both_noted_at_other_times_is_one() -> None:
    late = ("2026-03-02T00:05:00Z", *POOL[0][1:])
    told = merge(NAME, None, to_bytes({"a": [late]}), to_bytes({"a": [POOL[0]], "b": [POOL[1]]}))
    assert told == to_bytes({"a": [POOL[0]], "b": [POOL[1]]})


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\0\0", b'{"a": 1}', b"<<<<<<< HEAD\n"])
def test_a_version_that_nobody_can_read_costs_nothing(damage: bytes) -> None:
    sound = to_bytes({"a": POOL[:2]})
    assert merge(NAME, sound, damage, sound) == sound
    assert merge(NAME, None, sound, damage) == sound


def test_two_pushers_announce_each_update_once(remote: Path) -> None:
    roots = [clone(remote, "one"), clone(remote, "two")]
    folders = [root / "data" / "history" for root in roots]
    for root, folder in zip(roots, folders, strict=True):
        pull(root, BRANCH, folder)
    updates = tuple(
        Update(at=DAY0 + hour * HOUR, phase=Phase(phase), body=f"Update {hour}")
        for hour, phase in enumerate(["investigating", "identified", "monitoring", "resolved"])
    )

    def run(which: int, seen: tuple[Update, ...], number: int) -> None:
        HistoryStore(folders[which]).append(made_round(DAY0 + number, run=number))
        remember(folders[which], [replace(INCIDENT, updates=seen)])
        publish(roots[which], folders[which], BRANCH, "Record a round")

    run(0, updates[:1], 1)
    run(1, updates[:1], 2)
    # Neither has pulled what the other's branch of main holds yet.
    remember(folders[0], [replace(INCIDENT, updates=(updates[0], updates[1]))])
    run(1, (updates[0], updates[2]), 3)
    run(0, (updates[0], updates[1]), 4)
    run(1, updates, 5)
    run(0, updates, 6)
    pull(roots[1], BRANCH, folders[1])

    numbered = [ordinals(updates, load_known(folder)[INCIDENT.uid]) for folder in folders]
    assert numbered == [[1, 3, 2, 4], [1, 3, 2, 4]]
