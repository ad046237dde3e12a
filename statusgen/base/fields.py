"""Texts with rules of their own that more than one room asks people for.

Each rule is a plain function ``*_fault(text) -> str | None`` that says ``what is wrong; what to
write instead``, and a field type for models made from it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, WithJsonSchema

from statusgen.base.model import SecretText
from statusgen.base.secrets import Template
from statusgen.base.text import quote

# RFC 9110 section 5.6.2 (token) and 5.5 (field value: no control character but the tab).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# Three digits, not RFC 9110's 100 to 599: servers that answer 999 exist, and are expected to.
_STATUS = re.compile(r"[1-9](?:xx|XX)|[1-9][0-9]{2}(?:-[1-9][0-9]{2})?")
_UNSAFE_IN_LINK = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>\\^`{|}\u2028\u2029]")


FOLLOWED = frozenset({"http", "https", "mailto"})
"""The schemes of addresses that a visitor may be led to."""


def link_fault(text: str, *, relative: bool = True) -> str | None:
    """Return why ``text`` may not be put behind a link, or None (T17 of content/reference)."""
    hint = "write an http://, https:// or mailto: address" + (" or a path" if relative else "")
    if _UNSAFE_IN_LINK.search(text):
        return f"a link holds no spaces, quotes or control characters; {hint}"
    try:
        parts = urlsplit(text)
    except ValueError as error:
        return f"{quote(text, 80)} is not a link: {error}; {hint}"
    if "@" in parts.netloc:
        return f"a link holds no user name or password; {hint} without what stands before the @"
    if parts.scheme in ("http", "https"):
        return None if parts.hostname else f"{quote(text, 80)} names no host; {hint}"
    if parts.scheme == "mailto":
        return None if "@" in parts.path else f"{quote(text, 80)} names nobody; {hint}"
    if parts.scheme or text.startswith("//") or not relative:
        return f"{quote(text, 80)} is not a link that is followed; {hint}"
    return None if text else f"is empty; {hint}"


def header_name_fault(text: str) -> str | None:
    """Return why ``text`` cannot name an HTTP header, or None."""
    if _TOKEN.fullmatch(text):
        return None
    return f"{quote(text, 60)} is not a header's name; write letters, digits and hyphens"


def header_value_fault(text: str) -> str | None:
    """Return why ``text`` cannot be an HTTP header's value, or None (T18 there too).

    The text itself is not repeated: a header is where secrets stand.
    """
    if _CONTROL.search(text):
        return "holds a line break or control character; write the header's value in one line"
    return None


def status_fault(text: str) -> str | None:
    """Return why ``text`` names no HTTP status codes, or None."""
    hint = "write codes from 100 to 999: 200, 2xx or 200-299"
    if not _STATUS.fullmatch(text):
        return f"{quote(text, 60)} names no status code; {hint}"
    first, last = status_range(text)
    return f"{text!r} runs backwards; write {last}-{first}" if first > last else None


def status_range(text: str) -> tuple[int, int]:
    """Return the first and last code of a text that ``status_fault`` finds good."""
    if text[1:].lower() == "xx":
        return int(text[0]) * 100, int(text[0]) * 100 + 99
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def pattern_fault(text: str) -> str | None:
    """Return why ``text`` is not a regular expression (Python's ``re``), or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what a later Python may read otherwise
            re.compile(text)
    except re.error as error:
        return f"is not a regular expression: {error}; put a \\ before each of .^$*+?()[]{{}}|\\"
    except (RecursionError, OverflowError):
        return "is not a usable regular expression: it is too large; write a simpler one"
    return None


def refuse(fault: Callable[[str], str | None]) -> AfterValidator:
    """Make a model's validator out of one of the rules above; it takes templates as well."""

    def check(value: str | Template) -> str | Template:
        problem = fault(str(value))
        if problem is not None:
            raise ValueError(problem)
        return value

    return AfterValidator(check)


_LINK_PART = "[^\\s\"'<>\\\\^`{|}]"

Link = Annotated[
    str,
    refuse(link_fault),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^(https?://{_LINK_PART}+|mailto:{_LINK_PART}+@{_LINK_PART}+"
            f"|(?![A-Za-z][A-Za-z0-9+.-]*:|//){_LINK_PART}+)$",
        }
    ),
]
"""An http, https or mailto address, or a path of this site."""

Address = Annotated[
    str,
    refuse(lambda text: link_fault(text, relative=False)),
    WithJsonSchema({"type": "string", "pattern": f"^(https?://{_LINK_PART}+|mailto:.+@.+)$"}),
]
"""An http, https or mailto address."""

HeaderName = Annotated[
    str,
    refuse(header_name_fault),
    WithJsonSchema({"type": "string", "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}),
]
HeaderValue = Annotated[SecretText, refuse(header_value_fault)]

StatusCodes = Annotated[
    str,
    refuse(status_fault),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 100, "maximum": 999},
                {"type": "string", "pattern": "^([1-9](xx|XX)|[1-9][0-9]{2}(-[1-9][0-9]{2})?)$"},
            ],
            "examples": [200, "2xx", "200-299"],
        }
    ),
]
"""One accepted status code (``200``), a class (``2xx``) or a range (``200-299``)."""

Pattern = Annotated[str, refuse(pattern_fault)]
"""A regular expression of Python's ``re``."""
