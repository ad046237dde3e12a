"""What was billed, beside what was planned."""

from statusgen.words.sentence import Sentences, one

SENTENCES: Sentences = {
    "heading": one("Planned and billed in {month}", "{month}: October 2026"),
    "note": one(
        "The plan is that of {stage}, where it stood in {month}. What was billed is read from "
        "invoices; amounts in two currencies are never added.",
    ),
    "no-stage": one("The plan names no stage for {month}, so nothing can be held against it."),
    "column-service": one("Service"),
    "column-planned": one("Planned", "an amount a month"),
    "column-billed": one("Billed", "an amount on an invoice"),
    "column-difference": one("Difference", "between two amounts"),
    "column-verdict": one("Verdict"),
    "sum": one("All in {currency}", "{currency}: EUR; a sum"),
    "verdict-as-planned": one("as planned"),
    "verdict-more": one("more than planned"),
    "verdict-less": one("less than planned"),
    "verdict-unplanned": one("not planned"),
    "verdict-unbilled": one("not billed"),
    "verdict-open": one("cannot be told", "a comparison"),
}
