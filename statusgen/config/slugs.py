"""Upptime's slugs, letter for letter: a monitor's id is its file, its badge and its page.

The steps and their order are Upptime's (monitor 1.43): the slug as written, else the name in ASCII,
else the name in its own script, else the URL, else ``site``.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from statusgen.config import slugtable

# What JavaScript's trim and \s take for white space; Python's own idea of it differs.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_EDGE_SPACE = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")
_ANY_SPACE = re.compile(f"[{_SPACE}]+")

# In this order. Each sets a capitalised word apart from what stands before or after it.
_CAPITALS = (
    re.compile(r"([A-Z]{2,})([0-9]+)"),
    re.compile(r"([a-z0-9]+)([A-Z]{2,})"),
    re.compile(r"([a-z0-9])([A-Z])"),
    re.compile(r"([A-Z]+)([A-Z][a-z0-9]+)"),
)


def upptime_slug(name: str, url: str = "", slug: str = "") -> str:
    """Return the slug that Upptime gives a site with this name, URL and (optional) written slug.

    It may be longer than an id of ours and hold any letter; two sites may get the same one.
    """
    return (
        _EDGE_SPACE.sub("", slug) or _ascii_slug(name) or _own_script(name) or _ascii_slug(url)
    ) or "site"


def _ascii_slug(text: str) -> str:
    table, pattern = _transliteration()
    text = pattern.sub(lambda match: table[match[0]], unicodedata.normalize("NFC", text))
    for capitals in _CAPITALS:
        text = capitals.sub(r"\1 \2", text)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _own_script(text: str) -> str:
    text = _EDGE_SPACE.sub("", unicodedata.normalize("NFKC", text))
    text = re.sub(r'[\\/<>:"|?*#%]', "-", text)
    text = re.sub(r"[\x00-\x1f\x7f]", "", text)
    return re.sub(r"-+", "-", _ANY_SPACE.sub("-", text)).strip(".-")


@functools.cache
def _transliteration() -> tuple[dict[str, str], re.Pattern[str]]:
    table = slugtable.table()
    return table, re.compile("|".join(map(re.escape, sorted(table))))
