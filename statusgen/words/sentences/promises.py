"""What was promised, and how it stands: objectives and gates."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "title": one("Objectives"),
    "met": one("met", "a promise is kept"),
    "missed": one("missed", "a promise is not kept"),
    "unknown": one("cannot tell", "whether a promise is kept"),
    "fired": one("fired", "a reason to go back came about"),
    "quiet": one("not fired", "a reason to go back did not come about"),
    "reached": one("reached", "a number of users"),
    "not-reached": one("not reached", "a number of users"),
    "last": one("in the last {window}", "{window}: 30 days; within a sentence"),
    "since": one("since {day}", "within a sentence"),
    "verdict-since": one("{verdict} since {day}", "{verdict}: met, missed"),
    "verdict-always": one("{verdict} ever since it was measured", "{verdict}: met, missed"),
    "objective": one(
        "At least {target} {window} is promised, {figure} was measured: {verdict}.",
        "{window}: in the last 30 days",
    ),
    "objective-unknown": one(
        "At least {target} {window} is promised; nobody can tell yet: {why}.",
        "{window}: in the last 30 days",
    ),
    "why-nothing": one("nothing was measured"),
    "why-coverage": one("only {coverage} of the time was observed"),
    "why-samples": one(
        "checks every {interval} cannot show it, at least one each {wanted} could",
        "{interval}, {wanted}: durations",
    ),
    "why-unprovable": one("no number of checks proves it"),
    "why-unit": one("its unit is not known here"),
    "why-source": one("nothing here measures it"),
    "why-open": one("the plan's own figures leave it open"),
    "why-parts": one("nobody measures some of its parts", "why an uptime cannot be expected"),
    "why-no-target": one("no single limit is named"),
    "why-old": one("its newest figure is of {day}"),
    "budget": one(
        "{left} of {budget} may still be lost: {checks} failed checks.",
        "{left}, {budget}: durations; {checks}: 8.6",
    ),
    "budget-spent": one("The {budget} that may be lost are spent.", "{budget}: a duration"),
    "again": one("If nothing fails, it is met again on {day}."),
    "burn": one(
        "Over the last {window} the budget went {times} times as fast as it may.",
        "{times}: 14.4",
    ),
    "proof": one(
        "{checks} checks, {failed} failed: at least {least} (95 %), were checks independent; "
        "failures come in runs, and by hours it is at least {hours}.",
        "{least}, {hours}: percentages",
    ),
    "missable": one(
        "Outages shorter than {interval} may be missed; one of {short} is seen with {chance}.",
        "{chance}: 40 %",
    ),
    "fired-times": one(
        "times fired in the last {window}: {times}, last on {day}, together {length}",
        "{length}: a duration; what a reason to go back would have done",
    ),
    "from-figures": one("from the plan's own figures"),
    "crossing": one("expected about {day} ({first} to {last})", "when a number is reached"),
    "column-measured": one("Measured"),
    "column-promise": one("Promise"),
    "column-verdict": one("Verdict", "met, missed, cannot tell"),
    "column-proof": one("What the checks prove"),
    "stages": one("What makes stages due"),
    "intro": one(
        "What this plan promises or waits for, held against what was measured up to this build."
    ),
}
