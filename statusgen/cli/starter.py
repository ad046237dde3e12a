"""The files that ``statusgen init`` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from urllib.parse import urlsplit

from statusgen import __version__

_ID_LENGTH = 63


def starter_files(*, name: str, urls: Sequence[str], site_url: str) -> Mapping[str, str]:
    """Return path → text of a small repository that builds.

    Every given text is written as a quoted YAML scalar, so that none can break the file.
    """
    values = {"NAME": _quoted(name), "VERSION": __version__, "MONITORS": _monitors(urls)}
    values["URL"] = f"  url: {_quoted(site_url)}\n" if site_url else _URL_HINT
    values["SITE_URL"] = f"site_url: {_quoted(site_url)}\n" if site_url else ""
    folder = resources.files("statusgen.cli") / "starter_files"
    return {
        path: _filled((folder / source).read_text(encoding="utf-8"), values)
        for path, source in _FILES.items()
    }


_FILES = {
    "data/status.yml": "status.yml",
    "content/about.md": "about.md",
    "mkdocs.yml": "mkdocs.yml",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".github/workflows/status.yml": "workflow.yml",
    "README.md": "README.md",
}
_URL_HINT = "  # url: https://status.example.com/   (needed for feeds and the sitemap)\n"


def _filled(text: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _quoted(text: str) -> str:
    """A JSON string is a YAML double-quoted scalar."""
    return json.dumps(text, ensure_ascii=False)


def _monitors(urls: Sequence[str]) -> str:
    lines: list[str] = []
    used: set[str] = set()
    for url in urls:
        host = urlsplit(url).hostname or url
        identifier = _free_id(host, used)
        used.add(identifier)
        lines.append(f"  - id: {identifier}\n    name: {_quoted(host)}\n    url: {_quoted(url)}\n")
    return "".join(lines)


def _free_id(host: str, used: set[str]) -> str:
    """Make an id of the pattern (``base.ids``) from a host name."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in host.lower()).strip("-")
    stem = (kept or "monitor")[: _ID_LENGTH - 4].strip("-")
    number, found = 1, stem
    while found in used:
        number += 1
        found = f"{stem}-{number}"
    return found
