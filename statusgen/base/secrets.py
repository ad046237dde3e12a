"""Values that come from the environment and are never shown.

A configuration holds a :class:`Template` (the text with ``$NAME`` in it); only the probe and the
channels reveal it, at the last moment. Text that comes back from a library or an endpoint goes
through :class:`Redactor` before it is stored or printed.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

_REFERENCE = re.compile(
    r"(?P<dollar>\$\$)"
    r"|\$\{\{\s*secrets\.(?P<github>[A-Za-z_][A-Za-z0-9_]*)\s*\}\}"
    r"|\$\{(?P<braced>[A-Z_][A-Z0-9_]*)\}"
    r"|\$(?P<plain>[A-Z_][A-Z0-9_]*)"
)


@dataclass(frozen=True, slots=True)
class Template:
    """Text in which ``$NAME``, ``${NAME}`` or ``${{ secrets.NAME }}`` stand for secrets.

    ``$$`` stands for a dollar.

    Its ``str`` and ``repr`` are the text as written, never a value.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def names(self) -> tuple[str, ...]:
        """The names referred to, in order, without repeats."""
        found = (_name(match) for match in _REFERENCE.finditer(self.text) if not match["dollar"])
        return tuple(dict.fromkeys(found))

    def missing(self, environ: Mapping[str, str]) -> tuple[str, ...]:
        """The names that ``environ`` does not set, or sets to nothing."""
        return tuple(name for name in self.names if not environ.get(name))

    def reveal(self, environ: Mapping[str, str]) -> str:
        """Return the text with every reference replaced; one that is not set stays as written.

        Values are put in once and not searched again for references.
        """

        def one(match: re.Match[str]) -> str:
            return "$" if match["dollar"] else environ.get(_name(match)) or match[0]

        return _REFERENCE.sub(one, self.text)


def _name(match: re.Match[str]) -> str:
    return match["github"] or match["braced"] or match["plain"]


def _url_parts(value: str) -> list[str]:
    """Return what a secret address gives away when a library names a part of it."""
    if "://" not in value:
        return []
    try:
        address = urlsplit(value)
        parts = [address.netloc, address.hostname, address.username, address.password]
    except ValueError:
        return []
    parts += [address.path.strip("/"), address.query]
    parts += [text for _, text in parse_qsl(address.query)]
    return [part for part in parts if part]


class Redactor:
    """Replaces known secret values, plain or encoded, by ``[redacted]``."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        forms: set[str] = set()
        known = [form for whole in values for form in dict.fromkeys((whole, whole.rstrip("\r\n")))]
        for value in (part for whole in known for part in (whole, *_url_parts(whole))):
            if len(value) < 3:  # a shorter value would blank out half of every text
                continue
            encoded = base64.b64encode(value.encode()).decode()
            forms.update({value, quote(value, safe=""), quote(value), quote_plus(value)})
            forms.update({encoded, encoded.rstrip("="), repr(value)[1:-1]})
            forms.add(base64.urlsafe_b64encode(value.encode()).decode())
            forms.update({json.dumps(value)[1:-1], html.escape(value)})
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    @classmethod
    def of(cls, templates: Iterable[Template], environ: Mapping[str, str]) -> Redactor:
        """Make one for every value that ``templates`` take from ``environ``."""
        names = {name for template in templates for name in template.names}
        return cls(environ[name] for name in names if environ.get(name))

    def __repr__(self) -> str:
        return "Redactor(…)"

    def __call__(self, text: str) -> str:
        """Return ``text`` without the secrets."""
        return self._pattern.sub("[redacted]", text) if self._pattern else text
