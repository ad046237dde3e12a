"""How ``statusgen roadmap actual`` prints what was billed beside what was planned."""

from __future__ import annotations

import click

from statusgen.cli.common import print_json, print_table
from statusgen.roadmap.actual import Compared, MonthCompared, Verdict
from statusgen.roadmap.money import format_money, format_range
from statusgen.words.money import json_number
from statusgen.words.speaker import NOTHING

_SAID = {
    Verdict.AS_PLANNED: "as planned",
    Verdict.MORE: "more",
    Verdict.LESS: "less",
    Verdict.UNPLANNED: "not planned",
    Verdict.UNBILLED: "not billed",
    Verdict.OPEN: "cannot be told",
}


def print_actual(month: MonthCompared, *, as_json: bool) -> None:
    """Print a month: each service, then the sums by currency."""
    if as_json:
        print_json(
            {
                "month": month.month,
                "stage": month.stage.id if month.stage else None,
                "services": [_shown(row) for row in month.rows],
                "sums": [_shown(row) for row in month.sums],
            }
        )
        return
    if month.stage is None:
        said = "no stage has dates that hold this month, and none is current: no estimate"
        click.echo(f"{said}; --stage names one")
    rows = [_row(row) for row in (*month.rows, *month.sums)]
    title = f"{month.month}: {month.stage.name}" if month.stage else month.month
    print_table(("Service", "Planned", "Billed", "Difference", "Is"), rows, title=title)


def _row(row: Compared) -> tuple[str, ...]:
    planned, difference = row.planned, row.difference
    return (
        row.service or f"All in {row.currency}",
        NOTHING if planned is None else format_range(row.currency, planned),
        NOTHING if row.billed is None else format_money(row.currency, row.billed),
        NOTHING if not difference else format_money(row.currency, difference),
        _SAID[row.verdict],
    )


def _shown(row: Compared) -> dict[str, object]:
    planned = row.planned
    high = planned.high if planned else None
    return {
        "service": row.service or None,
        "currency": row.currency,
        "planned_low": json_number(planned.low) if planned else None,
        "planned_high": json_number(high) if high is not None else None,
        "billed": json_number(row.billed) if row.billed is not None else None,
        "difference": json_number(row.difference) if row.difference is not None else None,
        "verdict": row.verdict.value,
    }
