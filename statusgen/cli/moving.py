"""``statusgen import gatus``, ``kuma``, ``statuspage``, ``cstate``: moving with all one has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.base import clock
from statusgen.cli.common import instant, json_option, now_option, print_json

if TYPE_CHECKING:
    from statusgen.run.brought import Brought
    from statusgen.takeover.found import Found

_out = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The repository to bring it into; default: this folder.",
)
_dry = click.option("--dry-run", is_flag=True, help="Print the configuration; write nothing.")


@click.command()
@click.argument("place", type=click.Path(path_type=Path, exists=True))
@_out
@_dry
@now_option
@json_option
def gatus(place: Path, out: Path, dry_run: bool, now_text: str | None, as_json: bool) -> None:
    """Take over Gatus' endpoints: PLACE is its configuration, a file or a folder of them.

    Example: statusgen import gatus config/config.yaml --dry-run
    """
    from statusgen.takeover.gatus import read_gatus

    _bring(lambda: read_gatus(place), out, dry_run, now_text, as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_out
@_dry
@now_option
@json_option
def kuma(file: Path, out: Path, dry_run: bool, now_text: str | None, as_json: bool) -> None:
    """Take over Uptime Kuma's monitors, beats, incidents and maintenance from a copy of kuma.db.

    Example: statusgen import kuma kuma.db --dry-run
    """
    from statusgen.takeover.kuma import read_kuma

    _bring(lambda: read_kuma(file), out, dry_run, now_text, as_json)


@click.command()
@click.argument("place", type=click.Path(path_type=Path, exists=True))
@_out
@_dry
@now_option
@json_option
def statuspage(place: Path, out: Path, dry_run: bool, now_text: str | None, as_json: bool) -> None:
    """Take over a Statuspage's components, incidents and maintenance.

    PLACE holds components.json, incidents.json and scheduled-maintenances.json, saved from the
    page's /api/v2/.

    Example: statusgen import statuspage saved/ --dry-run
    """
    from statusgen.takeover.statuspage import read_statuspage

    _bring(lambda: read_statuspage(place), out, dry_run, now_text, as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_out
@_dry
@now_option
@json_option
def cstate(folder: Path, out: Path, dry_run: bool, now_text: str | None, as_json: bool) -> None:
    """Take over cState's systems and issues: FOLDER holds its config.yml.

    Example: statusgen import cstate ../old-status --dry-run
    """
    from statusgen.takeover.cstate import read_cstate

    _bring(lambda: read_cstate(folder), out, dry_run, now_text, as_json)


COMMANDS = (gatus, kuma, statuspage, cstate)


def _bring(
    read: Callable[[], Found], out: Path, dry_run: bool, now_text: str | None, as_json: bool
) -> None:
    from statusgen.run.brought import bring

    now = instant(now_text)
    brought = bring(out, read(), now=clock.now() if now is None else now, dry_run=dry_run)
    if as_json:
        print_json(_shown(brought))
        return
    if dry_run:
        click.echo(brought.config, nl=False)
    for problem in brought.left:
        click.echo(str(problem), err=True)
    would = "would be" if dry_run else "were"
    parts = [f"{brought.monitors} monitors"]
    if brought.config_written:
        parts[0] += f" written to {out / 'data/status.yml'}"
    elif not dry_run:
        parts[0] += " not written: a configuration is there (--dry-run prints this one)"
    parts.append(f"{len(brought.files)} incidents and windows {would} written")
    if brought.known_files:
        parts.append(f"{brought.known_files} were there already")
    parts.append(f"{brought.rounds} rounds {would} brought")
    if brought.known_rounds:
        parts.append(f"{brought.known_rounds} had been brought before")
    parts.append(f"{len(brought.left)} things not taken over, each named above")
    click.echo("; ".join(parts), err=True)


def _shown(brought: Brought) -> dict[str, object]:
    return {
        "config": brought.config,
        "config_written": brought.config_written,
        "monitors": brought.monitors,
        "files": [path.as_posix() for path in brought.files],
        "known_files": brought.known_files,
        "rounds": brought.rounds,
        "known_rounds": brought.known_rounds,
        "left": [
            {"file": one.file, "line": one.line, "message": one.message, "fix": one.fix}
            for one in brought.left
        ],
    }
