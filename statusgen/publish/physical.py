"""The site as files for an engine that does not run our plugin (``statusgen export site``).

Everything of ours is a finished document here, pages too: Markdown of ours would fill another
engine's navigation and pass through its Markdown. Written are the files in the folder of pages, and
a record of them beside ``mkdocs.yml``, which also holds the fenced blocks' HTML (``fence``). After
the engine, ``complete`` puts into its output what it left out, or made in the place of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.base.files import write_atomic
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.fence import RENDERED, ROOT
from statusgen.publish.manifest import Manifest, Page
from statusgen.publish.prose.site import Prose
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE
from statusgen.publish.roadmaps.blocks import find_blocks
from statusgen.publish.writers import finished
from statusgen.run.pages_record import EXPORT, exported_files, folder_of, record, same_place, sha

_IGNORE = ".gitignore"
_LEADS = re.compile(r"""(\s(?:href|src|xlink:href|action|poster)=")((?:\.\./)+|\./)([^"]*")""")
_ENGINES_OWN = ("sitemap.xml.gz",)
"""What engines make of their pages alone, and would contradict ours."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The site as files."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """Published path → content, of everything that is ours."""
    prose: Mapping[str, str]
    """Published path of each page that the engine makes → its file below the folder of pages."""
    blocks: Mapping[str, list[tuple[str, str]]]
    """File below the folder of pages → its blocks, each with its HTML."""
    base: str
    """The path of the site's address."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What was put into an engine's output."""

    ours: int
    """Addresses of ours."""
    lacking: tuple[str, ...]
    """Of those, which the engine left out."""
    replaced: tuple[str, ...]
    """Of those, where the engine had made something else."""
    removed: tuple[str, ...]
    """What the engine made of data, or of its own pages alone."""


def exported_site(options: BuildOptions) -> Exported:
    """Build everything that is ours. Raises as ``build_manifest``."""
    site = options.site()
    prose = Prose.of(site.places)
    manifest = build_manifest(options)
    theirs = {each.path: uri for uri, each in prose.sources.pages.items()}
    copied = {path.casefold() for path in prose.sources.files}
    files = {
        entry.path: finished(manifest, entry)
        for entry in manifest
        if not (entry.path in theirs and isinstance(entry, Page))
        and not (
            entry.path.casefold() in copied and entry.source == prose.sources.files[entry.path][1]
        )
    }
    styled = STYLE in manifest.entries
    blocks: dict[str, list[tuple[str, str]]] = {}
    for uri, source in prose.sources.pages.items():
        made = manifest.fragments.get(source.shown, ())
        texts = [block.text for block in find_blocks(source.text)]
        if made:
            rooted = [_rooted(html, source.path.count("/")) for html in made]
            if styled and any('class="rm' in html for html in made):
                rooted[0] = _dress() + rooted[0]
            blocks[uri] = list(zip(texts, rooted, strict=True))
    base = urlsplit(site.settings.site.url or "").path or "/"
    return Exported(manifest, files, theirs, blocks, base)


def _rooted(html: str, depth: int) -> str:
    """Let links begin at the site's root, whichever page they come to stand on."""

    def led(found: re.Match[str]) -> str:
        ups = found[2].count("../")
        return found[0] if ups < depth else f"{found[1]}{ROOT}{'../' * (ups - depth)}{found[3]}"

    return _LEADS.sub(led, html)


def _dress() -> str:
    return (
        f'<link rel="stylesheet" href="{ROOT}{STYLE}"><script src="{ROOT}{SCRIPT}" defer></script>'
    )


def write_pages(exported: Exported, root: Path, folder: Path) -> tuple[int, tuple[str, ...]]:
    """Write everything into the folder of pages, and the record beside ``mkdocs.yml``.

    Returns how many files there are, and which paths are left to ``complete``: a twin in Markdown
    would become a page. What an earlier export wrote and is gone is removed. Raises InputError
    where a file stands in the way that no export wrote, or that was edited since.
    """
    later = tuple(path for path in exported.files if _is_left(path))
    listed = {path: content for path, content in exported.files.items() if path not in later}
    before = record(root)
    if before is not None and not same_place(folder_of(root, before), folder):
        remove_pages(root)
    earlier = exported_files(root, folder)
    clashes = []
    for path, content in listed.items():
        place = folder / path
        if not place.exists() and not place.is_symlink():
            continue
        there = place.read_bytes() if place.is_file() and not place.is_symlink() else None
        if there is None or (there != content and earlier.get(path) != sha(there)):
            known = path in earlier
            said = "was edited since it was exported" if known else "stands where ours goes"
            clashes.append(Problem(said, "move it away", str(place)))
    if clashes:
        raise InputError(clashes)
    mine = {path: sha(content) for path, content in listed.items()}
    own = {path for path in listed if path in earlier or not (folder / path).exists()}
    _remove(folder, earlier.keys() - listed.keys(), earlier)
    for path in sorted(own):
        write_atomic(folder / path, listed[path], durable=False)
    written = {path: mine[path] for path in sorted(own)}
    ignore = folder / _IGNORE
    if _IGNORE in earlier or not ignore.exists():
        text = "".join(f"/{path}\n" for path in [_IGNORE, *written])
        write_atomic(ignore, f"# statusgen export site\n{text}".encode(), durable=False)
        written[_IGNORE] = sha(ignore.read_bytes())
    told = {
        "v": 1,
        "folder": folder.as_posix(),
        "base": exported.base,
        "depths": {uri: path.count("/") for path, uri in exported.prose.items()},
        "blocks": exported.blocks,
        "files": written,
    }
    text = json.dumps(told, ensure_ascii=False, indent=0) + "\n"
    write_atomic(root / EXPORT, text.encode("utf-8", "replace"))
    return len(listed), later


