"""Secrets of another tool's configuration, which must not reach a file that lies in public.

The other tool's file lay on somebody's server; ``data/status.yml`` mostly lies in a public
repository. So a value whose place says that it is secret is replaced by the name of one.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_SECRET = re.compile(
    r"auth|cookie|token|secret|passw|pwd|credential|signature|session|(?:^|[-_.])(?:api[-_]?)?key"
    r"(?:$|[-_.])|apikey|access[-_]?key",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\$(?:\{[A-Z_][A-Z0-9_]*\}|[A-Z_][A-Z0-9_]*)")
_PAIR = re.compile(r"(?P<name>[^=&?]+)=(?P<value>[^&]*)")
_LOOSE = re.compile(r"\$\$|\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")


class Hider:
    """Replaces secret values by names, and remembers which value each name asks for."""

    def __init__(self, tool: str, *, refers: bool) -> None:
        self._tool = tool
        self._prefix = tool.upper().replace(" ", "_")
        self._refers = refers
        """Whether ``$NAME`` stands for an environment variable in the tool's files."""
        self.secrets: dict[str, str] = {}
        """Name → what to put into it, in words; never the value."""

    def header(self, monitor: str, name: str, value: str) -> str:
        """Return a header's value, or the name of a secret in its place."""
        if not _SECRET.search(name) or _only_references(value):
            return self.text(value)
        return self._named(monitor, name, f"the header {name} of {monitor}")

    def basic(self, monitor: str) -> str:
        """Return what stands for a user and a password in the header Authorization."""
        what = f"the header Authorization of {monitor}: Basic and base64 of user:password"
        return self._named(monitor, "authorization", what)

    def body(self, monitor: str, value: str) -> str:
        """Return a request's body, or the name of a secret where it seems to hold one."""
        if not _SECRET.search(value) or _only_references(value):
            return self.text(value)
        return self._named(monitor, "body", f"the body of {monitor}")

    def url(self, monitor: str, value: str) -> str:
        """Return an address without a password or a secret parameter in it."""
        value = self.text(value)
        try:
            parts = urlsplit(value)
        except ValueError:
            return value
        place, query = parts.netloc, parts.query
        user, at, host = place.rpartition("@")
        if at and not _only_references(user.partition(":")[2] or user):
            place = (
                f"{self._named(monitor, 'user', f'user:password in the URL of {monitor}')}@{host}"
            )

        def one(match: re.Match[str]) -> str:
            name = match["name"]
            if not match["value"] or not _SECRET.search(name) or _only_references(match["value"]):
                return match[0]
            what = f"the parameter {name} in the URL of {monitor}"
            return f"{name}={self._named(monitor, name, what)}"

        query = _PAIR.sub(one, query)
        if (place, query) == (parts.netloc, parts.query):
            return value
        return urlunsplit((parts.scheme, place, parts.path, query, parts.fragment))

    def refers_in(self, value: str, *, first: bool = False) -> bool:
        """Whether something of a text, or its beginning, stands in the tool's environment."""
        found = [match for match in _LOOSE.finditer(value) if match[1]]
        return self._refers and any(not first or match.start() == 0 for match in found)

    def text(self, value: str) -> str:
        """Return text in our form: ``$NAME`` for a secret, ``$$`` for a dollar."""
        if not self._refers:
            return value.replace("$", "$$")

        def one(match: re.Match[str]) -> str:
            if match[1] is None:
                return match[0]
            name = match[1].upper()
            self.secrets.setdefault(name, f"what {self._tool} takes by {match[0]}")
            return match[0] if _REFERENCE.fullmatch(match[0]) else f"${name}"

        return _LOOSE.sub(one, value)

    def _named(self, monitor: str, what: str, told: str) -> str:
        words = re.sub(r"[^A-Z0-9]+", "_", f"{self._prefix}_{monitor}_{what}".upper())
        name, number = words.strip("_"), 2
        while self.secrets.get(name, told) != told:
            name, number = f"{words.strip('_')}_{number}", number + 1
        self.secrets[name] = told
        return f"${name}"


def _only_references(value: str) -> bool:
    """Whether nothing but references and the words around them stands there: ``Bearer $TOKEN``."""
    found = [match for match in _LOOSE.finditer(value) if match[1]]
    return bool(found) and not re.search(r"\S{9,}", _LOOSE.sub("", value))
