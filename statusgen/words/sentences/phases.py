"""What an update says of an incident's state; Statuspage's words."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "investigating": one("Investigating"),
    "identified": one("Identified"),
    "monitoring": one("Monitoring", "the mend is made, and its effect is watched"),
    "resolved": one("Resolved"),
    "withdrawn": one("Withdrawn", "it was a false alarm"),
    "postmortem": one("Postmortem"),
}
