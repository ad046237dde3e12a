"""Costs: what is said of them beside their amounts."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "open": one("not known", "in place of an amount that cannot be derived"),
    "range": one("{low} to {high}", "two amounts of which the first is below zero: −$800, −$400"),
    "at-least": one("{amount}+", "{amount}: $25; nobody knows how much more"),
    "partly": one("{amount} + ?", "{amount}: $41; more comes to it, nobody knows how much"),
}
