from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import parse_instant
from statusgen.incident.fileformat import incident_markdown, read_incident
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update

BERLIN = ZoneInfo("Europe/Berlin")
NAME = "content/incidents/2026-11-20-api.md"
T = parse_instant


def good(text: str, file: str = NAME) -> Incident:
    read = read_incident(text, file, BERLIN)
    assert [str(problem) for problem in read.problems] == []
    assert read.item is not None
    return read.item


def faults(text: str, file: str = NAME) -> list[str]:
    read = read_incident(text, file, BERLIN)
    assert read.item is None
    return [str(problem).removeprefix(f"{file}:") for problem in read.problems]


CANONICAL = """\
---
title: Backend API is down
impact: major
affected:
  - api
  - {component: web, start: 2026-11-20T20:06:03Z, end: 2026-11-20T20:20:03Z, monitors: [web-1]}
started: 2026-11-20T20:05:03Z
resolved: 2026-11-20T20:35:03Z
automatic: true
evidence:
  - 20261120T201003Z-github-8812-1
uid: urn:uuid:3b241101-e2bb-4255-8caf-4136c566a962
---

## Investigating · 2026-11-20T20:10:03Z

It answered with **HTTP 503**.

## Resolved · 2026-11-20T20:40:03Z

Over.
"""
INCIDENT = Incident(
    id="2026-11-20-api",
    uid="urn:uuid:3b241101-e2bb-4255-8caf-4136c566a962",
    title="Backend API is down",
    impact=Impact.MAJOR,
    started=T("2026-11-20T20:05:03Z"),
    resolved=T("2026-11-20T20:35:03Z"),
    affected=(
        Affected(component="api", start=T("2026-11-20T20:05:03Z"), end=T("2026-11-20T20:35:03Z")),
        Affected(
            component="web",
            start=T("2026-11-20T20:06:03Z"),
            end=T("2026-11-20T20:20:03Z"),
            monitors=("web-1",),
        ),
    ),
    updates=(
        Update(
            at=T("2026-11-20T20:10:03Z"),
            phase=Phase.INVESTIGATING,
            body="It answered with **HTTP 503**.",
        ),
        Update(at=T("2026-11-20T20:40:03Z"), phase=Phase.RESOLVED, body="Over."),
    ),
    automatic=True,
    evidence=("20261120T201003Z-github-8812-1",),
    file=NAME,
)


def test_the_canonical_form_is_written_and_read() -> None:
    assert incident_markdown(INCIDENT) == CANONICAL
    assert good(CANONICAL) == INCIDENT


def test_a_title_and_one_update_are_enough() -> None:
    text = "---\ntitle: Slow search\n---\n## Investigating: 2026-11-20 21:10\nWe look into it.\n"
    incident = good(text)
    assert (incident.id, incident.title, incident.impact) == (
        "2026-11-20-api",
        "Slow search",
        Impact.MINOR,
    )
    assert incident.started == T("2026-11-20T20:10:00Z")
    assert incident.open
    assert incident.updates[0].body == "We look into it."
    assert incident.uid == good(text.replace("Slow", "Sluggish")).uid != good(text, "b.md").uid


@pytest.mark.parametrize(
    "heading",
    [
        "## Resolved · 2026-11-20T20:10:00Z",
        "## resolved — 2026-11-20 21:10",
        "## RESOLVED - 2026-11-20T21:10+01:00",
        "##  Resolved:2026-11-20 20:10 UTC",
        "   ## Resolved (2026-11-20 20:10Z) ##",
        "## Resolved 2026-11-20 21:10  ",
        "## Resolved at 2026-11-20 21:10",
        "##\tResolved – 2026-11-20 21:10",
    ],
)
def test_headings_are_read_in_every_usual_form(heading: str) -> None:
    incident = good(
        f"\ufeff---\r\ntitle: A\r\n---\r\n{heading}\r\n\r\nb\r\n".removeprefix("\ufeff")
    )
    (update,) = incident.updates
    assert (update.phase, update.at, update.body) == (
        Phase.RESOLVED,
        T("2026-11-20T20:10:00Z"),
        "b",
    )
    assert incident.resolved == update.at


@pytest.mark.parametrize(
    "line",
    [
        "## Details",
        "## What happened on 2026-11-20",
        "### Resolved · 2026-11-20T20:10:00Z",
        "## 2026-11-20",
        "    ## Resolved · 2026-11-20T20:10:00Z",
        "##Resolved",
        "## Resolved issues",
        r"\## Resolved · 2026-11-20T20:10:00Z",
    ],
)
def test_other_headings_are_text(line: str) -> None:
    text = f"---\ntitle: A\n---\n## Investigating · 2026-11-20T20:10:00Z\nText.\n{line}\nMore.\n"
    (update,) = good(text).updates
    assert update.body == f"Text.\n{line.lstrip(chr(92))}\nMore."


def test_a_fence_left_open_swallows_no_update() -> None:
    text = (
        "---\ntitle: A\n---\n## Investigating · 2026-11-20T20:10:00Z\n```\nlog\n"
        "## Resolved · 2026-11-20T20:20:00Z\nOver.\n"
    )
    assert [update.body for update in good(text).updates] == ["```\nlog", "Over."]


def test_when_it_ended_follows_from_the_updates() -> None:
    head = "---\ntitle: A\n---\n## Investigating · 2026-11-20T20:10:00Z\n"
    over = head + "## Resolved · 2026-11-20T20:20:00Z\n"
    assert good(over).resolved == T("2026-11-20T20:20:00Z")
    assert good(over + "## Post-mortem · 2026-11-21T20:20:00Z\n").resolved == T(
        "2026-11-20T20:20:00Z"
    )
    assert good(over + "## Monitoring · 2026-11-20T20:30:00Z\n").open


