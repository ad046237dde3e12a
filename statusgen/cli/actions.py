"""What ``check`` does beside checking in a job of GitHub Actions, and how it tells of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import click

from statusgen.base.errors import InputError, OutsideError
from statusgen.base.text import one_line
from statusgen.github.dispatch import Job
from statusgen.run.publications import Publications
from statusgen.run.relay import Relay
from statusgen.run.site import Site
from statusgen.run.watch import Ended


@dataclass
class Beside:
    """What is done after a push and at the end."""

    relay: Relay
    tell: Callable[[bool], None] | None
    """Says whether pages are to be made; None where nobody asked."""

    def after_push(self) -> None:
        """Have pages published where that is due; a failure ends no loop."""
        try:
            done = self.relay.after_push()
        except OutsideError as error:
            done = f"warning: {one_line(str(error), 300)}; the next push tries again"
        if done:
            click.echo(done, err=True)

    def at_end(self, ended: Ended) -> None:
        """Say whether to publish; hand over. Raises OutsideError where no successor was started."""
        if self.tell is not None and self.relay.publications is not None:
            why, _ = self.relay.publications.due()
            self.tell(why is not None)
            click.echo(f"to be published: {why}" if why else "nothing to be published", err=True)
        try:
            done = self.relay.hand_over(ended)
        except OutsideError as error:
            raise OutsideError(f"{error}; the workflow's cron begins a new chain") from None
        if done:
            click.echo(done, err=True)


def beside(site: Site, publish: str, relay: str, *, tell: bool, paid: bool) -> Beside:
    """Prepare it. Raises InputError where the environment lacks something, or would cost money."""
    start = _no_start
    if publish or relay:
        job = Job.of(os.environ)
        start = job.start
        if relay and not paid:
            _refuse_to_pay(job.is_private())
    publications = Publications.of(site) if tell or publish else None
    made = Relay(start, publish=publish, successor=relay, publications=publications)
    return Beside(made, github_output("publish") if tell else None)


def _no_start(workflow: str) -> None:
    raise AssertionError(f"{workflow} was to be started, though nobody asked")


def _refuse_to_pay(private: bool | None) -> None:
    if private is None:
        click.echo("warning: nobody says whether this repository is private; going on", err=True)
    elif private:
        from statusgen.setup.schedules import RELAY

        raise InputError(
            f"this repository is private, and a relay runs {RELAY.minutes:,} minutes a month: "
            f"about ${RELAY.dollars:,}; write --paid if that is meant, else "
            "statusgen init --schedule visits --private"
        )


def github_output(name: str) -> Callable[[bool], None]:
    """Return what writes ``name=true`` or ``name=false`` for later steps. Raises InputError."""
    path = os.environ.get("GITHUB_OUTPUT", "")
    if not path:
        raise InputError("--github-output: $GITHUB_OUTPUT is not set; this is for GitHub Actions")

    def write(value: bool) -> None:
        try:
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"{name}={'true' if value else 'false'}\n")
        except OSError as error:
            raise OutsideError(f"cannot write {path}: {error.strerror or error}") from error

    return write
