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


def statusgen(
    folder: Path,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    constants: Mapping[str, int] = {},
) -> Done:
    """Run ``statusgen ARGUMENTS`` in ``folder``; never raises for its exit code.

    ``constants``: other values for some of the program's, as ``{"statusgen.demo.past.DAYS": 9}``.
    """
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    environ |= env or {}
    if "check" in arguments:
        _pass_a_second(folder, wait=not warm.is_for(environ))
    ahead = _AHEAD.get(folder, 0)
    done = warm.run(folder, arguments, environ, timeout=120, ahead=ahead, constants=constants)
    _LAST[folder] = int(time.time()) + ahead
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


_LAST: dict[Path, int] = {}
"""When the last command in a folder ended, by its own clock."""
_AHEAD: dict[Path, int] = {}
"""By how many seconds the clock of commands in a folder is ahead."""


def _pass_a_second(folder: Path, *, wait: bool) -> None:
    """Let the next command begin a second after the last: by that second rounds are ordered.

    Nobody waits for it where the command's clock can be set ahead.
    """
    if not wait:
        missing = _LAST.get(folder, 0) + 1 - int(time.time())
        _AHEAD[folder] = max(_AHEAD.get(folder, 0), missing)
    while wait and int(time.time()) <= _LAST.get(folder, 0):
        time.sleep(0.02)


def write_config(folder: Path, text: str) -> Path:
    """Write ``data/status.yml``."""
    path = folder / "data" / "status.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
