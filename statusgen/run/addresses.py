"""The site's address, which two files may say: ``mkdocs.yml`` and the configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import quote
from statusgen.config.settings import Settings
from statusgen.run.places import Places, mkdocs_site_url


def two_addresses(places: Places, settings: Settings) -> tuple[Problem, ...]:
    """Return the problem where each of the two says another address; empty where they agree."""
    ours = settings.site.url
    try:
        told = mkdocs_site_url(places.root)
    except InputError:  # who reads the file for its own sake tells it
        return ()
    if told is None or not ours or _same(told.text, ours):
        return ()
    mark = settings.marks.get("site.url")
    at = f"{settings.file}:{mark.line}:{mark.column}" if mark else settings.file
    message = f"site_url is {quote(told.text, 120)} here, and the address in {at} is"
    fix = "write the same address in both"
    problem = Problem(f"{message} {quote(ours, 120)}", fix, told.file, told.line, told.column)
    return (problem,)


def _same(one: str, other: str) -> bool:
    def plain(text: str) -> tuple[str, str, str]:
        parts = urlsplit(text)
        return parts.scheme.lower(), parts.netloc.lower(), parts.path.rstrip("/")

    try:
        return plain(one) == plain(other)
    except ValueError:
        return one == other
