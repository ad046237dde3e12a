"""Rounds made up for tests: a fixed past, no clock, no chance but a seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from statusgen.base.clock import DAY, Instant, format_instant, parse_instant
from statusgen.base.states import State
from statusgen.history.dayfile import day_of, relative_path
from statusgen.history.record import to_line
from statusgen.probe.round import Check, Round

DAY0 = parse_instant("2026-03-02T00:00:00Z")


def key_at(at: Instant, run: int = 1) -> str:
    stamp = format_instant(at).replace("-", "").replace(":", "")
    return f"{stamp}-test-{run}-1"


def made_round(at: Instant, checks: Mapping[str, Check] | None = None, *, run: int = 1) -> Round:
    if checks is None:
        checks = {"api": Check(state=State.UP, ms=100 + at % 97, code=200)}
    return Round(key=key_at(at, run), at=at, vantage="test", took_ms=12, checks=checks)


def state_at(at: Instant, number: int) -> State:
    """A past with an outage a day, some slowness and a lost network now and then."""
    minute = at % DAY // 60 + number * 37
    if minute % 1440 < 25:
        return State.DOWN
    if minute % 700 < 15:
        return State.DEGRADED
    if minute % 1111 < 10:
        return State.UNKNOWN
    return State.UP


def made_past(
    start: Instant, end: Instant, *, monitors: int | Sequence[str] = 2, every: int = 300
) -> list[Round]:
    """``monitors``: how many (``m0``, ``m1`` …), or their ids."""
    ids = [f"m{number}" for number in range(monitors)] if isinstance(monitors, int) else monitors
    rounds = []
    for at in range(start, end, every):
        checks = {}
        for number, monitor in enumerate(ids):
            state = state_at(at, number)
            answered = state in (State.UP, State.DEGRADED)
            checks[monitor] = Check(
                state=state,
                ms=40 + (at // 60 * 7 + number * 13) % 400 if answered else None,
                code=200 if answered else None,
                reason=None if answered else "timeout",
                attempts=1 if answered else 3,
            )
        rounds.append(made_round(at, checks))
    return rounds


def write_rounds(folder: Path, rounds: Iterable[Round]) -> None:
    """Write day files without the durability of ``append``; for large pasts."""
    files: dict[Instant, list[bytes]] = {}
    for round_ in rounds:
        files.setdefault(day_of(round_.at), []).append(to_line(round_))
    for day, lines in files.items():
        path = folder / relative_path(day)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(lines))
