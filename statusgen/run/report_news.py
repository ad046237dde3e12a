"""That a report is closed, as a channel is told: its title, and one line for each component."""

from __future__ import annotations

from statusgen.base.clock import DAY, Instant
from statusgen.notify.compose import Pen, Text
from statusgen.notify.policy import Desk
from statusgen.run.report import Report
from statusgen.status.methods import Method, printed
from statusgen.status.periods import SETTLED, Length
from statusgen.status.uptime import hundredths

_ASKED = {Length.MONTH: "monthly", Length.QUARTER: "quarterly", Length.YEAR: "yearly"}
_OF_LATE = 30 * DAY
"""A report closed longer ago is no news; what the outbox forgot must not be told again."""
_LISTED = 20


def news(desk: Desk, pen: Pen, report: Report, now: Instant) -> None:
    """Hand a report to the desk, where it was closed of late."""
    closed = report.period.end + SETTLED
    if now - closed <= _OF_LATE:
        desk.report(report.period.id, closed, _ASKED[report.period.length], told(pen, report))


def told(pen: Pen, report: Report) -> Text:
    """Return what is told of a report: the figures by the site's own method."""
    words, settings = pen.words, pen.settings
    period = report.period.id
    name = words.month(period) if report.period.length is Length.MONTH else period.replace("-", " ")
    title = f"{settings.site.name}: {words.say('reports.title', period=name)}"
    method = Method.UPPTIME if settings.compat == "upptime" else Method.OURS
    lines = [
        words.say(
            "reports.line",
            name=pen.name(each.component),
            figure=words.percent(printed(each.uptimes[method])),
            coverage=words.percent(hundredths(each.coverage)),
        )
        for each in report.components[:_LISTED]
    ]
    more = len(report.components) - _LISTED
    if more > 0:
        lines.append(words.say("lists.more", count=more))
    return Text(title, "\n".join(lines))
