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
    "why-interval": one("it lies within the interval", "a promised uptime; of a forecast"),
    "why-parts": one("nobody measures some of its parts", "why an uptime cannot be expected"),
    "why-no-target": one("no single limit is named"),
    "why-old": one("its newest figure is of {day}"),
    "budget": one(
        "{left} of {budget} may still be lost: {checks} failed checks.",
        "{left}, {budget}: durations; {checks}: 8.6",
    ),
    "budget-spent": one("The {budget} that may be lost are spent.", "{budget}: a duration"),
    "maintenance-out": one(
        "Planned maintenance is left out: {length} in this time.", "{length}: a duration"
    ),
    "maintenance-none": one("Planned maintenance is left out; there was none in this time."),
    "maintenance-counted": one("Planned maintenance counts as any other time."),
    "again": one("If nothing fails, it is met again on {day}."),
    "burn": one(
        "Over the last {window} the budget went {times} times as fast as it may.",
        "{times}: 14.4",
    ),
    "proof": one(
        "{checks} checks, {failed} failed: at least {least} ({sure}), were checks independent; "
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
    "crossing-line": one(
        "expected about {day} ({first} to {last}, 90 %), "
        "by a straight line through {count} figures",
        "when a number is reached; dates",
    ),
    "crossing-growth": one(
        "expected about {day} ({first} to {last}, 90 %), "
        "if it goes on changing by the same share as in {count} figures",
        "when a number is reached; dates",
    ),
    "refused-thin": one("no day is expected: four figures at least are needed"),
    "refused-flat": one("no day is expected: it does not move there beyond doubt"),
    "refused-far": one("no day is expected: it is too far away for the figures that there are"),
    "mean-of": one("the mean of {count} figures in the last {window}", "{window}: 30 days"),
    "teller": one("{day}, {source}", "{source}: where a figure was read, as somebody wrote it"),
    "last-good": one("last kept on {day}", "a promise that is not kept now"),
    "last-quiet": one("last quiet on {day}", "a reason to go back, or an alert"),
    "column-measured": one("Measured"),
    "column-promise": one("Promise"),
    "column-verdict": one("Verdict", "met, missed, cannot tell"),
    "column-proof": one("What the checks prove"),
    "stages": one("What makes stages due"),
    "heading": one("Promises", "of all roadmaps, and how they stand; a page"),
    "all-intro": one(
        "What is promised here, to visitors and by the roadmaps, held against what was measured "
        "up to this build."
    ),
    "all-link": one("All promises, and how they stand"),
    "counts": one(
        "{good} as wished, {bad} not, {unknown} that nobody can tell yet",
        "{good}, {bad}, {unknown}: numbers of promises",
    ),
    "column-about": one("Of", "a column: what a promise is about"),
    "column-kind": one("Kind"),
    "kind-success": one("criterion", "one promise of a roadmap"),
    "kind-forecast": one("forecast", "of a promise of a roadmap, from measured parts"),
    "kind-trigger": one("reason to go back"),
    "kind-metric": one("watched figure"),
    "kind-stage": one("what makes a stage due"),
    "badge": one("promises", "the left half of a badge"),
    "badge-counts": one("{good} of {count} kept", "the right half of a badge"),
    "badge-unknown": one("cannot tell", "the right half of a badge"),
    "ready": one("Ready to begin", "a stage of a plan"),
    "not-ready": one("Not ready to begin", "a stage of a plan"),
    "ready-unknown": one("Nobody can tell whether it may begin", "a stage of a plan"),
    "unasked": one("Nobody wrote what it waits for", "a stage of a plan"),
    "begun": one("Under way", "a stage of a plan"),
    "done": one("Done", "a stage of a plan"),
    "dropped": one("Dropped", "a stage of a plan"),
    "because": one("{state}, because {reasons}.", "{reasons}: a list of clauses"),
    "stands": one("{state}: {reasons}.", "{state}: Under way; {reasons}: a list of clauses"),
    "because-counted-good": one("“{target}” is reached ({figure})", "{target}: 50+ users"),
    "because-counted-bad": one("“{target}” is not reached ({figure})", "{target}: 50+ users"),
    "because-counted-unknown": one(
        "nobody can tell whether “{target}” is reached ({why})", "{target}: 50+ users"
    ),
    "because-now-good": one("it is due now", "a stage of a plan"),
    "because-words-unknown": one("nothing measures “{words}”", "{words}: a condition in words"),
    "because-waits-bad": one("{name} is not done", "{name}: of a stage or a piece of work"),
    "because-waits-good": one("{name} is done", "{name}: of a stage or a piece of work"),
    "because-fired-bad": one("“{words}” has fired", "{words}: a reason to go back"),
    "because-criterion-good": one("“{words}” is met", "{words}: a criterion of a stage"),
    "because-criterion-bad": one("“{words}” is missed", "{words}: a criterion of a stage"),
    "because-criterion-unknown": one(
        "nobody can tell whether “{words}” is met", "{words}: a criterion of a stage"
    ),
    "arrives-before": one(
        "{target} is expected {days} before the work on it is planned to end.",
        "{target}: 50+ users; {days}: a duration",
    ),
    "arrives-after": one(
        "{target} is expected {days} after the work on it is planned to end.",
        "{target}: 50+ users; {days}: a duration",
    ),
    "readiness": one("May it begin?", "a column of a table of stages"),
    "intro": one(
        "What this plan promises or waits for, held against what was measured up to this build."
    ),
}
