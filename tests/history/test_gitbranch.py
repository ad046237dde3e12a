"""Publishing to real bare repositories over file://."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest

from statusgen.base.errors import OutsideError
from statusgen.history.gitbranch import Published, publish, pull
from statusgen.history.store import HistoryStore
from tests.history.made import DAY0, key_at, made_past, made_round

BRANCH = "status-data"


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of whoever runs the tests out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in list(os.environ):
        if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER")):
            monkeypatch.delenv(name)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with one commit of a person on main."""
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    seed = tmp_path / "seed"
    git(tmp_path, "clone", "--quiet", bare.as_uri(), str(seed))
    (seed / "README.md").write_text("A status page\n")
    (seed / ".gitignore").write_text("/data/history/\n")
    git(seed, "add", "-A")
    git(seed, "commit", "--quiet", "-m", "Begin")
    git(seed, "push", "--quiet", "origin", "HEAD:main")
    return bare


def clone(remote: Path, name: str, *options: str) -> Path:
    target = remote.parent / name
    git(remote.parent, "clone", "--quiet", *options, remote.as_uri(), str(target))
    return target


def history(root: Path) -> Path:
    return root / "data" / "history"


def send(root: Path, branch: str | None = BRANCH, **options: object) -> Published:
    return publish(
        root,
        history(root),
        branch,
        "Record a round",
        sleep=lambda _: None,
        **options,  # type: ignore[arg-type]
    )


def keys_on(remote: Path, branch: str = BRANCH, prefix: str = "") -> list[str]:
    """The keys of every line on a remote branch, repeats included."""
    names = git(remote, "ls-tree", "-r", "--name-only", branch).splitlines()
    found = []
    for name in names:
        if name.startswith(prefix) and name.endswith(".jsonl") and "quarantine" not in name:
            text = git(remote, "show", f"{branch}:{name}")
            found += [json.loads(line)["round"] for line in text.splitlines()]
    return sorted(found)


def commits_on(remote: Path, branch: str = BRANCH) -> int:
    return int(git(remote, "rev-list", "--count", branch))


def test_the_first_publication_makes_an_orphan_branch(remote: Path) -> None:
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))

    done = send(root)

    assert done.pushed
    assert keys_on(remote) == [key_at(DAY0)]
    names = git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    assert names == ["2026/03/2026-03-02.jsonl"]
    assert git(root, "status", "--porcelain") == ""
    assert git(history(root), "status", "--porcelain") == ""
    assert git(remote, "rev-list", "--count", "main") == "1"


def test_one_commit_a_run_by_the_programs_own_name(remote: Path) -> None:
    root = clone(remote, "one")
    pull(root, BRANCH, history(root))
    store = HistoryStore(history(root))
    store.append(made_round(DAY0))
    send(root)
    before = commits_on(remote)
    store.append(made_round(DAY0 + 300))
    (history(root) / "incidents").mkdir()
    (history(root) / "incidents" / "a.md").write_text("# A\n")
    send(root)

    assert commits_on(remote) == before + 1
    assert git(remote, "log", "-1", "--format=%an <%ae> %s", BRANCH) == (
        "statusgen <statusgen@users.noreply.github.com> Record a round"
    )


def test_a_configured_identity_is_used(remote: Path) -> None:
    root = clone(remote, "one")
    git(root, "config", "user.name", "Ops")
    git(root, "config", "user.email", "ops@example.com")
    HistoryStore(history(root)).append(made_round(DAY0))
    send(root)
    assert git(remote, "log", "-1", "--format=%an <%ae>", BRANCH) == "Ops <ops@example.com>"


def test_running_the_same_run_again_changes_nothing(remote: Path) -> None:
    root = clone(remote, "one")
    store = HistoryStore(history(root))
    store.append(made_round(DAY0))
    first = send(root)
    assert not store.append(made_round(DAY0))
    again = send(root)

    assert again.commit is None
    assert git(remote, "rev-parse", BRANCH) == first.commit


