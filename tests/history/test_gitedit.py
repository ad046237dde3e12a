"""A change to one file of the branch that is checked out, pushed at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from statusgen.base.errors import InputError, OutsideError
from statusgen.history.gitedit import Change, current_branch, push_edit, was_pushed
from statusgen.history.gitremote import ProtectedError
from tests.cli.test_push import git


def no_wait(seconds: float) -> None:
    pass


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A checkout, in which somebody is at work, and its bare remote."""
    copy, remote = tmp_path / "copy", tmp_path / "remote.git"
    copy.mkdir()
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(copy, "init", "-q", "-b", "main")
    git(copy, "remote", "add", "origin", f"file://{remote}")
    (copy / "a.md").write_text("one\n")
    (copy / "run.sh").write_text("#!/bin/sh\n")
    (copy / "run.sh").chmod(0o755)
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Begin")
    git(copy, "push", "-q", "origin", "main")
    return copy, remote


def appended(name: str, line: str) -> Callable[[Path], Change]:
    def edit(folder: Path) -> Change:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        path.write_bytes(before + line.encode())
        return Change(path, f"Say {line.strip()}")

    return edit


def test_a_change_is_pushed_and_the_checkout_stays_as_it_is(place: tuple[Path, Path]) -> None:
    copy, remote = place
    (copy / "a.md").write_text("half a thought")
    (copy / "new.md").write_text("staged")
    git(copy, "add", "new.md")
    before = git(copy, "status", "--porcelain"), git(copy, "rev-parse", "HEAD")

    done = push_edit(current_branch(copy), appended("b/c.md", "two\n"), author=("A", "a@b.example"))

    assert git(remote, "show", "main:b/c.md") == "two\n"
    assert git(remote, "show", "main:a.md") == "one\n"
    assert git(remote, "ls-tree", "main", "run.sh").startswith("100755")
    assert git(remote, "log", "--format=%an %ae %s", "main").splitlines() == [
        "A a@b.example Say two", "T t@example.com Begin",
    ]  # fmt: skip
    assert (git(copy, "status", "--porcelain"), git(copy, "rev-parse", "HEAD")) == before
    assert (copy / "a.md").read_text() == "half a thought"
    assert done.commit == git(remote, "rev-parse", "main").strip()


def test_who_is_overtaken_does_it_again_on_what_the_other_pushed(place: tuple[Path, Path]) -> None:
    copy, remote = place
    other = copy.parent / "other"
    git(copy.parent, "clone", "-q", f"file://{remote}", str(other))
    seen = []

    def edit(folder: Path) -> Change:
        seen.append((folder / "a.md").read_text())
        if len(seen) < 3:
            with (other / "a.md").open("a") as file:
                file.write(f"theirs {len(seen)}\n")
            git(other, "commit", "-qam", "Theirs")
            git(other, "push", "-q")
        (folder / "a.md").write_text(seen[-1] + "ours\n")
        return Change(folder / "a.md", "Ours")

    done = push_edit(current_branch(copy), edit, sleep=no_wait)

    assert done.tries == 3
    assert seen == ["one\n", "one\ntheirs 1\n", "one\ntheirs 1\ntheirs 2\n"]
    assert git(remote, "show", "main:a.md") == "one\ntheirs 1\ntheirs 2\nours\n"


def test_a_rule_a_lasting_outage_and_a_fault_of_the_edit_are_told_apart(
    place: tuple[Path, Path],
) -> None:
    copy, remote = place
    branch = current_branch(copy)
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH013: Repository rule violations' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ProtectedError, match="main is protected"):
        push_edit(branch, appended("a.md", "x\n"), sleep=no_wait)

    def faulty(folder: Path) -> Change:
        raise InputError("no")

    with pytest.raises(InputError):
        push_edit(branch, faulty)
    remote.rename(copy.parent / "gone.git")
    with pytest.raises(OutsideError, match="cannot fetch main"):
        push_edit(branch, appended("a.md", "x\n"), sleep=no_wait)


def test_nothing_to_change_pushes_nothing(place: tuple[Path, Path]) -> None:
    copy, remote = place
    branch = current_branch(copy)

    assert push_edit(branch, lambda folder: None).commit is None
    assert push_edit(branch, lambda folder: Change(folder / "a.md", "Same")).commit is None
    assert git(remote, "log", "--format=%s", "main") == "Begin\n"


def test_a_repeated_run_finds_its_own_commit_in_a_shallow_clone(place: tuple[Path, Path]) -> None:
    copy, remote = place
    branch = current_branch(copy)

    def marked(folder: Path) -> Change:
        (folder / "a.md").write_text("marked\n")
        return Change(folder / "a.md", "Mark\n\nForm-Run: 881\n")

    push_edit(branch, marked)
    for number in range(3):
        push_edit(branch, appended("a.md", f"{number}\n"))
    shallow = copy.parent / "shallow"
    git(copy.parent, "clone", "-q", "--depth", "1", f"file://{remote}", str(shallow))
    clone = current_branch(shallow)

    assert not was_pushed(clone, "main", "Form-Run: 881", deepen=False)
    assert was_pushed(clone, "main", "Form-Run: 881", deepen=True)
    assert not was_pushed(clone, "main", "Form-Run: 88", deepen=True)
    assert not was_pushed(clone, "main", "Form-Run: .*", deepen=True)
    assert not was_pushed(clone, "elsewhere", "Form-Run: 881", deepen=True)


@pytest.mark.parametrize("below", ["", "sub/folder"])
def test_the_root_may_lie_below_the_top_of_the_repository(
    place: tuple[Path, Path], below: str
) -> None:
    copy, remote = place
    (copy / below).mkdir(parents=True, exist_ok=True)

    push_edit(current_branch(copy / below), appended("x.md", "x\n"))

    assert git(remote, "show", f"main:{Path(below) / 'x.md'}") == "x\n"
