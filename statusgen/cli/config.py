"""``statusgen validate`` and ``statusgen schema``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from statusgen.base.errors import InputError, Problem
from statusgen.cli.common import (
    config_option,
    json_option,
    print_json,
)
from statusgen.config.schema import status_schema
from statusgen.probe.kinds import KINDS
from statusgen.roadmap.schema import guide_schema, roadmap_schema
from statusgen.run.places import HISTORY
from statusgen.run.site import site_now


@click.command()
@config_option
@json_option
@click.option("--strict", is_flag=True, help="Count warnings as faults (exit code 1).")
def validate(config_path: Path | None, as_json: bool, strict: bool) -> None:
    """Check what you wrote (configuration, incidents, roadmaps); say where and how to mend it.

    Example: statusgen validate
    """
    try:
        site = site_now(config_path, HISTORY)
        settings = site.settings
        errors = [*settings.left_out, *site.problems]
    except InputError as error:
        if not as_json:
            raise
        print_json({"valid": False, "errors": [_shown(p) for p in error.problems], "warnings": []})
        raise click.exceptions.Exit(2) from None
    if as_json:
        print_json(
            {
                "valid": not errors,
                "errors": [_shown(problem) for problem in errors],
                "warnings": [_shown(problem) for problem in site.warnings],
                "monitors": [monitor.id for monitor in settings.monitors],
            }
        )
    else:
        for warning in site.warnings:
            click.echo(f"warning: {warning}", err=True)
        if errors:
            raise InputError(errors)
        click.echo(
            f"{settings.file}: {len(settings.monitors)} monitors, "
            f"{len(settings.components)} components: fine"
            + (f", {len(site.warnings)} warnings" if site.warnings else "")
        )
    if errors:
        raise click.exceptions.Exit(2)
    if strict and site.warnings:
        raise click.exceptions.Exit(1)


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
    "wizard": guide_schema,
}


@click.command()
@click.argument("name", type=click.Choice(list(_SCHEMAS)), default="status")
def schema(name: str) -> None:
    """Print the JSON Schema of a file that you write, for editors: status, roadmap or wizard.

    Example: statusgen schema > status.schema.json
    """
    click.echo(json.dumps(_SCHEMAS[name](), indent=2, ensure_ascii=False))
