"""A round as one line of JSON, and the line as a round again.

The form is fixed (keys in this order, no spaces, ASCII only, absent where a key says nothing)::

    {"v":1,"round":KEY,"at":TIME,"vantage":WHERE,"took":MS,"net":"ok","checks":{ID:CHECK}}
    CHECK = {"state":STATE,"ms":MS,"code":CODE,"reason":WORD,"attempts":N,"value":FIGURE,
             "places":[REACHED,OF]}

``ms``, ``code``, ``reason``, ``value`` and ``places`` are absent when None, ``attempts`` when 1.
ASCII only, because then no editor, terminal or locale can break a line, and a line cut anywhere is
still text.

A reader meets whatever a disk, a merge or a person left behind. It accepts unknown keys and older
versions, and answers anything else with a :class:`BadLine`; it never raises.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from statusgen.base.clock import Instant, format_instant, parse_instant
from statusgen.base.states import State
from statusgen.base.text import one_line
from statusgen.probe.round import Check, Round

VERSION = 1
MAX_LINE = 4 * 1024 * 1024
"""Bytes; a thousand monitors make a tenth of a megabyte."""
MAX_MS = 86_400_000
"""A day: no check may last longer, so a greater number is damage."""

MAX_FIGURE = 1 << 53
"""Figures beyond are not the same number in every program that reads JSON."""
_NETS = frozenset({"ok", "lost", "none"})
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,199}")
_REASON = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
STATES = {state.value: state for state in State}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no round, and why."""

    reason: str
    newer: bool = False
    """Written by a newer version: sound, but not ours to judge or to move."""


class Entry(NamedTuple):
    """A checked line, its checks still in their JSON form: what bulk readers use."""

    at: Instant
    key: str
    vantage: str
    took_ms: int
    net: str
    checks: dict[str, dict[str, Any]]


class _WrongError(ValueError):
    """Carries the reason out of the checks below; never leaves this module."""


def to_line(round_: Round) -> bytes:
    """Write a round as its line, newline included.

    Raises ValueError for a round that :func:`read_line` would refuse: what cannot be read again
    must not be stored.
    """
    checks = {monitor: _check_members(check) for monitor, check in round_.checks.items()}
    members = {
        "v": VERSION,
        "round": round_.key,
        "at": format_instant(round_.at),
        "vantage": round_.vantage,
        "took": round_.took_ms,
        "net": round_.net,
        "checks": checks,
    }
    line = json.dumps(members, separators=(",", ":"), allow_nan=False).encode("ascii")
    entry = read_entry(line)
    if isinstance(entry, BadLine):
        raise ValueError(f"round {one_line(round_.key)!r} cannot be stored: {entry.reason}")
    return line + b"\n"


def read_line(line: bytes) -> Round | BadLine:
    """Read one line (with or without its newline) as a round."""
    entry = read_entry(line)
    return entry if isinstance(entry, BadLine) else to_round(entry)


def to_round(entry: Entry) -> Round:
    """Give a checked line its full form."""
    checks = {monitor: to_check(members) for monitor, members in entry.checks.items()}
    return Round(
        key=entry.key,
        at=entry.at,
        vantage=entry.vantage,
        took_ms=entry.took_ms,
        net=entry.net,
        checks=checks,
    )


def to_check(members: dict[str, Any]) -> Check:
    """Give one check of a checked line its full form."""
    return Check(
        state=STATES[members["state"]],
        ms=members.get("ms"),
        code=members.get("code"),
        reason=members.get("reason"),
        attempts=members.get("attempts", 1),
        value=members.get("value"),
        places=_places(members),
    )


def _places(members: dict[str, Any]) -> tuple[int, int] | None:
    """Return how many of how many probes reached a service; None for anything that is no such."""
    said = members.get("places")
    if type(said) is not list or len(said) != 2:
        return None
    reached, of = said
    sound = type(reached) is int and type(of) is int and 0 <= reached <= of <= 1000
    return (reached, of) if sound else None


def read_entry(line: bytes) -> Entry | BadLine:
    """Read and check one line without building a :class:`Round`; several times faster."""
    if len(line) > MAX_LINE:
        return BadLine(f"the line is longer than {MAX_LINE} bytes")
    if line.startswith(_CONFLICT):
        return BadLine("a marker that a merge conflict left behind")
    try:
        members = _decode(line)
        newer = members.get("v")
        if type(newer) is int and newer > VERSION:
            return BadLine(f"version {one_line(str(newer), 12)} is newer than this program", True)
        return _entry(members)
    except _WrongError as wrong:
        return BadLine(str(wrong))


def _check_members(check: Check) -> dict[str, Any]:
    members: dict[str, Any] = {"state": check.state.value}
    if check.ms is not None:
        members["ms"] = check.ms
    if check.code is not None:
        members["code"] = check.code
    if check.reason is not None:
        members["reason"] = check.reason
    if check.attempts != 1:
        members["attempts"] = check.attempts
    if check.value is not None:
        members["value"] = check.value
    if check.places is not None:
        members["places"] = list(check.places)
    return members


