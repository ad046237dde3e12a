"""What is to be said, before anyone says it: a key of the catalogue with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence in no language yet; ``words.tell`` says it.

    For rooms that know what is so but may not speak (``status``, ``roadmap``, ``audit``).
    """

    key: str
    """Of the catalogue, e.g. ``banner.all-operational``."""
    values: Mapping[str, str | int | Saying] = field(default_factory=lambda: MappingProxyType({}))
    """Names, counts, and other sayings."""

    def __hash__(self) -> int:
        """Hash as what is equal: the values are a mapping, which has no hash of its own."""
        return hash((self.key, frozenset(self.values.items())))
