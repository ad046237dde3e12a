"""``statusgen publish``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.common import config_option, json_option
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.publish.second.deliver import Delivered


@click.command()
@click.argument("site", type=click.Path(path_type=Path, file_okay=False), default=Path("site"))
@click.option("--dry-run", is_flag=True, help="Look at each place, and say what would be done.")
@config_option
@json_option
def publish(site: Path, dry_run: bool, config_path: Path | None, as_json: bool) -> None:
    """Bring the second places of the site up to date with the built folder SITE.

    They stand under `publish:` in data/status.yml. Only what differs is sent, and of what is there
    only what an earlier run put there is replaced or removed. One place that refuses does not keep
    the others old; then the exit code is 3.

    Example: statusgen publish site
    """
    from statusgen.publish.second.deliver import deliver

    places = Site(config=config_path).settings.second_places
    if not places:
        click.echo("nothing to do: publish: names no second place")
        return
    done = deliver(places, site, os.environ, dry=dry_run)
    if as_json:
        click.echo(json.dumps([_shown(each) for each in done], indent=1))
    for each in done:
        if each.fault:
            click.echo(f"error: {each.place.id}: {each.fault}", err=True)
        elif not as_json:
            click.echo(_line(each, dry=dry_run))
    if any(each.fault for each in done):
        sys.exit(2 if all(each.wrong for each in done if each.fault) else 3)


def _shown(each: Delivered) -> dict[str, object]:
    plan = each.plan
    return {
        "id": each.place.id,
        "url": each.place.url,
        "files": plan.total if plan else None,
        "sent": list(plan.changed) if plan else [],
        "removed": list(plan.gone) if plan else [],
        "fault": each.fault or None,
    }


def _line(each: Delivered, *, dry: bool) -> str:
    assert each.plan is not None
    what = f"{len(each.plan.changed)} of {each.plan.total} files"
    gone = f", {len(each.plan.gone)} removed" if each.plan.gone else ""
    if dry:
        return f"{each.place.id}: would send {what}{gone} to {each.place.url}"
    return f"{each.place.id}: {what} sent{gone}; {each.place.url}"
