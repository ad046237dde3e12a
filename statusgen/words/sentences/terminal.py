"""What the commands ``status`` and ``incident`` print."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "column-component": one("Component"),
    "column-state": one("State"),
    "column-since": one("Since"),
    "column-last-check": one("Last check"),
    "column-response": one("Response"),
    "column-30-days": one("30 days"),
    "wrote": one("wrote {file}"),
    "late": one("{phase}, update promised {moment}", "an author is late with it"),
    "ask-title": one("What happened, in a few words"),
    "ask-impact": one("How bad is it for visitors"),
    "ask-components": one(
        "What is affected: {known} (ids, may stay empty)", "{known}: ids of components"
    ),
    "ask-what": one("What do visitors notice"),
    "ask-news": one("What is new"),
    "ask-done": one("What was it, and what was done"),
    "ask-who": one("Who is affected (may stay empty)"),
    "ask-do": one("What can they do meanwhile (may stay empty)"),
    "ask-next": one("When does the next update come (30m, or a time; may stay empty)"),
    "one-of": one("Write one of: {choices}"),
    "not-empty": one("It needs an answer."),
    "go-on": one(
        "Nothing was written. To go on from here: {command}", "{command}: of the command line"
    ),
    "then": one("Now commit and push it; the page shows it with the next build."),
    "adopted": one("{file}: yours now; edit it, commit it, build"),
    "uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 2026-10-26"),
    "column-observed": one("Observed"),
    "column-id": one("Id"),
    "column-title": one("Title"),
    "column-phase": one("Phase"),
    "column-began": one("Began"),
    "column-ended": one("Ended"),
}
