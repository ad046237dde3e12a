"""A finished diagram: both variants, its table, and the HTML that carries them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from statusgen.draw.metrics import clean
from statusgen.draw.model import ENGLISH
from statusgen.draw.scene import Scene
from statusgen.draw.svg import render, safe_href
from statusgen.words import Words

_NUMERIC = ' class="sg-n"'


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table beneath a diagram."""

    text: str
    href: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """One diagram, ready to be placed on a page or written as files."""

    title: str
    wide_svg: str
    """Inline SVG for a column of 680 px and more; needs the stylesheet."""
    narrow_svg: str
    """The same for phones; not a shrunken copy but a layout of its own."""
    table_html: str
    """The same data as a ``<table>``."""
    broad: bool = False
    """Whether the wide variant has the whole width of a page, and scrolls where that is less."""
    zoom: bool = False
    """Whether a reader may want it larger."""
    share: int = 100
    """How much of its room the wide variant takes, in percent: a multiple of 5 from 40 on."""


def diagram(
    prefix: str, title: str, description: str, wide: Scene, narrow: Scene, table: str
) -> Diagram:
    """Render both variants; ``prefix`` makes their ids unique on the page."""
    title = clean(title)
    return Diagram(
        title,
        render(wide, f"{prefix}-w", title, description),
        render(narrow, f"{prefix}-n", title, description),
        table,
    )


def figure_html(picture: Diagram, words: Words = ENGLISH, prefix: str = "") -> str:
    """Return the diagram as a ``<figure>``: CSS shows one of its variants, the table folds out.

    One that can be zoomed has a choice of sizes, which no script has to heed; ``prefix`` makes the
    ids of its parts unique on the page.
    """
    summary = escape(words.say("drawings.same-as-table", title=picture.title))
    share = f" sg-w{picture.share}" if picture.share < 100 else ""
    shown = (
        f'<div class="sg-wide{share}">{picture.wide_svg}</div>'
        f'<div class="sg-narrow">{picture.narrow_svg}</div>'
    )
    if picture.broad or picture.zoom:
        name = escape(picture.title)
        shown = f'<div class="sg-view" tabindex="0" role="group" aria-label="{name}">{shown}</div>'
    sizes = _sizes(words, prefix) if picture.zoom else ""
    return (
        f'<figure class="sg{" sg-broad" if picture.broad else ""}">{sizes}{shown}'
        f"<details><summary>{summary}</summary>"
        f'<div class="sg-scroll" tabindex="0" role="group" aria-label="{summary}">'
        f"{picture.table_html}</div></details></figure>"
    )


def _sizes(words: Words, prefix: str) -> str:
    """Return a choice between sizes; the first is what there is without choosing."""
    choices = "".join(
        f'<label><input type="radio" class="sg-z{number}" name="{prefix}-z"'
        f"{' checked' if not number else ''}> {escape(words.say(f'drawings.size-{name}'))}</label>"
        for number, name in enumerate(("fit", "large", "largest"))
    )
    legend = escape(words.say("drawings.size"))
    return f'<fieldset class="sg-sizes"><legend>{legend}</legend>{choices}</fieldset>'


def table(head: Sequence[str], rows: Sequence[Sequence[Cell | str]]) -> str:
    """Return an HTML table; the first cell of a row heads it.

    Its class keeps Material's rules for ``table:not([class])`` off.
    """
    numeric = {
        place
        for row in rows
        for place, cell in enumerate(row)
        if isinstance(cell, Cell) and cell.numeric
    }
    top = "".join(
        f'<th scope="col"{_NUMERIC if place in numeric else ""}>{escape(clean(name))}</th>'
        for place, name in enumerate(head)
    )
    labels = [escape(clean(name)) for name in head]
    stacks = sum(map(len, labels)) * len(rows) <= _LABELS
    shown = labels if stacks else [""] * len(labels)
    body = "".join(
        f"<tr>{''.join(_cell(cell, n, shown[n]) for n, cell in enumerate(row))}</tr>"
        for row in rows
    )
    more = " sg-stack" if stacks else ""
    return (
        f'<table class="sg-table{more}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    )


_LABELS = 8_000
"""Letters at most that repeat the heads of columns beside their cells, for narrow screens."""


def _cell(cell: Cell | str, place: int, label: str) -> str:
    """Return a cell of a row; the first heads it, ``label`` repeats what heads its column."""
    cell = Cell(cell) if isinstance(cell, str) else cell
    text = escape(clean(cell.text))
    href = safe_href(cell.href)
    if href:
        text = f'<a href="{escape(href)}">{text}</a>'
    if not place:
        return f'<th scope="row">{text}</th>'
    told = f' data-label="{label}"' if label else ""
    return f"<td{_NUMERIC if cell.numeric else ''}{told}>{text}</td>"
