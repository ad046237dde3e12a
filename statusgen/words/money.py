"""How an amount of money, and a number with decimals, is written. The only place that does.

One rule of rounding, for tables, diagrams, the terminal and the audit alike: an amount is computed
exactly and rounded once, when it is written: to cents, half a cent away from zero ($12.345 is
$12.35, −$12.345 is −$12.35). Cents are left out where there are none ($19, $6.50); a currency that
has no smaller unit is written without any (¥64,847). An amount below one keeps four significant
digits ($0.000225): unit prices live there, and none becomes $0. Nothing is computed from what was
rounded, and files for programs hold what was computed (``exact``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from statusgen.words.amount import Amount
from statusgen.words.speaker import NOTHING, Words

_SIGNS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "GHS": "₵",
    "NGN": "₦",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "RUB": "₽",
    "TRY": "₺",
}
_ENGLISH = Words.of()
_CONTEXT = Context(prec=120, rounding=ROUND_HALF_UP)
"""The same whatever the caller's context is, and wide enough for any amount."""
_EXACT_PLACES = 10
"""What a month of a price a week comes to has no end; a program gets so many decimals of it."""


@dataclass(frozen=True, slots=True)
class Style:
    """The characters that an amount is written with."""

    minus: str
    dash: str
    gap: str
    """Between a currency's code and the number."""
    words: Words | None = None
    """Those of the language whose form amounts have; None: English."""


PLAIN = Style("-", "-", " ")
"""For terminals and for texts that are read again: ``-$57``, ``$175-300``, ``CHF 5``."""
TYPESET = Style("−", "–", "\u00a0")
"""For pages and diagrams: ``−$57``, ``$175–300``; a code is never parted from its number."""


def typeset(words: Words) -> Style:
    """Return how pages and diagrams of a language write an amount: ``−57 $``, ``175–300 €``."""
    if words.code == "en":
        return TYPESET
    return Style(TYPESET.minus, TYPESET.dash, TYPESET.gap, words)


def number(value: Decimal, style: Style, places: int = 2) -> str:
    """Write a number as :func:`decimal` rounds it, in the language of a style."""
    text = decimal(value, places)
    return text if style.words is None else style.words.language.decimal(text)


def decimal(value: Decimal, places: int = 2) -> str:
    """Write a number: thousands in commas, at most ``places`` decimals, none if whole."""
    if value != 0 and abs(value) < 1:
        places = max(places, 3 - value.adjusted())
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)
    whole, _, fraction = f"{rounded:,f}".partition(".")
    fraction = fraction.rstrip("0")
    if not fraction:
        return whole
    return f"{whole}.{fraction.ljust(min(places, 2), '0')}"


def sign_of(currency: str, style: Style = PLAIN) -> str:
    """Return what stands before an amount of a currency (ISO 4217): ``$``, ``CHF ``."""
    return _SIGNS.get(currency) or (f"{currency}{style.gap}" if currency else "")


_CODES = {sign: code for code, sign in _SIGNS.items()}
_CENTS = 2


_WHOLE = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]  # ISO codes
)
"""The currencies without a smaller unit. Source: ISO 4217; a test holds it against CLDR."""


def _places(sign: str) -> int:
    """Return how many decimals amounts behind a sign have."""
    return 0 if _CODES.get(sign, sign.strip()) in _WHOLE else _CENTS


def signed(sign: str, value: Decimal, style: Style = PLAIN, *, places: int | None = None) -> str:
    """Write one amount behind the sign of its currency: ``$1,589``, ``-$57``.

    ``places``: how many decimals at most; None: as many as the currency has.
    """
    places = _places(sign) if places is None else places
    return (style.minus if value < 0 else "") + _put(sign, number(abs(value), style, places), style)


def _put(sign: str, text: str, style: Style) -> str:
    """Put a currency's sign where the language has it."""
    return sign + text if style.words is None else style.words.language.priced(sign.strip(), text)


def signed_range(
    sign: str,
    low: Decimal,
    high: Decimal | None,
    style: Style = PLAIN,
    *,
    places: int | None = None,
) -> str:
    """Write a range: ``$175-300``, ``$25+``, ``-$800 to -$400``, ``$19``.

    Ends that are written alike are one amount. ``places``: as :func:`signed` has it.
    """
    words = style.words or _ENGLISH
    places = _places(sign) if places is None else places
    first = signed(sign, low, style, places=places)
    if high is None:
        return words.say("money.at-least", amount=first)
    last = signed(sign, high, style, places=places)
    if first == last:
        return first
    if low < 0:
        return words.say("money.range", low=first, high=last)
    ends = f"{number(low, style, places)}{style.dash}{number(high, style, places)}"
    return _put(sign, ends, style)


