"""Our style sheets and our script, read from the package."""

from __future__ import annotations

from functools import cache
from importlib import resources

from markupsafe import Markup


@cache
def style_sheet(theme: str) -> Markup:
    """Return the status pages' CSS with the colours of ``theme``: ``auto``, ``light``, ``dark``."""
    light, dark = _read("light.css"), _read("dark.css")
    colours = f":root{{{dark if theme == 'dark' else light}}}"
    if theme == "auto":
        colours += f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return Markup(colours + _read("site.css"))  # noqa: S704 - our own files


@cache
def script(names: tuple[str, ...]) -> Markup:
    """Return the text of an inline script made of files of ours, in this order."""
    parts = [_read(f"{name}.js") for name in names]
    return Markup(";\n".join(parts))  # noqa: S704 - our own files


def material_style() -> str:
    """Return what makes Material's pages look like the status pages, and easy to read."""
    folder = resources.files("statusgen.publish") / "static"
    return (folder / "material.css").read_text(encoding="utf-8")


def _read(name: str) -> str:
    folder = resources.files("statusgen.publish") / "static"
    return (folder / name).read_text(encoding="utf-8").replace("\n", "")
