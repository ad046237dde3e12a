"""Rounds of several vantages as one look: what all places together say of each monitor.

**One look.** Rounds that follow each other within :data:`LONGEST_LOOK` are one look, until a
vantage comes again: that begins the next. A history of one vantage is its rounds, untouched.

**Who counts.** Each vantage by its newest word in the look, and one that has not spoken in it yet
by its last word, for as long as that may stand (2.5 × the time since its word before, at least
12.5 minutes, at most an hour, within the UTC day). So a place that is late is no place that is
missing, and a place that has gone is left out: that is no failure. One that cannot check a monitor
at all (no IPv6, a fault of the checker) counts like a missing one.

**What they say** (D0f of ``content/reference/states-and-uptime.md``): of n vantages at least
⌈(n+1)/2⌉ say down: down. Fewer: partial, if so many could tell; else unknown. Nobody says down:
the worst of those who know.

**An outside opinion** (:data:`statusgen.base.vantage.OUTSIDE`) is one vantage. Where it says that a
service answers and no majority says otherwise, the look stands, and whoever raises alarms is told
``unknown``: it neither opens an incident nor resolves one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from statusgen.base.clock import MINUTE, Instant
from statusgen.base.states import Reason, State
from statusgen.base.vantage import OUTSIDE
from statusgen.history.record import STATES, Entry
from statusgen.history.segments import LONGEST_GAP

LONGEST_LOOK = 10 * MINUTE
_SHORTEST_STAND = 750
"""Seconds: 2.5 times the default interval."""
_NO_VOICE = frozenset({Reason.NO_IPV6, Reason.CHECKER})


@dataclass(frozen=True, slots=True)
class Word:
    """What one vantage said last of one monitor."""

    vantage: str
    at: Instant
    round: str
    until: Instant
    """Until when it stands where nothing newer comes."""
    members: dict[str, Any]
    """The check, in its JSON form."""

    @property
    def state(self) -> State:
        """What it said."""
        return STATES[self.members["state"]]

    @property
    def counts(self) -> bool:
        """Whether it is a voice at all."""
        return self.state is not State.UNKNOWN or self.members.get("reason") not in _NO_VOICE


def quorum(states: Sequence[State]) -> State:
    """Join what several vantages say of one monitor; unknown for none."""
    down = sum(state is State.DOWN for state in states)
    known = [state for state in states if state is not State.UNKNOWN]
    needed = len(states) // 2 + 1  # ⌈(n+1)/2⌉
    if down and down >= needed:
        return State.DOWN
    if down:
        return State.PARTIAL if len(known) >= needed else State.UNKNOWN
    return max(known, key=lambda state: state.severity, default=State.UNKNOWN)


def looks(entries: Sequence[Entry], *, alarms: bool = False) -> Sequence[Entry]:
    """Return the looks of one UTC day's rounds, which come by time and key.

    A look has the time and key of its first round. ``alarms``: what an outside opinion contradicts
    is unknown in them. Rounds of one vantage are returned as they are.
    """
    first = entries[0].vantage if entries else ""
    if all(entry.vantage == first for entry in entries):
        return entries
    panel = Panel()
    found = []
    for group in _grouped(entries):
        panel.take(group)
        found.append(_look(group, panel, alarms))
    return found


def words_of_day(entries: Iterable[Entry]) -> dict[str, list[Word]]:
    """Return, by monitor, each vantage's newest word of a day, by vantage."""
    panel = Panel()
    for entry in entries:
        panel.take([entry])
    return {name: sorted(of.values(), key=lambda word: word.vantage)
            for name, of in panel.words.items()}  # fmt: skip


def _grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    group: list[Entry] = []
    spoken: set[str] = set()
    for entry in entries:
        again = entry.vantage in spoken and entry.vantage != OUTSIDE
        if group and (again or entry.at - group[0].at > LONGEST_LOOK):
            yield group
            group, spoken = [], set()
        group.append(entry)
        spoken.add(entry.vantage)
    if group:
        yield group


class Panel:
    """The vantages that were heard so far, with their last words."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, Word]] = {}
        """By monitor and vantage."""

    def take(self, group: Iterable[Entry]) -> None:
        """Hear rounds; the later word of a vantage replaces its earlier one."""
        for entry in group:
            for monitor, members in entry.checks.items():
                known = self.words.setdefault(monitor, {})
                before = known.get(entry.vantage)
                gap = entry.at - before.at if before else 0
                stands = min(LONGEST_GAP, max(_SHORTEST_STAND, gap * 5 // 2))
                word = Word(entry.vantage, entry.at, entry.key, entry.at + stands, members)
                known[entry.vantage] = word

    def standing(self, monitor: str, at: Instant) -> list[Word]:
        """Return the words of a monitor that stand at a moment and count."""
        words = self.words.get(monitor, {}).values()
        return [word for word in words if word.until > at and word.counts]


def _look(group: Sequence[Entry], panel: Panel, alarms: bool) -> Entry:
    first = next((entry for entry in group if entry.vantage != OUTSIDE), group[0])
    monitors = dict.fromkeys(name for entry in group for name in entry.checks)
    checks = {}
    for monitor in monitors:
        words = panel.standing(monitor, group[0].at)
        # Where no voice counts, what was said is still better than nothing: why it is unknown.
        said = [entry.checks[monitor] for entry in group if monitor in entry.checks]
        checks[monitor] = judged(words, alarms=alarms) if words else said[-1]
    nets = {entry.net for entry in group}
    net = "ok" if "ok" in nets else "lost" if "lost" in nets else "none"
    places = "+".join(dict.fromkeys(entry.vantage for entry in group))[:300].rstrip()
    return Entry(group[0].at, first.key, places, first.took_ms, net, checks)


def judged(words: Sequence[Word], *, alarms: bool = False) -> dict[str, Any]:
    """Return the check that words amount to, told by one that says so."""
    state = quorum([word.state for word in words])
    if len(words) == 1:
        return words[0].members
    if alarms and state is State.PARTIAL and _contradicted(words):
        return {"state": State.UNKNOWN.value, "reason": Reason.VANTAGE.value}
    if state is State.UNKNOWN:
        return {"state": state.value, "reason": Reason.VANTAGE.value}
    wanted = State.DOWN if state is State.PARTIAL else state
    telling = [word for word in words if word.state is wanted]
    telling = telling or [word for word in words if word.state is state]
    newest = max(telling, key=lambda word: (word.vantage != OUTSIDE, word.at, word.vantage))
    return newest.members | {"state": state.value}


def _contradicted(words: Iterable[Word]) -> bool:
    return any(
        word.vantage == OUTSIDE and word.state in (State.UP, State.DEGRADED) for word in words
    )
