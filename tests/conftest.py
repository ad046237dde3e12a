"""What all tests share: where shared data lies, and which browser to use."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Hypothesis looks for wrong answers here, not for slow ones: machines differ. The same examples
# every time, so that a failure is the change's own; `make test-long` searches further.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("STATUSGEN_SHARED") or ROOT.parent / "shared")
"""Real files of other people: read in addition to the fixtures where they are."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MEMORY = Path("/dev/shm")
ENOUGH = 6 << 30
"""Bytes of free memory with which temporary files may lie there."""


def _write_to_memory() -> None:
    """Keep temporary files off the disk: the tests ask for thousands of ``fsync``, each of ms.

    What they kill are processes, never the machine, so memory keeps for them what a disk would.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    place = os.statvfs(MEMORY)
    told = Path("/proc/meminfo").read_text(encoding="ascii")
    free = int(told.partition("MemAvailable:")[2].split()[0]) << 10
    if min(place.f_bavail * place.f_frsize, free) > ENOUGH and not place.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(MEMORY)  # workers of this run inherit it
        tempfile.tempdir = None


_write_to_memory()

# What the modules hold stays for the whole run; asking again and again whether any of it has
# become garbage took a tenth of the time.
gc.set_threshold(100_000, 20, 100)


def pytest_collection_finish() -> None:
    """Spare what was imported from every later search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with browser tests last: while one is open its event loop runs in the thread.

    A file is the work of one process (``make test``), so the longest stand first among them.
    """
    many = Counter(item.path for item in items if "browser" in getattr(item, "fixturenames", ()))
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
    items.sort(key=lambda item: (item.path in many, -many[item.path]))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests must not depend on the machine's proxies, clock overrides or CI variables."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("GITHUB_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the distribution's Chromium, quietly; a missing browser is a failure, not a skip."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium found; sh tests/need_chromium.sh installs it or says how")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    arguments += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": found, "args": arguments}
