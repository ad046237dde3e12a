"""matplotlib figures as inline SVG: recoloured, with unique ids, and the same bytes every time.

Artists are given the colours of `COLOURS`, which stand for the page's custom properties and are
replaced by them. matplotlib is imported only where a figure is drawn.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from statusgen.draw.metrics import clean
from statusgen.draw.svg import check_prefix, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS: Mapping[str, str] = {
    "ink": "#010101",
    "muted": "#010102",
    "accent": "#010103",
    "soft": "#010104",
    "edge": "#010105",
    "faint": "#010106",
    "warn": "#010107",
    "good": "#010108",
    "carried": "#010109",
}
"""Give these to artists: each becomes ``var(--sg-NAME)``."""

_SETTINGS: Mapping[str, object] = {
    # DejaVu Sans comes with matplotlib, and is wider than what pages are shown in: room to spare.
    "font.family": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.image_inline": True,
    "path.simplify": True,
    "axes.unicode_minus": True,
    "text.usetex": False,
    "text.parse_math": False,
}
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def inline_plot(
    draw: Callable[[Axes], None],
    size: tuple[float, float],
    prefix: str,
    title: str,
    description: str,
) -> str:
    """Let ``draw`` fill the axes of a figure of ``size`` px; return it as inline SVG.

    Sizes of text and lines are in px of the figure. ``prefix`` makes ids unique on the page.
    Raises ValueError for a prefix that cannot begin an id.
    """
    check_prefix(prefix)
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with warnings.catch_warnings(), mpl.rc_context({**_SETTINGS, "svg.hashsalt": prefix}):  # type: ignore[dict-item]
        # A letter that DejaVu lacks is drawn by a font of the page.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, layout="constrained")
        FigureCanvasSVG(figure)
        figure.patch.set_visible(False)
        axes = figure.add_subplot()
        axes.patch.set_visible(False)
        draw(axes)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata=_METADATA)
    return _inlined(buffer.getvalue(), size, prefix, title, description)


def _inlined(raw: str, size: tuple[float, float], prefix: str, title: str, words: str) -> str:
    """Strip what only a file needs, recolour, and label."""
    body = raw[raw.index(">", raw.index("<svg")) + 1 : raw.rindex("</svg>")]
    body = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", body, flags=re.S)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    # A name of a font of ours would win over the page's; sizes stay.
    body = re.sub(r"font: ?(?:[a-z0-9]+ )*?([\d.]+)px [^;\"]*", r"font-size: \1px", body)
    body = re.sub(r"font-family: ?[^;\"]*;?", "", body)
    body = re.sub(r'\bid="', f'id="{prefix}-', body)
    body = re.sub(r"url\(#", f"url(#{prefix}-", body)
    body = re.sub(r'xlink:href="#', f'href="#{prefix}-', body)
    for name, colour in COLOURS.items():
        body = body.replace(colour, f"var(--sg-{name})")
    body = re.sub(r"\s*\n\s*", " ", body).replace("> <", "><").strip()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(size[0])} '
        f'{number(size[1])}" role="img" aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{escape(clean(title))}</title>'
        f'<desc id="{prefix}-d">{escape(clean(words))}</desc>{body}</svg>'
    )
