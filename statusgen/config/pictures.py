"""Pictures that a configuration names: a file of the repository, or an address elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from statusgen.base.errors import Problem
from statusgen.base.fields import link_fault
from statusgen.base.yamltree import Document, Path_

# These addresses only lead on, to another host; a page's policy names the host that answers.
_LEADS_ON = (
    (
        re.compile(r"https://github\.com/([^/]+/[^/]+)/(?:raw|blob)/([^?#]+)(?:\?[^#]*)?"),
        r"https://raw.githubusercontent.com/\1/\2",
    ),
    (
        re.compile(r"https://github\.com/([^/?#]+)\.png"),
        r"https://avatars.githubusercontent.com/\1",
    ),
)


def is_foreign(address: str) -> bool:
    """Whether a picture stands on another host than the site."""
    return re.match(r"https?:", address, re.IGNORECASE) is not None


def origin_of(address: str) -> str:
    """Return scheme and host of a foreign picture, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def settled(address: str) -> str:
    """Return where a picture's address leads, as far as that is known without asking."""
    for pattern, leads_to in _LEADS_ON:
        if pattern.fullmatch(address):
            return pattern.sub(leads_to, address)
    return address


def picture_fault(address: str) -> str | None:
    """Return why ``address`` cannot be shown as a picture, or None."""
    fault = "is no picture" if address.lower().startswith("mailto:") else link_fault(address)
    hint = "write the path of a file in the repository, or an https:// address"
    return f"{fault.partition(';')[0]}; {hint}" if fault else None


def foreign_picture(document: Document, path: Path_, address: str) -> Problem:
    """Say that visitors ask another host for a picture, and how to keep a copy."""
    name = urlsplit(address).path.rpartition("/")[2]
    plain = re.fullmatch(r"[\w-]{1,40}\.(?:svg|png|jpe?g|gif|ico|webp)", name)
    kept = name if plain else "logo.png"
    return document.problem(
        path,
        f"every visitor's browser will ask {urlsplit(address).netloc} for this picture",
        f"to keep a copy, save it in the repository and write `{path[-1]}: {kept}`",
    )
