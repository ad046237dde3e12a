"""The status page, top to bottom."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "present": one("Present state", "the name of the banner, for screen readers"),
    "out-of-date": one("This page is out of date", "a heading"),
    "no-check": one(
        "No check has run yet. The first results appear here after the first round of checks."
    ),
    "checked": one("Last checked {moment}."),
    "rhythm": one(
        "Checked every {cadence}, published at least every {every}.",
        "{cadence}: 5 min; {every}: 30 min",
    ),
    "rhythm-hourly": one("Checked every {cadence}, published at least hourly.", "{cadence}: 5 min"),
    "overdue": one(
        "The next page was due by {moment} and has not arrived: what follows is the last that "
        "is known."
    ),
    "active": many("Active incident", "Active incidents", "a heading; it shows no number"),
    "active-since": one("Since {moment} ({lasting})", "{lasting}: 37 min so far"),
    "news": one("There is news.", "pages made since this one say something else"),
    "news-show": one("Show it", "a button beside: There is news."),
    "affects": one("affects {components}"),
    "components": one("Components", "a heading"),
    "component-count": many("{count} component", "{count} components"),
    "more-operational": many("{count} more operational", "{count} more operational", "of a group"),
    "find": one("Find a component", "the name of a text field"),
    "only-wrong": many(
        "Only what is wrong ({count})", "Only what is wrong ({count})", "a link; {count} components"
    ),
    "only-wrong-short": one("Only what is wrong", "a link"),
    "every": many("All {count} component", "All {count} components", "a link"),
    "none-found": one("No component has such a name.", "below a text field"),
    "group-uptime": many(
        "{uptime} in {count} day", "{uptime} in {count} days", "{uptime}: 99.98 %"
    ),
    "group-uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 26 Oct"),
    "last-known": one("(last known)", "behind a state, on a page that is out of date"),
    "key": one("What the bars mean, day by day", "the name of a legend, for screen readers"),
    "past": one("Past incidents", "a heading"),
    "by-month": one("All incidents, by month", "a link"),
    "no-incidents": one("No incidents reported."),
    "still-active": one("Touched by an active incident: see above.", "of a day or of several"),
    "nothing-measured": one("Nothing was measured.", "of a day, after: no incidents reported"),
}
