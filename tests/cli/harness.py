"""Runs the command line as a user does: in a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli import warm
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The only line of the output, read as JSON."""
        return json.loads(self.out)


def statusgen(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Done:
    """Run ``statusgen ARGUMENTS`` in ``folder``; never raises for its exit code."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    while "check" in arguments and int(time.time()) <= _LAST.get(folder, 0):
        time.sleep(0.02)  # rounds are ordered by the second in which they began
    done = warm.run(folder, arguments, {**environ, **(env or {})}, timeout=120)
    _LAST[folder] = int(time.time())
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


_LAST: dict[Path, int] = {}
"""When the last command in a folder ended."""


def write_config(folder: Path, text: str) -> Path:
    """Write ``data/status.yml``."""
    path = folder / "data" / "status.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
