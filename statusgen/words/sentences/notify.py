"""Notifications: one line that says it all, then lines. Plain text, read on phones."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "entry": one("{name}: {reasons} (since {moment})", "{reasons}: it answered with HTTP 503; …"),
    "entry-plain": one("{name} (since {moment})"),
    "more": many("and {count} more", "and {count} more", "the last line of a list"),
    "too": many("{names} is down, too", "{names} are down, too", "{count}: how many names"),
    "up": many("{names} is up again", "{names} are up again", "{count}: how many names there are"),
    "lasted": one("{start} to {end}, lasted {duration}."),
    "partly": one("Partly up again: {title}"),
    "degraded": many(
        "{names} is slow or impaired", "{names} are slow or impaired", "{count}: how many names"
    ),
    "degraded-over": many(
        "{names} is as usual again", "{names} are as usual again", "{count}: how many names"
    ),
    "objective-spent": one("Error budget spent: {names}", "{names}: of components"),
    "objective-fast": one("Error budget burns fast: {names}", "{names}: of components"),
    "objective-kept": one("Objective met again: {names}", "{names}: of components"),
    "objective-calm": one("Error budget no longer burns fast: {names}", "{names}: of components"),
    "objective-body": one(
        "At least {target} over {window} is promised; {figure} was measured.", "{window}: 30 d"
    ),
    "word": one("{phase}: {title}", "{phase}: Identified; {title} of an incident"),
    "still": one("Not over after {duration}: {title}", "a reminder"),
    "scheduled": one("Maintenance planned: {title}"),
    "begun": one("Maintenance begun: {title}"),
    "ended": one("Maintenance over: {title}"),
    "overrun": one("Maintenance takes longer: {title}"),
    "cancelled": one("Maintenance cancelled: {title}"),
    "maintenance-news": one("Maintenance: {title}", "a further word of its author"),
    "planned": one("{start} to {end}", "two moments"),
    "affected": one("Affected: {names}"),
    "several-down": many("{count} component is down", "{count} components are down"),
    "several-up": many("{count} component is up again", "{count} components are up again"),
    "several-news": many("{count} piece of news", "{count} pieces of news"),
    "moment-entry": one("{moment} {title}", "an entry of a list: a time of day, what happened"),
    "test": one("This is a test of {site}"),
    "test-body": one("Notifications of the channel {channel} arrive here."),
}
