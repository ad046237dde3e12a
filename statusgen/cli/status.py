"""``statusgen status``: how things are, in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base import clock
from statusgen.base.states import Look
from statusgen.cli.common import (
    config_option,
    history_option,
    instant,
    json_option,
    now_option,
    print_json,
    print_table,
)
from statusgen.incident.impacts import open_impacts
from statusgen.run.site import Site, site_now
from statusgen.status.compute import WINDOWS
from statusgen.status.overall import Overall, banner
from statusgen.status.snapshot import ComponentStatus, Snapshot, Uptime
from statusgen.status.uptime import shown
from statusgen.words import Words

_COLUMNS = ("component", "state", "since", "last-check", "response", "30-days", "observed")


@click.command()
@config_option
@history_option
@now_option
@click.option(
    "--exit-code", is_flag=True, help="Exit with 1 when a component is down and not in maintenance."
)
@click.option(
    "--markdown",
    is_flag=True,
    help="Write the table into README.md of the history folder, between two comments.",
)
@json_option
def status(
    config_path: Path | None,
    history_folder: Path,
    now_text: str | None,
    exit_code: bool,
    markdown: bool,
    as_json: bool,
) -> None:
    """Show each component's state, response time and uptime.

    Example: statusgen status --exit-code
    """
    site = site_now(config_path, history_folder, instant(now_text))
    snapshot = site.snapshot
    told = banner(snapshot, open_impacts(site.incidents.incidents))
    words = Words.of()  # commands speak English, whatever the pages do
    if markdown:
        click.echo(f"{_write_readme(site)}: written")
    elif as_json:
        print_json(_as_json(words, snapshot, told))
    else:
        rows = [_row(words, component, snapshot.now) for component in snapshot.components]
        headers = [words.say(f"terminal.column-{column}") for column in _COLUMNS]
        print_table(headers, rows, title=words.tell(told.saying))
    if exit_code and any(component.look is Look.DOWN for component in snapshot.components):
        raise click.exceptions.Exit(1)


def _write_readme(site: Site) -> Path:
    """Write the state into the README of the history folder. Raises OutsideError as disks do."""
    from statusgen.base.files import write_atomic
    from statusgen.publish.api.readme import with_status
    from statusgen.publish.edition import Edition

    edition = Edition.of(
        site.settings, site.snapshot, site.incidents.incidents, schedule=site.schedule
    )
    path = site.places.history / "README.md"
    before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    write_atomic(path, with_status(before, edition).encode("utf-8", "replace"))
    return path


def _row(words: Words, component: ComponentStatus, now: clock.Instant) -> tuple[str, ...]:
    last = max(component.checks, key=lambda check: check.at, default=None)
    month = component.uptimes["30d"]
    young = component.first_observed
    number = _uptime(words, month)
    if young is not None and young > now - WINDOWS["30d"]:
        day = clock.format_instant(young)[:10]
        number = words.say("terminal.uptime-since", uptime=number, day=day)
    return (
        component.id,
        words.say(f"states.{component.look}"),
        clock.format_instant(component.since) if component.since is not None else "—",
        clock.format_instant(last.at) if last else "—",
        words.milliseconds(last.ms if last else None),
        number,
        words.percent(shown(month).coverage),
    )


def _as_json(words: Words, snapshot: Snapshot, told: Overall) -> dict[str, object]:
    return {
        "now": clock.format_instant(snapshot.now),
        "state": str(told.level),
        "sentence": words.tell(told.saying),
        "last_round": _instant(snapshot.last_round),
        "next_expected": _instant(snapshot.next_expected),
        "components": [_component(words, component) for component in snapshot.components],
    }


def _component(words: Words, component: ComponentStatus) -> dict[str, object]:
    last = max(component.checks, key=lambda check: check.at, default=None)
    return {
        "id": component.id,
        "name": component.name,
        "state": str(component.state),
        "maintenance": component.in_maintenance,
        "since": _instant(component.since),
        "first_checked": _instant(component.first_observed),
        "checked": _instant(last.at) if last else None,
        "ms": last.ms if last else None,
        "code": last.code if last else None,
        "reason": last.reason if last else None,
        "value": last.value if last else None,
        "uptime": {
            window: {
                "text": _uptime(words, value),
                "coverage": words.percent(shown(value).coverage),
            }
            for window, value in component.uptimes.items()
        },
    }


def _uptime(words: Words, uptime: Uptime) -> str:
    seen = shown(uptime)
    return words.percent(seen.uptime, about=seen.about)


def _instant(value: clock.Instant | None) -> str | None:
    return None if value is None else clock.format_instant(value)
