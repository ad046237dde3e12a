"""What the answers cost a month, and what is counted for it: minutes, e-mails, gigabytes. Pure.

A price per unit is multiplied by a number that a question asks for, or by what rules count: the
products of every counting rule that holds, added up per unit. All numbers are whole millionths.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from statusgen.wizard.condition import Answers, holds
from statusgen.wizard.exact import LARGEST, MICRO, times
from statusgen.wizard.program import Program


def chosen(value: Any) -> list[str]:
    """Return the options that an answer takes; none for texts, numbers, yes and no."""
    if isinstance(value, list):
        return list(value)
    return [value] if isinstance(value, str) else []


def counted(program: Program, known: Answers) -> list[dict[str, Any]]:
    """Return what the counting rules that hold come to: ``{rule, unit, value}``.

    A value is None where a number that it is made of was not answered.
    """
    return [
        {"rule": rule["id"], "unit": rule["unit"], "value": _product(rule["factors"], known)}
        for rule in program["counts"]
        if holds(rule["when"], known)
    ]


def _product(factors: list[Any], known: Answers) -> int | None:
    value = MICRO
    for factor in factors:
        number = known.get(factor) if isinstance(factor, str) else factor
        if number is None:
            return None
        value = min(times(value, number, MICRO), LARGEST)
    return value


def _used(program: Program, known: Answers) -> dict[str, int | None]:
    """Return how much of each unit is used; None where that cannot be told."""
    used = {one["unit"]: known.get(one["id"]) for one in program["questions"] if one["unit"]}
    for one in counted(program, known):
        before = used.get(one["unit"], 0)
        both = before is not None and one["value"] is not None
        used[one["unit"]] = before + one["value"] if both else None
    return used


def cost(program: Program, known: Answers) -> dict[str, Any]:
    """Return what the chosen options cost a month: both ends, and what they do not hold.

    ``open``: ``[question, option, what]`` for what cannot be told; ``unpriced``: options without a
    price among others that have one; ``bill``: each price per unit with what is used of it, what of
    that is included and paid for, and both ends of what it comes to.
    """
    low, high = 0, 0
    unlimited = False
    missing: list[list[str]] = []
    unpriced: list[list[str]] = []
    bill: list[dict[str, Any]] = []
    used = _used(program, known)
    for question, one, priced in _taken(program, known):
        at = [question["id"], one["id"]]
        price = one.get("cost")
        if price is None:
            if one["id"] != "none" and priced:
                unpriced.append(at)
            continue
        low += price["low"]
        high += price["high"] or 0
        unlimited = unlimited or price["high"] is None
        missing += [[*at, what] for what in price["open"]]
        for rate in price["rates"]:
            line = _line(at, rate, used.get(rate["unit"]))
            if line is None:
                missing.append([*at, rate["unit"]])
                unlimited = True
                continue
            bill.append(line)
            low += line["low"]
            high += line["high"] or 0
            unlimited = unlimited or line["high"] is None
    return {
        "low": low,
        "high": None if unlimited else high,
        "open": missing,
        "unpriced": unpriced,
        "bill": bill,
    }


def _taken(
    program: Program, known: Answers
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], bool]]:
    """Yield the options taken, each with its question, and whether any there has a price."""
    for question in program["questions"]:
        if question["options"] and question["id"] in known:
            priced = any("cost" in one for one in question["options"])
            for name in chosen(known[question["id"]]):
                yield question, next(o for o in question["options"] if o["id"] == name), priced


def _line(at: list[str], rate: Mapping[str, Any], used: int | None) -> dict[str, Any] | None:
    if used is None:
        return None
    paid = max(0, used - rate["free"])
    return {
        "question": at[0],
        "option": at[1],
        "unit": rate["unit"],
        "used": used,
        "free": rate["free"],
        "paid": paid,
        "low": _amount(rate["low"], paid, rate["per"]),
        "high": None if rate["high"] is None else _amount(rate["high"], paid, rate["per"]),
    }


def _amount(rate: int, paid: int, per: int) -> int:
    """A thousand millions at most: the browser's numbers are exact so far."""
    return min(times(rate, paid, per), LARGEST)
