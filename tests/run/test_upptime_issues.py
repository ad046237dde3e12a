"""Upptime's issues: incidents with the words of people who may write, and windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from statusgen.base.clock import parse_instant
from statusgen.base.errors import InputError
from statusgen.incident.model import Impact, Phase
from statusgen.run.site import Site
from statusgen.run.upptime_issues import TakenWords, read_dump, take_issues
from tests.cli.harness import statusgen

CONFIG = """\
sites:
  - {name: Shop — Web, url: 'https://shop.example.com'}
  - {name: Back, url: 'https://back.example.com', slug: backend}
"""
NOW = parse_instant("2026-09-01T00:00:00Z")


def said(by: str, association: str, at: str, body: str, *, bot: bool = False) -> dict[str, Any]:
    return {
        "user": {"login": by, "type": "Bot" if bot else "User"},
        "author_association": association,
        "created_at": f"2026-08-{at}:00Z",
        "body": body,
    }


def issue(
    number: int, title: str, labels: str, told: dict[str, Any], closed: str = ""
) -> dict[str, Any]:
    return {
        **told,
        "number": number,
        "title": title,
        "state": "closed" if closed else "open",
        "labels": [{"name": name} for name in labels.split()],
        "closed_at": f"2026-08-{closed}:00Z" if closed else None,
    }


def comment(number: int, issue_: int, told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "id": number, "issue_url": f"https://api.github.com/repos/a/b/issues/{issue_}"}


OWNER = ("ada", "OWNER")
DOWN = said(*OWNER, "21T20:00", "In [`abc`](https://x), Shop was **down**:\n- HTTP code: 503\n")
PLAN = (
    "<!--\nstart: 2026-08-24T13:00:00Z\nend: 2026-08-24T14:00:00Z\nexpectedDown: backend\n-->\nDisk"
)
ISSUES = [
    issue(1, "🛑 Shop — Web is down", "status shop-web", DOWN, "21T22:18"),
    issue(2, "⚠️ Back has degraded performance", "status backend",
          said("upptime-bot[bot]", "NONE", "22T08:00", "slow", bot=True)),
    issue(3, "A stranger's outage", "status shop-web", said("eve", "NONE", "23T01:00", "mwah")),
    issue(4, "Disk swap", "maintenance", said(*OWNER, "20T01:00", PLAN), "24T14:05"),
    issue(5, "Mute the alerts", "maintenance", said("eve", "CONTRIBUTOR", "20T02:00", PLAN)),
    issue(6, "No times", "maintenance", said(*OWNER, "20T03:00", "some day")),
    issue(7, "How do I …?", "question", said("eve", "NONE", "20T03:00", "?")),
    {**issue(8, "Fix", "status", DOWN), "pull_request": {}},
    issue(9, "🛑 Gone is down", "status gone", DOWN, "21T20:30"),
]  # fmt: skip
COMMENTS = [
    comment(11, 1, said(*OWNER, "21T20:30", "Identified: the queue is full")),
    comment(12, 1, said("eve", "NONE", "21T20:40", "Resolved: trust me")),
    comment(13, 1, said("bo", "COLLABORATOR", "21T21:00", "We *empty* it. <!-- note -->")),
    comment(14, 1, said("upptime-bot[bot]", "NONE", "21T22:17",
                        "**Resolved:** Shop is back up after 2 hours, 18 minutes.", bot=True)),
    comment(15, 1, said(*OWNER, "23T09:00", "It was the disk.")),
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".upptimerc.yml").write_text(CONFIG, "utf-8")
    # As `gh api --paginate` writes pages: one list behind the other.
    pages = json.dumps(ISSUES[:4]) + json.dumps(ISSUES[4:])
    (tmp_path / "issues.json").write_text(pages)
    (tmp_path / "comments.json").write_text(json.dumps([COMMENTS]))
    (tmp_path / "gitlog.tsv").write_text("a1\t2026-08-21T20:00:00Z\t🟥 Back is down (0 in 0 ms)\n")
    return tmp_path


def take(root: Path) -> TakenWords:
    dump = read_dump([root / "comments.json", root / "issues.json"])
    return take_issues(Site(root, given_now=NOW), dump)


def test_an_incident_with_the_updates_of_people_who_may_write(root: Path) -> None:
    take(root)

    loaded = Site(root, given_now=NOW).incidents
    assert loaded.problems == ()
    by_title = {each.title: each for each in loaded.incidents}
    shop = by_title["Shop — Web is down"]
    assert [(update.phase, update.body.partition("\n")[0]) for update in shop.updates] == [
        (Phase.INVESTIGATING, "In [`abc`](https://x), Shop was **down**:"),
        (Phase.IDENTIFIED, "the queue is full"),
        (Phase.IDENTIFIED, "We *empty* it."),
        (Phase.RESOLVED, "Shop is back up after 2 hours, 18 minutes."),
        (Phase.POSTMORTEM, "It was the disk."),
    ]
    assert shop.started == parse_instant("2026-08-21T20:00:00Z")
    assert shop.resolved == parse_instant("2026-08-21T22:17:00Z")
    assert [each.component for each in shop.affected] == ["shop-web"]
    back = by_title["Back has degraded performance"]
    assert (back.impact, back.resolved) == (Impact.MINOR, None)
    assert len(loaded.incidents) == 3


def test_a_window_with_its_times_and_components(root: Path) -> None:
    take(root)

    (window,) = Site(root, given_now=NOW).windows.windows
    assert (window.title, window.components, window.about) == ("Disk swap", ("backend",), "Disk")
    assert window.first.start == parse_instant("2026-08-24T13:00:00Z")


def test_what_is_not_taken_over_is_said(root: Path) -> None:
    done = take(root)

    told = "\n".join(done.left)
    assert "#1: 1 comments by people who may not write" in told
    assert "#2: is open there" in told
    assert "#3" in told
    assert "#5" in told
    assert "#6" in told
    assert "names no start" in told
    assert "#9" in told
    assert "no component that is configured" in told
    assert "#7" not in told
    assert (done.incidents, done.windows, len(done.written)) == (3, 1, 4)


def test_it_is_brought_once_and_edits_stay(root: Path) -> None:
    first = take(root)
    edited = first.written[0]
    edited.write_text(edited.read_text("utf-8").replace("the queue", "a queue"), "utf-8")
    before = edited.read_bytes()

    again = take(root)

    assert (again.known, again.written) == (4, [])
    assert edited.read_bytes() == before


@pytest.mark.parametrize("text", ["{", "nothing", '[{"name": "x"}]', '[]{"a": 1}'])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(InputError) as caught:
        read_dump([tmp_path / "x.json"])
    assert "x.json" in str(caught.value)


def test_the_command_says_what_cannot_be_known(root: Path) -> None:
    files = ("--issues", "issues.json", "--issues", "comments.json")
    dry = statusgen(root, "import", "upptime", ".", *files, "--dry-run")
    assert dry.code == 0, dry.err
    assert not (root / "content").exists()
    assert "3 incidents, 1 windows; 4 files would be written" in dry.err
    assert "deletes the issue of an incident shorter than 15 minutes" in dry.err

    done = statusgen(root, "import", "upptime", ".", *files, "--json")
    assert (done.json["incidents"], len(done.json["files"])) == (3, 4)
    assert statusgen(root, "validate").code == 0
    refused = statusgen(root, "import", "upptime", ".", "--repository", "a/b")
    assert (refused.code, "GITHUB_TOKEN" in refused.err) == (2, True)
