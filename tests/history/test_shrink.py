"""A history that stays small: rounds go when their roll-up tells of them, commits when asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import OutsideError
from statusgen.history.dayfile import day_files
from statusgen.history.gitbranch import publish, pull
from statusgen.history.rollup import roll_up
from statusgen.history.shrink import compact, expired, squash
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.history.verify import verify
from tests.history.made import DAY0, made_past, made_round, write_rounds
from tests.history.test_gitbranch import BRANCH, clone, git, plain_git, remote

__all__ = ["plain_git", "remote"]
NOW = DAY0 + 20 * DAY + 3600
CADENCES = {"m0": 300, "m1": 300}


def history(root: Path) -> Path:
    folder = root / "data" / "history"
    if not (folder / ".git").exists():
        pull(root, BRANCH, folder)
    return folder


def filled(root: Path, days: int = 20) -> Path:
    folder = history(root)
    write_rounds(folder, made_past(DAY0, DAY0 + days * DAY, every=1800))
    roll_up(HistoryStore(folder), now=NOW, cadences=CADENCES, max_gap=None)
    publish(root, folder, BRANCH, "Fill")
    return folder


def told(folder: Path, now: Instant = NOW) -> object:
    """All that pages could say of the days before the last ten."""
    line = load_timeline(folder, now=now, cadences=CADENCES, max_gap=None).monitors["m0"]
    return [one for one in line.segments if one.start < DAY0 + 9 * DAY]


def test_rounds_past_their_retention_go_and_what_they_told_stays(remote: Path) -> None:
    root = clone(remote, "one")
    folder = filled(root)
    before = told(folder)

    done = compact(root, folder, BRANCH, now=NOW, retention_days=10)

    assert done.days == 10
    assert done.published is not None
    assert done.published.pushed
    assert min(day_files(folder)) == DAY0 + 10 * DAY
    assert told(folder) == before
    assert verify(folder, now=NOW).ok
    assert compact(root, folder, BRANCH, now=NOW, retention_days=10).days == 0


def test_another_run_does_not_bring_back_what_went_and_loses_nothing(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    filled(one)
    folder = history(two)
    compact(one, history(one), BRANCH, now=NOW, retention_days=10)

    HistoryStore(folder).append(made_round(NOW - 60))
    publish(two, folder, BRANCH, "Another run")
    pull(one, BRANCH, history(one))

    for place in (history(one), folder):
        assert min(day_files(place)) == DAY0 + 10 * DAY
        assert max(day_files(place)) == DAY0 + 20 * DAY


def test_a_day_that_no_roll_up_tells_of_stays(remote: Path) -> None:
    root = clone(remote, "one")
    folder = history(root)
    write_rounds(folder, made_past(DAY0, DAY0 + 5 * DAY, every=1800))

    assert expired(folder, now=NOW, retention_days=8) == {}


def test_nothing_goes_from_a_history_that_is_not_sound(remote: Path) -> None:
    root = clone(remote, "one")
    folder = filled(root)
    path = day_files(folder)[DAY0 + DAY]
    path.write_bytes(path.read_bytes().replace(b'"code":200', b'"code":201', 1))

    with pytest.raises(OutsideError, match="not sound"):
        compact(root, folder, BRANCH, now=NOW, retention_days=10)
    assert len(day_files(folder)) == 20


def test_a_squash_leaves_one_commit_with_the_same_files(remote: Path) -> None:
    root = clone(remote, "one")
    folder = filled(root)
    HistoryStore(folder).append(made_round(NOW - 60))
    publish(root, folder, BRANCH, "One more")
    tree = git(remote, "rev-parse", f"{BRANCH}^{{tree}}")

    done = squash(root, folder, BRANCH)

    assert done.pushed
    assert done.commits >= 2
    assert git(remote, "rev-list", "--count", BRANCH) == "1"
    assert git(remote, "rev-parse", f"{BRANCH}^{{tree}}") == tree
    assert git(folder, "status", "--porcelain") == ""


def test_runs_publish_as_ever_after_a_squash(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    filled(one)
    folder = history(two)
    HistoryStore(folder).append(made_round(NOW - 120))
    squash(one, history(one), BRANCH)

    assert publish(two, folder, BRANCH, "Began before").pushed
    pull(one, BRANCH, history(one))

    assert [r.at for r in HistoryStore(history(one)).rounds(NOW - 200)] == [NOW - 120]
    assert verify(history(one), now=NOW).ok


def test_a_squash_waits_for_what_is_not_published(remote: Path) -> None:
    root = clone(remote, "one")
    folder = filled(root)
    HistoryStore(folder).append(made_round(NOW - 60))

    with pytest.raises(OutsideError, match="differ"):
        squash(root, folder, BRANCH)


def test_a_squash_is_refused_where_the_remote_forbids_to_rewrite(remote: Path) -> None:
    root = clone(remote, "one")
    folder = filled(root)
    tip = git(remote, "rev-parse", BRANCH)
    subprocess.run(
        ["git", "-C", str(remote), "config", "receive.denyNonFastForwards", "true"], check=True
    )

    with pytest.raises(OutsideError, match="Nothing is lost"):
        squash(root, folder, BRANCH)
    assert git(remote, "rev-parse", BRANCH) == tip
