"""Roadmaps beside what goes on: forecasts, triggers over the past, dual runs, who and when."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    # The parts of an architecture.
    "days-failed": one(
        "failures on {failed} of {seen} days", "of a part of a system, over the last 90 days"
    ),
    "days-calm": one("no failure on {seen} days", "of a part of a system, over the last 90 days"),
    "read-strip": one(
        "The strip shows {days} days, the newest at its right: high where it failed, low where "
        "it did not, lower still where nothing was observed."
    ),
    # What can be expected.
    "forecast": one("Availability to be expected", "a title; of a system, from its parts"),
    "forecast-about": one(
        "Every part is needed, unless its author marked it as optional; of parts in parallel one "
        "is enough. The measured availabilities of the last 90 days are multiplied as if parts "
        "failed independently of each other. They rarely do, so this is a forecast, no proof."
    ),
    "forecast-interval": one(
        "The interval: of each measured part the exact binomial one (Clopper and Pearson) over its "
        "hours. Its lower end counts each hour in which anything was lost, its upper end only "
        "whole hours that were lost. Each is widened so that all together hold with 95 %."
    ),
    "column-drawing": one("Architecture"),
    "column-expected": one("Expected", "an availability"),
    "column-interval": one("95 % interval"),
    "column-lost": one("Lost per month", "a duration"),
    "column-promised": one("Promised", "an uptime"),
    "column-made-of": one("Made of", "the parts that a figure is made of"),
    "at-most": one("at most {share}", "{share}: 99.95 %"),
    "parts-measured": one("measured: {names}"),
    "parts-stated": one("as stated: {names}", "the vendor's word for it"),
    "parts-unknown": one("nobody measures {names}"),
    "within-reach": one("within reach", "a promised uptime"),
    "out-of-reach": one("out of reach", "a promised uptime"),
    "promises-expected": one("Promised, and to be expected", "a title, of uptimes"),
    "column-minute": one("Price of an avoided minute"),
    "minute": one("{price} per minute"),
    "minute-saves": one("{duration} less per month", "{duration}: 12 min; outage that is saved"),
    "minute-more": one("{duration} more per month", "{duration}: 12 min; outage"),
    "minute-unsure": one("the intervals overlap, so it may save none"),
    "minute-open": one("what it changes in the bill is open"),
    "minute-about": one(
        "The price of a minute is what the stages up to it change in the monthly bill, divided by "
        "the minutes of outage per month that it is expected to save."
    ),
    # Triggers over the past.
    "replay": one("The triggers, run over the last {days} days", "a title"),
    "replay-about": one(
        "When each would have fired, by what was recorded. A deployment stands here that was made "
        "meanwhile, or in the window that the trigger looks back on. That both came together "
        "proves no cause."
    ),
    "replay-none": one("None would have fired."),
    "no-deploys": one("No deployment is known: data/deploys.csv may name them."),
    "column-trigger": one("Trigger", "a reason to roll back"),
    "column-began": one("Began"),
    "column-lasted": one("Lasted", "a duration"),
    "column-deploys": one("Deployments near it"),
    "column-incidents": one("Incidents"),
    "still": one("{duration}, still", "how long a trigger has fired"),
    "blind": one(
        "{name} ({target} in {window}) wants checks of at most {wanted}; they come every "
        "{interval}, so where it did not fire that proves nothing.",
        "{window}, {wanted}, {interval}: durations",
    ),
    "blind-never": one(
        "{name} ({target} in {window}): no number of checks proves that it need not fire."
    ),
    # Dual runs.
    "dual": one("Both sides beside each other", "the old and the new service of a migration"),
    "dual-over": many(
        "Over {count} whole day since {day}.", "Over {count} whole days since {day}."
    ),
    "dual-safe": one(
        "Safe to switch off {name}, as far as checks can tell: {clean} clean days in a row, "
        "{wanted} are asked for.",
        "{clean}, {wanted}: numbers",
    ),
    "dual-not-yet": one(
        "Not yet safe to switch off {name}: {clean} of {wanted} clean days in a row.",
        "{clean}, {wanted}: numbers",
    ),
    "dual-dirty": one("The last day that was not clean: {day}."),
    "dual-about": one(
        "A day is clean where nothing was lost on the new side and at least half was observed."
    ),
    "dual-none": one("There is no whole day yet on which both sides were checked."),
    "row-uptime": one("Uptime"),
    "row-coverage": one("Observed", "the share of a time"),
    "row-lost": one("Lost", "a duration"),
    "row-cost": one("Cost per month"),
    # Who, by when, how far.
    "column-owner": one("Who", "sees to a piece of work"),
    "column-due": one("By when"),
    "column-progress": one("Progress"),
    "column-issue": one("Issue", "on GitHub or the like"),
    "column-changed": one("Last changed"),
    "reached": one("Reached", "the day on which a plan came to a stage"),
    "overdue": one("overdue", "behind a day by which something was to be done"),
    "work": one("What is next"),
    "who": one("Who"),
    "by-when": one("By when"),
    "done-of-items": one("{done} of {all} items"),
    # What holds a plan back.
    "held": one("What holds us back"),
    "held-nothing": one("Nothing that is written down or measured."),
    "due-by": one("due {time}", "{time}: 31 Mar 2027, Q4 2026, Week 3"),
    "held-late": one("{name} was due on {day}.", "{day}: 31 Mar 2027"),
    "held-waits": one("{name} waits for {names}."),
    "held-promise": one("{text}: {target} is promised, {figure} was measured."),
    "held-derived": one("{text}: {target} is promised, the plan's own figures give {figure}."),
    "held-reach": one("{text}: {target} is promised, {figure} is to be expected."),
    "held-weakness": many(
        "{name}: {count} incident so far, {length}.",
        "{name}: {count} incidents so far, {length} together.",
        "{name}: a weakness; {length}: a duration",
    ),
    "held-nobody": many(
        "{count} piece of work names nobody who sees to it.",
        "{count} pieces of work name nobody who sees to them.",
    ),
    "incidents-lost": many(
        "{count} incident, {length}", "{count} incidents, {length}", "{length}: a duration"
    ),
    "in-roadmaps": one("In the roadmaps", "a title on a component's page"),
    # Timelines.
    "view-group": one("Grouped by", "before links, of a timeline"),
    "view-period": one("Shown", "before links, of a timeline: which part of time"),
    "view-all": one("All", "of a timeline: every quarter"),
    "view-owner": one("Who", "grouped by the person or team that sees to it"),
    "view-state": one("State", "grouped by how far a piece of work is"),
    "by-owner": one("by who sees to it", "a heading: Timeline, 2026 Q4, by who sees to it"),
    "by-state": one("by state", "a heading: Timeline, 2026 Q4, by state"),
    "view-now": one("now", "beside a quarter: the one of today"),
    "group-nobody": one("Nobody named", "a heading over work that names nobody who sees to it"),
    "read-today": one("The dashed line is the day of this page."),
    "read-waits": one("A thin arrow leads to what waits for the end of another."),
    "read-counted": one("Weeks and months are counted from {day}."),
    # Feeds.
    "follow": one("Follow this roadmap:", "before links to feeds"),
    "feed": one("Roadmap {name}", "the name of a feed"),
    "news-reached": one("Stage reached"),
    "news-due": one("Stage is due"),
    "news-cost": one("Cost changed"),
    "news-done": one("Done", "of a piece of work"),
    "news-broken": one("Promise broken"),
    "news-kept": one("Promise kept again"),
    "news-cost-body": one("{name}: from {before} to {after} per month."),
    "news-due-body": one("{name}: {figure} counted, due at {target}."),
    "news-promise-body": one("{name}: {target} is promised."),
}
