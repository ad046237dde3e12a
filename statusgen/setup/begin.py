"""What ``init`` would write into a folder, empty or not; nothing that is there is overwritten.

A configuration that is there is taken over (Upptime's too), a ``mkdocs.yml`` gets the plugin and
keeps every other byte, a ``.gitignore`` gets the lines that it lacks, and a README stays. Any other
file of the same name is a clash, which is told before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from statusgen import __version__
from statusgen.base.errors import InputError, Problem
from statusgen.base.text import and_list, one_line
from statusgen.config.reader import STATUS_FILE, UPPTIME_FILES
from statusgen.run.choices import inputs_for
from statusgen.run.places import docs_dir, mkdocs_file, mkdocs_said
from statusgen.run.site import Site
from statusgen.setup.choices import Choices
from statusgen.setup.doctor.told import secrets_named
from statusgen.setup.generated import (
    DEPENDABOT,
    MKDOCS,
    PROGRAM,
    README,
    Given,
    digest_of,
    generated_files,
)
from statusgen.setup.manifest import MANIFEST, THEIRS, Manifest
from statusgen.setup.mkdocs_edit import PLUGIN, name_plugin, plugins_of
from statusgen.setup.prices import watches_prices
from statusgen.setup.starter import own_files, starter_inputs
from statusgen.setup.wheel import Wheel
from statusgen.setup.workflows import workflow_files

_IGNORE, _ABOUT = ".gitignore", "content/about.md"
_MATERIALS = frozenset(
    {"search", "tags", "blog", "social", "privacy", "offline", "info", "meta", "optimize",
     "projects", "typeset", "group", PLUGIN}
)  # fmt: skip
"""Plugins that MkDocs and Material bring along."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator said."""

    name: str
    urls: Sequence[str]
    site_url: str
    choices: Choices
    keep: bool = False
    """Whether files of the same name stay, and the rest is written."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is to be written, and what is left to the operator."""

    files: Mapping[str, bytes]
    """Path → content, of new and of changed files."""
    changed: tuple[str, ...]
    """Of those, the files that were there."""
    kept: tuple[str, ...]
    """Files of the same name that stay."""
    config: str
    """The configuration that was taken over; empty: a new one is written."""
    first: tuple[str, ...]
    """What has to be done before a build: commands and sentences."""
    clicks: tuple[str, ...]
    """What is left to be clicked at GitHub."""


def existing_config(root: Path) -> str:
    """Return the name of the configuration in a folder; empty where there is none."""
    names = (STATUS_FILE, *UPPTIME_FILES)
    return next((name for name in names if (root / name).is_file()), "")


def said_there(root: Path, key: str) -> str:
    """Return what a ``mkdocs.yml`` that is there says of the site; empty where it says nothing."""
    said = mkdocs_said(root, key)
    return one_line(said.text) if said else ""


def begin(root: Path, asked: Asked, wheel: Wheel) -> Beginning:
    """Say what is to be written. Raises InputError: a clash, a configuration that is wrong."""
    if (root / MANIFEST).exists() or (root / PROGRAM).exists():
        raise InputError(
            "init was here already, and overwrites nothing; for what is new: statusgen upgrade"
        )
    config = existing_config(root)
    site = Site(root)
    if config:
        settings = site.settings
        given = Given(
            settings.site.name,
            settings.site.url or "",
            inputs_for(settings),
            asked.choices,
            watches_prices(site),
        )
    else:
        given = Given(asked.name, asked.site_url, starter_inputs(asked.urls), asked.choices)
    texts = generated_files(given, wheel)
    files = {path: text.encode() for path, text in texts.items()}
    files[f"vendor/{wheel.name}"] = wheel.content
    own = own_files(asked.name, asked.urls, asked.site_url, asked.choices.every)
    mkdocs = mkdocs_file(root)
    if config:
        own.pop(STATUS_FILE)
    if mkdocs is not None:
        own.pop(_ABOUT)
    files |= {path: text.encode() for path, text in own.items()}
    theirs, kept, changed = _joined(root, files, mkdocs, asked.keep)
    digests = {
        path: THEIRS if path in theirs else digest_of(path, text.encode())
        for path, text in texts.items()
    }
    files[MANIFEST] = Manifest(__version__, asked.choices, digests).text().encode()
    address = given.site_url
    secrets = list(secrets_named(site, {})) if config else []
    first = _first(root, config, mkdocs)
    if config and not site.settings.monitors:
        first.insert(0, f"{config} names nothing to check yet: write it there")
    return Beginning(files, changed, kept, config, tuple(first), _clicks(secrets, address))


