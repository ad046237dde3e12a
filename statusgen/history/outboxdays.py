"""How long files of the outbox are kept, and which may therefore be missing without being lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

KEPT_DAYS = 90
_NAME = re.compile(r"outbox/(\d{4}-\d\d-\d\d)\.jsonl")


def may_go(path: str, folder: Path) -> bool:
    """Whether the file at ``path`` below the history folder is past its time.

    Told by the newest file of the outbox, so that no clock has a say in what counts as damage.
    """
    day = _day(path)
    if day is None:
        return False
    names = (f"outbox/{each.name}" for each in (folder / "outbox").glob("*.jsonl"))
    days = [found for found in map(_day, names) if found is not None]
    return bool(days) and day + timedelta(days=KEPT_DAYS) < max(days)


def _day(path: str) -> date | None:
    match = _NAME.fullmatch(path)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
