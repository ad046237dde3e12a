"""The picture that a chat or a social network shows beside a link to the page. PNG."""

from __future__ import annotations

import io
import textwrap
import warnings
from typing import Any

from statusgen.base.text import one_line, xml_legal

_WIDTH, _HEIGHT = 1200, 630


def draw_card(name: str, said: str, colour: str) -> bytes:
    """Draw a site's ``name`` over what is ``said`` of it, with the ``colour`` of its state."""
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    settings: Any = {"font.size": 20.0, "text.parse_math": False}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a box stands in the place of such a letter
        figure = Figure(figsize=(_WIDTH / 100, _HEIGHT / 100), dpi=100, facecolor="white")
        bar = Rectangle((0, 0), 0.025, 1, transform=figure.transFigure, color=colour, linewidth=0)
        figure.add_artist(bar)
        figure.text(0.09, 0.84, _plain(name, 40), fontsize=26, color="#59626e", va="top")
        lines = textwrap.wrap(_plain(said, 110), 26, break_long_words=True)[:4]
        figure.text(
            0.09, 0.68, "\n".join(lines), fontsize=46, color="#161b22", va="top", weight="bold",
            linespacing=1.25,
        )  # fmt: skip
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=100, metadata={"Software": None})
    return out.getvalue()


def _plain(text: str, limit: int) -> str:
    return xml_legal(one_line(text, limit))