def _joined(
    root: Path, files: dict[str, bytes], mkdocs: Path | None, keep: bool
) -> tuple[set[str], tuple[str, ...], tuple[str, ...]]:
    """Take what is there into account; return what is the operator's, what stays, what changes."""
    theirs: set[str] = set()
    changed: list[str] = []
    if mkdocs is not None:
        files.pop(MKDOCS)
        theirs.add(MKDOCS)
        edited = name_plugin(root)
        if edited is not None:
            path = edited.path.relative_to(root).as_posix()
            mark = b"\xef\xbb\xbf" if edited.path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
            files[path] = mark + edited.after.encode()
            changed.append(path)
    ignore = root / _IGNORE
    if ignore.is_file():
        theirs.add(_IGNORE)
        more = _more_lines(ignore.read_bytes(), files[_IGNORE])
        if more:
            files[_IGNORE] = ignore.read_bytes() + more
            changed.append(_IGNORE)
        else:
            files.pop(_IGNORE)
    kept = []
    clashes = []
    for path, content in list(files.items()):
        place = root / path
        if path in changed or not (place.exists() or place.is_symlink()):
            continue
        if place.is_file() and place.read_bytes() == content:
            files.pop(path)
        elif path in (README, DEPENDABOT, _ABOUT) or keep:
            files.pop(path)
            theirs.add(path)
            kept.append(path)
        else:
            clashes.append(path)
    if clashes:
        fix = "move them away, or write --keep: they stay, and the rest is written"
        said = f"{and_list(clashes, 6)} {'is' if len(clashes) == 1 else 'are'} there already"
        raise InputError([Problem(f"{said}; init overwrites nothing", fix)])
    return theirs, tuple(kept), tuple(changed)


def _more_lines(there: bytes, ours: bytes) -> bytes:
    """Return the lines that a ``.gitignore`` lacks, with its line ends."""
    newline = b"\r\n" if b"\r\n" in there else b"\n"
    known = {line.strip().strip(b"/") for line in there.splitlines()}
    lacking = [
        line
        for line in ours.splitlines()
        if not line.startswith(b"#") and line.strip().strip(b"/") not in known
    ]
    if not lacking:
        return b""
    begun = b"" if not there or there.endswith(b"\n") else newline
    return begun + b"".join(line + newline for line in lacking)


def _first(root: Path, config: str, mkdocs: Path | None) -> list[str]:
    """Return what has to be done before the site can be built."""
    told = []
    if mkdocs is not None:
        content = docs_dir(root)
        for name in ("index.md", "README.md"):
            if (root / content / name).is_file():
                told.append(
                    f"{content / name} stands where the status page goes: "
                    f"git mv {content / name} {content / 'home.md'}   (and its name under nav:)"
                )
                break
        names = plugins_of(mkdocs.read_text(encoding="utf-8-sig"), str(mkdocs))
        foreign = [name for name in names if name.removeprefix("material/") not in _MATERIALS]
        if foreign:
            told.append(
                f"the plugins {and_list(foreign, 6)} are not in requirements/site.txt: add the "
                "packages, with hashes (uv pip compile --generate-hashes), or the build lacks them"
            )
    for each in workflow_files(root):
        scripts = " ".join(str(step.get("run", "")) for _, step in each.steps())
        used = " ".join(str(step.get("uses", "")) for _, step in each.steps())
        if "upptime/" in used:
            told.append(f"{each.file} runs Upptime still: git rm {each.file}")
        elif re.search(r"\bmkdocs\s+gh-deploy\b|\bzensical\s+build\b", scripts) or re.search(
            r"deploy-pages@|gh-pages", used
        ):
            told.append(f"{each.file} publishes this site, too: git rm {each.file}")
    if config in UPPTIME_FILES:
        told.append("the past of Upptime: statusgen import upptime . --dry-run")
    return told


def _clicks(secrets: Sequence[str], address: str) -> tuple[str, ...]:
    host = urlsplit(address).hostname or ""
    named = "Settings → Secrets and variables → Actions: "
    if secrets:
        named += f"{and_list(list(secrets), 8)}; each also in the env: of the step that checks, in "
        named += ".github/workflows/status.yml"
    else:
        named += "the configuration names none yet"
    domain = "Settings → Pages → Custom domain: "
    if not host:
        domain += "only where the page gets an address of its own"
    elif host.endswith(".github.io"):
        domain += f"nothing to do for {host}"
    else:
        domain += f"{host}, and a CNAME record from it to OWNER.github.io"
    return (
        "Settings → Pages → Source: GitHub Actions",
        named,
        domain,
    )
