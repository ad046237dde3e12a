"""What a price comes to a month at a usage: money, each currency by itself, and what is open.

Amounts in two currencies are never added without a dated rate, and what cannot be derived is named
(:attr:`Cost.missing`), never taken for zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TypeAlias

from statusgen.roadmap.model import Rates
from statusgen.roadmap.money import (
    CONTEXT,
    ZERO,
    Period,
    Range,
    divide,
    format_number,
    format_range,
    per_month,
)
from statusgen.roadmap.price import Kind, Price, Quantity, Term
from statusgen.roadmap.quantity import is_code, period_of, plural, singular
from statusgen.roadmap.vocabulary import meanings
from statusgen.words.money import unit_price
from statusgen.words.worded import worded

FREE_KINDS = frozenset({Kind.FREE, Kind.INCLUDED})


@dataclass(frozen=True, slots=True)
class Cost:
    """Money a month, each currency by itself, and what is not in it."""

    amounts: tuple[tuple[str, Range], ...] = ()
    """(currency, range), by currency code; a negative amount is a saving.

    What is free has no currency of its own: its code is empty, and its amount is zero.
    """
    missing: tuple[str, ...] = ()
    """What is not in the amounts because it could not be derived: ``the number of host``."""
    assumed: tuple[str, ...] = ()
    """What could not be derived either, but where the author's stated cost stands in."""
    steps: tuple[str, ...] = ()
    """The arithmetic with its numbers: ``50 GB × $0.023 = $1.15``."""
    once: tuple[tuple[str, Range], ...] = ()
    """What is paid once besides, as :attr:`amounts` is; it is in no month and no year."""
    before: tuple[tuple[str, Range], ...] = ()
    """The amounts a month before they were brought into one currency; empty where none was."""
    rates: Rates | None = None
    """At which rates they were, these or what is paid once."""

    def __add__(self, other: Cost) -> Cost:
        """Add currency by currency."""
        sums = _sums(self.amounts, other.amounts)
        if len(sums) > 1:
            sums.pop("", None)  # nothing, beside an amount of some currency
        parts = [one.before or one.amounts for one in (self, other)]
        return Cost(
            tuple(sorted(sums.items())),
            tuple(dict.fromkeys(self.missing + other.missing)),
            tuple(dict.fromkeys(self.assumed + other.assumed)),
            self.steps + other.steps,
            tuple(sorted(_sums(self.once, other.once).items())),
            tuple(sorted(_sums(*parts).items())) if self.before or other.before else (),
            self.rates or other.rates,
        )

    def in_place_of(self, derived: Cost) -> Cost:
        """Return this stated cost where ``derived`` could not be told in full."""
        return replace(self, missing=(), assumed=derived.missing)

    def scaled(self, factor: int) -> Cost:
        """So many times the cost."""
        amounts, once, before = (
            _scaled(part, factor) for part in (self.amounts, self.once, self.before)
        )
        return replace(self, amounts=amounts, once=once, before=before)

    def of(self, currency: str) -> Range:
        """Return the amount in one currency; zero where there is none."""
        return dict(self.amounts).get(currency, ZERO)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies with an amount other than zero."""
        return tuple(currency for currency, amount in self.amounts if amount != ZERO)

    def written_in(self, currency: str) -> Cost:
        """Return the cost with what is free as an amount of a currency: €0, not $0."""
        return replace(
            self, amounts=tuple((code or currency, amount) for code, amount in self.amounts)
        )

    def yearly(self) -> Cost:
        """Twelve months of it."""
        return self.recurring.scaled(12)

    @property
    def recurring(self) -> Cost:
        """The cost without what is paid once."""
        return replace(self, once=())

    @property
    def plain(self) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
        """The amounts as plain values, for who writes them: currency, low end, high end."""
        return _plain(self.amounts)

    @property
    def plain_once(self) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
        """The amounts that are paid once, as :attr:`plain` gives the others."""
        return _plain(self.once)

    @property
    def plain_before(self) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
        """The amounts before they were converted, as :attr:`plain` gives the others."""
        return _plain(self.before)

    def __str__(self) -> str:
        """Write the cost in arithmetic: ``$422``, ``$7.50 + ₵50``, ``$41 + ?``, ``?``.

        What is not known is never written as nothing.
        """
        shown = [(code, amount) for code, amount in self.amounts if amount != ZERO]
        if not self.missing:
            shown = shown or list(self.amounts[:1]) or [("", ZERO)]
        parts = [format_range(code, amount) for code, amount in shown]
        return " + ".join([*parts, *(["?"] if self.missing else [])])


_Amounts: TypeAlias = tuple[tuple[str, Range], ...]


def _sums(one: _Amounts, other: _Amounts) -> dict[str, Range]:
    sums = dict(one)
    for currency, amount in other:
        sums[currency] = sums[currency] + amount if currency in sums else amount
    return sums


def _plain(amounts: _Amounts) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
    return tuple((code, amount.low, amount.high) for code, amount in amounts)


def _scaled(amounts: _Amounts, factor: int) -> _Amounts:
    return tuple((code, own.scaled(Range.point(factor))) for code, own in amounts)


NOTHING = Cost()
FREE = Cost((("", ZERO),))
"""What is known to cost nothing, in any currency."""


def total(costs: Iterable[Cost]) -> Cost:
    """Add costs, currency by currency."""
    result = NOTHING
    for cost in costs:
        result += cost
    return result


def either(costs: Iterable[Cost]) -> Cost:
    """Return what one of several costs, where nobody says which: cheapest to dearest."""
    known = list(costs)
    amounts = []
    for code in sorted({code for cost in known for code, _ in cost.amounts}):
        ends = [cost.of(code) for cost in known]
        highs = [amount.high for amount in ends if amount.high is not None]
        high = max(highs) if len(highs) == len(ends) else None
        amounts.append((code, Range(min(amount.low for amount in ends), high)))
    return Cost(
        tuple(amounts),
        tuple(dict.fromkeys(name for cost in known for name in cost.missing)),
        tuple(dict.fromkeys(name for cost in known for name in cost.assumed)),
    )


def difference(after: Cost, before: Cost) -> Cost:
    """Return what a move makes of the bill, which is less than nothing where it saves.

    The range pairs low with low and high with high, as authors do: "from $50-200 to $25" is -$175
    to -$25. A change without an end on either side is none that could be told.
    """
    amounts = []
    missing = list(dict.fromkeys(after.missing + before.missing))
    for code in sorted({code for code, _ in (*after.amounts, *before.amounts)}):
        new, old = after.of(code), before.of(code)
        if new.high is None or old.high is None:
            missing.append(worded("costs.upper-end", currency=code))
            continue
        with localcontext(CONTEXT):
            low, high = sorted((new.low - old.low, new.high - old.high))
        amounts.append((code, Range(low, high)))
    assumed = dict.fromkeys(after.assumed + before.assumed)
    return Cost(tuple(amounts), tuple(missing), tuple(assumed))


def convert(cost: Cost, rates: Rates | None, currency: str) -> Cost | None:
    """Return the cost in one currency; None where a rate for one of its currencies is missing.

    An amount keeps its precision (``€3K`` is no €3,000 to the euro), which adding zero would not.
    """
    result = None
    for code, amount in cost.before or cost.amounts:
        if amount == ZERO:
            continue
        if code != currency:
            rate = _rate(rates, code, currency)
            if rate is None:
                return None
            amount = amount.scaled(Range.point(rate))
        result = amount if result is None else result + amount
    return replace(cost, amounts=((currency, result or ZERO),), before=(), rates=None)


def _rate(rates: Rates | None, code: str, currency: str) -> Decimal | None:
    worth = _worth(rates, code)
    base = _worth(rates, currency)
    return divide(worth, base) if worth is not None and base else None


def _worth(rates: Rates | None, code: str) -> Decimal | None:
    """Return what one unit of ``code`` is worth in the base currency."""
    if rates is None:
        return None
    if code == rates.base:
        return Decimal(1)
    return rates.worth.get(code)


def price_cost(
    price: Price,
    usage: Mapping[str, Quantity],
    *,
    default: Period | None = Period.MONTH,
    alternative: int = 0,
) -> Cost:
    """Return what a price comes to a month at a usage a month.

    ``default`` is the period of an amount that names none. Unit prices need their quantity in
    ``usage``; a free allowance is taken off first. "Then $26/month" after an allowance costs
    nothing within it, all of it beyond, and $0-26 where the usage is unknown.
    """
    terms = price.alternatives[alternative]
    free = [quantity for term in terms if term.kind is Kind.FREE for quantity in term.allowances]
    return total(_term_cost(term, usage, default, free) for term in terms)


def _term_cost(
    term: Term, usage: Mapping[str, Quantity], default: Period | None, free: list[Quantity]
) -> Cost:
    if term.kind in FREE_KINDS:
        return FREE if not term.of or term.kind is Kind.INCLUDED else NOTHING
    if term.kind is Kind.ONE_OFF and term.per:
        of_all = _unit_cost(term, usage, free)
        return Cost(((term.currency, ZERO),), of_all.missing, once=of_all.amounts)
    if term.kind is Kind.ONE_OFF:
        once = () if term.change is None else ((term.currency, term.change),)
        return Cost(((term.currency, ZERO),), once=once)
    if term.kind is Kind.UNTIMED:
        return Cost((), (worded("costs.period"),))
    if term.kind is Kind.FIXED:
        return _fixed_cost(term, usage, default, free)
    if term.kind is Kind.PER_UNIT:
        return _unit_cost(term, usage, free)
    if term.kind is Kind.PERCENT:
        return _share_cost(term, usage)
    if term.kind is Kind.SELF_HOSTED:
        return Cost((), (worded("costs.own-servers"),))
    key = "usage" if term.kind is Kind.USAGE else "price"
    if term.of:
        return Cost((), (worded(f"costs.{key}-of", what=term.of),))
    return Cost((), (worded(f"costs.{key}"),))


def _share_cost(term: Term, usage: Mapping[str, Quantity]) -> Cost:
    """Return a percentage of the money that the usage names, such as ``sales: $18,000``.

    It is taken of what the price calls its base, else of the only money that there is.
    """
    money = {name: used for name, used in usage.items() if is_code(used.unit)}
    named = money.get(singular(term.of)) if term.of else None
    base = named or (next(iter(money.values())) if len(money) == 1 else None)
    if base is None or term.amount is None:
        if term.of:
            return Cost((), (worded("costs.percent-of", what=term.of),))
        return Cost((), (worded("costs.percent-of-sales"),))
    low, high = divide(term.amount.low, Decimal(100)), term.amount.high
    share = Range(low, None if high is None else divide(high, Decimal(100)))
    amount = _monthly(base).scaled(share)
    whole = format_range(base.unit, _monthly(base))
    step = f"{Quantity(term.amount, '%')} × {whole} = {format_range(base.unit, amount)}"
    return Cost(((base.unit, amount),), steps=(step,))


def _fixed_cost(
    term: Term, usage: Mapping[str, Quantity], default: Period | None, free: list[Quantity]
) -> Cost:
    amount = term.total or term.change
    assert amount is not None
    every = term.every or default
    if every is not None:
        amount = _a_month(amount, every, usage)
    text = f"{format_range(term.currency, amount)}"
    if term.after_free:
        used = _free_left(usage, free)
        if used is None:
            amount = Range(ZERO.low, amount.high)
            missing = (worded("costs.beyond-free"),)
            return Cost(((term.currency, amount),), missing, steps=(text,))
        if used <= 0:
            return Cost(((term.currency, ZERO),), steps=(format_range(term.currency, ZERO),))
    return Cost(((term.currency, amount),), steps=(text,))


def _a_month(amount: Range, every: Period, usage: Mapping[str, Quantity]) -> Range:
    """Return what an amount per period comes to a month.

    Who says how many hours, days or weeks a month are used pays for those, not for all there are.
    """
    if every is Period.MONTH:
        return amount
    if every in (Period.HOUR, Period.DAY, Period.WEEK):
        for unit, used in usage.items():
            if (period_of(unit) or meanings("period").get(unit.casefold())) == every:
                return amount.scaled(_monthly(used))
    return per_month(amount, every)


def _free_left(usage: Mapping[str, Quantity], free: list[Quantity]) -> Decimal | None:
    """Return how far the usage exceeds the allowances at most; None where it is not known."""
    beyond: list[Decimal] = []
    for allowance in free:
        used = usage.get(allowance.unit)
        if used is None or used.amount.high is None:
            return None
        beyond.append(used.amount.high - _monthly(allowance).low)
    return max(beyond) if beyond else None


def _unit_cost(term: Term, usage: Mapping[str, Quantity], free: list[Quantity]) -> Cost:
    assert term.amount is not None
    amount = term.amount
    if term.every is not None:
        amount = _a_month(amount, term.every, usage)
    words: list[str] = [unit_price(term.currency, term.amount.low, term.amount.high)]
    for part in term.per:
        used = usage.get(part.unit)
        if used is None:
            return Cost((), (worded("costs.number", units=plural(part.unit, Decimal(2))),))
        count = used.amount
        if term.after_free or term.beyond:
            kept = (*(free if term.after_free else ()), *term.beyond)
            allowance = sum((_monthly(q).low for q in kept if q.unit == part.unit), Decimal(0))
            count = Range(
                max(count.low - allowance, Decimal(0)),
                None if count.high is None else max(count.high - allowance, Decimal(0)),
            )
        unit = part.amount.low
        amount = amount.scaled(
            Range(divide(count.low, unit), None if count.high is None else divide(count.high, unit))
        )
        per = "" if unit == 1 else f"{format_number(unit)} "
        words.insert(0, f"{_count(count)} {part.unit} ×")
        words[-1] += f"/{per}{part.unit}"
    step = f"{' '.join(words)} = {format_range(term.currency, amount)}"
    return Cost(((term.currency, amount),), steps=(step,))


def _count(count: Range) -> str:
    if count.high is None:
        return f"{format_number(count.low)}+"
    if count.is_point:
        return format_number(count.low)
    return f"{format_number(count.low)}-{format_number(count.high)}"


def monthly_allowances(price: Price) -> dict[str, Fraction]:
    """Return what a price gives for nothing, by unit and month; the lower end of a range."""
    found: dict[str, Fraction] = {}
    for term in price.alternatives[0]:
        for each in term.allowances if term.kind is Kind.FREE else ():
            if each.unit:
                found[each.unit] = found.get(each.unit, Fraction(0)) + Fraction(_monthly(each).low)
    return found


def _monthly(allowance: Quantity) -> Range:
    if allowance.every is None:
        return allowance.amount
    return per_month(allowance.amount, allowance.every)
