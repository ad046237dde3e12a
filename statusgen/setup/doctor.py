"""What ``doctor`` finds: does the schedule run as asked, do alerts arrive, what does it cost.

Every finding names its cure. Only what was recorded and written is looked at; nobody is asked over
the network. ``bad`` is what keeps the page or the alerts from being right; ``doubt`` is what may
be meant so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from statusgen.base import clock
from statusgen.base.clock import DAY, MINUTE, Instant
from statusgen.config.settings import DEFAULT_INTERVAL
from statusgen.history.cadence import WINDOW, usual_gap
from statusgen.history.dayfile import FUTURE_SLACK, day_files, read_bytes
from statusgen.probe.templates import GENERATED, secrets_of
from statusgen.run.channels import channels_of
from statusgen.run.site import Site
from statusgen.setup.schedules import dollars
from statusgen.setup.workflows import CheckWorkflow, check_workflows

if TYPE_CHECKING:
    from statusgen.notify.figures import AlertFigures

DAYS = 30
"""How far back holes and alerts are looked at."""
HOLE = 10 * MINUTE
_LATE = 2
"""Seen so many times slower than asked for, a schedule does not keep up."""
_OLD = 5
"""So many usual gaps without a round: the schedule stands still."""
_AT = re.compile(rb'"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"')

Level = Literal["fine", "doubt", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    level: Level
    said: str
    cure: str = ""
    """What to do; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch without a round."""

    start: Instant
    end: Instant

    @property
    def seconds(self) -> int:
        """How long it was."""
        return self.end - self.start


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

    @property
    def ok(self) -> bool:
        """Whether nothing is bad."""
        return all(each.level != "bad" for each in self.findings)


def examine(site: Site, now: Instant, environ: Mapping[str, str]) -> Report:
    """Look at everything. Raises as the parts of ``Site`` do."""
    settings = site.settings
    asked = min((each.cadence for each in settings.monitors), default=DEFAULT_INTERVAL)
    workflows = tuple(check_workflows(site.root))
    times = _times(site, now)
    recent = [at for at in times if at > now - WINDOW]
    observed = usual_gap(recent)
    holes = tuple(_holes([*times, now], max(HOLE, asked * 5 // 2)))
    alerts = _alerts(site, now, environ)
    secrets = _secrets(site, environ)
    findings = [
        *_of_schedule(asked, observed, times, now, workflows),
        *(_of_holes(holes, workflows) if times else ()),
        *_of_alerts(alerts),
        *_of_minutes(workflows),
        *_of_secrets(secrets, workflows),
        *_of_history(site),
    ]
    return Report(tuple(findings), asked, observed, holes, alerts, workflows, secrets)


def _times(site: Site, now: Instant) -> list[Instant]:
    """Return when rounds were made in the last days; only their times are looked at."""
    found: set[Instant] = set()
    for day, path in day_files(site.places.history).items():
        if day + DAY > now - DAYS * DAY and day <= now + FUTURE_SLACK:
            found |= {clock.parse_instant(text.decode()) for text in _AT.findall(read_bytes(path))}
    return sorted(at for at in found if now - DAYS * DAY < at <= now + FUTURE_SLACK)


def _holes(times: Sequence[Instant], limit: int) -> Iterator[Hole]:
    for start, end in itertools.pairwise(times):
        if end - start > limit:
            yield Hole(start, end)


def _of_schedule(
    asked: int,
    observed: int | None,
    times: Sequence[Instant],
    now: Instant,
    workflows: Sequence[CheckWorkflow],
) -> Iterator[Finding]:
    if not times:
        said = f"no round in the last {DAYS} days"
        yield Finding("schedule", "bad", said, _start(workflows))
        return
    since = now - times[-1]
    if since > max(HOLE, _OLD * max(asked, observed or 0)):
        said = f"no round for {_span(since)}; the last was at {clock.format_instant(times[-1])}"
        yield Finding("schedule", "bad", said, _start(workflows))
    if observed is None:
        yield Finding(
            "cadence", "doubt", f"asked every {_span(asked)}; too few rounds to tell more"
        )
        return
    said = f"asked every {_span(asked)}, came every {_span(observed)} in the last 7 days"
    if observed > _LATE * asked:
        yield Finding("cadence", "doubt", said, _faster(workflows))
    else:
        yield Finding("cadence", "fine", said)


def _start(workflows: Sequence[CheckWorkflow]) -> str:
    if not workflows:
        return "no workflow here checks; see `statusgen schedule`, and `statusgen history pull`"
    return (
        f"bring what was recorded with `statusgen history pull`; if it is old too, look whether "
        f"{workflows[0].file} is enabled (Actions) and how its last run ended"
    )


def _faster(workflows: Sequence[CheckWorkflow]) -> str:
    if any(each.relay for each in workflows):
        return "look at the runs of the relay under Actions: how did the last ones end?"
    return (
        "GitHub's cron comes when it can; `statusgen schedule` shows what keeps its time: "
        "a relay, an outside clock, a machine of your own"
    )


def _of_holes(holes: Sequence[Hole], workflows: Sequence[CheckWorkflow]) -> Iterator[Finding]:
    if not holes:
        yield Finding("holes", "fine", f"none in {DAYS} days")
        return
    longest = max(holes, key=lambda hole: hole.seconds)
    total = sum(hole.seconds for hole in holes)
    said = (
        f"{len(holes)} in {DAYS} days, {_span(total)} in all; the longest {_span(longest.seconds)} "
        f"from {clock.format_instant(longest.start)}"
    )
    yield Finding("holes", "doubt", said, _faster(workflows))


def _alerts(site: Site, now: Instant, environ: Mapping[str, str]) -> AlertFigures | None:
    from statusgen.notify.outbox import Outbox

    outbox = Outbox(site.places.history)
    if not outbox.exists():
        return None
    from statusgen.notify.figures import alert_figures
    from statusgen.notify.ledger import Ledger

    channels = channels_of(site.settings, environ)
    return alert_figures(Ledger(outbox.read()), channels, environ, now, days=DAYS)


def _of_alerts(alerts: AlertFigures | None) -> Iterator[Finding]:
    if alerts is None:
        return
    if alerts.dead:
        channels = ", ".join(sorted({each.channel for each in alerts.dead}))
        said = f"{len(alerts.dead)} dead letters, to {channels}"
        cure = "`statusgen notify list` says why; `statusgen notify retry --all` sends them again"
        yield Finding("alerts", "bad", said, cure)
    if alerts.waiting:
        yield Finding("alerts", "doubt", f"{len(alerts.waiting)} wait; the next run tries again")
    if alerts.median_s is None or alerts.longest_s is None:
        yield Finding("alert latency", "fine", f"no alert in {alerts.days} days")
    else:
        said = (
            f"{alerts.alerts} alerts in {alerts.days} days, from the round to the answer: median "
            f"{_span(alerts.median_s)}, longest {_span(alerts.longest_s)}"
        )
        yield Finding("alert latency", "fine", said)


def _of_minutes(workflows: Sequence[CheckWorkflow]) -> Iterator[Finding]:
    for each in workflows:
        if each.schedule is None:
            yield Finding("minutes", "fine", f"{each.file}: no cron that can be counted")
            continue
        minutes, pages = each.schedule.minutes, each.schedule.publishing
        said = (
            f"{each.file}: at most {minutes:,} a month for checks and {pages:,} for regular "
            f"publications; about ${dollars(minutes + pages):,} where the repository is private"
        )
        yield Finding("minutes", "fine", said)


def _secrets(site: Site, environ: Mapping[str, str]) -> dict[str, bool]:
    settings = site.settings
    templates = secrets_of(settings.monitors)
    templates += [channel.to for channel in settings.channels]
    if settings.heartbeat is not None:
        given = (settings.heartbeat.ok, settings.heartbeat.fail)
        templates += [each for each in given if each is not None]
    names = dict.fromkeys(name for each in templates for name in each.names)
    return {name: bool(environ.get(name)) for name in names if name not in GENERATED}


def _of_secrets(
    secrets: Mapping[str, bool], workflows: Sequence[CheckWorkflow]
) -> Iterator[Finding]:
    if not secrets:
        return
    passed = True
    for each in workflows:
        lacking = [name for name in secrets if name not in each.secrets and not each.all_secrets]
        if lacking:
            passed = False
            lines = "; ".join(f"{name}: ${{{{ secrets.{name} }}}}" for name in lacking)
            said = f"{each.file} does not pass {', '.join(lacking)}"
            yield Finding("secrets", "bad", said, f"write under `env:` of the step: {lines}")
    absent = [name for name, there in secrets.items() if not there]
    if absent and not workflows:
        cure = "set them where the checks run"
        yield Finding("secrets", "doubt", f"not set here: {', '.join(absent)}", cure)
    elif passed:
        yield Finding("secrets", "fine", f"named: {', '.join(secrets)}")


def _of_history(site: Site) -> Iterator[Finding]:
    from statusgen.history.verify import verify

    report = verify(site.places.history, now=site.wall_clock)
    if not report.ok:
        said = f"{len(report.findings)} places in the recorded history are damaged"
        cure = "`statusgen history verify` names them, `statusgen history repair` sets them aside"
        yield Finding("history", "bad", said, cure)


def _span(seconds: int) -> str:
    """Write a duration for a terminal: ``5 min``, ``2 h 3 min``."""
    from statusgen.words import Words

    return Words.of().duration(seconds)
