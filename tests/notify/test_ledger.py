"""What the outbox's lines add up to: retries, claims, receipts, and what of it lasts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR
from statusgen.history.gitmerge import merge
from statusgen.history.outboxdays import may_go
from statusgen.notify.deliver import wait_after
from statusgen.notify.figures import alert_figures
from statusgen.notify.ledger import LEASE, Ledger
from statusgen.notify.message import Delivery, Message, Outcome, Tone
from statusgen.notify.outbox import Outbox
from statusgen.notify.records import Begin, Record, Send, Try, Want, read_line, to_line
from statusgen.run import tidings
from tests.notify.world import T0, World, config

PASSING = Delivery(Outcome.PASSING, "HTTP 503")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, config("  - {id: a, to: $A}\n"))


def fails(until: int) -> object:
    return lambda message, number: PASSING if number < until else Delivery(Outcome.SENT)


def test_the_first_retry_is_the_next_runs_then_it_waits_longer(world: World) -> None:
    world.senders.answers = lambda message, number: PASSING
    world.runs(api="dd")
    for _ in range(60):
        world.run(60)

    tries = world.ledger.of("a").letters.popitem()[1].tries
    gaps = [b.sent - a.at for a, b in pairwise(tries)]
    assert gaps == [60, 300, 600, 1200]
    assert {message.key for message in world.senders.asked} == {world.senders.asked[0].key}
    assert [wait_after(count) for count in (1, 2, 3, 7, 50)] == [0, 300, 600, 7200, 7200]


def test_what_the_other_side_asks_for_is_respected(world: World) -> None:
    world.senders.answers = lambda message, number: (
        Delivery(Outcome.PASSING, "HTTP 429", 1800) if not number else Delivery(Outcome.SENT)
    )
    world.runs(api="dd", web="uu")
    early = [world.run(300, api="d", web=letter) for letter in "dduud"]
    late = world.run(300, api="d", web="d")

    assert early == [[], [], [], [], []], "nor does news overtake it"
    assert "a: Api is down" in late


def test_no_end_overtakes_its_beginning(world: World) -> None:
    world.senders.answers = lambda message, number: (
        PASSING if message.tone is Tone.PROBLEM and number < 3 else Delivery(Outcome.SENT)
    )
    told = world.runs(api="ddduuuuuuuu")
    assert [each for run in told for each in run] == ["a: Api is down", "a: Api is up again"]


def test_one_outage_that_does_not_go_through_holds_no_other_back(world: World) -> None:
    world.senders.answers = lambda message, number: (
        PASSING if "Api" in message.title else Delivery(Outcome.SENT)
    )
    told = world.runs(api="ddddd", web="uuddd")
    assert [each for run in told for each in run] == ["a: Web is down"]


def test_what_never_passes_is_given_up_after_a_day(world: World) -> None:
    world.senders.answers = lambda message, number: PASSING
    world.runs(api="dd")
    for _ in range(30):
        world.run(HOUR)

    (letter,) = world.ledger.dead()
    assert letter.tries[-1].at - letter.tries[0].sent >= DAY
    assert len(letter.tries) < 20
    before = len(world.senders.asked)
    world.run(HOUR)
    assert len(world.senders.asked) == before


def test_a_refusal_is_given_up_at_once(world: World) -> None:
    world.senders.answers = lambda message, number: Delivery(Outcome.PERMANENT, "HTTP 403")
    world.runs(api="dddd")
    assert len(world.senders.asked) == 1
    assert [letter.tries[0].detail for letter in world.ledger.dead()] == ["HTTP 403"]


def test_a_sender_that_breaks_loses_nothing(world: World) -> None:
    def breaks(message: Message, number: int) -> Delivery:
        if not number:
            raise ValueError("a library's fault")
        return Delivery(Outcome.SENT)

    world.senders.answers = breaks
    assert world.runs(api="ddd") == [[], [], ["a: Api is down"]]


def test_another_machine_waits_until_the_one_that_took_it_up_is_dead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.runs(api="d")
    world.now += 300
    world.round(api="d")
    ledger = world.ledger
    outbox = Outbox(world.root / "data/history")
    (want,) = ledger.of("a").pending
    send = Send(
        at=world.now, channel="a", run="elsewhere-1", key=want.key, wants=(want.key,),
        thread=want.about, tone=want.tone, severity="major", happened=want.happened, title="x",
    )  # fmt: skip
    outbox.append([send])

    world.now += LEASE - 60
    assert not world.tell().tries
    world.now += 61
    assert [each.outcome for each in world.tell().tries] == ["sent"]


def test_what_another_machine_took_up_while_this_one_pushed_is_left_to_it(world: World) -> None:
    """However long pushing takes: the other may have sent it, and wait for its own turn to push."""
    world.runs(api="d")
    world.now += 300
    world.round(api="d")
    (want,) = world.ledger.of("a").pending
    outbox = Outbox(world.root / "data/history")
    send = Send(
        at=world.now, channel="a", run="elsewhere-1", key=want.key, wants=(want.key,),
        thread=want.about, tone=want.tone, severity="major", happened=want.happened, title="x",
    )  # fmt: skip

    def publish() -> bool:
        if not any(isinstance(each, Send) and each.run == send.run for each in outbox.read()):
            (path,) = outbox.files()
            lines = path.read_bytes().splitlines(keepends=True)
            ours = [line for line in lines if b'"send"' in line]
            path.write_bytes(b"".join([*lines[: -len(ours)], to_line(send), *ours]))
        world.now += 2 * LEASE
        return True

    assert not world.errand(publish=publish).run().tries
    assert [each.outcome for each in world.tell().tries] == ["sent"], "the next run takes it up"


@pytest.mark.parametrize("hears", ["[down]", "[down, up]"])
def test_a_second_outage_soon_after_is_told_by_whichever_machine_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hears: str
) -> None:
    """A channel that hears of no ends was told of none: what comes next is news all the same."""
    world = World(tmp_path, config(f"  - {{id: a, to: $A, on: {hears}}}\n"))
    for number, letter in enumerate("dduudd"):
        monkeypatch.setattr(tidings, "run_name", lambda history, name=number: f"machine{name}-1")
        world.run(60, api=letter)
    assert world.senders.told.count("a: Api is down") == 2


def test_of_two_messages_of_one_event_the_first_counts(world: World) -> None:
    """Lines of two runs that did not know of each other, joined in the remote's order."""
    world.runs(api="dd")
    records = Outbox(world.root / "data/history").read()
    (want,) = [each for each in records if isinstance(each, Want)]
    (send,) = [each for each in records if isinstance(each, Send)]
    theirs = replace(want, run="b-1", key="urn:uuid:other/opened", about="urn:uuid:other")
    their_send = replace(send, run="b-1", key=theirs.key, wants=(theirs.key,))
    ledger = Ledger([*records, theirs, their_send])
    assert len(ledger.of("a").letters) == 1
    assert not ledger.of("a").pending
    first = Ledger([records[0], theirs, their_send, want, send])
    assert [letter.holder for letter in first.of("a").letters.values()] == ["b-1"]
    assert not first.of("a").pending


