"""One page in the making: its links, diagrams and tables, and the files published beside it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup

from statusgen.draw.figure import Diagram, figure_html
from statusgen.draw.svg import standalone
from statusgen.publish.links import component_path, relative
from statusgen.publish.manifest import Asset
from statusgen.publish.roadmaps import words as spoken
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.exports import as_csv, as_json
from statusgen.publish.roadmaps.table import Table, sort_key
from statusgen.publish.templating import fill
from statusgen.words.markup import html_speaker
from statusgen.words.worded import retell

SOURCE = "the roadmaps"

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_ELSEWHERE = re.compile(r"https?://")
_MOST_ON_PAPER = 1.25
"""Height over width: 186 mm wide on paper, shrunk to 18 cm it still has letters of 7 points."""


@dataclass
class Sheet:
    """A page that templates write on, at a published path."""

    path: str
    """Of the page itself, e.g. ``roadmaps/lean/index.html``."""
    library: Library
    components: Collection[str] = ()
    """The ids of the status page's components, which may be linked."""
    assets: dict[str, Asset] = field(default_factory=dict)
    """What is to be published beside this page, by path."""
    _speaks: dict[str, Any] = field(init=False)
    """What templates know of the language."""
    _figures: int = 0
    _explained: set[str] = field(default_factory=set)
    """What of how to read diagrams the page has said; once is enough."""

    def __post_init__(self) -> None:
        words = self.library.words
        self._speaks = {
            "say": html_speaker(words),
            "told": partial(spoken.told, words),
            "once": partial(spoken.once, words),
            "rates_told": partial(spoken.rates_told, words),
            "stated_beneath": partial(spoken.stated_beneath, words),
            "changed": partial(spoken.changed, words),
            "message": partial(spoken.message, words),
            "tell": words.tell,
            "retell": partial(retell, words),
            "formula": partial(spoken.formula, words),
            "read_as": partial(spoken.read_as, words),
            "sort_key": (lambda _: "") if words.code == "en" else sort_key,
        }

    @property
    def home(self) -> str:
        """The page's address from the site's root."""
        return self.path.removesuffix("index.html")

    def to(self, target: str) -> str:
        """Return the address of ``target`` as seen from here.

        It is a path from the site's root, or an address elsewhere that is safe to link.
        """
        return target if _ELSEWHERE.match(target) else relative(self.path, target)

    def component(self, identifier: str) -> str:
        """Return the address of a component's page; empty where there is no such component."""
        return self.to(component_path(identifier)) if identifier in self.components else ""

    def figure(self, drawing: Drawing) -> Markup:
        """Draw a diagram here, with links to its files; those are made on its home page only."""
        self._figures += 1
        prefix = f"rm{self._figures}-{drawing.name}"
        diagram = drawing.draw(self.to, prefix)
        if self.home == (drawing.page or drawing.home):
            self._keep_pictures(drawing, diagram)
        reading = [one for one in drawing.reading if one not in self._explained]
        self._explained.update(reading)
        return self.render(
            "figure.html",
            tall=_is_tall(diagram),
            beneath=diagram.broad or not reading,
            reading=reading,
            figure=Markup(figure_html(diagram, self.library.words, prefix)),  # noqa: S704 - the drawing room escapes
            light=self.to(f"{drawing.home}{drawing.name}.svg"),
            dark=self.to(f"{drawing.home}{drawing.name}-dark.svg"),
        )

    def _keep_pictures(self, drawing: Drawing, diagram: Diagram) -> None:
        name = drawing.home + drawing.name
        self._keep(f"{name}.svg", standalone(diagram.wide_svg, "light"))
        self._keep(f"{name}-dark.svg", standalone(diagram.wide_svg, "dark"))

    def table(self, table: Table, home: str = "") -> Markup:
        """Set a table with links to its files; ``home`` is the page beside which those stand."""
        return self.render("table.html", table=table, files=self.files(table, home))

    def files(self, table: Table, home: str = "") -> Markup:
        """Return links to a table as CSV and JSON."""
        home = home or self.home
        name = home + table.name
        if home == self.home:
            self._keep(f"{name}.csv", as_csv(table, self.library.words))
            self._keep(f"{name}.json", as_json(table))
        links = {"CSV": self.to(f"{name}.csv"), "JSON": self.to(f"{name}.json")}
        return self.render("files.html", table=table, links=links)

    def _keep(self, path: str, content: bytes) -> None:
        self.assets[path] = Asset(path=path, content=content, source=SOURCE)

    def render(self, template: str, **values: Any) -> Markup:
        """Fill a template of this room in."""
        html = fill(template, page=self, **self._speaks, **values).removesuffix("\n")
        return Markup(html)  # noqa: S704 - autoescape is on


def _is_tall(diagram: Diagram) -> bool:
    """Whether a diagram would be too small to read beneath the facts of a printed first page."""
    size = _SIZE.search(diagram.wide_svg)
    return (
        size is not None and float(size[2]) / float(size[1]) * diagram.share / 100 > _MOST_ON_PAPER
    )
