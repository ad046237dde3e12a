"""``statusgen notify``: deliver what is due, test channels, list and retry what did not arrive."""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from statusgen.base import clock
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.model import suggest
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    print_json,
    print_table,
)
from statusgen.cli.telling import tell_tries
from statusgen.config.channels import Channel
from statusgen.config.reader import UPPTIME_FILES
from statusgen.notify.compose import lines_of, trial
from statusgen.notify.deliver import default_senders
from statusgen.notify.figures import Undelivered, short_id, undelivered
from statusgen.notify.ledger import Ledger
from statusgen.notify.message import Message, Outcome, Tone
from statusgen.notify.outbox import Outbox
from statusgen.notify.records import Again, Claim, Send, Try
from statusgen.notify.senders import may_need_apprise
from statusgen.run.channels import channels_of
from statusgen.run.record import push
from statusgen.run.site import Site
from statusgen.run.tell import Errand
from statusgen.run.tidings import pen_of, run_name
from statusgen.setup.workflows import check_workflows


class _Notify(click.Group):
    """``--test`` is another name of the command ``test``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, ["test" if each == "--test" else each for each in args])


@click.group(cls=_Notify, invoke_without_command=True)
@config_option
@history_option
@click.option("--push", "push_", is_flag=True, help="Push the outbox before and after sending.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; write and send nothing.")
@json_option
@click.pass_context
def notify(
    context: click.Context,
    config_path: Path | None,
    history_folder: Path,
    push_: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Deliver what is due from the outbox; `notify --test CHANNEL` tries a channel out.

    Exit with 1 where something was given up, with 3 where something is to be tried again.

    Example: statusgen notify --push
    """
    site = Site(config=config_path, history=history_folder)
    context.obj = site
    if context.invoked_subcommand is not None:
        return
    channels = channels_of(site.settings)
    publish = (lambda: _published(site)) if push_ else None
    errand = Errand(site=site, channels=channels, environ=os.environ, publish=publish)
    if dry_run:
        _would(errand, as_json=as_json)
        return
    told = errand.run()
    if as_json:
        print_json({"tries": [_try_json(each) for each in told.tries], "pushed": told.published})
    tell_tries(told)
    if not told.tries and not as_json:
        click.echo("nothing is due", err=True)
    if any(each.dead for each in told.failed):
        raise click.exceptions.Exit(1)
    if told.failed or not told.published:
        raise click.exceptions.Exit(OutsideError.exit_code)


def _published(site: Site) -> bool:
    try:
        published = push(site, ())
    except OutsideError as error:
        click.echo(f"not pushed: {one_line(str(error), 600)}", err=True)
        return False
    return published.pushed


def _would(errand: Errand, *, as_json: bool) -> None:
    due = errand.due()
    ledger = Ledger(Outbox(errand.site.places.history).read())
    taken = {(record.channel, record.key) for record in due if isinstance(record, Claim)}
    again = [
        letter.send
        for name, account in ledger.accounts.items()
        for key, letter in account.letters.items()
        if (name, key) in taken
    ]
    shown = [*again, *(record for record in due if isinstance(record, Send))]
    if as_json:
        print_json([_send_json(each) for each in shown])
        return
    for each in shown:
        click.echo(f"{each.channel}: {each.title}")
        for line in each.body.splitlines():
            click.echo(f"    {line}")
    if not shown:
        click.echo("nothing is due", err=True)


@notify.command("test")
@click.argument("names", metavar="[CHANNEL…]", nargs=-1)
@json_option
@click.pass_obj
def try_out(site: Site, names: Sequence[str], as_json: bool) -> None:
    """Send a test to channels, or to all of them; nothing is written down.

    Example: statusgen notify --test team
    """
    channels = _named(channels_of(site.settings), names)
    pen, senders = pen_of(site), default_senders()
    redact = Redactor.of([channel.to for channel in channels], os.environ)
    now, failed, rows = clock.now(), False, []
    for channel in channels:
        text = trial(pen, channel)
        key = f"test/{uuid.uuid4()}"
        message = Message(
            key=key, channel=channel.id, thread=key, tone=Tone.TEST, severity="none",
            title=text.title, body=lines_of(text.body), link=site.settings.site.url, at=now,
        )  # fmt: skip
        missing = channel.to.missing(os.environ)
        if missing:
            outcome, why = str(Outcome.PERMANENT), f"${missing[0]} is not set"
        else:
            answer = senders(channel.to, os.environ).send(message, channel.to, os.environ)
            outcome, why = str(answer.outcome), one_line(redact(answer.detail), 300)
        failed = failed or outcome != Outcome.SENT
        rows.append({"channel": channel.id, "outcome": outcome, "detail": why})
        if not as_json:
            click.echo(f"{channel.id}: {outcome}{f': {why}' if why else ''}")
    if as_json:
        print_json(rows)
    if not channels:
        click.echo("there is no channel; write one under `notifications:`", err=True)
    if failed:
        raise click.exceptions.Exit(1)