def test_lines_are_read_as_they_were_written_and_damage_is_passed_over(world: World) -> None:
    world.runs(api="dd")
    outbox = Outbox(world.root / "data/history")
    for record in outbox.read():
        assert read_line(to_line(record)) == record
    (path,) = outbox.files()
    whole = path.read_bytes()
    for cut in range(1, len(whole)):
        for line in whole[:cut].split(b"\n"):
            found = read_line(line)
            assert found is None or isinstance(found, Record)
    for bad in (b"[]", b"null", b'{"did":"want"}', b'{"did":"try","at":"x"}', b"[" * 9999, b"\xff"):
        assert read_line(bad) is None


def test_pushed_lines_of_two_runs_are_joined(world: World) -> None:
    one, two = (to_line(Begin(at=T0, channel=name, run=name)) for name in ("a", "b"))
    assert merge("outbox/2026-11-20.jsonl", None, one, two) == two + one
    assert merge("outbox/2026-11-20.jsonl", one, one + two, one) == one + two


def test_old_files_go_but_for_what_is_still_needed(world: World) -> None:
    world.runs(api="dduu" + "uu", web="uuuudd")
    outbox = Outbox(world.root / "data/history")
    for _ in range(2):
        world.now += 20 * DAY
        world.runs(api="ddduu", web="ddddd")
    world.now += 80 * DAY
    world.runs(api="dduu", web="dddd")

    names = [path.name for path in outbox.files()]
    assert names[0] == "2026-11-20.jsonl", "it holds the beginning, and an outage that lasts"
    assert len(names) == 3
    folder = world.root / "data/history"
    assert may_go("outbox/2026-12-10.jsonl", folder)
    assert not may_go(f"outbox/{names[-1]}", folder)
    assert not may_go("2026/11/2026-11-20.jsonl", folder)


def test_figures_tell_how_long_alerts_take(world: World) -> None:
    world.senders.answers = lambda message, number: (
        PASSING if "Web" in message.title and number < 2 else Delivery(Outcome.SENT)
    )
    world.runs(api="dduu" * 2, web="uuuuuudd")
    world.runs(api="uuu", web="ddd")
    world.write("data/status.yml", config("  - {id: a, to: $A}\n  - {id: z, to: $UNSET}\n"))
    channels = world.site().settings.channels
    found = alert_figures(world.ledger, channels, world.environ, world.now)

    assert (found.alerts, found.median_s, found.longest_s) == (3, 1, 601)
    assert found.dead == ()
    assert found.unset == (("z", ("UNSET",)),)
    later = alert_figures(world.ledger, channels, world.environ, world.now + 31 * DAY)
    assert (later.alerts, later.median_s, later.longest_s) == (0, None, None)


def test_what_was_held_back_on_purpose_says_nothing_of_delays(tmp_path: Path) -> None:
    world = World(tmp_path, config("  - {id: a, to: $A, minimum_interval: 2h}\n"))
    world.runs(api="dd" + "d" * 30, web="uudd" + "d" * 28)
    channels = world.site().settings.channels
    found = alert_figures(world.ledger, channels, world.environ, world.now)
    assert len(world.senders.arrived) == 2
    assert (found.alerts, found.longest_s) == (1, 1)


