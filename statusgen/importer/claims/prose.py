"""Numbers in sentences: amounts of money, percentages, and the lines that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from statusgen.importer.calculations import NUMBER, SIGN
from statusgen.importer.inline import Line
from statusgen.importer.restated import AMOUNT
from statusgen.importer.tree import Section, Table, blocks_within, said
from statusgen.roadmap.claims import Place
from statusgen.roadmap.model import Figure
from statusgen.roadmap.money import Range, currency_of
from statusgen.roadmap.price_spelling import respelled

MAX_TEXT = 4000
"""Longer lines are no claims."""

MONEY = rf"~?{SIGN}(?:{NUMBER})[KM]?\b(?:/(?:month|mo|year|yr|day|hour|user|customer))?"
_MONEY = re.compile(
    rf"~?(?P<sign>{SIGN})(?P<number>{NUMBER})(?P<scale>[KkMm](?!\w))?(?![^\W_]|[.,]\d)"
)
"""An amount to its end: of ``$6bn`` no part is an amount."""
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
RANGE = re.compile(
    r"(?P<sign>US\$|GH₵|[$€£₵₦₹¥])(?P<low>\d[\d,]*)\s?[-–]\s?(?:[$€£₵₦₹¥])?(?P<high>\d[\d,]*)(?![\d.]|[KM%])"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of running text, with the section that it stands in."""

    section: Section
    line: Line

    @property
    def text(self) -> str:
        """The line without its markup."""
        return self.line.text

    def place(self, what: str) -> Place:
        """Return the place of a claim in it."""
        return Place(self.line.number, ("claims", self.section.title.text, what))


def sections(root: Section) -> Iterator[tuple[Section, Section]]:
    """Every section with its parent, in the document's order."""
    stack = [(root, root)]
    while stack:
        section, parent = stack.pop()
        yield section, parent
        stack += [(child, section) for child in reversed(section.sections)]


def in_cells(root: Section) -> Iterator[Spoken]:
    """Every cell of a table that holds a sign of equality."""
    for section, _ in sections(root):
        for block in blocks_within(section.blocks):
            for row in block.rows if isinstance(block, Table) else ():
                for cell in row.cells:
                    if "=" in cell.text and len(cell.text) <= MAX_TEXT:
                        yield Spoken(section, cell)


def spoken(root: Section) -> Iterator[Spoken]:
    """Every line of running text: headings, paragraphs and lists."""
    for section, _ in sections(root):
        for line in (section.title, *chain.from_iterable(map(said, blocks_within(section.blocks)))):
            if len(line.text) <= MAX_TEXT:
                yield Spoken(section, line)


def amount(text: str) -> Figure | None:
    """Read the first amount of money in a text: a point with its currency as unit."""
    match = _MONEY.search(text)
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    number = number.scaleb({"K": 3, "M": 6}.get((match["scale"] or "").upper(), 0))
    unit = _currency(match["sign"])
    if not unit:
        return None
    return Figure(match[0], Range.point(number), unit=unit, approx=match[0].startswith("~"))


def as_written(text: str, spelled: str) -> str:
    """Return an amount of the common spelling as the text has it: ``€3160`` as ``3.160 €``."""
    wanted = spelled.lstrip("~≈").strip()
    written = (match[0] for match in AMOUNT.finditer(text))
    return next((one for one in written if respelled(one).strip() == wanted), spelled)


def percents(text: str) -> list[Figure]:
    """Read every percentage of a text, with what its words allow."""
    found = []
    for match in _PERCENT.finditer(text):
        word = (match["word"] or "").lower()
        sign = match["op"] or ""
        approx = sign in ("~", "≈") or word in ("nearly", "almost", "about", "around", "roughly")
        op = {"<": "<", ">": ">", "≥": ">=", "≤": "<="}.get(sign, "")
        op = op or {"over": ">", "more than": ">", "at least": ">=", "up to": "<="}.get(word, "")
        op = op or {"less than": "<", "under": "<"}.get(word, "") or (">=" if match["plus"] else "")
        value = Range.point(Decimal(match["number"]))
        found.append(Figure(match[0].strip(), value, op, "%", approx=approx))
    return found


def span(text: str) -> Figure | None:
    """Read the first range of money in a text."""
    match = RANGE.search(text)
    if match is None:
        return None
    low, high = (Decimal(match[end].replace(",", "")) for end in ("low", "high"))
    unit = _currency(match["sign"])
    if high < low or not unit:
        return None
    return Figure(match[0], Range(low, high), unit=unit)


def _currency(sign: str) -> str:
    """Return the currency of a sign; nothing where several are named that it may mean."""
    try:
        return currency_of(sign.strip())
    except ValueError:
        return ""
