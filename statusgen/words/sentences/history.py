"""All incidents, and those of a month."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "none": one("No incidents have been reported so far."),
    "none-in-month": one("No incidents reported."),
    "no-incidents": one("no incidents", "beside a month"),
    "count": many("{count} incident", "{count} incidents", "beside a month"),
    "newer": one("Newer: {month}", "a link"),
    "older": one("Older: {month}", "a link"),
}
