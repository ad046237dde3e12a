"""``statusgen incident form`` and ``from-form``: the form for a phone, and what it says."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from pathlib import Path

import click

from statusgen.base.errors import InputError, StatusgenError
from statusgen.base.files import append_durable, write_atomic
from statusgen.base.text import one_line
from statusgen.base.yamltree import read_text
from statusgen.cli.common import config_option, history_option, json_option, print_json
from statusgen.run.choices import FORM, inputs_for, out_of_date, renewed
from statusgen.run.site import Site, site_now
from statusgen.setup.form import form_workflow


@click.command()
@click.option("--write", is_flag=True, help=f"Write {FORM}; of one that is there, the inputs.")
@click.option("--check", "only_check", is_flag=True, help="Exit code 1 where it is out of date.")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=FORM,
    show_default=True,
    help="The workflow.",
)
@config_option
def form(write: bool, only_check: bool, path: Path, config_path: Path | None) -> None:
    """Print the workflow by which incidents are told of from a phone's browser.

    Its choices follow the configuration; after a change of components, --write renews them and
    leaves the rest of the file as it is.

    Example: statusgen incident form --write
    """
    inputs = inputs_for(Site(config=config_path).settings)
    for note in inputs.notes:
        click.echo(f"note: {note}", err=True)
    if only_check:
        if not path.exists():
            raise InputError(f"{path} is not there; write it with: statusgen incident form --write")
        renewed(read_text(path, str(path)), inputs, str(path))  # a form of ours, or told why not
        stale = out_of_date(path, inputs)
        if stale is not None:
            click.echo(f"warning: {stale}", err=True)
            raise click.exceptions.Exit(1)
        click.echo(f"{path}: up to date")
        return
    if not write:
        click.echo(form_workflow(inputs), nl=False)
        return
    there = read_text(path, str(path)) if path.exists() else None
    text = form_workflow(inputs) if there is None else renewed(there, inputs, str(path))
    if text == there:
        click.echo(f"{path}: up to date")
        return
    write_atomic(path, text.encode())
    click.echo(f"wrote {path}")


@click.command("from-form")
@config_option
@history_option
@json_option
def from_form(config_path: Path | None, history_folder: Path, as_json: bool) -> None:
    """Do what a form says, and push it; the workflow of `incident form` calls this.

    The form comes as environment variables: FORM_ACTION (open, update, resolve or withdraw),
    FORM_TITLE, FORM_COMPONENT, FORM_COMPONENTS, FORM_IMPACT, FORM_TEXT, FORM_REMEDY, FORM_NEXT,
    FORM_PHASE, FORM_INCIDENT. Where the main branch takes no direct push, the file goes to the
    branch of the history.

    Example: FORM_ACTION=resolve FORM_TEXT="The disk was replaced." statusgen incident from-form
    """
    from statusgen.run.form import read_form
    from statusgen.run.formsend import read_run, send

    site = site_now(config_path, history_folder)
    try:
        done = send(read_form(os.environ), site, read_run(os.environ), site.now)
    except StatusgenError as error:
        _tell_github("error", str(error).splitlines())
        raise
    if done.refused:
        said = f"the main branch is protected, so this lies on the branch {done.branch}"
    elif not done.new:
        said = f"nothing new: this was said before, and is on the branch {done.branch}"
    else:
        said = f"pushed to {done.branch}"
    line = one_line(f"{done.file}: {said}" if done.file else said, 600)
    warnings = [str(each) for each in done.warnings]
    if as_json:
        shown = {"file": done.file, "incident": done.incident, "branch": done.branch}
        print_json({**shown, "new": done.new, "refused": done.refused, "warnings": warnings})
    else:
        click.echo(line)
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    _tell_github("warning", warnings)
    _summarise([line, *warnings], site)


def _tell_github(level: str, lines: Sequence[str]) -> None:
    """Say it at the top of the run's page, which is what a phone shows first."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return
    for line in lines:
        told = one_line(line, 1000).replace("%", "%25")
        click.echo(f"::{level} title=The form::{told}", err=True)


def _summarise(lines: Sequence[str], site: Site) -> None:
    """Add to the summary of the run what was done, as text that cannot be anything else."""
    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if os.environ.get("GITHUB_ACTIONS") != "true" or not path:
        return
    text = "\n".join(html.escape(one_line(line, 1000)) for line in lines)
    page = site.settings.site.url
    where = f"\n\nIn a few minutes on {html.escape(page)}" if page else ""
    append_durable(Path(path), f"<pre>{text}</pre>{where}\n".encode())
