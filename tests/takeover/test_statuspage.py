"""Answers of Statuspage's API, kept as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from statusgen.base.clock import parse_instant
from statusgen.base.counting import Counting
from statusgen.base.errors import InputError
from statusgen.takeover.statuspage import read_statuspage
from tests.takeover.moved import by_id, moved, told

PAGE = {"id": "p1", "name": "Example", "url": "https://status.example.com", "time_zone": "Etc/UTC"}


def component(identifier: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "name": name, "status": "operational", "group": False, **more}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    answers = {
        "components": {"page": PAGE, "components": [
            component("g1", "Core", group=True, position=1, components=["c1"]),
            component("c1", "API", group_id="g1", position=2, description="Ours"),
            component("c2", "Log in", group_id=None, position=3),
            component("c3", "API", group_id=None, position=4),
        ]},
        "incidents": {"page": PAGE, "incidents": [{
            "id": "i1", "name": "API <slow>", "status": "postmortem", "impact": "critical",
            "created_at": "2026-10-01T10:00:00.000Z", "started_at": "2026-10-01T09:55:00.000-01:00",
            "resolved_at": "2026-10-01T12:00:00.000Z", "components": [component("c1", "API")],
            "incident_updates": [
                {"status": "postmortem", "body": "<p>Why &amp; how</p>",
                 "display_at": "2026-10-02T10:00:00.000Z", "affected_components": None},
                {"status": "resolved", "body": "Over.", "display_at": "2026-10-01T12:00:00.000Z"},
                {"status": "investigating", "body": "Looking.<br />Soon more.",
                 "display_at": "2026-10-01T11:00:00.000Z",
                 "affected_components": [{"code": "c2", "name": "Log in"}]},
            ],
        }]},
        "scheduled-maintenances": {"page": PAGE, "scheduled_maintenances": [
            {"id": "m1", "name": "New disk", "status": "completed", "impact": "maintenance",
             "scheduled_for": "2026-09-01T22:00:00.000Z",
             "scheduled_until": "2026-09-02T01:00:00.000Z", "components": [component("c2", "L")],
             "incident_updates": [{"status": "scheduled", "body": "A disk.",
                                   "display_at": "2026-08-25T08:00:00.000Z"}]},
            {"id": "m2", "name": "When?", "scheduled_for": None, "incident_updates": []},
        ]},
    }  # fmt: skip
    for name, answer in answers.items():
        (folder / f"{name}.json").write_text(json.dumps(answer), "utf-8")
    return folder


def test_components_are_read_from_the_old_page_until_they_have_an_address(
    tmp_path: Path, saved: Path
) -> None:
    brought, site = moved(tmp_path / "own", read_statuspage(saved))

    assert {one.id: one.url.text for one in by_id(site).values()} == {
        "api": "statuspage://status.example.com/c1",
        "log-in": "statuspage://status.example.com/Log%20in",
        "api-2": "statuspage://status.example.com/c3",
    }
    assert by_id(site)["api"].group == "Core"
    assert [each for each in told(brought) if "When?" in each]


def test_an_incident_with_all_its_updates(tmp_path: Path, saved: Path) -> None:
    _, site = moved(tmp_path / "own", read_statuspage(saved))

    [incident] = site.incidents.incidents
    assert (incident.title, str(incident.impact)) == ("API <slow>", "critical")
    assert incident.started == parse_instant("2026-10-01T10:55:00Z")
    assert incident.resolved == parse_instant("2026-10-01T12:00:00Z")
    assert {each.component for each in incident.affected} == {"api", "log-in"}
    assert [(str(each.phase), each.body) for each in incident.updates] == [
        ("investigating", "Looking.\nSoon more."),
        ("resolved", "Over."),
        ("postmortem", "Why & how"),
    ]
    [window] = site.windows.windows
    assert (window.title, window.components) == ("New disk", ("log-in",))
    assert window.first.start == parse_instant("2026-09-01T22:00:00Z")
    assert window.uptime is Counting.EXCLUDE
    assert not site.incidents.problems


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"components": 4, "incidents": [3]}', "[" * 9000]
)
def test_what_is_no_answer_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "components.json"
    path.write_text(text, "utf-8")

    if text.startswith('{"c'):
        found = read_statuspage(path)
        assert not found.incidents
        assert found.left
    else:
        with pytest.raises(InputError):
            read_statuspage(path)


def incident(**more: Any) -> dict[str, Any]:
    return {
        "id": "i9", "name": "Mail", "impact": "minor", "created_at": "2026-10-05T10:00:00Z", **more
    }  # fmt: skip


def update(status: str, at: str) -> dict[str, str]:
    return {"status": status, "body": status, "display_at": f"2026-10-05T{at}Z"}


@pytest.mark.parametrize(
    ("given", "phases", "resolved"),
    [
        # It broke again after it had been called over.
        (
            incident(incident_updates=[
                update("investigating", "10:00:00"), update("resolved", "11:00:00"),
                update("identified", "12:00:00"),
            ]),
            ["investigating", "resolved", "identified"], None,
        ),
        # A postmortem comes after the end, and does not open it again.
        (
            incident(incident_updates=[
                update("resolved", "11:00:00"), update("postmortem", "12:00:00"),
            ]),
            ["resolved", "postmortem"], "2026-10-05T11:00:00Z",
        ),
        # Ended without a word of it.
        (
            incident(resolved_at="2026-10-05T13:00:00Z", incident_updates=[
                update("identified", "12:00:00")]),
            ["identified", "resolved"], "2026-10-05T13:00:00Z",
        ),
        # Two updates of one second keep their order and get a second each.
        (
            incident(incident_updates=[
                update("identified", "12:00:00"), update("monitoring", "12:00:00")]),
            ["identified", "monitoring"], None,
        ),
    ],
)  # fmt: skip
def test_when_an_incident_is_over(
    tmp_path: Path, given: dict[str, Any], phases: list[str], resolved: str | None
) -> None:
    path = tmp_path / "incidents.json"
    path.write_text(json.dumps({"page": PAGE, "incidents": [given]}), "utf-8")

    [taken] = read_statuspage(path).incidents

    assert [str(each.phase) for each in taken.updates] == phases
    assert taken.resolved == (parse_instant(resolved) if resolved else None)
    assert len({each.at for each in taken.updates}) == len(phases)
