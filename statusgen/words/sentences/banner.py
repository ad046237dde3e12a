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
    "no-data": one("No data: nothing could be measured"),
    "nothing-yet": one("Nothing has been measured yet"),
    "too-old": one("No current data: the last checks are too old to tell"),
}
