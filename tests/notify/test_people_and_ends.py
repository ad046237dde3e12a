"""Who wrote it, and whether it is over already: what PagerDuty must know."""

from __future__ import annotations

import json
from pathlib import Path

from statusgen.base.secrets import Template
from statusgen.incident.comments import Comment, add_comments
from statusgen.incident.model import Phase
from statusgen.notify.alertmanager import AlertmanagerSender
from statusgen.notify.message import Message, Outcome, Tone
from statusgen.notify.pagerduty import PagerDutySender
from tests.notify.harness import message
from tests.notify.world import World, config
from tests.probe.servers import Farm, answer

ALL = config("  - {id: a, to: $A, on: [down, up, incident], digest: never}\n")


def seen(world: World) -> list[tuple[str, Tone, bool, bool]]:
    return [(m.title, m.tone, m.by_person, m.over) for m in world.senders.arrived]


def comment(world: World, number: int, phase: Phase | None, body: str) -> None:
    site = world.site()
    incident = site.lately(0).joined[0]
    said = Comment(
        comment=number,
        incident=incident.uid,
        at=world.now + 60,
        edited=world.now + 60,
        by="ann",
        phase=phase,
        body=body,
    )
    add_comments(site.places.history, [said])


def test_a_comment_is_told_as_a_persons_words_and_not_as_a_measurement(tmp_path: Path) -> None:
    world = World(tmp_path, ALL)
    world.runs(api="udd", web="udd")
    comment(world, 7, Phase.IDENTIFIED, "A disk is full.")
    assert world.run(api="d", web="d") == ["a: Identified: Api and Web are down"]
    assert world.senders.arrived[-1].body == "A disk is full."
    world.run(api="u", web="d")
    world.run(api="u", web="d")
    world.run(api="u", web="u")
    world.run(api="u", web="u")
    comment(world, 8, None, "It was a cable after all.")
    world.run(api="u", web="u")
    told = seen(world)
    assert [(person, over) for _, _, person, over in told] == [
        (False, False),  # down
        (True, False),  # the comment
        (False, False),  # api works again, seen by checks
        (False, False),  # the end
        (True, True),  # after it
    ]
    assert told[-1][1] is Tone.UPDATE


def test_a_comment_that_resolves_ends_the_alert_once(tmp_path: Path) -> None:
    world = World(tmp_path, ALL)
    world.runs(api="udd")
    comment(world, 7, Phase.RESOLVED, "A new disk.")
    world.run(api="d")
    world.runs(api="uuu")
    assert [tone for _, tone, _, _ in seen(world)] == [Tone.PROBLEM, Tone.RESOLVED]
    assert "A new disk." in world.senders.arrived[-1].body


def asked_of_pagerduty(*messages: Message) -> list[str]:
    with Farm() as farm:
        served = farm.start(answer(b"{}", 202))
        sender = PagerDutySender(base=served.url)
        for each in messages:
            sender.send(each, Template("pagerduty://R0UTINGKEY0123456789abcdef012345"), {})
        told = [json.loads(request.body) for request in served.requests]
    return [str(each.get("event_action", "change")) for each in told]


def test_pagerduty_pages_for_problems_alone() -> None:
    assert asked_of_pagerduty(
        message(Tone.PROBLEM),
        message(Tone.UPDATE),
        message(Tone.UPDATE, by_person=True),
        message(Tone.RESOLVED),
        message(Tone.UPDATE, by_person=True, over=True),
        message(Tone.NOTICE),
        message(Tone.TEST),
    ) == [
        "trigger",
        "trigger",
        "acknowledge",
        "resolve",
        "resolve",
        "change",
        "trigger",
        "resolve",
    ]


def test_alertmanager_knows_an_alert_again_whatever_becomes_of_its_words() -> None:
    with Farm() as farm:
        served = farm.start(answer(b"", 200))
        to = Template(f"alertmanager://127.0.0.1:{served.port}/am?team=core&severity=page")
        for each in (
            message(Tone.PROBLEM, severity="minor"),
            message(Tone.UPDATE, severity="critical", title="Worse", key="urn:uuid:6f1c/updated/2"),
            message(Tone.RESOLVED, severity="critical", key="urn:uuid:6f1c/resolved/1"),
            message(Tone.UPDATE, over=True, key="urn:uuid:6f1c/updated/4"),
        ):
            assert AlertmanagerSender().send(each, to, {}).outcome is Outcome.SENT
        told = [json.loads(request.body)[0] for request in served.requests]
        paths = {request.path for request in served.requests}
    assert paths == {"/am/api/v2/alerts"}
    labels = {"alertname": "StatusPage", "thread": "urn:uuid:6f1c"}
    assert all(each["labels"] == {**labels, "team": "core", "severity": "page"} for each in told)
    at = "2026-11-18T11:06:40Z"
    assert [(each.get("startsAt"), each["endsAt"] == at) for each in told] == [
        (at, False),
        (at, False),
        (None, True),
        (None, True),
    ]
    assert told[0]["generatorURL"].startswith("https://status.example.com/")
    assert [each["annotations"]["severity"] for each in told[:2]] == ["minor", "critical"]
