"""Days: the strip of 90, the table of them, and what is said of them in short."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "card-down": one("{duration} down", "of a day that somebody points at; {duration}: 37 min"),
    "card-uptime": one("uptime {uptime}", "of a day that somebody points at; {uptime}: 97.40 %"),
    "card-today": one("so far", "of today"),
    "card-open": one("Details of this day", "a link"),
    "card-strip": one("Days of {name}", "the name of a strip of days, for screen readers"),
    "wrong": many(
        "{count} component was not fully operational.",
        "{count} components were not fully operational.",
    ),
    "fine": many("{count} component was operational.", "{count} components were operational."),
    "measured": one("What was measured", "a heading"),
    "component": one("Component"),
    "stretch": one(
        "{span}: {state} ({duration})", "{span}: 20:07 CET–21:00 CET; {duration}: 53 min"
    ),
    "rounds": one("Rounds of checks", "a heading"),
    "rounds-about": many(
        "{count} round of checks was recorded on this day. Listed are the first, the last, "
        "and those that saw a change:",
        "{count} rounds of checks were recorded on this day. Listed are the first, the last, "
        "and those that saw a change:",
    ),
    "rounds-more": many("{count} more is not listed.", "{count} more are not listed."),
    "no-rounds": one(
        "The individual rounds of this day are no longer kept; the figures above were "
        "computed from them."
    ),
    "no-change": one("no change"),
    "change": one("{name}: {state}"),
    "change-why": one("{name}: {state}, {reason}"),
    "seen-from": one("Seen from {place}: {changes}", "{place}: Frankfurt; {changes}: API: down"),
    "run": one("run", "a link to the run of the workflow that made a round"),
    "line": one("line", "a link to the recorded line of a round"),
    "so-far": one("{day} (so far)", "today"),
    "table": one("Days of {name}", "the name of a table, for screen readers"),
    "day": one("Day"),
    "state": one("State"),
    "down": one("Down", "how long it was down"),
    "uptime": one("Uptime"),
    "with-problems": many(
        "{count} day with problems: {days}",
        "{count} days with problems: {days}",
        "{days}: 21 Nov, 13 Sep",
    ),
    "without-data": many("{count} day without data", "{count} days without data"),
}
