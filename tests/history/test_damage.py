"""What may happen to a clone and to its remote: told clearly, and nothing lost at the next run."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from statusgen.base.errors import OutsideError
from statusgen.history.gitbranch import pull
from statusgen.history.gitmend import is_damage
from statusgen.history.store import HistoryStore
from tests.cli.harness import statusgen
from tests.cli.test_push import NOWHERE, make_repository
from tests.conftest import ROOT
from tests.history.made import DAY0, made_round
from tests.history.test_gitbranch import (
    BRANCH,
    clone,
    git,
    history,
    keys_on,
    plain_git,
    remote,
    send,
)

__all__ = ["plain_git", "remote"]
Change = Callable[[Path, Path], object]


def measure(root: Path, number: int) -> str:
    done = made_round(DAY0 + number * 300)
    HistoryStore(history(root)).append(done)
    return done.key


def own(root: Path) -> Path:
    """What git keeps about the checkout of the history."""
    (found,) = (root / ".git" / "worktrees").iterdir()
    return found


def write(name: str, content: bytes) -> Change:
    def change(root: Path, remote: Path) -> None:
        (root / ".git" / name).write_bytes(content)

    return change


def lose_tree(root: Path, remote: Path) -> None:
    name = git(root, "rev-parse", f"{BRANCH}^{{tree}}")
    (root / ".git/objects" / name[:2] / name[2:]).unlink()


def empty_commit(root: Path, remote: Path) -> None:
    name = git(root, "rev-parse", BRANCH)
    path = root / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o644)
    path.write_bytes(b"")


ZEROS = b"\0" * 41
MENDED: dict[str, Change] = {
    "an empty ref": write(f"refs/heads/{BRANCH}", b""),
    "a ref of zeros": write(f"refs/heads/{BRANCH}", ZEROS),
    "a ref to nothing": write(f"refs/heads/{BRANCH}", b"1234567890" * 4 + b"\n"),
    "an empty mark": write(f"refs/statusgen/synced/{BRANCH}", b""),
    "a remote's ref of zeros": write(f"refs/remotes/origin/{BRANCH}", ZEROS),
    "a broken index": lambda root, _: (own(root) / "index").write_bytes(ZEROS),
    "a broken index of ours": lambda root, _: (own(root) / "statusgen-index").write_bytes(ZEROS),
    "a lost tree": lose_tree,
    "an empty commit": empty_commit,
}
UNNOTICED: dict[str, Change] = {
    "the checkout's folder in .git is gone": lambda root, _: shutil.rmtree(own(root)),
    "the checkout's HEAD is empty": lambda root, _: (own(root) / "HEAD").write_text(""),
    "the branch is gone from the remote": lambda _, remote: git(
        remote, "update-ref", "-d", f"refs/heads/{BRANCH}"
    ),
    "the index of the main checkout is broken": write("index", ZEROS),
    "the branch of the history is gone here": lambda root, _: git(
        root, "update-ref", "-d", f"refs/heads/{BRANCH}"
    ),
}


OFTEN = ("an empty ref", "a ref to nothing", "a broken index", "an empty commit",
         "the checkout's folder in .git is gone", "the branch is gone from the remote")  # fmt: skip
"""What each run of the tests looks at; all of it in the long one."""


def rarely(names: Iterable[str], often: Iterable[str]) -> list[ParameterSet]:
    return [pytest.param(name, marks=() if name in often else pytest.mark.long) for name in names]


@pytest.mark.parametrize("name", rarely([*MENDED, *UNNOTICED], OFTEN))
def test_a_damaged_clone_goes_on_and_nothing_is_lost(remote: Path, name: str) -> None:
    root = clone(remote, "copy")
    keys = [measure(root, 0)]
    send(root)
    main = git(root, "rev-parse", "main")
    (MENDED | UNNOTICED)[name](root, remote)
    keys.append(measure(root, 1))

    done = send(root)
    keys.append(measure(root, 2))
    again = send(root)

    assert done.pushed
    assert again.pushed
    assert ("mended from the remote" in done.note) is (name in MENDED)
    assert "mended" not in again.note
    assert keys_on(remote) == sorted(keys)
    assert git(root, "rev-parse", "main") == main  # a person's branch is left alone


def test_pull_mends_too(remote: Path) -> None:
    root = clone(remote, "copy")
    key = measure(root, 0)
    send(root)
    write(f"refs/heads/{BRANCH}", b"")(root, remote)
    shutil.rmtree(history(root) / "2026", ignore_errors=True)

    healed = pull(root, BRANCH, history(root))

    assert keys_on(remote) == [key]
    assert any(path.endswith(".jsonl") for path in healed) or list(history(root).rglob("*.jsonl"))
    assert [each.key for each in HistoryStore(history(root)).rounds(0, DAY0 + 86_400)] == [key]


def test_without_a_remote_a_readable_branch_is_left_alone(remote: Path) -> None:
    root = clone(remote, "copy")
    git(root, "remote", "remove", "origin")
    measure(root, 0)
    first = send(root)
    (own(root) / "statusgen-index").write_bytes(ZEROS)
    measure(root, 1)

    done = send(root)

    assert done.commit is not None
    assert git(root, "rev-parse", f"{done.commit}^") == first.commit


def test_a_clone_with_the_history_in_the_main_branch_is_told_and_not_touched(remote: Path) -> None:
    root = clone(remote, "copy")
    measure(root, 0)
    send(root, None)
    (root / ".git/statusgen-index").write_bytes(ZEROS)
    before = git(root, "rev-parse", "main")

    with pytest.raises(OutsideError, match=r"this clone is damaged .* nothing that was measured"):
        send(root, None)

    assert git(root, "rev-parse", "main") == before


@pytest.mark.parametrize(
    "told",
    [
        "fatal: Could not read from remote repository. Please make sure you have access",
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "remote: error: GH006: Protected branch update failed",
        "error: RPC failed; curl 56 Recv failure: Connection reset by peer",
        "fatal: unable to access 'https://h/': Could not resolve host: h",
        "! [remote rejected] (pre-receive hook declined)",
        "the folder data/history is empty",
        "fatal: Unable to create '/x/.git/index.lock': File exists.",
        "No space left on device",
    ],
)
def test_what_is_no_damage_of_the_clone_is_not_mended(told: str) -> None:
    assert not is_damage(told)


def rounds(remote: Path) -> int:
    return len(keys_on(remote))


def gone(copy: Path, remote: Path) -> Callable[[], object]:
    remote.rename(remote.with_suffix(".away"))
    return lambda: remote.with_suffix(".away").rename(remote)


def detached_history(copy: Path, remote: Path) -> Callable[[], object]:
    git(copy / "data/history", "checkout", "-q", "--detach")
    return lambda: git(copy / "data/history", "switch", "-q", BRANCH)


def no_repository(copy: Path, remote: Path) -> Callable[[], object]:
    (copy / ".git").rename(copy / ".away")
    return lambda: (copy / ".away").rename(copy / ".git")


def broken_settings(copy: Path, remote: Path) -> Callable[[], object]:
    before = (copy / ".git/config").read_bytes()
    (copy / ".git/config").write_text("[core\n")
    return lambda: (copy / ".git/config").write_bytes(before)


def protected(copy: Path, remote: Path) -> Callable[[], object]:
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'GH013: Repository rule violations' >&2\nexit 1\n")
    hook.chmod(0o755)
    return hook.unlink


def live_lock(copy: Path, remote: Path) -> Callable[[], object]:
    """A git that works in the repository, and holds the lock of the data branch."""
    busy = subprocess.Popen(
        ["git", "-C", copy, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    lock = copy / f".git/refs/heads/{BRANCH}.lock"
    lock.write_text("")

    def end() -> None:
        busy.communicate()
        past = time.time() - 60
        os.utime(lock, (past, past))

    return end


NOTHING: Callable[[], object] = lambda: None  # noqa: E731
TOLD: dict[str, tuple[Callable[[Path, Path], Callable[[], object]], dict[str, str], str]] = {
    "the remote is gone": (gone, {}, "cannot fetch status-data"),
    "a rule protects the branch": (protected, {}, "set history.branch to a branch that no rule"),
    "the history's checkout has no branch": (detached_history, {}, "run git switch status-data"),
    "this is no repository": (no_repository, {}, "run git init, or copy it by git clone"),
    "git's settings are broken": (broken_settings, {}, "bad config line 1"),
    "another git is at work": (live_lock, {}, ".lock"),
    "the folder belongs to another user": (
        lambda _, __: NOTHING,
        {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
        "git config --global --add safe.directory",
    ),
    "git is not installed": (lambda _, __: NOTHING, {"PATH": "/nonexistent"}, "install git"),
}


@pytest.mark.parametrize(
    "name",
    rarely(TOLD, ["the history's checkout has no branch", "the folder belongs to another user"]),
)
def test_a_fault_is_told_with_exit_code_3_and_the_next_run_pushes_all(
    tmp_path: Path, name: str
) -> None:
    copy, bare = make_repository(tmp_path)
    assert statusgen(copy, "check", *NOWHERE, "--push").code == 0
    break_it, env, told = TOLD[name]
    mend_it = break_it(copy, bare)

    failed = statusgen(copy, "check", *NOWHERE, "--push", env=env)
    mend_it()
    again = statusgen(copy, "check", *NOWHERE, "--push")

    assert failed.code == 3, failed.err
    assert told in failed.err
    assert len(failed.err.strip().splitlines()) <= 3
    assert again.code == 0, again.err
    assert rounds(bare) == 3


@pytest.mark.parametrize("branch", ["null"])
def test_no_branch_is_checked_out_where_the_history_is_on_it(tmp_path: Path, branch: str) -> None:
    """As a job that checks out a commit and not a branch."""
    copy, bare = make_repository(tmp_path)
    (copy / ".gitignore").unlink()
    with (copy / "data/status.yml").open("a") as file:
        file.write(f"history: {{branch: {branch}}}\n")
    git(copy, "commit", "-qam", "Keep the history here")
    git(copy, "push", "-q", "origin", "main")
    git(copy, "checkout", "-q", "--detach")

    failed = statusgen(copy, "check", *NOWHERE, "--push")
    git(copy, "switch", "-q", "main")
    again = statusgen(copy, "check", *NOWHERE, "--push")

    assert failed.code == 3
    assert "no branch is checked out; check one out" in failed.err
    assert again.code == 0, again.err
    assert len(keys_on(bare, "main", "data/history/2")) == 2


FULL = """\
set -eu
mount -t tmpfs -o size=1m tmpfs "$PLACE"
cp -a "$COPY/." "$PLACE/"
cd "$PLACE"
dd if=/dev/zero of=filler bs=512 2>/dev/null || true
set +e
"$PYTHON" -m statusgen check --connect-to ::127.0.0.1:9 --retry-delays none --push; echo "full: $?"
rm filler
"$PYTHON" -m statusgen check --connect-to ::127.0.0.1:9 --retry-delays none --push; echo "room: $?"
"""


@pytest.mark.long
def test_a_full_disk(tmp_path: Path) -> None:
    """A file system of one megabyte, without room for a byte more."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"]).returncode:
        pytest.skip("no file system can be mounted here")
    copy, bare = make_repository(tmp_path)
    assert statusgen(copy, "check", *NOWHERE, "--push").code == 0
    place = tmp_path / "small"
    place.mkdir()
    shutil.rmtree(copy / ".git/hooks", ignore_errors=True)

    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL],
        env={
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT),
            "PLACE": str(place), "COPY": str(copy), "PYTHON": sys.executable,
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
    )  # fmt: skip

    assert "full: 3" in done.stdout, done.stdout + done.stderr
    assert "room: 0" in done.stdout, done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    # The round of the full disk was not recorded, or it is whole; what was there stays.
    with contextlib.suppress(ValueError):
        assert rounds(bare) in (2, 3)
