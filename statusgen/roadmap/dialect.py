"""How a text writes its numbers, and which money it means by ``$``, ``¥`` and ``kr``.

``1.200`` is a thousand two hundred to half of the world, ``$`` is the sign of twenty currencies. A
single price does not tell; the text that it stands in may. Whoever reads a text says what is known
of it (:func:`speaking`), and all that reads its prices asks :func:`current`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from statusgen.roadmap.signs import Signs

BY_POINT = "1.234,56"
"""Points part the thousands."""
BY_COMMA = "1,234.56"

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is known of a text; nothing, as it stands here."""

    numbers: str = ""
    """:data:`BY_POINT`, :data:`BY_COMMA`, or empty where nobody can tell."""
    signs: Signs = field(default_factory=Signs)
    """Which currencies its signs mean."""
    bare: str = ""
    """The currency of amounts without one, where the text says: *all amounts in CHF*."""


_UNKNOWN = Dialect()
_CURRENT: ContextVar[Dialect] = ContextVar("dialect", default=_UNKNOWN)


@lru_cache(maxsize=1024)
def _mark(dialect: Dialect) -> object:
    """Return what stands for a dialect where much is looked up by it: quicker than its fields."""
    del dialect
    return object()


_UNMARKED = _mark(_UNKNOWN)
_MARK: ContextVar[object] = ContextVar("mark", default=_UNMARKED)


def current() -> Dialect:
    """Return the dialect of the text that is being read."""
    return _CURRENT.get()


@contextmanager
def speaking(dialect: Dialect) -> Iterator[None]:
    """Read what is read within as of this dialect."""
    token, mark = _CURRENT.set(dialect), _MARK.set(_mark(dialect))
    try:
        yield
    finally:
        _MARK.reset(mark)
        _CURRENT.reset(token)


def of_roadmap(data: Mapping[str, object]) -> Dialect:
    """Return the dialect of a roadmap's file: by ``numbers:``, ``currency:`` and ``rates:``."""
    numbers, rates = data.get("numbers"), data.get("rates")
    named: list[object] = []
    if isinstance(rates, Mapping):
        worth = rates.get("worth")
        named = [rates.get("base"), *(worth if isinstance(worth, Mapping) else ())]
    others = tuple(code for code in named if isinstance(code, str))
    code = data.get("currency", "USD")
    signs = Signs(code if isinstance(code, str) else "", others, known=True)
    return Dialect(numbers if numbers in (BY_POINT, BY_COMMA) else "", signs)


def remembered(function: F) -> F:
    """Remember what a function of texts returns, for each dialect."""

    @lru_cache(maxsize=8192)
    def known(mark: object, *args: Any) -> Any:
        del mark
        return function(*args)

    @wraps(function)
    def asked(*args: Any) -> Any:
        return known(_MARK.get(), *args)

    return cast("F", asked)
