"""The style sheet and the script of the roadmaps' pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from statusgen.base.palette import SCHEMES, Colours
from statusgen.draw.theme import DARK, FORCED, LIGHT, PRINT, stylesheet

STYLE, SCRIPT = "assets/roadmaps.css", "assets/roadmaps.js"
"""Where they are published, from the site's root."""


_ANY = ".rm,[data-md-color-scheme] .rm,.statusgen-block .rm"


@cache
def style(colours: Colours) -> str:
    """Return the CSS of the pages and of their diagrams, in one palette.

    ``colours``: the owner's, of which the accent is ours too.
    """
    own = [name for name, *_ in colours.shades if name == "accent"]
    light, dark = (
        {**palette, **{name: colours.of(name, scheme) for name in own}}
        for scheme, palette in zip(SCHEMES, (LIGHT, DARK), strict=True)
    )
    schemes = (
        f".rm{{{_colours(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{.rm{{{_colours(dark)}}}}}\n"
        # On a page of an engine that says nothing of its colours, which then are light.
        f".statusgen-block .rm{{{_colours(light)}}}\n"
        f"[data-md-color-scheme=default] .rm{{{_colours(light)}}}\n"
        f"[data-md-color-scheme=slate] .rm{{{_colours(dark)}}}\n"
        f"@media (forced-colors:active){{{_ANY}{{{_colours(FORCED)}}}}}\n"
        f"@media print{{{_ANY}{{{_colours(PRINT)}}}}}\n"
    )
    return schemes + _read("roadmaps.css") + _read("wizard.css") + stylesheet(light, dark)


@cache
def script() -> str:
    """Return the script that lets tables be sorted; without it they are whole."""
    return _read("sort.js")


def _colours(palette: Mapping[str, str]) -> str:
    return ";".join(f"--rm-{name}:{colour}" for name, colour in palette.items())


def _read(name: str) -> str:
    folder = resources.files("statusgen.publish.roadmaps") / "static"
    return (folder / name).read_text(encoding="utf-8")
