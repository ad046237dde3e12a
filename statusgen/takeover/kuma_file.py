"""Uptime Kuma's database file, opened so that it can neither be changed nor take for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line

MAX_TEXT = 100_000
"""Of one text in the database; a longer one is cut."""

_STEPS = 2_000_000_000
"""Of SQLite's machine: what was made to be slow ends here; ten million beats need a tenth."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open a database to read. Raises InputError for a file that is none of Uptime Kuma's."""
    try:
        if not path.is_file():
            raise InputError([Problem("is no file; name Uptime Kuma's kuma.db", file=str(path))])
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024)
        database.execute("PRAGMA trusted_schema = OFF")
        budget = iter(range(_STEPS // 100_000))
        database.set_progress_handler(lambda: next(budget, None) is None, 100_000)
        database.row_factory = sqlite3.Row
        tables = {
            row["name"]
            for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    except sqlite3.Error as error:
        raise damaged(path, error) from None
    if not {"monitor", "heartbeat"} <= tables:
        database.close()
        problem = Problem(
            "is no database of Uptime Kuma", "name its kuma.db, as a copy", file=str(path)
        )
        raise InputError([problem])
    return database


def damaged(path: Path, error: Exception) -> InputError:
    """Return what to say of a file that SQLite cannot read."""
    fix = "stop Uptime Kuma and copy kuma.db again, with kuma.db-wal where it stands beside it"
    return InputError([Problem(f"cannot be read: {one_line(str(error))}", fix, str(path))])


def columns(database: sqlite3.Connection, table: str) -> set[str]:
    """Return the names of a table's columns; none where there is no such table."""
    return {row["name"] for row in database.execute(f'PRAGMA table_info("{table}")')}


def instant_of(value: object) -> Instant | None:
    """Read a time as the database holds it: UTC, without saying so."""
    try:
        parsed = datetime.fromisoformat(str(value))
        made = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        return int(made.timestamp())
    except (ValueError, OverflowError):
        return None


def rows_of(database: sqlite3.Connection, table: str, order: str) -> list[dict[str, Any]]:
    """Return a table's rows by those columns that it has; none where there is no such table."""
    known = columns(database, table)
    if not known:
        return []
    words = ", ".join(f'"{name}"' for name in order.split() if name in known)
    ordered = f" ORDER BY {words}" if words else ""
    rows = database.execute(f'SELECT * FROM "{table}"{ordered}')  # noqa: S608 - our own words
    return [{key: row[key] for key in row.keys()} for row in rows]  # noqa: SIM118 - no mapping


def text_of(row: Mapping[str, Any], column: str) -> str:
    """Return a column as text, stripped; empty where it is missing, null or binary."""
    value = row.get(column)
    if value is None or isinstance(value, bytes):
        return ""
    return str(value)[:MAX_TEXT].strip()
