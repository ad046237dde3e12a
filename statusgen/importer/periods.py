"""How often an amount is paid, where its text does not say: told by what stands near it.

A roadmap written by hand has its guide, by which an amount without a period is a month's. The
author of a document has not read it: ``Budget: £14,000`` is what a project costs. Such an amount
is kept as it is and marked (``period: unstated``), unless a period stands in its line, above its
column, in the caption of its table, in the sum under it, in a heading above it, in a sentence that
speaks of all prices, or beside the price of the same thing elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from statusgen.importer.amounts import as_price, currency_in, is_total
from statusgen.importer.headers import MONTH, ONCE, YEAR
from statusgen.importer.tree import Block, Fence, Listing, Paragraph, Quote, Section, Table, said
from statusgen.roadmap.model import PRICED_BY_PERIOD
from statusgen.roadmap.money import SIGN, ZERO
from statusgen.roadmap.price import is_untimed
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.price_spelling import respelled
from statusgen.roadmap.vocabulary import grouped, pattern, words

_PERIODS = pattern(
    tuple(
        word
        for name, names in grouped("period").items()
        if name not in ("hour", "day")
        for word in names
    )
)
"""What is paid by the hour is a rate: it says nothing of the amounts beside it."""
_EVERY = pattern(tuple(word for names in grouped("every").values() for word in names))
_CAPITAL = re.compile(r"(?<![\w.])(?-i:PM|PA|PW)(?![\w.])")
"""A manager, an assistant: *pm* is written small."""
_PER = pattern(tuple(word for word in words("per") if word not in ("a", "an", "every")))
"""*In a month* tells of time; *a month* behind an amount is read with it."""
_STATED = re.compile(
    rf"(?<!\w)(?:{_EVERY})(?!\w)|(?:/\s?|(?<!\w)(?:{_PER})\s*)(?:{_PERIODS})(?!\w)"
    r"|[\d*]\s+an?\s+(?:month|year|week|day)\b|月額|年額|毎月|毎年|每月|每年|월\s?\d|매월|/月|/年|/월",
    re.I,
)
_MONTHLY = re.compile(
    rf"(?<!\w)(?:{pattern(grouped('every')['month'])})(?!\w)"
    rf"|(?:/\s?|(?<!\w)(?:{_PER})\s*)(?:{pattern(grouped('period')['month'])})(?!\w)"
    r"|[\d*]\s+an?\s+month\b|月額|毎月|每月|월\s?\d|매월|/月|/월",
    re.I,
)
_LONG = re.compile(rf"(?<![\w.,])(?!1\s)\d{{1,3}}[\s-]?(?:{_PERIODS})(?!\w)", re.I)
"""*18 months*, *3 ans*: what is paid in all that time, not in one of them."""
_OWN = re.compile(
    rf"\d[\d.,]*\s?(?:{SIGN})?\s?(?:/\s?|an?\s+|(?:{_PER})\s*|)"
    rf"(?:{_PERIODS}|{_EVERY})(?!\w)",
    re.I,
)
"""*R$ 40/ano* in the name of a thing is the period of that amount alone."""
_COSTS = pattern((*grouped("label")["cost"], "figures", "amounts", "beträge", "montants"))
_ALL = re.compile(
    rf"(?<!\w)(?:{_COSTS})(?!\w)"
    r"(?P<between>[^.!?\d]{0,40}?)$",
    re.I,
)
_IS = re.compile(
    r"[:：=は]|\b(?:are|is|in|sind|sont|son|sono|são|zijn|verstehen sich|s'entendent)\b", re.I
)
_DONE = re.compile(
    r"(?<!\w)(?:review|check|updat|revis|discuss|report|audit|assess|reassess|adjust|track|monitor|"
    r"compar|look|überprüf|geprüf|prüf|aktualisier|besproch|angepass|revu|révis|actualis|vérifi|"
    r"examin|controll|contrôl|verific)\w*",
    re.I,
)
"""*Costs are reviewed monthly* says what is done each month, not what the costs are."""


_AMOUNT = re.compile(rf"(?:{SIGN})\s?\d")
_ASIDE = frozenset({"claims"})
"""Keys under which `stated` is no cost of a part."""

MARK = " /month"
"""Put behind a header of prices that names a period by a word alone: *Month*, *Mois*."""


def mark_untimed(draft: dict[str, Any], root: Section) -> None:
    """Mark the amounts of a draft of which the document nowhere says how often they are paid."""
    near = dict(sorted(_near(root, ())))
    monthly = any(_speaks_of_all(text) and _says_month(text) for text in _sentences(root))
    lines = [*near]
    known = frozenset(_timed(draft))
    sums_of_years: list[Any] = []
    stack: list[tuple[Any, str]] = [(draft, "")]
    while stack:
        value, column = stack.pop()
        if isinstance(value, list):
            stack += [(below, column) for below in value]
        elif isinstance(value, dict):
            own = str(value.get("column") or column)
            rows = _rows(value)
            if rows and all(_IS_YEAR.fullmatch(str(row.get("name"))) for row in rows):
                sums_of_years.append(value.get("total"))
            called = {str(part.get("name")).casefold() for part in [value, *_rows(value)]}
            if called & known and not _is_long(own):
                continue
            stack += [(below, own) for key, below in value.items() if key not in _ASIDE]
            source = value.get("source")
            names = [key for key in PRICED_BY_PERIOD if _is_open(value.get(key))]
            if not names or not isinstance(source, str):
                continue
            place = bisect_right(lines, int(source.rpartition(":")[2])) - 1
            texts = near[lines[place]] if place >= 0 else ()
            is_year = _IS_YEAR.fullmatch(str(value.get("name"))) or value in sums_of_years
            if monthly and not is_year:
                continue
            if is_year:
                texts = ()  # the bills of several years are of no month, whatever stands above
            if own:  # what the header of another column says is said of that one
                texts = tuple(text for text in texts if not text.endswith(MARK))
            if not _is_of_months(own, texts):
                value["period"] = "unstated"


_YEAR = pattern(grouped("period")["year"])
_IS_YEAR = re.compile(
    rf"(?:(?:FY\s?)?(?:19|20)\d\d[年년]?(?:\s?[/–-]\s?\d{{2,4}})?|(?:{_YEAR})\s?\d{{1,2}}"
    rf"|第?\s?\d{{1,2}}(?:\.|st|nd|rd|th|er|[eºª°]|-й)?\s?(?:{_YEAR})[目차]?)(?:\s*\([^()]*\))?",
    re.I,
)
"""A line that is called by a year: *2026 (forecast)*, *Year 2*."""


def _timed(draft: dict[str, Any]) -> Iterator[str]:
    """Yield the names of what has a price by the month or another period somewhere."""
    stack: list[Any] = [draft]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack += value.values()
            texts = [text for key in PRICED_BY_PERIOD if isinstance(text := value.get(key), str)]
            named = value.get("name")
            if named and not is_total(str(named)) and any(map(_has_period, texts)):
                yield str(value["name"]).casefold()
        elif isinstance(value, list):
            stack += value


def _rows(value: dict[str, Any]) -> list[dict[str, Any]]:
    rows = value.get("rows")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _has_period(text: str) -> bool:
    price = price_or_none(text)
    return price is not None and any(term.every for term in price.all_terms)


_TAKES = re.compile(
    rf"\s*\((?:[^()]*\s)?~?\d[\d.,–-]*\s?(?:{_PERIODS}|hours?|h|days?)(?!\w)[^()]*\)"
)
"""*(1 week of a developer)* behind an amount: what is done for it, not how often it is paid."""


def _is_open(text: object) -> bool:
    """Whether a price is an amount, or several, and none of them has a period."""
    price = price_or_none(_TAKES.sub("", text)) if isinstance(text, str) else None
    if price is None or not is_untimed(price):
        return False
    return any(term.amount != ZERO for term in price.all_terms)


@lru_cache(maxsize=256)
def _is_of_months(column: str, texts: tuple[str, ...]) -> bool:
    """Whether the header of an amount, or else the nearest text, says that it is a month's.

    *Power, each year* and a caption *Prix par an* say how often, and no month. Amounts of one long
    block ask for the same texts again and again.
    """
    if ONCE.search(column):
        return False
    if _says(column, header=True) or _is_long(column):
        return _says_month(column, header=True)
    said = next((text for text in reversed(texts) if _says(_OWN.sub(" ", text))), "")
    said = said or next(filter(_says, reversed(texts)), "")
    return _says_month(said, header=said.endswith(MARK))


def _says(text: str, *, header: bool = False) -> bool:
    """Whether a text says how often something is paid."""
    text = _CAPITAL.sub(" ", text)
    if _STATED.search(text):
        return True
    rest = _LONG.sub(" ", text)
    return header and bool(MONTH.search(rest) or YEAR.search(rest))


def _is_long(header: str) -> bool:
    """Whether a header says of how many months or years its amounts are, as *18 months* does."""
    return bool(_LONG.search(header)) and not _STATED.search(header)


def _says_month(text: str, *, header: bool = False) -> bool:
    """Whether a text that says so speaks of a month."""
    text = _CAPITAL.sub(" ", text.removesuffix(MARK) if header else text)
    return bool(_MONTHLY.search(text) or (header and MONTH.search(_LONG.sub(" ", text))))


def _speaks_of_all(text: str) -> bool:
    """Whether a sentence says of all prices by what they are: *all prices per month, net*."""
    for period in _STATED.finditer(text):
        match = _ALL.search(text[: period.start()])
        if match is None or _DONE.search(match["between"]):
            continue
        whole = re.search(
            r"(?<!\w)(?:all|alle|tous|toutes|todos|todas|tutti|wszystkie|все|全)", text, re.I
        )
        if whole or _IS.search(match["between"]):
            return True
    return False


def _sentences(root: Section) -> Iterator[str]:
    for section in root.walk():
        for block in section.blocks:
            for part in block.blocks if isinstance(block, Quote) else (block,):
                texts = part.texts if isinstance(part, Listing) else ()
                for text in (part.text,) if isinstance(part, Paragraph) else texts:
                    yield from re.split(r"(?<=[.!?。])\s+", text)


def _near(section: Section, above: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield, by line, what stands near what begins there."""
    stack = [(section, above)]
    while stack:
        section, above = stack.pop()
        titles = (*above, section.title.text)
        labels = chain.from_iterable(map(said, section.blocks))
        yield section.line, (*titles, *(line.text for line in labels))
        yield from _blocks(section.blocks, titles)
        stack += [(below, titles) for below in section.sections]


