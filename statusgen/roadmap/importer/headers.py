"""What the headers of cost tables name, for the import and the audit alike."""

from __future__ import annotations

import re

YEAR = re.compile(r"annual|year|/yr\b|\bp\.?a\.?\b", re.I)
MONTH = re.compile(r"month|/mo\b|\bmo\b", re.I)
SAVED = re.compile(
    r"\bsav(es?|ed|ings?)\b|\bdiff(erence)?\b|\bdelta\b|\bchanges?\b|\breduction\b|Δ", re.I
)
"""Columns that say what changes, not what is paid."""
UNIT = re.compile(
    r"\bunit|\beach\b|\brate\b|\bper (?!month|year|annum|mo\b)|price/"
    r"|/\s?(node|host|user|seat|instance|vm|server|cluster)s?\b",
    re.I,
)
"""Columns of the price of one."""
