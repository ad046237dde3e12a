"""The header's entries for pages that another engine makes, read from its navigation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from statusgen.config.settings import NavLink


@dataclass(frozen=True, slots=True)
class EnginePage:
    """A page of prose."""

    title: str
    address: str
    """From the site's root."""


def top_entries(nav: Sequence[Any] | None, pages: Mapping[str, EnginePage]) -> list[NavLink]:
    """Return the top level of an MkDocs ``nav``: a section leads to its first page.

    ``pages`` are by their source, in MkDocs' order. Without a ``nav`` the top level is made of
    them as MkDocs does it: pages of the root, then folders by their names.
    """
    links: list[NavLink] = []
    for item in automatic(pages) if nav is None else nav:
        title, target = next(iter(item.items())) if isinstance(item, dict) else ("", item)
        leaf = _first_leaf(target)
        page = pages.get(leaf)
        if page is not None:
            links.append(NavLink(title=title or page.title, href=page.address))
        elif title and leaf:
            links.append(NavLink(title=title, href=leaf))
    return links


def sections(nav: Sequence[Any] | None, pages: Mapping[str, EnginePage]) -> dict[str, str]:
    """Return, for the source of each page, the address of the header's entry it belongs to."""
    found: dict[str, str] = {}
    for item in automatic(pages) if nav is None else nav:
        target = next(iter(item.values())) if isinstance(item, dict) else item
        first = pages.get(_first_leaf(target))
        if first is not None:
            for leaf in _leaves(target):
                found.setdefault(leaf, first.address)
    return found


def _leaves(target: Any) -> list[str]:
    if isinstance(target, str):
        return [target]
    inner = target.values() if isinstance(target, dict) else target or ()
    return [leaf for each in inner for leaf in _leaves(each)]


def automatic(sources: Mapping[str, EnginePage]) -> list[Any]:
    """Return the ``nav`` that MkDocs makes of the files: those of the root, then the folders."""
    folders: dict[str, list[str]] = {}
    for source in sources:
        folder = source.partition("/")[0] if "/" in source else ""
        folders.setdefault(folder, []).append(source)
    top = folders.pop("", [])
    return [
        *top,
        *({name.replace("-", " ").capitalize(): found} for name, found in folders.items()),
    ]


def _first_leaf(target: Any) -> str:
    while not isinstance(target, str):
        if isinstance(target, dict):
            target = next(iter(target.values()), "")
        elif target:
            target = target[0]
        else:
            return ""
    return target
