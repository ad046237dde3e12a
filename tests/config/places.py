"""Where tests find what they read, and how they read it."""

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.config.reader import load
from statusgen.config.settings import Settings
from statusgen.probe.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]


def settings_of(folder: Path, text: str, name: str = "status.yml") -> Settings:
    """Load a configuration from text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load(path, KINDS, name)


def faults_of(folder: Path, text: str, name: str = "status.yml") -> list[str]:
    """Return the faults for which a configuration is refused."""
    with pytest.raises(InputError) as caught:
        settings_of(folder, text, name)
    return [str(problem) for problem in caught.value.problems]
