"""One entry of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence, and what translators must know of it."""

    text: str
    """For one; names in braces are values."""
    others: str = ""
    """For any other count; empty where nothing is counted."""
    note: str = ""
    """For translators: what ``{place}`` stands for, where the sentence is read."""

    @property
    def values(self) -> frozenset[str]:
        """The names of its values; a count chooses a form even where none shows it."""
        counted = {"count"} if self.others else set[str]()
        return values_in(self.text) | values_in(self.others) | counted


Sentences = Mapping[str, Sentence]
"""Of one module: the key's second part → the sentence."""


def one(text: str, note: str = "") -> Sentence:
    """Return a sentence that does not change with a count."""
    return Sentence(text, "", note)


def many(text: str, others: str, note: str = "") -> Sentence:
    """Return a sentence for a count of one, and for every other ``count``."""
    return Sentence(text, others, note)


def values_in(text: str) -> frozenset[str]:
    """Return the names in braces.

    Raises ValueError for anything but plain names (``{0}``, ``{a.b}``, ``{a:>3}``): a translation
    reaches no attribute and no format of a value.
    """
    names = []
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(f"{{{name}}} in {text!r} is not the plain name of a value")
        names.append(name)
    return frozenset(names)
