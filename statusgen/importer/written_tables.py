"""Tables that are written as HTML or as comma-separated values, as the tables of Markdown are."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from statusgen.importer.inline import Line

_SEPARATORS = {"csv": ",", "tsv": "\t"}
_PLAIN = frozenset(
    {"thead", "tbody", "tfoot", "colgroup", "col", "b", "strong", "i", "em", "br", "code", "span"}
    | {"a", "sup", "sub", "small"}
)
MAX_COLUMNS = 50
"""A cell that spans more says nothing."""


@dataclass(slots=True)
class Row:
    """One line of such a table."""

    line: int
    cells: list[Line] = field(default_factory=list)


def of_html(text: str, line: int) -> list[list[Row]]:
    """Return the tables of a piece of HTML, their headers first; none where there is more in it."""
    if not re.match(r"<table\b", text, re.I) or not re.search(r"</table\s*>$", text.rstrip(), re.I):
        return []
    reader = _Html(line)
    reader.feed(text)
    reader.close()
    return reader.tables if reader.is_plain and all(map(_is_whole, reader.tables)) else []


def of_fence(text: str, language: str, line: int) -> list[Row]:
    """Return the lines of a fenced block of comma-separated values, its header first."""
    separator = _SEPARATORS.get(language.lower())
    if separator is None:
        return _of_grid(text, line) if language.lower() in ("", "text", "txt") else []
    rows: list[Row] = []
    try:
        reader = csv.reader(text.split("\n"), delimiter=separator, strict=True)
        for values in reader:
            if any(map(str.strip, values)):
                number = line + reader.line_num
                rows.append(Row(number, [Line(number, value.strip()) for value in values]))
    except csv.Error:
        return []
    return rows if _is_whole(rows) and len(rows[0].cells) > 1 else []


def _of_grid(text: str, line: int) -> list[Row]:
    """Return the lines of a table in letters, whose borders all have their corners in one place."""
    written = [(number, said.strip()) for number, said in enumerate(text.split("\n"), line + 1)]
    written = [(number, said) for number, said in written if said]
    borders = {re.sub("=", "-", said) for _, said in written if said.startswith("+")}
    if len(borders) != 1 or not re.fullmatch(r"\+(?:-+\+){2,}", next(iter(borders))):
        return []
    corners = [place for place, sign in enumerate(next(iter(borders))) if sign == "+"]
    rows = []
    for number, said in written:
        if said.startswith("+"):
            continue
        if len(said) <= corners[-1] or any(said[place] != "|" for place in corners):
            return []
        cells = (said[a + 1 : b].strip() for a, b in pairwise(corners))
        rows.append(Row(number, [Line(number, cell) for cell in cells]))
    return rows if _is_whole(rows) else []


def folded(text: str) -> str | None:
    """Return the summary of what can be folded away, or nothing; None for any other HTML."""
    match = _FOLDED.fullmatch(text)
    return (match["said"] or "").strip(" \n:") if match else None


_FOLDED = re.compile(
    r"(?:</?details\b[^<>]*>\s*|<summary\b[^<>]*>(?P<said>[^<>]*)</summary>\s*)+", re.I
)


def _is_whole(rows: list[Row]) -> bool:
    return len(rows) > 1 and len({len(row.cells) for row in rows}) == 1


class _Html(HTMLParser):
    """Collects the cells; what is no table, and a table in another, is not plain."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.first = line
        self.tables: list[list[Row]] = []
        self.is_plain = True
        self._open = 0
        self._span = 1
        self._text: list[str] | None = None
        self._bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open += 1
            self.is_plain &= self._open == 1
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append(Row(self._line()))
        elif tag in ("td", "th"):
            self._close()
            told = dict(attrs)
            self.is_plain &= told.get("rowspan") in (None, "1") and bool(
                self.tables and self.tables[-1]
            )
            span = told.get("colspan") or "1"
            self._span = int(span) if span.isascii() and span.isdecimal() else MAX_COLUMNS + 1
            self.is_plain &= 0 < self._span <= MAX_COLUMNS
            self._text, self._bold = [], False
        elif tag == "br" and self._text is not None:
            self._text.append(" ")
        elif tag in ("b", "strong") and self._text == []:
            self._bold = True
        elif tag not in _PLAIN:
            self.is_plain = False  # a picture, a list: laid out, not listed

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()
        if tag == "table":
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        elif data.strip():
            self.is_plain = False

    def _line(self) -> int:
        return self.first + self.getpos()[0] - 1

    def _close(self) -> None:
        if self._text is None or not self.is_plain:
            self._text = None
            return
        text = " ".join("".join(self._text).split())
        row = self.tables[-1][-1]
        row.cells.append(Line(self._line(), text, text if self._bold else ""))
        row.cells += [Line(self._line(), "")] * (self._span - 1)
        self._text = None
