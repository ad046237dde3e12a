"""What the headers of cost tables name, for the import and the audit alike."""

from __future__ import annotations

import re

from statusgen.roadmap.vocabulary import grouped, pattern

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
AVERAGE = re.compile(
    r"\b(?:avg|average|mean|median|weighted|blended)\b|Ø|⌀|durchschn|moyen|promedio|m[ée]dia\b|平均|средн",
    re.I,
)
"""Of a total that is no sum."""
MORE = re.compile(
    r"buffer|contingen|tax|\bvat\b|discount|%|\bwith|incl|excl|after|sav|round|margin|reserve|budget",
    re.I,
)
"""In the label of a total that may hold more than the lines above it."""
OTHERWISE = re.compile(r"\d|discount|\boff\b|sav|billed|prepa|commit|incl|setup|contract", re.I)
"""What makes a column of years something else than twelve months."""
