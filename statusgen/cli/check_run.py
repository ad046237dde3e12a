"""What one invocation of ``statusgen check`` shares, and what a round of it is made of."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.base import clock
from statusgen.base.vantage import OUTSIDE
from statusgen.cli.round_told import Progress, print_opinion
from statusgen.config.channels import Channel
from statusgen.config.settings import Monitor
from statusgen.history.due import due
from statusgen.probe.connect_to import ConnectTo
from statusgen.probe.round import Round, round_key
from statusgen.probe.scheduler import run_round
from statusgen.run.outside import ask, served
from statusgen.run.shards import Joined, Shard
from statusgen.run.site import Site
from statusgen.run.stopping import Stopper

if TYPE_CHECKING:
    from statusgen.cli.actions import Beside


@dataclass(slots=True)
class Run:
    """What every round of one invocation shares."""

    site: Site
    only: tuple[str, ...]
    all_due: bool
    connect_to: tuple[ConnectTo, ...]
    ca_file: Path | None
    retry_delays_ms: tuple[int, ...] | None
    concurrency: int
    vantage: str
    as_json: bool
    stopper: Stopper = field(default_factory=Stopper)
    unpushed: list[Round] = field(default_factory=list)
    """Rounds since the last push, for the message of the next."""
    channels: tuple[Channel, ...] = ()
    """Who is to be told."""
    reached: bool = True
    """Whether the remote took the last push."""
    beside: Beside | None = None
    """What a job of GitHub Actions does beside checking."""
    shard: Shard | None = None
    """The share of the monitors that is checked here."""
    joined: Joined | None = None
    """What other machines saw: it is recorded, and nothing is checked here."""
    unread: bool = False
    """Whether an engine of others could not be read."""
    newest: clock.Instant | None = None
    """When the newest recorded round was; None: not looked up yet."""


def read(run: Run, at: clock.Instant) -> tuple[Round, list[Round]]:
    """Take what engines of others have seen; nothing is checked from here."""
    from statusgen.run.engines import read_engines

    found = read_engines(run.site, now=at, environ=os.environ, connect_to=run.connect_to)
    for note in found.notes:
        click.echo(f"warning: {note}", err=True)
    for fault in found.faults:
        click.echo(f"not read: {fault}", err=True)
    run.unread = bool(found.faults)
    if found.count:
        click.echo(f"read {found.count} rounds", err=True)
    if not found.newest:
        return Round(key=round_key(at, run.vantage, "nothing"), at=at, vantage=run.vantage), []
    *others, newest = found.newest
    return newest, others


def opinion(run: Run, done: Round) -> list[Round]:
    """Ask others about what failed, and about what their owner wants them to check."""
    wanted = served(chosen(run, done.at))
    found = ask(run.site, done, wanted, os.environ, run.connect_to)
    for note in found.notes:
        click.echo(f"warning: {note}", err=True)
    if found.round is None:
        return []
    if not run.as_json:
        print_opinion(found.round)
    return [found.round]


def check_due(run: Run, at: clock.Instant) -> Round:
    """Check what is due, but for what others check."""
    monitors = [monitor for monitor in chosen(run, at) if not monitor.globalping]
    progress = Progress(len(monitors), shown=not run.as_json and sys.stderr.isatty())
    with run.stopper.interruptible():
        done = run_round(
            monitors,
            run.site.settings.canaries,
            at=at,
            vantage=run.vantage,
            run_id=os.environ.get("GITHUB_RUN_ID") or str(os.getpid()),
            run_attempt=_run_attempt(),
            environ=os.environ,
            connect_to=run.connect_to,
            ca_file=run.ca_file,
            concurrency=run.concurrency,
            retry_delays_ms=run.retry_delays_ms,
            allow_private=run.site.settings.allow_private,
            on_check=progress,
        )
    progress.clear()
    return done


def chosen(run: Run, at: clock.Instant) -> list[Monitor]:
    """Return the monitors whose turn it is, here."""
    monitors = list(run.site.settings.monitors)
    if run.only:
        monitors = [monitor for monitor in monitors if monitor.id in run.only]
    if run.shard is not None:
        monitors = run.shard.part(monitors)
    if run.only:
        return monitors
    if run.all_due or all(monitor.interval is None for monitor in monitors):
        return monitors
    longest = max(monitor.interval or 0 for monitor in monitors)
    back = max(2 * longest, clock.DAY)
    checked = {
        **run.site.store.last_checked(at, back=back, vantage=OUTSIDE),
        **run.site.store.last_checked(at, back=back, vantage=run.vantage),
    }
    return list(due(monitors, checked, at))


def _run_attempt() -> int:
    text = os.environ.get("GITHUB_RUN_ATTEMPT", "")
    return int(text) if text.isdigit() else 1
