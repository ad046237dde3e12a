"""``statusgen maintenance``: schedule, update, cancel and list maintenance windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from statusgen.base import clock
from statusgen.base.clock import to_datetime
from statusgen.base.errors import InputError
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    moment,
    print_json,
    print_table,
    seconds,
    tell_written,
)
from statusgen.incident.recurrence import Recurrence, full_rule, rule_fault
from statusgen.incident.window import Course, Window, WindowPhase, WindowUpdate, course
from statusgen.run.author import Author
from statusgen.run.site import Site, site_now
from statusgen.words import Words

_COLUMNS = ("id", "title", "phase", "began", "ended")
_UTC = ZoneInfo("UTC")


@click.group()
def maintenance() -> None:
    """Schedule, update, cancel and list maintenance windows."""


@maintenance.command()
@click.option("--title", required=True, help="What is worked at.")
@click.option("--component", "components", multiple=True, metavar="ID", help="What is touched.")
@click.option("--start", "start_text", required=True, metavar="TIME", help="When it begins.")
@click.option("--end", "end_text", metavar="TIME", help="When it ends.")
@click.option("--duration", help="How long it lasts, instead of --end: 2h.")
@click.option("--repeat", help="weekly, or an RFC 5545 rule: FREQ=WEEKLY;BYDAY=SU.")
@click.option("--text", default="", help="What is done, and what visitors notice; Markdown.")
@click.option("--at", "at_text", metavar="TIME", help="When it is announced; default: now.")
@click.option("--in-history", is_flag=True, help="Write below data/history/ instead.")
@config_option
@history_option
@json_option
def schedule(
    title: str,
    components: Sequence[str],
    start_text: str,
    end_text: str | None,
    duration: str | None,
    repeat: str | None,
    text: str,
    at_text: str | None,
    in_history: bool,
    config_path: Path | None,
    history_folder: Path,
    as_json: bool,
) -> None:
    """Announce a maintenance window, once or again and again.

    Example: statusgen maintenance schedule --title "Database upgrade" --component api
    --start "2026-12-01 02:00" --duration 2h
    """
    site = site_now(config_path, history_folder)
    when = _when(site, start_text, end_text, duration, repeat)
    at = clock.now() if at_text is None else moment(at_text, site, "--at")
    update = WindowUpdate(at=at, phase=WindowPhase.SCHEDULED, body=text)
    written = Author(site, in_history).schedule(title, components, when, update)
    tell_written(written.path, written.warnings, _as_json(written.item, site), as_json=as_json)


def _when(
    site: Site, start_text: str, end_text: str | None, duration: str | None, repeat: str | None
) -> Recurrence:
    if (end_text is None) == (duration is None):
        raise InputError("give one of --end and --duration")
    start = moment(start_text, site, "--start")
    if duration is not None:
        length = seconds(duration, "--duration")
    else:
        length = moment(str(end_text), site, "--end") - start
    if length <= 0:
        raise InputError("the window ends before it begins; correct --start or --end")
    if repeat is None:
        return Recurrence(_naive(start, _UTC), length, _UTC)
    repeat, zone = full_rule(repeat), site.settings.site.timezone
    begins = _naive(start, zone)
    fault = rule_fault(repeat, begins, zone)
    if fault:
        raise InputError(f"--repeat: {fault}")
    if end_text is not None:
        length = int((_naive(start + length, zone) - begins).total_seconds())
    return Recurrence(begins, length, zone, end_text is not None, repeat)


def _naive(instant: clock.Instant, zone: ZoneInfo) -> datetime:
    return to_datetime(instant).astimezone(zone).replace(tzinfo=None)


@maintenance.command()
@click.argument("window_id", metavar="ID")
@click.option(
    "--phase",
    type=click.Choice([str(each) for each in WindowPhase if each is not WindowPhase.CANCELLED]),
    help="in_progress begins it, completed ends it; default: as it is.",
)
@click.option("--text", default="", help="What is new; Markdown.")
@click.option("--end", "end_text", metavar="TIME", help="Move its end.")
@click.option("--at", "at_text", metavar="TIME", help="When it is said; default: now.")
@config_option
@history_option
@json_option
def update(
    window_id: str,
    phase: str | None,
    text: str,
    end_text: str | None,
    at_text: str | None,
    config_path: Path | None,
    history_folder: Path,
    as_json: bool,
) -> None:
    """Say what is new of a window: begun, being verified, completed, or longer than planned.

    Example: statusgen maintenance update 2026-12-01-database-upgrade --phase completed
    """
    site = site_now(config_path, history_folder)
    at = clock.now() if at_text is None else moment(at_text, site, "--at")
    said = WindowPhase(phase) if phase is not None else _present(site, window_id, at)
    end = None if end_text is None else moment(end_text, site, "--end")
    new = WindowUpdate(at=at, phase=said, body=text)
    written = Author(site).update_window(window_id, new, end=end)
    tell_written(written.path, written.warnings, _as_json(written.item, site), as_json=as_json)


@maintenance.command()
@click.argument("window_id", metavar="ID")
@click.option("--text", default="", help="Why; Markdown.")
@click.option("--at", "at_text", metavar="TIME", help="When it is said; default: now.")
@config_option
@history_option
@json_option
def cancel(
    window_id: str,
    text: str,
    at_text: str | None,
    config_path: Path | None,
    history_folder: Path,
    as_json: bool,
) -> None:
    """Cancel a window; of one that repeats the occurrence that is on or comes next.

    Example: statusgen maintenance cancel 2026-12-01-database-upgrade --text "Moved to January."
    """
    site = site_now(config_path, history_folder)
    at = clock.now() if at_text is None else moment(at_text, site, "--at")
    new = WindowUpdate(at=at, phase=WindowPhase.CANCELLED, body=text)
    written = Author(site).update_window(window_id, new)
    tell_written(written.path, written.warnings, _as_json(written.item, site), as_json=as_json)


@maintenance.command("list")
@config_option
@history_option
@json_option
def list_(config_path: Path | None, history_folder: Path, as_json: bool) -> None:
    """List windows: each with the occurrence that is on, else the next, else the last.

    Example: statusgen maintenance list
    """
    site = site_now(config_path, history_folder)
    loaded = site.windows
    if as_json:
        print_json([_as_json(window, site) for window in loaded.windows])
    else:
        words = Words.of()
        rows = [
            (
                each.window.id,
                each.window.title,
                words.say("windows.overrun") if each.overrun else str(each.phase),
                clock.format_instant(each.planned.start),
                clock.format_instant(each.planned.end),
            )
            for each in (_course(window, site.wall_clock) for window in loaded.windows)
        ]
        print_table([words.say(f"terminal.column-{column}") for column in _COLUMNS], rows)
    if loaded.problems:
        raise InputError(loaded.problems)


def _present(site: Site, window_id: str, at: clock.Instant) -> WindowPhase:
    """Return the phase that a word without one speaks in."""
    for window in site.windows.windows:
        if window.id == window_id:
            phase = _course(window, at).phase
            over = phase in (WindowPhase.COMPLETED, WindowPhase.CANCELLED)
            return WindowPhase.SCHEDULED if over else phase
    return WindowPhase.SCHEDULED


def _course(window: Window, now: clock.Instant) -> Course:
    on = next(window.occurrences(now, now + 1), None)
    return course(window, on or window.when.next_after(now) or window.first, now)


def _as_json(window: Window, site: Site) -> dict[str, object]:
    each = _course(window, site.wall_clock)
    return {
        "id": window.id,
        "title": window.title,
        "phase": str(each.phase),
        "start": clock.format_instant(each.planned.start),
        "end": clock.format_instant(each.planned.end),
        "overrun": each.overrun,
        "repeat": window.when.rule,
        "components": list(window.components),
        "uptime": str(window.uptime),
        "file": window.file,
    }
