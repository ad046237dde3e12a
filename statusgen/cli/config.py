"""``statusgen validate`` and ``statusgen schema``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from statusgen.base.errors import InputError, Problem
from statusgen.cli.common import (
    config_option,
    json_option,
    print_json,
)
from statusgen.cli.review import print_summary
from statusgen.config.schema import status_schema
from statusgen.probe.kinds import KINDS
from statusgen.roadmap.schema import roadmap_schema, wizard_schema
from statusgen.run.files import KNOWN, Judged, judge_files
from statusgen.run.places import HISTORY
from statusgen.run.site import Site, site_now
from statusgen.wizard.schema import blueprint_schema


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@config_option
@json_option
@click.option("--strict", is_flag=True, help="Count warnings as faults (exit code 1).")
@click.option("--summary", is_flag=True, help="With --against: say what changed, as Markdown.")
@click.option("--against", metavar="COMMIT", default="", help="What is changed, e.g. HEAD^1.")
def validate(
    files: tuple[Path, ...],
    config_path: Path | None,
    as_json: bool,
    strict: bool,
    summary: bool,
    against: str,
) -> None:
    """Check what you wrote (configuration, incidents, roadmaps); say where and how to mend it.

    With FILES those alone, of whichever kind each is; else everything here.

    Example: statusgen validate content/incidents/2026-11-20-mail.md
    """
    if bool(against) is not summary or (summary and files):
        raise InputError("write --summary and --against COMMIT together, without files")
    site = site_now(config_path, HISTORY)
    if summary:
        print_summary(site, against)
        return
    told = _of_files(judge_files(files, site)) if files else _of_site(site, as_json)
    if as_json:
        shown = {"errors": told.errors, "warnings": told.warnings}
        lists = {name: [_shown(problem) for problem in found] for name, found in shown.items()}
        print_json({"valid": not told.errors, **lists, **told.more})
    else:
        for warning in told.warnings:
            click.echo(f"warning: {warning}", err=True)
        if told.errors:
            raise InputError(told.errors)
        for line in told.fine:
            click.echo(line)
    if told.errors:
        raise click.exceptions.Exit(2)
    if strict and told.warnings:
        raise click.exceptions.Exit(1)


@dataclass(frozen=True)
class _Told:
    errors: Sequence[Problem]
    warnings: Sequence[Problem] = ()
    fine: Sequence[str] = ()
    """What is said where there are no errors."""
    more: Mapping[str, object] = field(default_factory=dict)
    """What JSON holds beside errors and warnings."""


def _of_files(judged: Sequence[Judged]) -> _Told:
    return _Told(
        errors=[problem for each in judged for problem in each.problems],
        warnings=[warning for each in judged for warning in each.warnings],
        fine=[f"{each.file}: {_kind(each)}: fine" for each in judged],
        more={"files": [{"file": str(each.file), "kind": each.kind or None} for each in judged]},
    )


def _kind(each: Judged) -> str:
    return KNOWN.get(each.kind, "").partition(" (")[0]


def _of_site(site: Site, as_json: bool) -> _Told:
    try:
        settings = site.settings
        errors = [*settings.left_out, *site.problems]
    except InputError as error:
        if not as_json:
            raise
        return _Told(error.problems)
    count = f", {len(site.warnings)} warnings" if site.warnings else ""
    fine = (
        f"{settings.file}: {len(settings.monitors)} monitors, "
        f"{len(settings.components)} components: fine{count}"
    )
    more = {"monitors": [monitor.id for monitor in settings.monitors]}
    return _Told(errors, site.warnings, [fine], more)


def _shown(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "message": problem.message,
        "fix": problem.fix,
    }


_SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "status": lambda: status_schema(KINDS),
    "roadmap": roadmap_schema,
    "wizard": wizard_schema,
    "blueprint": blueprint_schema,
}


@click.command()
@click.argument("name", type=click.Choice(list(_SCHEMAS)), default="status")
def schema(name: str) -> None:
    """Print a JSON Schema: of the files that you write, for editors, or of a wizard's blueprint.

    Example: statusgen schema > status.schema.json
    """
    click.echo(json.dumps(_SCHEMAS[name](), indent=2, ensure_ascii=False))
