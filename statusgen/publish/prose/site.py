"""From the folder of pages to entries of the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line
from statusgen.config.settings import NavLink
from statusgen.publish.chrome import menu
from statusgen.publish.excerpt import plain_text
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.navigation import EnginePage, top_entries
from statusgen.publish.prose.links import Links
from statusgen.publish.prose.markdown import Reader, Rendered
from statusgen.publish.prose.menus import Menus
from statusgen.publish.prose.sources import Source, Sources, read_sources
from statusgen.publish.roadmaps.blocks import replace_blocks
from statusgen.publish.roadmaps.fragments import ProseText
from statusgen.run.mkdocs_says import MkdocsSays, mkdocs_says
from statusgen.run.places import Places


@dataclass(frozen=True)
class Prose:
    """The pages of prose of one site, read without MkDocs."""

    says: MkdocsSays
    sources: Sources

    @classmethod
    def of(cls, places: Places) -> Prose:
        """Read them. A ``mkdocs.yml`` that cannot be read is told of elsewhere: none is heeded."""
        try:
            says = mkdocs_says(places.root)
        except InputError:
            says = MkdocsSays()
        return cls(says, read_sources(places, says))

    @cached_property
    def pages(self) -> Mapping[str, EnginePage]:
        """Titles and addresses, by uri."""
        return {
            uri: EnginePage(each.title, each.address) for uri, each in self.sources.pages.items()
        }

    @property
    def navigation(self) -> list[NavLink]:
        """Return the header's entries for them."""
        links = top_entries(self.says.nav, self.pages)
        name, url = self.says.repository
        return [*links, NavLink(title=name, href=url)] if url else links

    @property
    def texts(self) -> list[ProseText]:
        """Return them as written, for their fenced blocks."""
        return [
            ProseText(each.shown, each.text, each.address) for each in self.sources.pages.values()
        ]

    def add_to(self, manifest: Manifest, on_this_page: str) -> None:
        """Add every page and file that does not stand in the place of one of ours.

        What is wrong in them stands in the manifest as ``doubtful``. ``on_this_page``: the name of
        a menu of headings.
        """
        problems = list(self.sources.problems)
        for path, (content, shown) in self.sources.files.items():
            if _is_free(manifest, path, shown, problems):
                manifest.add(Asset(path=path, content=content, source=shown))
        pages = {
            uri: each
            for uri, each in self.sources.pages.items()
            if _is_free(manifest, each.path, each.shown, problems)
        }
        reader = Reader(self.says.extensions)
        problems += [
            self.says.problem(
                "markdown_extensions", f"{name} is MkDocs' alone: what it marks stands as written"
            )
            for name in reader.unknown
        ]
        made = {uri: reader.read(replace_blocks(each.body, _mark)) for uri, each in pages.items()}
        links = Links(manifest, pages, {uri: each.html for uri, each in made.items()})
        menus = Menus.of(self.says.nav, self.pages)
        finished = [
            self._page(each, made[uri], links.led(each), manifest, menus, on_this_page)
            for uri, each in pages.items()
        ]
        for page in finished:
            manifest.add(page)
        manifest.doubtful += tuple(problems + links.problems)

    def _page(
        self,
        source: Source,
        rendered: Rendered,
        html: str,
        manifest: Manifest,
        menus: Menus,
        on_this_page: str,
    ) -> Page:
        fragments = manifest.fragments.get(source.shown, ())
        about = source.meta.get("description")
        if not isinstance(about, str):
            about = one_line(_first_words(html), 160)
        for number, fragment in enumerate(fragments):
            mark = _mark(number)
            whole = f"<p>{mark}</p>"
            html = html.replace(whole if whole in html else mark, fragment, 1)
        title, entries = menus.beside(
            source.uri, source.path, () if source.hides("toc") else rendered.headings
        )
        if source.hides("navigation"):
            title, entries = "", []
        return Page(
            path=source.path,
            title=source.title,
            body=html,
            description=about,
            source=source.shown,
            section=menus.section(source.uri),
            menu=str(menu(title or on_this_page, entries, side=True)) if entries else "",
            styled=any('class="rm' in each for each in fragments),
            searched=source.searched,
        )


def _first_words(html: str) -> str:
    """Return the first paragraph as text."""
    from markupsafe import Markup

    inner = html.partition("<p>")[2].partition("</p>")[0]
    return plain_text(Markup(inner))  # noqa: S704 - sanitised; becomes text


def _mark(number: int) -> str:
    """Return what stands for a fenced block while Markdown is at work."""
    return f"statusgenfencedblock{number}x"


def _is_free(manifest: Manifest, path: str, shown: str, problems: list[Problem]) -> bool:
    if path.casefold() not in manifest.entries:
        return True
    problems.append(
        Problem(f"is not published: /{path} is the place of a page of ours", "rename it", shown)
    )
    return False
