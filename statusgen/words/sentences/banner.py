"""The one sentence at the top of the status page, also its title and the terminal's."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "all-operational": one("All Systems Operational"),
    "all-measured-operational": many(
        "All Measured Systems Operational; {count} not measured",
        "All Measured Systems Operational; {count} not measured",
        "{count}: components of which nothing is known now",
    ),
    "one-degraded": one("{name} Experiencing Degraded Performance"),
    "one-partial": one("{name} Experiencing Partial Outage"),
    "one-major": one("{name} Experiencing Major Outage"),
    "one-maintenance": one("{name} Under Maintenance"),
    "some-degraded": one("Some Systems Experiencing Degraded Performance"),
    "some-partial": one("Some Systems Experiencing Partial Outage"),
    "some-major": one("Some Systems Experiencing Major Outage"),
    "some-maintenance": one("Some Systems Under Maintenance"),
    "all-degraded": one("All Systems Experiencing Degraded Performance"),
    "all-partial": one("All Systems Experiencing Partial Outage"),
    "all-major": one("All Systems Experiencing Major Outage"),
    "all-maintenance": one("All Systems Under Maintenance"),
    "and-unmeasured": many(
        "{sentence}; {count} not measured",
        "{sentence}; {count} not measured",
        "{sentence}: another of this list",
    ),
    "names-down": many("{names} is down", "{names} are down", "{count}: how many there are"),
    "names-reported": many("{names} has an open incident", "{names} have open incidents"),
    "names-partial": many("{names} is partly down", "{names} are partly down"),
    "names-degraded": many("{names} is degraded", "{names} are degraded"),
    "names-maintenance": many("{names} is under maintenance", "{names} are under maintenance"),
    "more-down": many("{count} more is down", "{count} more are down"),
    "more-reported": many("{count} more has an open incident", "{count} more have open incidents"),
    "more-partial": many("{count} more is partly down", "{count} more are partly down"),
    "more-degraded": many("{count} more is degraded", "{count} more are degraded"),
    "more-maintenance": many(
        "{count} more is under maintenance", "{count} more are under maintenance"
    ),
    "and-then": one("{first}, {second}", "{first}: A and B are down; {second}: 1 more is degraded"),
    "news": one("{phase} {moment}: {text}", "{phase}: Identified; {text}: an update's own words"),
    "fine": many(
        "{count} of {all} components is operational",
        "{count} of {all} components are operational",
        "the first part of a sentence",
    ),
    "fine-all": one("{fine}.", "{fine}: 57 of 60 components are operational"),
    "fine-unmeasured": many(
        "{fine}; no data for {count}.",
        "{fine}; no data for {count}.",
        "{fine}: 56 of 60 components are operational",
    ),
    "no-data": one("No data: nothing could be measured"),
    "nothing-yet": one("Nothing has been measured yet"),
    "too-old": one("No current data: the last checks are too old to tell"),
}
