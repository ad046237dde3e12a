"""Pages that are not where they were."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "heading": one("This page does not exist"),
    "perhaps": one("It may have been moved. {present}.", "{present}: a link"),
    "perhaps-history": one("It may have been moved. {present} or the {history}.", "both are links"),
    "present": one("See the current status"),
    "history": one("incident history"),
    "moved": one("This page is now at {page}.", "{page}: a link"),
}
