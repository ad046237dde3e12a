"""How bad an incident is for visitors."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "none": one("No impact"),
    "minor": one("Minor impact"),
    "major": one("Major impact"),
    "critical": one("Critical impact"),
}
