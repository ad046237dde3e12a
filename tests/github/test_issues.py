"""Incidents told as issues and comments read back, against a double of GitHub with its faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.incident.model import Phase
from tests.github.rest import BOT
from tests.github.world import CONFIG, World, world


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as made:
        made.github.permissions = {"ann": "write", "root": "admin", "bob": "read", "tri": "read"}
        made.github.associations = {"ann": "MEMBER", "bob": "MEMBER", "root": "OWNER"}
        yield made


def only(here: World) -> int:
    (number,) = here.github.issues
    return number


def test_an_incident_is_opened_told_and_closed_as_an_issue(here: World) -> None:
    incident = here.open()
    assert not here.sync().problems
    issue = here.github.issues[only(here)]
    assert issue["title"] == "API is down"
    assert [label["name"] for label in issue["labels"]] == ["status", "api"]
    assert "It does not answer." in issue["body"]
    assert "- Backend API" in issue["body"]
    assert f"https://status.example.com/incidents/{incident.id}/" in issue["body"]

    here.later().say(Phase.IDENTIFIED, "A disk is full.")
    here.later().sync()
    assert issue["state"] == "open"
    here.later().say(Phase.RESOLVED, "It has a new disk.")
    here.later().sync()
    assert issue["state"] == "closed"
    assert issue["state_reason"] == "completed"
    identified, resolved = here.github.said(only(here))
    assert identified.startswith("**Identified** · ")
    assert "A disk is full." in identified
    assert "It has a new disk." in resolved


def test_nothing_is_written_twice_and_little_is_asked(here: World) -> None:
    here.open()
    here.sync()
    here.later().sync()
    before = len(here.github.asked)
    for _ in range(3):
        here.later().sync()
    asked = here.github.asked[before:]
    assert len(asked) == 9  # a run: open issues, maintenance, comments of the one that lasts
    assert {status for _, _, status in asked} == {304}
    assert len(here.github.mutations()) == 1


def test_words_that_change_in_a_file_change_there(here: World) -> None:
    incident = here.open()
    here.later().say(Phase.IDENTIFIED, "A disk is full.")
    here.sync()
    path = next(here.root.rglob(f"{incident.id}.md"))
    path.write_text(path.read_text().replace("disk is full", "disk broke"))
    path.write_text(path.read_text().replace("API is down", "Logins fail"))
    here.later().sync()
    assert here.github.issues[only(here)]["title"] == "Logins fail"
    (said,) = here.github.said(only(here))
    assert "A disk broke." in said


def test_comments_of_people_who_may_write_are_updates_once(here: World) -> None:
    incident = here.open()
    here.sync()
    issue = only(here)
    here.later()
    comment = here.github.comments_on(issue, "ann", "**Identified:** a disk is full.\r\nSorry!")
    for login in ("bob", "eve", "dependabot[bot]"):
        here.github.comments_on(issue, login, "Resolved: all is well, trust me.")
    for _ in range(3):
        here.later().sync()
    told = here.incident(incident.id)
    assert [(each.phase, each.body) for each in told.updates[1:]] == [
        (Phase.IDENTIFIED, "a disk is full.\nSorry!")
    ]
    assert told.updates[1].comment == comment
    assert told.open
    assert here.github.said(issue) == []  # it is not told back to where it came from

    here.github.edits(comment, "Identified: a cable, not a disk.")
    here.later().sync()
    told = here.incident(incident.id)
    assert [each.body for each in told.updates[1:]] == ["a cable, not a disk."]
    here.later()
    here.github.comments_on(issue, "root", "Resolved\n\nThe cable is new.")
    here.later().sync()
    here.later().sync()
    assert not here.incident(incident.id).open
    assert here.github.issues[issue]["state"] == "closed"


def test_a_deleted_comment_leaves_no_words_and_moves_no_other(here: World) -> None:
    incident = here.open()
    here.sync()
    comment = here.github.comments_on(only(here), "ann", "The password is hunter2")
    here.later().sync()
    here.later().say(Phase.IDENTIFIED, "A disk is full.")
    here.later().sync()
    del here.github.comments[comment]
    here.later().sync()
    here.later().sync()
    told = here.incident(incident.id)
    assert [each.body for each in told.updates[1:]] == ["", "A disk is full."]
    assert len(here.github.said(only(here))) == 1


@pytest.mark.parametrize(
    ("text", "phase", "body"),
    [
        ("Monitoring: a fix is out", Phase.MONITORING, "a fix is out"),
        ("### Identified\nA disk.", Phase.IDENTIFIED, "A disk."),
        ("RESOLVED", Phase.RESOLVED, "Resolved."),
        ("Identified: **disk** is full", Phase.IDENTIFIED, "**disk** is full"),
        ("**Identified**: a disk", Phase.IDENTIFIED, "a disk"),
        ("__Identified__\n\n_a_ disk", Phase.IDENTIFIED, "_a_ disk"),
        ("> Resolved.", Phase.RESOLVED, "Resolved."),
        ("resolved-ish, we hope", Phase.INVESTIGATING, None),
        ("Monitoring.example.com is back", Phase.INVESTIGATING, None),
        ("Postmortem – what we learnt", Phase.POSTMORTEM, "what we learnt"),
        ("Resolved it for half of you, more soon", Phase.INVESTIGATING, None),
        ("We are monitoring: no news", Phase.INVESTIGATING, None),
        ("identifiedly speaking", Phase.INVESTIGATING, None),
    ],
)
def test_the_first_word_of_a_comment_says_the_state(
    text: str, phase: Phase, body: str | None, here: World
) -> None:
    incident = here.open()
    here.sync()
    here.later().github.comments_on(only(here), "ann", text)
    here.later().sync()
    update = here.incident(incident.id).updates[1]
    assert (update.phase, update.body) == (phase, body or text)


def test_a_comment_after_the_end_is_a_postmortem(here: World) -> None:
    incident = here.open()
    here.sync()
    here.later().say(Phase.RESOLVED, "Done.")
    here.sync()
    here.later().github.comments_on(only(here), "ann", "It was a cable.")
    here.later().sync()
    told = here.incident(incident.id)
    assert told.updates[-1].phase is Phase.POSTMORTEM
    assert not told.open


def test_a_stranger_cannot_pretend_that_something_was_told(here: World) -> None:
    incident = here.open()
    uid = here.incident(incident.id).uid
    forged = f"<!-- statusgen {uid} issue 0123456789ab -->"
    here.github.opens("eve", "ha", forged)
    here.sync()
    ours = max(here.github.issues)
    assert here.github.issues[ours]["user"]["login"] == BOT
    here.github.comments_on(ours, "eve", f"<!-- statusgen {uid} 2 0123456789ab -->")
    here.later().say(Phase.IDENTIFIED, f"A disk. <!-- statusgen {uid} 3 0123456789ab -->")
    here.sync()
    here.later().say(Phase.MONITORING, "A new disk.")
    here.later().sync()
    (here.root / "data/history/github/state.json").unlink()
    here.later().sync()
    assert len(here.github.said(ours)) == 2
    assert len(here.github.issues) == 2


def test_what_was_over_before_is_not_told_and_what_lasts_is(here: World) -> None:
    here.open("Old one")
    here.later().say(Phase.RESOLVED, "Done.")
    here.later().open("Present one")
    here.later().sync()
    assert [each["title"] for each in here.github.issues.values()] == ["Present one"]


def test_a_person_who_closes_or_renames_is_not_contradicted(here: World) -> None:
    here.open()
    here.sync()
    issue = here.github.issues[only(here)]
    here.github.closes(only(here))
    issue["title"] = "The thing with the API"
    here.later().sync()
    (here.root / "data/history/github/state.json").unlink()
    here.later().sync()
    assert issue["state"] == "closed"
    assert issue["title"] == "The thing with the API"
    assert len(here.github.issues) == 1


def test_an_issue_that_a_person_deleted_stays_deleted(here: World) -> None:
    here.open()
    here.open("Web is down", ("web",))
    here.sync()
    del here.github.issues[min(here.github.issues)]
    for _ in range(3):
        done = here.later().sync()
    assert len(here.github.issues) == 1
    assert not done.problems


def test_a_withdrawn_incident_is_closed_as_not_planned(here: World) -> None:
    here.open()
    here.sync()
    here.later().say(Phase.WITHDRAWN, "Our own check was wrong.")
    here.later().sync()
    assert here.github.issues[only(here)]["state_reason"] == "not_planned"


def test_many_issues_and_comments_are_read_page_by_page(here: World) -> None:
    here.github.page = 2
    for number in range(7):
        here.github.opens("eve", f"question {number}", "how do I?", ("status",))
    incident = here.open()
    here.sync()
    ours = max(here.github.issues)
    for number in range(5):
        here.later(60).github.comments_on(ours, "ann", f"news {number}")
    here.later().sync()
    (here.root / "data/history/github/state.json").unlink()
    here.later().sync()
    assert [each.body for each in here.incident(incident.id).updates[1:]] == [
        f"news {number}" for number in range(5)
    ]
    assert len(here.github.issues) == 8


def test_a_page_elsewhere_is_not_asked(here: World) -> None:
    link = {"Link": '<http://127.0.0.1:9/steal>; rel="next"'}
    here.open()
    here.github.faults = [("GET /issues", (200, link, []))]
    assert not here.sync().problems
    assert len(here.github.issues) == 1


def test_of_two_runs_at_one_moment_the_older_issue_stays(here: World) -> None:
    incident = here.open()
    uid = here.incident(incident.id).uid
    real = here.github.opens

    def raced(login: str, title: str, body: str, labels: tuple[str, ...] = ()) -> int:
        here.github.opens = real  # type: ignore[method-assign]
        real(BOT, title, f"<!-- statusgen {uid} issue 0123456789ab -->", labels)
        return real(login, title, body, labels)

    here.github.opens = raced  # type: ignore[method-assign]
    here.sync()
    here.later().say(Phase.IDENTIFIED, "A disk.")
    here.later().sync()
    first, second = sorted(here.github.issues)
    assert here.github.issues[first]["state"] == "open"
    assert here.github.issues[second]["state"] == "closed"
    assert len(here.github.said(first)) == 1
    assert here.github.said(second) == []


@pytest.mark.parametrize("forgotten", [True, False])
def test_of_two_comments_at_one_moment_the_older_stays(forgotten: bool, here: World) -> None:
    here.open()
    here.sync()
    here.later().say(Phase.IDENTIFIED, "A disk.")
    here.sync()
    (text,) = here.github.said(only(here))
    here.github.comments_on(only(here), BOT, text)
    if forgotten:
        (here.root / "data/history/github/state.json").unlink()
    for _ in range(2):
        assert not here.later().sync().problems
    assert here.github.said(only(here)) == [text]
    assert min(here.github.comments) == 2


def test_many_incidents_are_told_over_runs(here: World) -> None:
    for number in range(40):
        here.later(1).open(f"Trouble {number}")
    first = here.sync()
    assert (first.wrote, first.problems) == (30, [])
    assert here.later().sync().wrote == 10
    assert sorted(i["title"] for i in here.github.issues.values()) == sorted(
        f"Trouble {number}" for number in range(40)
    )


LIMIT = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795003600"}
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait."}


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ((403, LIMIT, {"message": "API rate limit exceeded"}), 3600),
        ((429, LIMIT, {}), 3600),
        ((403, {"Retry-After": "90"}, SECONDARY), 90),
        ((403, {}, SECONDARY), 60),
        ((429, {}, {}), 60),
        ((403, {"Retry-After": "999999999"}, SECONDARY), 7200),
    ],
)
def test_limits_are_waited_for_and_nothing_is_asked_meanwhile(
    fault: tuple[int, dict[str, str], dict[str, str]], waits: int, here: World
) -> None:
    here.open()
    here.github.faults = [("POST /issues", fault)]
    done = here.sync()
    assert "limit" in done.problems[0]
    asked = len(here.github.asked)
    here.later(waits - 1).sync()
    assert len(here.github.asked) == asked
    assert not here.later(1).sync().problems
    assert len(here.github.issues) == 1


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ((401, {}, {"message": "Bad credentials"}), "token is refused"),
        ((403, {}, {"message": "Resource not accessible by integration"}), "issues: write"),
        ((404, {}, {"message": "Not Found"}), "no such repository"),
        ((410, {}, {"message": "Issues has been disabled"}), "switched off"),
        ((500, {}, {}), "HTTP 500"),
        ((301, {"Location": "http://127.0.0.1:9/"}, {}), "moved"),
    ],
)
def test_refusals_are_told_and_made_good(
    fault: tuple[int, dict[str, str], dict[str, str]], says: str, here: World
) -> None:
    here.open()
    here.github.faults = [("POST /issues", fault)]
    (problem,) = here.sync().problems
    assert says in problem
    assert here.github.token not in problem
    assert not here.later().sync().problems
    assert len(here.github.issues) == 1


def test_words_of_somebody_whose_rights_cannot_be_asked_wait(here: World) -> None:
    incident = here.open()
    here.sync()
    here.later().github.comments_on(only(here), "ann", "A disk is full.")
    here.github.faults = [("GET /collaborators/ann", (403, {}, {"message": "no"}))]
    assert "ann" in here.later().sync().problems[0]
    assert len(here.incident(incident.id).updates) == 1
    here.later().sync()
    assert len(here.incident(incident.id).updates) == 2


def test_without_a_token_nothing_is_asked(here: World) -> None:
    here.open()
    here.environ.pop("GITHUB_TOKEN")
    done = here.sync()
    assert "GITHUB_TOKEN" in done.problems[0]
    assert here.github.asked == []


def test_a_token_goes_over_tls_alone(here: World) -> None:
    here.open()
    here.environ["GITHUB_API_URL"] = "http://api.example.com"
    assert "https://" in here.sync().problems[0]


def test_comments_can_be_left_alone(tmp_path: Path) -> None:
    with world(tmp_path, CONFIG.replace("true}", "true, comments: false}")) as here:
        here.github.permissions, here.github.associations = {"ann": "admin"}, {"ann": "OWNER"}
        incident = here.open()
        here.sync()
        here.later().github.comments_on(only(here), "ann", "Resolved: yes")
        here.later().sync()
        assert len(here.incident(incident.id).updates) == 1


HOSTILE = (
    "<script>alert(1)</script>",
    "---\ntitle: x\n---\n## Resolved · 2026-11-20T20:10:03Z\nhaha",
    "\x00\x1b[31mred\u202e",
    "<!-- statusgen urn:uuid:00000000-0000-0000-0000-000000000000 2 0123456789ab -->",
    "x" * 70_000,
    '}\n{"v":1}',
    "[a](javascript:alert(1)) ![x](http://evil.example/p.png)",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words(text: str, here: World) -> None:
    incident = here.open()
    here.sync()
    here.later().github.comments_on(only(here), "ann", text)
    here.later().github.comments_on(only(here), "ann", "And news.")
    here.later().sync()
    told = here.incident(incident.id)
    assert told.open
    assert told.updates[-1].body == "And news."
    assert not here.site.incidents.problems


@pytest.mark.parametrize(
    "broken",
    [
        {"number": "1"},
        {"number": None, "user": "x"},
        {"number": True, "created_at": "2026-11-18T11:06:40Z"},
        {"number": 4, "created_at": "yesterday"},
        {"number": 5, "created_at": "2026-11-18T11:06:40Z", "labels": 7, "user": None, "body": []},
        "text",
        None,
    ],
)
def test_answers_that_are_not_as_documented_break_nothing(broken: object, here: World) -> None:
    here.open()
    here.github.faults = [("GET /issues", (200, {}, [broken])) for _ in range(3)]
    here.sync()
    assert not here.later().sync().problems
    assert len(here.github.issues) == 1
