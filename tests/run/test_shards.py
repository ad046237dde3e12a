"""Joining what several machines saw of one round."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import InputError
from statusgen.base.states import State
from statusgen.probe.round import Check, Round, round_key
from statusgen.run.shards import Shard, join_shares, parse_shard, write_share

NOON = parse_instant("2026-11-20T12:00:00Z")


def share(
    folder: Path,
    name: str,
    shard: str,
    *,
    state: State = State.UP,
    at: Instant = NOON,
    took: int = 1000,
    net: str = "ok",
) -> Path:
    """Write a share that checked one monitor, called as the share's number."""
    path = folder / name
    seen = Round(
        key=round_key(at, "github", "7-1"),
        at=at,
        vantage="github",
        took_ms=took,
        net=net,
        checks={f"m{shard[0]}": Check(state=state)},
    )
    write_share(path, parse_shard(shard), seen)
    return path


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_share_that_came_twice_the_later_one_counts(tmp_path: Path, order: int) -> None:
    files = [
        share(tmp_path, "a", "1/2", state=State.DOWN),
        share(tmp_path, "again", "1/2", at=NOON + 90),
        share(tmp_path, "b", "2/2"),
    ]

    joined = join_shares(files[::order])

    assert {name: check.state for name, check in joined.round.checks.items()} == {
        "m1": State.UP,
        "m2": State.UP,
    }
    assert joined.missing == ()


def test_it_begins_with_the_first_share_and_ends_with_the_last(tmp_path: Path) -> None:
    files = [
        share(tmp_path, "b", "2/2", at=NOON + 5, took=9000),
        share(tmp_path, "a", "1/2", took=1000),
    ]

    joined = join_shares(files).round

    assert (joined.at, joined.took_ms) == (NOON, 14_000)
    assert joined.key.startswith("20261120T120000Z-github-")


@pytest.mark.parametrize(
    ("nets", "joined"),
    [
        (("ok", "lost"), "ok"),
        (("lost", "lost"), "lost"),
        (("lost", "none"), "none"),
        (("ok", "none"), "ok"),
    ],
)
def test_the_network_is_lost_where_every_share_lost_it(
    tmp_path: Path, nets: tuple[str, str], joined: str
) -> None:
    files = [share(tmp_path, f"{n}", f"{n}/2", net=net) for n, net in enumerate(nets, 1)]

    assert join_shares(files).round.net == joined


def test_a_share_that_is_missing_is_named(tmp_path: Path) -> None:
    joined = join_shares([share(tmp_path, "b", "2/3")])

    assert joined.missing == (Shard(1, 3), Shard(3, 3))
    assert set(joined.round.checks) == {"m2"}


def test_shares_of_two_runs_are_not_joined(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one of 2"):
        join_shares([share(tmp_path, "a", "1/2"), share(tmp_path, "b", "2/3")])
