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
    "ask-components": one("What is affected ({known})", "{known}: ids of components"),
    "ask-what": one("What do visitors notice"),
    "ask-who": one("Who is affected (may stay empty)"),
    "ask-do": one("What can they do meanwhile (may stay empty)"),
    "ask-next": one("When does the next update come (30m, or a time)"),
    "adopted": one("{file}: yours now; edit it, commit it, build"),
    "uptime-since": one("{uptime} since {day}", "{uptime}: 99.98 %; {day}: 2026-10-26"),
    "column-observed": one("Observed"),
    "column-id": one("Id"),
    "column-title": one("Title"),
    "column-phase": one("Phase"),
    "column-began": one("Began"),
    "column-ended": one("Ended"),
}
