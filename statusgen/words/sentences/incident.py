"""An incident: in lists, and its own page."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "blip": one("blip", "a short incident"),
    "blip-about": one("A blip is an incident that passed in a few minutes."),
    "open": one("since {moment} ({lasting})", "{lasting}: 37 min so far; after: Investigating ·"),
    "closed": one("{moment}, lasted {duration}", "after: Resolved ·"),
    "earlier": many("{count} earlier update", "{count} earlier updates"),
    "began": one("Began"),
    "ended": one("Ended"),
    "duration": one("Duration"),
    "so-far": one("{duration} so far, as of {now}", "{duration}: 37 min; {now}: 14:05 UTC"),
    "ticks": one("{duration} so far", "{duration}: 37 min; it grows while one looks"),
    "affected": one("Affected"),
    "reported-by": one("Reported by"),
    "by-checks": one("Automated checks"),
    "by-people": one("Our team"),
    "by-both": one("Automated checks, then our team"),
    "promised": one("Next update promised by {moment}."),
    "promised-late": one(
        "An update was promised by {moment} and has not come yet.", "an author is late"
    ),
    "withdrawn": one(
        "Withdrawn on {moment}: this was a false alarm. The measured uptime has not been changed."
    ),
    "updates": one("Updates", "a heading"),
    "no-update": one("No update has been written yet."),
    "evidence": one("Evidence", "a heading"),
    "evidence-about": one(
        "The rounds of checks that opened and closed this incident, as they were recorded:"
    ),
    "present": one("Current status", "a link"),
}