def _blocks(
    blocks: Sequence[Block], above: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    caption = ""
    for block in blocks:
        near = (*above, caption) if caption else above
        if isinstance(block, Table):
            yield from _table(block, near)
        elif isinstance(block, Listing):
            sums = [*filter(_is_sum, block.texts)]
            for entry in block.entries:
                own = (*near, *sums, " ".join(line.text for line in entry.lines))
                yield entry.line, own
                yield from _blocks(entry.blocks, own)
        elif isinstance(block, Fence):
            yield block.line, (*near, block.text)
        elif isinstance(block, Quote):
            yield from _blocks(block.blocks, above)
        elif isinstance(block, Paragraph):
            texts = [line.text for line in block.lines]
            whole = () if any(":" in text or "：" in text for text in texts) else texts
            for line in block.lines:
                yield line.number, (*above, line.text, *whole)
        caption = block.text if isinstance(block, Paragraph) else ""
        if _DONE.search(caption) or (
            _AMOUNT.search(respelled(caption)) and not caption.endswith((":", "："))
        ):
            caption = ""  # it speaks of an amount of its own


def _is_sum(text: str) -> bool:
    return is_total(re.split(r"[:：=—–]", text, maxsplit=1)[0])


def _table(table: Table, near: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    headers = [
        f"{cell.text}{MARK}"
        for index, cell in enumerate(table.header)
        if _says(cell.text, header=True)
        and any(as_price(row.cells[index].text, currency_in(cell.text)) for row in table.rows)
    ]
    sums = [cell.text for row in table.rows if is_total(row.cells[0].text) for cell in row.cells]
    names = [row.cells[0].text for row in table.rows]
    if len(names) > 2 and _STATED.fullmatch(names[-1].strip(" *_:：")):
        # A last line *Per month* is the sum of the others, unless these too are prices by a period.
        sums += names[-1:] if not any(map(_says, names[:-1])) else []
    yield table.line, (*near, *headers, *sums)
    for row in table.rows:
        yield row.line, (*near, *headers, *sums, *(cell.text for cell in row.cells))
