"""Roadmaps: tables and lists of what they cost."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "column-change": one("Change", "of the monthly bill; amounts stand below"),
    "column-needs": one("Needs besides", "what self-hosted programs need: machines; amounts below"),
    "items-alone": one("Items alone", "a line beneath a table: the sum of the items"),
    "items-needs": one("What they need", "a line beneath a table: the machines that items need"),
    "needed-for": one("for {item}", "under the name of a machine: what it is needed for"),
    "derived-change": one("Derived: change", "of the monthly bill, by what a phase moves"),
    "with-needs": one("{amount} for what it needs", "{amount}: +$14; machines, under a change"),
    "column-stage": one("Stage"),
    "column-stated": one("Stated", "what the author of the roadmap wrote"),
    "column-new": one("New a month", "what a stage adds to the monthly cost"),
    "column-running": one("Running a month", "what is paid with all stages before"),
    "column-year": one("A year"),
    "column-not-counted": one("Not counted", "prices and quantities that nobody wrote down"),
}
