"""Fenced blocks ``statusgen`` in the pages of any engine that reads Markdown with SuperFences.

``mkdocs.yml`` names it, for MkDocs, ProperDocs and Zensical alike::

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences:
            - name: statusgen
              class: statusgen
              format: !!python/name:statusgen.publish.fence.block

Under MkDocs and ProperDocs the plugin hands it the HTML of each block. Where no plugin runs
(Zensical passes over those that it does not know, without a word), ``statusgen export site`` has
left it in a file. Nothing may be passed over here: without that file Zensical cannot even read its
configuration, and a block that the file does not hold ends the build.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import yaml

from statusgen.base.text import quote
from statusgen.run.pages_record import EXPORT

ROOT = "statusgen-root:"
"""Stands in exported HTML for the way from a page to the site's root."""
RENDERED = "statusgen-block"
"""The class of what stands in a block's place."""
_PARENTS = 10
_EXPORT_FIRST = (
    "statusgen: there is no status page to build: this engine does not run our plugin, and "
    f"{EXPORT} is not here. Write the pages as files first: statusgen export site FOLDER, where "
    "FOLDER is docs_dir of mkdocs.yml"
)


class NotExportedError(yaml.YAMLError):
    """Told where Zensical reads ``mkdocs.yml``, so that it ends there with one sentence."""


@dataclass(slots=True)
class PageBlocks:
    """The blocks of one page, in order, and what each becomes."""

    file: str
    made: Sequence[tuple[str, str]]
    """Text of the block → HTML; the same text may come twice."""
    asked: dict[str, int] = field(default_factory=dict)

    def html(self, text: str) -> str | None:
        """Return what a block becomes; None where the page has no such block."""
        wanted = _plain(text)
        found = [html for written, html in self.made if _plain(written) == wanted]
        if not found:
            return None
        number = self.asked.get(wanted, 0)
        self.asked[wanted] = number + 1
        return found[min(number, len(found) - 1)]


_here: ContextVar[PageBlocks | None] = ContextVar("the page that our plugin makes", default=None)


def begin_page(page: PageBlocks | None) -> None:
    """Tell the formatter which page follows; None: not one with blocks."""
    _here.set(page)


class Block:
    """The formatter that SuperFences calls."""

    def __init__(self) -> None:
        self._pages: WeakKeyDictionary[Any, dict[str, PageBlocks]] = WeakKeyDictionary()

    def __call__(
        self, source: str, language: str, css_class: str, options: object, md: Any, **_: Any
    ) -> str:
        """Return the HTML of a block. Raises SuperFencesException, which ends the build."""
        from pymdownx.superfences import SuperFencesException

        try:
            return self._html(source, md)
        except LookupError as error:
            raise SuperFencesException(str(error.args[0])) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """Name the export too: Zensical keeps pages for as long as its configuration is alike."""
        return _block_of, (_digest(),)

    def _html(self, source: str, md: Any) -> str:
        served = _here.get()
        if served is not None:
            html = served.html(source)
            if html is None:
                raise LookupError(
                    f"{served.file}: the block {quote(source, 80)} is not understood here; let "
                    "its fence stand alone on a line, with nothing before it but spaces"
                )
            return html
        place, engine = _place_of(md)
        export = _read(_root_of(engine))
        return f'<div class="{RENDERED}">{self._exported(export, source, md, place, engine)}</div>'

    def _exported(
        self, export: Mapping[str, Any], source: str, md: Any, place: str | None, engine: str
    ) -> str:
        pages = self._pages.setdefault(md, {})
        named = export["blocks"]
        for file in [place] if place is not None and place in named else list(named):
            page = pages.setdefault(file, PageBlocks(file, [tuple(each) for each in named[file]]))
            html = page.html(source)
            if html is not None:
                return html.replace(ROOT, _way_up(export, place, engine))
        raise LookupError(
            f"{place or 'a page'}: the block {quote(source, 80)} is not in {EXPORT}: it was "
            "written since; run: statusgen export site " + str(export["folder"])
        )


def _block_of(_: str) -> Block:
    return _block


_block = Block()


def __getattr__(name: str) -> Any:
    """Hand out ``block``; tells at once where it would never be asked for a status page."""
    if name != "block":
        raise AttributeError(name)
    if "zensical" in sys.modules and _find() is None:
        raise NotExportedError(_EXPORT_FIRST)
    return _block


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _place_of(md: Any) -> tuple[str | None, str]:
    """Return which file Markdown is at, and the engine; as far as it lets know."""
    for each in md.preprocessors:
        page = getattr(each, "page", None)
        if type(each).__module__.startswith("zensical.") and page is not None:
            return str(page.path), "zensical"
    for each in md.treeprocessors:
        file = getattr(each, "file", None)
        uri = getattr(file, "src_uri", None)
        if isinstance(uri, str):
            return uri, type(each).__module__.partition(".")[0]
    return None, ""


def _way_up(export: Mapping[str, Any], place: str | None, engine: str) -> str:
    """Return the way from a page to the site's root."""
    if place is None:
        return str(export["base"])
    if engine == "zensical":  # which leads what stands in HTML from the file to the page itself
        return "../" * place.count("/") or "./"
    return "../" * int(export["depths"].get(place, place.count("/")))


def _root_of(engine: str) -> Path | None:
    if engine != "zensical":
        return None
    from zensical.config import get_config

    root = get_config().get("root_dir")
    return Path(root) if root else None


def _find(root: Path | None = None) -> Path | None:
    """Return the export of the repository that we are in."""
    start = (root or Path()).absolute()
    folders = [start, *list(start.parents)[:_PARENTS]]
    return next((each / EXPORT for each in folders if (each / EXPORT).is_file()), None)


def _digest() -> str:
    path = _find()
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else ""


def _read(root: Path | None) -> Mapping[str, Any]:
    path = _find(root)
    if path is None:
        raise LookupError(_EXPORT_FIRST)
    try:
        read = json.loads(path.read_bytes())
        if read["v"] == 1 and isinstance(read["blocks"], dict):
            return dict(read)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise LookupError(f"{path} is damaged; run: statusgen export site")
