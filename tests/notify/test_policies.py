"""Who is told what, and when: from rounds and files to what arrives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from statusgen.base.clock import parse_instant
from statusgen.notify.message import Delivery, Outcome, Tone
from tests.notify.world import MINUTE, World, config


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, config("  - {id: a, to: $A}\n"))


def test_an_outage_is_told_once_and_so_is_its_end(world: World) -> None:
    told = world.runs(api="uudddduuuu", web="uuuuuuuuuu")

    assert [each for each in told if each] == [["a: Api is down"], ["a: Api is up again"]]
    down, up = world.senders.arrived
    assert (down.tone, up.tone) == (Tone.PROBLEM, Tone.RESOLVED)
    assert down.thread == up.thread
    assert down.key != up.key
    assert down.body == "Api: it answered with HTTP 503 (since 13:15 CET)"
    assert up.body == "2026-11-20 13:15 CET to 13:35 CET, lasted 20 min."
    assert down.link.startswith("https://status.example/incidents/2026-11-20-api-")
    assert (down.severity, down.components) == ("major", ("api",))


def test_the_first_round_with_a_new_channel_may_already_be_told(world: World) -> None:
    world.write(
        "data/status.yml", config("  - {id: a, to: $A}\n", more="thresholds: {failures: 1}")
    )
    assert world.run(api="d", web="u") == ["a: Api is down"]


def test_a_new_channel_is_not_told_of_what_was_before(world: World) -> None:
    world.runs(api="dd", web="uu")
    world.write("data/status.yml", config("  - {id: a, to: $A}\n  - {id: b, to: $B}\n"))

    told = world.runs(api="ddu", web="dduu"[:3])

    assert [each for run in told for each in run if each.startswith("b")] == ["b: Web is down"]


@pytest.mark.parametrize(
    ("limits", "heard"),
    [
        ("groups: [Core]", ["Api is down", "Api is up again"]),
        ("groups: [Core, Edge]", ["Api, Web and Mail are down", "Api, Web and Mail are up again"]),
        ("components: [web]", ["Web is down", "Web is up again"]),
        ("monitors: [mail]", ["Mail is down", "Mail is up again"]),
        ("impact: [minor]", []),
        ("impact: [critical]", ["Api, Web and Mail are down", "Api, Web and Mail are up again"]),
        ("on: [down]", ["Api, Web and Mail are down"]),
        ("on: [maintenance]", []),
    ],
)
def test_a_channel_hears_only_of_its_own(tmp_path: Path, limits: str, heard: list[str]) -> None:
    world = World(
        tmp_path, config(f"  - {{id: a, to: $A, {limits}}}\n", "api:Core web:Edge mail:Edge")
    )
    told = world.runs(api="udduuu", web="udduuu", mail="udduuu")

    assert [each for run in told for each in run] == [f"a: {each}" for each in heard]


def test_a_channel_of_one_group_is_told_when_that_one_works_again(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A, groups: [Core]}\n", "api:Core web:Edge"))
    told = world.runs(api="udduuuuu", web="udddduuu")

    assert told[4] == ["a: Api is up again"]
    assert [each for run in told for each in run] == ["a: Api is down", "a: Api is up again"]


def test_a_further_monitor_is_told_as_one_that_joined(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        config(
            "  - {id: a, to: $A}\n", "api web",
            "components:\n  - {id: shop, name: Shop, monitors: [api, web]}",
        ),
    )  # fmt: skip
    told = world.runs(api="udddd", web="uuudd")

    assert [each for run in told for each in run] == ["a: Shop is down", "a: Shop is down, too"]
    first, second = world.senders.arrived
    assert first.thread == second.thread


def test_what_people_write_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A}\n  - {id: b, to: $B, on: incident}\n"))
    world.run(api="u")
    words = (
        "---\ntitle: Orders are late\nimpact: minor\naffected: [web]\n---\n"
        "## Investigating · 2026-11-20T12:06:00Z\n\nWe see **late** [orders](https://x.example/).\n"
    )
    world.write("content/incidents/2026-11-20-late.md", words)
    opened = world.run(api="u")
    again = world.run(api="u")
    world.write(
        "content/incidents/2026-11-20-late.md",
        words
        + "\n## Identified · 2026-11-20T12:18:00Z\n\nA queue was full.\n"
        + "\n## Resolved · 2026-11-20T12:19:00Z\n\nAll is well.\n",
    )
    later = world.run(api="u")

    assert (opened, again) == (["b: Orders are late"], [])
    assert later == ["b: Identified: Orders are late", "b: Resolved: Orders are late"]
    first, _, last = world.senders.arrived
    assert first.body == "We see late orders (https://x.example/).\nAffected: Web"
    assert (first.tone, first.severity) == (Tone.PROBLEM, "minor")
    assert last.tone is Tone.RESOLVED


def test_maintenance_mutes_what_it_names_and_is_told_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A}\n  - {id: b, to: $B, on: maintenance}\n"))
    world.run(api="u", web="u", mail="u")
    world.write(
        "content/maintenance/2026-11-20-db.md",
        "---\ntitle: New database\naffected: [api]\nstart: 2026-11-20T12:08:00Z\n"
        "end: 2026-11-20T12:28:00Z\n---\n",
    )
    told = world.runs(api="udddd" + "uuuu", web="uuddd" + "uuuu", mail="u" * 9)

    assert [each for run in told for each in run] == [
        "b: Maintenance begun: New database",
        "a: Web is down",
        "b: Maintenance over: New database",
        "a: Web is up again",
    ]


def test_what_fails_on_after_maintenance_is_told(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A}\n"))
    world.write(
        "content/maintenance/2026-11-20-db.md",
        "---\ntitle: New database\naffected: [api]\nstart: 2026-11-20T12:02:00Z\n"
        "end: 2026-11-20T12:18:00Z\n---\n",
    )
    told = world.runs(api="dddddd", web="uuuuuu")

    assert told == [[], [], [], [], ["a: Api is down"], []]


def test_a_storm_is_one_message_each_way(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(200)]
    world = World(tmp_path, config("  - {id: a, to: $A}\n  - {id: b, to: $B}\n", " ".join(names)))
    letters: dict[str, Any] = dict.fromkeys(names, "udduu")
    told = world.runs(**letters)

    assert [len(run) for run in told] == [0, 0, 2, 0, 2]
    down = world.senders.arrived[0]
    assert down.title == "M0, M1 and 198 more are down"
    assert down.body.splitlines()[-1] == "and 180 more"
    assert down.severity == "critical"


def test_a_storm_that_comes_bit_by_bit_is_digested(tmp_path: Path) -> None:
    """Five outages of five rounds, told by one run: the scheduler had slept."""
    world = World(tmp_path, config("  - {id: a, to: $A}\n", "a b c d e f"))
    world.run(a="u", b="u", c="u", d="u", e="u", f="u")
    for place in range(6):
        world.now += 300
        world.round(**{
            name: "d" if place > number else "u" for number, name in enumerate("abcde")
        }, f="u")  # fmt: skip
    world.now += 300
    world.round(a="d", b="d", c="d", d="d", e="d", f="u")
    world.tell()

    (digest,) = world.senders.arrived
    assert digest.title == "5 components are down"
    assert digest.body.splitlines()[0] == "13:20 CET A is down"
    assert len(digest.body.splitlines()) == 5


def test_flapping_is_told_as_often_as_the_thresholds_say(world: World) -> None:
    alternating = world.runs(MINUTE, api="du" * 30)
    assert alternating == [[]] * 60

    pairs = world.runs(MINUTE, api="dduu" * 15)
    assert len([each for run in pairs for each in run]) == 30


def test_a_minimum_interval_collects_what_comes_meanwhile(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A, minimum_interval: 30m}\n"))
    told = world.runs(MINUTE, api="dduu" * 15)

    sent = [(minute, run) for minute, run in enumerate(told) if run]
    assert [minute for minute, _ in sent] == [1, 31]
    assert sent[1][1] == ["a: 1 component is up again"]
    body = world.senders.arrived[-1].body
    assert (body.count("Api is down"), body.count("Api is up again")) == (7, 8)


NIGHT = "  - {id: a, to: $A, quiet_hours: '22:00-07:00'}\n"


def test_quiet_hours_hold_back_and_tell_in_the_morning(tmp_path: Path) -> None:
    world = World(tmp_path, config(NIGHT), parse_instant("2026-11-20T22:00:00Z"))  # 23:00 here
    world.run(api="u", web="u", mail="u")
    assert world.runs(api="dddd", web="udduu"[:4], mail="u" * 4) == [[]] * 4
    assert world.runs(3600, api="d" * 6, web="uuuuuu", mail="uuudd" + "d") == [[]] * 6
    morning = world.runs(3600, api="ddd", web="uuu", mail="ddd")

    assert [each for run in morning for each in run] == ["a: 2 components are down"]
    lines = world.senders.arrived[0].body
    assert "Api is down" in lines
    assert "Mail is down" in lines
    assert "Web" not in lines, "began and ended in quiet hours"


def test_an_alert_of_the_evening_gets_its_end_in_the_morning(tmp_path: Path) -> None:
    world = World(tmp_path, config(NIGHT), parse_instant("2026-11-20T20:30:00Z"))  # 21:30 here
    evening = world.runs(api="dd")
    night = world.runs(3600, api="uuu")
    morning = world.runs(3600, api="u" * 7)

    assert [each for run in evening for each in run] == ["a: Api is down"]
    assert night == [[]] * 3
    assert [each for run in morning for each in run] == ["a: Api is up again"]


def test_what_is_not_over_is_escalated_and_whoever_was_called_hears_of_its_end(
    tmp_path: Path,
) -> None:
    world = World(
        tmp_path,
        config(
            "  - {id: a, to: $A, escalate: {after: 15m, to: phone}}\n"
            "  - {id: phone, to: $PHONE, on: []}\n"
        ),
    )
    told = world.runs(api="udddddduuu", web="uuuuuuuuuu")

    assert [each for run in told for each in run] == [
        "a: Api is down",
        "phone: Not over after 15 min: Api is down",
        "a: Api is up again",
        "phone: Api is up again",
    ]
    assert len({each.thread for each in world.senders.arrived}) == 1


def test_whoever_was_called_in_is_reminded_of_the_thing_itself(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        config(
            "  - {id: a, to: $A, on: down, escalate: {after: 15m, to: phone}}\n"
            "  - {id: phone, to: $PHONE, on: [], reminders: 1h}\n"
        ),
    )
    told = world.runs(10 * MINUTE, api="u" + "d" * 9 + "uu")

    assert [each for run in told for each in run] == [
        "a: Api is down",
        "phone: Not over after 20 min: Api is down",
        "phone: Not over after 1 h: Api is down",
        "phone: Api is up again",
    ]


def test_the_end_of_a_mere_notice_is_told_too(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: b, to: $B, on: incident}\n"))
    world.run(api="u")
    words = (
        "---\ntitle: We look\nimpact: none\n---\n## Investigating · 2026-11-20T12:06:00Z\n\nHm.\n"
    )
    world.write("content/incidents/2026-11-20-x.md", words)
    world.run(api="u")
    world.write(
        "content/incidents/2026-11-20-x.md",
        words + "\n## Resolved · 2026-11-20T12:12:00Z\n\nNothing.\n",
    )
    world.run(api="u")

    assert world.senders.told == ["b: We look", "b: Resolved: We look"]
    assert [message.tone for message in world.senders.arrived] == [Tone.NOTICE, Tone.UPDATE]


def test_what_failed_is_not_tried_again_in_quiet_hours(tmp_path: Path) -> None:
    world = World(tmp_path, config(NIGHT), parse_instant("2026-11-20T20:45:00Z"))  # 21:45 here
    world.senders.answers = lambda message, number: Delivery(
        Outcome.SENT if number else Outcome.PASSING
    )
    evening = world.runs(api="dd")
    night = world.runs(3600, api="d" * 8)
    morning = world.runs(3600, api="dd")

    assert (evening, night) == ([[], []], [[]] * 8)
    assert [each for run in morning for each in run] == ["a: Api is down"]


def test_what_is_over_in_time_is_not_escalated(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        config(
            "  - {id: a, to: $A, escalate: {after: 30m, to: phone}}\n"
            "  - {id: phone, to: $PHONE, on: []}\n"
        ),
    )
    world.runs(api="uddduuuuuuuuuuu")
    assert [each.channel for each in world.senders.arrived] == ["a", "a"]


def test_reminders_come_as_often_as_asked_for_and_end(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A, reminders: every 1h}\n"))
    told = world.runs(10 * MINUTE, api="ud" + "d" * 15 + "uuuuuuuuuuu", web="u" * 28)

    assert [each for run in told for each in run] == [
        "a: Api is down",
        "a: Not over after 1 h: Api is down",
        "a: Not over after 2 h: Api is down",
        "a: Api is up again",
    ]
    assert len({each.key for each in world.senders.arrived}) == 4


def test_a_template_words_messages(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        config(
            "  - id: a\n    to: $A\n    template:\n"
            "      title: '[{site}] {title}'\n      body: '{severity}: {components} {{x}} {link}'\n"
        ),
    )
    world.runs(api="dd")

    (message,) = world.senders.arrived
    assert message.title == "[Example] Api is down"
    assert message.body == f"major: Api {{x}} {message.link}"


def test_a_slow_monitor_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A}\n  - {id: b, to: $B, on: degraded}\n"))
    told = world.runs(api="ugugguggduuuu", web="u" * 13)

    assert [each for run in told for each in run] == [
        "b: Api is slow or impaired",
        "b: Api is as usual again",
    ]
    slow, over = world.senders.arrived
    assert (slow.tone, slow.severity, over.tone) == (Tone.PROBLEM, "minor", Tone.RESOLVED)
    assert slow.thread == over.thread
    assert slow.link == "https://status.example/components/api/"


def test_what_is_slow_for_days_is_told_once(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: b, to: $B, on: degraded, reminders: 48h}\n", "api"))
    told = world.runs(3600, api="u" + "g" * 80 + "uu")

    assert [each for run in told for each in run] == [
        "b: Api is slow or impaired",
        "b: Not over after 2 d: Api is slow or impaired",
        "b: Api is as usual again",
    ]


def test_messages_are_in_the_language_of_the_site(tmp_path: Path) -> None:
    german = config("  - {id: a, to: $A}\n").replace("timezone", "language: de, timezone")
    world = World(tmp_path, german)
    world.runs(api="udduu", web="uuuuu")

    titles = [message.title for message in world.senders.arrived]
    assert len(titles) == 2
    assert all("Api" in title for title in titles)
    assert not any(word in title for title in titles for word in ("down", "again"))


HOSTILE = (
    "::warning::x", "##[error]x", "\x1b[31mred", "a\u202eb", "</title><script>alert(1)</script>",
    "{title.__class__}", "$A", "${{ secrets.A }}", "x" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_others_wrote_is_harmless_lines(tmp_path: Path, text: str) -> None:
    world = World(
        tmp_path, config("  - {id: a, to: $A, on: incident, template: {title: '{title} {body}'}}\n")
    )
    world.run(api="u")
    quoted = text.encode("unicode_escape").decode().replace('"', "'")
    world.write(
        "content/incidents/2026-11-20-x.md",
        f'---\ntitle: "{quoted}"\n---\n## Investigating · 2026-11-20T12:06:00Z\n\n'
        f"We look. {text}\n\n{text}\n",
    )
    world.run(api="u")

    (message,) = world.senders.arrived
    assert len(message.title) <= 200
    assert "\n" not in message.title
    for line in [message.title, *message.body.split("\n")]:
        assert not line.startswith("::")
        assert "##[" not in line
        assert line.isprintable()
        assert "json://a.example" not in line
    assert not any(character in message.body for character in "\x1b\u202e")
