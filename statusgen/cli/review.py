"""How ``validate --summary`` tells what a change does: Markdown for a job's summary."""

from __future__ import annotations

import re

import click

from statusgen.base.errors import InputError
from statusgen.base.text import one_line
from statusgen.gates.ledger import differences
from statusgen.run.changes import Change, changes, site_at
from statusgen.run.claims import effects, ledger_of, told_change
from statusgen.run.places import HISTORY
from statusgen.run.site import Site

_MOST = 200


def print_summary(site: Site, against: str) -> None:
    """Print a table of what changed since a commit. Raises InputError where this is not valid."""
    settings = site.settings
    faults = [*settings.left_out, *site.problems]
    if faults:
        raise InputError(faults)
    with site_at(against, HISTORY) as before:
        try:
            found = changes(before, site)
            claims = differences(ledger_of(before), ledger_of(site))
            effect = effects(before, site, claims)
        except InputError as error:
            before_said = _cell(str(error.problems[0]))
            click.echo(f"What is changed could not be read, so nothing is compared: {before_said}")
            return
    count, components = len(settings.monitors), len(settings.components)
    click.echo(f"### What this change does\n\nValid: {count} monitors, {components} components.\n")
    if effect:
        click.echo(f"**{_cell('; '.join(effect))}**\n")
    found += [Change(*told_change(each)) for each in claims]
    if not found:
        click.echo("It changes no monitor, no component, no cost and no claim.")
        return
    click.echo("| what | of | |\n|---|---|---|")
    for each in found[:_MOST]:
        click.echo(_row(each))
    if len(found) > _MOST:
        click.echo(f"\nand {len(found) - _MOST} more")


def _row(change: Change) -> str:
    return f"| {change.what} | {_cell(change.name)} | {_cell(change.told)} |"


def _cell(text: str) -> str:
    """Return text that means nothing to Markdown or HTML: whoever proposes a change wrote it."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&@:])", r"\\\1", one_line(text, 300))