def test_all_faults_are_told_at_once_each_in_its_place() -> None:
    text = """\
---
titel: A
impact: huge
affected:
  - {component: api, start: 2026-11-20T21:00:00Z, end: 2026-11-20T20:00:00Z}
started: 2026-03-29 02:30
uid: 7
blip: yes
---
Hello.

## Resolvd · 2026-11-20T20:10:00Z
## Resolved · 2016-12-31T23:59:60Z
## Resolved
"""
    found = faults(text)
    assert [message.partition(": ")[0] for message in found] == [
        "2:1", "2:1", "3:9", "7:6", "8:7", "10:1", "12:4", "13:15", "14:4",
    ]  # fmt: skip
    assert "titel: unknown key 'titel'; did you mean 'title'?" in found[1]
    assert "did you mean 'resolved'?" in found[6]
    assert "'2016-12-31T23:59:60Z' is not a time" in found[7]
    assert "the update has no time; write it like" in found[8]


BODY = "\n---\n## Investigating · 2026-11-20T20:10:00Z\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            f"---\ntitle: A\nstarted: 2026-11-20T20:00:00Z\nresolved: 2026-11-20T19:00:00Z{BODY}",
            (
                "4:11: resolved: resolved 2026-11-20T19:00:00Z, before it started "
                "(2026-11-20T20:00:00Z); correct one of the two times"
            ),
        ),
        (
            (
                "---\ntitle: A\naffected:\n"
                f"  - {{component: a, start: 2026-11-20T20:00:00Z, end: 2026-11-20 21:00}}{BODY}"
            ),
            (
                "4:54: affected.0.end: the end 2026-11-20T20:00:00Z is not after the start "
                "2026-11-20T20:00:00Z; correct one of the two times"
            ),
        ),
        (
            f"---\ntitle: A{BODY}## Resolved · 2026-11-20T20:09:00Z\n",
            (
                "5:15: the update is earlier than the one before it, in line 4; "
                "put updates in order, oldest first, each with a time of its own"
            ),
        ),
        (
            f"---\ntitle: A{BODY}## Resolved · 2026-11-20T21:10:00+01:00\n",
            (
                "5:15: the update has the same time as the one before it, in line 4; "
                "put updates in order, oldest first, each with a time of its own"
            ),
        ),
        (
            f"---\ntitle: A\nstarted: 2026-03-29 02:30{BODY}",
            (
                "3:10: started: '2026-03-29 02:30' never was on the clock of Europe/Berlin, which "
                "went forward over it; write it with its offset, like 2026-03-29T02:30:00+01:00 or "
                "2026-03-29T02:30:00+02:00"
            ),
        ),
        (f"---\ntitle: '  '{BODY}", "2:8: title: is empty; write what happened in a few words"),
        (
            f"---\ntitle: A\nid: ../../x{BODY}",
            (
                "3:5: id: '../../x' is no id: an id is 1 to 63 lower-case letters, digits and "
                "hyphens, and begins with no hyphen; write x"
            ),
        ),
        ("---\ntitle: A\n---\n", "3:1: has no update; add a line"),
        ("", "1:1: has no front matter; begin the file with the lines `---`"),
        ("# A\n\nHello.\n", "1:1: has no front matter; begin the file with the lines `---`"),
        ("---\ntitle: A\n", "1:1: the front matter has no end; add a line `---` after it"),
        (f"---\ntitle: &x A{BODY}", ""),
        (f"---\n{BODY}", "1:1: the front matter is empty; add `title: What happened`"),
        (f"---\na: *x{BODY}", "2:4: "),
        (f"---\ntitle: A\n\tb: c{BODY}", "3:1: "),
        (f"---\ntitle: a: b{BODY}", "2:9: is not valid YAML"),
        (f"---\ntitle: A\nautomatic: 1{BODY}", "3:12: automatic: '1' is not true or false"),
        (f"---\n{'[' * 50}{BODY}", "2:21: 0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0: is nested deeper"),
    ],
)
def test_one_fault_each(text: str, fault: str) -> None:
    if not fault:  # an anchor alone harms nobody
        assert good(text).title == "A"
        return
    found = faults(text)
    assert any(message.startswith(fault) for message in found), found


def test_d2_an_ambiguous_time_is_a_warning_in_its_place() -> None:
    read = read_incident("---\ntitle: A\n---\n## Investigating · 2026-10-25 02:30\n", NAME, BERLIN)
    assert read.item is not None
    assert read.item.started == T("2026-10-25T00:30:00Z")
    (warning,) = read.warnings
    assert str(warning).startswith(f"{NAME}:4:20: '2026-10-25 02:30' was twice on the clock")


def test_the_file_name_must_be_an_id() -> None:
    assert "rename the file" in faults(CANONICAL, "content/incidents/API Down.md")[0]
    assert good(CANONICAL.replace("title:", "id: other\ntitle:"), "API Down.md").id == "other"


@pytest.mark.parametrize("title", ["a: b", "- x", "null", "{{ x }}", "#", "'", '"', "yes", "1.10"])
def test_titles_are_written_so_that_they_stay_text(title: str) -> None:
    text = CANONICAL.replace("Backend API is down", "x")
    assert good(incident_markdown(replace(good(text), title=title))).title == title
