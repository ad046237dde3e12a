"""What the columns of a table hold, told by their headers and by their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from statusgen.importer.amounts import as_price, currency_in, is_total, says_nothing
from statusgen.importer.found import Entity
from statusgen.importer.headers import LIMIT, MONTH, REVENUE, UNIT, YEAR
from statusgen.importer.inline import Line
from statusgen.importer.spans import is_months, is_span
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.words import canonical, has_money
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.dialect import current
from statusgen.roadmap.money import SIGN, ZERO, Range
from statusgen.roadmap.price import Kind, is_untimed
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import grouped, pattern, words

_ROLES: tuple[tuple[str, str], ...] = (
    ("pros", r"pros?|advantages?|strengths?|upsides?|benefits?"),
    ("cons", r"cons?|disadvantages?|weakness(es)?|downsides?|drawbacks?|trade-?offs?"),
    ("option", r"options?|alternatives?|candidates?|choices?|approach(es)?|contenders?"),
    ("risk", r"risks?|limitations?|problems?|issues?|weakness(es)?|challenges?|gaps?|pain points?"),
    ("impact", r"impacts?|consequences?|effects?|why it matters|severity"),
    ("mitigation", r"(?!)"),
    ("likelihood", r"(?!)"),
    ("metric", r"metrics?|kpis?|indicators?|signals?|slis?|slos?|measures?"),
    ("alert", r"(alert )?thresholds?|targets?|alerts?( when| at)?|goals?|objectives?|slos?"),
    ("tools", r"tools?|monitored by|source|measured by|dashboards?"),
    ("need", r"(if you )?needs?\b.*|scenarios?|use cases?|when\b.*|requirements?|situation|if .*"),
    ("go", r"go with\b.*|choose|recommend.*|use|pick|then|solutions?|decision|best .*"),
    ("before", r"before|current|today|old|existing|as[- ]is|from|now|traditional"),
    ("after", r"after|new|to|target|proposed|future|to[- ]be|migrate to|move to|planned"),
    ("service", r"services?|providers?|vendors?|products?|platforms?|solution|stack"),
    ("component", r"components?|areas?|layers?|category|functions?|roles?|types?|purpose"),
    ("tier", r"tiers?|plans?|editions?|sizes?|instances?|specs?|usage"),
    ("region", r"regions?|locations?|zones?"),
    ("quantity", r"qty|quantity|count|units|number|#|no\.?|instances|nodes|seats|hosts"),
    ("why", r"why|reasons?|rationale|benefits?|notes?|comments?|description|details?|remarks?"),
    ("gives", r"what you get|gives|includes?|features?"),
    ("effort", r"efforts?|time|duration|hours|estimates?|estimated (time|effort)|eta"),
    ("task", r"tasks?|(action |work )?items?|actions?|steps?|activit(y|ies)|deliverables?"),
    ("when", r"when|timeline|timing|schedule|due|week|month|phase"),
    ("owner", r"(?!)"),
    ("often", r"(?!)"),
)  # fmt: skip
_OTHER_WORDS = grouped("column")
_NUMBER_ALONE = re.compile(r"#|no\.?|nr\.?|id|pos\.?|item no\.?")
"""Role → headers of other languages than English."""
BLANK = Line(0, "")


@dataclass(slots=True)
class Columns:
    """What the columns of a table hold."""

    table: Table
    roles: dict[str, int]
    prices: list[int]
    """The columns of prices."""
    currency: list[str]
    timed: frozenset[int] = frozenset()
    """Those of prices whose period stands in a column of its own."""

    def cell(self, row: TableRow, role: str) -> Line:
        """Return the cell of a role; an empty one where there is no such column."""
        index = self.roles.get(role)
        if index is None or index >= len(row.cells) or says_nothing(row.cells[index].text):
            return BLANK
        return row.cells[index]

    def price(self, row: TableRow, index: int) -> str:
        """Return a cell as a price; empty where it is none, such as a margin."""
        text = row.cells[index].text
        if _SHARE.fullmatch(text) and _OF_WHAT.search(row.cells[0].text):
            return ""
        price = as_price(text, self.currency[index])
        return with_period(price, self._often(row, index)) or price

    def is_untimed(self, row: TableRow, index: int) -> bool:
        """Whether the column of periods says something of an amount that nobody here reads."""
        often = self._often(row, index)
        price = as_price(row.cells[index].text, self.currency[index])
        read = price_or_none(price)
        plain = read is None or is_untimed(read)
        return bool(often) and plain and not with_period(price, often)

    def _often(self, row: TableRow, index: int) -> str:
        return self.cell(row, "often").text if index in self.timed else ""


def with_period(price: str, often: str) -> str:
    """Return an amount with how often it is paid: *£462*, *yearly, in June*; else nothing."""
    timed = f"{price} {_ASIDE.split(often, maxsplit=1)[0].strip().casefold()}"
    said, read = price_or_none(price), price_or_none(timed)
    if said is None or read is None or not is_untimed(said):
        return ""
    known = all(term.every is not None or term.kind is Kind.ONE_OFF for term in read.all_terms)
    return timed if known else ""


_ASIDE = re.compile(r"[,;(]")

_OF_WHAT = re.compile(
    r"\bsl[ao]s?\b|availab|verfügbar|disponib|稼働率|可用|margin|growth|churn|share|conver|utili[sz]|discount|chang|increas|saving|uptime|coverage|"
    r"marge|wachstum|anteil|auslastung|rabatt|croissance|margen|crecimiento|margem|利益率|成長",
    re.I,
)
"""What a share is of that nobody pays; of sales somebody may."""
_SHARE = re.compile(r"[~≈+±−–-]?\s?\d[\d.,]*\s?[%％]\*?")


def columns(table: Table) -> Columns:
    """Say what each column of a table is, by its header and by what stands in it."""
    roles: dict[str, int] = {}
    for index, header in enumerate(table.header):
        text = re.sub(r"\s*\(.*\)", "", header.text).strip(" .…?:*").casefold()
        for role, headers in _ROLES:
            if index == 0 and role in ("tier", "region", "quantity", "gives", "why"):
                continue
            if index == 0 and (_NUMBER_ALONE.fullmatch(text) or text in _OTHER_WORDS["number"]):
                roles["number"] = 0
                break
            if role not in roles and (
                re.fullmatch(headers, text) or text in _OTHER_WORDS.get(role, ())
            ):
                roles[role] = index
                break
    told = [roles.pop(role) for role in ("mitigation", "likelihood") if role in roles]
    if told and "risk" in roles:
        roles.setdefault("impact", told[0])  # all that such a table says of its risks
    currency = [column_currency(header.text) for header in table.header]
    prices = [
        index
        for index in range(1, len(table.header))
        if not _is_unpaid(table.header[index].text) and _is_priced(table, index, currency)
    ]
    remarks = [i for i in prices if canonical(table.header[i].text) in ("notes", "why")]
    prices = [index for index in prices if index not in remarks] or prices
    if "tier" in roles and _holds_numbers(table, roles["tier"]):
        del roles["tier"]  # *Plan* is what was planned
    shape = Columns(table, roles, prices, currency)
    if "often" in roles and roles["often"] not in prices:
        shape.timed = frozenset(filter(partial(_is_timed, shape, roles["often"]), prices))
    return shape


def _is_unpaid(header: str) -> bool:
    """Whether a header says of its amounts that they come in, or that something happens there."""
    text = re.sub(r"\s*\(.*\)", "", header).strip(" .…?:*")
    return bool(REVENUE.search(header) or LIMIT.fullmatch(text))


def _holds_numbers(table: Table, index: int) -> bool:
    said = [row.cells[index].text for row in table.rows if not says_nothing(row.cells[index].text)]
    return 2 * sum(bool(_COUNT.fullmatch(text.strip("*_ "))) for text in said) > len(said)


_COUNT = re.compile(rf"[+−–-]?(?:{SIGN})?\s?\d[\d.,'’ \u00a0\u202f]*\s?(?:{SIGN}|%.*)?")
"""*1,200*, *70% (4,500 requests)*: how much is used is no size."""


def _is_timed(shape: Columns, often: int, index: int) -> bool:
    """Whether a column's amounts are paid as often as the column of periods says, line by line.

    Its header names no period of its own, and its total does not add up what is paid unlike often.
    """
    header = shape.table.header[index].text
    if MONTH.search(header) or YEAR.search(header) or UNIT.search(header):
        return False
    rows = [
        (row.cells[0].text, shape.price(row, index), row.cells[often].text)
        for row in shape.table.rows
    ]
    lines = [(price, text) for name, price, text in rows if price and not is_total(name)]
    timed = [with_period(price, text) for price, text in lines]
    if 2 * sum(map(bool, timed)) < len(lines) or not any(timed):
        return False
    if len({text.casefold() for _, text in lines}) < 2:
        return True
    whole = [amount for name, price, _ in rows if is_total(name) and (amount := _amount(price))]
    amounts = [_amount(price) for price, _ in lines]
    return not any(fits(one, sum(filter(None, amounts), ZERO)) for one in whole)


def _amount(price: str) -> Range | None:
    read = price_or_none(price)
    return read.amount if read is not None else None


def column_currency(header: str) -> str:
    """Return what a column's bare numbers are in: by its header, else by what all are in.

    The latter only under a header of money or of time: hours and pieces stand in columns too.
    """
    bare = current().bare
    if header.strip(" *_:").casefold() in _OTHER_WORDS["quantity"]:
        return ""  # the last letter of 인원 is no won
    if (own := currency_in(header)) or not bare:
        return own
    if _MEASURED.search(header):
        return ""
    text = re.sub(r"\s*\(.*\)", "", header).strip(" .…?:*").casefold()
    if is_count(header) and not is_of_money(header):
        return ""
    timed = MONTH.search(text) or YEAR.search(text) or is_months(text) or is_span(text)
    return bare if timed or is_of_money(header) or text in words("current") else ""


_MEASURED = re.compile(
    r"[(（](?:min(?:utes?)?|h|hrs?|hours?|std\.?|s|sec|ms|d|days?|weeks?|[KMGTP]i?B|%|km|kg|m²|kWh)[)）]",
    re.I,
)
"""*Budget (min)* is minutes, whatever all prices are in."""


def is_quantity(header: str) -> bool:
    """Whether a header says how many of a line there are: *Qty*, *Menge*, *No.*"""
    text = re.sub(r"\s*[(（].*[)）]", "", header).strip(" …?:*").casefold()
    return any(
        form in _OTHER_WORDS["quantity"] or re.fullmatch(_QUANTITY, form)
        for form in (text, text.rstrip("."))
    )


_QUANTITY = dict(_ROLES)["quantity"]


def is_count(header: str) -> bool:
    """Whether a header, or the label of a line, counts things: *Orders/month*, *New users*."""
    text = re.sub(r"\s*[(（].*[)）]", "", header).strip(" .…?:*#").casefold()
    forms = (text, _EACH_TIME.sub("", text, count=1), text.partition("/")[0])
    return any(_counts(form.strip(" /-–,·")) for form in forms)


def _counts(text: str) -> bool:
    kind, _, thing = text.rpartition(" ")
    plain = not kind or (" " not in kind and canonical(kind) != "cost")
    return bool(_COUNTED.fullmatch(text) or (plain and _COUNTED.fullmatch(thing)))


_COUNTED = re.compile(rf"(?:{pattern(grouped('header')['counted'])})")
_TIMES = pattern(
    tuple(
        word
        for kind in ("period", "every")
        for name in ("day", "week", "month", "quarter", "year")
        for word in grouped(kind).get(name, ())
    )
)
_EACH_TIME = re.compile(
    rf"\s*(?:/\s?|(?<!\w)(?:{pattern(words('per'))})\s*)(?:{_TIMES})|(?<!\w)(?:{_TIMES})"
)
"""*/month*, *per day*, *monthly*: what stands beside the thing that is counted."""


def is_of_money(header: str) -> bool:
    """Whether a header names amounts of money: *Amount*, *Costs (net)*, *Budget*."""
    text = re.sub(r"\s*\(.*\)", "", header).strip(" .…?:*").casefold()
    return bool(canonical(text) == "cost" or is_total(text) or _AMOUNTS.fullmatch(text))


_AMOUNTS = re.compile(
    r"(?:.* )?(?:amounts?|spent|planned|actuals?|forecast|(?:fy ?)?(?:20)?\d\d|q[1-4]|price each"
    r"|betrag|beträge|montant|importe|valor|importo|bedrag|kwota|сумма|金額|金额|금액)"
)
"""Headers of amounts, besides the labels of costs."""


def _is_priced(table: Table, index: int, currency: Sequence[str]) -> bool:
    texts = [row.cells[index].text for row in table.rows if index < len(row.cells)]
    said = [text for text in texts if not says_nothing(text)]
    read = [price for price in (as_price(text, currency[index]) for text in said) if price]
    whole = [price for price in read if has_money(price) or "%" not in price]
    return 2 * len(whole) >= len(said) and any(map(has_money, whole))


def task_column(shape: Columns) -> int | None:
    """Return the column of tasks: the first, or the second behind their numbers; None for none."""
    at = shape.roles.get("task")
    first = shape.roles.get("number") == 0 or says_nothing(shape.table.header[0].text)
    return at if at == 0 or (at == 1 and first) else None


def keep_rest(shape: Columns, row: TableRow, part: Entity, taken: set[str], *used: int) -> None:
    """Keep the cells of all other columns as notes, *N/A* too: only signs say nothing."""
    done = {shape.roles[role] for role in taken if role in shape.roles} | set(used)
    for index, cell in enumerate(row.cells):
        if index not in done and (re.search(r"\w", cell.text) or not says_nothing(cell.text)):
            keep_cell(part, shape.table.header[index].text, cell.text)
    keep_links(row, part)


def keep_cell(part: Entity, header: str, text: str) -> None:
    """Keep a cell that has no field of its own: what a part waits for, or a note."""
    if canonical(header) != "depends" or part.kind not in ("stage", "item"):
        part.add("notes", f"{header}: {text}" if header else text)
    elif text.strip(" *_.").casefold() not in words("nothing"):
        part.facet(header, text)


def keep_links(row: TableRow, part: Entity) -> None:
    """Keep the links of all cells."""
    for cell in row.cells:
        part.link(cell)
