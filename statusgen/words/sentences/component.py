"""A component: its row on the status page, and its own page."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "named-in": one("{name} ({group})", "one of two components that share a name"),
    "since": one("Since {moment}", "{moment}: 13 Sep, 01:25 UTC"),
    "since-why": one("{since}: {reason}", "{since}: Since 13 Sep; {reason}: it did not answer"),
    "since-muted": one("since {moment}", "after the name of a state"),
    "days-ago": many("{count} day ago", "{count} days ago"),
    "today": one("Today so far"),
    "people-say": one("Reported: {incident}", "{incident}: the title of an open incident"),
    "reported": one("According to {host}; not measured by us", "in the place of an uptime"),
    "reported-whole": one("According to {host}; not measured by us."),
    "not-measured": one("Not measured yet", "in the place of an uptime"),
    "not-measured-whole": one("Not measured yet."),
    "just-checked": one("First checked just now", "in the place of an uptime"),
    "over": many(
        "uptime in {count} day, coverage {coverage}",
        "uptime in {count} days, coverage {coverage}",
        "after 99.98 %",
    ),
    "over-since": one("uptime since {day}, coverage {coverage}", "after 99.98 %"),
    "too-little": many(
        "Not enough data in {count} day for an uptime, coverage {coverage}",
        "Not enough data in {count} days for an uptime, coverage {coverage}",
    ),
    "too-little-since": one("Not enough data since {day} for an uptime, coverage {coverage}"),
    "last-check": one("Last check: {reason}."),
    "90-days": one("90 days", "a heading"),
    "no-bad-day": one("No days with problems."),
    "as-table": one("Every day as a table"),
    "figures": one("Uptime and response time", "a heading"),
    "last": one("Last", "over a column: 24 hours, 7 days …"),
    "uptime": one("Uptime"),
    "coverage": one("Coverage"),
    "least": one("At least", "a column: which uptime the checks of a time prove"),
    "least-hours": one("by hours {least}", "{least}: a percentage; the cautious figure"),
    "least-about": one(
        "“At least” is what the checks prove with {sure}, were they independent. Failures come in "
        "runs, so the figure by hours is the cautious one."
    ),
    "last-24h": one("24 hours"),
    "last-7d": one("7 days"),
    "last-30d": one("30 days"),
    "last-90d": one("90 days"),
    "last-365d": one("A year"),
    "months": one("By month", "a heading"),
    "attempts": one("Attempts", "how often a check was tried"),
    "window-since": one("{window} (since {day})", "{window}: 90 days"),
    "p95": one(
        "p95: 95 out of 100 responses arrived within this time. Only checks that got a "
        "response count."
    ),
    "chart-title": one("Response times of {name}, {window}", "{window}: 90 days"),
    "chart-range": one("Range of the chart", "the name of a choice, for screen readers"),
    "chart-hourly": one("Response time by hour; a gap is time without a measurement."),
    "chart-daily": one("Response time by day; a gap is time without a measurement."),
    "chart-peak": one("Highest p95: {value}, on {day}.", "{value}: 910 ms; {day}: 22 Oct 2026"),
    "chart-p50": one("p50: half of the responses were faster."),
    "chart-band": one("up to p95: 95 out of 100 were faster.", "beside a band of colour"),
    "chart-empty": one("No measurement."),
    "chart-by-hour": many(
        "By hour: half of the answers within {p50}, 95 of 100 within {p95}, "
        "over {count} measured hour.",
        "By hour: half of the answers within {p50}, 95 of 100 within {p95}, "
        "over {count} measured hours.",
        "{p50}: 204 to 310 ms",
    ),
    "chart-by-day": many(
        "By day: half of the answers within {p50}, 95 of 100 within {p95}, "
        "over {count} measured day.",
        "By day: half of the answers within {p50}, 95 of 100 within {p95}, "
        "over {count} measured days.",
        "{p50}: 204 to 310 ms",
    ),
    "chart-table": one("The same as a table, by day"),
    "chart-table-name": one("Response times by day"),
    "day": one("Day"),
    "answers": one("Responses"),
    "range": one("{lowest} to {highest}", "{lowest}: 204; {highest}: 310 ms"),
    "incidents": one("Incidents", "a heading"),
    "follow": one("Follow this component:", "links to feeds follow"),
    "vantages": one("Seen from", "a heading; a table of places follows"),
    "vantages-about": one(
        "Checks are made from several places. Down is what more than half of them say; where "
        "fewer do, it is a partial outage."
    ),
    "vantage": one("Place", "that checks are made from"),
    "vantage-old": one("no longer counts", "of what a place said, for it is old"),
    "probes": one("{name} ({reached} of {of} probes reached it)", "{name}: Globalping"),
    "evidence": one("Evidence", "a heading"),
    "evidence-about": one("The latest check, as it was recorded."),
    "result": one("Result"),
    "result-why": one("{state}: {reason}"),
    "response": one("Response time"),
    "at": one("Checked at", "when a check was made"),
    "round": one("Round", "of checks; its key follows"),
}
