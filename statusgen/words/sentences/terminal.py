"""What the commands ``status`` and ``incident`` print."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "column-component": one("Component"),
    "column-state": one("State"),
    "column-since": one("Since"),
    "column-last-check": one("Last check"),
    "column-response": one("Response"),
    "column-30-days": one("30 days"),
    "adopted": one("{file}: yours now; edit it, commit it, build"),
    "uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 2026-10-26"),
    "column-observed": one("Observed"),
    "column-id": one("Id"),
    "column-title": one("Title"),
    "column-phase": one("Phase"),
    "column-began": one("Began"),
    "column-ended": one("Ended"),
}