def money(currency: str, value: Decimal, style: Style = PLAIN) -> str:
    """Write one amount of a currency: ``$1,589``, ``$0.023``, ``-$57``, ``CHF 5``."""
    return signed(sign_of(currency, style), value, style)


def money_range(currency: str, low: Decimal, high: Decimal | None, style: Style = PLAIN) -> str:
    """Write a range of a currency; ``high`` is None where it has no upper end."""
    return signed_range(sign_of(currency, style), low, high, style)


def cost(
    words: Words,
    amounts: Sequence[tuple[str, Decimal, Decimal | None]],
    *,
    partly: bool,
    style: Style | None = None,
) -> str:
    """Write a cost: its amounts (currency, low end, high end), each currency by itself.

    ``partly``: something is missing in it, which is never taken for nothing: ``$41 + ?``, ``open``.
    A dash where there is no cost at all. ``style``: None is that of pages.
    """
    style = style or typeset(words)
    shown = [amount for amount in amounts if amount[1] or amount[2] != 0]
    if partly and not shown:
        return words.say("money.open")
    if not amounts:
        return NOTHING
    text = " + ".join(money_range(*amount, style) for amount in shown or amounts[:1])
    return words.say("money.partly", amount=text) if partly else text


def amount(currency: str, value: Decimal) -> Amount:
    """Write one amount of a currency as terminals do; a page tells it again in its language."""
    return Amount(_amount, currency, value, value)


def amount_range(currency: str, low: Decimal, high: Decimal | None) -> Amount:
    """Write a range of a currency as terminals do; a page tells it again in its language."""
    return Amount(_amount, currency, low, high)


def unit_price(currency: str, low: Decimal, high: Decimal | None) -> Amount:
    """Write what one unit costs, with the cents that its vendor counts: ``¥2.50`` a message."""
    return Amount(_unit_price, currency, low, high)


def plain_number(value: Decimal, places: int = 2) -> Amount:
    """Write a number as terminals do; a page tells it again in its language."""
    return Amount(_number, value, places)


def _amount(currency: str, low: Decimal, high: Decimal | None, *, words: Words | None) -> str:
    return money_range(currency, low, high, PLAIN if words is None else typeset(words))


def _unit_price(currency: str, low: Decimal, high: Decimal | None, *, words: Words | None) -> str:
    style = PLAIN if words is None else typeset(words)
    sign = sign_of(currency, style)
    return signed_range(sign, low, high, style, places=max(_places(sign), _CENTS))


def _number(value: Decimal, places: int, *, words: Words | None) -> str:
    return number(value, PLAIN if words is None else typeset(words), places)


# Four digits without a comma are no number that we write: a year.
_WRITTEN = re.compile(
    r"(?<![\w.,$€£₵₦₹¥₩₽₺-])(?P<minus>-?)(?P<sign>[$€£₵₦₹¥₩₽₺]|[A-Z]{3} )?"
    r"(?P<low>\d{1,3}(?:,\d{3})*(?:\.\d+)?)(?:-(?P<high>\d{1,3}(?:,\d{3})*(?:\.\d+)?))?"
    r"(?!\w|[.,-]\w)"
)


def calculation(words: Words, text: str, *, bare: bool = True) -> str:
    """Return arithmetic of ours (``12 × $980 = $11,760``) with its numbers in another language.

    ``bare``: numbers without a currency, too.
    """
    if words.code == "en":
        return text
    style = typeset(words)

    def told(found: re.Match[str]) -> str:
        if not (bare or found["sign"]):
            return found[0]
        ends = [words.language.decimal(end) for end in (found["low"], found["high"]) if end]
        whole = style.dash.join(ends)
        sign = (found["sign"] or "").strip()
        minus = style.minus if found["minus"] else ""
        return minus + (words.language.priced(sign, whole) if sign else whole)

    return _WRITTEN.sub(told, text)


def exact(value: Decimal) -> str:
    """Write an amount for programs: ``1728.5``, ``30.4166666667``; ten decimals at most."""
    rounded = value.quantize(Decimal(1).scaleb(-_EXACT_PLACES), context=_CONTEXT)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def json_number(value: Decimal) -> int | float:
    """Return an amount as JSON holds it; where it is whole, without a point."""
    text = exact(value)
    return float(text) if "." in text else int(text)
