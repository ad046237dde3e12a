"""Which currency a sign means that several countries write: ``¥``, ``$``, ``kr``.

What is read says so, as a part of its :mod:`statusgen.roadmap.dialect`: a roadmap file by its
``currency:`` and ``rates:``, a document by its codes and its language. Where nothing says it, most
signs have a meaning that nearly all give them; a sign that has none is not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MEANINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"),
        "£": ("GBP", "EGP", "GIP", "FKP"),
        "¥": ("JPY", "CNY"),
        "kr": ("SEK", "NOK", "DKK", "ISK"),
        "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
        "r": ("ZAR",),
        "元": ("CNY", "TWD", "HKD"),
    }
)
"""A sign (in lower case, without its point) and what it may mean."""
_USUAL = MappingProxyType({"$": "USD", "£": "GBP", "rs": "INR", "元": "CNY"})
"""What nearly everybody means by it who says nothing else."""
_OF_NOTHING = _USUAL | {"¥": "JPY"}
"""The same in a text of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text says about its currencies."""

    currency: str = ""
    """The one that it is in; empty where it does not say."""
    others: tuple[str, ...] = ()
    """Further ones that it names."""
    known: bool = False
    """Whether it could have said so: then a sign without a usual meaning is not guessed."""

    def meaning(self, sign: str) -> str | None:
        """Return the currency that a sign of :data:`MEANINGS` means; None where none can tell."""
        may, usual = MEANINGS[sign], _USUAL.get(sign)
        others = [code for code in self.others if code in may and code != self.currency]
        if self.currency in may:
            rivals = [code for code in others if usual in (None, code)]
            return None if rivals and self.currency != usual else self.currency
        if usual is not None:
            return usual
        if len(others) == 1:
            return others[0]
        return None if self.known or others else _OF_NOTHING.get(sign)


def word_of(written: str) -> str:
    """Return the key of :data:`MEANINGS` for a sign that is a word: ``Kr.``; else nothing."""
    word = written.strip().casefold().removesuffix(".")
    return word if word in MEANINGS and word not in ("$", "£", "¥") else ""


def unsettled(sign: str, signs: Signs) -> str:
    """Return what is wrong with a sign that nothing settles; what to write instead."""
    may = MEANINGS[sign]
    if signs.currency in may:
        named = [signs.currency, *(code for code in signs.others if code in may)]
        said = " or ".join(dict.fromkeys(named))
        return (
            f"{sign!r} may be {said}, for the roadmap names both; write the code in front of the "
            f"amount, like {named[0]} 20"
        )
    return (
        f"{sign!r} may be {', '.join(may[:-1])} or {may[-1]}; write the code in front of the "
        f"amount, like {may[0]} 20, or once `currency: {may[0]}` at the top of the roadmap"
    )
