"""Runs the command line as a user does: in a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    done = subprocess.run(
        [sys.executable, "-m", "statusgen", *arguments],
        cwd=folder,
        env={**environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def write_config(folder: Path, text: str) -> Path:
    """Write ``data/status.yml``."""
    path = folder / "data" / "status.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
