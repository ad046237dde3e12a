"""Costs: what is said of them beside their amounts."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "open": one("open", "in place of an amount of which nothing is known"),
    "partly": one("{amount} + ?", "{amount}: $41; more comes to it, nobody knows how much"),
}
