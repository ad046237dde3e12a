"""What ``check`` does beside checking in a job of GitHub Actions, and how it tells of it."""

from __future__ import annotations

import os
import time
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

    def after_push(self) -> None:
        """Have pages published and a successor wait, where that is due; no failure ends a loop."""
        for do in (self.relay.have_published, self.relay.keep_successor):
            try:
                done = do()
            except OutsideError as error:
                done = f"warning: {one_line(str(error), 300)}; the next push tries again"
            if done:
                click.echo(done, err=True)

    def at_end(self, ended: Ended) -> None:
        """Hand over. Raises OutsideError where no successor was started."""
        try:
            done = self.relay.hand_over(ended)
        except OutsideError as error:
            raise OutsideError(f"{error}; the workflow's cron begins a new chain") from None
        if done:
            click.echo(done, err=True)


def beside(site: Site, publish: str, relay: str, *, paid: bool) -> Beside:
    """Prepare it. Raises InputError where the environment lacks something, or would cost money."""
    job = Job.of(os.environ)
    if relay and not paid:
        _refuse_to_pay(job.is_private())
    publications = Publications.of(site) if publish else None
    begun = time.monotonic()
    return Beside(
        Relay(
            start=job.start,
            waits=job.waits,
            elapsed=lambda: time.monotonic() - begun,
            publish=publish,
            successor=relay,
            publications=publications,
        )
    )


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
