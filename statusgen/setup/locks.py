"""The hashed requirement files that ship inside the program.

``check``: what a check needs, installed in seconds. ``site``: what a build needs as well.
``notify``: what sending through apprise needs beside a check.
"""

from __future__ import annotations

from importlib import resources
from typing import Literal

from statusgen.setup.wheel import checkout

Purpose = Literal["check", "site", "notify"]


def locked(purpose: Purpose) -> str:
    """Return the pinned, hashed requirements for a purpose, without the comments of their maker."""
    shipped = resources.files("statusgen.setup") / "locks" / f"{purpose}.txt"
    root = checkout()
    source = shipped if root is None else root / "requirements" / f"{purpose}.txt"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("#"))
