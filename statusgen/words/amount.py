"""English that knows which amount it writes: for what is computed far from a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Amount(str):
    """A number or a sum as terminals and files have it, which a page writes in its language."""

    write: Callable[..., str]
    values: tuple[Any, ...]

    def __new__(cls, write: Callable[..., str], *values: Any) -> Amount:
        """Take what writes the values, given besides ``words`` in which to write them."""
        made = super().__new__(cls, write(*values, words=None))
        made.write = write
        made.values = values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied with what is known."""
        return Amount, (self.write, *self.values)

    def told(self, words: Any) -> str:
        """Return the amount in the language of ``words``; in English as it is."""
        return self.write(*self.values, words=words)
