"""English that knows how it is said in other languages: for what is derived far from a page.

Costs and findings carry short texts (what has no price, the arithmetic behind a number) that
terminals, files and tests read as they are; a page says them again in its own language.
"""

from __future__ import annotations

from statusgen.base.saying import Saying
from statusgen.words.amount import Amount
from statusgen.words.speaker import Words

_ENGLISH = Words.of()


class Worded(str):
    """A text in English, and the saying that it was made of."""

    saying: Saying


def worded(key: str, /, **values: str | int | Saying) -> Worded:
    """Return the English sentence of ``key``; values that are worded stay so in other languages."""
    return put(Saying(key, {name: value_of(value) for name, value in values.items()}))


def put(saying: str | Saying) -> Worded:
    """Return a saying as English that knows it; a text as it is."""
    if isinstance(saying, str):
        saying = Saying("findings.inside", {"amount": saying})
    made = Worded(_ENGLISH.tell(saying))
    made.saying = saying
    return made


def value_of(text: str | int | Saying) -> str | int | Saying:
    """Return a text as a value of a sentence: its saying, where it has one."""
    return text.saying if isinstance(text, Worded) else text


def retell(words: Words, text: str) -> str:
    """Return a text in the language of ``words``, where it was worded; else as it is."""
    if isinstance(text, Amount):
        return text if words.code == "en" else text.told(words)
    return words.tell(text.saying) if isinstance(text, Worded) else text
