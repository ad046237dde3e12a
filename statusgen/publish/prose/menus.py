"""What stands beside a page of prose: the pages of its section, and its own headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from statusgen.publish.chrome import MenuEntry
from statusgen.publish.links import relative
from statusgen.publish.navigation import EnginePage, automatic, sections
from statusgen.publish.prose.markdown import Heading


@dataclass(frozen=True, slots=True)
class Menus:
    """The navigation of one site's prose."""

    nav: Sequence[Any]
    pages: Mapping[str, EnginePage]

    @classmethod
    def of(cls, nav: Sequence[Any] | None, pages: Mapping[str, EnginePage]) -> Menus:
        """Take a ``nav`` of ``mkdocs.yml``; None: made of the pages."""
        return cls(automatic(pages) if nav is None else nav, pages)

    def section(self, uri: str) -> str:
        """Return the address of the header's entry that a page belongs to; empty for none."""
        return sections(self.nav, self.pages).get(uri, "")

    def beside(
        self, uri: str, path: str, headings: Sequence[Heading]
    ) -> tuple[str, list[MenuEntry]]:
        """Return the name of a page's section and its pages, with the page's headings below it."""
        own = tuple(_entries(headings))
        for item in self.nav:
            title, inner = next(iter(item.items())) if isinstance(item, dict) else ("", item)
            if not isinstance(inner, str) and uri in _uris(inner):
                return title, self._listed(inner, uri, path, own)
        return "", list(own) if len(own) > 1 else []

    def _listed(
        self, items: Any, uri: str, path: str, own: tuple[MenuEntry, ...]
    ) -> list[MenuEntry]:
        found: list[MenuEntry] = []
        for item in items.items() if isinstance(items, dict) else items or ():
            title, inner = item if isinstance(item, tuple) else ("", item)
            if isinstance(inner, dict) and not title:
                found += self._listed(inner, uri, path, own)
            elif not isinstance(inner, str):
                found.append(
                    MenuEntry(title, "", children=tuple(self._listed(inner, uri, path, own)))
                )
            elif inner in self.pages:
                page, here = self.pages[inner], inner == uri
                href = relative(path, page.address)
                found.append(MenuEntry(title or page.title, href, here, own if here else ()))
            elif title:
                found.append(MenuEntry(title, inner if ":" in inner else relative(path, inner)))
        return found


def _uris(items: Any) -> list[str]:
    if isinstance(items, str):
        return [items]
    inner = items.values() if isinstance(items, dict) else items or ()
    return [uri for each in inner for uri in _uris(each)]


def _entries(headings: Sequence[Heading]) -> list[MenuEntry]:
    """Return the headings of the second level; the first is the page's title."""
    found: list[MenuEntry] = []
    for each in headings:
        if each.level == 1:
            found += _entries(each.below)
        elif each.level == 2:
            found.append(MenuEntry(each.text, f"#{each.anchor}"))
    return found
