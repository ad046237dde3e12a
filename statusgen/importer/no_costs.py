"""Amounts that nobody pays as a line of costs: balances, price breaks, instalments, offers.

Tables and lists of them are kept as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from statusgen.importer.amounts import as_price, is_total
from statusgen.importer.headers import BUDGET, CLOSING, LEVY, MORE, OPENING, RATE, REVENUE, SAVED
from statusgen.importer.table_columns import Columns
from statusgen.importer.tree import Listing, TableRow
from statusgen.importer.words import canonical, priced
from statusgen.roadmap.agreement import fits, is_near
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import grouped, pattern, words

_WORDS = grouped("header")


_COST_WORDS = (
    rf"(?<!\w)(?:{pattern((*grouped('label')['cost'], *words('tax')))}|expenditures?|fees?)(?!\w)"
)
"""*Capital costs*, *income tax*: what is paid after all."""


def _whole(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern(_WORDS[kind])})", re.I)


_STOCK = _whole("stock")
_HELD = _whole("held")
_GONE = _whole("gone")
_SAVINGS = _whole("savings")
_PICK = _whole("pick")
_SUPPOSE = re.compile(rf"(?:{pattern(_WORDS['suppose'])})", re.I)
_INSTALMENT = re.compile(
    rf"(?:[^\W\d_]+\s+)?(?:{pattern(_WORDS['instalment'])})(?:\s*\([^()]*\))?", re.I
)
"""A heading of instalments and nothing else: *NRF tranches*, but no *Payment gateway*."""
_QUANTITY = re.compile(rf"(?:{pattern(grouped('column')['quantity'])})", re.I)
_BOUND = re.compile(r"(?:[≥>]=?\s?)?\d[\d.,]*(?:\s?[–-]\s?\d[\d.,]*)?\s?\+?(?:\s[^\W\d_]{1,8}\.?)?")
_OPEN = re.compile(r"[≥>]=?\s?\d|\d\s?\+")
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:[.,]\d+)?)\s?%")


def holds_no_costs(shape: Columns, name: str) -> bool:
    """Whether a table with amounts is none of costs; ``name`` stands above it."""
    first = shape.table.header[0].text
    titled = any(_INSTALMENT.fullmatch(_plain(text)) for text in (name, first))
    return (
        titled
        or bool(_GONE.search(first) or _SAVINGS.match(first))
        or _is_of_many(shape, name)
        or _adds_up(shape)
        or _breaks_prices(shape)
        or _is_held(shape)
        or _is_sold(shape)
        or _is_of_moments(shape)
        or _is_by_rate(shape)
        or _are_rates(shape)
    )


def lists_no_costs(listing: Listing, label: str) -> bool:
    """Whether a list with amounts is none of costs: of instalments, or of what is not paid yet."""
    if _INSTALMENT.fullmatch(_plain(label)) or _are_shares(listing.texts):
        return True
    if any(map(is_total, listing.texts)):
        return False
    read_ = [read for text in listing.texts if (read := priced(text)).price]
    names = [read.name for read in read_]
    amounts = [_amount(read.price) for read in read_]
    known = [amount for amount in amounts if amount is not None]
    left = [name for name in names if SAVED.search(name)]
    other = [name for name in names if name not in left]
    if left and any(BUDGET.search(name) or REVENUE.search(name) for name in other):
        return True  # what was planned or came in, what it came to, and what is left of it
    if len(known) > 1 and all(amount.low < 0 for amount in known):
        return True  # what would be saved
    return bool(
        _PICK.search(label) or _SUPPOSE.match(label.strip()) or _SAVINGS.fullmatch(_plain(label))
    )


def lists_reckoning(listing: Listing) -> bool:
    """Whether the entries of a list are such a calculation; see :func:`is_reckoning`."""
    entries = [read for text in listing.texts if (read := priced(text)).price]
    totals = [place for place, read in enumerate(entries) if is_total(read.name)]
    lines = [(read.name, read.price) for read in entries if not is_total(read.name)]
    if not totals:
        return is_reckoning(lines, "")
    above = sum(not is_total(read.name) for read in entries[: totals[-1]])
    return is_reckoning(lines, entries[totals[-1]].price, above)


def is_reckoning(lines: Sequence[tuple[str, str]], whole: str, above: int = 0) -> bool:
    """Whether lines are a calculation of what is earned, held or left, and no costs.

    ``lines`` are names with their amounts, ``whole`` is that of their total or empty, ``above`` how
    many of the lines stand above it. Half of the lines say so, or are a share that is no tax and no
    discount (*Churn: 6%*). With a total one line is enough, unless the lines come to it, or would
    but for a slip; of a single line the total is the same.
    """
    amounts = [_amount(price) for _, price in lines]
    told = [
        bool(_RECKONED.search(name))
        or (bool(_BARE_SHARE.fullmatch(price)) and not _ADDS.search(name))
        for name, price in lines
    ]
    stated = _amount(whole)
    sums = [
        sum((each for each in some if each is not None), ZERO)
        for some in (amounts, amounts[:above])
    ]
    meets = stated is not None and any(fits(stated, one) for one in sums)
    if meets and above and not any(told[:above]):
        return False  # what stands below the total is told beside it
    if stated is None:
        return 2 * sum(told) >= len(told)
    if len(lines) == 1 and amounts[0] is not None:
        return not meets
    if 2 * sum(told) > len(told):
        return True
    return any(told) and not any(is_near(stated, one) for one in sums)


def is_reckoned(name: str) -> bool:
    """Whether the name of a line says that it is earned, held or left: *Retail price*, *ROI*."""
    return bool(_RECKONED.search(name))


def _amount(price: str) -> Range | None:
    read = price_or_none(price)
    return read.amount if read is not None else None


_RECKONED = re.compile(rf"(?<!\w)(?:{pattern(_WORDS['reckoned'])})(?!\w)(?!.*{_COST_WORDS})", re.I)
_BARE_SHARE = re.compile(r"[~≈+−–-]?\s?\d{1,3}(?:[.,]\d+)?\s?%")
_ADDS = re.compile(rf"{LEVY.pattern}|{MORE.pattern}", re.I)
"""A share beside such a name is added to the lines, or taken off: *Contingency: 10%*."""


def _plain(text: str) -> str:
    return re.sub(r"^[\d.)\s]+", "", text).strip(" *_:：.")


def _adds_up(shape: Columns) -> bool:
    """Whether all amounts are what it comes to until then: *Diesel (cumulative)*."""
    headers = [shape.table.header[index].text for index in shape.prices]
    return all(_STOCK.search(text) and canonical(text) != "cost" for text in headers)


def _breaks_prices(shape: Columns) -> bool:
    """Whether the prices are those of one piece by how many are bought: *1+*, *10+*, *100+*."""
    header = [cell.text.strip(" *_") for cell in shape.table.header]
    bounds = [text for text in header if _BOUND.fullmatch(text)]
    if _QUANTITY.fullmatch(header[0]):
        names = [row.cells[0].text for row in shape.table.rows]
        lines = len(names) > 1 and all(_BOUND.fullmatch(text.strip()) for text in names)
        return len(bounds) == len(header) - 1 > 1 or (lines and any(map(_OPEN.search, names)))
    return len(bounds) > 1 and any(map(_OPEN.search, bounds))


def _is_held(shape: Columns) -> bool:
    """Whether the lines are accounts and tins that money lies in."""
    names = [row.cells[0].text for row in shape.table.rows]
    held = sum(bool(_HELD.search(text)) for text in names)
    return held > 1 and 2 * held > len(names)


def _is_sold(shape: Columns) -> bool:
    """Whether a price times a count is what comes in: the prices are the author's own."""
    earned = [i for i, cell in enumerate(shape.table.header) if i and REVENUE.search(cell.text)]
    rows = [row for row in shape.table.rows if not is_total(row.cells[0].text)]
    if not earned or len(rows) < 2:
        return False
    return 2 * sum(any(map(_is_product, _triples(shape, row, earned))) for row in rows) > len(rows)


