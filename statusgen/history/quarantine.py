"""Where damaged lines are kept: nothing is ever thrown away in silence.

``quarantine.jsonl`` in the history folder holds one object a line: the file and line where it
stood, why it was taken out, and the line itself, as ``text`` or, where it is no UTF-8, ``base64``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from pathlib import Path

from statusgen.base.files import append_durable
from statusgen.history.dayfile import Fault, read_bytes, split_lines

NAME = "quarantine.jsonl"


def set_aside(folder: Path, relative: str, faults: Iterable[Fault]) -> int:
    """Append damaged lines of the file ``relative`` durably; return how many.

    The caller holds the folder's lock and takes the lines out of their file only afterwards: a
    kill in between leaves a line in both places, never in none. Raises OutsideError.
    """
    lines = [_line(relative, fault) for fault in faults]
    if lines:
        append_durable(folder / NAME, b"".join(lines))
    return len(lines)


def kept_lines(folder: Path) -> frozenset[bytes]:
    """Return the lines that were set aside, as they stood in their files."""
    return frozenset(
        raw for line in split_lines(read_bytes(folder / NAME)) if (raw := _raw(line)) is not None
    )


def _raw(line: bytes) -> bytes | None:
    try:
        members = json.loads(line)
        text, encoded = members.get("text"), members.get("base64")
        if isinstance(text, str):
            return text.encode("utf-8", "surrogatepass")
        return base64.b64decode(encoded) if isinstance(encoded, str) else None
    except (ValueError, AttributeError, RecursionError):
        return None


def _line(relative: str, fault: Fault) -> bytes:
    members: dict[str, object] = {"file": relative, "line": fault.line, "reason": fault.reason}
    try:
        members["text"] = fault.raw.decode("utf-8")
    except UnicodeDecodeError:
        members["base64"] = base64.b64encode(fault.raw).decode("ascii")
    return json.dumps(members, separators=(",", ":")).encode("ascii") + b"\n"
