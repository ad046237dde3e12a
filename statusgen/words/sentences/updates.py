"""What the program says in an incident: plain words, only what was measured, no blame.

Markdown. Names are made harmless before they come here; ``{moment}`` is an instant in UTC.
"""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "title": many("{names} is down", "{names} are down", "{count}: how many names there are"),
    "title-past": many("{names} was down", "{names} were down", "the same title, once it is over"),
    "opened": one(
        "Our checks of {name} have failed since {moment}: {reasons}.",
        "{reasons}: it answered with HTTP 503; …",
    ),
    "opened-several": many(
        "Our checks of {count} component fail:", "Our checks of {count} components fail:"
    ),
    "opened-entry": one("Checks of {name} have failed since {moment}: {reasons}"),
    "opened-more": many("and {count} more", "and {count} more", "the last entry of the list"),
    "recovered": one(
        "Our checks of {names} succeed again since {moment}. Those of {still} still fail."
    ),
    "resolved": one(
        "Our checks of {names} succeed again since {moment}. The outage lasted {duration}."
    ),
    "unmonitored": many(
        "We no longer check {names} and cannot tell whether it has recovered. "
        "This incident is closed for that reason alone.",
        "We no longer check {names} and cannot tell whether they have recovered. "
        "This incident is closed for that reason alone.",
        "{count}: how many names there are",
    ),
    "unmonitored-still": many(
        "We no longer check {names} and cannot tell whether it has recovered. "
        "Our checks of {still} still fail.",
        "We no longer check {names} and cannot tell whether they have recovered. "
        "Our checks of {still} still fail.",
        "{count}: how many names there are",
    ),
    "withdrawn": one("This was a false alarm."),
    "who": one("**Who is affected:** {who}"),
    "remedy": one("**What you can do:** {remedy}"),
}
