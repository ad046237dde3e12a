"""Uptime Kuma's beats as rounds."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.states import Reason, State
from statusgen.probe.round import Check, Round, round_key
from statusgen.takeover.kuma_file import MAX_TEXT, columns, damaged, instant_of, open_database

VANTAGE = "uptime-kuma"

_STATES = {0: State.DOWN, 1: State.UP}


class Beats:
    """The beats as rounds, one for each second in which some were made; read anew each time."""

    def __init__(self, path: Path, ids: Mapping[int, str]) -> None:
        self._path, self._ids = path, ids

    def __iter__(self) -> Iterator[Round]:
        with closing(open_database(self._path)) as database:
            try:
                yield from self._rounds(database)
            except sqlite3.Error as error:
                raise damaged(self._path, error) from None

    def _rounds(self, database: sqlite3.Connection) -> Iterator[Round]:
        known = columns(database, "heartbeat")
        retries = "retries" if "retries" in known else "0"
        rows = database.execute(
            f"SELECT monitor_id, status, msg, time, ping, {retries} AS retries"  # noqa: S608 - one of two words
            " FROM heartbeat ORDER BY time, id"
        )
        at: Instant | None = None
        checks: dict[str, Check] = {}
        nth = 1
        for row in rows:
            moment, name = instant_of(row["time"]), self._ids.get(row["monitor_id"])
            state = _STATES.get(row["status"]) if isinstance(row["status"], int) else None
            if moment is None or name is None or state is None:
                continue  # pending is an attempt, and maintenance asked nothing
            if at is not None and (moment != at or name in checks):
                yield _round(at, checks, nth)
                checks, nth = {}, nth + 1 if moment == at else 1
            at = moment
            checks[name] = _check(state, row)
        if at is not None and checks:
            yield _round(at, checks, nth)


def _round(at: Instant, checks: Mapping[str, Check], nth: int) -> Round:
    """Return a round; ``nth`` tells it from others of its second, whose keys must differ."""
    run = next(iter(checks)) if nth == 1 else f"{next(iter(checks))}-{nth}"
    return Round(
        key=round_key(at, VANTAGE, run), at=at, vantage=VANTAGE, net="none", checks=dict(checks)
    )


def _check(state: State, row: sqlite3.Row) -> Check:
    ping, told = row["ping"], str(row["msg"] or "")[:MAX_TEXT]
    code = re.match(r"(\d{3}) - ", told) or re.search(r"status code (\d{3})\b", told)
    ms = ping if isinstance(ping, int) and 0 <= ping < 86_400_000 else None
    reason = None
    if state is State.DOWN:
        slow = re.search(r"timeout|timed out", told, re.IGNORECASE)
        reason = Reason.STATUS if code else Reason.TIMEOUT if slow else Reason.CONNECT
    tries = row["retries"] if isinstance(row["retries"], int) else 0
    attempts = 1 + max(0, min(tries, 99))
    found = int(code[1]) if code else None
    return Check(state=state, ms=ms, code=found, reason=reason, attempts=attempts)
