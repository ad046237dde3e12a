"""``check --push`` and ``history pull`` with real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config

CONFIG = (
    "site: {name: Test}\ncanaries: []\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example/}\n"
)
NOWHERE = ("--connect-to", "::127.0.0.1:9", "--retry-delays", "none")


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    done = subprocess.run(
        ["git", "-C", folder, *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return done.stdout


def make_repository(tmp_path: Path) -> tuple[Path, Path]:
    """Return a working copy with a configuration, and its bare remote."""
    remote, copy = tmp_path / "remote.git", tmp_path / "copy"
    copy.mkdir()
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(copy, "init", "-q", "-b", "main")
    git(copy, "remote", "add", "origin", f"file://{remote}")
    write_config(copy, CONFIG)
    (copy / ".gitignore").write_text("/data/history/\n")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Begin")
    git(copy, "push", "-q", "origin", "main")
    return copy, remote


def test_a_round_is_pushed_to_its_branch_and_another_clone_pulls_it(tmp_path: Path) -> None:
    copy, remote = make_repository(tmp_path)

    first = statusgen(copy, "check", *NOWHERE, "--push")
    second = statusgen(copy, "check", *NOWHERE, "--push")

    assert (first.code, second.code) == (0, 0), first.err + second.err
    log = git(remote, "log", "--format=%s", "status-data").splitlines()
    assert [line.startswith("Record round ") for line in log[:2]] == [True, True]
    assert "down: api" in log[0]
    assert git(copy, "status", "--porcelain") == ""
    assert git(remote, "log", "--format=%s", "main").splitlines() == ["Begin"]
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{remote}", str(clone))
    pulled = statusgen(clone, "history", "pull")
    assert pulled.code == 0, pulled.err
    told = statusgen(clone, "status", "--json").json
    assert told["components"][0]["state"] == "down"
    incidents = statusgen(clone, "incident", "list", "--json").json
    assert [entry["title"] for entry in incidents] == ["API is down"]


def test_a_refused_push_is_told_with_the_fix_and_loses_nothing(tmp_path: Path) -> None:
    copy, remote = make_repository(tmp_path)
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)

    refused = statusgen(copy, "check", *NOWHERE, "--push")
    hook.unlink()
    accepted = statusgen(copy, "check", *NOWHERE, "--push")

    assert refused.code == 3
    assert "protected" in refused.err.lower()
    assert accepted.code == 0, accepted.err
    days = [
        line
        for path in git(remote, "ls-tree", "-r", "--name-only", "status-data").splitlines()
        if path.endswith(".jsonl") and "quarantine" not in path
        for line in git(remote, "show", f"status-data:{path}").splitlines()
    ]
    assert len(days) == 2


def test_what_was_told_before_hurries_no_push(tmp_path: Path) -> None:
    copy, _ = make_repository(tmp_path)
    for _round in range(2):
        assert statusgen(copy, "check", "--push", *NOWHERE).code == 0
    assert list((copy / "data/history/incidents").glob("*.md"))

    done = statusgen(copy, "check", "--push", "--every", "1s", "--for", "4s", *NOWHERE)

    assert done.code == 0, done.err
    assert done.out.count("round 2") > 1
    assert done.err.count("pushed") == 1  # at its end


@pytest.mark.parametrize("protected", [False, True])
def test_a_form_takes_over_what_the_checks_opened(tmp_path: Path, protected: bool) -> None:
    copy, remote = make_repository(tmp_path)
    statusgen(copy, "check", *NOWHERE)
    assert statusgen(copy, "check", *NOWHERE, "--push").code == 0
    if protected:
        hook = remote / "hooks" / "pre-receive"
        hook.write_text(
            "#!/bin/sh\nwhile read o n ref; do [ $ref != refs/heads/main ] || exit 1; done\n"
        )
        hook.chmod(0o755)
    form = {"FORM_ACTION": "update", "FORM_TEXT": "We look.", "FORM_NEXT": "30m"}

    done = statusgen(copy, "incident", "from-form", "--json", env=form)

    assert (done.code, done.err) == (0, "")
    assert bool(done.json["refused"]) is protected
    assert done.json["branch"] == ("status-data" if protected else "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{remote}", str(clone))
    statusgen(clone, "history", "pull")
    assert statusgen(clone, "check", *NOWHERE, "--push").code == 0  # what checks go on to record
    (only,) = statusgen(clone, "incident", "list", "--json").json
    assert (only["automatic"], only["adopted"], only["resolved"]) == (True, True, None)
    assert (clone / only["file"]).read_text().endswith("\n\nWe look.\n")
    assert only["file"].startswith("data/history/" if protected else "content/")


def test_a_form_where_the_history_is_on_the_main_branch(tmp_path: Path) -> None:
    copy, remote = make_repository(tmp_path)
    write_config(copy, f"{CONFIG}history: {{branch: null}}\n")
    git(copy, "commit", "-qam", "Keep it here")
    git(copy, "push", "-q", "origin", "main")
    statusgen(copy, "check", *NOWHERE)
    assert statusgen(copy, "check", *NOWHERE, "--push").code == 0

    for said in ({"FORM_ACTION": "update", "FORM_TEXT": "We look."}, {"FORM_ACTION": "withdraw"}):
        done = statusgen(copy, "incident", "from-form", "--json", env=said)
        assert (done.code, done.json["branch"], done.json["new"]) == (0, "main", True), done.err

    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{remote}", str(clone))
    (only,) = statusgen(clone, "incident", "list", "--json").json
    assert only["withdrawn"] is not None
    assert only["file"].startswith("content/")
