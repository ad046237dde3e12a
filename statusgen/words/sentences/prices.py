"""Prices whose terms are looked for on vendors' pages."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "title": one("Prices on the vendors' pages"),
    "free-title": one("Free allowances"),
    "column-allowance": one("Free each month"),
    "column-used": one("Used", "over a column: of a free allowance"),
    "column-out": one("When it runs out"),
    "amount": one("{amount} {unit}", "{amount}: 4,200; {unit}: emails"),
    "share": one("{used} ({share})", "{used}: 4,200 emails; {share}: 84 %"),
    "measured": one("measured {day}"),
    "as-written": one("as the plan says"),
    "minutes": many("{count} minute", "{count} minutes", "of machines that are paid by the minute"),
    "minutes-own": one("GitHub Actions, for this site's own checks and pages"),
    "minutes-asked": one("at most, as the schedule asks"),
    "minutes-last": many("after {count} day of a month", "after {count} days of a month"),
    "out": one("Used up."),
    "column-name": one("Price of", "over a column of names"),
    "column-price": one("As written", "over a column of prices"),
    "column-page": one("The vendor's page"),
    "column-look": one("Last look"),
    "expected": one("expected there: {texts}"),
    "never": one("Not looked at yet."),
    "ago": many("{count} day ago ({day})", "{count} days ago ({day})"),
    "seen": one("Seen {when}.", "{when}: 3 days ago (23 Nov 2026), or the day alone"),
    "vanished": one(
        "Vanished: looked {when}, the page no longer shows {what}.", "{what}: Pro $25/month"
    ),
    "gone": one("Vanished: looked {when}, the page is gone."),
    "redirected": one("Redirected: looked {when}, {what} answered.", "{what}: an address"),
    "scripts": one("Cannot tell: looked {when}, the page is made by scripts."),
    "cannot-tell": one("Cannot tell: looked {when}, the page could not be read."),
    "before": one("Last seen {when}."),
}
