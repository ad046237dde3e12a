"""The files of a new repository."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from importlib import resources
from urllib.parse import urlsplit

from statusgen import __version__
from statusgen.base.yamlwrite import quoted
from statusgen.run.choices import FORM, form_inputs
from statusgen.setup.form import form_workflow
from statusgen.setup.locks import locked
from statusgen.setup.schedule_files import (
    PAGES,
    REVIEW,
    Kind,
    pages_workflow,
    review_workflow,
    schedule_files,
)
from statusgen.setup.wheel import Wheel

_ID_LENGTH = 63


def starter_files(
    *,
    name: str,
    urls: Sequence[str],
    site_url: str,
    wheel: Wheel,
    schedule: Kind | None = Kind.VISITS,
    private: bool = False,
    paid: bool = False,
) -> Mapping[str, bytes]:
    """Return path → content of a small repository that builds, and that carries its program.

    Every given text is written as a quoted YAML scalar, so that none can break the file.
    ``schedule`` None: checks are made elsewhere. Raises InputError for one that would cost money
    without ``paid``.
    """
    values = {"NAME": quoted(name), "VERSION": __version__, "MONITORS": _monitors(urls)}
    values["URL"] = f"  url: {quoted(site_url)}\n" if site_url else _URL_HINT
    values["SITE_URL"] = f"site_url: {quoted(site_url)}\n" if site_url else ""
    values["SCHEDULE"] = "" if schedule is None else _SCHEDULE_ROW
    values["WHEEL"], values["SHA256"] = wheel.name, wheel.sha256
    folder = resources.files("statusgen.setup") / "starter_files"
    texts = {
        path: _filled((folder / source).read_text(encoding="utf-8"), values)
        for path, source in _FILES.items()
    }
    made = {} if schedule is None else schedule_files(schedule, private=private, paid=paid)
    texts |= {PAGES: pages_workflow(), REVIEW: review_workflow(), **made}
    texts[str(FORM)] = form_workflow(form_inputs(_ids(urls), ()))
    texts["requirements/check.txt"] = _filled(_CHECK_HEAD, values) + locked("check")
    texts["requirements/site.txt"] = _filled(_SITE_HEAD, values) + locked("site")
    texts["requirements/notify.txt"] = _filled(_NOTIFY_HEAD, values) + locked("notify")
    files = {path: text.encode() for path, text in texts.items()}
    files[f"vendor/{wheel.name}"] = wheel.content
    return files


_FILES = {
    "data/status.yml": "status.yml",
    "content/about.md": "about.md",
    "mkdocs.yml": "mkdocs.yml",
    "requirements/statusgen.txt": "statusgen.txt",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}
_CHECK_HEAD = "# What statusgen @VERSION@ needs to check: each package with its hashes.\n"
_SITE_HEAD = "# What statusgen @VERSION@ needs to build: each package with its hashes.\n"
_NOTIFY_HEAD = (
    "# What statusgen @VERSION@ needs to check, and to send to mail, chats and phones: each\n"
    "# package with its hashes. Webhooks, PagerDuty and Alertmanager need check.txt alone.\n"
)
_SCHEDULE_ROW = (
    "| `.github/workflows/status.yml` | checks and records; its first lines say what it costs |\n"
)
_URL_HINT = "  # url: https://status.example.com/   (needed for feeds and the sitemap)\n"


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in every ``@NAME@`` in one pass: a value that looks like one stays as it is."""
    return re.sub(r"@([A-Z0-9_]+)@", lambda found: values[found[1]], text)


def _monitors(urls: Sequence[str]) -> str:
    lines = []
    for identifier, url in zip(_ids(urls), urls, strict=True):
        name, address = quoted(_host(url)), quoted(url)
        lines.append(f"  - id: {identifier}\n    name: {name}\n    url: {address}\n")
    return "".join(lines)


def _ids(urls: Sequence[str]) -> list[str]:
    """Return an id for each monitor."""
    used: dict[str, None] = {}
    for url in urls:
        used[_free_id(_host(url), used)] = None
    return list(used)


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _free_id(host: str, used: Container[str]) -> str:
    """Make an id of the pattern (``base.ids``) from a host name."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in host.lower()).strip("-")
    stem = (kept or "monitor")[: _ID_LENGTH - 4].strip("-")
    number, found = 1, stem
    while found in used:
        number += 1
        found = f"{stem}-{number}"
    return found
