"""From the roadmap's words to the drawing room's: one module for each diagram.

``ladder`` (a roadmap's first page), ``cost`` and ``growth`` (its costs), ``timeline`` with its
``timeline_lanes`` and ``timeline_views``,
``before_after`` (a comparison), ``architecture`` with its ``arch_views``, ``tree`` (the wizard);
``amounts`` is what those with money share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from statusgen.draw.figure import Diagram
from statusgen.publish.roadmaps.table import To


class OfWide(str):
    """A sentence of what only the wide variant shows: on a phone nobody reads it."""

    __slots__ = ()
    of_wide = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram that can be drawn for any page, and where its files are published."""

    name: str
    """The name of its files, and the beginning of its ids."""
    home: str
    """The page beside which its files stand, from the site's root."""
    draw: Callable[[To, str], Diagram]
    """Draws it with links as seen from a page; the text makes its ids unique there."""
    reading: tuple[str, ...] = ()
    """How to read it, for somebody who sees one for the first time."""
    page: str = ""
    """The page that makes its files, where that is another than its home."""
