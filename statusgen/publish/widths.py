"""What stands under a strip of days, which shows 90, 60 or 30 of them by the room there is.

No text may name a day that its strip does not show. The style sheet shows one of the texts, by the
classes ``d90``, ``d60`` and ``d30``; what is marked ``from60`` or ``from90`` needs that much room.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

WIDTHS = (90, 60, 30)


def by_width(text: Callable[[int], str | Markup]) -> Markup:
    """Return ``text(days)`` for each number of days shown, each text once."""
    classes: dict[Markup, list[str]] = {}
    for days in WIDTHS:
        classes.setdefault(escape(text(days)), []).append(f"d{days}")
    if len(classes) == 1:
        return next(iter(classes))
    spans = [
        Markup('<span class="{}">{}</span>').format(" ".join(names), text)
        for text, names in classes.items()
        if text
    ]
    return Markup().join(spans)


def needs(age: int) -> str:
    """Return the class of what tells of a day ``age`` days ago; empty where all strips show it."""
    return "" if age < 30 else "from60" if age < 60 else "from90"
