"""Thresholds, triggers and stated figures: an operator, a number and its unit, as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from statusgen.base.model import FromText
from statusgen.base.text import quote
from statusgen.roadmap.iso4217 import CODE
from statusgen.roadmap.money import SIGN, Range, currency_of
from statusgen.roadmap.price_spelling import respelled
from statusgen.roadmap.quantity import scale_of_low

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?"
_FIGURE = re.compile(
    rf"(?P<op><=|>=|<|>|≤|≥)?\s*(?P<approx>~)?(?P<sign>{SIGN}|{CODE}\s?(?=\d))?(?P<low>{_NUMBER})"
    rf"(?P<low_k>[KM](?![A-Za-z]))?(?:\s*[-–]\s*(?:{SIGN})?(?P<high>{_NUMBER})"
    r"(?P<high_k>[KM](?![A-Za-z]))?)?(?P<x>x\b)?(?P<plus>\+)?\s*(?P<unit>.*)",
    re.S,
)
_OPERATORS = {"≤": "<=", "≥": ">="}
_SCALE = {"K": 3, "M": 6}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that somebody wrote, with its operator and unit: ``> 80% of pool``, ``50+ Users``.

    Percentages are held as written (99.9), so that no digit is lost; see :attr:`ratio`.
    """

    raw: str
    value: Range
    op: str = ""
    """``<``, ``<=``, ``>``, ``>=`` or empty; ``95%+`` and ``50+ users`` are ``>=``."""
    unit: str = ""
    """``%``, ``USD``, ``x``, or the words after the number ("seconds", "pending tasks")."""
    of: str = ""
    """What a percentage is of ("requests", "pool")."""
    approx: bool = False

    def __str__(self) -> str:
        return self.raw

    @property
    def ratio(self) -> Range:
        """The value with percentages as fractions of one."""
        return self.value.scaled(Range.point(Decimal("0.01"))) if self.unit == "%" else self.value


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes a stage due: ``50+ Users``, ``100–500 users``, ``Now``."""

    raw: str
    metric: str = ""
    """What is counted, in lower case ("users"); empty where nothing is."""
    value: Range | None = None
    conditions: tuple[str, ...] = ()
    """Other reasons, in words ("enterprise", "compliance")."""
    op: str = ""
    """``<``, ``<=``, ``>`` or ``>=``; empty where only a number stands."""

    def __str__(self) -> str:
        return self.raw

    @property
    def counted(self) -> str:
        """The name of what is counted, as files and ``measures:`` write it: ``paying-users``."""
        return re.sub(r"\W+", "-", self.metric).strip("-") if self.value else ""


def parse_figure(text: str) -> Figure:
    """Read a stated number with its operator and unit. Raises ValueError."""
    match = _FIGURE.fullmatch(respelled(text.strip()))
    if match is None:
        raise ValueError(
            f"{quote(text, 60)} is no figure; write it like < 99.9%, > 2 seconds or 16 weeks"
        )
    low = _decimal(
        match["low"], scale_of_low(match["low"], match["low_k"], match["high"], match["high_k"])
    )
    high = _decimal(match["high"], match["high_k"]) if match["high"] else low
    if high < low:
        raise ValueError(f"{text!r} runs backwards; put the smaller number first")
    op = match["op"] or (">=" if match["plus"] else "")
    unit, of = match["unit"].strip(), ""
    if match["sign"]:
        unit = currency_of(match["sign"].strip())
    elif match["x"]:
        unit = "x"
    elif unit.startswith("%"):
        rest = unit[1:].strip()
        op = op or (">=" if rest.startswith("+") else "")
        unit, of = "%", rest.removeprefix("+").strip().removeprefix("of ").strip()
    return Figure(
        text, Range(low, high), _OPERATORS.get(op, op), unit, of, approx=bool(match["approx"])
    )


def parse_trigger(text: str) -> Trigger:
    """Read what makes a stage due; text without a number is kept as a condition."""
    main, *others = (part.strip() for part in re.split(r",(?!\d{3}(?!\d))", text))
    conditions = tuple(word.strip() for part in others for word in part.split("/"))
    if not re.match(r"[<>≤≥]?\s*\d", main):
        return Trigger(text, conditions=(main, *conditions) if main else conditions)
    figure = parse_figure(main)
    value = figure.value
    if figure.op in (">", ">="):
        value = Range(value.low, None)
    elif figure.op in ("<", "<="):
        value = Range(Decimal(0), value.high)
    return Trigger(text, figure.unit.lower(), value, conditions, figure.op)


def _decimal(digits: str, suffix: str | None = None) -> Decimal:
    # scaleb keeps the precision: 14.2K was written to the hundred.
    return Decimal(digits.replace(",", "")).scaleb(_SCALE.get(suffix or "", 0))


FigureText = Annotated[
    Figure,
    FromText(
        parse_figure, {"type": "string", "examples": ["< 99.9%", "> 2 seconds", "95%+", "16 weeks"]}
    ),
]
TriggerText = Annotated[
    Trigger,
    FromText(parse_trigger, {"type": "string", "examples": ["50+ users", "100-500 users", "Now"]}),
]
