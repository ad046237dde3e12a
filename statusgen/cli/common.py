"""What several commands share: options, the configuration they find, the way they print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from statusgen.base import clock
from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line
from statusgen.config.settings import Settings
from statusgen.run.places import HISTORY

if TYPE_CHECKING:
    from statusgen.run.site import Site

F = TypeVar("F", bound=Callable[..., Any])

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="The configuration; default: data/status.yml, else .upptimerc.yml.",
)
history_option = click.option(
    "--history",
    "history_folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=HISTORY,
    show_default=True,
    help="The folder of recorded rounds.",
)
now_option = click.option(
    "--now",
    "now_text",
    metavar="TIME",
    help="Take this for the present, e.g. 2026-11-20T20:10:03Z; default: the newest round.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def tell_warnings(settings: Settings) -> None:
    """Print the warnings of a configuration and the sites that it leaves out."""
    for warning in settings.warnings:
        click.echo(f"warning: {warning}", err=True)
    for problem in settings.left_out:
        click.echo(f"error: {problem}; this site is left out", err=True)


def instant(text: str | None) -> clock.Instant | None:
    """Read ``--now``, else SOURCE_DATE_EPOCH, else None. Raises InputError."""
    try:
        return clock.given_now(text, os.environ)
    except ValueError as error:
        raise InputError(str(error)) from None


def moment(text: str, site: Site, option: str) -> clock.Instant:
    """Read a time as people write it; without an offset it is on the site's clock."""
    from statusgen.incident.times import read_time

    try:
        return read_time(text, site.settings.site.timezone).at
    except ValueError as error:
        raise InputError(f"{option}: {error}") from None


def tell_written(
    path: Path, warnings: Sequence[Problem], shown: dict[str, object], *, as_json: bool
) -> None:
    """Say which file was written, and what its author may want to mend."""
    from statusgen.words import Words

    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    if as_json:
        print_json(shown)
    else:
        click.echo(Words.of().say("terminal.wrote", file=str(path)))


def seconds(text: str, option: str) -> int:
    """Read a duration option. Raises InputError naming the option."""
    try:
        return clock.parse_duration_ms(text) // 1000
    except ValueError as error:
        raise InputError(f"{option}: {error}") from None


def print_json(value: object) -> None:
    """Print one JSON value on one line, flushed, so that a reader sees it at once.

    What cannot be seen, and what a log of GitHub's takes for a command, is written as JSON escapes.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not text.isprintable():
        text = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
    click.echo(text.replace("##[", "#\\u0023["))
    sys.stdout.flush()


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Print rows as a table on a terminal, else as plain tab-separated lines."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        try:
            from rich.console import Console
            from rich.table import Table
            from rich.text import Text
        except ImportError:  # `statusgen` alone, without its site extra
            pass
        else:
            table = Table(title=title or None, title_justify="left")
            for header in headers:
                table.add_column(header)
            for row in cells:
                table.add_row(*(Text(cell) for cell in row))
            Console().print(table)
            return
    click.echo("\t".join(headers))
    for row in cells:
        click.echo("\t".join(row))
