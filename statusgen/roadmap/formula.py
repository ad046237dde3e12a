"""Small arithmetic over ranges, shown with its numbers: ``1 - after / before`` → ``1 − 133 / 917``.

::

    sum     = product { ("+" | "-") product }
    product = factor { ("*" | "/") factor }
    factor  = number | name | "ceil(" sum ")" | "(" sum ")"

Names are letters, digits, hyphens, underscores and dots (``before.total``); a minus sign between
two names needs spaces. Ranges follow interval arithmetic: the result holds every value possible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from statusgen.base.text import one_line
from statusgen.roadmap.money import Range, divide, format_number

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,9})?)(?![\w.])"
    r"|(?P<name>[A-Za-z][\w-]*(?:\.[\w-]+)*)|(?P<mark>[-+*/()]))"
)
MAX_DEPTH = 20
_OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "/"}


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: ``kind`` is number, name, ceil or one of ``+ - * /``."""

    kind: str
    text: str = ""
    parts: tuple[Formula, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it, in order, each once."""
        if self.kind == "name":
            return (self.text,)
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names))

    def written(self, outer: int = 0) -> str:
        """Write the formula so that it can be read again."""
        if self.kind in ("number", "name"):
            return self.text
        if self.kind == "ceil":
            return f"ceil({self.parts[0].written()})"
        level = 1 if self.kind in "+-" else 2
        text = f"{self.parts[0].written(level)} {self.kind} {self.parts[1].written(level + 1)}"
        return f"({text})" if level < outer else text

    def value(self, values: Mapping[str, Range]) -> Range:
        """Return what it comes to. Raises KeyError for a name without value, ValueError for n/0."""
        if self.kind == "number":
            return Range.point(Decimal(self.text))
        if self.kind == "name":
            return values[self.text]
        left = self.parts[0].value(values)
        if self.kind == "ceil":
            return Range(_ceil(left.low), None if left.high is None else _ceil(left.high))
        return _combine(self.kind, left, self.parts[1].value(values))

    def shown(self, values: Mapping[str, Range], outer: int = 0) -> str:
        """Write the formula with the numbers in place of the names."""
        if self.kind == "number":
            return self.text
        if self.kind == "name":
            return show(values[self.text]) if self.text in values else f"[{self.text}]"
        if self.kind == "ceil":
            return f"⌈{self.parts[0].shown(values)}⌉"
        level = 1 if self.kind in "+-" else 2
        left = self.parts[0].shown(values, level)
        right = self.parts[1].shown(values, level + 1)
        text = f"{left} {_OPERATORS[self.kind]} {right}"
        return f"({text})" if level < outer else text


def show(amount: Range) -> str:
    """Write a range without a currency: ``133``, ``3.5``, ``175…300``, ``25…``."""
    low = _plain(amount.low)
    if amount.high is None:
        return f"{low}…"
    return low if amount.is_point else f"{low}…{_plain(amount.high)}"


def _plain(value: Decimal) -> str:
    text = format_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_formula(text: str) -> Formula:
    """Read a formula. Raises ValueError that says where it breaks off."""
    tokens: list[tuple[str, str]] = []
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None or len(tokens) > 200:
            rest = one_line(text[position:], 40)
            raise ValueError(
                f"the formula breaks off at {rest!r}; use numbers, names, + - * / ( ) and ceil( )"
            )
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind]))
        position = match.end()
    reader = _Reader(tokens)
    formula = reader.sum(0)
    if reader.left:
        raise ValueError(f"the formula has {reader.left[0][1]!r} where it should end; remove it")
    return formula


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens

    def sum(self, depth: int) -> Formula:
        return self._chain("+-", depth)

    def _chain(self, operators: str, depth: int) -> Formula:
        def part() -> Formula:
            return self._chain("*/", depth) if operators == "+-" else self._factor(depth)

        formula = part()
        while self.left and self.left[0][1] in operators:
            _, operator = self.left.pop(0)
            formula = Formula(operator, parts=(formula, part()))
        return formula

    def _factor(self, depth: int) -> Formula:
        if depth > MAX_DEPTH:
            raise ValueError(f"the formula is nested deeper than {MAX_DEPTH} levels; split it")
        if not self.left:
            raise ValueError("the formula ends too early; add a number or a name")
        kind, text = self.left.pop(0)
        if kind == "number" or (kind == "name" and text != "ceil"):
            return Formula(kind, text)
        if text == "(":
            formula = self.sum(depth + 1)
            self._close()
            return formula
        if text == "ceil" and self.left and self.left[0][1] == "(":
            self.left.pop(0)
            formula = Formula("ceil", parts=(self.sum(depth + 1),))
            self._close()
            return formula
        raise ValueError(f"the formula has {text!r} where a number or a name should stand; fix it")

    def _close(self) -> None:
        if not self.left or self.left.pop(0)[1] != ")":
            raise ValueError("the formula lacks a closing parenthesis; add it")


def _ceil(value: Decimal) -> Decimal:
    return value.to_integral_value(rounding=ROUND_CEILING)


def _combine(operator: str, left: Range, right: Range) -> Range:
    if operator == "+":
        return left + right
    if left.high is None or right.high is None:
        raise ValueError("a range without an upper end can only be added to")
    if operator == "-":
        return left + -right
    if operator == "/" and right.low <= 0 <= right.high:
        raise ValueError("the divisor may be zero")
    with localcontext() as context:
        context.prec = 40
        corners = [
            divide(a, b) if operator == "/" else a * b
            for a in (left.low, left.high)
            for b in (right.low, right.high)
        ]
    return Range(min(corners), max(corners))
