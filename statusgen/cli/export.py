"""``statusgen export``."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.cli import exporting
from statusgen.cli.common import config_option, history_option, instant, now_option
from statusgen.run.site import Site


@click.group()
def export() -> None:
    """Write what is here as files that other programs read."""


for _command in exporting.COMMANDS:
    export.add_command(_command)


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
@config_option
@history_option
@now_option
def data(
    folder: Path, config_path: Path | None, history_folder: Path, now_text: str | None
) -> None:
    """Write all that was recorded and told as JSON lines, CSV, JSON and Markdown.

    FOLDER must be empty, or hold an earlier export. Its README.md says what each file holds. No
    secret is in it: of an address only the host, of checks neither headers nor bodies. The same
    files give the same bytes.

    Example: statusgen export data ../export
    """
    from statusgen.run.export import export_files, write_export

    site = Site(config=config_path, history=history_folder, given_now=instant(now_text))
    files = export_files(site)
    for problem in (*site.incidents.problems, *site.windows.problems):
        click.echo(f"not exported: {problem}", err=True)
    write_export(folder, files)
    size = sum(map(len, files.values()))
    click.echo(f"{folder}: {len(files)} files, {size / 1e6:.1f} MB; {folder}/README.md says what")
