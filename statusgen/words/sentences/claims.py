"""The ledger of claims: every stated number, how it was checked, when it last held."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "heading": one("Claims", "a page: every number that roadmaps state"),
    "intro": one(
        "Every number that the roadmaps state and every promise: where it stands, how it was "
        "checked, what that says, and since when."
    ),
    "link": one("All claims, and how each was checked"),
    "counts": one(
        "{holds} hold, {broken} do not, {open} are open, {unchecked} are checked by nothing",
        "numbers of claims",
    ),
    "column-claim": one("Claim"),
    "column-checked": one("Checked by"),
    "column-held": one("Held last"),
    "column-where": one("Where"),
    "how-arithmetic": one("arithmetic, {rule}", "{rule}: COST002"),
    "how-checks": one("checks of the status page"),
    "how-derived": one("the plan's own figures"),
    "how-file": one("a committed file of figures"),
    "how-hand": one("a figure written by hand"),
    "how-read": one("a figure that a check reads"),
    "how-forecast": one("a forecast from measured parts"),
    "how-nothing": one("nothing", "what a claim is checked by"),
    "state-holds": one("holds", "a claim"),
    "state-broken": one("does not hold", "a claim"),
    "state-open": one("open", "a claim of which nobody can tell"),
    "state-accepted": one("does not hold, and is accepted", "a claim"),
    "held-now": one("now", "when a claim last held"),
    "held-unknown": one("not as far as is known", "when a claim last held"),
    "doubtful": one("What does not hold, and what is open", "a table of claims"),
    "holding": many("{count} claim that holds", "{count} claims that hold"),
    "unchecked": many(
        "{count} number that is stated and that nothing checks",
        "{count} numbers that are stated and that nothing checks",
    ),
}
