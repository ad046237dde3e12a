"""The part of ``statusgen upgrade`` that rewrites wizards of version 1."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.odd import visible
from statusgen.setup.wizard_upgrade import Rewritten, old_wizards, rewritten


def wizards_here() -> list[Rewritten]:
    """Return what is to be rewritten; what cannot be is told, and stays."""
    found = []
    for path in old_wizards(Path()):
        try:
            found.append(rewritten(Path(), path))
        except InputError as error:
            click.echo(f"{visible(str(path))}  stays of version 1:\n{error}", err=True)
    return found


def write_wizards(wizards: Sequence[Rewritten]) -> None:
    """Write them."""
    for one in wizards:
        write_atomic(one.path, one.after.encode())


def tell_wizards(wizards: Sequence[Rewritten], *, write: bool, only_check: bool) -> None:
    """Say what is or was rewritten, with a comparison."""
    for one in wizards:
        done = "rewritten" if write else "to rewrite"
        click.echo(f"{visible(str(one.path))}  {done} as statusgen/wizard@2: it asks the same")
        for comment in one.lost:
            click.echo(f"  a comment goes: # {visible(comment)}")
        if not write and not only_check:
            click.echo("")
            for line in comparison(one):
                click.echo(line)


def comparison(one: Rewritten) -> Iterator[str]:
    """Yield the lines of a unified diff."""
    name = str(one.path)
    lines = difflib.unified_diff(
        one.before.splitlines(), one.after.splitlines(), f"a/{name}", f"b/{name}", lineterm=""
    )
    for line in lines:
        yield visible(line.replace("\t", "    "))
