"""Material in our form: the status pages' header, footer, colours and type, and a menu."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from statusgen.publish.chrome import MenuEntry, menu

OUR_STYLE, OUR_SCRIPT = "assets/statusgen.css", "assets/statusgen.js"
_PARTIALS = Path(__file__).parents[1] / "publish" / "material"
"""Material's templates in our form; an owner's own ones go before them."""


def dress(config: MkDocsConfig) -> bool:
    """Give Material the status pages' header, footer, colours and type, whatever was configured.

    Templates that the owner wrote in ``custom_dir`` go before ours; who has a header of their own
    there keeps Material as they made it. Returns whether the header is ours.
    """
    theme = config.theme
    custom = Path(theme.custom_dir) if theme.custom_dir else None
    if custom and (custom / "partials" / "header.html").exists():
        return False
    theme.dirs.insert(1 if custom else 0, str(_PARTIALS))
    config.extra_css.insert(0, OUR_STYLE)
    theme["palette"], theme["font"] = None, False
    theme["features"] = sorted({*(theme.get("features") or ()), "navigation.tabs"})
    for name, plugin in config.plugins.items():
        if name.rpartition("/")[2] == "search" and "enabled" in plugin.config:
            plugin.config["enabled"] = False
    return True


def page_menu(page: Page, title: str) -> str:
    """Return a menu of the page's section and of its headings, where there are sidebars."""
    hidden = (page.meta or {}).get("hide") or ()
    top = next(iter(reversed(list(page.ancestors))), None)
    entries: list[MenuEntry] = []
    if isinstance(top, Section) and "navigation" not in hidden:
        entries = [_menu_entry(each, page) for each in top.children]
    headings = [MenuEntry(each.title, each.url) for each in page.toc if each.level > 1]
    headings += [
        MenuEntry(each.title, each.url)
        for one in page.toc
        for each in one.children
        if one.level == 1
    ]
    if len(headings) > 1 and "toc" not in hidden:
        entries.append(MenuEntry(title, "", children=tuple(headings)))
    name = top.title if isinstance(top, Section) and len(entries) > 1 else title
    return menu(name, entries) if entries else ""


def _menu_entry(item: StructureItem, page: Page) -> MenuEntry:
    if isinstance(item, Section):
        inner = tuple(_menu_entry(each, page) for each in item.children)
        return MenuEntry(item.title, "", children=inner)
    href = get_relative_url(str(getattr(item, "url", "") or ""), page.url)
    return MenuEntry(str(item.title or ""), href, item is page)
