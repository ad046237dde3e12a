"""Criteria and claims: numbers in prose that can be held against something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from statusgen.importer.calculations import Calculation, calculations
from statusgen.importer.found import Entity
from statusgen.importer.inline import Line
from statusgen.importer.staged import reads
from statusgen.importer.tree import Section, said
from statusgen.importer.words import has_money, pair
from statusgen.roadmap.criteria import metric_in, window_in
from statusgen.roadmap.model import parse_figure

_FIGURE = re.compile(
    r"(?<![A-Za-z\d.])(?:[<>≤≥]=?\s?)?~?[$€£₵₦₹¥]?\d[\d,.]*(?:\s?[-–]\s?\d[\d,.]*)?[KM]?\+?\s?%?\+?"
    r"(?:/(?:month|mo|year|yr))?(?:\s?(?:ms|s|seconds?|min|minutes?|hours?|days?|customers?|users?)\b)?"
)
_PERCENT = r"(?P<stated>~?\d{1,3}(?:\.\d+)?\s?%\+?)"
_CLAIMS = (
    (
        "duration",
        r"(?P<stated>\d{1,4}(?:\s?[-–]\s?\d{1,4})?\s+(?i:weeks|months|days))\b",
        r"total.* (time|duration)|time to",
    ),
    ("percent", _PERCENT, r"sav|reduc|cheaper|lower|cut"),
    (
        "margin",
        _PERCENT,
        r"margins?(?! of error|[ -](?:buffer|call|level|account|note|top|left|right|bottom)s?\b)",
    ),
    ("saving", r"(?P<stated>~?[$€£₵₦₹¥]\d(?:[\d,.]*\d)?)(?=\s+(?:saved|in savings))", r"sav"),
    ("break_even", r"(?P<stated>\d{1,7}\s+(?:customers|users|clients))", r"break-?\s?even"),
    (
        "ratio",
        r"(?<![\d.,])(?P<stated>(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?x)\b",
        r"faster|cheaper|fewer|more|less",
    ),
)
"""Kind, where the stated figure stands, and what the sentence must be about."""


_CODE = re.compile(r"`[^`]*`")
"""What a program calls so (`margin-left`) is no subject of a claim."""


def criterion(line: Line) -> Entity | None:
    """Read ``**Reliability**: >99.9% uptime (30 days)``; None where no figure stands in it."""
    read = pair(line, loose=True)
    label, value = (read.label, read.value) if read and read.value else ("", line.text)
    match = next(
        (found for found in _FIGURE.finditer(value) if reads(parse_figure, found[0])), None
    )
    if match is None:
        return None
    whole = f"{label} {value}".lower()
    near = value[: match.end() + 40].lower()
    metric = metric_in(label.lower(), near, whole)
    part = Entity("criterion", line.number, {"text": line.text, "metric": metric})
    part.fields["target"] = match[0].strip()
    part.set("window", window_in(value[match.end() :]))
    return part


def claims(section: Section) -> Iterator[Entity]:
    """Yield the statements of a section's own text that name a figure to check."""
    for line in (section.title, *chain.from_iterable(map(said, section.blocks))):
        low = _CODE.sub(" ", line.text.lower())
        for kind, pattern, about in _CLAIMS:
            match = re.search(pattern, line.text)
            if match and re.search(about, low) and reads(parse_figure, match["stated"]):
                fields = {"text": line.text, "kind": kind, "stated": match["stated"].strip()}
                yield Entity("claim", line.number, {**fields})
    yield from sums(section)


def sums(section: Section) -> Iterator[Entity]:
    """Yield the calculations of a section's paragraphs that come to money, with their formulas."""
    for line in section.prose:
        for found in calculations(line.text):
            if (
                found.money
                and not found.converts
                and found.sure
                and has_money(found.stated)
                and reads(parse_figure, found.result)
            ):
                fields = {"text": line.text, "kind": "sum", "stated": _plain(found)}
                yield Entity("claim", line.number, {**fields, "formula": found.formula})


def _plain(found: Calculation) -> str:
    """Return a result as it was written, where a roadmap file reads it so."""
    mark = "~" if found.approx else ""
    written = f"{mark}{found.stated}"
    if reads(parse_figure, written):
        one, other = parse_figure(written), parse_figure(f"{mark}{found.result}")
        if (one.value, one.unit) == (other.value, other.unit):
            return written
    return f"{mark}{found.result}"
