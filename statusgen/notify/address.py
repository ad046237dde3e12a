"""A channel's address with its secrets filled in, which nothing but a sender ever holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_plus, urlsplit

from statusgen.base.secrets import Redactor, Template
from statusgen.base.text import and_list
from statusgen.notify.message import Delivery, Outcome

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}(?=:)", re.ASCII | re.IGNORECASE)
_JOINTS = re.compile(r"[/:@?&=,;#+\s]+")
_PUBLIC = frozenset({"http", "https", "api", "www", "com"})
"""Parts of addresses that give nothing away and would blank out half of a sentence."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send; its ``repr`` shows nothing."""

    url: str = field(repr=False)
    redact: Redactor = field(repr=False)

    @property
    def scheme(self) -> str:
        """The part before the first colon, in lower case; empty where there is none."""
        found = _SCHEME.match(self.url)
        return found[0].lower() if found else ""

    @property
    def host(self) -> str:
        """The host, in lower case; empty where there is none, or an impossible port."""
        try:
            parts = urlsplit(self.url)
            return (parts.hostname or "") if parts.port != 0 else ""
        except ValueError:
            return ""


def address(url: str, secrets: Iterable[str] = ()) -> Address:
    """Return ``url`` with what hides it: the whole, each of its parts, and ``secrets``."""
    parts = {part for whole in (url, *secrets) for part in _pieces(whole)}
    return Address(url, Redactor(sorted({url, *secrets, *parts})))


def reveal(to: Template, environ: Mapping[str, str]) -> Address | Delivery:
    """Fill in the secrets, or say which are missing."""
    missing = to.missing(environ)
    if missing:
        names = and_list(list(missing), most=5)
        are = "is" if len(missing) == 1 else "are"
        return refused(f"{names} {are} not set where this ran: add the secret and hand it over")
    url = to.reveal(environ).strip()
    return address(url, (environ[name] for name in to.names))


def refused(why: str) -> Delivery:
    """Return what asks for a person."""
    return Delivery(Outcome.PERMANENT, why)


def _pieces(text: str) -> set[str]:
    """Return the parts that a library could name, as written and decoded."""
    body = text.partition("://")[2] or text
    written = {body, *_JOINTS.split(body)}
    # A mail address is one part with its @.
    written.update(re.findall(r"[^\s/:?&=,;#]+@[^\s/:?&=,;#]+", body))
    decoded = {decode(part) for part in written for decode in (unquote, unquote_plus)}
    decoded |= {part for whole in decoded for part in _JOINTS.split(whole)}
    return {part for part in written | decoded if len(part) > 2 and part.lower() not in _PUBLIC}
