"""What each rule of the audit asks of a plan; the keys are the rules' names."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "sum": one("The sum under a table is the sum of its lines."),
    "stage-total": one("A stage's stated cost fits what its items come to."),
    "basis": one("Stage costs should say whether they are new or running."),
    "quantity": one("A unit price has its quantity."),
    "usage": one("A cost by usage says what usage it assumes."),
    "annual": one("A year costs twelve months."),
    "percentage": one("A percentage is what its numbers give."),
    "changes": one("A base and its changes give the next total."),
    "saving": one("What is saved is what the parts save."),
    "break-even": one("The number of customers covers the cost."),
    "price-per-customer": one("Revenue and price per customer agree."),
    "currencies": one("Currencies are not added without a dated rate."),
    "missing-line": one("What the plan pays for stands in its table."),
    "unexplained-line": one("A line of a comparison comes from the plan."),
    "drift": one("A product has one price in all documents."),
    "unmeasured": one("A promise on a measured figure names what measures it."),
    "superlative": one("The cheapest is the cheapest."),
    "bands": one("Bands and windows leave no gap and do not overlap."),
    "not-an-option": one("A default or an example is one of the options."),
    "incompatible": one("Choices fit together."),
    "stale-price": one("A price was looked up in the last 180 days."),
    "stated-twice": one("What is stated in two places agrees."),
    "impact": one("A phase's impact is what its migrations change."),
    "no-price": one("A price names an amount."),
    "time": one("Efforts and durations agree."),
    "arithmetic": one("A calculation comes to what is stated."),
    "answer": one("Examples of an answer obey the rule that they illustrate."),
}
