"""``statusgen build`` and ``statusgen serve``."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from statusgen.base.errors import InputError, Problem
from statusgen.base.extras import how_to_install
from statusgen.cli.common import config_option, history_option, instant, now_option
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from statusgen.run.places import CONTENT, docs_dir, mkdocs_file
from statusgen.run.publications import FRESHNESS, Publications


@click.command()
@config_option
@history_option
@now_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Where the site is written.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "mkdocs", "none"]),
    default="auto",
    show_default=True,
    help="none: our own writer, which needs no MkDocs.",
)
@click.option(
    "--if-needed",
    is_flag=True,
    help="Build only where something that pages show changed, or the regular publication is due.",
)
@click.option(
    "--published",
    metavar="WHERE",
    default="",
    help="With --if-needed: the published site, or its folder; default: --out, else its address.",
)
def build(
    config_path: Path | None,
    history_folder: Path,
    now_text: str | None,
    out: Path,
    engine: str,
    if_needed: bool,
    published: str,
) -> None:
    """Build the site from the configuration, the recorded history and the incidents.

    Example: statusgen build --out site
    """
    if published and not if_needed:
        raise InputError("--published needs --if-needed: else every build is made")
    options = BuildOptions(
        root=Path(), config=config_path, history=history_folder, now=instant(now_text)
    )
    if if_needed:
        there = str(out) if (out / FRESHNESS).is_file() else ""
        why, _ = Publications.of(options.site(), published or there, unknown=True).due()
        if why is None:
            click.echo("nothing to build: what is published still serves")
            return
        click.echo(f"to be built: {why}", err=True)
    click.echo(write_site(options, out, engine))


def write_site(options: BuildOptions, out: Path, engine: str = "auto") -> str:
    """Build with MkDocs where there is a mkdocs.yml and MkDocs is installed, else on our own."""
    installed = importlib.util.find_spec("mkdocs") is not None
    wanted = mkdocs_file(Path())
    if engine == "mkdocs" and not (installed and wanted):
        raise InputError(
            "--engine mkdocs needs mkdocs.yml here"
            if installed
            else f"MkDocs is not installed; {how_to_install('mkdocs')}"
        )
    if engine != "none" and installed and wanted:
        from statusgen.mkdocs_plugin import build_with_mkdocs

        docs_dir(options.root)  # it tells a fault by file, line and column, and as the input's
        build_with_mkdocs(wanted, out, options)
        how = "with MkDocs"
    else:
        options, faults = _despite_mkdocs(options)
        for problem in faults:
            click.echo(f"error: {problem}; incidents are looked for in {CONTENT}/", err=True)
        manifest = build_manifest(options)
        for problem in manifest.problems:
            click.echo(f"error: {problem}; not published", err=True)
        for problem in manifest.doubtful:
            click.echo(f"error: {problem}", err=True)
        write_directory(manifest, out)
        how = "without MkDocs"
    return f"{out}: built {how}; open {out / 'index.html'}"


def _despite_mkdocs(options: BuildOptions) -> tuple[BuildOptions, Sequence[Problem]]:
    """Return the options as they hold where nobody can tell what mkdocs.yml says, and why not.

    News of an outage must not wait for a file of an engine that this build does without.
    """
    try:
        docs_dir(options.root)
    except InputError as error:
        return replace(options, content=options.content or CONTENT), error.problems
    return options, ()


@click.command()
@config_option
@history_option
@now_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(config_path: Path | None, history_folder: Path, now_text: str | None, port: int) -> None:
    """Preview the site at http://127.0.0.1:8000/, rebuilt when data/ or content/ changes.

    Example: statusgen serve --port 8080
    """
    options = BuildOptions(
        root=Path(), config=config_path, history=history_folder, now=instant(now_text)
    )
    serve_site(options, port)


def serve_site(options: BuildOptions, port: int) -> None:
    """Serve until interrupted; needs MkDocs and a mkdocs.yml."""
    wanted = mkdocs_file(Path())
    if importlib.util.find_spec("mkdocs") is None or wanted is None:
        raise InputError(
            f"serve needs mkdocs.yml and MkDocs; {how_to_install('mkdocs')}; "
            "without them: statusgen build, then python3 -m http.server --directory site"
        )
    from statusgen.mkdocs_plugin import serve_with_mkdocs

    serve_with_mkdocs(wanted, f"127.0.0.1:{port}", options)
