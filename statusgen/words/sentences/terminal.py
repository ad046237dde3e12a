"""What the commands ``status`` and ``incident`` print."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "component": one("Component"),
    "state": one("State"),
    "since": one("Since"),
    "last-check": one("Last check"),
    "response": one("Response"),
    "30-days": one("30 days"),
    "uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 2026-10-26"),
    "observed": one("Observed"),
    "id": one("Id"),
    "title": one("Title"),
    "phase": one("Phase"),
    "began": one("Began"),
    "ended": one("Ended"),
}
