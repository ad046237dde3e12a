"""Attempts: the messages that this run took up go out, and what became of each is written at once.

Channels are served side by side, the messages of one in their order. After an attempt that failed
nothing more of the same incident goes to that channel in this run, so that no end overtakes its
beginning; after two, nothing at all.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from statusgen.base import clock
from statusgen.base.clock import HOUR, MINUTE, Instant
from statusgen.base.secrets import Redactor, Template
from statusgen.base.text import one_line
from statusgen.config.channels import Channel
from statusgen.notify.ledger import GIVEN_UP_AFTER, MOST_TRIES, Ledger, Letter
from statusgen.notify.message import Delivery, Outcome, Sender
from statusgen.notify.records import Try

Senders = Callable[[Template, Mapping[str, str]], Sender]
"""An address as written, and the environment → what can send to it."""

_FIRST_WAIT, _LONGEST_WAIT = 5 * MINUTE, 2 * HOUR
_MOST_FAILURES = 2
_AT_ONCE = 8
_DETAIL = 300


def default_senders() -> Senders:
    """Return the real ones; their modules are imported now, and no earlier."""
    from statusgen.notify.senders import sender_for

    return sender_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What delivering takes."""

    channels: Sequence[Channel]
    environ: Mapping[str, str]
    run: str
    senders: Senders
    redact: Redactor
    now: Callable[[], Instant] = clock.now
    pushed: Instant = 0


def mine(ledger: Ledger, channel: str, run: str) -> list[Letter]:
    """Return the letters of a channel that a run took up and has not told of, in order."""
    return [
        letter
        for letter in ledger.of(channel).letters.values()
        if letter.holder == run and not letter.answered and not letter.settled
    ]


def deliver(ledger: Ledger, post: Post, write: Callable[[Try], None]) -> list[Try]:
    """Make one attempt for each message that this run took up; ``write`` is called after each.

    Raises OutsideError where ``write`` does, when everything under way has ended.
    """
    jobs = [
        _Job(channel, letters, _ahead(ledger, channel.id, post.run))
        for channel in post.channels
        if (letters := mine(ledger, channel.id, post.run))
    ]
    done: list[Try] = []
    for told in _side_by_side(jobs, post):
        write(told)
        ledger.take(told)
        done.append(told)
    return done


@dataclass(frozen=True, slots=True)
class _Job:
    """What goes to one channel."""

    channel: Channel
    letters: Sequence[Letter]
    stuck: frozenset[str]
    """What earlier messages tell of that do not go now."""


def _ahead(ledger: Ledger, channel: str, run: str) -> frozenset[str]:
    """Return what the messages tell of that are not settled and that this run may not send."""
    ours = {letter.send.key for letter in mine(ledger, channel, run)}
    return frozenset(
        want.about
        for letter in ledger.of(channel).letters.values()
        if not letter.settled and letter.send.key not in ours
        for want in letter.wants
    )


def _side_by_side(jobs: Sequence[_Job], post: Post) -> Iterator[Try]:
    """Yield attempts as they end. Threads die with the process: nothing waits for a kill."""
    results: queue.Queue[Try | BaseException | None] = queue.Queue()
    waiting: queue.SimpleQueue[_Job] = queue.SimpleQueue()
    for job in jobs:
        waiting.put(job)

    def work() -> None:
        try:
            while True:
                for told in _in_order(waiting.get_nowait(), post):
                    results.put(told)
        except queue.Empty:
            results.put(None)
        except BaseException as error:
            results.put(error)

    if len(jobs) == 1:
        yield from _in_order(jobs[0], post)
        return
    running = min(len(jobs), _AT_ONCE)
    for _ in range(running):
        threading.Thread(target=work, daemon=True).start()
    while running:
        told = results.get()
        if isinstance(told, Try):
            yield told
        elif told is None:
            running -= 1
        else:
            raise told


def _in_order(job: _Job, post: Post) -> Iterator[Try]:
    channel = job.channel
    sender = post.senders(channel.to, post.environ)
    stuck = set(job.stuck)
    failures = 0
    for letter in job.letters:
        if failures >= _MOST_FAILURES or {want.about for want in letter.wants} & stuck:
            continue
        told = attempt(letter, channel, sender, post)
        if told.outcome == Outcome.PASSING and not told.dead:
            failures += 1
            stuck.update(want.about for want in letter.wants)
        yield told


def attempt(letter: Letter, channel: Channel, sender: Sender, post: Post) -> Try:
    """Make one attempt and say what became of it, and what follows."""
    begun = post.now()
    try:
        answer = sender.send(letter.send.message(), channel.to, post.environ)
    except Exception as error:  # a library's fault must neither end the run nor lose the message
        answer = Delivery(Outcome.PASSING, f"{type(error).__name__}: {error}")
    ended = max(post.now(), begun)
    number = len(letter.tries) + 1
    count = number - letter.since
    asked = min(answer.retry_after or 0, int(GIVEN_UP_AFTER))
    first = letter.tries[letter.since].sent if len(letter.tries) > letter.since else begun
    passing = answer.outcome is Outcome.PASSING
    over = ended - first >= GIVEN_UP_AFTER or count >= MOST_TRIES
    dead = answer.outcome is Outcome.PERMANENT or (passing and over)
    return Try(
        at=ended,
        channel=channel.id,
        run=post.run,
        key=letter.send.key,
        number=number,
        sent=begun,
        outcome=str(answer.outcome),
        detail=one_line(post.redact(answer.detail), _DETAIL),
        next=ended + max(wait_after(count), asked) if passing and not dead else 0,
        asked=ended + asked if asked and passing else 0,
        dead=dead,
        pushed=post.pushed,
    )


def wait_after(count: int) -> int:
    """Return the seconds to wait after that many attempts in a row failed.

    The first is tried again by the next run, then after 5, 10, 20 … minutes, at most two hours.
    """
    if count <= 1:
        return 0
    doubled: int = _FIRST_WAIT * 2 ** min(count - 2, 10)
    return min(doubled, _LONGEST_WAIT)
