"""``statusgen history``: verify, repair, fetch, keep small."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from statusgen.base import clock
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.files import exclusive_lock
from statusgen.base.text import one_line
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    print_json,
)
from statusgen.history.chain import NAME, read_chain
from statusgen.history.chain import accept as accept_edit
from statusgen.history.dayfile import day_name
from statusgen.history.gitbranch import lost as lost_files
from statusgen.history.gitbranch import pull as pull_branch
from statusgen.history.repair import repair as repair_history
from statusgen.history.rollup import catch_up
from statusgen.history.sealed import Finding
from statusgen.history.shrink import compact as compact_history
from statusgen.history.shrink import expired
from statusgen.history.shrink import squash as squash_history
from statusgen.history.verify import VerifyReport
from statusgen.history.verify import verify as verify_history
from statusgen.incident import INCIDENTS
from statusgen.incident.files import load_incident_folder
from statusgen.run.site import Site


@click.group()
def history() -> None:
    """Verify, repair and fetch what was recorded, and keep it small."""


@history.command()
@config_option
@history_option
@click.option("--offline", is_flag=True, help="Do not compare with what the remote holds.")
@click.option(
    "--head",
    metavar="HASH",
    help="history_head of a freshness.json that you kept: whether the history still goes on it.",
)
@json_option
def verify(
    config_path: Path | None,
    history_folder: Path,
    offline: bool,
    head: str | None,
    as_json: bool,
) -> None:
    """Read everything recorded and name what is damaged or was edited; exit code 1 if anything is.

    Each closed day is held against the seal it got. It is compared with the branch of the remote,
    too, unless --offline.

    Example: statusgen history verify
    """
    site = Site(config=config_path, history=history_folder)
    report = verify_history(history_folder, now=clock.now())
    lost, why_not = ((), "asked to stay offline") if offline else _lost(site)
    damaged = [*_forgotten(history_folder, head), *_damaged_incidents(site), *lost]
    ok = report.ok and not damaged
    findings = (*damaged, *report.findings)
    if as_json:
        told = {**_without_findings(report), "ok": ok, "compared": why_not is None}
        notes = {"history_head": report.head or None, "notes": list(report.notes)}
        print_json({**told, **notes, "findings": [_shown(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(one_line(f"{history_folder}/{finding}", 300))
        for note in report.notes:
            click.echo(f"note: {note}")
        if report.head:
            click.echo(f"head: {report.head}")
        if why_not is not None:
            click.echo(f"not compared with the remote: {why_not}", err=True)
        click.echo(
            f"{report.rounds} rounds in {report.files} files, {report.rolled_days} days rolled up, "
            f"{report.quarantined} lines quarantined: {'sound' if ok else 'damaged'}"
        )
    if not ok:
        raise click.exceptions.Exit(1)


def _forgotten(folder: Path, head: str | None) -> list[Finding]:
    """Return that the chain does not hold a head which somebody kept."""
    if head is None or head.strip().lower() in read_chain(folder).links:
        return []
    reason = f"does not hold {one_line(head.strip(), 70)}: it was written anew since that was noted"
    return [Finding(NAME, 0, reason)]


def _lost(site: Site) -> tuple[list[Finding], str | None]:
    """Return what the folder lacks of what the remote holds, and why that is not known."""
    try:
        branch = site.settings.history.branch
        names = lost_files(site.root, branch, site.places.history)
    except (InputError, OutsideError) as error:
        return [], one_line(str(error), 300)
    reason = "lacks what the remote holds; bring it back with: statusgen history pull"
    return [Finding(name, 0, reason) for name in names], None


def _damaged_incidents(site: Site) -> list[Finding]:
    """Return the incidents that checks recorded and that can be read no more."""
    folder = site.places.history / INCIDENTS
    loaded = load_incident_folder(folder, zone=ZoneInfo("UTC"))
    return [
        Finding(f"{INCIDENTS}/{Path(problem.file or '').name}", problem.line or 0, problem.message)
        for problem in loaded.problems
    ]


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
    """Move lines that cannot be used to a quarantine file and mend roll-ups; nothing is lost.

    Example: statusgen history repair
    """
    done = repair_history(history_folder, now=clock.now())
    click.echo(
        f"{done.quarantined} lines quarantined, {done.refiled} rounds put into their day, "
        f"{done.rolled} roll-ups made anew"
    )


@history.command()
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--because", required=True, help="Why it was edited; stands in the chain for ever.")
@history_option
def accept(day: datetime, because: str, history_folder: Path) -> None:
    """Seal a day anew that a person edited for a good reason.

    The earlier seals stay, and verify goes on telling the reason. A round of a wrong clock, or one
    that must not be told, is taken out by hand, then the day is accepted.

    Example: statusgen history accept 2026-11-20 --because "Took out rounds of a wrong clock"
    """
    at = int(day.replace(tzinfo=UTC).timestamp())
    words = one_line(because, 300).strip()
    if not words:
        raise InputError("--because says nothing; the reason stands in the chain for ever")
    with exclusive_lock(history_folder):
        done = accept_edit(history_folder, at, words)
        if done:
            catch_up(history_folder, [at])
    name = day_name(at)
    if not done:
        click.echo(f"{name}: nothing to accept: it is as it was sealed, or was never sealed")
        return
    click.echo(f"{name}: sealed anew; push it with the next check")


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
    for name in pull_branch(Path(), settings.history.branch, history_folder):
        click.echo(f"{history_folder / name}: what was lost here is back", err=True)
    click.echo(f"{history_folder}: the branch {settings.history.branch} stands there")


@history.command()
@config_option
@history_option
@click.option("--keep", type=click.IntRange(8, 36500), help="Days; default: history.retention.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
def compact(
    config_path: Path | None, history_folder: Path, keep: int | None, dry_run: bool
) -> None:
    """Remove the rounds past their retention; their roll-ups stay for ever.

    The uptime, bars and percentiles of those days are in the roll-ups. What goes are the single
    rounds, and only of days whose roll-up follows from them.

    Example: statusgen history compact --dry-run
    """
    site = Site(config=config_path, history=history_folder)
    options, folder = site.settings.history, site.places.history
    days = keep if keep is not None else options.retention_days
    if dry_run:
        going = expired(folder, now=clock.now(), retention_days=days)
        size = sum(path.stat().st_size for path in going.values())
        click.echo(f"{len(going)} days, {size / 1e6:.1f} MB would go; {days} days stay")
        return
    done = compact_history(site.root, folder, options.branch, now=clock.now(), retention_days=days)
    click.echo(f"{done.days} days, {done.size / 1e6:.1f} MB went; {days} days stay")
    if done.published is not None and done.published.note:
        click.echo(done.published.note, err=True)


@history.command()
@config_option
@history_option
def squash(config_path: Path | None, history_folder: Path) -> None:
    """Make one commit of the data branch's past: the files stay, the repository gets small.

    The branch is rewritten with a lease, so that no run's push is lost; runs that are under way
    publish as ever. Others who hold a clone fetch the branch anew.

    Example: statusgen history squash
    """
    site = Site(config=config_path, history=history_folder)
    done = squash_history(site.root, site.places.history, site.settings.history.branch)
    where = "pushed" if done.pushed else "here only: there is no remote"
    click.echo(f"{done.commits} commits are one ({done.commit[:12]}), {where}")
