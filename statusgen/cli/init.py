"""``statusgen init``: a small repository that builds."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.text import one_line
from statusgen.cli.schedule import paid_option, private_option
from statusgen.setup.schedule_files import Kind, offer_of
from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import running_wheel

_SCHEDULES = {"visits": Kind.VISITS, "relay": Kind.RELAY, "elsewhere": None}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", default="Example Status", show_default=True, help="The site's name.")
@click.option(
    "--url",
    "monitors",
    multiple=True,
    default=("https://www.example.com/",),
    show_default=True,
    help="A URL to monitor; repeatable.",
)
@click.option("--site-url", default="", help="Where the site will be published.")
@click.option(
    "--schedule",
    type=click.Choice([*_SCHEDULES]),
    default="visits",
    show_default=True,
    help="Who brings the checks about; `statusgen schedule` says what each gives and costs.",
)
@private_option
@paid_option
def init(
    folder: Path,
    name: str,
    monitors: tuple[str, ...],
    site_url: str,
    schedule: str,
    private: bool,
    paid: bool,
) -> None:
    """Write a configuration, a page of prose, mkdocs.yml and the workflows; overwrite nothing.

    The new repository carries this program as a wheel, and hashed locks of all that it needs.

    Example: statusgen init status --name "Acme Status" --url https://www.acme.example/
    """
    kind = _SCHEDULES[schedule]
    files = starter_files(
        name=one_line(name),
        urls=monitors,
        site_url=site_url,
        wheel=running_wheel(),
        schedule=kind,
        private=private,
        paid=paid,
    )
    there = [path for path in files if (folder / path).exists()]
    if there:
        raise InputError(f"{folder / there[0]} is there already; init overwrites nothing")
    for path, content in files.items():
        write_atomic(folder / path, content)
        click.echo(f"wrote {folder / path}")
    if kind is None:
        click.echo("Checks: nobody makes any yet; choose one of: statusgen schedule")
    else:
        offer = offer_of(kind, private=private, paid=paid)
        click.echo(f"Checks: {offer.gives}")
        click.echo(f"Costs a month: {offer.costs(private=private)}")
    where = f"cd {folder} && " if folder != Path() else ""
    click.echo(f"Next: {where}statusgen validate && statusgen demo")
