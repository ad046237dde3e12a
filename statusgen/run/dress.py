"""An owner's own style sheets and HTML: read, with the files beside them and what they need."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from statusgen.base.errors import Problem
from statusgen.base.text import quote
from statusgen.config.policy import Needs, css_needs, from_root, html_needs
from statusgen.config.settings import Settings
from statusgen.run.pictures import FOLDER, OwnFile, below, named, shown
from statusgen.run.places import Places

PARTS = ("head", "top", "foot")
_WRITTEN = f"{FOLDER}/own.css"
"""Where a style sheet is published that stands in the configuration itself."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What an owner adds to every page. Its HTML holds ``policy.ROOT`` for the site's root."""

    sheets: tuple[str, ...] = ()
    """Published paths of style sheets, in order."""
    head: str = ""
    top: str = ""
    foot: str = ""
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Directive of the policy → what it must name besides ours."""
    files: tuple[OwnFile, ...] = ()
    faults: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    """What browsers will not do, or not there."""


def dress(places: Places, settings: Settings) -> Dress:
    """Read what the configuration names; what cannot be read is named and left out."""
    return _Reader(places, settings).dress()


class _Reader:
    def __init__(self, places: Places, settings: Settings) -> None:
        self._places, self._settings = places, settings
        self._files: dict[str, OwnFile] = {}
        self._sources: dict[str, list[str]] = {}
        self._faults: list[Problem] = []
        self._doubts: list[Problem] = []

    def dress(self) -> Dress:
        site = self._settings.site
        sheets = [path for index, name in enumerate(site.css) for path in self._sheet(name, index)]
        if site.css_text:
            self._own_sheet(site.css_text)
            sheets.append(_WRITTEN)
        texts = {part: self._html(part) for part in PARTS}
        for directive, source in site.allow:
            self._allow(directive, [source])
        if sheets:
            self._allow("style-src", ["'self'"])
        return Dress(
            tuple(sheets),
            **texts,
            sources={name: tuple(found) for name, found in self._sources.items()},
            files=tuple(self._files.values()),
            faults=tuple(self._faults),
            doubts=tuple(self._doubts),
        )

    def _own_sheet(self, text: str) -> None:
        needs = css_needs(text)
        self._files[_WRITTEN] = OwnFile(_WRITTEN, text.encode(), self._settings.file)
        self._take("site.css", needs, None)

    def _sheet(self, name: str, index: int) -> Iterable[str]:
        key = f"site.css.{index}" if f"site.css.{index}" in self._settings.marks else "site.css"
        content = self._read(key, name, (".css",), "a style sheet")
        if content is None:
            return []
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            self._fault(key, f"{quote(name, 80)} is not UTF-8: not used", "save it as UTF-8")
            return []
        path = posixpath.normpath(name)
        self._publish(path)
        self._take(key, css_needs(text), posixpath.dirname(path))
        return [f"{FOLDER}/{path}"]

    def _html(self, part: str) -> str:
        written: str = getattr(self._settings.site.html, part)
        key, folder = f"site.html.{part}", ""
        if not written.strip():
            return ""
        where = ""
        inline = self._settings.site.assets or "<" in written
        if not inline:
            content = self._read(key, written.strip(), (".html", ".htm"), "a file of HTML")
            if content is None:
                return ""
            where = written.strip()
            written = content.decode("utf-8", "replace")
            folder = posixpath.dirname(posixpath.normpath(where))
        text = written.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        needs = html_needs(text, part)
        for told, found in ((needs.faults, self._faults), (needs.doubts, self._doubts)):
            for line, message, fix in told:
                source = shown(self._places, self._places.content / where)
                in_file = Problem(message, fix, source, line)
                found.append(in_file if where else named(self._settings, key, message, fix))
        if needs.faults:
            return ""
        if self._settings.site.assets:  # files of `assets/` stand at the site's root
            self._take(key, needs, None)
            return from_root(text, "").strip()
        self._take(key, needs, folder)
        return from_root(text, f"{FOLDER}/{folder}/" if folder else f"{FOLDER}/").strip()

    def _take(self, key: str, needs: Needs, folder: str | None) -> None:
        """Allow what something needs, and publish the files that it names beside it."""
        for directive, sources in needs.sources.items():
            self._allow(directive, sources)
        for written in needs.files if folder is not None else ():
            path = posixpath.normpath(posixpath.join(folder or "", written))
            if not self._publish(path):
                message = (
                    f"names {quote(written, 80)}, and there is no such file in the content folder"
                )
                self._fault(key, message, "put it there, or write its whole address")
            elif path.endswith(".css") and "style-src" in needs.sources:
                found = below(self._places.content, path, self._places.content)
                inner = css_needs(
                    found.read_text(encoding="utf-8", errors="replace") if found else ""
                )
                inner.files = [each for each in inner.files if not self._known(path, each)]
                self._take(key, inner, posixpath.dirname(path))

    def _known(self, path: str, written: str) -> bool:
        inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        return f"{FOLDER}/{inner}" in self._files

    def _publish(self, path: str) -> bool:
        content = self._places.content
        found = below(content, path, content)
        if found is None:
            return False
        place = f"{FOLDER}/{path}"
        self._files[place] = OwnFile(place, found.read_bytes(), shown(self._places, found))
        return True

    def _read(self, key: str, name: str, endings: tuple[str, ...], what: str) -> bytes | None:
        content = self._places.content
        where = shown(self._places, content)
        if not name.lower().endswith(endings):
            self._fault(
                key, f"{quote(name, 80)} is not {what}: not used", f"it ends in {endings[0]}"
            )
            return None
        if ".." in PurePosixPath(name).parts or name.startswith(("/", "~")) or ":" in name:
            message = f"{quote(name, 80)} leads out of {where}: not used"
            self._fault(key, message, f"write a path below {where}, like style{endings[0]}")
            return None
        found = below(content, name, content)
        if found is None:
            message = f"there is no file {quote(name, 80)} in {where}: not used"
            self._fault(key, message, f"write its path from {where}")
            return None
        return found.read_bytes()

    def _allow(self, directive: str, sources: Iterable[str]) -> None:
        known = self._sources.setdefault(directive, [])
        known += [source for source in sources if source not in known]

    def _fault(self, key: str, message: str, fix: str) -> None:
        self._faults.append(named(self._settings, key, message, fix))
