"""What is sent now: wants become messages, as each channel's hours, limits and digest have it.

- **Quiet hours** hold everything back, a further attempt too. When they end, what is left is told
  in one message; what began and ended within them is not told at all.
- **minimum_interval** holds back what comes too soon; afterwards it is told in one message, what
  is over again too.
- **digest**: so many wants at one time become one message. A channel that joins alerts and their
  ends by a key (PagerDuty, Alertmanager) gets each its own, or its alerts would never end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from statusgen.base.clock import HOUR, Instant
from statusgen.base.ids import stable_urn
from statusgen.config.channels import Channel
from statusgen.notify import compose
from statusgen.notify.compose import Pen, Text
from statusgen.notify.ledger import GIVEN_UP_AFTER, Account, Ledger, Letter
from statusgen.notify.message import Outcome, Tone
from statusgen.notify.records import Claim, Drop, Record, Send, Try, Want

_RIGHT_AWAY = 60
"""Seconds after which a want that was not sent was held back."""
_JOINING = ("pagerduty", "alertmanager", "alertmanagers")


def joins_by_key(channel: Channel, environ: Mapping[str, str]) -> bool:
    """Whether a channel joins an alert and its end by the message's thread."""
    return channel.to.reveal(environ).partition(":")[0].lower() in _JOINING


def plan(
    ledger: Ledger,
    pen: Pen,
    channels: Sequence[Channel],
    *,
    now: Instant,
    run: str,
    begun: Instant | None = None,
    joins: Callable[[Channel], bool] = lambda channel: False,
    able: Callable[[Channel], bool] = lambda channel: True,
    tried: Collection[str] = (),
) -> list[Record]:
    """Return the lines that say what is sent now, and let the ledger know them.

    ``able`` says whether this run has what sending to a channel takes; what it cannot send is
    nobody's, for a run that can. ``begun`` is when this run began to tell, by default now: what
    another took up is left to it unless it had been silent for long by then, however long this one
    pushes, for the other may only be waiting for its turn to push. ``tried`` names, as
    ``channel|key``, what was tried just now: the next run tries it again. A second plan at the same
    instant is empty.
    """
    made: list[Record] = []
    for channel in channels:
        account = ledger.of(channel.id)
        mine = run if able(channel) else ""
        for record in _released(account, pen, channel, now=now, run=mine, joins=joins(channel)):
            ledger.take(record)
            made.append(record)
        quiet = channel.quiet is not None and channel.quiet.cover(now)
        if mine and not quiet:
            for letter in _takeable(account, now, run, now if begun is None else begun):
                if f"{channel.id}|{letter.send.key}" in tried:
                    continue
                claim = Claim(
                    at=now, channel=channel.id, run=run, key=letter.send.key,
                    number=len(letter.tries) + 1,
                )  # fmt: skip
                ledger.take(claim)
                made.append(claim)
        for record in () if mine else _never_able(account, channel, now, run):
            ledger.take(record)
            made.append(record)
    for record in _abandoned(ledger, channels, now, run):
        ledger.take(record)
        made.append(record)
    return made


def _released(
    account: Account, pen: Pen, channel: Channel, *, now: Instant, run: str, joins: bool
) -> Iterator[Record]:
    pending = account.pending
    passed = _passed_in_quiet(channel, account, pending)
    if passed:
        gone = tuple(want.key for want in passed)
        yield Drop(at=now, channel=channel.id, run=run, wants=gone, why="over in quiet hours")
        pending = [want for want in pending if want not in passed]
    if not pending or (channel.quiet is not None and channel.quiet.cover(now)):
        return
    last = account.last_send
    if channel.minimum_interval and last is not None and now - last < channel.minimum_interval:
        return
    limits = channel.quiet is not None or channel.minimum_interval > 0
    held = limits and any(now - want.at >= _RIGHT_AWAY for want in pending)
    many = channel.digest is not None and (held or len(pending) >= channel.digest)
    if many and len(pending) > 1 and not joins:
        yield _message(pen, channel, account, pending, now, run, held=held)
        return
    for want in pending:
        yield _message(pen, channel, account, [want], now, run, held=held)


