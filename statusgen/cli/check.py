"""``statusgen check``: one round, or one every so often."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.base import clock
from statusgen.base.errors import OutsideError
from statusgen.base.states import State
from statusgen.base.text import one_line
from statusgen.cli.check_options import (
    connect_to_of,
    delays_of,
    fits,
    known,
    pace_of,
    shares_of,
    vantage_of,
)
from statusgen.cli.check_run import Run, check_due, opinion, read
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    print_json,
    tell_warnings,
)
from statusgen.cli.round_told import print_round, round_json
from statusgen.config.settings import Settings
from statusgen.history.newest import newest_checks
from statusgen.probe.round import Round
from statusgen.probe.scheduler import PLACES
from statusgen.probe.templates import secrets_of
from statusgen.run.channels import anything_waits, beat, channels_of, doubts
from statusgen.run.record import push, record
from statusgen.run.shards import write_share
from statusgen.run.site import Site
from statusgen.run.watch import Before, Ended, Pace, Seen, watch

if TYPE_CHECKING:
    pass


@click.command()
@config_option
@history_option
@click.option("--only", metavar="ID", multiple=True, help="Check this monitor only; repeatable.")
@click.option("--all", "all_due", is_flag=True, help="Check also what is not due yet.")
@click.option(
    "--connect-to",
    metavar="HOST:PORT:ADDR:PORT",
    multiple=True,
    help="Connect to another address, as curl does; empty parts mean any; repeatable.",
)
@click.option(
    "--ca-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Trust the certificate authorities in this file instead of the system's.",
)
@click.option(
    "--retry-delays",
    metavar="SECONDS,…",
    help="Waits between attempts for every monitor, e.g. 0.1,0.2; none: one attempt.",
)
@click.option("--concurrency", default=PLACES, show_default=True, type=click.IntRange(1, 500))
@click.option("--every", metavar="DURATION", help="Run a round every so often, e.g. 60s.")
@click.option("--for", "for_", metavar="DURATION", help="With --every: stop after this long.")
@click.option(
    "--push-every",
    metavar="DURATION",
    help="With --every and --push: push at least so often (10m); a change is pushed at once.",
)
@click.option(
    "--vantage",
    metavar="NAME",
    envvar="STATUSGEN_VANTAGE",
    help="What this place is called; else $STATUSGEN_VANTAGE, `vantage:`, github or local.",
)
@click.option(
    "--push",
    "push_",
    is_flag=True,
    help="Commit and push what was recorded; exit with 3 where that fails.",
)
@click.option(
    "--publish",
    metavar="WORKFLOW",
    default="",
    help="Under GitHub Actions: start this workflow after a push when pages are to be made.",
)
@click.option(
    "--relay",
    metavar="WORKFLOW",
    default="",
    help="Under GitHub Actions, with --every and --for: start this workflow at the end.",
)
@click.option("--shard", metavar="I/N", help="Check one of N shares of the monitors; see --round.")
@click.option(
    "--round",
    "share",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --shard: write what was seen here, to be joined, and record nothing.",
)
@click.option(
    "--join",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Record what shares of one round saw instead of checking; repeatable.",
)
@click.option("--paid", is_flag=True, help="Let --relay run where each of its minutes is paid for.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when a monitor is down.")
@json_option
def check(
    config_path: Path | None,
    history_folder: Path,
    only: tuple[str, ...],
    all_due: bool,
    connect_to: tuple[str, ...],
    ca_file: Path | None,
    retry_delays: str | None,
    concurrency: int,
    every: str | None,
    for_: str | None,
    push_every: str | None,
    vantage: str | None,
    push_: bool,
    publish: str,
    relay: str,
    shard: str | None,
    share: Path | None,
    join: tuple[Path, ...],
    paid: bool,
    exit_code: bool,
    as_json: bool,
) -> None:
    """Check the monitors, record the round, open and resolve incidents.

    With --every again and again; told to stop (SIGTERM, Ctrl-C) it pushes what it saw and ends.

    Example: statusgen check --every 60s --for 4m --push
    """
    pace = pace_of(every, for_, push_every)
    fits(pace, push_, publish, relay)
    own_share, joined = shares_of(pace, push_, shard, share, join)
    settings = (site := Site(config=config_path, history=history_folder)).settings
    known(only, settings)
    run = Run(
        site=site,
        only=only,
        all_due=all_due,
        connect_to=tuple(connect_to_of(text) for text in connect_to),
        ca_file=ca_file,
        retry_delays_ms=delays_of(retry_delays),
        concurrency=concurrency,
        vantage=vantage_of(vantage, settings, os.environ),
        as_json=as_json,
        channels=channels_of(settings),
        shard=own_share,
        joined=joined,
    )
    _warn(settings)
    if share is not None:
        _share(run, share)
        return
    if publish or relay:
        from statusgen.cli.actions import beside

        run.beside = beside(site, publish, relay, paid=paid)
    if pace is not None and publish:
        pace = replace(pace, publish_every=settings.publication.every)
    bad, ended = _rounds(run, pace, push_)
    _end(run, ended, bad and exit_code)


def _end(run: Run, ended: Ended, failed: bool) -> None:
    if run.beside is not None:
        run.beside.at_end(ended)
    if not ended.pushed or run.unread:
        raise click.exceptions.Exit(OutsideError.exit_code)
    if failed:
        raise click.exceptions.Exit(1)


def _rounds(run: Run, pace: Pace | None, push_: bool) -> tuple[bool, Ended]:
    """Check once, or at that pace; return whether a monitor was down, and how it ended."""
    bad = False

    def round_(at: clock.Instant) -> Seen:
        nonlocal bad
        seen = _one_round(run, at)
        bad = bad or State.DOWN in seen.states.values()
        if not push_:
            _told(run, None)
        if pace is not None:
            _beat(run, ok=run.reached)
        return seen

    def push_now() -> bool:
        run.reached = _told(run, lambda: _pushed(run))
        if run.reached and run.site.settings.github.issues:
            run.reached = _issues(run)
        return run.reached

    if pace is None:
        seen = round_(clock.now())
        pushed = push_now() if push_ and seen.states else True
        _beat(run, ok=pushed)
        return bad, Ended(1, stopped=False, pushes=int(pushed), pushed=pushed)
    with run.stopper.listening():
        return bad, watch(
            pace, round_, push_now if push_ else None, run.stopper, _recorded(run.site)
        )


def _recorded(site: Site) -> Before:
    """Return what was recorded in the last day."""
    now = clock.now()
    wanted = [monitor.id for monitor in site.settings.monitors]
    found = newest_checks(site.places.history, wanted, now=now, since=now - clock.DAY)
    states = {monitor: newest.check.state for monitor, newest in found.items()}
    return Before(states, max((newest.at for newest in found.values()), default=None))


def _share(run: Run, path: Path) -> None:
    """Check a share and write what was seen; nothing follows from it here."""
    assert run.shard is not None
    seen = check_due(run, clock.now())
    write_share(path, run.shard, seen)
    if run.as_json:
        print_json(round_json(seen))
    else:
        print_round(seen, run.site.settings)


def _one_round(run: Run, at: clock.Instant) -> Seen:
    if run.site.settings.engines and run.joined is None:
        done, others = read(run, at)
    else:
        done = run.joined.round if run.joined is not None else check_due(run, at)
        others = opinion(run, done)
    if run.newest is None:
        newest = run.site.store.latest(now=clock.now())
        run.newest = newest.at if newest is not None else 0
    recorded = record(run.site, done, now=clock.now(), channels=run.channels, also=others)
    run.unpushed += [each for each in (done, *others) if each.checks]
    for problem in recorded.problems:
        click.echo(f"warning: {problem}", err=True)
    if run.as_json:
        print_json(round_json(done))
    else:
        print_round(done, run.site.settings)
    states = {
        name: result.state for each in (done, *others) for name, result in each.checks.items()
    }
    happened = any(event.at > run.newest for event in recorded.events)
    run.newest = done.at if done.checks else run.newest
    return Seen(states, happened or _waited_for(run, done))


def _waited_for(run: Run, done: Round) -> bool:
    """Whether a channel is to be told something now."""
    if not run.channels or not done.checks or not anything_waits(run.site.places.history):
        return False
    from statusgen.cli.telling import Teller

    return Teller(run.site, run.channels).due()


def _told(run: Run, publish: Callable[[], bool] | None) -> bool:
    """Publish, and tell the channels what is due; return whether the remote holds all."""
    if not run.channels or not anything_waits(run.site.places.history):
        return publish() if publish is not None else True
    from statusgen.cli.telling import Teller

    return Teller(run.site, run.channels).run(publish)


def _issues(run: Run) -> bool:
    """Bring GitHub's issues up to what is pushed; the modules for it are imported where wanted."""
    from statusgen.cli.issues import sync

    return sync(run.site, push=True)


