"""What a demonstration says of itself, on every page."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "notice": one(
        "This is a demonstration: the answers come from a server on the builder's own machine, "
        "and all but the newest round is made up. It does not go on: no further checks come."
    ),
}
