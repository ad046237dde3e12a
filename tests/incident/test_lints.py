"""What makes a poor update is told, and what looks alike is left alone."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import parse_instant
from statusgen.incident.fileformat import read_incident
from statusgen.incident.lints import Desk

NOW = parse_instant("2026-11-20T21:00:00Z")
HEADING = "## Investigating · 2026-11-20T20:10:03Z · next update 2026-11-20T22:00:00Z"


def warnings(body: str, front: str = "impact: minor\n", heading: str = HEADING) -> list[str]:
    desk = Desk(ZoneInfo("UTC"), ("api",), NOW, Path("content"))
    text = f"---\ntitle: A\n{front}---\n\n{heading}\n\n{body}\n"
    read = read_incident(text, "content/incidents/a.md", desk.zone, desk)
    assert read.item is not None
    assert read.problems == ()
    return [str(warning).partition("a.md:")[2] for warning in read.warnings]


@pytest.mark.parametrize(
    "text",
    [
        "This was the vendor's fault.",
        "Our provider is to blame.",
        "We blame the network team.",
        "The cause was human error.",
        "Somebody carelessly removed a cable.",
    ],
)
def test_blame_is_told(text: str) -> None:
    (told,) = warnings(text)
    assert told.startswith("8:1: ")
    assert "blames; visitors want to know what is done" in told


@pytest.mark.parametrize(
    "text",
    [
        "We will publish a blameless postmortem.",
        "A page fault in the kernel stopped it.",
        "The cluster's fault-tolerance was lost.",
        "By default, requests are retried. Users see an error.",
        "`their fault` is the name of a counter.",
        "```\nhuman error\n```",
    ],
)
def test_what_looks_like_blame_is_left_alone(text: str) -> None:
    assert warnings(text) == []


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("[a]()", "the link '' is empty"),
        ("[a](https:///x)", "names no host"),
        ("[a](ftp://example.org/x)", "has the scheme ftp:, which is not followed"),
        ("[a](../guide/nothing.md)", "leads to no file below the pages"),
        ("![a](graph.png)", "leads to no file below the pages"),
        ("[a]\n\n[a]: missing.md", "leads to no file below the pages"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(link: str, told: str) -> None:
    found = warnings(f"See {link}")
    assert len(found) == 1, found
    assert told in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org/(x))",
        "[a](mailto:ops@example.org)",
        "[a](/components/api/)",
        "[a](../incidents/2026-11-01-x/)",
        "`[a](nothing.md)` shows how",
        "f[0](x) is code?",
        "[note] (not a link)",
    ],
)
def test_a_link_that_leads_somewhere_is_left_alone(text: str) -> None:
    if text.startswith("f["):
        text = f"`{text}`"
    assert warnings(text) == []


def test_an_impact_and_a_next_update_are_asked_for_while_it_lasts() -> None:
    plain = "## Investigating · 2026-11-20T20:10:03Z"
    told = warnings("We look.", front="", heading=plain)
    assert [each.partition(" ")[0] for each in told] == ["2:8:", "5:1:"]
    assert "says no impact, and counts as minor" in told[0]
    assert "does not say when the next one comes" in told[1]
    over = plain.replace("Investigating", "Resolved")
    assert warnings("Done.", front="", heading=over) == []


def test_an_end_without_a_word_about_it_is_told() -> None:
    front = "impact: minor\nresolved: 2026-11-20T20:30:00Z\n"
    (told,) = warnings("We look.", front=front)
    assert "4:11: resolved: ends without an update that says so" in told


def test_a_time_ahead_of_the_clock_is_an_error_and_hides_nothing() -> None:
    desk = Desk(ZoneInfo("UTC"), ("api",), NOW, Path("content"))
    text = (
        "---\ntitle: A\nstarted: 2027-11-20T20:00:00Z\n---\n\n## Resolved · 2027-11-20T20:10:03Z\n"
    )
    read = read_incident(text, "content/incidents/a.md", desk.zone, desk)
    assert read.item is not None
    assert [f"{each.line}:{each.column}" for each in read.problems] == ["3:10", "6:1"]
    near = text.replace("2027", "2026").replace("20:00:00Z", "21:04:00Z").replace("20:10", "21:04")
    assert read_incident(near, "a.md", desk.zone, desk).problems == ()


def test_a_postmortem_by_hand_does_not_bring_a_withdrawn_incident_back() -> None:
    text = "---\ntitle: A\n---\n\n" + "".join(
        f"## {phase} · 2026-11-20T20:1{minute}:00Z\n\nWords.\n\n"
        for minute, phase in enumerate(["Investigating", "Withdrawn", "Postmortem"])
    )
    read = read_incident(text, "a.md", ZoneInfo("UTC"))
    assert read.item is not None
    assert read.item.withdrawn == parse_instant("2026-11-20T20:11:00Z")
    again = text + "## Investigating · 2026-11-20T20:19:00Z\n"
    reopened = read_incident(again, "a.md", ZoneInfo("UTC")).item
    assert reopened is not None
    assert (reopened.withdrawn, reopened.open) == (None, True)
