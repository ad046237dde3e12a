"""Upptime's maintenance issues, read as windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant
from statusgen.incident.window import WindowPhase
from tests.github.world import START, World, world

BODY = """\
<!--
start: 2026-11-20T22:00:00.220Z
end: 2026-11-20T23:30:00.220Z
expectedDown: api, nosuch
expectedDegraded: web
-->

We move to *new disks*.
"""
BEGIN, END = parse_instant("2026-11-20T22:00:00Z"), parse_instant("2026-11-20T23:30:00Z")
assert START < BEGIN


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        made.github.permissions = {"ann": "write", "bob": "read"}
        made.github.associations = {"ann": "MEMBER", "bob": "COLLABORATOR"}
        yield made


def plan(here: World, body: str = BODY, login: str = "ann") -> int:
    return here.github.opens(login, "New disks", body, ("maintenance",))


def test_an_issue_is_a_window(here: World) -> None:
    number = plan(here)
    done = here.sync()
    assert done.problems == [f"maintenance #{number}: there is no component 'nosuch'"]
    (window,) = here.site.windows.windows
    assert (window.first.start, window.first.end) == (BEGIN, END)
    assert window.title == "New disks"
    assert window.components == ("api", "web")
    assert window.about == "We move to *new disks*."
    assert not here.site.windows.problems
    before = len(here.github.asked)
    here.later().sync()
    assert {status for _, _, status in here.github.asked[before:]} == {304}


def test_an_issue_that_is_edited_moves_its_window(here: World) -> None:
    number = plan(here)
    here.sync()
    here.later()
    moved = BODY.replace("23:30", "23:45")
    here.github.issues[number].update(body=moved, updated_at="2026-11-18T12:00:00Z")
    here.sync()
    (window,) = here.site.windows.windows
    assert window.first.end == END + 900


def test_after_its_end_an_issue_is_closed(here: World) -> None:
    number = plan(here)
    here.sync()
    here.now = END - 1
    here.sync()
    assert here.github.issues[number]["state"] == "open"
    here.now = END
    here.sync()
    assert here.github.issues[number]["state"] == "closed"
    (window,) = here.site.windows.windows
    assert window.updates == ()
    written = len(here.github.mutations())
    here.later().sync()
    assert len(here.github.mutations()) == written


@pytest.mark.parametrize(
    ("at", "phase"),
    [(BEGIN - 3600, WindowPhase.CANCELLED), (BEGIN + 600, WindowPhase.COMPLETED)],
)
def test_closed_before_its_time_it_is_cancelled_or_completed(
    at: int, phase: WindowPhase, here: World
) -> None:
    number = plan(here)
    here.sync()
    here.now = at
    here.github.closes(number)
    here.sync()
    (window,) = here.site.windows.windows
    assert [(each.at, each.phase) for each in window.updates] == [(at, phase)]


def test_without_its_label_it_is_cancelled(here: World) -> None:
    number = plan(here)
    here.sync()
    here.later()
    here.github.issues[number].update(labels=[], updated_at="2026-11-18T12:00:00Z")
    here.sync()
    (window,) = here.site.windows.windows
    assert [each.phase for each in window.updates] == [WindowPhase.CANCELLED]


@pytest.mark.parametrize("login", ["bob", "eve", "ann[bot]"])
def test_who_may_not_write_mutes_nothing(login: str, here: World) -> None:
    plan(here, login=login)
    here.sync()
    assert here.site.windows.windows == ()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("no comment at all", "names no start and no end"),
        ("<!-- start: 2026-11-20T22:00:00Z -->", "names no end"),
        ("<!--\nstart: tomorrow\nend: 2026-11-20T23:00:00Z\n-->", "'tomorrow' is not a time"),
        (BODY.replace("end: 2026-11-20", "end: 2026-11-19"), "its end is not after its start"),
        (BODY.replace("end: 2026", "end: 2036"), "its end is not after its start"),
    ],
)
def test_what_cannot_be_read_is_told(body: str, says: str, here: World) -> None:
    number = plan(here, body)
    (problem,) = here.sync().problems
    assert f"#{number}" in problem
    assert says in problem


@pytest.mark.parametrize(
    "body",
    [
        "<!-- a template: fill in -->\n" + BODY,
        BODY.replace("\n", "\r\n"),
        BODY.replace("expectedDown", "ExpectedDown").replace("start:", "  start :"),
        BODY.replace(".220Z", "Z"),
        BODY.replace("T22:00:00.220Z", " 22:00").replace("T23:30:00.220Z", " 23:30"),
    ],
)
def test_it_is_read_as_upptime_reads_it(body: str, here: World) -> None:
    plan(here, body)
    here.sync()
    (window,) = here.site.windows.windows
    assert (window.first.start, window.first.end) == (BEGIN, END)
    assert window.components == ("api", "web")


def test_a_limit_in_the_middle_loses_no_window(here: World) -> None:
    plan(here)
    limited = (403, {"Retry-After": "60"}, {"message": "secondary rate limit"})
    here.github.faults = [("GET /collaborators/ann", limited)]
    here.sync()
    assert here.site.windows.windows == ()
    here.later().sync()
    assert len(here.site.windows.windows) == 1


def test_comments_of_people_who_may_write_become_updates(here: World) -> None:
    number = plan(here)
    here.github.comments_on(number, "ann", "We need *more* disks.")
    here.github.comments_on(number, "bob", "I may only read.")
    here.github.comments_on(number, "eve", "A stranger.")
    here.sync()
    (window,) = here.site.windows.windows
    assert [(update.phase, update.body) for update in window.updates] == [
        (WindowPhase.SCHEDULED, "We need *more* disks.")
    ]
    assert (window.first.start, window.first.end) == (BEGIN, END)

    here.now = BEGIN + 60
    first = here.github.comments_on(number, "ann", "**In progress:** the first is out.")
    here.later(600)
    here.github.comments_on(number, "ann", "Completed in no time, we hope.")
    here.later(600)
    here.github.comments_on(number, "ann", "Completed.\n\nAll new.")
    here.sync()
    (window,) = here.site.windows.windows
    assert [(update.phase, update.body) for update in window.updates[1:]] == [
        (WindowPhase.IN_PROGRESS, "the first is out."),
        (WindowPhase.SCHEDULED, "Completed in no time, we hope."),
        (WindowPhase.COMPLETED, "All new."),
    ]
    assert not here.site.windows.problems

    del here.github.comments[first]
    here.github.issues[number]["updated_at"] = "2026-11-20T22:30:00Z"
    here.sync()
    (window,) = here.site.windows.windows
    assert len(window.updates) == 3
