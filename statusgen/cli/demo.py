"""``statusgen demo``: the whole chain, against an embedded server, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click

from statusgen.base import clock
from statusgen.base.errors import StatusgenError
from statusgen.cli.build import serve_site, write_site
from statusgen.cli.common import config_option
from statusgen.config.reader import find_config
from statusgen.config.settings import Settings
from statusgen.demo.prepare import DemoFolder, invented_environment, write_past
from statusgen.demo.server import SPOKEN, DemoServer, choose_roles
from statusgen.publish.build import BuildOptions
from statusgen.run.site import Site
from statusgen.words import Words


@click.command()
@config_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    help="Where the site is written.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".demo"),
    show_default=True,
    help="Where the demonstration keeps its own history.",
)
@click.option("--serve", is_flag=True, help="Serve it and rebuild when files change.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def demo(config_path: Path | None, out: Path, folder: Path, serve: bool, port: int) -> None:
    """Check your configuration against a server of our own on this machine, and build the site.

    Nothing is sent to the configured hosts and nothing enters data/history. One monitor is shown
    down, one slow, and one certificate near its end.

    Example: statusgen demo --out site
    """
    place = DemoFolder(folder)
    config = config_path or find_config(Path())
    site = Site(config=config, history=place.history)
    settings = site.settings
    place.reset()
    now = clock.now()
    click.echo("Making up 90 days of history …")
    roles = choose_roles(settings.monitors)
    count = write_past(site, roles, until=now)
    click.echo(f"{count} rounds written to {place.history}")
    _check_once(config, settings, place)
    notice = Words.of().say("demo.notice")
    options = BuildOptions(root=Path(), config=config, history=place.history, now=None, demo=notice)
    if serve:
        serve_site(replace(options, now=None), port)
        return
    click.echo(write_site(options, out))
    click.echo(
        "Look at it: open that file in a browser, "
        f"or python3 -m http.server --directory {out} and http://127.0.0.1:8000/"
    )


def _check_once(config: Path, settings: Settings, place: DemoFolder) -> None:
    """Run the real ``statusgen check`` as an operator would, with every host led to our server."""
    environ = invented_environment(settings.monitors, os.environ)
    roles = choose_roles(settings.monitors)
    server = DemoServer(settings.monitors, settings.canaries, roles, environ)
    server.write_ca(place.ca_file)
    command = [sys.executable, "-m", "statusgen", "check", "--config", str(config), "--all"]
    command += ["--history", str(place.history), "--ca-file", str(place.ca_file)]
    command += ["--retry-delays", "0.1,0.2", "--vantage", "demo"]
    for monitor in settings.monitors:
        if monitor.kind in SPOKEN:
            command += ["--only", monitor.id]
    for rule in server.connect_to():
        command += ["--connect-to", rule]
    click.echo("Checking the configured hosts on an embedded server …")
    with server.running():
        done = subprocess.run(command, env=environ, check=False)  # noqa: S603 (our own command)
    if done.returncode:
        raise StatusgenError("the demonstration's check failed; its message stands above")