_TIMES = grouped("times")
_PER = tuple(word for word in words("per") if len(word) > 1 and word != "an")
_TEN_THOUSANDS = r"(?:100|百)[万萬만]"
_MANY = rf"1\s?[MK](?!\w)|{_TEN_THOUSANDS}"
_OF_MANY = re.compile(
    rf"(?:/\s?|(?<!\w)(?:{pattern(_PER)})\s+)"
    rf"(?:{_MANY}|1[,. ]?000(?:[,. ]000)?(?!\d)"
    rf"|(?:1\s)?(?:{pattern((*_TIMES['1000'], *_TIMES['1000000']))}))"
    rf"|[(（](?:{_MANY})|[每毎]{_TEN_THOUSANDS}|{_TEN_THOUSANDS}[^\d()（）]{{0,12}}(?:あたり|当たり|당)",
    re.I,
)
"""*per 1M tokens*, *je Million Token*, *Input（1M tokens）*, 每百万 token."""


def _is_of_many(shape: Columns, name: str) -> bool:
    """Whether the prices are those of so many pieces, and how many are used nobody says."""
    if any(is_total(row.cells[0].text) for row in shape.table.rows):
        return False
    headers = [shape.table.header[index].text for index in shape.prices]
    return bool(_OF_MANY.search(name)) or all(map(_OF_MANY.search, headers))


