"""A small site whose rounds are written as letters, with channels that only remember."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from statusgen.base.clock import parse_instant, to_datetime
from statusgen.base.secrets import Template
from statusgen.base.states import Reason, State
from statusgen.notify.ledger import Ledger
from statusgen.notify.message import Delivery, Message, Outcome, Sender
from statusgen.notify.outbox import Outbox
from statusgen.probe.round import Check, Round
from statusgen.run.record import record
from statusgen.run.site import Site
from statusgen.run.tell import Errand, Told
from tests.cli.harness import write_config

T0 = parse_instant("2026-11-20T12:00:00Z")
MINUTE = 60
SENT = Delivery(Outcome.SENT)
_STATES = {"u": State.UP, "g": State.DEGRADED, "d": State.DOWN, "?": State.UNKNOWN}


@dataclass
class Remembering:
    """Senders that send nowhere and remember what they were asked to tell."""

    answers: Callable[[Message, int], Delivery] = lambda message, number: SENT
    """Message, and how many attempts of it there were → what becomes of this one."""
    asked: list[Message] = field(default_factory=list)
    arrived: list[Message] = field(default_factory=list)

    def __call__(self, to: Template, environ: Mapping[str, str]) -> Sender:
        return self

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        number = sum(each.key == message.key for each in self.asked)
        self.asked.append(message)
        answer = self.answers(message, number)
        if answer.outcome is Outcome.SENT:
            self.arrived.append(message)
        return answer

    @property
    def told(self) -> list[str]:
        """Channel and title of what arrived."""
        return [f"{each.channel}: {each.title}" for each in self.arrived]


class World:
    """A repository, a clock, channels."""

    def __init__(self, root: Path, config: str, now: int = T0) -> None:
        self.root, self.now = root, now
        self.senders = Remembering()
        self.environ = {
            name: f"json://{name.lower()}.example/x" for name in ("A", "B", "C", "PHONE")
        }
        write_config(root, config)

    def site(self) -> Site:
        return Site(self.root)

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def round(self, **letters: str) -> None:
        """Record one round, and nothing more."""
        checks = {name.replace("_", "-"): _check(letter) for name, letter in letters.items()}
        done = Round(
            key=f"{to_datetime(self.now):%Y%m%dT%H%M%SZ}-test-1-1",
            at=self.now,
            vantage="test",
            checks=checks,
        )
        site = self.site()
        record(site, done, now=self.now + 1, channels=site.settings.channels)

    def errand(self, **options: object) -> Errand:
        site = self.site()
        return Errand(
            site=site,
            channels=site.settings.channels,
            environ=self.environ,
            senders=self.senders,
            now=lambda: self.now + 1,
            **options,  # type: ignore[arg-type]
        )

    def tell(self) -> Told:
        """Send what is due."""
        return self.errand().run()

    def run(self, after: int = 5 * MINUTE, **letters: str) -> list[str]:
        """Let time pass, record a round, send; return what arrived in it."""
        self.now += after
        before = len(self.senders.arrived)
        if letters:
            self.round(**letters)
        self.tell()
        return self.senders.told[before:]

    def runs(self, after: int = 5 * MINUTE, **letters: str) -> list[list[str]]:
        """One run for each letter."""
        length = max(map(len, letters.values()))
        return [
            self.run(after, **{name: text[place] for name, text in letters.items()})
            for place in range(length)
        ]

    @property
    def ledger(self) -> Ledger:
        return Ledger(Outbox(self.root / "data/history").read())

    def lines(self) -> Sequence[str]:
        files = Outbox(self.root / "data/history").files()
        return [line for path in files for line in path.read_text("utf-8").splitlines()]


def _check(letter: str) -> Check:
    if letter == "d":
        return Check(state=State.DOWN, ms=5, code=503, reason=Reason.STATUS)
    if letter == "g":
        return Check(state=State.DEGRADED, ms=5000, code=200, reason=Reason.SLOW)
    return Check(state=_STATES[letter], ms=5, code=200)


def config(notifications: str, monitors: str = "api web mail", more: str = "") -> str:
    """A configuration of monitors (``name`` or ``name:Group``), and its notifications."""
    listed = []
    for each in monitors.split():
        name, _, group = each.partition(":")
        within = f", group: {group}" if group else ""
        listed.append(
            f"  - {{id: {name}, name: {name.title()}, url: https://{name}.example/{within}}}"
        )
    return "\n".join(
        [
            "site: {name: Example, url: https://status.example/, timezone: Europe/Berlin}",
            "monitors:",
            *listed,
            f"notifications:\n{notifications}" if notifications else "",
            more,
            "",
        ]
    )
