"""Which of the program's extras a missing library belongs to, and how to get it.

No sentence of ours names the program on a package index: it is on none, and whoever takes that
name there would be installed. The hashed requirement files lie in each repository that ``init``
made, and in a checkout.
"""

from __future__ import annotations

_BESIDE_A_CHECK = frozenset({"dns", "jsonpath"})
"""Libraries of the extras ``dns`` and ``json``; they are in the requirements of a check too."""

_OF_ITS_OWN = {"apprise": "notify"}


def how_to_install(module: str) -> str:
    """Return what to type where ``module`` (an import's first name) cannot be imported."""
    file = "check" if module in _BESIDE_A_CHECK else _OF_ITS_OWN.get(module, "site")
    return (
        f"python -m pip install --require-hashes -r requirements/{file}.txt "
        "(statusgen init writes that file)"
    )
