"""The secrets that monitors refer to, found whatever their kind is."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from statusgen.base.secrets import Template
from statusgen.config.settings import Monitor

NUMBER = "DYNAMIC_RANDOM_NUMBER"
TEXT = "DYNAMIC_ALPHANUMERIC_STRING"
GENERATED = (NUMBER, TEXT)
"""Names that Upptime fills with something new for every attempt, to get past caches."""


def secrets_of(monitors: Iterable[Monitor]) -> list[Template]:
    """Return every text with references in it that ``monitors`` hold, in order, without repeats."""
    found = (
        template
        for monitor in monitors
        for part in (monitor.url, monitor.options)
        for template in _templates(part)
        if template.names
    )
    return list(dict.fromkeys(found))


def unset(monitor: Monitor, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that ``monitor`` needs and ``environ`` lacks, or holds empty."""
    missing = (name for template in secrets_of([monitor]) for name in template.missing(environ))
    return tuple(dict.fromkeys(name for name in missing if name not in GENERATED))


class Environment(Mapping[str, str]):
    """The environment, with something new under a generated name each time it is looked up.

    A line break at the end of a value is no part of it: it came with the file that was pasted.

    A value that the environment itself sets wins. Its ``repr`` shows nothing.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        if self._environ.get(name) or name not in GENERATED:
            return self._environ[name].rstrip("\r\n")
        if name == NUMBER:
            return str(random.randrange(1_000_000))  # noqa: S311 - to get past caches
        letters = string.ascii_letters + string.digits
        return "".join(random.choices(letters, k=10))  # noqa: S311

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)

    def __repr__(self) -> str:
        return "Environment(…)"


def _templates(value: object) -> Iterator[Template]:
    if isinstance(value, Template):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _templates(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _templates(part)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _templates(part)
