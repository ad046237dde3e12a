"""From the outbox to the channels: plan, publish the intent, send, mark, publish again.

The intent is on the remote before it is sent, so that whoever comes after a kill knows of it; a
remote that does not answer holds no alert back. What was sent and not yet marked is sent again with
the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from statusgen.base import clock
from statusgen.base.clock import DAY, Instant
from statusgen.base.secrets import Redactor, Template
from statusgen.config.channels import Channel
from statusgen.history.outboxdays import KEPT_DAYS
from statusgen.notify.deliver import Post, Senders, default_senders, deliver, mine
from statusgen.notify.ledger import Ledger
from statusgen.notify.message import Outcome
from statusgen.notify.outbox import Outbox
from statusgen.notify.plan import joins_by_key, plan
from statusgen.notify.records import Record, Send, Try
from statusgen.probe.templates import secrets_of
from statusgen.run.site import Site
from statusgen.run.tidings import pen_of, run_name

_UPPTIME = "NOTIFICATION_"
"""What the names begin with of the variables in which Upptime's users keep addresses."""
_ROUNDS = 3
"""How often a run plans again because another one was faster."""

Publish = Callable[[], bool]
"""Puts on the remote what is here; whether it is there now."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run sent."""

    tries: tuple[Try, ...] = ()
    published: bool = True
    """Whether the remote holds all that is here; True where nothing is published."""
    unset: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Channels with something to tell whose secrets this run does not have, and these."""

    @property
    def failed(self) -> tuple[Try, ...]:
        """The attempts that failed."""
        return tuple(each for each in self.tries if each.outcome != Outcome.SENT)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What telling takes."""

    site: Site
    channels: Sequence[Channel]
    environ: Mapping[str, str]
    publish: Publish | None = None
    senders: Senders | None = None
    now: Callable[[], Instant] = clock.now

    def run(self) -> Told:
        """Send what is due. Raises OutsideError where the disk refuses."""
        outbox = Outbox(self.site.places.history)
        begun = self.now()
        with outbox.alone():
            told = self._rounds(outbox, begun)
            self._prune(outbox)
        return told

    def due(self) -> tuple[Record, ...]:
        """Return what :meth:`run` would write before it sends; writes nothing."""
        ledger = Ledger(Outbox(self.site.places.history).read())
        return tuple(self._plan(ledger, self.now()))

    @property
    def _name(self) -> str:
        return run_name(self.site.places.history)

    def _plan(self, ledger: Ledger, begun: Instant, tried: Sequence[Try] = ()) -> list[Record]:
        return plan(
            ledger,
            pen_of(self.site),
            self.channels,
            now=self.now(),
            run=self._name,
            begun=begun,
            joins=lambda channel: joins_by_key(channel, self.environ),
            able=lambda channel: not channel.to.missing(self.environ),
            tried={f"{told.channel}|{told.key}" for told in tried},
        )

    def _rounds(self, outbox: Outbox, begun: Instant) -> Told:
        done: list[Try] = []
        published = True
        ledger = Ledger(outbox.read())
        for number in range(_ROUNDS):
            made = self._plan(ledger, begun, done)
            outbox.append(made)
            if number and not made:
                break
            pushed = 0
            if self.publish is not None:
                published = self.publish()
                pushed = self.now() if published else 0
                ledger = Ledger(outbox.read())  # others' lines have come, and decide
            if any(mine(ledger, channel.id, self._name) for channel in self.channels):
                done += deliver(ledger, self._post(pushed), lambda told: outbox.append([told]))
            elif self.publish is None or not any(isinstance(each, Send) for each in made):
                break
        if done and self.publish is not None:
            published = self.publish()
        return Told(tuple(done), published, tuple(self._unset(ledger)))

    def _post(self, pushed: Instant) -> Post:
        secrets = [
            *(channel.to for channel in self.channels),
            *secrets_of(self.site.settings.monitors),
        ]
        return Post(
            channels=self.channels,
            environ=self.environ,
            run=self._name,
            senders=self.senders or default_senders(),
            redact=_redactor(secrets, self.environ),
            now=self.now,
            pushed=pushed,
        )

    def _unset(self, ledger: Ledger) -> Sequence[tuple[str, tuple[str, ...]]]:
        return [
            (channel.id, missing)
            for channel in self.channels
            if (missing := channel.to.missing(self.environ))
            and any(not each.settled for each in ledger.of(channel.id).letters.values())
        ]

    def _prune(self, outbox: Outbox) -> None:
        files = outbox.files()
        now = self.now()
        if not files or clock.parse_instant(f"{files[0].name[:10]}T00:00:00Z") > now - (
            KEPT_DAYS * DAY
        ):
            return
        outbox.prune(now, needed=Ledger(outbox.read()).needed())


def _redactor(secrets: Sequence[Template], environ: Mapping[str, str]) -> Redactor:
    names = [name for each in secrets for name in each.names]
    names += [name for name in environ if name.startswith(_UPPTIME)]
    return Redactor(environ[name] for name in names if environ.get(name))