def _beat(run: Run, *, ok: bool) -> None:
    """Tell whoever watches that runs go on."""
    heartbeat = run.site.settings.heartbeat
    if heartbeat is not None:
        trouble = beat(heartbeat, os.environ, ok=ok)
        if trouble:
            click.echo(f"warning: the heartbeat was not heard: {trouble}", err=True)


def _pushed(run: Run) -> bool:
    """Push what is here and tell how it went; a failure ends no loop, the next makes it good."""
    try:
        published = push(run.site, run.unpushed)
    except OutsideError as error:
        click.echo(f"not pushed: {one_line(str(error), 600)}", err=True)
        return False
    for name in published.healed:
        click.echo(f"warning: {name} had lost what was published; it is back", err=True)
    if published.pushed:
        run.unpushed.clear()
        click.echo(published.note or "pushed", err=True)
        if run.beside is not None:
            run.beside.after_push()
    else:
        click.echo(f"not pushed: {published.note}", err=True)
    return published.pushed


def _warn(settings: Settings) -> None:
    tell_warnings(settings)
    names = {
        name for template in secrets_of(settings.monitors) for name in template.missing(os.environ)
    }
    for name in sorted(names):
        click.echo(f"warning: ${name} is not set; monitors that need it are unknown", err=True)
    for doubt in doubts(settings):
        click.echo(f"warning: {doubt}", err=True)
