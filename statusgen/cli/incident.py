"""``statusgen incident``: list, take over."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base import clock
from statusgen.base.errors import InputError
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    print_json,
    print_table,
)
from statusgen.incident.adopt import adopt as adopt_incident
from statusgen.incident.model import Incident
from statusgen.run.site import Site, site_now
from statusgen.words import Words

_COLUMNS = ("id", "title", "phase", "began", "ended")


@click.group()
def incident() -> None:
    """List incidents, or take one over from the checks that opened it."""


@incident.command("list")
@config_option
@history_option
@json_option
@click.option("--open", "open_only", is_flag=True, help="Only those that last.")
def list_(config_path: Path | None, history_folder: Path, as_json: bool, open_only: bool) -> None:
    """List incidents, newest first.

    Example: statusgen incident list --open
    """
    loaded = site_now(config_path, history_folder).incidents
    found = [entry for entry in loaded.incidents if entry.open or not open_only]
    if as_json:
        print_json([_shown(entry) for entry in found])
    else:
        rows = [
            (
                entry.id,
                entry.title,
                str(entry.phase),
                clock.format_instant(entry.started),
                _end(entry),
            )
            for entry in found
        ]
        words = Words.of()  # commands speak English, whatever the pages do
        headers = [words.say(f"terminal.column-{column}") for column in _COLUMNS]
        print_table(headers, rows)
    if loaded.problems:
        raise InputError(loaded.problems)


def _end(entry: Incident) -> str:
    return "—" if entry.resolved is None else clock.format_instant(entry.resolved)


def _shown(entry: Incident) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "phase": str(entry.phase),
        "impact": str(entry.impact),
        "started": clock.format_instant(entry.started),
        "resolved": None if entry.resolved is None else clock.format_instant(entry.resolved),
        "components": [affected.component for affected in entry.affected],
        "automatic": entry.automatic,
        "adopted": entry.adopted,
        "blip": entry.blip,
        "file": entry.file,
    }


@incident.command()
@click.argument("incident_id", metavar="ID")
@history_option
def adopt(incident_id: str, history_folder: Path) -> None:
    """Copy an automatic incident to content/incidents/, from where on its words are yours.

    The checks go on recording what they measure (recovery, duration); the page joins the two.

    Example: statusgen incident adopt 2026-11-20-api
    """
    path = adopt_incident(incident_id, history_folder, Site(history=history_folder).places.content)
    click.echo(Words.of().say("terminal.adopted", file=str(path)))
