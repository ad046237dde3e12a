"""What ``doctor`` finds: does the schedule run as asked, do alerts arrive, what does it cost.

``finding``: one thing that was looked at, how it is known, and its cure. ``rounds``: whether checks
come; ``vantages``: from every place, and with a network; ``told``: alerts, the bill, secrets;
``recorded``: damage, orphans, clocks, sizes; ``repository``: what git says; ``around``: the
configuration, rights of workflows, versions, generated files; ``engines``: what builds the pages.
All that looks only at what lies here.
``online``: what GitHub says, where there is a token. What could not be looked at is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusgen.base import clock
from statusgen.base.clock import Instant
from statusgen.base.errors import InputError
from statusgen.config.settings import DEFAULT_INTERVAL, Settings
from statusgen.history.cadence import WINDOW, usual_gap
from statusgen.run.site import Site
from statusgen.setup.doctor import around, recorded, rounds, told
from statusgen.setup.doctor.engines import of_engines, of_places
from statusgen.setup.doctor.finding import Finding, Level
from statusgen.setup.doctor.repository import clone_of, of_clone
from statusgen.setup.doctor.rounds import HOLE, Hole, times_of
from statusgen.setup.doctor.vantages import of_vantages
from statusgen.setup.workflows import CheckWorkflow, check_workflows, workflow_files

if TYPE_CHECKING:
    from statusgen.notify.figures import AlertFigures

__all__ = ["Finding", "Hole", "Level", "Report", "examine"]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found."""

    findings: tuple[Finding, ...]
    asked: int
    """Seconds between rounds as asked for."""
    observed: int | None
    """Seconds between rounds as usual in the last seven days; None with fewer than two rounds."""
    holes: tuple[Hole, ...]
    """Longer than ten minutes, or than two and a half times what was asked for; oldest first."""
    alerts: AlertFigures | None
    """None where no channel was ever told anything."""
    workflows: tuple[CheckWorkflow, ...]
    secrets: Mapping[str, bool]
    """Names that the configuration takes secrets by → whether each is set here."""
    unseen: tuple[str, ...] = ()
    """What could not be looked at, and why."""

    @property
    def ok(self) -> bool:
        """Whether nothing is bad."""
        return all(each.level != "bad" for each in self.findings)


def examine(site: Site, now: Instant, environ: Mapping[str, str]) -> Report:
    """Look at everything; ``now`` is the clock's time or what stands for it.

    GitHub is asked only where ``environ`` holds a token. Raises OutsideError where the disk
    refuses; a configuration that cannot be read is a finding.
    """
    from statusgen.setup.doctor.online import ask_github

    settings = _settings(site)
    files, checking = workflow_files(site.root), check_workflows(site.root)
    clone = clone_of(site.root)
    history = site.places.history
    monitors = settings.monitors if settings else ()
    asked = min((each.cadence for each in monitors), default=DEFAULT_INTERVAL)
    times = times_of(site, now)
    observed = usual_gap([at for at in times if at > now - WINDOW])
    holes = tuple(rounds.holes_of([*times, now], max(HOLE, asked * 5 // 2)))
    alerts = told.alerts_of(site, now, environ) if settings else None
    secrets = told.secrets_named(site, environ) if settings else {}
    online = ask_github(clone, settings, checking, list(secrets), environ, clock.now())
    findings = [
        *around.of_configuration(site),
        *rounds.of_schedule(asked, observed, times, now, checking),
        *(rounds.of_holes(holes, checking) if times else ()),
        *of_vantages(settings, history, now),
        *told.of_alerts(alerts),
        *told.of_minutes(checking),
        *told.of_secrets(secrets, checking),
        *around.of_rights(settings, checking, files),
        *around.of_workflows(files),
        *of_engines(site.root, files),
        *of_places(settings, files),
        *around.of_versions(site.root, files, now),
        *around.of_generated(site.root),
        *recorded.of_history(history, now),
        *(recorded.of_orphans(settings, history, now) if settings else ()),
        *(recorded.of_size(settings, site.root, history, now) if settings else ()),
        *(of_clone(clone, settings, site.root, files, site.history) if clone else ()),
        *online.findings,
    ]
    unseen = [*online.unseen, *(() if clone else ("branches: this is no git repository",))]
    return Report(
        tuple(findings), asked, observed, holes, alerts, tuple(checking), secrets, tuple(unseen)
    )


def _settings(site: Site) -> Settings | None:
    try:
        return site.settings
    except InputError:
        return None
