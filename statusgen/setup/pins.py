"""Hashed requirement files, compared: is one the other with other versions?

Dependabot moves versions and hashes in a repository's locks. That is nobody's work that could be
lost: where no pin is newer than ours, the file may be renewed.
"""

from __future__ import annotations

import re

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(.*)$")
_HASH = re.compile(r"^\s+--hash=sha256:[0-9a-f]{64}\s*\\?$")


def may_be_renewed(theirs: str, ours: str) -> bool:
    """Whether ``theirs`` is a lock of packages that ``ours`` has too, none of them newer there."""
    found, known = _pins(theirs), _pins(ours)
    if found is None or known is None:
        return False
    return all(name in known and _at_most(version, known[name]) for name, version in found.items())


def _pins(text: str) -> dict[str, str] | None:
    """Return name → version; None where a line is neither a pin, a hash nor a line of the head."""
    pins: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or _HASH.match(line):
            continue
        found = _PIN.match(line)
        if found is not None:
            key = re.sub(r"[-_.]+", "-", found[1]).lower() + found[3].rstrip(" \\")
            pins[key] = found[2]
        elif not (line.startswith("#") and not pins):
            return None
    return pins


def _at_most(version: str, other: str) -> bool:
    """Whether a version is not above another; False where they cannot be compared."""
    numbers = [
        [int(part) for part in each.split(".")] if re.fullmatch(r"\d+(\.\d+)*", each) else None
        for each in (version, other)
    ]
    if numbers[0] is None or numbers[1] is None:
        return version == other
    return numbers[0] <= numbers[1]
