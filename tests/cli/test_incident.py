"""People at work on incidents and windows: commands, the files they write, and what pages say."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.harness import Done, statusgen, write_config

CONFIG = (
    "site: {name: Shop, url: 'https://status.example.com/'}\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example.com/}\n"
    "  - {id: login, name: Sign-in, url: https://login.example.com/}\n"
)
NOW = "2026-11-20T20:10:00Z"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def opened(root: Path, *more: str) -> Done:
    return statusgen(
        root, "incident", "open", "--title", "Sign-in fails", "--impact", "major",
        "--component", "login", "--component", "api=minor", "--at", NOW,
        "--what", "Nobody can sign in.", "--do", "Stay signed in.", "--next", "30m", *more,
    )  # fmt: skip


FILE = "content/incidents/2026-11-20-sign-in-fails.md"


def listed(root: Path, kind: str = "incident") -> list[dict[str, object]]:
    done = statusgen(root, kind, "list", "--json")
    assert done.code == 0, done.err
    found: list[dict[str, object]] = json.loads(done.out)
    return found


def test_an_incident_from_its_opening_to_its_end(root: Path) -> None:
    done = opened(root)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"wrote {FILE}\n"
    text = (root / FILE).read_text()
    assert re.sub(r"uid: .*", "uid: …", text) == (
        "---\ntitle: Sign-in fails\nimpact: major\naffected:\n  - login\n"
        "  - {component: api, impact: minor}\nstarted: 2026-11-20T20:10:00Z\nuid: …\n---\n\n"
        "## Investigating · 2026-11-20T20:10:00Z · next update 2026-11-20T20:40:00Z\n\n"
        "Nobody can sign in.\n\n**What you can do:** Stay signed in.\n"
    )
    done = statusgen(
        root, "incident", "update", "--phase", "identified", "--at", "2026-11-20T20:50:00Z",
        "--text", "A disk is full.", "--next", "2026-11-20T21:30:00Z",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    done = statusgen(
        root, "incident", "resolve", "--at", "2026-11-20T21:20:00Z", "--text", "All is well."
    )
    assert (done.code, done.err) == (0, "")

    (only,) = listed(root)
    assert (only["phase"], only["resolved"]) == ("resolved", "2026-11-20T21:20:00Z")
    assert only["promises"] == [
        {"due": "2026-11-20T20:40:00Z", "came": "2026-11-20T20:50:00Z"},  # late, for the record
        {"due": "2026-11-20T21:30:00Z", "came": "2026-11-20T21:20:00Z"},
    ]
    assert statusgen(root, "validate", "--strict").code == 0


def test_what_a_person_wrote_by_hand_stays_to_the_byte(root: Path) -> None:
    path = root / "content/incidents/2026-11-20-hand.md"
    path.parent.mkdir(parents=True)
    head = (
        "---\n# opened at 3 a.m.\ntitle: 'Hand'   # quoted\nimpact: minor\naffected: [ login ]\n"
        "next_update: 2026-11-20T20:40:00Z\n---\n\n"
    )
    body = "##  Investigating - 2026-11-20 20:10Z\n\nWe *look*.  \n"
    path.write_text(head + body)

    done = statusgen(
        root, "incident", "update", "2026-11-20-hand", "--phase", "identified",
        "--at", "2026-11-20T20:50:00Z", "--text", "Found.", "--next", "1h", "--impact", "major",
    )  # fmt: skip

    assert (done.code, done.err) == (0, "")
    assert path.read_text() == (
        head.replace("impact: minor", "impact: major").replace(
            "next_update: 2026-11-20T20:40:00Z\n", ""
        )
        + "##  Investigating - 2026-11-20 20:10Z · next update 2026-11-20T20:40:00Z\n\n"
        + "We *look*.  \n\n"
        + "## Identified · 2026-11-20T20:50:00Z · next update 2026-11-20T21:50:00Z\n\nFound.\n"
    )
    (only,) = listed(root)
    assert only["promises"] == [
        {"due": "2026-11-20T20:40:00Z", "came": "2026-11-20T20:50:00Z"},
        {"due": "2026-11-20T21:50:00Z", "came": None},
    ]


def test_a_late_promise_says_so_by_itself_and_stands_first(root: Path) -> None:
    assert opened(root).code == 0
    statusgen(
        root, "incident", "open", "--title", "Later", "--impact", "none", "--at",
        "2026-11-20T21:00:00Z", "--text", "Slow.", "--next", "30d",
    )  # fmt: skip
    out = statusgen(root, "incident", "list").out.splitlines()
    assert "Sign-in fails\tinvestigating, update promised 2026-11-20T20:40:00Z" in out[1]
    assert statusgen(root, "build", "--engine", "none", "--now", "2026-11-20T20:41:00Z").code == 0
    page = (root / "site/index.html").read_text()
    # Sign-in's promise is late and Later's is not; scripts show its other sentence in time.
    assert page.count('<p class="notice">An update was promised by') == 1
    assert statusgen(root, "build", "--engine", "none", "--now", "2026-11-20T20:39:00Z").code == 0
    page = (root / "site/index.html").read_text()
    assert '<p class="notice">An update' not in page
    assert "Next update promised by" in page


def test_a_withdrawn_incident_leaves_the_pages_and_its_feed_entry_says_so(root: Path) -> None:
    assert opened(root).code == 0
    done = statusgen(root, "incident", "withdraw", "--at", "2026-11-20T20:20:00Z")
    assert (done.code, done.err) == (0, "")
    build = statusgen(root, "build", "--engine", "none", "--now", "2026-11-20T21:00:00Z")
    assert build.code == 0, build.err
    for page in ("index.html", "history/index.html", "history/2026-11/index.html"):
        assert "Sign-in fails" not in (root / "site" / page).read_text(), page
    own = root / "site/incidents/2026-11-20-sign-in-fails/index.html"
    assert "this was a false alarm" in own.read_text()
    rss = ET.parse(root / "site/history/rss.xml").getroot()
    assert [item.text for item in rss.iter("title")][1:] == [
        "Withdrawn: Sign-in fails", "Investigating: Sign-in fails",
    ]  # fmt: skip
    atom = (root / "site/components/login/atom.xml").read_text()
    assert "<title>Withdrawn: Sign-in fails</title>" in atom


def test_a_postmortem_does_not_bring_a_withdrawn_incident_back(root: Path) -> None:
    assert opened(root).code == 0
    name = "2026-11-20-sign-in-fails"
    statusgen(root, "incident", "withdraw", name, "--at", "2026-11-20T20:20:00Z")
    done = statusgen(
        root, "incident", "update", name, "--phase", "postmortem", "--at",
        "2026-11-21T20:20:00Z", "--text", "The probe was wrong.",
    )  # fmt: skip
    assert done.code == 0, done.err
    (only,) = listed(root)
    assert only["withdrawn"] == "2026-11-20T20:20:00Z"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("open", "--impact", "major", "--text", "x"), "--title is missing"),
        (("open", "--title", "x", "--text", "x"), "--impact is missing"),
        (("open", "--title", "x", "--impact", "none"), "--what or --text is missing"),
        (("open", "--title", "x", "--impact", "bad", "--text", "x"), "'bad' is not one of"),
        (
            ("open", "--title", "x", "--impact", "none", "--text", "x", "--component", "logn"),
            "there is no component 'logn'; did you mean 'login'?",
        ),
        (
            ("open", "--title", "x", "--impact", "none", "--text", "x", "--component", "api=big"),
            "--component api=big: write one of",
        ),
        (
            ("open", "--title", "x", "--impact", "none", "--text", "x", "--at", "2096-01-01 10:00"),
            "lies ahead of the clock",
        ),
        (("open", "--title", "x", "--impact", "none", "--text", "x", "--next", "soon"), "--next: "),
        (("update", "--text", "x"), "no incident lasts; name one"),
        (("resolve", "2026-11-20-nothing", "--text", "x"), "there is no incident"),
    ],
)
def test_a_wrong_command_says_what_to_write_and_writes_nothing(
    root: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = statusgen(root, "incident", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not (root / "content").exists()


def test_text_that_looks_like_a_heading_stays_text(root: Path) -> None:
    done = statusgen(
        root, "incident", "open", "--title", "a: b # <script>alert(1)</script>", "--impact",
        "minor", "--at", NOW, "--next", "1h",
        "--text", "## Resolved · 2026-11-20T20:11:00Z\n---\n<img src=x onerror=alert(1)>",
    )  # fmt: skip
    assert done.code == 0, done.err
    (only,) = listed(root)
    assert (only["title"], only["resolved"]) == ("a: b # <script>alert(1)</script>", None)
    assert statusgen(root, "build", "--engine", "none", "--now", NOW).code == 0
    for page in (root / "site").rglob("*.html"):
        assert "<script>alert" not in page.read_text()
        assert "<img src=x" not in page.read_text()


def test_a_window_from_its_announcement_to_its_end(root: Path) -> None:
    done = statusgen(
        root, "maintenance", "schedule", "--title", "Database upgrade", "--component", "api",
        "--start", "2026-11-25 02:00Z", "--duration", "2h", "--text", "Orders wait.", "--at", NOW,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    name = "2026-11-25-database-upgrade"
    later = ("--at", "2026-11-25T02:30:00Z", "--text", "It takes longer.")
    done = statusgen(root, "maintenance", "update", name, *later, "--end", "2026-11-25T05:00:00Z")
    assert done.code == 0, done.err
    (only,) = listed(root, "maintenance")
    assert (only["start"], only["end"]) == ("2026-11-25T02:00:00Z", "2026-11-25T05:00:00Z")

    sizes = []
    for now in ("2026-11-24T00:00:00Z", "2026-11-25T03:00:00Z", "2026-11-25T06:00:00Z"):
        assert statusgen(root, "build", "--engine", "none", "--now", now).code == 0
        page = (root / "site/index.html").read_text()
        sizes.append(("Upcoming maintenance" in page, "Maintenance in progress" in page))
    assert sizes == [(True, False), (False, True), (False, True)]
    assert "It was due to end" in page  # begun by a person's word, it is ended by one
    done = statusgen(
        root, "maintenance", "update", name, "--phase", "completed", "--at", "2026-11-25T05:20:00Z"
    )
    assert done.code == 0, done.err
    assert statusgen(root, "build", "--engine", "none", "--now", "2026-11-25T06:00:00Z").code == 0
    assert "Maintenance in progress" not in (root / "site/index.html").read_text()
    titles = [e.text for e in ET.parse(root / "site/history/rss.xml").getroot().iter("title")]
    assert titles[1:] == [
        "Maintenance Completed: Database upgrade",
        "Maintenance Overrunning: Database upgrade",
        "Maintenance In Progress: Database upgrade",
        "Maintenance In Progress: Database upgrade",
        "Maintenance Scheduled: Database upgrade",
    ]
    calendar = Calendar.from_ical((root / "site/maintenance.ics").read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-11-25T02:00:00+00:00"
    assert event.decoded("dtend").isoformat() == "2026-11-25T05:00:00+00:00"


def test_a_cancelled_window_is_cancelled_everywhere(root: Path) -> None:
    statusgen(
        root, "maintenance", "schedule", "--title", "Move", "--component", "api",
        "--start", "2026-11-25 02:00Z", "--duration", "2h", "--text", "x", "--at", NOW,
    )  # fmt: skip
    done = statusgen(
        root, "maintenance", "cancel", "2026-11-25-move", "--at", "2026-11-21T20:10:00Z"
    )
    assert (done.code, done.err) == (0, "")
    build = statusgen(root, "build", "--engine", "none", "--now", "2026-11-25T03:00:00Z")
    assert build.code == 0, build.err
    page = (root / "site/index.html").read_text()
    assert "Move" not in page
    assert "Under Maintenance" not in page
    calendar = Calendar.from_ical((root / "site/maintenance.ics").read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert event["status"] == "CANCELLED"


def test_a_file_of_an_editor_with_other_line_ends_keeps_them(root: Path) -> None:
    path = root / "content/incidents/x.md"
    path.parent.mkdir(parents=True)
    lines = ["---", "title: X", "impact: minor", "next_update: 2026-11-20T20:40:00Z", "---", ""]
    lines += ["## Investigating · 2026-11-20T20:10:00Z", "", "We look.", ""]
    path.write_bytes("\r\n".join(lines).encode())

    done = statusgen(root, "incident", "resolve", "--at", "2026-11-20T20:50:00Z", "--text", "Done.")

    assert (done.code, done.err) == (0, "")
    written = path.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert b"20:10:00Z \xc2\xb7 next update 2026-11-20T20:40:00Z\r\n\r\nWe look.\r\n" in written


def test_a_window_that_repeats_by_a_word(root: Path) -> None:
    done = statusgen(
        root, "maintenance", "schedule", "--title", "Überprüfung", "--component", "api",
        "--start", "2026-12-06 02:00", "--end", "2026-12-06 04:00", "--repeat", "weekly",
        "--text", "x", "--at", NOW,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    (only,) = listed(root, "maintenance")
    assert (only["id"], only["repeat"]) == ("2026-12-06-uberprufung", "FREQ=WEEKLY")
