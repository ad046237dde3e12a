"""``statusgen doctor``: is all well with what nobody looks at?"""

from __future__ import annotations

import os
from pathlib import Path

import click

from statusgen.base import clock
from statusgen.base.clock import format_instant
from statusgen.cli.common import (
    config_option,
    history_option,
    instant,
    json_option,
    now_option,
    print_json,
)
from statusgen.run.site import site_now
from statusgen.setup.doctor import Report, examine

_MARKS = {"fine": "ok   ", "doubt": "doubt", "bad": "BAD  "}


@click.command()
@config_option
@history_option
@now_option
@json_option
def doctor(
    config_path: Path | None, history_folder: Path, now_text: str | None, as_json: bool
) -> None:
    """Say whether checks come when they should and alerts arrive, what it costs, and the cures.

    Exit code 1 where something is bad. It reads what is here: run `statusgen history pull` first.
    With GITHUB_TOKEN set it asks GitHub what only GitHub knows, and changes nothing there; without,
    it asks nobody and says what it could not see.

    Example: statusgen doctor --json
    """
    now = instant(now_text)
    site = site_now(config_path, history_folder, now)
    report = examine(site, clock.now() if now is None else now, os.environ)
    if as_json:
        print_json(_as_json(report))
    else:
        for each in report.findings:
            click.echo(f"{_MARKS[each.level]} {each.what}: {each.said}")
            if each.level != "fine":
                click.echo(f"      seen in: {each.known}")
                click.echo(f"      → {each.cure}")
        for unseen in report.unseen:
            click.echo(f"not seen: {unseen}")
    if not report.ok:
        raise click.exceptions.Exit(1)


def _as_json(report: Report) -> dict[str, object]:
    alerts = report.alerts
    return {
        "ok": report.ok,
        "findings": [
            {
                "what": each.what,
                "level": each.level,
                "said": each.said,
                "known": each.known or None,
                "cure": each.cure or None,
            }
            for each in report.findings
        ],
        "unseen": list(report.unseen),
        "cadence": {"asked": report.asked, "observed": report.observed},
        "holes": [
            {
                "start": format_instant(hole.start),
                "end": format_instant(hole.end),
                "seconds": hole.seconds,
            }
            for hole in report.holes
        ],
        "alerts": None
        if alerts is None
        else {
            "days": alerts.days,
            "alerts": alerts.alerts,
            "median": alerts.median_s,
            "longest": alerts.longest_s,
            "doubles": alerts.doubles,
            "dead": len(alerts.dead),
            "waiting": len(alerts.waiting),
        },
        "workflows": [
            {
                "file": each.file,
                "relay": each.relay,
                "minutes": None if each.schedule is None else each.schedule.minutes,
                "publishing_minutes": None if each.schedule is None else each.schedule.publishing,
            }
            for each in report.workflows
        ],
        "secrets": [{"name": name, "set": there} for name, there in report.secrets.items()],
    }
