"""Tables of what is traded, won, held or owed: nobody pays their amounts as lines of costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.headers import SAVED
from statusgen.importer.table_columns import Columns
from statusgen.importer.tree import Listing
from statusgen.importer.words import has_money, priced
from statusgen.roadmap.vocabulary import grouped, pattern

_WORDS = grouped("header")
_TRADED = re.compile(rf"(?:[^\W\d_]+ )?(?:{pattern(_WORDS['traded'])})", re.I)
_BALANCE = re.compile(rf"(?:[\w&-]+ ){{0,3}}(?:{pattern(_WORDS['balance'])})", re.I)

_SAVED = re.compile(rf"(?:[^\W\d_]+ )?(?:{pattern(_WORDS['savings'])})", re.I)


def holds_balances(shape: Columns) -> bool:
    """Whether a table's amounts are prices of shares, prizes, or figures of a balance sheet.

    Of those two lines or more say so by all that they are called, and so do half of the lines:
    *Petty cash* alone is one of the costs. What each of several amounts saves is no cost either.
    """
    headers = [_bare(shape.table.header[index].text) for index in shape.prices]
    if any(map(_TRADED.fullmatch, headers)):
        return True
    paid = sum(has_money(row.cells[0].text) for row in shape.table.rows)
    if all(map(SAVED.search, headers)) and 2 * paid > len(shape.table.rows):
        return True
    names = [
        _bare(row.cells[0].text)
        for row in shape.table.rows
        if any(shape.price(row, index) for index in shape.prices)
    ]
    return _are_balances(names)


def lists_balances(listing: Listing, label: str) -> bool:
    """Whether the entries of a list are such figures, or what is saved by what stands in it."""
    names = [_bare(read.name) for text in listing.texts if (read := priced(text)).price]
    return bool(_SAVED.fullmatch(_bare(label))) or _are_balances(names)


def _are_balances(names: Sequence[str]) -> bool:
    told = sum(bool(_BALANCE.fullmatch(name)) for name in names)
    return told > 1 and 2 * told >= len(names)


def _bare(text: str) -> str:
    return re.sub(r"\s*[(（][^()（）]*[)）]", "", text).strip(" *_.:：")
