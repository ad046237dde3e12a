"""Any course of rounds, kills and broken channels, against an oracle that counts letters."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from statusgen.notify.message import Delivery, Message, Outcome, Tone
from tests.notify.crashes import KilledError, Mortal, Reaper
from tests.notify.world import World, config

CONFIG = config(
    "  - {id: all, to: $A, digest: never}\n"
    "  - {id: api, to: $B, monitors: [api], digest: never}\n"
    "  - {id: late, to: $C, on: [], digest: never}\n"
    "  - {id: first, to: $A, monitors: [web], escalate: {after: 20m, to: late}, digest: never}\n"
    "  - {id: few, to: $B, minimum_interval: 1h}\n",
    "api web mail",
)
MONITORS = ("api", "web", "mail")
STEP = 300


def outages(letters: str) -> list[tuple[int, int | None]]:
    """Positions at which two failures in a row opened, two good checks in a row closed."""
    found: list[tuple[int, int | None]] = []
    opened: int | None = None
    for place in range(1, len(letters)):
        pair = letters[place - 1 : place + 1]
        if opened is None and pair == "dd":
            opened = place
        elif opened is not None and pair == "uu":
            found.append((opened, place))
            opened = None
    return found if opened is None else [*found, (opened, None)]


class Course(RuleBasedStateMachine):
    """Runs every five minutes: each stores a round, some are killed, some channels are broken."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="statusgen-"))
        self.patch = pytest.MonkeyPatch()
        self.world = World(self.folder, CONFIG)
        self.reaper = Reaper(self.patch)
        senders = Mortal(self.answer)
        senders.reaper = self.reaper
        self.world.senders = senders
        self.broken: set[str] = set()
        self.letters = dict.fromkeys(MONITORS, "")
        self.kills = 0
        self.run("uuu", None)

    def answer(self, message: Message, number: int) -> Delivery:
        if message.channel in self.broken:
            return Delivery(Outcome.PASSING, "HTTP 503")
        return Delivery(Outcome.SENT)

    def run(self, states: str, point: int | None) -> None:
        self.reaper.new_process(point)
        with contextlib.suppress(KilledError):
            self.world.run(STEP, **dict(zip(MONITORS, states, strict=True)))
        self.kills += point is not None and self.reaper.steps >= point
        name = f"{self.world.now}"
        stored = any(
            name in line
            for line in (f"{each.at}" for each in self.world.site().store.rounds(self.world.now))
        )
        if stored:  # a round that was killed before it was safe was seen by nobody
            for monitor, letter in zip(MONITORS, states, strict=True):
                self.letters[monitor] += letter

    @rule(states=st.text("ud", min_size=3, max_size=3), times=st.integers(1, 5))
    def lasts(self, states: str, times: int) -> None:
        for _ in range(times):
            self.run(states, None)

    @rule(states=st.text("ud", min_size=3, max_size=3), point=st.integers(1, 40))
    def killed(self, states: str, point: int) -> None:
        self.run(states, point)

    @rule(names=st.sets(st.sampled_from(["all", "api", "few", "first", "late"])))
    def breaks(self, names: set[str]) -> None:
        self.broken = names

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.broken = set()
            last = "".join(self.letters[monitor][-1] for monitor in MONITORS)
            for _ in range(30):
                self.run(last, None)
            self.judge()
        finally:
            self.patch.undo()
            shutil.rmtree(self.folder)

    def judge(self) -> None:
        by_channel: dict[str, list[Message]] = defaultdict(list)
        for message in self.world.senders.arrived:
            by_channel[message.channel].append(message)
        for channel, messages in by_channel.items():
            keys = [message.key for message in messages]
            # Channels are told side by side: one kill may leave several messages of a channel
            # sent and not marked, but each of them once.
            most = max(Counter(keys).values())
            assert most <= self.kills + 1, "each double has a kill for it"
            texts = {(m.key, m.title, m.body, m.tone, m.thread) for m in messages}
            assert len(texts) == len(set(keys)), channel
        # One component each way: the oracle counts letters and knows nothing of incidents.
        expected = outages(self.letters["api"])
        told = {m.key: m for m in by_channel["api"]}
        tones = [m.tone for m in told.values()]
        assert tones.count(Tone.PROBLEM) == len(expected)
        assert tones.count(Tone.RESOLVED) == sum(end is not None for _, end in expected)
        assert all(m.components == ("api",) for m in told.values())
        begun: set[str] = set()
        for message in by_channel["api"]:
            assert message.tone is Tone.PROBLEM or message.thread in begun
            begun.add(message.thread)
        # Whoever was told of anything hears that it is over, if it is.
        everything = {m.key: m for m in by_channel["all"]}
        ups = [m for m in everything.values() if m.tone is Tone.RESOLVED]
        opened = [m for m in everything.values() if m.tone is Tone.PROBLEM]
        still = {m.thread for m in opened} - {m.thread for m in ups}
        assert bool(still) == any("dd" in each[-3:] for each in self.letters.values())
        assert {m.thread for m in by_channel["late"]} <= {m.thread for m in by_channel["first"]}
        long = [
            (start, end)
            for start, end in outages(self.letters["web"])
            if (len(self.letters["web"]) if end is None else end) - start > 5
        ]
        called = [m for m in by_channel["late"] if m.tone is Tone.PROBLEM]
        assert len({m.key for m in called}) >= len(long)
        for account in self.world.ledger.accounts.values():
            assert not account.pending
            assert all(letter.sent for letter in account.letters.values())


@pytest.mark.parametrize(
    "examples", [8, pytest.param(300, marks=pytest.mark.long)], ids=["few", "many"]
)
def test_any_course(examples: int) -> None:
    options: dict[str, Any] = {
        "max_examples": examples,
        "stateful_step_count": 12,
        "deadline": None,
        "suppress_health_check": list(HealthCheck),
    }
    run_state_machine_as_test(Course, settings=settings(**options))