def _is_of_moments(shape: Columns) -> bool:
    """Whether lines say what was there before and after: nobody pays a balance."""
    names = [row.cells[0].text for row in shape.table.rows]
    held = [name for name in names if _STOCK.search(name) or len(name.split()) == 1]
    return any(map(OPENING.search, held)) and any(map(CLOSING.search, held))


def _is_by_rate(shape: Columns) -> bool:
    """Whether the lines are rates of a tax: their amounts stand elsewhere already."""
    names = [row.cells[0].text.strip("*_ ") for row in shape.table.rows]
    lines = [name for name in names if not is_total(name)]
    return len(lines) > 1 and all(map(_BARE_SHARE.fullmatch, lines))


def _are_rates(shape: Columns) -> bool:
    """Whether the only amounts are what an hour of each person costs, without how many there are.

    Per hour machines are rented as well, so that *$0.05* there is paid.
    """
    if len(shape.prices) != 1 or any(is_total(row.cells[0].text) for row in shape.table.rows):
        return False
    (index,) = shape.prices
    amounts = [_amount(shape.price(row, index)) for row in shape.table.rows]
    known = [amount for amount in amounts if amount is not None]
    return bool(RATE.search(shape.table.header[index].text)) and all(one.low >= 5 for one in known)


def _triples(
    shape: Columns, row: TableRow, earned: Sequence[int]
) -> Iterator[tuple[Decimal | None, Decimal | None, Decimal | None]]:
    others = [i for i in range(1, len(row.cells)) if i not in (*earned, *shape.prices)]
    for one, count, whole in product(shape.prices, others, earned):
        yield _number(row, one), _number(row, count), _number(row, whole)


def _is_product(amounts: tuple[Decimal | None, Decimal | None, Decimal | None]) -> bool:
    one, count, whole = amounts
    if one is None or count is None or whole is None:
        return False
    return abs(one * count - whole) * 200 <= whole


def _number(row: TableRow, index: int) -> Decimal | None:
    read = price_or_none(as_price(row.cells[index].text, "€"))
    return read.amount.low if read is not None and read.amount is not None else None


def _are_shares(texts: Sequence[str]) -> bool:
    """Whether the entries begin with shares of one whole: *30% on signature – $24,300*."""
    shares = [
        Decimal(m["share"].replace(",", ".")) for t in texts if (m := _SHARE.match(t.strip()))
    ]
    return len(shares) == len(texts) > 1 and sum(shares) == 100


def pays_shares(listing: Listing) -> bool:
    """Whether a list is a plan of payments: shares of one amount, perhaps with what remains of it.

    *25% on order, £8,400*, *50% on delivery, £16,800*, *the remaining £8,400 later*.
    """
    if _are_shares(listing.texts):
        return True
    wholes, left = [], Decimal(100)
    for text in listing.texts[:-1]:
        share, amount = _SHARE.match(text.strip()), _amount(priced(text).price)
        if share is None or amount is None or not amount.is_point:
            return False
        part = Decimal(share["share"].replace(",", "."))
        wholes.append(amount.low * 100 / part)
        left -= part
    if len(wholes) < 2 or max(wholes) - min(wholes) > max(wholes) / 100:
        return False
    rest = (Decimal(re.sub(r"[ ,']", "", found)) for found in _NUMBERS.findall(listing.texts[-1]))
    return any(abs(one - wholes[0] * left / 100) * 100 <= one for one in rest)


_NUMBERS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,']\d{3})*(?:\.\d{1,2})?(?![\d])|\d+")
