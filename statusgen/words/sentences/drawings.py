"""Diagrams of roadmaps: their marks, the tables beneath them, and how to read them."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    "same-as-table": one("{title}: the same as a table", "{title}: of a diagram"),
    # How far a thing is.
    "progress-done": one("done", "of a step of a roadmap"),
    "progress-now": one("now", "a step of a roadmap is under way; also: today, on an axis"),
    "progress-late": one("late", "of a step of a roadmap"),
    "progress-dropped": one("dropped", "of a step of a roadmap that will not be done"),
    "progress-expected": one("expected", "on a diagram: a number of users on a day to come"),
    # Amounts.
    "stated": one("stated", "before an amount: what the author wrote"),
    "itemised": one("itemised", "before an amount: what the items add up to"),
    "stated-amount": one("stated {amount}", "{amount}: $300–500; what the author wrote"),
    "reading-new": one("new", "behind an amount: of a stage's own items"),
    "reading-running": one("running", "behind an amount: of a stage's items and all before"),
    "running": one("running", "before an amount: of a stage's items and of all before"),
    "itemised-amount": one("itemised {amount}", "{amount}: $421; what the items add up to"),
    "stated-range": one("stated range", "in a legend: between two amounts the author wrote"),
    "not-itemised": one(
        "{amount} not itemised", "that much is stated, but no item accounts for it"
    ),
    "above-stated": one("{amount} above what is stated"),
    "in-range": one("in range", "the items add up to what is stated"),
    "not-derivable": one("not derivable", "prices are missing, so a stated cost cannot be checked"),
    "contradicted": one("contradicted", "of a stated cost: the numbers give another"),
    "wider": one("wider than stated", "of a cost: its range reaches beyond the stated one"),
    "holds": one("holds", "of a stated cost: the numbers give it"),
    "included": one("included", "in place of a price: nothing is paid for it besides"),
    "free": one("free", "in place of a price"),
    # Cost of stages.
    "cost-of-each": one("Cost per month of each stage. {stages}", "{stages}: a list"),
    "own-scales": one("each stage on its own scale", "over several small axes of money"),
    "one-scale": one("per month, on one scale", "over an axis of money"),
    "one-scale-up-to": one("per month, on one scale up to {amount}", "over an axis of money"),
    "key-added": one("added in this stage", "in a legend, of costs"),
    "key-running": one("running from earlier stages", "in a legend, of costs"),
    "key-most": one("up to the highest price", "in a legend, of costs: what a range may add"),
    "key-gap": one("stated but not itemised", "in a legend, of costs"),
    "cost-title": one("Monthly cost of {name}", "{name}: of a roadmap"),
    "cost-read-bar": one(
        "The bar is what the listed prices come to, the frame beside it what the author states."
    ),
    "foreign": one(
        "Drawn is what is paid in {currency}; what is paid in {others} is not in it.",
        "{currency}: GBP; {others}: USD and EUR",
    ),
    "cost-read-hatch": one("Hatched: stated, but no item accounts for it."),
    # Before and after.
    "compared": many(
        "Per month: {sums}. {count} line, largest change first.",
        "Per month: {sums}. {count} lines, largest change first.",
    ),
    "sums": one("{before}, {after}, change {change}", "{before}: today $421; {change}: −$343"),
    "unchanged": one("unchanged", "of a price"),
    "new": one("new", "of a service"),
    "new-name": one("new: {name}", "{name}: of a service"),
    "gone": one("gone", "of a service that is given up"),
    "none": one("none", "in place of a service or an amount, on one side of an arrow"),
    "change-a-month": one("{change} per month", "{change}: −$343 (−82 %)"),
    "sum": one("Sum"),
    "compare-read-line": one("One line for each service, the largest change first."),
    "compare-read-dots": one(
        "The grey dot is what it costs before, the blue one what it costs after."
    ),
    "compare-read-arrows": one(
        "An arrow to the left saves money, one to the right costs more; "
        "a dashed one ends or begins."
    ),
    # Stages with their items.
    "ladder-stage": one("Stages of {name}", "the title of a diagram; {name}: of a roadmap"),
    "ladder-phase": one("Phases of {name}", "the title of a diagram; {name}: of a roadmap"),
    "ladder-priority": one("Priorities of {name}", "the title of a diagram; {name}: of a roadmap"),
    "stages-in-order": many(
        "{count} stage in order: {stages}", "{count} stages in order: {stages}"
    ),
    "and-more": many("and {count} more", "and {count} more", "of items in a stage"),
    "items": many("{count} item", "{count} items"),
    "needs": one("needs {names}", "what has to be done before"),
    "options": many("{count} option", "{count} options", "in place of a product: still to choose"),
    "critical-path": one("critical path", "in a legend: the chain of work that decides the end"),
    "can-wait": one("can wait", "in a legend: work that is not on the critical path"),
    "critical": one("{name} (critical)", "{name}: of work that is on the critical path"),
    "ladder-read-stage": one(
        "From top to bottom: one stage after the other, each with its items beside it."
    ),
    "ladder-read-phase": one(
        "From top to bottom: one phase after the other, each with its items beside it."
    ),
    "ladder-read-priority": one(
        "From top to bottom: one priority after the other, each with its items beside it."
    ),
    "ladder-read-now": one("The green frame is where we are: {name}."),
    "ladder-read-several": one(
        "The green frames are where we are: {name}.", "{name}: names of several stages"
    ),
    "ladder-read-amounts": one(
        "Stated is what the author wrote, itemised what the items' prices come to."
    ),
    "ladder-read-running": one(
        "Running is what its items come to with those of the stages before."
    ),
    "ladder-read-month": one("All amounts are per month."),
    "ladder-read-arrows": one("An arrow leads to what comes next."),
    # Over time.
    "unit-day": one("Day", "before numbers, counted from the beginning of the work"),
    "unit-week": one("Week", "before numbers, counted from the beginning of the work"),
    "unit-month": one("Month", "before numbers, counted from the beginning of the work"),
    "at-day": one("Day {number}", "counted from the beginning of the work"),
    "at-week": one("Week {number}", "counted from the beginning of the work"),
    "at-month": one("Month {number}", "counted from the beginning of the work"),
    "axis-day": one("Day {first} to {last}", "counted from the beginning of the work"),
    "axis-week": one("Week {first} to {last}", "counted from the beginning of the work"),
    "axis-month": one("Month {first} to {last}", "counted from the beginning of the work"),
    "axis-date": one("{first} to {last}", "two months: Jan 2027 to Jun"),
    "no-date": one("no date", "of a piece of work"),
    "rows": many("{count} row. {rows}", "{count} rows. {rows}"),
    "in-time": one("{name} in time", "the title of a timeline; {name}: of a roadmap"),
    "time-read-line": one(
        "One line for each piece of work; its bar reaches from beginning to end."
    ),
    "time-read-expected": one(
        "“Expected” spans the days between which a number will be reached with 90 %, if the trend "
        "goes on.",
    ),
    "time-read-left-out": one("Not in it, for want of a time: {names}.", "{names}: a list"),
    "time-read-open": one("A dashed arrow: no end is stated."),
    "time-read-goes-on": one("A chevron at an end of a bar: it goes on beyond what is shown."),
    "time-read-day": one("A day counts from the beginning of the work, not of the year."),
    "time-read-week": one("A week counts from the beginning of the work, not of the year."),
    "time-read-month": one("A month counts from the beginning of the work, not of the year."),
    "before": one("before", "on an axis of time: before the plan begins"),
    "no-values": one("No values.", "a diagram shows none"),
    "growth-title": one("{name}: monthly cost over time", "{name}: of a roadmap"),
    "growth-paid": one("paid per month", "in a legend"),
    "growth-told": one("Every item's price counts from its planned time on."),
    "growth-told-moves": one(
        "A new service is paid from the first day of its work on, the old one until the last: "
        "while one replaces the other, both are paid."
    ),
    "growth-untimed": many(
        "{names} has no time of its own: it changes with the last step.",
        "{names} have no time of their own: they change with the last step.",
        "{count}: how many names there are",
    ),
    "growth-partly": one(
        "Of some prices only a part is known, which is in it; “?” is the rest: {names}.",
        "{names}: a list",
    ),
    "growth-left-out": one(
        "Not in it, for want of a time or of a known price: {names}.", "{names}: a list"
    ),
    "growth-foreign": one(
        "Not in it, for it is paid in another currency: {names}.", "{names}: a list"
    ),
    "begins": many("{names} begins", "{names} begin", "{count}: how many names there are"),
    "ends": many("{names} ends", "{names} end", "{count}: how many names there are"),
    # Architectures.
    "parts": many("{count} part", "{count} parts", "of a system"),
    "groups": many("{count} group", "{count} groups", "of parts of a system"),
    "parts-in-groups": one("{parts} in {groups}", "{parts}: 12 parts; {groups}: 3 groups"),
    "leads": one("{start} to {end}", "an arrow leads from a part of a system to another"),
    "no-connections": one("No connections are drawn."),
    "alone": one(
        "Not connected to other parts in this plan", "over parts that no arrow of a diagram reaches"
    ),
    "alone-yet": one(
        "Not connected to other parts at this stage",
        "over parts that no arrow of a diagram reaches; it shows one stage of a roadmap",
    ),
    "none-joined": one("The plan names no connections between these parts."),
    "none-joined-yet": one(
        "At this stage there are no connections between these parts.", "of a roadmap"
    ),
    "itself": one("leads to itself", "of a part of a system"),
    "connections": many(
        "{count} connection", "{count} connections", "at an arrow that stands for several"
    ),
    "folded": one("{parts}, {measured} of them measured", "{parts}: 12 parts; {measured}: 3"),
    "size": one("Size", "of a diagram: before a choice"),
    "size-fit": one("Fit", "a size of a diagram: as wide as the page"),
    "size-large": one("Large", "a size of a diagram"),
    "size-largest": one("Largest", "a size of a diagram"),
    "views": one("Views of {name}", "{name}: of an architecture, which can be seen in several"),
    "view-all": one("All parts", "a view of an architecture"),
    "view-overview": one("Overview", "a view of an architecture: its groups alone"),
    "view-title": one("{name}: {view}", "{name}: of an architecture; {view}: Overview"),
    "arrows-in-table": one("What the arrows carry is in the table below."),
    "arrows-in-boxes": one("Too many arrows for a narrow screen: each box names what it leads to."),
    "lines-near": one("Some lines run close together; the table below names every connection."),
    "days-in-table": one("How each part did in the last 90 days is in the table below."),
    "arch-read-arrow": one("An arrow leads from a part to the one that it uses or hands on to."),
    "arch-read-frame": one("A dashed frame holds what runs in one place."),
    "arch-read-group": one(
        "A box with a dashed frame stands for all parts of a group; its name leads to them."
    ),
    "arch-read-joined": one(
        "An arrow at it stands for all connections of those parts; the table names each."
    ),
    "arch-read-stage": one(
        "A part stands here from the stage of its item on, one that names no item from the start; "
        "in blue stands what is new."
    ),
    "arch-read-link": one("A name in colour leads to its item or its status."),
    # Decision trees.
    "yes": one("yes", "the answer to a question"),
    "no": one("no", "the answer to a question"),
    "always": one("always", "in place of answers, where no question is asked"),
    "tree-read-top": one("Begin at the top and answer each question."),
    "tree-read-yes": one("A yes leads to the answer at its side, a no to the next question."),
    # Heads of the tables beneath.
    "column-part": one("Part", "of a system"),
    "column-details": one("Details"),
    "column-inside": one("Inside", "the group that a part of a system lies in"),
    "column-leads-to": one("Leads to"),
    "column-what": one("What"),
    "column-amount": one("{name}, amount", "{name}: of one of two stacks that are compared"),
    "column-change": one("Change"),
    "column-stage": one("Stage"),
    "column-when": one("When"),
    "column-running": one("Running", "of costs: what is paid once a stage is done"),
    "column-added": one("Added", "of costs: by one stage"),
    "column-itemised": one("Itemised", "what the items add up to"),
    "column-stated": one("Stated", "what the author wrote"),
    "column-check": one("Check", "what the audit says"),
    "column-stage-or-item": one("Stage or item"),
    "column-choice": one("Choice", "the product that was chosen"),
    "column-stated-itemised": one("Stated / itemised"),
    "column-after": one("After", "what has to be done before"),
    "column-state": one("State"),
    "column-from": one("From", "a time from which an amount is paid"),
    "column-changes": one("What changes"),
    "column-range": one("Stated range", "between two amounts the author wrote"),
    "column-answers": one("Answers"),
    "column-outcome": one("Outcome"),
}
