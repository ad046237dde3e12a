"""``statusgen history``: verify, repair, fetch."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.base import clock
from statusgen.base.text import one_line
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    print_json,
)
from statusgen.history.gitbranch import pull as pull_branch
from statusgen.history.repair import repair as repair_history
from statusgen.history.verify import Finding, VerifyReport
from statusgen.history.verify import verify as verify_history
from statusgen.run.site import Site


@click.group()
def history() -> None:
    """Verify, repair and fetch what was recorded."""


@history.command()
@history_option
@json_option
def verify(history_folder: Path, as_json: bool) -> None:
    """Read everything recorded and name what is damaged; exit code 1 if anything is.

    Example: statusgen history verify
    """
    report = verify_history(history_folder, now=clock.now())
    if as_json:
        print_json({**_without_findings(report), "findings": [_shown(f) for f in report.findings]})
    else:
        for finding in report.findings:
            click.echo(one_line(f"{history_folder}/{finding}", 300))
        click.echo(
            f"{report.rounds} rounds in {report.files} files, {report.rolled_days} days rolled up, "
            f"{report.quarantined} lines quarantined: {'sound' if report.ok else 'damaged'}"
        )
    if not report.ok:
        raise click.exceptions.Exit(1)


def _without_findings(report: VerifyReport) -> dict[str, object]:
    return {
        "ok": report.ok,
        "files": report.files,
        "rounds": report.rounds,
        "rolled_days": report.rolled_days,
        "quarantined": report.quarantined,
    }


def _shown(finding: Finding) -> dict[str, object]:
    return {"file": finding.file, "line": finding.line, "reason": finding.reason}


@history.command()
@history_option
def repair(history_folder: Path) -> None:
    """Move lines that cannot be read to a quarantine file; nothing is thrown away.

    Example: statusgen history repair
    """
    done = repair_history(history_folder)
    click.echo(f"{done.quarantined} lines quarantined, {done.refiled} rounds put into their day")


@history.command()
@config_option
@history_option
def pull(config_path: Path | None, history_folder: Path) -> None:
    """Bring the recorded history from its branch into the folder.

    Example: statusgen history pull
    """
    settings = Site(config=config_path, history=history_folder).settings
    if settings.history.branch is None:
        click.echo("history.branch is null: the history is on this branch already")
        return
    pull_branch(Path(), settings.history.branch, history_folder)
    click.echo(f"{history_folder}: the branch {settings.history.branch} stands there")
