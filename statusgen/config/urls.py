"""The addresses in a configuration: which kind of check they pick, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import SplitResult, urlsplit, urlunsplit

from statusgen.base.fields import link_fault
from statusgen.base.model import suggest
from statusgen.base.odd import is_curly, is_invisible, odd_characters
from statusgen.base.secrets import Template
from statusgen.base.text import and_list, one_line, quote
from statusgen.config.settings import Kind

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d+(?:$|/))")
_HOST_AND_PORT = re.compile(r"[^\s/:@]+:\d{1,5}")
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_HYPHENATED = re.compile(r"\$[A-Z_][A-Z0-9_]*(?:-[A-Z0-9_]+)+")


_PORTS = {
    "smtp": 25, "smtps": 465, "imap": 143, "imaps": 993, "ssh": 22, "sftp": 22, "ftp": 21,
    "mysql": 3306, "postgres": 5432, "postgresql": 5432, "redis": 6379, "mongodb": 27017,
    "amqp": 5672, "ldap": 389, "mqtt": 1883,
}  # fmt: skip
"""Protocols of which we can ask whether the port answers."""


def scheme_of(url: str) -> str | None:
    """Return the scheme in lower case, or None where none is written (or a secret holds it)."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else None


def pick_kind(url: str, keys: Iterable[str], kinds: Sequence[Kind]) -> Kind | str:
    """Return the kind of check that ``url`` asks for, or why none can be told.

    ``keys`` are the keys of the monitor: where the whole URL is a secret, the one key that is
    named after a kind decides.
    """
    known = [scheme for kind in kinds for scheme in kind.schemes]
    scheme = scheme_of(url)
    if scheme is not None:
        for kind in kinds:
            if scheme in kind.schemes:
                return kind
        port = _PORTS.get(scheme)
        if port and "tcp" in known:
            host = without_userinfo(url).partition("://")[2].partition("/")[0].partition(":")[0]
            hint = f"write tcp://{one_line(host, 80) or 'host'}:{port}"
            return f"{quote(scheme, 40)} is no kind of check that we know; {hint}"
        hint = suggest(scheme, known) or f"known are {and_list(known, most=20)}"
        return f"{quote(scheme, 40)} is no kind of check that we know; {hint}"
    if url.startswith("$") and Template(url).names:
        written = set(keys)
        named = [kind for kind in kinds if kind.name in written]
        if len(named) == 1:
            return named[0]
        names = [f"`{kind.name}:`" for kind in kinds]
        return (
            "a secret holds the whole address, so the kind of check cannot be told; "
            f"write its scheme before the secret, or one of the keys {and_list(names, most=20)}"
        )
    shown = one_line(without_userinfo(url), 80)
    if _HOST_AND_PORT.fullmatch(url):
        return f"{shown!r} has no scheme; write tcp://{shown}"
    return f"{shown!r} has no scheme; write https://… (known are {and_list(known, most=20)})"


def check_url_fault(url: str, kind: Kind) -> str | None:
    """Return why a monitor's URL cannot be checked, or None; what is secret is not judged."""
    template = Template(url)
    if is_curly(url) or any(is_invisible(each) for each in url):
        return f"holds {odd_characters(url)}; write the address in ordinary characters"
    if _SPACE_OR_CONTROL.search(template.reveal(dict.fromkeys(template.names, "x"))):
        return "holds a space or a control character; write %20 for a space"
    if template.names:
        return kind.url_fault(url)
    parts = _split(url)
    if isinstance(parts, str):
        return f"is not an address: {parts}; write one like {kind.schemes[0]}://example.com"
    if not parts.hostname:
        return f"names no host; write one like {kind.schemes[0]}://example.com"
    return kind.url_fault(url)


def site_url_fault(url: str) -> str | None:
    """Return why ``url`` cannot be the address of the published site, or None."""
    hint = "write it like https://status.example.com/"
    fault = link_fault(without_userinfo(url), relative=False)
    if fault:
        return f"{fault.partition(';')[0]}; {hint}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return f"must be a web address; {hint}"
    if parts.query or parts.fragment or "@" in parts.netloc:
        return f"must have no user name, ? or #; {hint}"
    return None


def repository_fault(url: str) -> str | None:
    """Return why ``url`` cannot be the address at which a repository is read, or None."""
    hint = "write it like https://github.com/owner/name"
    fault = site_url_fault(url)
    if fault:
        return f"{fault.partition(';')[0]}; {hint}"
    names = [part for part in urlsplit(url).path.split("/") if part]
    return None if len(names) > 1 else f"must name an owner and a repository; {hint}"


def canary_fault(url: str) -> str | None:
    """Return why ``url`` cannot be a canary, or None."""
    hint = "write https://… or tcp://host:port"
    parts = _split(url)
    if isinstance(parts, str) or _SPACE_OR_CONTROL.search(url) or not parts.hostname:
        return f"{quote(url, 80)} is not an address; {hint}"
    if parts.scheme not in ("http", "https", "tcp"):
        return f"{quote(parts.scheme, 40)} cannot be a canary; {hint}"
    if parts.scheme == "tcp" and not parts.port:
        return f"{quote(url, 80)} names no port; {hint}"
    return None


def public_link(url: str) -> str:
    """Return the part of an http(s) URL that may be shown to anyone, or the empty string.

    User name, query and fragment go; a URL that takes anything from a secret is not shown.
    """
    parts = _split(url)
    if isinstance(parts, str) or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    link = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    return "" if Template(url).names or link_fault(link, relative=False) else link


def host_id(url: str) -> str:
    """Return an id made from the host that ``url`` names."""
    parts = _split(url)
    host = "" if isinstance(parts, str) else parts.hostname or ""
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:63].strip("-")


def without_userinfo(url: str) -> str:
    """Return ``url`` with a user name and password cut out, for messages."""
    return re.sub(r"(?<=//)[^/?#]*@", "", url)


def hyphenated_names(text: str) -> list[str]:
    """Return the ``$NAME-WITH-HYPHENS`` in ``text``: the secret's name ends at the first one."""
    return _HYPHENATED.findall(text)


def _split(url: str) -> SplitResult | str:
    """Return the parts of ``url``, or what is wrong with it."""
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError as error:
        return one_line(str(error), 120)
    return parts
