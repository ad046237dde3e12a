"""Days: the strip of 90, the table of them, and what is said of them in short."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "from-to": one("{first} to {last}", "{first}: 28 Aug; {last}: 28 Oct"),
    "titled": one("{days}: {state}", "shown when pointing at a day of the strip"),
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
