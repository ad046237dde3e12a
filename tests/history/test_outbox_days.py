"""Old files of the outbox leave the remote for good; damage to young ones is put back."""

from __future__ import annotations

from pathlib import Path

from tests.history.test_gitbranch import BRANCH, clone, git, history, plain_git, remote, send

__all__ = ["plain_git", "remote"]
OLD, EDGE, NEW = "2026-05-01", "2026-08-22", "2026-11-20"


def files_on(remote: Path) -> list[str]:
    return git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()


def put(root: Path, day: str, text: str) -> Path:
    path = history(root) / "outbox" / f"{day}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_what_is_past_its_time_may_go_and_nothing_else(remote: Path) -> None:
    first = clone(remote, "first")
    send(first)
    for day in (OLD, EDGE, NEW):
        put(first, day, '{"did":"begin"}\n')
    send(first)
    second = clone(remote, "second")
    send(second)
    assert len(files_on(remote)) == 3

    for day in (OLD, EDGE, NEW):
        (history(first) / "outbox" / f"{day}.jsonl").unlink()
    put(first, NEW, "")
    healed = send(first)
    put(second, NEW, '{"did":"begin"}\n{"did":"want"}\n')
    send(second)

    assert healed.healed == (f"outbox/{EDGE}.jsonl", f"outbox/{NEW}.jsonl")
    assert files_on(remote) == [f"outbox/{EDGE}.jsonl", f"outbox/{NEW}.jsonl"]
    assert not (history(second) / "outbox" / f"{OLD}.jsonl").exists()
    assert git(remote, "show", f"{BRANCH}:outbox/{NEW}.jsonl").count("\n") == 1
