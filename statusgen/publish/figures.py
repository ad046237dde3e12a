"""Measured figures as visitors read them: which are shown, status decides; how, the words."""

from __future__ import annotations

from statusgen.base.states import State
from statusgen.status.snapshot import LastCheck, Uptime
from statusgen.status.uptime import shown, weights_shown
from statusgen.words import Words
from statusgen.words.reasons import reason
from statusgen.words.uptime import uptime_definition


def uptime_text(words: Words, uptime: Uptime) -> str:
    """Return what to print for an uptime; a dash where too little was observed."""
    seen = shown(uptime)
    return words.percent(seen.uptime, about=seen.about)


def coverage_text(words: Words, uptime: Uptime) -> str:
    """Return which share of a window was observed."""
    return words.percent(shown(uptime).coverage)


def why(words: Words, check: LastCheck) -> str:
    """Say why a check is not up, as the rest of a sentence; empty without a reason."""
    if not check.reason:
        return ""
    return reason(words, check.reason, check.code, working=check.state is State.DEGRADED)


def definition(words: Words, compat: str = "") -> str:
    """Say what the printed uptimes mean; ``compat``: whose arithmetic they are told by."""
    if compat == "upptime":
        return words.say("uptime.by-upptime")
    return uptime_definition(words, weights_shown())
