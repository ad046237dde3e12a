"""``check --push`` and ``incident sync`` with real repositories and the double of GitHub."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config
from tests.cli.test_push import CONFIG, NOWHERE, git, make_repository
from tests.github.rest import GitHub, served


@pytest.fixture
def github() -> GitHub:
    made = GitHub(clock=lambda: int(time.time()))
    made.permissions, made.associations = {"ann": "write"}, {"ann": "MEMBER"}
    return made


def environ(github: GitHub) -> dict[str, str]:
    return {
        **os.environ,
        "GITHUB_TOKEN": github.token,
        "GITHUB_REPOSITORY": "example/status",
        "GITHUB_API_URL": github.url,
    }


def test_after_the_push_an_incident_is_an_issue_and_its_comment_is_pushed(
    github: GitHub, tmp_path: Path
) -> None:
    copy, remote = make_repository(tmp_path)
    write_config(copy, CONFIG + "github: {issues: true}\n")
    with served(github):
        for _ in range(2):
            done = statusgen(copy, "check", "--push", *NOWHERE, env=environ(github))
            assert done.code == 0, done.err
        (issue,) = github.issues.values()
        assert issue["title"] == "API is down"
        github.comments_on(issue["number"], "ann", "Identified: a disk is full.")
        done = statusgen(copy, "incident", "sync", "--push", env=environ(github))
    assert done.code == 0, done.err
    assert github.token not in done.err + done.out
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"file://{remote}", str(clone))
    assert statusgen(clone, "history", "pull").code == 0
    (told,) = statusgen(clone, "incident", "list", "--json").json
    assert told["phase"] == "identified"
    verified = statusgen(copy, "history", "verify")
    assert (verified.code, "no file of the history" in verified.out) == (0, False)


def test_a_github_that_fails_holds_up_no_check(github: GitHub, tmp_path: Path) -> None:
    copy, _ = make_repository(tmp_path)
    write_config(copy, CONFIG + "github: {issues: true}\n")
    with served(github):
        github.token = "another"
        env = {**environ(github), "GITHUB_TOKEN": "ghs_refused0123456789"}
        done = statusgen(copy, "check", "--push", *NOWHERE, env=env)
    assert done.code == 0
    assert "the token is refused" in done.err
    assert "ghs_refused" not in done.err


def test_without_a_token_the_check_goes_on(github: GitHub, tmp_path: Path) -> None:
    copy, _ = make_repository(tmp_path)
    write_config(copy, CONFIG + "github: {issues: true}\n")
    done = statusgen(copy, "check", "--push", *NOWHERE)
    assert done.code == 0
    assert "$GITHUB_TOKEN is not set" in done.err


def test_nobody_who_did_not_ask_for_it_meets_it(github: GitHub, tmp_path: Path) -> None:
    copy, _ = make_repository(tmp_path)
    with served(github):
        done = statusgen(copy, "check", "--push", *NOWHERE, env=environ(github))
        refused = statusgen(copy, "incident", "sync", env=environ(github))
    assert done.code == 0
    assert github.asked == []
    assert refused.code == 2
    assert "github: {issues: true}" in refused.err
