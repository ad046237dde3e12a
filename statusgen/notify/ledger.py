"""How the outbox stands: what its lines, one after the other, add up to.

A pure function of the lines in their order. Two runs that saw one outage without knowing of each
other may give it two uids and one id, or two of both: of their wants the first counts. Of messages
that hold the same want the first counts, and the other is void. So two
runs that made messages of one event without knowing of each other agree, once they have each
other's lines, on who sends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from statusgen.base.clock import HOUR, Instant
from statusgen.notify.message import Outcome, Tone
from statusgen.notify.records import Again, Begin, Claim, Drop, Record, Send, Try, Want

LEASE = 240
"""Seconds in which a run that took a message up is left alone: shorter than the usual five minutes
between two runs, longer than pushing and sending take."""
UNAWARE = 900
"""Seconds in which two machines may see one outage begin without knowing of each other: the longest
that a job takes from its check until it has pushed, under many that push at once."""
GIVEN_UP_AFTER = 24 * HOUR
MOST_TRIES = 20


@dataclass(slots=True)
class Letter:
    """A message on its way, or arrived."""

    send: Send
    wants: tuple[Want, ...]
    holder: str
    """The run that took it up last."""
    held_since: Instant
    tries: list[Try] = field(default_factory=list)
    since: int = 0
    """Attempts before the one from which the count begins anew (a person asked again)."""
    answered: bool = False
    """Whether the last holder has told what became of it."""

    @property
    def sent(self) -> bool:
        """Whether it arrived."""
        return any(each.outcome == Outcome.SENT for each in self.tries)

    @property
    def dead(self) -> bool:
        """Whether it was given up."""
        return not self.sent and len(self.tries) > self.since and self.tries[-1].dead

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.sent or self.dead

    @property
    def fresh(self) -> bool:
        """Whether nobody has tried it yet, or a person asked again."""
        return len(self.tries) == self.since

    @property
    def due(self) -> Instant:
        """When it may be tried."""
        return self.send.at if self.fresh else self.tries[-1].next

    def takes(self, run: str, at: Instant) -> bool:
        """Whether a run may take it up at an instant: it is nobody's, or its holder is dead."""
        same_folder = self.holder.partition("-")[0] == run.partition("-")[0]
        free = self.answered or not self.holder
        return free or same_folder or at - self.held_since >= LEASE


@dataclass(slots=True)
class Story:
    """What a channel was told of one incident or window."""

    begun: bool = False
    """Whether it was told, or is to be told, of the beginning."""
    over: bool = False
    """Whether it was told, or is to be told, of the end."""
    first: Instant = 0
    """When what it was first told of happened."""
    wants: list[Want] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """One channel's part."""

    begun: Instant | None = None
    wants: dict[str, Want] = field(default_factory=dict)
    """By key, in order."""
    same: dict[str, str] = field(default_factory=dict)
    """Key of a want → key of the one that counts."""
    settled: set[str] = field(default_factory=set)
    """Keys of wants that stand in a message or were dropped."""
    letters: dict[str, Letter] = field(default_factory=dict)
    """By key, in order."""
    stories: dict[str, Story] = field(default_factory=dict)
    """By uid."""
    uids: dict[str, str] = field(default_factory=dict)
    """Id, or another uid → the uid under which its story is told."""

    @property
    def pending(self) -> list[Want]:
        """The wants that are told nowhere yet, in order."""
        return [want for key, want in self.wants.items() if key not in self.settled]

    def uid(self, uid: str, identifier: str) -> str:
        """Return the uid under which the story of an incident or a window is told."""
        return uid if uid in self.stories else self.uids.get(uid, self.uids.get(identifier, uid))

    def knows(self, uid: str, identifier: str, step: str) -> bool:
        """Whether a step of a story is told, or to be told, or was dropped."""
        return f"{self.uid(uid, identifier)}/{step}" in self.same

    def story(self, uid: str, identifier: str) -> Story:
        """Return what was told of an incident or a window."""
        return self.stories.get(self.uid(uid, identifier)) or Story()

    @property
    def last_send(self) -> Instant | None:
        """When the newest message was made."""
        return max((each.send.at for each in self.letters.values()), default=None)


