"""What was published stays, whatever happens to the checkout; and a push tells the truth."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, format_instant
from tests.cli.harness import Done, statusgen
from tests.cli.test_push import NOWHERE, git, make_repository

ROUNDS = 6


def check(copy: Path, *more: str, **environ: str) -> Done:
    return statusgen(copy, "check", *NOWHERE, "--push", *more, env=environ)


def rounds_on(remote: Path) -> int:
    names = git(remote, "ls-tree", "-r", "--name-only", "status-data").splitlines()
    days = [name for name in names if name.endswith(".jsonl") and name[0] == "2"]
    lines = [git(remote, "show", f"status-data:{name}").splitlines() for name in days]
    return len({json.loads(line)["round"] for each in lines for line in each})


def files_on(remote: Path) -> set[str]:
    return set(git(remote, "ls-tree", "-r", "--name-only", "status-data").splitlines())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a working copy and a bare remote that holds six rounds and an incident."""
    folder = tmp_path_factory.mktemp("made")
    copy, _ = make_repository(folder)
    check(copy)
    day = next((copy / "data/history").glob("2*/*/*.jsonl"))
    first = json.loads(day.read_text())
    for number in range(1, ROUNDS):
        again = first | {"round": f"{first['round']}-{number}"}
        with day.open("a") as file:
            file.write(json.dumps(again, separators=(",", ":")) + "\n")
    assert check(copy, "--only", "api").code == 0
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Copies of both, the copy cloned anew as an operator has it for years."""
    remote, copy = tmp_path / "remote.git", tmp_path / "copy"
    shutil.copytree(made / "remote.git", remote)
    git(tmp_path, "clone", "-q", f"file://{remote}", str(copy))
    assert statusgen(copy, "history", "pull").code == 0
    return copy, remote


def remove_all(history: Path) -> None:
    for path in history.iterdir():
        if path.is_dir() and path.name != ".git":
            shutil.rmtree(path)
        elif path.name != ".git":
            path.unlink()


def empty_the_day(history: Path) -> None:
    next(history.glob("2*/*/*.jsonl")).write_bytes(b"")


def fill_with_nul(history: Path) -> None:
    for path in (*history.glob("2*/*/*.jsonl"), *history.glob("incidents/*.md")):
        path.write_bytes(b"\0" * path.stat().st_size)


def cut_the_day(history: Path) -> None:
    day = next(history.glob("2*/*/*.jsonl"))
    day.write_bytes(b"".join(day.read_bytes().splitlines(True)[:2]))


def empty_the_incident(history: Path) -> None:
    next(history.glob("incidents/*.md")).write_bytes(b"")


DAMAGE = [remove_all, empty_the_day, fill_with_nul, cut_the_day, empty_the_incident]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_here_is_never_pushed_as_a_deletion(
    place: tuple[Path, Path], damage: Callable[[Path], None]
) -> None:
    copy, remote = place
    before, files = rounds_on(remote), files_on(remote)
    damage(copy / "data/history")

    verified = statusgen(copy, "history", "verify")
    assert verified.code == 1
    assert "lacks what the remote holds" in verified.out
    done = check(copy)

    assert done.code == 0, done.err
    assert "had lost what was published" in done.err
    assert rounds_on(remote) == before + 1
    assert files <= files_on(remote)
    for name in files:
        content = git(remote, "show", f"status-data:{name}")
        assert content.strip("\n")
        assert "\0" not in content
    again = statusgen(copy, "history", "verify", "--json").json
    assert (again["ok"], again["compared"]) == (True, True)


def test_a_pull_that_was_killed_half_way_deletes_nothing(place: tuple[Path, Path]) -> None:
    """The ref says that all is here; the files are not."""
    copy, remote = place
    files = files_on(remote)
    shutil.rmtree(copy / "data/history")
    git(copy, "worktree", "prune")
    git(copy, "worktree", "add", "--quiet", "--no-checkout", "data/history", "status-data")
    assert check(copy).code == 0
    assert files <= files_on(remote)
    assert rounds_on(remote) == ROUNDS + 2


def test_pull_brings_back_what_was_lost(place: tuple[Path, Path]) -> None:
    copy, _ = place
    remove_all(copy / "data/history")
    assert "what was lost here is back" in statusgen(copy, "history", "pull").err
    assert statusgen(copy, "history", "verify").code == 0


@pytest.mark.parametrize("ahead", [1800, 365 * DAY])
def test_rounds_of_a_clock_that_ran_ahead_are_named_and_taken_out(
    place: tuple[Path, Path], ahead: int
) -> None:
    copy, _ = place
    history = copy / "data/history"
    day = next(history.glob("2*/*/*.jsonl"))
    members = json.loads(day.read_text().splitlines()[0])
    when = format_instant(int(time.time()) + ahead)
    members |= {"round": "ahead", "at": when, "checks": {"api": {"state": "up", "ms": 1}}}
    target = history / when[:4] / when[5:7] / f"{when[:10]}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a") as file:
        file.write(json.dumps(members, separators=(",", ":")) + "\n")

    validated = statusgen(copy, "validate")
    assert "stamped more than 5 minutes after now" in validated.err + validated.out
    done = check(copy)
    assert "by a clock that ran ahead" in done.err
    assert "statusgen history repair" in done.err
    assert statusgen(copy, "status", "--json").json["components"][0]["state"] == "down"
    repaired = statusgen(copy, "history", "repair")
    assert repaired.out.startswith("1 lines quarantined")
    assert "clock that ran ahead" not in statusgen(copy, "validate").err
    assert statusgen(copy, "history", "verify").code == 0
    assert check(copy).code == 0


def test_a_clock_that_stands_behind_empties_no_history(tmp_path: Path) -> None:
    from statusgen.base.errors import OutsideError
    from statusgen.history.repair import repair
    from statusgen.history.store import HistoryStore
    from tests.history.made import DAY0, made_round

    HistoryStore(tmp_path).append(made_round(DAY0))
    with pytest.raises(OutsideError, match="before every round"):
        repair(tmp_path, now=DAY0 - DAY)
    assert repair(tmp_path, now=DAY0 + DAY).quarantined == 0


def test_a_remote_that_never_answers_is_given_up(place: tuple[Path, Path]) -> None:
    copy, remote = place
    with socket.create_server(("127.0.0.1", 0)) as silent:
        git(copy, "remote", "set-url", "origin", f"git://127.0.0.1:{silent.getsockname()[1]}/x")
        done = check(copy, STATUSGEN_GIT_SECONDS="1")
    assert done.code == 3
    assert "git fetch did not end within 1 seconds" in done.err
    assert "1 checks" in done.out
    git(copy, "remote", "set-url", "origin", f"file://{remote}")
    assert check(copy).code == 0
    assert rounds_on(remote) == ROUNDS + 3


LOCKS = [
    "index.lock",
    "HEAD.lock",
    "config.lock",
    "packed-refs.lock",
    "refs/heads/status-data.lock",
    "refs/remotes/origin/status-data.lock",
    "refs/statusgen/synced/status-data.lock",
    "worktrees/history/index.lock",
    "worktrees/history/HEAD.lock",
]


def test_locks_of_a_dead_process_are_cleared(place: tuple[Path, Path]) -> None:
    copy, remote = place
    for name in LOCKS:
        path = copy / ".git" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (time.time() - 60, time.time() - 60))
    done = check(copy)
    assert done.code == 0, done.err
    assert rounds_on(remote) == ROUNDS + 2
    assert not [name for name in LOCKS if (copy / ".git" / name).exists()]


def test_a_failed_push_ends_no_loop_and_the_next_takes_everything_along(
    place: tuple[Path, Path], tmp_path: Path
) -> None:
    copy, remote = place
    away = tmp_path / "away.git"
    remote.rename(away)
    done = check(copy, "--every", "1s", "--for", "5s", "--push-every", "1s")
    assert done.code == 3
    assert done.out.count("1 checks") >= 2
    assert done.err.count("not pushed: ") == 2  # after a second, and all that is left at the end
    away.rename(remote)
    assert check(copy).code == 0
    assert rounds_on(remote) == ROUNDS + 2 + done.out.count("1 checks")


def test_the_only_remote_may_have_any_name(place: tuple[Path, Path]) -> None:
    copy, remote = place
    git(copy, "remote", "rename", "origin", "upstream")
    assert check(copy).code == 0
    assert rounds_on(remote) == ROUNDS + 2


def test_not_pushed_is_exit_3_with_the_reason_and_the_results_stand_before(
    place: tuple[Path, Path],
) -> None:
    copy, remote = place
    git(copy, "remote", "rename", "origin", "one")
    git(copy, "remote", "add", "two", f"file://{remote}")
    done = check(copy, "--json")
    assert done.code == 3
    assert done.json["checks"][0]["id"] == "api"
    assert "not pushed: committed here only: none of the remotes one, two" in done.err
    git(copy, "remote", "remove", "one")
    git(copy, "remote", "remove", "two")
    assert "git remote add origin ADDRESS" in check(copy).err
