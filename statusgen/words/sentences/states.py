"""The names of states, as they stand beside a shape and a colour."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "up": one("Operational"),
    "degraded": one("Degraded Performance"),
    "partial": one("Partial Outage"),
    "down": one("Major Outage"),
    "unknown": one("No Data"),
    "maintenance": one("Under Maintenance"),
    "unmonitored": one("Not monitored yet", "a day before the first check"),
}
