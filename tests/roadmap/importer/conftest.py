"""The seed documents lie beside the repository; tests that need them skip where they are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[3] / ".." / "shared"
SHARED = Path(os.environ.get("STATUSGEN_SHARED", BESIDE))

SEEDS = {
    "S0": "smart-service",
    "S1": "apexmediation",
    "S2": "locallink",
    "S3": "wizard",
    "S4": "suoops",
}
"""The seeds in file order, and the name of the file that each becomes."""


@pytest.fixture(scope="session")
def seeds() -> dict[str, bytes]:
    """Return the seed documents by their short names, as the bytes that they are."""
    files = sorted((SHARED / "seeds").glob("*.txt"))
    if len(files) != len(SEEDS):
        pytest.skip(f"the five seed documents are not in {SHARED.name}/seeds beside the repository")
    return {name: path.read_bytes() for name, path in zip(SEEDS, files, strict=True)}