def test_pull_brings_what_others_measured_and_keeps_what_is_only_here(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    for root in (one, two):
        pull(root, BRANCH, history(root))
    HistoryStore(history(one)).append(made_round(DAY0, run=1))
    send(one)
    HistoryStore(history(two)).append(made_round(DAY0 + 1, run=2))
    pull(two, BRANCH, history(two))

    keys = [round_.key for round_ in HistoryStore(history(two)).rounds(0)]
    assert keys == [key_at(DAY0, 1), key_at(DAY0 + 1, 2)]


def test_a_folder_with_rounds_from_before_the_branch_is_adopted(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    HistoryStore(history(one)).append(made_round(DAY0, run=1))
    send(one)
    HistoryStore(history(two)).append(made_round(DAY0, run=2))
    HistoryStore(history(two)).append(made_round(DAY0 - 86400, run=2))
    send(two)

    assert keys_on(remote) == sorted([key_at(DAY0, 1), key_at(DAY0, 2), key_at(DAY0 - 86400, 2)])
    assert git(history(two), "status", "--porcelain") == ""


def test_a_removed_folder_comes_back(remote: Path) -> None:
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))
    send(root)
    subprocess.run(["rm", "-rf", str(history(root))], check=True)
    pull(root, BRANCH, history(root))
    assert [round_.at for round_ in HistoryStore(history(root)).rounds(0)] == [DAY0]


def test_a_shallow_clone_publishes(remote: Path) -> None:
    one = clone(remote, "one")
    for number in range(3):
        HistoryStore(history(one)).append(made_round(DAY0 + number))
        send(one)
    two = clone(remote, "two", "--depth=1")
    pull(two, BRANCH, history(two))
    HistoryStore(history(two)).append(made_round(DAY0 + 100))
    HistoryStore(history(one)).append(made_round(DAY0 + 200))
    send(one)
    send(two)

    assert keys_on(remote) == sorted(key_at(DAY0 + n) for n in (0, 1, 2, 100, 200))
    assert int(git(two, "rev-list", "--count", BRANCH)) < commits_on(remote)


def refuse(remote: Path, text: str) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\necho '{text}' >&2\nexit 1\n")
    hook.chmod(0o755)


def test_a_protected_branch_is_told_with_the_fix_and_nothing_is_lost(remote: Path) -> None:
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))
    refuse(remote, "error: GH006: Protected branch update failed for refs/heads/status-data.")
    with pytest.raises(OutsideError, match=r"GH006.*history\.branch") as caught:
        send(root)
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)

    (remote / "hooks" / "pre-receive").unlink()
    HistoryStore(history(root)).append(made_round(DAY0 + 300))
    send(root)
    assert keys_on(remote) == [key_at(DAY0), key_at(DAY0 + 300)]


def rewrite(remote: Path, keep: str) -> None:
    """Squash the data branch to the rounds whose key holds ``keep``, as an operator would."""
    editor = clone(remote, f"editor-{keep}", f"--branch={BRANCH}")
    git(editor, "checkout", "--quiet", "--orphan", "fresh")
    for path in editor.rglob("*.jsonl"):
        lines = [line for line in path.read_text().splitlines(True) if keep in line]
        path.write_text("".join(lines))
    git(editor, "add", "-A")
    git(editor, "commit", "--quiet", "-m", "Squash")
    git(editor, "push", "--quiet", "--force", "origin", f"HEAD:{BRANCH}")


@pytest.mark.parametrize("pulled_by_hand", [False, True])
def test_after_a_forced_push_nothing_dropped_comes_back_and_nothing_of_ours_is_lost(
    remote: Path, pulled_by_hand: bool
) -> None:
    root = clone(remote, "one")
    store = HistoryStore(history(root))
    store.append(made_round(DAY0, run=1))
    store.append(made_round(DAY0 + 300, run=2))
    send(root)
    store.append(made_round(DAY0 + 600, run=3))
    rewrite(remote, "test-2-1")
    if pulled_by_hand:
        git(history(root), "fetch", "--quiet", "origin")
    send(root)

    assert keys_on(remote) == [key_at(DAY0 + 300, 2), key_at(DAY0 + 600, 3)]
    assert commits_on(remote) == 2
    assert [r.key for r in store.rounds(0)] == [key_at(DAY0 + 300, 2), key_at(DAY0 + 600, 3)]


