"""What the headers of cost tables name, for the import and the audit alike."""

from __future__ import annotations

import re

from statusgen.roadmap.vocabulary import grouped, pattern, words

_WORDS = grouped("header")


def _also(kind: str) -> str:
    return rf"|(?<!\w)(?:{pattern(_WORDS[kind])})"


_YEARS = r"(?<![^\d][2-9][\s-])(?<!^[2-9][\s-])"
"""Not behind the number of several: a column of three years is none of one."""
YEAR = re.compile(_YEARS + r"(?:annual|year|/yr\b|\bp\.?a\.?\b" + _also("year") + ")", re.I)
MANY_YEARS = re.compile(
    rf"(?<![\d.,])([2-9]|[1-9]\d)[\s-]*(?:{pattern(grouped('period')['year'])})", re.I
)
"""*3-year total*: a month counts 36 times in it."""
A_YEAR = re.compile(
    rf"(?<!\w)(?:{pattern(grouped('every')['year'])})(?!\w)|/\s?yr\b"
    rf"|(?:/\s?|(?<!\w)(?:{pattern(words('per'))})\s*)(?:{pattern(grouped('period')['year'])})(?!\w)",
    re.I,
)
"""Columns of what is paid every year: *Salary p.a.*, but not *Next year*."""
MONTH = re.compile(r"month|/mo\b|\bmo\b" + _also("month"), re.I)
SAVED = re.compile(
    r"\bsav(es?|ed|ings?)\b|\bdiff(erence)?\b|\bdelta\b|\bchanges?\b|\breduction\b|Δ"
    r"|\bvariance\b|\bdeviation\b|\bremain(?:s|ing|der)\b|\bleft\b" + _also("saved"),
    re.I,
)
"""Columns that say what changes, not what is paid."""
NO_COST = re.compile(
    rf"(?<!\w)(?:{pattern(_WORDS['stock'])})|(?<!\d)[2-9][\s-]?(?:years?|yrs?|jahre?n?|ans|años|anos|anni|年)",
    re.I,
)
"""Columns of what adds up from line to line, and of several years: neither is what is paid."""
BUDGET = re.compile(rf"(?<!\w)(?:{pattern(words('budget'))})", re.I)
"""What may be spent in all: by the month only where that is said."""
_TIMES = pattern(
    tuple(
        word
        for name in ("month", "quarter", "half-year", "year")
        for word in grouped("period")[name]
    )
)
_RATES = (*grouped("period")["hour"], *grouped("period")["day"])
_PERIODS = tuple(word for names in grouped("period").values() for word in names)
UNIT = re.compile(
    rf"\bunit|\beach\b|\brate\b|\bper (?!{_TIMES}|month|year|annum|mo\b)|price/"
    r"|/\s?(node|host|user|seat|instance|vm|server|cluster)s?\b"
    rf"|(?:/\s?|(?<!\w)(?:{pattern(words('per'))})\s*)(?:{pattern(_RATES)})"
    rf"|\w\s?/\s?(?!(?:{pattern(_PERIODS)}))[^\W\d_]" + _also("unit"),
    re.I,
)
"""Columns of the price of one: *per unit*, *Custo/cliente*."""
RATE = re.compile(
    rf"(?:/\s?|(?<!\w)(?:{pattern(words('per'))})\s*)(?:{pattern(_RATES)})(?!\w)"
    rf"|(?<!\w)(?:{pattern(_WORDS['rate'])})",
    re.I,
)
"""Columns of what an hour or a day of work costs: *Cost/hour*, *Tarifa horaria*."""
PRICE = re.compile(rf"(?:{pattern(_WORDS['price'])})\.?(?:\s+[^\W\d_]+)?", re.I)
"""Columns of prices: those of one, beside how many there are and what it comes to."""
REVENUE = re.compile(rf"(?:(?<!\w)|(?<=月))(?<!\bpre[ -])(?:{pattern(_WORDS['revenue'])})", re.I)
"""Columns of what is earned, not paid; before any is, all of it is paid."""
LIMIT = re.compile(rf"(?:.*\s)?(?:{pattern(_WORDS['limit'])})", re.I)
"""Columns of amounts at which something happens, which nobody pays."""
ONCE = re.compile(rf"(?<!\w)(?:{pattern(words('once'))})(?!\w)", re.I)
"""Columns of what is paid one time."""
LEVY = re.compile(rf"(?:{pattern(words('levy'))})", re.I)
"""A line of tax, which is no thing that is bought."""
TAXED = re.compile(rf"\d\s?%|(?<!\w)(?:{pattern((*words('levy'), *words('tax')))})", re.I)
"""Of an amount that may hold a tax besides."""
NOT_OF_LINES = re.compile(rf"\d|{TAXED.pattern}", re.I)
"""In the label of a total of several years, people or shares, or with tax."""
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
CONDITIONAL = re.compile(
    r"\b(?:with|without|after|before|beyond|within|under|if|when)\b(?! (?:vat|tax|gst)\b)"
    r"|\bfree tiers?\b|\boverages?\b|\bupgrade",
    re.I,
)
"""Of an amount that is paid only where something holds: *with free tiers*, *cost after*."""
DIFFERENCE = re.compile(
    r"^\W*net\W*$|\bnet (?:income|gain|benefits?|savings?|result|roi|profit|loss|worth)\b"
    r"|\bprofit\b|\bsurplus\b|\bdeficit\b|\bleft\b|\bremaining\b|\bbalance\b",
    re.I,
)
"""In the label of a total that is one amount less another as often as a sum."""
OTHERWISE = re.compile(
    r"\d|discount|\boff\b|sav|billed|prepa|commit|incl|setup|contract" + _also("first"), re.I
)
"""What makes a column of years something else than twelve months."""
OPENING = re.compile(
    r"\bopening\b|\bstart(?:ing)? balance|anfangs|ouverture|apertura|期首|期初", re.I
)
CLOSING = re.compile(r"\bclosing\b|\bending balance|endbestand|endsaldo|clôture|cierre|期末", re.I)
MOMENT = re.compile(
    rf"{OPENING.pattern}|{CLOSING.pattern}|(?<!\w)(?:{pattern(_WORDS['stock'])})", re.I
)
"""What is there at a time: neither comes in nor goes out."""
