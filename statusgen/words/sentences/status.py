"""The status page, top to bottom."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "present": one("Current status", "the name of the banner, for screen readers"),
    "out-of-date": one("This page is out of date", "a heading"),
    "no-check": one("No checks have run yet. Results appear here after the first round of checks."),
    "checked": one("Last checked {moment}."),
    "rhythm": one(
        "Checked every {cadence}, published at least every {every}.",
        "{cadence}: 5 min; {every}: 30 min",
    ),
    "rhythm-hourly": one("Checked every {cadence}, published at least hourly.", "{cadence}: 5 min"),
    "overdue": one(
        "The next update of this page was due by {moment} and has not arrived. What follows "
        "is the last known state."
    ),
    "active": many("Active incident", "Active incidents", "a heading; it shows no number"),
    "active-since": one("Since {moment} ({lasting})", "{lasting}: 37 min so far"),
    "news": one(
        "There is a newer version of this page.", "pages made since this one say something else"
    ),
    "news-show": one("Show it", "a button beside: There is news."),
    "affects": one("affects {components}"),
    "components": one("Components", "a heading"),
    "component-count": many("{count} component", "{count} components"),
    "more-operational": many("{count} more operational", "{count} more operational", "of a group"),
    "find": one("Find a component", "the name of a text field"),
    "only-wrong": many(
        "Show only problems ({count})", "Show only problems ({count})", "a link; {count} components"
    ),
    "only-wrong-short": one("Show only problems", "a link"),
    "every": many("Show all {count} component", "Show all {count} components", "a link"),
    "none-found": one("No component matches.", "below a text field"),
    "group-uptime": many(
        "{uptime} in {count} day", "{uptime} in {count} days", "{uptime}: 99.98 %"
    ),
    "group-uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 26 Oct"),
    "last-known": one("(last known)", "behind a state, on a page that is out of date"),
    "key": one("What the bars mean, day by day", "the name of a legend, for screen readers"),
    "past": one("Past incidents", "a heading"),
    "by-month": one("All incidents, by month", "a link"),
    "no-incidents": one("No incidents reported."),
    "still-active": one("See the active incident above.", "of a day or of several"),
    "nothing-measured": one("Nothing was measured.", "of a day, after: no incidents reported"),
}
