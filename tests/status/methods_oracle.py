"""Five methods of counting, written out second by second as an independent oracle.

It shares no code with the program: a past is a list with one letter a second (``u`` up, ``g``
degraded, ``p`` partial, ``d`` down, ``?`` unobserved), and maintenance is a set of seconds.
"""

from __future__ import annotations

from fractions import Fraction

Figures = dict[str, Fraction | None]


def figures(
    past: str, windows: set[int], excluded: set[int], start: int, end: int, quarter: int = 900
) -> Figures:
    """Return what each method says of ``[start, end)`` of a past that began at 0.

    ``quarter``: how many letters are a quarter of an hour, for pasts of one letter a minute.
    """
    return {
        "ours": _ours(past, excluded, start, end),
        "counted": _ours(past, set(), start, end),
        "statuspage": _others(past, windows, start, end, {"d": Fraction(1), "p": Fraction(3, 10)}),
        "incident-io": _others(past, windows, start, end, {"d": Fraction(1), "p": Fraction(1)}),
        "upptime": _upptime(past, windows, start, end, quarter),
    }


def _ours(past: str, out: set[int], start: int, end: int) -> Fraction | None:
    good, known = Fraction(0), 0
    for second in range(start, min(end, len(past))):
        if second in out or past[second] == "?":
            continue
        known += 1
        good += {"u": Fraction(1), "g": Fraction(1), "p": Fraction(7, 10), "d": Fraction(0)}[
            past[second]
        ]
    return good / known if known else None


def _lasting(past: str) -> str:
    """Let each state last until the next one that was seen."""
    told, last = [], "u"
    for letter in past:
        last = last if letter == "?" else letter
        told.append(last)
    return "".join(told)


def _others(
    past: str, windows: set[int], start: int, end: int, loss: dict[str, Fraction]
) -> Fraction | None:
    told = _lasting(past)
    end = min(end, len(told))
    if start >= end:
        return None
    lost = sum(
        (
            loss.get(told[second], Fraction(0))
            for second in range(start, end)
            if second not in windows
        ),
        Fraction(0),
    )
    return 1 - lost / (end - start)


def _upptime(past: str, windows: set[int], start: int, end: int, quarter: int) -> Fraction | None:
    told = _lasting(past)
    down: set[int] = set()
    begun: int | None = None
    for second, letter in enumerate([*told, "end"]):
        if letter in ("u", "end"):
            if begun is not None:
                closed = letter == "u"
                if begun not in windows and not (closed and second - begun < quarter):
                    down.update(range(begun, second))
            begun = None
        elif begun is None:
            begun = second
    end = min(end, len(told))
    if start >= end:
        return None
    return 1 - Fraction(len([each for each in down if start <= each < end]), end - start)
