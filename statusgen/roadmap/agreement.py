"""Whether a derived amount is what was stated, given how that was written."""

from __future__ import annotations

from decimal import Decimal

from statusgen.roadmap.money import Range

TWO_PERCENT = Decimal("0.02")
THOUSANDTH = Decimal("0.001")
TWELVE = Decimal(12)
NEAR = Decimal("0.2")
"""How far a number may be from what is stated, as a share of the larger, to be called wrong."""


def unit_of_last_digit(number: Decimal) -> Decimal:
    """Return 1 for 917, 0.01 for 1.50: the precision with which a number was written."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def fits(stated: Range, derived: Range, *, approx: bool = False) -> bool:
    """Whether a stated amount can be the derived one.

    A stated point must be the derived one, rounded to as many digits as were written; with ``~``
    (``approx``) it may be one unit of its last digit, or two percent, away. A stated range must
    hold what was derived, but for such roundings of its ends.
    """
    slack = _slack(stated.low, approx, stated.is_point)
    high_slack = slack if stated.high is None else _slack(stated.high, approx, stated.is_point)
    low_fits = derived.low >= stated.low - slack
    high_fits = stated.high is None or (
        derived.high is not None and derived.high <= stated.high + high_slack
    )
    return low_fits and high_fits


def is_year_of(
    year: Range, month: Range, *, approx: bool = False, months: Decimal = TWELVE
) -> bool:
    """Whether an amount a year can be twelve of an amount a month.

    A month written in cents was rounded to them, so a year may be off by six (twelve halves); what
    it is a multiple of was rounded before, so a thousandth of it is let pass.
    """
    product = month.scaled(Range.point(months))
    if fits(year, product, approx=approx):
        return True
    unit = unit_of_last_digit(month.low)
    slack = max(months * unit / 2, year.low * THOUSANDTH) if unit < 1 else Decimal(0)
    if slack and year.is_point:  # $6.6 and $80: the year was rounded, too
        slack += _slack(year.low, approx, point=True)
    wider = Range(year.low - slack, None if year.high is None else year.high + slack)
    return bool(slack) and fits(wider, product, approx=approx)


def _slack(number: Decimal, approx: bool, point: bool) -> Decimal:
    unit = unit_of_last_digit(number)
    if approx:
        return max(unit, abs(number) * TWO_PERCENT)
    return unit / 2 if point else Decimal(0)


def is_near(stated: Range, derived: Range) -> bool:
    """Whether one number may be the other with a slip in it: a fifth away at most, or one digit."""
    return is_slip(stated, derived) or any(
        abs(one - other) <= NEAR * max(abs(one), abs(other))
        for one, other in zip(ends(stated), ends(derived), strict=True)
    )


def ends(amount: Range) -> tuple[Decimal, Decimal]:
    """Return both ends of an amount; the low one twice where it has no upper end."""
    return amount.low, amount.low if amount.high is None else amount.high


def is_slip(stated: Range, derived: Range) -> bool:
    """Whether two numbers differ in one digit alone, or in two beside each other that swapped.

    Two digits at least must be the same, zeros not counted: round numbers resemble each other by
    chance. Of two that swapped one more is enough. What was cut off behind the last digit that is
    stated is none of them.
    """
    if not (stated.is_point and derived.is_point):
        return False
    if abs(stated.low - derived.low) < unit_of_last_digit(stated.low):
        return False
    one, other = _digits(stated.low), _digits(derived.low)
    if len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    places = [place for place, (a, b) in enumerate(pairs) if a != b]
    same = sum(a == b and a not in "0." for a, b in pairs)
    if same and len(places) == 2 and places[1] == places[0] + 1:
        return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1 and same > 1


def _digits(number: Decimal) -> str:
    """Return a number with as many decimals as any other, so that digits stand below digits."""
    return f"{number:.4f}"
