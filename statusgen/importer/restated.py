"""Totals that a sentence says behind the costs: ``Total: $9``, ``Das macht 383,64 € im Jahr.``"""

from __future__ import annotations

import re
from itertools import pairwise

from statusgen.importer.amounts import as_price, is_total
from statusgen.importer.claims.above import Above
from statusgen.importer.claims.cells import cell
from statusgen.importer.draft import entities
from statusgen.importer.found import Entity
from statusgen.importer.headers import (
    BUDGET,
    CONDITIONAL,
    DIFFERENCE,
    NOT_OF_LINES,
    REVENUE,
    SAVED,
    YEAR,
)
from statusgen.importer.tree import Block, Fence, Listing, Paragraph, Section, Table
from statusgen.importer.words import has_money
from statusgen.importer.years import may_be_twelve
from statusgen.roadmap.money import BEHIND, FRONT, SIGN
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.vocabulary import grouped, pattern, words

MAX_SENTENCE = 200
"""A longer sentence says more than an amount."""

_NUMBER = r"\d[\d.,'’]{0,20}(?:[ \u00a0\u202f]\d{3}){0,4}(?:,\d\d)?"
AMOUNT = re.compile(
    rf"[~≈]?(?:(?:{SIGN}|{CODES}|{pattern(tuple(FRONT))})\s?{_NUMBER}"
    rf"|{_NUMBER}\s?(?:{SIGN}|{pattern(tuple(BEHIND))}|(?:{CODES})\b))",
    re.I,
)
_YEAR = pattern(grouped("period")["year"])
_BY_YEAR = re.compile(
    rf"(?:\s?/\s?|(?<!\w)(?:{pattern(words('per'))}|ein|one)\s*)(?:{_YEAR})"
    rf"|(?<!\w)(?:{pattern(grouped('every')['year'])})",
    re.I,
)
_CONNECTIVES = re.compile(rf"(?<!\w)(?:{pattern(words('restated'))})", re.I)
_GOES_ON = "".join(rf"(?<!\b{re.escape(word)})" for word in words("short"))
SENTENCE = re.compile(rf"(?<=[.!?;。]){_GOES_ON}\s+", re.I)


def restate(root: Section, roadmap: Entity) -> None:
    """Give tables the totals that stand in the sentence behind them, in place."""
    tables: dict[int, Entity] = {}
    above = Above.of(root)
    for part in entities(roadmap):
        if part.kind in ("table", "summary"):
            tables.setdefault(part.line, part)
            total = part.fields.get("total")
            stated = cell(total.text("monthly")) if isinstance(total, Entity) else None
            if isinstance(total, Entity) and stated and above.is_of_several(total.line, stated):
                part.fields["sums"] = False  # the last of several lists has the total of all
    for section in root.walk():
        for block, after in pairwise(section.blocks):
            costs = _of(block, tables)
            if costs is None or not isinstance(after, Paragraph):
                continue
            _take(costs, after.line, above, _sentences(after))


def _sentences(block: Paragraph) -> list[str]:
    """Return the sentences of a paragraph; each line with a label of its own begins one."""
    told: list[str] = []
    for line in block.lines:
        if told and not _LABELLED.match(line.text):
            told[-1] = f"{told[-1]} {line.text}"
        else:
            told.append(line.text)
    return [one for text in told for one in SENTENCE.split(text[: 4 * MAX_SENTENCE])]


_LABELLED = re.compile(r"[^:：]{1,40}[:：]\s")


def _of(block: Block, tables: dict[int, Entity]) -> Entity | None:
    """Return the table that was read from a block; None where it gave several, or none."""
    if isinstance(block, (Table, Listing, Paragraph)):
        return tables.get(block.line)
    if isinstance(block, Fence):
        size = block.text.count("\n") + 2
        found = [table for line, table in tables.items() if 0 <= line - block.line < size]
        return found[0] if len(found) == 1 else None
    return None


def _take(table: Entity, line: int, above: Above, sentences: list[str]) -> None:
    total = table.fields.get("total")
    first = sentences[0].strip()
    price = labelled(first)
    if price and above.is_of_several(line, cell(price)):
        return  # of all lists, and not of the last
    if not isinstance(total, Entity) and price:
        total = Entity("total", line, {"monthly": price})
        table.set("total", total)
        label = first.partition(":")[0]
        if label.strip(" *_").casefold() in words("subtotal"):
            total.set("name", label.strip(" *_"))
        if not is_plain(first) or DIFFERENCE.search(label) or NOT_OF_LINES.search(label):
            table.fields["sums"] = False  # *just under $50*, *3-year total*, *net*
        sentences = sentences[1:]
    if not isinstance(total, Entity) or "annual" in total.fields:
        return
    for sentence in sentences[:2]:
        if (price := yearly(sentence)) and may_be_twelve(total.text("monthly"), price):
            total.set("annual", price)
            return


def labelled(sentence: str) -> str:
    """Return the amount of ``Total for the tree: $113.76/month.``"""
    label, colon, value = sentence.rstrip(".。 ").partition(":")
    value = value.strip()
    other = _OTHER.search(label) or CONDITIONAL.search(label)
    if not colon or not is_total(label) or not has_money(value) or other:
        return ""
    return as_price(value)


_OTHER = re.compile(
    rf"{BUDGET.pattern}|{YEAR.pattern}|{REVENUE.pattern}|{SAVED.pattern}",
    re.I,
)
"""What a total may be of besides the costs above it."""


def yearly(sentence: str) -> str:
    """Return the amount of a sentence that says nothing but what something is a year, else none.

    ``Im Jahr sind das 2.712 €.`` is one; what is saved, earned or allowed a year is said by
    words that no list of connectives holds.
    """
    text = sentence.strip().rstrip(".!。")
    if len(text) > MAX_SENTENCE:
        return ""
    amounts = list(AMOUNT.finditer(text))
    if len(amounts) != 1:
        return ""
    rest = f"{text[: amounts[0].start()]} · {text[amounts[0].end() :]}"
    by_year = list(_BY_YEAR.finditer(rest))
    if len(by_year) != 1:
        return ""
    rest = f"{rest[: by_year[0].start()]} · {rest[by_year[0].end() :]}"
    if re.search(r"\w", _CONNECTIVES.sub(" ", rest)):
        return ""
    behind = text[amounts[0].start() :]
    price = as_price(behind) if _BY_YEAR.search(behind) else ""
    return price or as_price(amounts[0][0])


def is_plain(said: str) -> bool:
    """Whether the line of a total says nothing but its label and one amount.

    *Just under $50*, *incl. VAT* and *$45/mo = $540/yr* say more.
    """
    label, _, value = re.sub(r"[*_]", "", said).replace("：", ":").rpartition(":")
    rest = AMOUNT.sub(" ", value or label)
    letters = re.findall(r"[^\W\d_]{2,}", _EVERY.sub(" ", rest))
    return "=" not in value and "<" not in value and len(letters) < 2


_TIME = pattern((*grouped("period")["month"], *grouped("period")["year"]))
_EVERY = re.compile(
    rf"/\s?\w+|(?<!\w)(?:{pattern((*grouped('every')['month'], *grouped('every')['year']))})"
    rf"|(?<!\w)(?:{pattern(words('per'))})\s*(?:{_TIME})",
    re.I,
)