def _no_constant(name: str) -> NoReturn:
    raise _WrongError(f"{name} is not a JSON number")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _WrongError("a key stands twice in one object")
    return members


_decoder = json.JSONDecoder(parse_constant=_no_constant)
_strict_decoder = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_no_repeats)


def _decode(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8").strip(" \t\r\n")
    except UnicodeDecodeError as error:
        raise _WrongError(f"not UTF-8 from byte {error.start}") from None
    if "\0" in text:
        raise _WrongError("holds NUL bytes")
    try:
        members = _decoder.decode(text)
        # The fast decoder keeps the last of two equal keys. One check has one "state", so a check
        # that would be lost this way shows in their number.
        if isinstance(members, dict) and _states_differ(text, members):
            members = _strict_decoder.decode(text)
    except _WrongError:
        raise
    except RecursionError:
        raise _WrongError("nested too deep") from None
    except ValueError as error:  # bad JSON, or a number of thousands of digits
        raise _WrongError(f"not JSON: {one_line(str(error), 120)}") from None
    if not isinstance(members, dict):
        raise _WrongError("not a JSON object")
    return members


def _states_differ(text: str, members: dict[str, Any]) -> bool:
    checks = members.get("checks")
    return isinstance(checks, dict) and text.count('"state"') != len(checks)


def _entry(members: dict[str, Any]) -> Entry:
    version = members.get("v")
    if type(version) is not int or version < 1:
        raise _WrongError("v is not a version number")
    key = members.get("round")
    if type(key) is not str or not _KEY.fullmatch(key):
        raise _WrongError("round is not a key of letters, digits and . _ : + -")
    vantage = members.get("vantage")
    if type(vantage) is not str or not is_plain(vantage):
        raise _WrongError("vantage is not a short printable name")
    took = members.get("took", 0)
    if type(took) is not int or not 0 <= took <= MAX_MS:
        raise _WrongError("took is not a number of milliseconds below a day")
    net = members.get("net", "ok")
    if type(net) is not str or net not in _NETS:
        raise _WrongError("net is not one of ok, lost, none")
    checks = members.get("checks")
    if type(checks) is not dict:
        raise _WrongError("checks is not an object")
    for monitor, check in checks.items():
        if type(check) is not dict or not _sound(check) or not is_plain(monitor):
            raise _WrongError(_check_fault(monitor, check))
    return Entry(_instant(members.get("at")), key, vantage, took, net, checks)


def _instant(text: object) -> Instant:
    if type(text) is not str or len(text) > 40:
        raise _WrongError("at is not a time; write it like 2026-11-20T20:10:03Z")
    try:
        at = parse_instant(text)
    except ValueError:
        shown = one_line(text, 40)
        raise _WrongError(
            f"at is {shown!r}, not a time with a zone like 2026-11-20T20:10:03Z"
        ) from None
    if at < 0:
        raise _WrongError("at lies before 1970")
    return at


@functools.lru_cache(maxsize=4096)
def is_plain(text: str) -> bool:
    """Whether ``text`` is 1 to 300 printable characters, fit for an id or a name."""
    return 0 < len(text) <= 300 and text.isprintable() and text == text.strip()


def _sound(check: dict[str, Any]) -> bool:
    """Whether every known member of a check is right; the bulk readers' hot path."""
    state = check.get("state")
    if type(state) is not str or state not in STATES:
        return False
    ms = check.get("ms")
    if ms is not None and (type(ms) is not int or not 0 <= ms <= MAX_MS):
        return False
    code = check.get("code")
    if code is not None and (type(code) is not int or not 0 <= code <= 65535):
        return False
    value = check.get("value")
    if value is not None and not is_figure(value):
        return False
    if state == "up" and len(check) <= 3 and "reason" not in check and "attempts" not in check:
        return True
    reason = check.get("reason")
    if reason is not None and (type(reason) is not str or not _REASON.fullmatch(reason)):
        return False
    attempts = check.get("attempts", 1)
    return type(attempts) is int and 1 <= attempts <= 1000


def is_figure(value: object) -> bool:
    """Whether a JSON value is a number that every reader takes for the same."""
    return type(value) in (int, float) and abs(value) < MAX_FIGURE  # type: ignore[arg-type]


def _check_fault(monitor: str, check: object) -> str:
    name = one_line(monitor, 60)
    if not is_plain(monitor):
        return f"checks holds {name!r}, which is no monitor id"
    if not isinstance(check, dict):
        return f"the check of {name!r} is not an object"
    state = check.get("state")
    if not isinstance(state, str) or state not in STATES:
        return f"the state of {name!r} is {one_line(str(state), 40)!r}, not one of {list(STATES)}"
    return f"ms, code, reason, attempts or value of {name!r} is not a sound value"