@notify.command()
@click.pass_obj
def needs(site: Site) -> None:
    """Print which requirements the channels need: `check`, or `notify` where one takes apprise.

    A channel whose address stands wholly in a secret may take it.

    Example: statusgen notify needs
    """
    addresses = [channel.to for channel in channels_of(site.settings)]
    asked = site.settings.file.endswith(UPPTIME_FILES) and any(
        name.startswith("NOTIFICATION_")
        for workflow in check_workflows(site.root)
        for name in workflow.secrets
    )
    click.echo("notify" if asked or any(map(may_need_apprise, addresses)) else "check")


@notify.command("list")
@click.option("--all", "all_", is_flag=True, help="Also what arrived.")
@json_option
@click.pass_obj
def list_(site: Site, all_: bool, as_json: bool) -> None:
    """List what waits and what was given up; exit with 1 where there are dead letters.

    Example: statusgen notify list
    """
    ledger = Ledger(Outbox(site.places.history).read())
    letters = [
        letter
        for account in ledger.accounts.values()
        for letter in account.letters.values()
        if all_ or not letter.sent
    ]
    letters.sort(key=lambda each: each.send.at)
    held = [want for account in ledger.accounts.values() for want in account.pending]
    rows = [(undelivered(each), each.sent) for each in letters]
    if as_json:
        print_json(
            {
                "messages": [_row_json(each, sent=sent) for each, sent in rows],
                "held": [{"channel": want.channel, "title": want.title} for want in held],
            }
        )
    else:
        cells = [
            [each.id, _state(each, sent=sent), each.channel, each.title, _follows(each, sent=sent)]
            for each, sent in rows
        ]
        cells += [["", "held back", want.channel, want.title, ""] for want in held]
        print_table(["Id", "State", "Channel", "Title", "What follows"], cells)
    if any(each.dead for each in letters):
        raise click.exceptions.Exit(1)


@notify.command()
@click.argument("ids", metavar="ID…", nargs=-1)
@click.option("--all", "all_", is_flag=True, help="All dead letters.")
@click.pass_obj
def retry(site: Site, ids: Sequence[str], all_: bool) -> None:
    """Let dead letters be sent again, by the next run or `statusgen notify`.

    Example: statusgen notify retry 3f2a9c01
    """
    outbox = Outbox(site.places.history)
    dead = {
        short_id(each.send.channel, each.send.key): each.send
        for each in Ledger(outbox.read()).dead()
    }
    chosen = list(dead) if all_ else list(ids)
    if not chosen:
        raise InputError("which? `statusgen notify list` shows their ids, --all takes every one")
    for each in chosen:
        if each not in dead:
            hint = suggest(each, list(dead)) or "`statusgen notify list` shows what there is"
            raise InputError(f"no dead letter is called {one_line(each, 40)}; {hint}")
    run, now = run_name(site.places.history), clock.now()
    outbox.append(
        Again(at=now, channel=dead[each].channel, run=run, key=dead[each].key) for each in chosen
    )
    click.echo(f"{len(chosen)} to be sent again; `statusgen notify --push` does it now", err=True)


def _named(channels: Sequence[Channel], names: Sequence[str]) -> list[Channel]:
    known = {channel.id: channel for channel in channels}
    for name in names:
        if name not in known:
            hint = suggest(name, list(known)) or f"there are: {', '.join(known) or 'none'}"
            raise InputError(f"no channel is called {one_line(name, 80)}; {hint}")
    return [known[name] for name in names] if names else list(channels)


def _state(each: Undelivered, *, sent: bool) -> str:
    return "arrived" if sent else "given up" if each.dead else "waiting"


def _follows(each: Undelivered, *, sent: bool) -> str:
    if sent:
        return ""
    follows = "" if each.dead else f"tried again from {clock.format_instant(each.next)} on"
    tried = f"{each.tries} attempts" if each.tries != 1 else "1 attempt"
    return "; ".join(filter(None, (tried, follows, each.detail)))


def _row_json(each: Undelivered, *, sent: bool) -> dict[str, Any]:
    return {
        "id": each.id,
        "state": _state(each, sent=sent),
        "channel": each.channel,
        "key": each.key,
        "title": each.title,
        "written": clock.format_instant(each.written),
        "attempts": each.tries,
        "next": clock.format_instant(each.next) if each.next and not sent else None,
        "detail": each.detail,
    }


def _send_json(send: Send) -> dict[str, Any]:
    return {
        "channel": send.channel,
        "key": send.key,
        "tone": str(send.tone),
        "title": send.title,
        "body": send.body,
        "link": send.link,
    }


def _try_json(each: Try) -> dict[str, Any]:
    return {
        "channel": each.channel,
        "key": each.key,
        "attempt": each.number,
        "outcome": each.outcome,
        "detail": each.detail,
        "dead": each.dead,
        "next": clock.format_instant(each.next) if each.next else None,
    }
