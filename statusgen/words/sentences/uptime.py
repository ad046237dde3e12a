"""What the printed uptime means; stands under the numbers."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "definition": one(
        "Uptime is the share of observed time that was good, to the second: {weights}. Time "
        "that was not observed is left out, shown in grey, and reflected in the coverage. "
        "{maintenance} A group is up while all its components are. Percentages are rounded "
        "down, never up.",
        "{weights}: operational counts in full, degraded …; {maintenance}: a whole sentence",
    ),
    "by-upptime": one(
        "Uptime is told by Upptime's arithmetic, as this site asks for: the share of all time "
        "since the first check that lies outside of incidents, rounded to two places. Slow counts "
        "as down, incidents closed within 15 minutes and those begun during maintenance are left "
        "out, and time that was not observed counts as whatever was seen last.",
        "stands under the numbers; Upptime is the name of another tool",
    ),
    "proved": one(
        "Checks are due every {interval} or more often; a shorter outage may be missed. Even "
        "{all} over {checks} checks proves no more than {least} ({sure} confidence, were checks "
        "independent); failures come in runs, so counted by hours it proves {hours}. The page of "
        "a component says what its own checks prove.",
        "{all}: 100.00 %; {sure}: 95 %; {least}, {hours}: percentages; under the definition",
    ),
    "maintenance-out": one("Scheduled maintenance is left out."),
    "maintenance-counts": one("Scheduled maintenance counts like any other time."),
    "full": one("{state} counts in full", "{state}: operational, degraded …"),
    "not": one("{state} does not count"),
    "part": one("{state} counts {share}", "{share}: 70 %"),
    "up": one("operational", "within a sentence"),
    "degraded": one("degraded", "within a sentence"),
    "partial": one("partial outage", "within a sentence"),
    "down": one("major outage", "within a sentence"),
}
