"""What ``doctor`` learns from GitHub with a token, from a double of its API on loopback."""

from __future__ import annotations

import http.server
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.doubles import Quiet, served
from tests.setup.test_doctor import NOW
from tests.setup.test_doctor_cases import ALIKE, STATUS, healthy, looked_at, root, wrong

__all__ = ["healthy", "root"]


@contextmanager
def github(answers: dict[str, object], date: int = NOW) -> Iterator[tuple[str, list[str]]]:
    """GitHub's API on loopback: path behind the repository → what it answers; else 403."""
    asked: list[str] = []

    class Handler(Quiet, http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.path} {self.headers.get('Authorization')}")
            path = self.path.removeprefix("/repos/acme/status").partition("?")[0]
            told = answers.get(path, 403)
            status = told if isinstance(told, int) else 200
            body = json.dumps({"message": "no"} if isinstance(told, int) else told).encode()
            self.send_response_only(status)
            self.send_header("Date", formatdate(date, usegmt=True))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with served(Handler) as address:
        yield address, asked


WELL: dict[str, object] = {
    "": {"private": False, "archived": False, "default_branch": "main"},
    "/actions/permissions": {"enabled": True},
    "/actions/workflows": {"workflows": [{"path": STATUS, "state": "active"}]},
    "/pages": {"build_type": "workflow"},
    "/actions/workflows/status.yml/runs": {"workflow_runs": []},
    "/actions/workflows/pages.yml/runs": {"workflow_runs": [{"conclusion": "success"}]},
    "/branches/status-data": {"protected": False},
    "/actions/secrets": {"secrets": [{"name": "API_KEY"}]},
}


@pytest.mark.parametrize(
    ("changed", "late", "what", "level", "cure"),
    [
        ({}, 0, "", "", ""),
        ({"/actions/permissions": {"enabled": False}}, 0, "actions", "bad", "gh api -X PUT"),
        (
            {"/actions/workflows": {"workflows": [{"path": STATUS, "state": "disabled_manually"}]}},
            0, "actions", "bad", "gh workflow enable status.yml",
        ),
        ({"/pages": {"build_type": "legacy"}}, 0, "pages", "bad", "build_type=workflow"),
        (
            {"/actions/workflows/pages.yml/runs": {"workflow_runs": [
                {"id": 7, "conclusion": "failure", "updated_at": "2026-11-18T00:00:00Z"}]}},
            0, "runs", "bad", "gh run view 7 --log-failed",
        ),
        ({"/actions/workflows/status.yml/runs": {"workflow_runs": [{"conclusion": "cancelled"}]}},
         0, "", "", ""),
        ({"/pages": 404}, 0, "pages", "doubt", "build_type=workflow"),
        ({"/branches/status-data": {"protected": True}}, 0, "branch", "doubt", "Rules"),
        ({"/actions/secrets": {"secrets": []}}, 0, "secrets", "bad", "gh secret set API_KEY"),
        ({"": {"private": True, "default_branch": "main"}}, 0, "bill", "doubt", "--private"),
        ({"": {"default_branch": "trunk"}}, 0, "branch", "doubt", "git switch trunk"),
        ({"": {"archived": True, "default_branch": "main"}}, 0, "repository", "bad", "unarchive"),
        ({}, 3600, "clock", "bad", "set-ntp true"),
        ({}, -120, "clock", "doubt", "set-ntp true"),
        ({}, 20, "", "", ""),
    ],
)  # fmt: skip
def test_what_only_github_knows(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, object],
    late: int,
    what: str,
    level: str,
    cure: str,
) -> None:
    ALIKE["a secret that is passed"](root)
    monkeypatch.setattr("statusgen.base.clock.now", lambda: NOW)
    with github({**WELL, **changed}, NOW - late) as (api, asked):
        report = looked_at(
            root, GITHUB_TOKEN="t0ken", GITHUB_REPOSITORY="acme/status", GITHUB_API_URL=api
        )

    found = wrong(report)
    assert [each[:2] for each in found] == ([(what, level)] if what else [])
    assert all(cure in each[2] for each in found)
    assert report.unseen == ()
    assert asked
    assert all(line.endswith(" Bearer t0ken") for line in asked)
    assert "t0ken" not in repr(report)


def test_what_the_token_may_not_see_is_said_and_not_claimed(root: Path) -> None:
    with github({"": WELL[""]}, int(time.time())) as (api, _):
        report = looked_at(
            root, GITHUB_TOKEN="t0ken", GITHUB_REPOSITORY="acme/status", GITHUB_API_URL=api
        )

    assert wrong(report) == []
    assert [line.partition(":")[0] for line in report.unseen] == [
        "actions/permissions", "actions/workflows", "pages", "actions/workflows/status.yml/runs",
        "actions/workflows/pages.yml/runs", "branches/status-data",
    ]  # fmt: skip


def test_without_a_token_nobody_is_asked_and_that_is_said(root: Path) -> None:
    with github(WELL) as (api, asked):
        report = looked_at(root, GITHUB_REPOSITORY="acme/status", GITHUB_API_URL=api)
        elsewhere = looked_at(root, GITHUB_TOKEN="t0ken", GITHUB_API_URL=api)

    assert asked == []
    assert "export GITHUB_TOKEN" in report.unseen[0]
    assert "not on github.com" in elsewhere.unseen[0]


def test_a_github_that_does_not_answer_breaks_nothing(root: Path) -> None:
    report = looked_at(
        root, GITHUB_TOKEN="t0ken", GITHUB_REPOSITORY="a/b", GITHUB_API_URL="http://127.0.0.1:9"
    )

    assert wrong(report) == []
    assert len(report.unseen) == 1
