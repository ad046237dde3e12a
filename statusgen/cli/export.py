"""``statusgen export``."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base.errors import InputError
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


@export.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="SITE",
    help="After the engine: put into its output what it left out or made in the place of ours.",
)
@click.option("--remove", is_flag=True, help="Take what was exported out of its folder again.")
@config_option
@history_option
@now_option
def site(
    folder: Path | None,
    into: Path | None,
    remove: bool,
    config_path: Path | None,
    history_folder: Path,
    now_text: str | None,
) -> None:
    """Write all pages and files of ours for a page engine that does not run our plugin.

    FOLDER is docs_dir of mkdocs.yml: they stand beside your own pages, and git is told to leave
    them out. Then the engine builds, and --into completes what it made: twins in Markdown, folders
    with a dot, our sitemap; what it made of incidents' files goes. Blocks in your pages need the
    fence of `statusgen init` under pymdownx.superfences.

    Example: statusgen export site content && zensical build && statusgen export site --into site
    """
    if remove and (folder or into):
        raise InputError("--remove takes nothing else: the folder stands in the record")
    if not (folder or into or remove):
        raise InputError("name the folder of pages (docs_dir of mkdocs.yml), or --into the output")
    from statusgen.publish.build import BuildOptions
    from statusgen.publish.physical import complete, exported_site, remove_pages, write_pages

    if remove:
        click.echo(f"removed {remove_pages(Path())} files")
        return
    options = BuildOptions(
        root=Path(), config=config_path, history=history_folder, now=instant(now_text)
    )
    made = exported_site(options)
    for problem in (*made.manifest.problems, *made.manifest.doubtful):
        click.echo(f"error: {problem}", err=True)
    if folder is not None:
        count, later = write_pages(made, Path(), folder)
        click.echo(f"{folder}: {count} files; {len(later)} more come with --into, after the engine")
    if into is not None:
        done = complete(made, into, options.site().places.content)
        for path in done.replaced:
            click.echo(f"{into / path}: ours in the place of the engine's")
        for path in done.removed:
            click.echo(f"{into / path}: removed, made of data")
        click.echo(f"{into}: {done.ours} addresses of ours, {len(done.lacking)} of them added now")
