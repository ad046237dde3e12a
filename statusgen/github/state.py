"""What is remembered of GitHub between runs: ``<history>/github/state.json``.

All of it can be found out again by asking: it saves questions, and a run without it tells nothing
twice. What it holds are facts about GitHub (which number, which comment), never intentions, so it
may be older than what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant
from statusgen.base.files import write_atomic

_VERSION = 1


@dataclass(slots=True)
class Known:
    """One issue of ours."""

    number: int
    digest: str = ""
    """Of title and words as they were last written there."""
    closed: bool = False
    """Whether it was closed, or found closed, when it was last looked at."""
    etag: str = ""
    """Of its comments."""
    told: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Update's number → the comment's id and the digest of its words."""
    done: bool = False
    """Whether all is told and nothing can come any more."""


@dataclass(slots=True)
class Remembered:
    """All that is remembered."""

    since: Instant = 0
    """When issues were first written: what was over before is not told there."""
    wait_until: Instant = 0
    etags: dict[str, str] = field(default_factory=dict)
    """List → its ETag."""
    issues: dict[str, Known] = field(default_factory=dict)
    """Incident's uid → its issue."""
    windows: dict[str, bool] = field(default_factory=dict)
    """Number of a maintenance issue → whether it is over."""


def load(path: Path) -> Remembered:
    """Read what is remembered; what cannot be read is forgotten."""
    try:
        told = json.loads(path.read_bytes())
        if not isinstance(told, dict) or told.get("v") != _VERSION:
            return Remembered()
        return Remembered(
            since=int(told["since"]),
            wait_until=int(told["wait_until"]),
            etags={str(key): str(value) for key, value in told["etags"].items()},
            issues={str(uid): _known(each) for uid, each in told["issues"].items()},
            windows={str(number): bool(over) for number, over in told["windows"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def save(path: Path, remembered: Remembered) -> bool:
    """Write it; return whether anything changed. Raises OutsideError where the disk refuses."""
    document = {
        "v": _VERSION,
        "since": remembered.since,
        "wait_until": remembered.wait_until,
        "etags": remembered.etags,
        "issues": {uid: _as_json(each) for uid, each in sorted(remembered.issues.items())},
        "windows": remembered.windows,
    }
    content = (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass
    write_atomic(path, content)
    return True


def _known(told: Mapping[str, Any]) -> Known:
    return Known(
        number=int(told["number"]),
        digest=str(told["digest"]),
        closed=bool(told["closed"]),
        etag=str(told["etag"]),
        told={str(key): (int(each[0]), str(each[1])) for key, each in told["told"].items()},
        done=bool(told["done"]),
    )


def _as_json(known: Known) -> dict[str, object]:
    return {
        "number": known.number,
        "digest": known.digest,
        "closed": known.closed,
        "etag": known.etag,
        "told": {key: list(each) for key, each in known.told.items()},
        "done": known.done,
    }
