"""Prices that are words: free, included, by usage, varying, zero."""

from __future__ import annotations

import re

from statusgen.roadmap.price import Kind, Quantity, Term
from statusgen.roadmap.quantity import quantity, read_allowances

_USAGE = re.compile(
    r"usage[- ]based|pay[- ]as[- ]you[- ]go|scales with usage"
    r"|pay[- ]per[- ](?P<of>[a-z]+)(?P<note>.*)",
    re.I | re.S,
)


def worded(text: str) -> Term | None:
    """Read the prices that are words: free, included, by usage, varying, zero."""
    if match := re.fullmatch(r"free\b(?P<tail>.*)", text, re.I | re.S):
        return _free(match["tail"])
    if match := re.fullmatch(
        r"self[- ]hosted(?P<free>\s+free)?\s*(?:\((?P<note>[^()]*)\))?", text, re.I
    ):
        kind = Kind.FREE if match["free"] else Kind.SELF_HOSTED
        return Term(kind, label="self-hosted", note=match["note"] or "")
    if match := re.fullmatch(r"included(?:\s+(?:with|in)\s+(?P<of>.+))?", text, re.I | re.S):
        return Term(Kind.INCLUDED, of=match["of"] or "")
    if match := _USAGE.fullmatch(text):
        return Term(Kind.USAGE, of=(match["of"] or "").lower(), note=(match["note"] or "").strip())
    if match := re.fullmatch(r"(?:zero|no)\s+(?P<of>[A-Za-z ]+)", text, re.I):
        return Term(Kind.FREE, of=match["of"])
    if match := re.fullmatch(
        r"(?:(?P<of>[A-Za-z][A-Za-z ]*?)\s+)?(?:pricing\s+)?varies", text, re.I
    ):
        return Term(Kind.VARIES, of=match["of"] or "")
    return None


def _free(tail: str) -> Term | None:
    """Read what stands after "free": a tier, an allowance, a reservation; None if not readable."""
    note = label = ""
    allowances: tuple[Quantity, ...] = ()
    tail = re.sub(r"^\s+tier\b", "", tail)
    tail = re.sub(r"^\s+available\b", "", tail)
    tail = re.sub(
        r"^\s*(?:up to|below|under|<|for(?: up to| the first)?)(?=\s*\d)", "", tail
    ).strip()
    bracket = re.fullmatch(r"\((?P<inner>[^()]*)\)", tail)
    if bracket:
        allowances, note = read_allowances(bracket["inner"])
        if not allowances and re.fullmatch(r"self[- ]hosted", note, re.I):
            note, label = "", "self-hosted"
    elif tail:
        whole = quantity(tail)
        if whole is not None:
            allowances = (whole,)
        elif any(character.isdigit() for character in tail):
            return None
        else:
            note = tail
    return Term(Kind.FREE, allowances=allowances, note=note, label=label)
