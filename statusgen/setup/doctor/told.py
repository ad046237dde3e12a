"""Do alerts arrive, what do the checks cost, and do they get the secrets that they need?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from statusgen.base.clock import Instant
from statusgen.probe.templates import GENERATED, secrets_of
from statusgen.run.channels import channels_of
from statusgen.run.site import Site
from statusgen.setup.doctor.finding import Finding, span
from statusgen.setup.doctor.rounds import DAYS
from statusgen.setup.minutes import minutes_of
from statusgen.setup.schedules import FREE_MINUTES, dollars
from statusgen.setup.workflows import CheckWorkflow

if TYPE_CHECKING:
    from statusgen.notify.figures import AlertFigures

_OUTBOX = "the outbox in the history"
_CONFIGURATION = "the configuration and the workflows that check"


def alerts_of(site: Site, now: Instant, environ: Mapping[str, str]) -> AlertFigures | None:
    """Return the figures of the last days; None where no channel was ever told anything."""
    from statusgen.notify.outbox import Outbox

    outbox = Outbox(site.places.history)
    if not outbox.exists():
        return None
    from statusgen.notify.figures import alert_figures
    from statusgen.notify.ledger import Ledger

    channels = channels_of(site.settings, environ)
    return alert_figures(Ledger(outbox.read()), channels, environ, now, days=DAYS)


def of_alerts(alerts: AlertFigures | None) -> Iterator[Finding]:
    """Judge whether alerts arrive."""
    if alerts is None:
        return
    if alerts.dead:
        channels = ", ".join(sorted({each.channel for each in alerts.dead}))
        said = f"{len(alerts.dead)} dead letters, to {channels}"
        cure = "`statusgen notify list` says why; `statusgen notify retry --all` sends them again"
        yield Finding("alerts", "bad", said, cure, _OUTBOX)
    if alerts.waiting:
        said = f"{len(alerts.waiting)} wait; the next run tries again"
        yield Finding("alerts", "doubt", said, "statusgen notify", _OUTBOX)
    if alerts.median_s is None or alerts.longest_s is None:
        yield Finding("alert latency", "fine", f"no alert in {alerts.days} days", known=_OUTBOX)
    else:
        said = (
            f"{alerts.alerts} alerts in {alerts.days} days, from the round to the answer: median "
            f"{span(alerts.median_s)}, longest {span(alerts.longest_s)}"
        )
        yield Finding("alert latency", "fine", said, known=_OUTBOX)


def of_minutes(workflows: Sequence[CheckWorkflow]) -> Iterator[Finding]:
    """Tell the bill."""
    for each in workflows:
        asked = minutes_of([each])
        if asked is None:
            yield Finding(
                "minutes", "fine", f"{each.file}: no cron that can be counted", known=each.file
            )
            continue
        said = (
            f"{each.file}: at most {asked.checks:,} a month for checks and {asked.publishing:,} "
            "for regular publications; "
            f"about ${dollars(asked.total):,} where the repository is private"
        )
        if asked.total > FREE_MINUTES:
            said += f", of which the {FREE_MINUTES:,} that its free plan includes last "
            said += f"{asked.days} days"
        yield Finding("minutes", "fine", said, known=each.file)


def secrets_named(site: Site, environ: Mapping[str, str]) -> dict[str, bool]:
    """Return the names that the configuration takes secrets by → whether each is set here."""
    settings = site.settings
    templates = secrets_of(settings.monitors)
    templates += [channel.to for channel in settings.channels]
    if settings.heartbeat is not None:
        given = (settings.heartbeat.ok, settings.heartbeat.fail)
        templates += [each for each in given if each is not None]
    names = dict.fromkeys(name for each in templates for name in each.names)
    return {name: bool(environ.get(name)) for name in names if name not in GENERATED}


def of_secrets(
    secrets: Mapping[str, bool], workflows: Sequence[CheckWorkflow]
) -> Iterator[Finding]:
    """Judge whether the workflows pass them."""
    if not secrets:
        return
    passed = True
    for each in workflows:
        lacking = [name for name in secrets if name not in each.secrets and not each.all_secrets]
        if lacking:
            passed = False
            lines = "; ".join(f"{name}: ${{{{ secrets.{name} }}}}" for name in lacking)
            said = f"{each.file} does not pass {', '.join(lacking)}"
            cure = f"write under `env:` of the step: {lines}"
            yield Finding("secrets", "bad", said, cure, _CONFIGURATION)
    absent = [name for name, there in secrets.items() if not there]
    if absent and not workflows:
        cure = "; ".join(f"export {name}=…" for name in absent)
        said = f"not set here: {', '.join(absent)}"
        yield Finding("secrets", "doubt", said, f"where the checks run: {cure}", _CONFIGURATION)
    elif passed:
        yield Finding("secrets", "fine", f"named: {', '.join(secrets)}", known=_CONFIGURATION)
