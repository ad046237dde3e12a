"""Addresses as an operator writes them, some of their parts still secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from statusgen.base.secrets import Template

_HOST_LABEL = re.compile(r"(?!-)(?:[\w-]|[^\x00-\x7f]){1,63}(?<!-)")
"""Letters of any script, and what else names are made of: emoji, marks, joiners."""
_STAND_IN = "secret"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host (no brackets) and a port."""

    host: str
    port: int


def endpoint(url: str, default_port: int | None = None) -> Endpoint:
    """Return where ``url`` leads. Raises ValueError (``what is wrong; what to write instead``)."""
    if any(character.isspace() or not character.isprintable() for character in url):
        raise ValueError("the URL holds a space or a control character; percent-encode it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(
            "the host or port of the URL is malformed; write host:port, "
            "an IPv6 address in brackets, a port below 65536"
        ) from None
    if not parts.scheme or not parts.netloc:
        raise ValueError("the URL has no host; write it like scheme://host")
    fault = _host_fault(host)
    if fault:
        raise ValueError(fault)
    chosen = default_port if port is None else port
    if not chosen:
        raise ValueError(f"the URL has no port; write {parts.scheme}://{host}:PORT")
    return Endpoint(host, chosen)


def _host_fault(host: str) -> str | None:
    if not host:
        return "the URL has no host; write it like scheme://host"
    if ":" in host:
        return None  # urlsplit has seen to IPv6
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        return f"{host!r} is no host name; write letters, digits, hyphens and dots"
    return None


def url_fault(url: str, *, default_port: int | None, bare: bool) -> str | None:
    """Return what is wrong with a URL as written, ``$NAME``s unfilled, or None.

    Each reference is taken for a plain word; where one stands in the place of the scheme or the
    port nothing can be said yet, and the round says it. ``bare`` URLs have no path.
    """
    if url.startswith("$") and Template(url).names:
        return None
    url = stood_in(url)
    try:
        endpoint(url, default_port)
    except ValueError as error:
        return str(error)
    parts = urlsplit(url)
    if bare and (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc):
        return f"only a host and a port belong here; write {parts.scheme}://host:port"
    return None


def stood_in(url: str) -> str:
    """Return a URL with plain words in the place of its secrets, and a number in that of a port."""
    text = Template(url)
    if not text.names:
        return url
    marked = text.reveal(dict.fromkeys(text.names, "\0"))
    return re.sub(r":\0", ":1", marked).replace("\0", _STAND_IN)
