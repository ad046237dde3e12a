"""Sentences for HTML: sentence and values are escaped, values that are markup stay it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from statusgen.base.saying import Saying
from statusgen.words.speaker import Words

Say = Callable[..., Markup]
"""What templates call ``say``: ``say(key, **values)``."""


def html_speaker(words: Words) -> Say:
    """Return the ``say`` of templates, in the language of ``words``.

    Raises, when called, KeyError for an unknown key or a missing value.
    """

    whole: dict[str, Markup] = {}
    """What is said without values is said again on every page."""

    def say(key: str, /, **values: Any) -> Markup:
        if not values and key in whole:
            return whole[key]
        count = values.get("count")
        pattern = words.pattern(key, count if isinstance(count, int) else None)
        said = []
        for literal, name in _pieces(pattern):
            said.append(literal)
            if name:
                said.append(escape(_shown(words, values[name])))
        text = Markup("".join(said))  # noqa: S704 - each part is escaped
        return text if values else whole.setdefault(key, text)

    return say


@lru_cache(maxsize=4096)
def _pieces(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return a sentence taken apart, escaped: a text, and the name of the value behind it.

    A page says hundreds of sentences, and most of them again on the next one.
    """
    parsed = Formatter().parse(pattern)
    return tuple((str(_safe(_kept(literal))), name or "") for literal, name, _, _ in parsed)


def _kept(literal: str) -> str:
    """Keep a sign of percent on the line of its number, which may be the value before it."""
    return re.sub(r"(^|(?<=\d)) (?=%)", "\u00a0", literal)


def joined_html(words: Words, items: Sequence[Markup]) -> Markup:
    """Return a list in a sentence, as ``words.joined`` writes it."""
    return Markup(words.joined([str(item) for item in items]))  # noqa: S704 - joins no markup


def _safe(pattern: str) -> Markup:
    """Escape a sentence, but for apostrophes: our attributes stand between double quotes."""
    return Markup(str(escape(pattern)).replace("&#39;", "'"))  # noqa: S704 - escaped just now


def _shown(words: Words, value: Any) -> Any:
    if isinstance(value, Saying):
        return words.tell(value)
    return words.number(value) if isinstance(value, int) else value