def test_a_forced_push_between_fetch_and_push_is_met_too(remote: Path) -> None:
    root = clone(remote, "one")
    store = HistoryStore(history(root))
    store.append(made_round(DAY0, run=1))
    send(root)
    other = clone(remote, "other")
    pull(other, BRANCH, history(other))
    HistoryStore(history(other)).append(made_round(DAY0 + 300, run=2))
    send(other)
    store.append(made_round(DAY0 + 600, run=3))
    # The hook refuses the first push as a lost race would, after this run has fetched round 2.
    refuse(remote, "cannot lock ref")
    waits: list[float] = []

    def meanwhile(seconds: float) -> None:
        waits.append(seconds)
        (remote / "hooks" / "pre-receive").unlink()
        rewrite(remote, "test-1-1")

    done = publish(root, history(root), BRANCH, "Record", sleep=meanwhile, jitter=lambda: 0.5)

    assert done.tries == 2
    assert waits == [0.1]
    assert keys_on(remote) == [key_at(DAY0, 1), key_at(DAY0 + 600, 3)]
    assert commits_on(remote) == 2


def test_what_the_remote_dropped_leaves_here_but_not_what_was_added_meanwhile(
    remote: Path,
) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    store = HistoryStore(history(one))
    store.append(made_round(DAY0, run=1))
    store.append(made_round(DAY0 + 86400, run=1))
    send(one)
    pull(two, BRANCH, history(two))
    HistoryStore(history(two)).append(made_round(DAY0 + 5, run=2))
    editor = clone(remote, "editor", f"--branch={BRANCH}")
    git(editor, "rm", "--quiet", "2026/03/2026-03-02.jsonl")
    git(editor, "commit", "--quiet", "-m", "Drop a day")
    git(editor, "push", "--quiet", "origin", BRANCH)
    send(two)
    assert keys_on(remote) == [key_at(DAY0 + 5, 2), key_at(DAY0 + 86400, 1)]


def test_without_a_remote_it_commits_here_and_says_so(tmp_path: Path) -> None:
    root = tmp_path / "alone"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    HistoryStore(history(root)).append(made_round(DAY0))
    done = send(root)

    assert done.commit
    assert not done.pushed
    assert "no remote" in done.note
    assert git(root, "rev-parse", BRANCH) == done.commit
    assert git(history(root), "status", "--porcelain") == ""


def test_what_was_committed_without_a_remote_joins_one_that_comes_later(remote: Path) -> None:
    one, root = clone(remote, "one"), remote.parent / "alone"
    HistoryStore(history(one)).append(made_round(DAY0, run=1))
    send(one)
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    HistoryStore(history(root)).append(made_round(DAY0, run=2))
    send(root)
    git(root, "remote", "add", "origin", remote.as_uri())
    send(root)
    assert keys_on(remote) == [key_at(DAY0, 1), key_at(DAY0, 2)]


class TestOnTheCurrentBranch:
    """``history.branch: null``."""

    def test_only_the_history_folder_is_committed(self, remote: Path) -> None:
        root = clone(remote, "one")
        (root / "draft.md").write_text("not yet\n")
        (root / "README.md").write_text("changed, not yet\n")
        HistoryStore(history(root)).append(made_round(DAY0))
        send(root, None)

        assert keys_on(remote, "main") == [key_at(DAY0)]
        changed = git(remote, "show", "--name-only", "--format=", "main").splitlines()
        assert changed == ["data/history/2026/03/2026-03-02.jsonl"]
        assert git(root, "rev-parse", "main") == git(remote, "rev-parse", "main")
        assert git(root, "status", "--porcelain").splitlines() == ["M README.md", "?? draft.md"]

    @pytest.mark.parametrize("depth", [[], ["--depth=1"]])
    def test_two_checkouts_join(self, remote: Path, depth: list[str]) -> None:
        one, two = clone(remote, "one", *depth), clone(remote, "two", *depth)
        HistoryStore(history(one)).append(made_round(DAY0, run=1))
        HistoryStore(history(two)).append(made_round(DAY0, run=2))
        send(one, None)
        (one / "page.md").write_text("a person's work\n")
        git(one, "add", "page.md")
        git(one, "commit", "--quiet", "-m", "Work")
        git(one, "push", "--quiet")
        send(two, None)

        assert keys_on(remote, "main") == [key_at(DAY0, 1), key_at(DAY0, 2)]
        assert (two / "page.md").read_text() == "a person's work\n"
        assert git(two, "status", "--porcelain") == ""

    def test_a_persons_own_commits_are_not_pushed(self, remote: Path) -> None:
        root = clone(remote, "one")
        git(root, "commit", "--quiet", "--allow-empty", "-m", "Mine alone")
        HistoryStore(history(root)).append(made_round(DAY0))
        with pytest.raises(OutsideError, match="push them first"):
            send(root, None)

    def test_after_a_forced_push_nothing_dropped_comes_back(self, remote: Path) -> None:
        root = clone(remote, "one")
        store = HistoryStore(history(root))
        store.append(made_round(DAY0, run=1))
        send(root, None)
        store.append(made_round(DAY0 + 300, run=2))
        git(remote, "update-ref", "refs/heads/main", "main~1")
        send(root, None)
        assert keys_on(remote, "main") == [key_at(DAY0 + 300, 2)]


