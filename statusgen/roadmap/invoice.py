"""Invoices: what was billed, read from CSV files of a person or of a vendor.

Two forms are read: columns ``month,service,amount`` (and ``currency``), as a person writes them,
and FOCUS (FinOps Open Cost and Usage Specification, version 1.0), as vendors export it. A line that
cannot be read is told with its place, and keeps no other from being read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import read_text
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import currency_of

FOCUS = {
    "month": ("ChargePeriodStart", "BillingPeriodStart"),
    "service": ("ServiceName",),
    "amount": ("BilledCost",),
    "currency": ("BillingCurrency",),
}
"""What of FOCUS is read: our name → its columns, the first that is there."""
_PLAIN = ("month", "service", "amount")
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\d+,\d{2})")
_AMBIGUOUS = re.compile(r"[-−]?\d{1,3}(?:[.,]\d{3})")
_AMOUNT = re.compile(r"(?P<before>[^\d\s.,−-]*)\s*(?P<number>[-−]?\d[\d.,]*)\s*(?P<behind>[^\d]*)")
_MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d\d(?:[T ].*)?)?")
_MOST = 1_000_000
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Billed:
    """One line of an invoice."""

    month: str
    """``2026-10``."""
    service: str
    currency: str
    """Empty: as the roadmap's."""
    amount: Decimal


@dataclass(slots=True)
class Invoices:
    """What was read of some files."""

    lines: list[Billed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def months(self) -> list[str]:
        """The months that something was billed for, oldest first."""
        return sorted({line.month for line in self.lines})


def invoice_files(folder: Path, roadmap: str) -> list[Path]:
    """Return the files of a roadmap: ``<id>.csv`` and whatever lies in ``<id>/``."""
    found = [folder / f"{roadmap}.csv", *sorted((folder / roadmap).glob("*.csv"))]
    return [path for path in found if path.is_file()]


def all_invoices(folder: Path, plans: Sequence[Roadmap], root: Path) -> dict[str, Invoices]:
    """Read what is there for each roadmap; under an empty name, what belongs to none."""
    found: dict[str, Invoices] = {}
    roadmaps = [plan.id for plan in plans]
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = path.name if path.is_dir() else path.stem
        if path.name.startswith(".") or (path.is_file() and path.suffix.lower() != ".csv"):
            continue
        if name not in roadmaps:
            shown = str(path.relative_to(root))
            fix = suggest(name, roadmaps) or "call it after a roadmap of data/roadmaps/"
            problem = Problem(f"is not read: there is no roadmap {quote(name, 60)}", fix, shown)
            found.setdefault("", Invoices()).problems.append(problem)
        elif name not in found:
            found[name] = read_invoices(invoice_files(folder, name), root)
    return found


def read_invoices(paths: Sequence[Path], root: Path = Path()) -> Invoices:
    """Read files; nothing is raised for what one of them holds."""
    found = Invoices()
    for path in paths:
        shown = path.relative_to(root) if path.is_relative_to(root) else path
        try:
            read_invoice(read_text(path, str(shown)), str(shown), found)
        except InputError as error:
            found.problems += error.problems
    return found


def read_invoice(text: str, file: str, found: Invoices) -> None:
    """Read one file. Raises InputError where its columns are none of those that are known."""
    delimiter = (
        ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    )
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter, strict=True)
    try:
        head = next(rows, [])
        columns = _columns(head, file)
        for row in rows:
            if rows.line_num > _MOST:
                raise InputError([Problem("holds more lines than are read", "", file, _MOST)])
            if any(cell.strip() for cell in row):
                found.lines += _line(row, columns, file, rows.line_num, found.problems)
    except csv.Error as error:
        raise InputError([Problem(one_line(str(error)), "", file, rows.line_num)]) from None


def _columns(head: Sequence[str], file: str) -> Mapping[str, int]:
    names = [cell.strip() for cell in head]
    lower = {name.casefold(): number for number, name in enumerate(names)}
    if all(name in lower for name in _PLAIN):
        return {name: lower[name] for name in (*_PLAIN, "currency") if name in lower}
    if all(any(name in names for name in given) for given in FOCUS.values()):
        return {
            ours: next(names.index(name) for name in given if name in names)
            for ours, given in FOCUS.items()
        }
    fix = "let its first line be month,service,amount and, where it matters, currency; or FOCUS"
    said = f"has the columns {quote(', '.join(names), 120)}, which are those of no invoice"
    raise InputError([Problem(said, fix, file, 1, 1)])


def _line(
    row: Sequence[str], columns: Mapping[str, int], file: str, number: int, problems: list[Problem]
) -> Iterator[Billed]:
    def cell(name: str) -> str:
        place = columns.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    def wrong(name: str, message: str, fix: str) -> None:
        problems.append(Problem(f"{name}: {message}", fix, file, number, columns[name] + 1))

    month = _MONTH.fullmatch(cell("month"))
    service = one_line(cell("service"), _LONGEST)
    if month is None:
        wrong("month", f"{quote(cell('month'), 40)} is no month", "write it like 2026-10")
        return
    if not service:
        wrong("service", "is empty", "write what was billed")
        return
    try:
        currency, amount = read_amount(cell("amount"))
        code = currency_of(cell("currency")) if cell("currency") else ""
    except ValueError as error:
        message, _, fix = str(error).partition("; ")
        wrong("amount", message, fix)
        return
    if currency and code and currency != code:
        wrong("amount", f"is in {currency}, and the line says {code}", "write one of them")
        return
    yield Billed(month[1], service, currency or code, amount)


def read_amount(text: str) -> tuple[str, Decimal]:
    """Read ``12.50``, ``€1,234.50``, ``12,50 EUR``; the code is empty where none is written.

    Raises ValueError, ``what; what to write instead``.
    """
    match = _AMOUNT.fullmatch(text.strip())
    sign = (match["before"] or match["behind"]).strip() if match else ""
    if match is None or (match["before"].strip() and match["behind"].strip()):
        raise ValueError(f"{quote(text, 40)} is no amount; write it like 12.50")
    number = match["number"]
    if _AMBIGUOUS.fullmatch(number):
        whole = number.replace(",", "").replace(".", "")
        raise ValueError(f"{quote(text, 40)} can be read in two ways; write {whole} or {whole}.00")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"{quote(text, 40)} is no amount; write it like 12.50")
    plain = number.replace("−", "-")
    tail = re.search(r",\d{2}$", plain)
    plain = (
        plain.replace(",", ".") if tail and "." not in plain and plain.count(",") == 1 else plain
    )
    return currency_of(sign) if sign else "", Decimal(plain.replace(",", ""))
