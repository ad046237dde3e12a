"""Numbers in prose: amounts of money, percentages, and the lines that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from statusgen.audit.agree import agrees
from statusgen.audit.finding import Verdict
from statusgen.importer.calculations import NUMBER, SIGN
from statusgen.importer.inline import Line
from statusgen.importer.tree import Listing, Paragraph, Section, blocks_within
from statusgen.roadmap.money import SYMBOLS, Range

MAX_TEXT = 4000
"""Longer lines are no claims."""

MONEY = rf"~?{SIGN}(?:{NUMBER})[KM]?\b(?:/(?:month|mo|year|yr|day|hour|user|customer))?"
_MONEY = re.compile(rf"~?(?P<sign>{SIGN})(?P<number>{NUMBER})(?P<scale>[KM]\b)?")
_PERCENT = re.compile(
    r"(?P<word>over|more than|up to|at least|nearly|almost|about|around|roughly|less than|under)?"
    r"\s*(?P<op>[<>~≈≥≤])?\s?(?P<number>\d{1,4}(?:\.\d{1,4})?)\s?%(?P<plus>\+)?",
    re.I,
)
FROM_TO = re.compile(
    rf"(?<![-–+])(?P<one>{MONEY})(?!\s?[-–]\s?[$€£]?\d)[\w /()]{{0,24}}?\s*(?:\bto\b|→|->|=>|⇒)\s*"
    rf"(?:(?:just|only|about|around|under)\s+)?(?P<two>{MONEY})(?!\s?[-–]\s?[$€£]?\d)",
    re.I,
)
LESS = re.compile(r"reduc|sav|cheaper|lower|\bless\b|\bcuts?\b|decreas|drop|down", re.I)
MORE = re.compile(r"increas|\bmore\b|grow|higher|rais|\brise|\bup\b|jump", re.I)
SAVED = re.compile(
    rf"(?:sav(?:es?|ed|ing|ings)(?: of)?:?\s+(?P<a>{MONEY})|(?P<b>{MONEY})\s+(?:saved|saving))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in prose."""

    value: Decimal
    currency: str
    text: str
    digit: Decimal
    """The unit of the last digit written: 100 for $14.2K."""


def sections(root: Section) -> Iterator[tuple[Section, Section]]:
    """Every section with its parent, in the document's order."""
    stack = [(root, root)]
    while stack:
        section, parent = stack.pop()
        yield section, parent
        stack += [(child, section) for child in reversed(section.sections)]


def lines(section: Section) -> Iterator[Line]:
    """Every line of prose of a section: its heading, its paragraphs and its lists."""
    yield section.title
    for block in blocks_within(section.blocks):
        if isinstance(block, Paragraph):
            yield from block.lines
        elif isinstance(block, Listing):
            yield from (entry.first for entry in block.entries)


def amount(text: str) -> Amount | None:
    """Read the first amount of money in a text."""
    match = _MONEY.search(text)
    if match is None:
        return None
    factor = {"K": Decimal(1000), "M": Decimal(1_000_000)}.get(match["scale"] or "", Decimal(1))
    number = Decimal(match["number"].replace(",", ""))
    exponent = number.as_tuple().exponent
    digit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * factor
    return Amount(
        number * factor, SYMBOLS.get(match["sign"], match["sign"].strip()), match[0], digit
    )


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage in prose, with what its words allow."""

    value: Decimal
    op: str
    approx: bool
    text: str

    def verdict(self, derived: Decimal) -> Verdict:
        """Hold the percentage against a derived one."""
        one, other = Range.point(self.value), Range.point(derived)
        if self.op:
            # A number that was rounded to the one written satisfies it as well.
            near = agrees(one, other, approx=False)
            return (
                near
                if near is Verdict.HOLDS and self.op != ">="
                else agrees(one, other, op=self.op)
            )
        return agrees(one, other, approx=self.approx)


def percents(text: str) -> list[Percent]:
    """Read every percentage of a text."""
    found = []
    for match in _PERCENT.finditer(text):
        word = (match["word"] or "").lower()
        sign = match["op"] or ""
        approx = sign in ("~", "≈") or word in ("nearly", "almost", "about", "around", "roughly")
        op = {"<": "<", ">": ">", "≥": ">=", "≤": "<="}.get(sign, "")
        op = op or {"over": ">", "more than": ">", "at least": ">=", "up to": "<="}.get(word, "")
        op = op or {"less than": "<", "under": "<"}.get(word, "") or (">=" if match["plus"] else "")
        found.append(Percent(Decimal(match["number"]), op, approx, match[0].strip()))
    return found