def remove_pages(root: Path) -> int:
    """Remove what an export wrote; a file that was edited since stays. Returns how many went."""
    read = record(root)
    if read is None:
        return 0
    folder = folder_of(root, read)
    earlier = exported_files(root, folder)
    gone = _remove(folder, earlier.keys(), earlier)
    (root / EXPORT).unlink(missing_ok=True)
    return gone


def complete(exported: Exported, site: Path, content: Path) -> Completed:
    """Put what is ours and lacks into an engine's output, and take out what it made of data.

    Raises InputError where the engine was not there yet, left a page of prose out, or left a block
    as it stands.
    """
    if not site.is_dir():
        raise InputError(f"{site} is not there; let the engine build it first")
    _check_prose(exported, site)
    lacking: list[str] = []
    replaced: list[str] = []
    for path, content_ in exported.files.items():
        place = site / path
        there = place.read_bytes() if place.is_file() else None
        if there != content_:
            (lacking if there is None else replaced).append(path)
            write_atomic(place, content_, durable=False)
    removed = [path for path in _of_data(content, exported) if (site / path).is_file()]
    removed += [path for path in _ENGINES_OWN if (site / path).is_file()]
    if (site / _IGNORE).is_file() and _IGNORE not in exported.files:
        removed.append(_IGNORE)
    for path in removed:
        (site / path).unlink()
        parent = (site / path).parent
        if parent != site and not any(parent.iterdir()):
            parent.rmdir()
    return Completed(len(exported.files), tuple(lacking), tuple(replaced), tuple(removed))


def _check_prose(exported: Exported, site: Path) -> None:
    problems = []
    for path, uri in exported.prose.items():
        place = site / path
        if not place.is_file():
            said = f"the engine made no page of {uri}"
            problems.append(Problem(said, "is it the engine's output?", str(place)))
            continue
        rendered = place.read_text(encoding="utf-8", errors="replace").count(f'"{RENDERED}"')
        wanted = len(exported.blocks.get(uri, ()))
        if rendered < wanted:
            said = f"{wanted - rendered} of {wanted} blocks of {uri} stand there as written"
            fix = "name the fence under pymdownx.superfences, as the guide says; then build again"
            problems.append(Problem(said, fix, str(place)))
    if problems:
        raise InputError(problems)


def _of_data(content: Path, exported: Exported) -> Iterator[str]:
    """Return where an engine would publish the files of incidents and windows as pages."""
    known = {path.casefold() for path in exported.files} | set(exported.prose)
    for folder in (INCIDENTS, MAINTENANCE):
        for path in sorted((content / folder).rglob("*.md")) if content.is_dir() else ():
            at = PurePosixPath(path.relative_to(content).as_posix())
            for made in (at.parent / at.stem / "index.html", at.parent / "index.html"):
                if made.as_posix().casefold() not in known and (
                    made.parent.name == at.stem or at.stem in ("index", "README")
                ):
                    yield made.as_posix()


def _is_left(path: str) -> bool:
    """Whether an engine would pass over a file, or make something else of it."""
    parts = PurePosixPath(path).parts
    return path.endswith(".md") or any(part.startswith(".") for part in parts)


def _remove(folder: Path, paths: Any, digests: Mapping[str, str]) -> int:
    """Delete files that are as they were written, and the folders that they leave empty."""
    gone = 0
    for path in sorted(paths):
        place = folder / path
        if not place.is_file() or sha(place.read_bytes()) != digests[path]:
            continue
        try:
            place.unlink()
            gone += 1
            for parent in PurePosixPath(path).parents:
                if str(parent) != "." and not any((folder / parent).iterdir()):
                    (folder / parent).rmdir()
        except OSError as error:
            raise OutsideError(f"cannot delete {place}: {error.strerror or error}") from error
    return gone
