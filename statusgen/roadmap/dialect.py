"""How a text writes its numbers, and which money it means by ``$``, ``¥`` and ``kr``.

``1.200`` is a thousand two hundred to half of the world, ``$`` is the sign of twenty currencies. A
single price does not tell; the text that it stands in may. Whoever reads a text says what is known
of it (:func:`speaking`), and all that reads its prices asks :func:`current`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

BY_POINT = "1.234,56"
"""Points part the thousands."""
BY_COMMA = "1,234.56"

SHARED: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "COP", "CLP", "ARS"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
"""Signs of several currencies, and which those are."""

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is known of a text; nothing, as it stands here."""

    numbers: str = ""
    """:data:`BY_POINT`, :data:`BY_COMMA`, or empty where nobody can tell."""
    signs: tuple[tuple[str, str], ...] = ()
    """Sign → ISO 4217, for signs that several currencies share."""

    def meant_by(self, sign: str) -> str:
        """Return the code that a shared sign stands for in this text; empty where unknown."""
        return dict(self.signs).get(sign, "")


_UNKNOWN = Dialect()
_CURRENT: ContextVar[Dialect] = ContextVar("dialect", default=_UNKNOWN)


def current() -> Dialect:
    """Return the dialect of the text that is being read."""
    return _CURRENT.get()


@contextmanager
def speaking(dialect: Dialect) -> Iterator[None]:
    """Read what is read within as of this dialect."""
    token = _CURRENT.set(dialect)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def of_roadmap(data: Mapping[str, object]) -> Dialect:
    """Return the dialect of a roadmap's file: by ``numbers:``, and by its ``currency:``.

    A shared sign means the roadmap's own currency: ``$20`` in a roadmap of ``currency: CAD``.
    """
    numbers, code = data.get("numbers"), data.get("currency")
    signs = tuple((sign, str(code)) for sign, codes in SHARED.items() if code in codes)
    return Dialect(numbers if numbers in (BY_POINT, BY_COMMA) else "", signs)


def remembered(function: F) -> F:
    """Remember what a function of texts returns, for each dialect."""

    @lru_cache(maxsize=8192)
    def known(dialect: Dialect, *args: Any) -> Any:
        del dialect
        return function(*args)

    @wraps(function)
    def asked(*args: Any) -> Any:
        return known(_CURRENT.get(), *args)

    return cast("F", asked)
