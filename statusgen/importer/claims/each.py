"""``2× VMs: $7/month each = $14/month``, *10 comptes à 1,20 € : 12,00 €*: as many times one."""

from __future__ import annotations

import re
from dataclasses import replace

from statusgen.importer.calculations import NUMBER, SIGN, converts
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import MONEY, Spoken, amount, as_written
from statusgen.roadmap.model import ClaimKind
from statusgen.roadmap.price_spelling import respelled
from statusgen.roadmap.vocabulary import pattern, words

_EACH = re.compile(
    rf"(?P<count>\d{{1,4}})\s?[×x]\s.{{0,60}}?(?P<unit>{MONEY})\s+each\s*=\s*(?P<total>{MONEY})"
)
_AMOUNT = rf"{SIGN}(?:{NUMBER})[KM]?(?![\w.,]*\d)"
_AT = re.compile(
    rf"(?:^|(?<=[,;:：(–—-]\s))(?P<count>\d{{1,6}})\s+(?:(?:[^\W\d_][\w-]*\s+){{1,3}}(?:{pattern(words('at'))})"
    rf"|[×x])\s*(?P<unit>{_AMOUNT})(?:/\w+)?\s?[:：=]\s?(?P<total>{_AMOUNT})(?!\s?[-–—×x*/÷]\s?\d)",
    re.I,
)

_COUNTED = re.compile(rf"\d|(?<!\w)(?:{pattern(words('ordinals'))})", re.I)
"""A number in front: *Three people, 20 days at $600* is three times as much."""


_COUNT_FIRST = re.compile(
    rf"[(（](?P<count>\d{{1,4}})[)）]\s*[:：]\s*(?P<total>{_AMOUNT})\s*"
    rf"[(（]\s*(?P<unit>{_AMOUNT})\s*(?:{pattern(words('of_one'))})",
    re.I,
)
"""*Engineers (4): $880K ($220K each)*."""


def read(spoken: Spoken, found: Collected) -> None:
    """Read a number of things at a price each."""
    plain = respelled(spoken.text)
    matches = [*_EACH.finditer(spoken.text), *_COUNT_FIRST.finditer(plain)]
    matches += [match for match in _AT.finditer(plain) if not converts(match.string)]
    for match in matches:
        unit, total = amount(match["unit"]), amount(match["total"])
        if unit is None or total is None or unit.unit != total.unit:
            continue
        if match.re is _AT and ("=" in match[0] and re.search(r"\s[×x]\s", match[0])):
            continue  # a calculation, which is read as one
        stated = replace(total, raw=as_written(spoken.text, total.raw))
        several = match.re is _COUNT_FIRST or bool(_COUNTED.search(match.string[: match.start()]))
        way, values = f"{match['count']} * each", {"each": unit.value}
        found.reckon(spoken, "each", ClaimKind.SUM, stated, way, values=values, only_right=several)
