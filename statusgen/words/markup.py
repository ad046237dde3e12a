"""Sentences for HTML: sentence and values are escaped, values that are markup stay it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

    def say(key: str, /, **values: Any) -> Markup:
        count = values.get("count")
        pattern = words.pattern(key, count if isinstance(count, int) else None)
        shown = {name: _shown(words, value) for name, value in values.items()}
        return _safe(pattern).format_map(shown)

    return say


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
