"""``statusgen export roadmap`` and ``objectives``: in the forms of other tools."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.base.clock import DAY, to_datetime
from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.model import suggest
from statusgen.cli.common import config_option, history_option, instant, now_option, seconds
from statusgen.cli.roadmap import named_roadmap
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.publish.exports.exported import Exported
    from statusgen.roadmap.model import Roadmap

FORMATS = ("mermaid", "stages", "likec4", "focus", "ical")

_out = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to the screen."
)


@click.command()
@click.argument("roadmap_id", metavar="ID")
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(FORMATS),
    help="mermaid or likec4: its architectures; stages: its stages, as Mermaid; focus: the costs "
    "of a month, as a FOCUS data set; ical: its stages with their dates, as a calendar.",
)
@click.option(
    "--stage", "stage_id", default="", help="With focus: of this stage; default: the last."
)
@now_option
@_out
def roadmap(
    roadmap_id: str, form: str, stage_id: str, now_text: str | None, out: Path | None
) -> None:
    """Write a roadmap's architectures, stages or costs in the form of another tool.

    What the form cannot hold is named on standard error.

    Example: statusgen export roadmap suoops --format likec4 --out suoops.c4
    """
    found = named_roadmap(roadmap_id)
    today = Site(given_now=instant(now_text)).wall_clock
    if stage_id and form != "focus":
        raise InputError("--stage belongs to --format focus")
    _write(_exported(found, form, stage_id, to_datetime(today).date()), out)


def _exported(roadmap: Roadmap, form: str, stage_id: str, today: date) -> Exported:
    from statusgen.publish.exports import drawn, focus

    if form in ("mermaid", "likec4") and not roadmap.architectures:
        raise InputError(f"{roadmap.id} has no architecture; write one under architectures:")
    if form in ("stages", "focus", "ical") and not roadmap.stages:
        raise InputError(f"{roadmap.id} has no stages")
    if form == "mermaid":
        return drawn.architectures_mermaid(roadmap)
    if form == "likec4":
        return drawn.architectures_likec4(roadmap)
    if form == "stages":
        return drawn.stages_mermaid(roadmap)
    if form == "ical":
        from statusgen.publish.exports.ical import stages_ical

        return stages_ical(roadmap, _site_url())
    ids = [stage.id for stage in roadmap.stages]
    if stage_id and stage_id not in ids:
        hint = suggest(stage_id, ids) or f"known: {', '.join(ids)}"
        raise InputError(f"--stage {stage_id}: no stage has this id; {hint}")
    return focus.costs_focus(roadmap, stage_id or ids[-1], today)


def _site_url() -> str:
    """Return where the pages stand; empty where no configuration says so."""
    try:
        return Site().settings.site.url or ""
    except InputError:
        return ""


@click.command()
@config_option
@_out
def objectives(config_path: Path | None, out: Path | None) -> None:
    """Write the objectives of data/status.yml as OpenSLO documents.

    Example: statusgen export objectives --out objectives.yml
    """
    from statusgen.publish.exports.openslo import objectives_openslo

    settings = Site(config=config_path).settings
    if not settings.objectives:
        raise InputError("there are no objectives; write them under objectives:")
    _write(objectives_openslo(settings), out)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@config_option
@history_option
@now_option
@click.option(
    "--blackbox",
    metavar="HOST:PORT",
    default="127.0.0.1:9115",
    show_default=True,
    help="Where blackbox_exporter listens.",
)
@click.option("--vantage", default="", metavar="NAME", help="The label of this name's value.")
@click.option(
    "--samples",
    metavar="DURATION",
    help="Write the recorded checks of so long as well (30d), for promtool.",
)
def prometheus(
    folder: Path,
    config_path: Path | None,
    history_folder: Path,
    now_text: str | None,
    blackbox: str,
    vantage: str,
    samples: str | None,
) -> None:
    """Write the monitors as configuration of Prometheus and blackbox_exporter into FOLDER.

    With --samples a file of OpenMetrics for each day in FOLDER/history too: promtool tsdb
    create-blocks-from openmetrics FILE DATA brings it into a Prometheus. What these cannot hold is
    named on standard error.

    Example: statusgen export prometheus ../prometheus --samples 30d
    """
    from statusgen.history.dayfile import day_name
    from statusgen.publish.exports.openmetrics import day_metrics, days_of
    from statusgen.publish.exports.prometheus import prometheus_files

    site = Site(config=config_path, history=history_folder, given_now=instant(now_text))
    back = seconds(samples, "--samples") if samples else None
    written = prometheus_files(site.settings, blackbox, vantage)
    for what in written.left:
        click.echo(f"left out: {what}", err=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.files.items():
        write_atomic(folder / name, text.encode())
    if back is not None:
        now, store = site.wall_clock, site.store
        (folder / "history").mkdir(exist_ok=True)
        for day in days_of(store, now - back, now):
            lines = day_metrics(site.settings, store, max(day, now - back), day + DAY, now)
            path = folder / "history" / f"{day_name(day)}.om"
            with path.with_suffix(".part").open("w", encoding="utf-8") as file:
                file.writelines(lines)  # a day of a thousand monitors is 100 MB
            path.with_suffix(".part").replace(path)
    click.echo(f"{folder}: {', '.join(sorted(path.name for path in folder.glob('*')))}")


COMMANDS = (roadmap, objectives, prometheus)


def _write(exported: Exported, out: Path | None) -> None:
    for each in exported.left:
        click.echo(f"left out: {each}", err=True)
    if out is None:
        click.echo(exported.text, nl=False)
    else:
        write_atomic(out, exported.text.encode())
        click.echo(f"{out}: written", err=True)
