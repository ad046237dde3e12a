"""The files of a new repository."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from urllib.parse import urlsplit

from statusgen import __version__
from statusgen.base.yamlwrite import quoted
from statusgen.run.choices import Inputs, form_inputs
from statusgen.setup.choices import Choices
from statusgen.setup.generated import Given, digest_of, filled, generated_files, starter_text
from statusgen.setup.manifest import MANIFEST, Manifest
from statusgen.setup.schedule_files import Kind
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
    choices = Choices(schedule, private, paid)
    given = Given(name, site_url, starter_inputs(urls), choices)
    texts = generated_files(given, wheel)
    digests = {path: digest_of(path, text.encode()) for path, text in texts.items()}
    texts[MANIFEST] = Manifest(__version__, choices, digests).text()
    texts |= own_files(name, urls, site_url)
    files = {path: text.encode() for path, text in texts.items()}
    files[f"vendor/{wheel.name}"] = wheel.content
    return files


def own_files(
    name: str, urls: Sequence[str], site_url: str, every: int | None = None
) -> dict[str, str]:
    """Return what is the operator's from the first minute on: `upgrade` leaves it alone.

    ``every``: seconds between two checks of an address; None: what is meant by saying nothing.
    """
    values = {"NAME": quoted(name), "MONITORS": _monitors(urls)}
    often = "" if every is None else f"defaults:\n  interval: {every // 60}m\n\n"
    values["DEFAULTS"] = often
    values["URL"] = f"  url: {quoted(site_url)}\n" if site_url else _URL_HINT
    return {
        "data/status.yml": filled(starter_text("status.yml"), values),
        "content/about.md": starter_text("about.md"),
    }


def starter_inputs(urls: Sequence[str]) -> Inputs:
    """Return the inputs of the form for the monitors of a new repository."""
    return form_inputs(_ids(urls), ())


_URL_HINT = "  # url: https://status.example.com/   (needed for feeds and the sitemap)\n"


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
