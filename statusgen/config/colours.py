"""``site.colors``: colours that are seen on every ground on which our pages put them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from statusgen.base.colour import contrast, parse_colour
from statusgen.base.errors import Problem
from statusgen.base.palette import NAMES, SCHEMES, Colours, Scheme
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_

Written = Mapping[str, Mapping[Scheme, str]]
"""Name → its shades as written, ``#rrggbb``; one of the two may be missing."""


def colours_of(written: Written) -> Colours:
    """Return the colours; a shade that was not written is the nearest that is seen."""
    own = [name for name in NAMES[1:] if written.get(name)]
    states = Colours(tuple(_shades(name, written, Colours()) for name in own))
    if not written.get("accent"):
        return states
    return Colours((*states.shades, _shades("accent", written, states)))


def _shades(name: str, written: Written, beside: Colours) -> tuple[str, str, str]:
    own = written[name]
    some = next(iter(own.values()))
    light, dark = (own.get(each) or beside.passing(name, some, each) for each in SCHEMES)
    return name, light, dark


def colour_problems(document: Document, at: Path_, fixed: str) -> list[Problem]:
    """Return what is wrong with the colours under ``at``: no colour, or one that is not seen.

    ``fixed``: the scheme that the owner fixed; a colour written alone is meant for it, else for
    light.
    """
    found, written = read_colours(document, at, fixed)
    return [*found, *(problem for _, problem in contrast_problems(document, at, written))]


def read_colours(document: Document, at: Path_, fixed: str) -> tuple[list[Problem], Written]:
    """Return the colours under ``at`` as written, and what is none."""
    node: object = document.data
    for key in at:
        node = node.get(key) if isinstance(node, dict) else None
    alone: Scheme = "dark" if fixed == "dark" else "light"
    found: list[Problem] = []
    written: dict[str, dict[Scheme, str]] = {}
    for name, value in node.items() if isinstance(node, dict) else ():
        if name not in NAMES:
            continue
        pairs = value.items() if isinstance(value, dict) else [(alone, value)]
        for scheme, text in pairs:
            path = (*at, name, scheme) if isinstance(value, dict) else (*at, name)
            colour = parse_colour(text) if isinstance(text, str) else None
            if colour is None:
                found.append(_no_colour(document, path, text))
            elif scheme in SCHEMES:
                written.setdefault(name, {})[scheme] = colour
    return found, written


def contrast_problems(
    document: Document, at: Path_, written: Written
) -> Iterator[tuple[tuple[str, Scheme], Problem]]:
    """Yield each colour that is not seen well enough, with what is and would be."""
    beside = colours_of({name: shades for name, shades in written.items() if name != "accent"})
    for name, shades in written.items():
        for scheme, colour in shades.items():
            worst = beside.failing(name, colour, scheme)
            if worst is None:
                continue
            own: Path_ = (*at, name, scheme)
            path = own if own in document.values else (*at, name)
            ratio = int(contrast(colour, worst.colour) * 100) / 100
            kind = "text" if worst.least > 4 else "a shape"
            yield (
                (name, scheme),
                document.problem(
                    path,
                    f"{quote(colour)} has a contrast of {ratio:.2f}:1 on {worst.name} "
                    f"({worst.colour}, {scheme} colours), where {kind} needs {worst.least:g}:1",
                    f"write {quote(beside.passing(name, colour, scheme))}, the nearest shade that "
                    "is seen everywhere",
                ),
            )


def _no_colour(document: Document, path: Path_, text: object) -> Problem:
    if text is None:
        message = "is empty: YAML takes what stands behind # for a comment"
        return document.problem(path, message, "write the colour in quotes: '#1d5bb8'")
    return document.problem(
        path, f"{quote(str(text), 40)} is no colour", "write it like '#1d5bb8', in quotes"
    )
