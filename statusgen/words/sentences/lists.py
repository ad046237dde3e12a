"""The ends of lists that are cut short."""

from statusgen.words.sentence import Sentences, many

SENTENCES: Sentences = {
    "more": many("{count} more", "{count} more", "the end of a list: A, B and 4 more"),
    "cut": many("{items} and {count} more", "{items} and {count} more", "{items}: A, B, C"),
}
