"""What an operator chose when the files of a repository were generated."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.setup.schedule_files import Kind


@dataclass(frozen=True, slots=True)
class Choices:
    """The schedule; nothing else is chosen that generated files heed."""

    kind: Kind | None = Kind.VISITS
    """None: checks are made elsewhere."""
    private: bool = False
    """Whether the repository is private, so that minutes may be paid for."""
    paid: bool = False
    """Whether the price of the most frequent checks was accepted."""
    every: int | None = None
    """Seconds between two checks of an address; None: as often as the kind gives by itself."""
