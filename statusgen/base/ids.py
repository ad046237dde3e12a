"""Identifiers: what may be one, which are taken, and how they stand in a path."""

from __future__ import annotations

import re
import unicodedata
import uuid
from urllib.parse import quote

from statusgen.base import text as words

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,62}$"
_ID = re.compile(ID_PATTERN[1:-1])
_RULE = "1 to 63 lower-case letters, digits and hyphens, and begins with no hyphen"
_MONTH = re.compile(r"\d{4}-\d\d")
_RESERVED = frozenset(
    {"v2", "rss.xml", "atom.xml", "feed.json", "summary.json", "index", "index.html"}
)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10)}
)
_NAMESPACE = uuid.UUID("6f0c2b3a-64a4-5f0e-9f0e-6d7b6a2f6f51")


def id_fault(text: str) -> str | None:
    """Return why ``text`` cannot be an id and what to write instead, or None when it can.

    Published paths (``/history/<id>/``, ``/api/<id>/``) and file systems reserve some names.
    """
    reserved = reserved_fault(text)
    if not reserved and _ID.fullmatch(text):
        return None
    rule = reserved or f"an id is {_RULE}"
    instead = id_like(text)
    fix = f"write {instead}" if instead else "write a word in plain letters"
    return f"{words.quote(text, 60)} is no id: {rule}; {fix}"


def id_like(text: str) -> str:
    """Return the id that ``text`` is nearest to; empty where no letter or digit remains of it.

    ``Backend API`` → ``backend-api``, ``backendApi`` → ``backend-api``, ``Über`` → ``uber``.
    """
    if reserved_fault(text):
        return f"site-{text}".replace(".", "-")
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", text)
    return re.sub(r"[^a-z0-9]+", "-", _plain(parted)).strip("-")[:63].strip("-")


def reserved_fault(text: str) -> str | None:
    """Return why ``text`` is refused as an id although its letters are fine, or None."""
    if text in _RESERVED or _MONTH.fullmatch(text):
        return "this id is needed for a published path of its own"
    if text in _DEVICES:
        return "this id is a device name on Windows"
    return None


def path_segment(identifier: str) -> str:
    """Percent-encode an id for use as one segment of a URL path."""
    return quote(identifier, safe="")


def stable_urn(*parts: str) -> str:
    """Return a ``urn:uuid:`` that depends on ``parts`` alone: a repeated run makes it again."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(parts)).urn


def slug(text: str) -> str:
    """Return an id made of a text's letters and digits; ``part`` where it has none.

    Letters lose their accents: ``Étape`` → ``etape``.
    """
    plain = "-".join(re.findall(r"[a-z0-9]+", _plain(text)))
    return plain[:48].strip("-") or "part"


def _plain(text: str) -> str:
    """Return a text in small letters, without the marks on them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
