"""What feeds say beside the updates themselves."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "rss": one("{name}: updates", "the title of the RSS feed"),
    "rss-about": one("Every update on incidents of {name}"),
    "atom": one("{name}: incidents", "the title of the Atom feed"),
    "entry": one("{phase}: {title}", "{phase}: Resolved; {title}: an incident's"),
}