@pytest.mark.parametrize("branch", [None, BRANCH])
def test_publishing_before_anything_was_measured_does_no_harm(
    remote: Path, branch: str | None
) -> None:
    root = clone(remote, "one")
    send(root, branch)
    again = send(root, branch)
    assert again.commit is None
    assert history(root).is_dir()
    assert keys_on(remote, branch or "main") == []
    assert git(remote, "rev-list", "--count", "main") == "1"


@pytest.mark.parametrize("branch", ["-x", "--upload-pack=touch", "a b", "a..b", ""])
def test_a_branch_name_cannot_be_an_option(remote: Path, branch: str) -> None:
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))
    with pytest.raises(OutsideError, match="no name for a branch"):
        send(root, branch)


@pytest.mark.parametrize("message", ["--amend", "$(touch owned)", "# not a comment", "a\n\nb `id`"])
def test_a_message_is_only_a_message(remote: Path, message: str) -> None:
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))
    publish(root, history(root), BRANCH, message)
    assert git(remote, "log", "-1", "--format=%B", BRANCH) == message
    assert not (root / "owned").exists()


def test_an_unreachable_remote_is_told_without_its_password(remote: Path) -> None:
    root = clone(remote, "one")
    git(root, "remote", "set-url", "origin", "http://robot:hunter2@127.0.0.1:1/x.git")
    HistoryStore(history(root)).append(made_round(DAY0))
    with pytest.raises(OutsideError) as caught:
        send(root)
    assert "hunter2" not in str(caught.value)
    assert caught.value.exit_code == 3
    assert [round_.at for round_ in HistoryStore(history(root)).rounds(0)] == [DAY0]


def test_a_link_on_the_branch_leads_nowhere(remote: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    root = clone(remote, "one")
    HistoryStore(history(root)).append(made_round(DAY0))
    send(root)
    editor = clone(remote, "editor", f"--branch={BRANCH}")
    (editor / "2027").symlink_to(secret)
    git(editor, "add", "-A")
    git(editor, "commit", "--quiet", "-m", "Plant a link")
    git(editor, "push", "--quiet", "origin", BRANCH)
    HistoryStore(history(root)).append(made_round(DAY0 + 300))
    send(root)
    other = clone(remote, "other")
    pull(other, BRANCH, history(other))
    assert not (history(root) / "2027").exists()
    assert not (history(other) / "2027").is_symlink()
    assert list(secret.iterdir()) == []


def push_together(remote: Path, pushers: int) -> None:
    roots = [clone(remote, f"runner-{number}") for number in range(pushers)]
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            root = roots[number]
            HistoryStore(history(root)).append(made_round(DAY0 + number, run=number))
            publish(root, history(root), BRANCH, "Record", tries=400)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(pushers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert keys_on(remote) == sorted(key_at(DAY0 + n, n) for n in range(pushers))


def test_eight_pushers_at_once_lose_nothing(remote: Path) -> None:
    push_together(remote, 8)


@pytest.mark.long
def test_fifty_pushers_at_once_lose_nothing(remote: Path) -> None:
    push_together(remote, 50)


def test_a_torn_line_is_set_aside_before_it_is_published(remote: Path) -> None:
    root = clone(remote, "one")
    store = HistoryStore(history(root))
    store.append(made_round(DAY0))
    with store.day_path(DAY0).open("ab") as file:
        file.write(b'{"v":1,"rou')
    send(root)
    assert keys_on(remote) == [key_at(DAY0)]
    assert b'{\\"v\\":1,\\"rou' in (history(root) / "quarantine.jsonl").read_bytes()


def test_a_year_of_days_is_brought_in_one_go(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    pull(two, BRANCH, history(two))
    HistoryStore(history(two)).append(made_round(DAY0, run=9))
    for round_ in made_past(DAY0, DAY0 + 40 * 86400, every=43200):
        HistoryStore(history(one)).append(round_)
    send(one)
    send(two)
    assert len(keys_on(remote)) == 81
