"""Our style sheets and our scripts, read from the package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from markupsafe import Markup

from statusgen.base.palette import SCHEMES, Colours, Scheme


@cache
def style_sheet(
    theme: str, colours: Colours, last_known: str, names: tuple[str, ...] = ("site",)
) -> Markup:
    """Return the status pages' CSS with the colours of ``theme``: ``auto``, ``light``, ``dark``.

    ``colours`` are the owner's; ``names`` are files of ours, in this order; ``last_known`` stands
    behind the states of a page that is out of date.
    """
    css = (
        _tokens(theme, colours)
        + _read("shell.css")
        + "".join(_read(f"{name}.css") for name in names)
    )
    return Markup(css.replace("$last-known", _css_text(last_known)))  # noqa: S704 - our own


def _css_text(text: str) -> str:
    """Escape a text for a CSS string in a ``<style>``, which no markup of it may end."""
    return "".join(
        character if character.isalnum() or character in " ()-.," else f"\\{ord(character):x} "
        for character in text
    )


@cache
def script(names: tuple[str, ...]) -> Markup:
    """Return the text of an inline script made of files of ours, in this order."""
    parts = [_read(f"{name}.js") for name in names]
    return Markup(";".join(parts))  # noqa: S704 - our own files


@cache
def shell_script() -> Markup:
    """Return the script of header and search: first in a status page, a file beside Material's."""
    return Markup(_read("shell.js"))  # noqa: S704 - our own file


def material_script() -> str:
    """Return the script of Material's pages: the header's, and what mends Material's own."""
    return _read("shell.js") + _text("material.js")


def material_style(theme: str, colours: Colours) -> str:
    """Return what makes Material's pages look like the status pages, and easy to read."""
    return _tokens(theme, colours, _CODE) + _read("shell.css") + _text("material.css")


_CODE: Mapping[Scheme, str] = {
    "light": "--code-text:#1a6b4c;--code-number:#a04c00;--code-special:#b02a43;",
    "dark": "--code-text:#3fb68b;--code-number:#ee8a3a;--code-special:#f0667c;",
}
"""Colours of code in prose: they are of no state, so that no colour of an owner's is theirs."""


def _tokens(theme: str, colours: Colours, more: Mapping[Scheme, str] | None = None) -> str:
    """Return the palette: the visitor's own choice, else that of the system.

    Without scripts the system's alone; a theme that the owner fixed leaves nothing to choose.
    """
    light, dark = (_palette(each, colours) + (more or {}).get(each, "") for each in SCHEMES)
    if theme != "auto":
        return f":root{{{dark if theme == 'dark' else light}}}"
    return (
        f":root{{{light}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not([data-md-color-scheme]){{{dark}}}}}"
        f"@media screen{{:root[data-md-color-scheme=slate]{{{dark}}}}}"
    )


def _palette(scheme: Scheme, colours: Colours) -> str:
    """Return a scheme's properties; a logo of one scheme is not shown in the other."""
    own = "".join(f"--{name}:{colour};" for name, colour in colours.palette(scheme).items())
    shown, hidden = ("light", "dark") if scheme == "light" else ("dark", "light")
    return f"color-scheme:{scheme};{own}--{shown}:inline;--{hidden}:none;"


def _read(name: str) -> str:
    return _text(name).replace("\n", "")


def _text(name: str) -> str:
    folder = resources.files("statusgen.publish") / "static"
    return (folder / name).read_text(encoding="utf-8")
