"""``statusgen import``."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.text import one_line
from statusgen.cli.common import json_option, print_json
from statusgen.roadmap.importer import Imported, import_markdown


@click.group(name="import")
def import_() -> None:
    """Turn a document into a draft that you then edit."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the draft here instead of printing it; no file is overwritten.",
)
@json_option
def markdown(file: Path, out: Path | None, as_json: bool) -> None:
    """Draft a roadmap from a Markdown document: stages, services, prices, options, checklists.

    Each part says in `source:` from which line it comes. What could not be read, and characters
    that had to be guessed in a damaged document, are told on standard error.

    Example: statusgen import markdown plan.md --out data/roadmaps/plan.yml
    """
    if out is not None and out.exists():
        raise InputError(f"{out} is there already; import overwrites nothing")
    imported = import_markdown(file, file.name)
    if out is not None:
        write_atomic(out, imported.yaml.encode())
    if as_json:
        print_json(_shown(imported))
    elif out is None:
        click.echo(imported.yaml, nl=False)
    _tell(file, imported, out)


def _tell(file: Path, imported: Imported, out: Path | None) -> None:
    if imported.was_double_encoded:
        count = len(imported.guesses)
        click.echo(f"{file}: was encoded twice; repaired, {count} characters guessed", err=True)
    for guess in imported.guesses:
        click.echo(f"{file}:{guess.line}:{guess.column}: guessed {guess.guess!r}", err=True)
    for left in imported.unread:
        click.echo(f"{file}:{left.line}: {left.why}: {one_line(left.text, 100)}", err=True)
    found = ", ".join(f"{count} {kind}" for kind, count in imported.counts.items())
    where = f"{out}: " if out is not None else ""
    click.echo(f"{where}found {found or 'nothing'}; {len(imported.unread)} lines unread", err=True)


def _shown(imported: Imported) -> dict[str, object]:
    return {
        "yaml": imported.yaml,
        "counts": dict(imported.counts),
        "was_double_encoded": imported.was_double_encoded,
        "guesses": [
            {"line": guess.line, "column": guess.column, "was": guess.was, "guess": guess.guess}
            for guess in imported.guesses
        ],
        "unread": [
            {"line": left.line, "text": left.text, "why": left.why} for left in imported.unread
        ],
    }
