"""What an export returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """A file in another tool's form."""

    text: str
    left: Sequence[str] = ()
    """What the form cannot hold, each in a line."""