def _passed_in_quiet(channel: Channel, account: Account, pending: Sequence[Want]) -> list[Want]:
    """Return the wants of what began and ended within one stretch of quiet hours."""
    if channel.quiet is None:
        return []
    by_story: dict[str, list[Want]] = {}
    for want in pending:
        by_story.setdefault(account.uid(want.about, want.id), []).append(want)
    gone: list[Want] = []
    for uid, wants in by_story.items():
        if account.stories[uid].wants != wants:
            continue  # a part of it was told
        first, last = wants[0], wants[-1]
        ended = first.tone is Tone.PROBLEM and last.tone is Tone.RESOLVED
        quiet = channel.quiet.cover(first.at)
        if ended and quiet and last.happened <= channel.quiet.end_after(first.at):
            gone += wants
    return gone


def _message(
    pen: Pen,
    channel: Channel,
    account: Account,
    wants: Sequence[Want],
    now: Instant,
    run: str,
    *,
    held: bool,
) -> Send:
    over = {want.about for want in wants if want.tone is Tone.RESOLVED}
    lasting = [w for w in wants if w.tone is Tone.PROBLEM and w.about not in over]
    leading = lasting or [w for w in wants if w.tone is Tone.RESOLVED] or list(wants)
    one = wants[0] if len(wants) == 1 else None
    text = Text(one.title, one.body) if one else compose.several(pen, wants)
    components = tuple(dict.fromkeys(each for want in wants for each in want.components))
    severity = max((want.severity for want in leading), key=_SEVERITIES.index)
    happened = min(want.happened for want in leading)
    thread = account.uid(one.about, one.id) if one else _digest_key(channel, wants)
    link = one.link if one else pen.settings.site.url
    tone = leading[0].tone
    text = compose.dressed(
        pen, channel, text,
        {
            "kind": str(tone), "severity": severity, "time": pen.moment(happened), "link": link,
            "components": ", ".join(pen.names(components)),
        },
    )  # fmt: skip
    return Send(
        at=now,
        channel=channel.id,
        run=run,
        key=one.key if one else thread,
        wants=tuple(want.key for want in wants),
        thread=thread,
        tone=tone,
        severity=severity,
        happened=happened,
        title=text.title,
        body=text.body,
        link=link,
        components=components,
        over=one is not None and tone is Tone.UPDATE and account.story(one.about, one.id).over,
        by_person=all(want.by_person for want in wants),
        held=held,
    )


_SEVERITIES = ["none", "minor", "major", "critical"]


def _digest_key(channel: Channel, wants: Sequence[Want]) -> str:
    return stable_urn("digest", channel.id, *(want.key for want in wants))


def _takeable(account: Account, now: Instant, run: str, begun: Instant) -> list[Letter]:
    """Return the letters that are due and nobody's: what failed, and what a dead run left.

    News of the channel is a reason to try at once what waits longer.
    """
    waiting = [letter for letter in account.letters.values() if not letter.settled]
    news = any(letter.fresh for letter in waiting)
    return [
        letter
        for letter in waiting
        if letter.takes(run, begun)
        and not (letter.holder == run and not letter.answered)
        and (letter.due <= now or (news and not _asked_to_wait(letter, now)))
    ]


def _asked_to_wait(letter: Letter, now: Instant) -> bool:
    return bool(letter.tries) and letter.tries[-1].asked > now


def _never_able(account: Account, channel: Channel, now: Instant, run: str) -> Iterator[Record]:
    """Give up what no run could send for a day."""
    for letter in list(account.letters.values()):
        if not letter.settled and now - letter.send.at > GIVEN_UP_AFTER:
            names = ", ".join(f"${name}" for name in channel.to.names)
            yield _given_up(letter, now, run, f"no run in a day had {names}")


def _given_up(letter: Letter, now: Instant, run: str, why: str) -> Try:
    return Try(
        at=now,
        channel=letter.send.channel,
        run=run,
        key=letter.send.key,
        sent=now,
        dead=True,
        number=len(letter.tries) + 1,
        outcome=Outcome.PERMANENT,
        detail=why,
    )


def _abandoned(
    ledger: Ledger, channels: Sequence[Channel], now: Instant, run: str
) -> Iterator[Record]:
    """Give up what belongs to channels that the configuration lost a day ago."""
    known = {channel.id for channel in channels}
    for name, account in ledger.accounts.items():
        if name in known:
            continue
        old = tuple(w.key for w in account.pending if now - w.at > 24 * HOUR)
        if old:
            yield Drop(at=now, channel=name, run=run, wants=old, why="the channel is gone")
        for letter in list(account.letters.values()):
            if not letter.settled and now - letter.send.at > GIVEN_UP_AFTER:
                yield _given_up(letter, now, run, "the configuration has no such channel any more")
