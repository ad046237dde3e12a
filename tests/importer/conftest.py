"""The documents that are imported: written for these tests, and the real ones where they are.

P0 to P4 stand in ``tests/fixtures/plans``: all that the real documents are made of, in
other words and with other numbers. The last of each kind is encoded twice, with bytes lost.
"""

from __future__ import annotations

from typing import Any

import pytest

from statusgen.importer.encoding import HOLES
from tests.conftest import SHARED
from tests.fixtures import PLANS

WRITTEN = {"P0": "parcels", "P1": "moving", "P2": "market", "P3": "chooser", "P4": "harbour"}
SEEDS = {
    "S0": "smart-service",
    "S1": "apexmediation",
    "S2": "locallink",
    "S3": "wizard",
    "S4": "suoops",
}
"""The real documents in file order, and the name of the file that each becomes."""

_FILES = sorted((SHARED / "seeds").glob("*.txt"))
NAMES = WRITTEN | (SEEDS if len(_FILES) == len(SEEDS) else {})
"""Every document that is here, and what its draft is called."""

DAMAGED = [name for name in ("P4", "S4") if name in NAMES]


def here(table: dict[str, Any]) -> list[str]:
    """Return the keys of a table about documents of which the document is here."""
    return [name for name in table if name in NAMES]


def double(text: str, *, lossy: bool = False) -> bytes:
    """Save as UTF-8, read as Windows-1252 and save again, as a careless program does."""
    read = []
    for byte in text.encode():
        if byte not in HOLES:
            read.append(bytes([byte]).decode("cp1252"))
        elif not lossy:
            read.append(chr(byte))
    return "".join(read).encode()


def clean(name: str) -> str:
    """Return a document of ours as it was before it was damaged."""
    return (PLANS / f"{WRITTEN[name]}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def documents() -> dict[str, bytes]:
    """Return every document that is here, as the bytes that are imported."""
    ours = {
        name: double(clean(name), lossy=True) if name in DAMAGED else clean(name).encode()
        for name in WRITTEN
    }
    return ours | {name: path.read_bytes() for name, path in zip(SEEDS, _FILES, strict=False)}
