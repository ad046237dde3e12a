"""Whether a stage may begin, as people read it: one sentence with its reasons."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from statusgen.gates.gate import Kind
from statusgen.gates.readiness import Because, Readiness, Reason, State
from statusgen.publish.promises import gate_figure, gate_why
from statusgen.publish.roadmaps.addresses import part_name
from statusgen.roadmap.model import Roadmap
from statusgen.words import Words

_KEYS = {State.UNKNOWN: "ready-unknown"}
_MOST = 6
"""Reasons that one sentence names."""


def state_text(words: Words, found: Readiness) -> str:
    """Say in a few words where a stage stands."""
    return words.say(f"promises.{_KEYS.get(found.state, found.state)}")


def readiness_line(words: Words, zone: ZoneInfo, roadmap: Roadmap, found: Readiness) -> str:
    """Say whether a stage may begin, and because of what; what decides stands first."""
    deciding = {State.NOT_READY: False, State.UNKNOWN: None, State.READY: True}
    told = list(found.reasons)
    if found.state in deciding:
        told = [each for each in found.reasons if each.good is deciding[found.state]]
    if found.state is State.NOT_READY:
        told += [each for each in found.reasons if each.good is None]
    state = state_text(words, found)
    if not told or found.state is State.UNASKED:
        return f"{state}."
    listed = words.joined([reason_text(words, zone, roadmap, each) for each in told], _MOST)
    key = "because" if found.state in deciding else "stands"
    return words.say(f"promises.{key}", state=state, reasons=listed)


def reason_text(words: Words, zone: ZoneInfo, roadmap: Roadmap, reason: Reason) -> str:
    """Say one reason as a clause."""
    ends = {True: "good", False: "bad", None: "unknown"}
    key = f"promises.because-{reason.because}-{ends[reason.good]}"
    gate = reason.gate
    if reason.because is Because.NOW:
        return words.say(key)
    if reason.because is Because.WAITS:
        return words.say(key, name=part_name(roadmap, reason.part))
    if gate is None or gate.kind is not Kind.STAGE:
        return words.say(key, words=reason.part if gate is None else gate.text.rstrip("."))
    if reason.good is None:
        return words.say(key, target=gate.target, why=gate_why(words, zone, gate))
    return words.say(key, target=gate.target, figure=gate_figure(words, gate))
