"""Maintenance windows: their course, and where they stand on pages."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "scheduled": one("Scheduled"),
    "in_progress": one("In Progress"),
    "verifying": one("Verifying", "the work is done, and its effect is checked"),
    "completed": one("Completed"),
    "cancelled": one("Cancelled"),
    "overrun": one("Overrunning", "it goes on after its planned end"),
    "maintenance": one("Maintenance"),
    "heading-in-progress": one("Maintenance in progress", "a heading"),
    "heading-upcoming": one("Upcoming maintenance", "a heading"),
    "overrun-since": one("It was due to end on {moment} and is still under way."),
    "planned": one("Planned"),
    "span": one("{start} to {end}", "two moments"),
    "left-out": one("This time is left out"),
    "counts": one("This time counts like any other"),
    "others": one("Other dates", "a heading; of a window that repeats"),
    "calendar": one("{name}: maintenance", "the name of a calendar"),
    "of-maintenance": one("Maintenance {phase}", "{phase}: Scheduled"),
}
