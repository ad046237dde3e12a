"""How ``check`` and ``notify`` send what is due and say how it went; never an address."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import click

from statusgen.base import clock
from statusgen.base.text import one_line
from statusgen.config.channels import Channel
from statusgen.run.site import Site
from statusgen.run.tell import Errand, Told


@dataclass(frozen=True, slots=True)
class Teller:
    """Sends what is due for a run."""

    site: Site
    channels: Sequence[Channel]
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def due(self) -> bool:
        """Whether anything is to be sent, or made ready for it."""
        return bool(Errand(site=self.site, channels=self.channels, environ=self.environ).due())

    def run(self, publish: Callable[[], bool] | None) -> bool:
        """Send it, publishing before and after; return whether the remote holds all."""
        errand = Errand(
            site=self.site, channels=self.channels, environ=self.environ, publish=publish
        )
        told = errand.run()
        tell_tries(told)
        return told.published


def tell_tries(told: Told) -> None:
    """Print what was sent, and what could not be."""
    for each in told.tries:
        if each.outcome == "sent":
            click.echo(f"told {each.channel}: {each.key}", err=True)
            continue
        follows = f"tried again {_when(each.next)}" if each.next else "given up"
        why = one_line(each.detail or each.outcome, 300)
        click.echo(f"warning: {each.channel} was not told: {why}; {follows}", err=True)
    for channel, names in told.unset:
        listed = ", ".join(f"${name}" for name in names)
        click.echo(f"warning: {channel} is not told: {listed} is not set here", err=True)


def _when(at: clock.Instant) -> str:
    return "by the next run" if at <= clock.now() else f"from {clock.format_instant(at)} on"