def test_a_channel_that_is_gone_keeps_nothing_waiting(world: World) -> None:
    world.senders.answers = lambda message, number: PASSING
    world.runs(api="dd")
    world.write("data/status.yml", config("  - {id: other, to: $B}\n"))
    for _ in range(26):
        world.run(HOUR)
    (letter,) = world.ledger.dead()
    assert "no such channel" in letter.tries[-1].detail


def test_a_secret_that_no_run_has_is_a_dead_letter_after_a_day(world: World) -> None:
    del world.environ["A"]
    world.runs(api="dd")
    told = world.tell()
    for _ in range(26):
        world.run(HOUR)
    assert told.unset == (("a", ("A",)),)
    (letter,) = world.ledger.dead()
    assert letter.tries[-1].detail == "no run in a day had $A"
    assert not world.senders.asked


def test_a_run_has_a_name_that_tells_nothing(tmp_path: Path) -> None:
    name = tidings.run_name(tmp_path)
    assert str(tmp_path) not in name
    assert name.partition("-")[0] == tidings.run_name(tmp_path).partition("-")[0]
    assert name.partition("-")[0] != tidings.run_name(tmp_path / "b").partition("-")[0]
    assert not isinstance(read_line(name.encode()), Try)


def test_the_end_of_an_outage_with_two_uids_is_told_once_in_the_first_thread(
    world: World,
) -> None:
    """A run elsewhere opened it under another uid, pushed first, and told it."""
    world.runs(api="d")
    outbox = Outbox(world.root / "data/history")
    theirs = World(world.root.parent / "theirs", config("  - {id: a, to: $A}\n"), world.now)
    theirs.senders = world.senders
    theirs.round(api="d")
    theirs.runs(api="d")
    told = [each for each in Outbox(theirs.root / "data/history").read() if each.did != "begin"]
    outbox.append([_under(each, "urn:uuid:other") for each in told])

    world.runs(api="ddduu")
    assert [each.title for each in world.senders.arrived] == ["Api is down", "Api is up again"]
    assert world.senders.arrived[-1].thread == "urn:uuid:other"


def test_an_outage_that_two_machines_saw_begin_is_one(world: World) -> None:
    """Two ids and two uids: their first failures fell into different minutes."""
    world.runs(api="dd", web="uu")
    records = Outbox(world.root / "data/history").read()
    (want,) = [each for each in records if isinstance(each, Want)]
    other = replace(want, key="urn:uuid:x/opened", about="urn:uuid:x", id="x", run="other-1")
    near = replace(other, happened=want.happened + 90)

    def pending(*more: Record) -> list[str]:
        return [each.about for each in Ledger([*records, *more]).of("a").pending]

    assert pending(near) == []
    ends = [
        replace(
            each, key=f"{each.about}/resolved/1", tone=Tone.RESOLVED, step="resolved/1", kind="up"
        )
        for each in (near, want)
    ]
    assert len(pending(near, *ends)) == 1, "the end is told once"
    assert pending(replace(near, run=want.run)) == ["urn:uuid:x"], "one machine sees two outages"
    assert pending(replace(near, happened=want.happened + 1200)) == ["urn:uuid:x"]
    knew = replace(near, knew=(want.about,))
    assert pending(knew) == ["urn:uuid:x"], "one that knew of the first means another"
    assert pending(replace(near, components=("web",))) == ["urn:uuid:x"]


def _under(record: Record, uid: str) -> Record:
    """The record, as a run would have written it that gave the incident this uid."""
    if isinstance(record, Want):
        return replace(record, about=uid, key=f"{uid}/{record.step}")
    if isinstance(record, Send):
        key = f"{uid}/{record.key.partition('/')[2]}"
        return replace(record, thread=uid, key=key, wants=(key,))
    if isinstance(record, Try):
        return replace(record, key=f"{uid}/{record.key.partition('/')[2]}")
    return record


def test_a_window_and_an_incident_of_one_id_are_two_stories(tmp_path: Path) -> None:
    world = World(
        tmp_path, config("  - {id: a, to: $A, on: [incident, maintenance], digest: never}\n")
    )
    world.run(api="u")
    world.write(
        "content/maintenance/2026-11-20-db.md",
        "---\ntitle: Work\naffected: [web]\nstart: 2026-11-20T12:08:00Z\nduration: 5m\n---\n",
    )
    world.write(
        "content/incidents/2026-11-20-db.md",
        "---\ntitle: Trouble\naffected: [api]\n---\n"
        "## Investigating · 2026-11-20T12:07:00Z\n\nWe look.\n",
    )
    world.runs(api="uu")
    assert sorted(world.senders.told) == [
        "a: Maintenance begun: Work", "a: Maintenance over: Work", "a: Trouble",
    ]  # fmt: skip
    assert len({message.thread for message in world.senders.arrived}) == 2