class Ledger:
    """All channels' accounts."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.accounts: dict[str, Account] = {}
        for record in records:
            self.take(record)

    def of(self, channel: str) -> Account:
        """Return a channel's account, an empty one where it has none."""
        return self.accounts.setdefault(channel, Account())

    def take(self, record: Record) -> None:
        """Go one line on."""
        account = self.of(record.channel)
        match record:
            case Begin():
                account.begun = min(record.at, account.begun or record.at)
            case Want():
                _want(account, record)
            case Send():
                _send(account, record)
            case Claim():
                letter = account.letters.get(record.key)
                if letter is not None and letter.takes(record.run, record.at):
                    letter.holder, letter.held_since = record.run, record.at
                    letter.answered = False
            case Try():
                letter = account.letters.get(record.key)
                if letter is not None:
                    letter.tries.append(record)
                    letter.answered = True
            case Drop():
                account.settled.update(account.same.get(key, key) for key in record.wants)
            case Again():
                letter = account.letters.get(record.key)
                if letter is not None and letter.dead:
                    letter.since = len(letter.tries)
                    letter.answered = True

    def needed(self) -> list[Record]:
        """Return what later lines still refer to, whatever its age."""
        found: list[Record] = []
        for name, account in self.accounts.items():
            if account.begun is not None:
                found.append(Begin(at=account.begun, channel=name))
            lasting = [each for each in account.stories.values() if each.begun and not each.over]
            found += [want for story in lasting for want in story.wants]
            found += account.pending
            for letter in account.letters.values():
                if not letter.settled or any(want in found for want in letter.wants):
                    found += [letter.send, *letter.wants, *letter.tries]
        return found

    def dead(self) -> list[Letter]:
        """Return the dead letters, in order."""
        return [
            letter
            for account in self.accounts.values()
            for letter in account.letters.values()
            if letter.dead
        ]


def _want(account: Account, want: Want) -> None:
    uid = account.uid(want.about, want.id)
    if uid not in account.stories:
        uid = _seen_elsewhere(account, want) or uid
        account.uids[want.about] = uid
    step = f"{uid}/{want.step}"
    if step in account.same:
        account.same.setdefault(want.key, account.same[step])
        return
    account.uids.setdefault(want.id, uid)
    account.same[step] = account.same[want.key] = want.key
    account.wants[want.key] = want
    story = account.stories.setdefault(uid, Story())
    story.wants.append(want)
    if want.tone is Tone.PROBLEM:
        if not story.begun or story.over:
            story.first = want.happened
        story.begun, story.over = True, False
    elif want.tone is Tone.RESOLVED:
        story.over = True


def _seen_elsewhere(account: Account, want: Want) -> str | None:
    """Return the story of an outage that another machine saw begin at nearly the same time.

    Neither knew of the other's round, so each opened an incident. One machine never does that, nor
    one that knew of the other's, and what they tell is never taken for something else.
    """
    alike = (uid for uid in like_outages(account, want) if uid not in want.knew)
    ours = want.run.partition("-")[0]
    return next(
        (uid for uid in alike if account.stories[uid].wants[0].run.partition("-")[0] != ours), None
    )


def like_outages(account: Account, want: Want) -> list[str]:
    """Return the uids of outages of the same components that began lately and were not told over.

    Those of a channel that hears of no ends never are.
    """
    if want.kind != "down" or want.tone is not Tone.PROBLEM:
        return []
    return [
        uid
        for uid, story in account.stories.items()
        if story.begun
        and not story.over
        and (story.wants[0].kind, story.wants[0].components) == (want.kind, want.components)
        and abs(want.happened - story.wants[0].happened) <= UNAWARE
    ]


def _send(account: Account, send: Send) -> None:
    if send.key in account.letters:
        return
    told = (account.same.get(key, key) for key in send.wants)
    mine = [key for key in dict.fromkeys(told) if key in account.wants]
    if not mine or any(key in account.settled for key in mine):
        return  # another run's message told it first: what is left of this one is made anew
    account.settled.update(mine)
    wants: Sequence[Want] = [account.wants[key] for key in mine]
    account.letters[send.key] = Letter(send, tuple(wants), send.run, send.at)
