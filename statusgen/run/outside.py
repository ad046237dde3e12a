"""A second opinion: what probes elsewhere say of what failed here, before anybody is alarmed.

What they say is a round of its own (vantage ``globalping``), stored beside ours and joined with it
(:mod:`statusgen.history.looks`). Asked are, while no incident is open for them, monitors that are
down here, :data:`MOST` at a time and again after :data:`AGAIN`; and in each round those whose
owner wants them checked by Globalping (Upptime's ``type: globalping``).

The limit of tests an hour is the API's: what was spent in the last hour is counted in the history,
and its headers are believed. Where nothing is left, or no answer comes, there is no opinion.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from statusgen.base import clock
from statusgen.base.clock import HOUR, MINUTE
from statusgen.base.secrets import Redactor, Template
from statusgen.base.states import Reason, State
from statusgen.base.vantage import OUTSIDE
from statusgen.config.outside import Globalping
from statusgen.config.settings import Monitor
from statusgen.probe.connect_to import ConnectTo, redirected
from statusgen.probe.round import Check, Round, round_key
from statusgen.run.site import Site

MOST = 8
"""Monitors asked about in one round: so many down at once need no stranger to confirm it."""
AGAIN = 10 * MINUTE
"""An opinion stands so long."""
AN_HOUR, WITH_TOKEN = 250, 500
"""Tests an hour that the API gives to an address, and to an account."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What others say."""

    round: Round | None = None
    """None: nobody was asked, or nobody answered."""
    notes: tuple[str, ...] = ()
    """For the operator, redacted."""


def served(monitors: Sequence[Monitor]) -> list[Monitor]:
    """Return the monitors that Globalping checks in each round, not we."""
    return [monitor for monitor in monitors if monitor.globalping]


def ask(
    site: Site,
    done: Round,
    wanted: Sequence[Monitor],
    environ: Mapping[str, str],
    connect_to: Sequence[ConnectTo] = (),
) -> Opinion:
    """Ask about ``wanted`` (see :func:`served`) and about what failed in ``done``.

    Nothing outside raises; without anything to ask about nothing is imported.
    """
    told = site.settings.globalping
    suspects = _suspects(site, done) if told is not None and told.opinions else []
    if told is None or not (suspects or wanted):
        return Opinion()
    return _Asking(site, told, done, environ, connect_to).run(suspects, wanted)


def _suspects(site: Site, done: Round) -> list[Monitor]:
    """Return what is down here while nobody was told of it, and no opinion stands."""
    failed = {name for name, check in done.checks.items() if check.state is State.DOWN}
    if site.has_incidents:
        open_ = [one for one in site.lately(done.at - clock.DAY).joined if one.open]
        failed -= {name for one in open_ for entry in one.affected for name in entry.watched}
    if not failed:
        return []
    lately = site.store.last_checked(done.at, wanted=failed, back=HOUR, vantage=OUTSIDE)
    return [
        monitor
        for monitor in site.settings.monitors
        if monitor.id in failed and done.at - lately.get(monitor.id, 0) >= AGAIN
    ][:MOST]


class _Asking:
    """One round of opinions."""

    def __init__(
        self,
        site: Site,
        told: Globalping,
        done: Round,
        environ: Mapping[str, str],
        connect_to: Sequence[ConnectTo],
    ) -> None:
        from statusgen.base.web import Web
        from statusgen.probe.globalping import LIMITS, Purse

        self.site, self.told, self.done, self.environ = site, told, done, environ
        token = told.token or Template("$GLOBALPING_TOKEN")
        self.token = "" if token.missing(environ) else token.reveal(environ)
        self.purse = Purse((WITH_TOKEN if self.token else AN_HOUR) - self._spent())
        self.web = Web(
            limits=LIMITS,
            redact=Redactor.of([token], environ),
            lead=lambda host, port: redirected(connect_to, host, port)[:2],
        )
        self.checks: dict[str, Check] = {}
        self.notes: list[str] = []

    def run(self, suspects: Sequence[Monitor], wanted: Sequence[Monitor]) -> Opinion:
        begun, at = time.monotonic(), max(clock.now(), self.done.at)
        unsure = self._serve(wanted)
        self._put([*unsure, *suspects], self.told.probes)
        for monitor in wanted:  # its owner asked: that nobody could tell is told
            nobody = Check(state=State.UNKNOWN, reason=Reason.CHECKER)
            self.checks.setdefault(monitor.id, nobody)
        notes = tuple(dict.fromkeys(f"Globalping: {self.web.redact(each)}" for each in self.notes))
        if not self.checks:
            return Opinion(None, notes)
        run = self.done.key.partition("-")[2].removeprefix(f"{self.done.vantage}-") or "1-1"
        return Opinion(
            Round(
                key=round_key(at, OUTSIDE, f"{self.done.vantage}-{run.rpartition('-')[0]}"),
                at=at,
                vantage=OUTSIDE,
                took_ms=round((time.monotonic() - begun) * 1000),
                net="none",
                checks=self.checks,
            ),
            notes,
        )

    def _serve(self, wanted: Sequence[Monitor]) -> list[Monitor]:
        """Ask one probe about each; return those that it did not reach: more are asked then."""
        self._put(wanted, 1)
        return [
            monitor
            for monitor in wanted
            if (seen := self.checks.get(monitor.id)) is not None and seen.state is not State.UP
        ]

    def _put(self, monitors: Sequence[Monitor], probes: int) -> None:
        from statusgen.probe.globalping import ask_all, question

        asked = []
        for monitor in monitors:
            failed = self.done.checks.get(monitor.id)
            each = question(monitor, self.environ, failed=failed)
            if each is not None:
                asked.append(each)
            elif monitor.globalping:
                self.notes.append(f"{monitor.id}: its address or options are not asked of others")
        found = ask_all(
            asked,
            self.told,
            self.purse,
            token=self.token,
            places={each.id: (each.globalping,) for each in monitors if each.globalping},
            probes=probes,
            web=self.web,
        )
        self.checks.update(found.checks)
        self.notes += found.notes

    def _spent(self) -> int:
        """Return how many tests were spent in the last hour, as far as the history tells."""
        since = self.done.at - HOUR
        return sum(
            check.places[1]
            for each in self.site.store.rounds(since, now=clock.now())
            if each.vantage == OUTSIDE
            for check in each.checks.values()
            if check.places is not None
        )
