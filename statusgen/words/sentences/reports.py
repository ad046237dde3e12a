"""Reports of closed months, quarters and years: five methods of counting, agreements, revisions."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "heading": one("Reports", "a heading, and a link"),
    "title": one("Report {period}", "{period}: October 2026, 2026 Q4, 2026"),
    "about": one("Reports of {site}: closed months, quarters and years."),
    "report-about": one("Availability of {site}, counted by five methods: {period}."),
    "none": one("No period is closed yet. The first report is made when a month has ended."),
    "closed": one(
        "{first} to {last}, time zone {zone}. The period is over and this report is closed.",
        "{first}, {last}: days",
    ),
    "files": one("The same as files:", "before links to CSV and JSON"),
    "revision": one("Revision {number}"),
    "revision-noted": one("Revision {number}, noted {moment}."),
    "revision-changed": one(
        "Revision {number}, noted {moment}. Changed: {parts}.",
        "{parts}: availability, incidents …",
    ),
    "revision-new": one(
        "Revision {number}, first seen by this build. Changed: {parts}.",
        "{parts}: availability, incidents …",
    ),
    "revision-first": one("Revision {number}, first seen by this build."),
    "revisions": one("Revisions", "a heading"),
    "before": one("{method}: {name} was {figure}, now {present}", "percentages"),
    "part-availability": one("availability", "a part of a report, in a list"),
    "part-incidents": one("incidents", "a part of a report, in a list"),
    "part-maintenance": one("maintenance", "a part of a report, in a list"),
    "part-objectives": one("objectives", "a part of a report, in a list"),
    "part-agreements": one("agreements", "a part of a report, in a list"),
    "availability": one("Availability", "a heading"),
    "method-ours": one("This page", "over a column: counted as this page counts"),
    "method-counted": one("With maintenance", "over a column: scheduled maintenance counts too"),
    "method-down": one("Down", "over a column of durations"),
    "shown": one("This site shows Upptime's figure on its pages.", "Upptime: another tool"),
    "definitions": one("How each figure is counted", "a heading"),
    "def-counted": one(
        "As on this page, but scheduled maintenance counts like any other time. Rounded down."
    ),
    "def-statuspage": one(
        "Downtime is a major outage in full and a partial outage by {share}; degraded and "
        "maintenance are not downtime. The share of all time that was not downtime. Rounded down.",
        "{share}: 30 %",
    ),
    "def-incident-io": one(
        "Major and partial outages are downtime in full; degraded and maintenance are not. The "
        "share of all time that was not downtime. Rounded down."
    ),
    "def-upptime": one(
        "The share of all time outside of incidents. Slow counts as down; incidents closed within "
        "15 minutes are deleted, and an outage that begins during maintenance opens none. Rounded "
        "to two places, so that it can show 100.00 % despite a loss."
    ),
    "def-carried": one(
        "Uncertain: these three tools know no unobserved time, and their documents do not say how "
        "it would count. Here what was seen last lasts until the next check. How they round is "
        "known of Upptime alone, and Upptime has no partial outage: it counts as down."
    ),
    "source": one("Source", "a link to the document that a definition was read in"),
    "no-incidents": one("None in this period.", "incidents"),
    "no-maintenance": one("None in this period.", "maintenance"),
    "agreements": one("Agreements", "a heading; of service levels"),
    "promise": one(
        "{target} uptime of {names}, counted by the method “{method}”; the worst one counts.",
        "{names}: components; {method}: This page, Statuspage …",
    ),
    "sum": one(
        "{name}: {good} s good of {counted} s counted are {figure}.",
        "{good}, {counted}: seconds; {figure}: a percentage",
    ),
    "left-out": one("Left out: {start} to {end}, {why}.", "{start}, {end}: moments"),
    "kept": one("Kept: {figure} is not below {target}."),
    "broken": one("Broken: {figure} is below {target}."),
    "untold": one("Cannot tell: {coverage} of the time was observed, and half is needed."),
    "credit": one(
        "Credit owed: {share} of the fee, for an uptime of at least {low} and below {high}.",
        "all percentages",
    ),
    "no-credit": one("No step of credit is named for this uptime."),
    "amount": one("{share} of {fee} is {amount}.", "{fee}, {amount}: 500.00 EUR"),
    "claim": one("To be claimed by {day} at the latest."),
    "clause": one("The agreement says:", "before a quotation"),
    "evidence": one("Evidence", "a heading"),
    "evidence-days": one("Days on which something was not operational:", "before links"),
    "evidence-none": one("No day of this period has a page that shows an outage."),
    "evidence-digest": one(
        "Computed from the daily roll-ups. SHA-256 of each part, as the JSON file names it:"
    ),
    "line": one("{name}: {figure}, coverage {coverage}", "{figure}, {coverage}: percentages"),
    "column-amount": one("Uptime in the period", "over a column"),
}
