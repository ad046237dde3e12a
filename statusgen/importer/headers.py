"""What the headers of cost tables name, for the import and the audit alike."""

from __future__ import annotations

import re

from statusgen.roadmap.vocabulary import grouped, pattern, words

_WORDS = grouped("header")


def _also(kind: str) -> str:
    return rf"|(?<!\w)(?:{pattern(_WORDS[kind])})"


YEAR = re.compile(r"annual|year|/yr\b|\bp\.?a\.?\b" + _also("year"), re.I)
MONTH = re.compile(r"month|/mo\b|\bmo\b" + _also("month"), re.I)
SAVED = re.compile(
    r"\bsav(es?|ed|ings?)\b|\bdiff(erence)?\b|\bdelta\b|\bchanges?\b|\breduction\b|Δ"
    + _also("saved"),
    re.I,
)
"""Columns that say what changes, not what is paid."""
UNIT = re.compile(
    r"\bunit|\beach\b|\brate\b|\bper (?!month|year|annum|mo\b)|price/"
    r"|/\s?(node|host|user|seat|instance|vm|server|cluster)s?\b" + _also("unit"),
    re.I,
)
"""Columns of the price of one."""
REVENUE = re.compile(rf"(?<!\w)(?:{pattern(_WORDS['revenue'])})", re.I)
"""Columns of what is earned, not paid."""
OPTIONAL = re.compile(rf"(?<![\w-])(?:{pattern(words('optional'))})(?!\w)", re.I)
"""Lines of what need not be paid."""
