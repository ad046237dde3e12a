"""What the audit of a plan says; amounts, names and places are the author's own."""

from statusgen.words.sentence import Sentences, many, one

SENTENCES: Sentences = {
    # Parts of the others.
    "list": one("{items}, {last}"),
    "and": one("{items} and {last}"),
    "or": one("{items} or {last}"),
    "clauses": one("{items}; {last}"),
    "above": one("{amount} above the high end"),
    "below": one("{amount} short of the low end"),
    "inside": one("{amount}", "of an amount that lies inside a range"),
    "write": one("; write `{what}`", "behind a finding: what the author should add"),
    "exchange-rate": one("an exchange rate"),
    "nothing": one("nothing"),
    "costs": one("{name} costs {cost}"),
    "days": many("{count} day", "{count} days"),
    "no-rate": one("{name}: {currencies} cannot be added without a dated rate"),
    # Arithmetic.
    "twelve-times": many(
        "12 × the month, {count} time", "12 × the month, {count} times", "how often it holds"
    ),
    "low-ends": one("low ends {sum}", "{sum}: 1 - 20 / 50 = 60 %"),
    "high-ends": one("high ends {sum}"),
    "besides": one("{sum} ({more})"),
    "fees-sum": one("after fees of {fees}: {sum}"),
    "would-be": one("{amount} would be {number}", "{amount}: $50; {number}: 500 GB"),
    "cheaper": one("{cost} is {share} % below {amount}"),
    "cheaper-range": one("{cost} is {low} to {high} % below {amount}"),
    "hours-all": one("{hours}; all {whole}", "{hours}: Week 1 8 h, Week 2 4 h; {whole}: 12 h"),
    "weeks": one("weeks 1…{last}"),
    # Stages and tables.
    "stage-unpriced": one(
        "{stage}: not one of its items has a price, so the cost cannot be derived"
    ),
    "stage-holds": one("{stage}: {derived} lies within what is stated"),
    "stage-without": one("{stage}: {derived} without {missing}"),
    "stage-allows": one("{stage}: the items allow {derived}, they do not give what is stated"),
    "stage-misses": one("{stage}: {derived}; {outside} of what is stated, {stated}"),
    "changes-lack": one("{stage}: the changes lack {missing}"),
    "changes-holds": one(
        "{stage}: the base with its changes comes to {derived}, which is what is stated"
    ),
    "changes-contradicted": one(
        "{stage}: the base with its changes comes to {derived}, which is not what is stated"
    ),
    "basis-readings": one("as new costs {new} of {count} fit, as running costs {running}"),
    "basis-open": one(
        "nothing says whether the stage costs are new or running: {readings}{advice}"
    ),
    "basis-none": one(
        "nothing says whether the stage costs are new or running: {readings}; "
        "no reading fits all{advice}"
    ),
    "total-several": one("{table}: the total is not one amount"),
    "sum-holds": one("{table}: the lines add up to {derived}"),
    "sum-without": one("{table}: the lines add up to {derived}, without {missing}"),
    "sum-misses": one("{table}: the lines add up to {derived}, {outside} of what is stated"),
    "year-misses": one("{table}: {name} costs {derived} a year, not {stated}"),
    "years-hold": one("{table}: every annual amount is twelve times the monthly one"),
    "line-and-stage": one("{table}: {name} is {here} here, {stage} in the stage"),
    # Time and bands.
    "band-gap": one("{stage}: no stage names {first} to {last} {metric}"),
    "band-overlap": one("{stage}: overlaps the stage before from {first} to {last} {metric}"),
    "windows-apart": one(
        "{item} is in {here} in “{source}” and in {there} in “{other}”: one piece of work with two "
        "times, or two pieces?"
    ),
    "switched-apart": one(
        "{item} is switched over in {here} in “{source}”, but “{other}” moves it in {there}: does "
        "“{other}” last longer, or is the switch no part of it?"
    ),
    "window-overlap": one("{timeline}: {window} overlaps {before}, both hold {shared}"),
    "effort-differs": one("{item}: {step} in the timeline, {plan} in the plan"),
    "efforts-hold": one("{timeline}: the efforts are those of the items, {whole} in all"),
    # Promises.
    "unmeasured": one("{criterion} Nothing measures it: name `components:` of the status page"),
    "cheapest": one("{need} leads to {name} at {cost}"),
    "not-cheapest": one("{need} leads to {name} at {cost}, but {others}"),
    "target-holds": one("{derived} meets the target {target}"),
    "target-contradicted": one("{derived} misses the target {target}"),
    "target-open": one("{derived} may miss the target {target}"),
    # What migrations change.
    "impact-unpriced": one(
        "{stage}: a price of its migrations is missing or open, so the impact cannot be derived"
    ),
    "impact-none": one("{stage}: no item of it migrates, so the impact cannot be derived"),
    "impact-holds": one(
        "{stage}: {stated} is what its migrations give: "
        "{derived} (low ends {low}, high ends {high}, at most {extremes})"
    ),
    "impact-contradicted": one(
        "{stage}: {stated} is not what its migrations give: "
        "{derived} (low ends {low}, high ends {high}, at most {extremes})"
    ),
    "saving-within": one(
        "the change between the tables, {change}, lies within what the phases promise together, "
        "{planned}"
    ),
    "saving-smaller": one(
        "the change between the tables, {change}, is smaller than the smallest of what the phases "
        "promise together, {planned}"
    ),
    "saving-larger": one(
        "the change between the tables, {change}, is larger than the largest of what the phases "
        "promise together, {planned}"
    ),
    # Prices.
    "no-amount": one("{item}: the price names no amount"),
    "how-often": one("{item}: nothing says how often {price} is paid{advice}"),
    "say-how-often": one(
        "; write /month, /year or one-off behind each amount",
        "behind a finding: what the author should add",
    ),
    "number-unstated": one(
        "{name}: {price} needs the number of {units}, which nobody states{advice}"
    ),
    "number-solved": one(
        "{name}: {stated} at {price} needs exactly {number}, a number that nobody states{advice}"
    ),
    "usage-idle": one(
        "{name}: {price} is the same whatever the usage ({units}) is; "
        "write the price of one, or leave the usage out"
    ),
    "usage-bare": one("{item}: {price} without an assumption; state the cost you expect"),
    "usage-unsaid": one("{item}: {stated} is stated, but {price} without saying what usage"),
    "usage-share": one(
        "{item}: {stated} is stated, but {price} without saying what usage; "
        "{share} % of the running cost hangs on it"
    ),
    "stale": many(
        "{service}: {price} was looked up {count} day ago, on {day}",
        "{service}: {price} was looked up {count} days ago, on {day}",
    ),
    "prices-old": many(
        "{count} price is as old as the document: {age}, since {day}",
        "{count} prices are as old as the document: {age}, since {day}",
    ),
    "foreign": one("{name}: {currencies} stands beside {currency} without a dated rate{advice}"),
    "line-holds": one("{name}: {stated} is what the option costs"),
    "line-part": one(
        "{name}: {part} follows from the usage; the other {rest} would need {missing}"
    ),
    "line-misses": one("{name}: {stated} is stated, the option costs {derived}"),
    "drift": one("{name}: {price} here, {others}"),
    "price-there": one("{price} in {place}"),
    # What a plan pays for and its tables.
    "line-before": one("{table}: {name} has a line, but no item of the plan replaces it"),
    "line-after": one("{table}: {name} has a line, but no item of the plan introduces it"),
    "within-plan": one("{table}: {names} lies in the plan's {plan}"),
    "outside-plan": one("{table}: {names} costs {here} here, {plan} in the plan: {outside}"),
    "replaced": one(
        "{table}: the plan replaces {what} at {cost}, but the table has no line for it"
    ),
    "forgotten": one("{table}: {why}, but the table has no line for it"),
    "plan-pays": one("the plan pays {cost} for {what}"),
    "machines": one(
        "the machines of {number} other self-hosted services cost {cost} each, {name} needs one too"
    ),
    # Claims with a formula.
    "claim-bare": one("nothing derives {stated}: add `formula:`"),
    "claim-holds": one("{stated} is right: {derived}"),
    "claim-open": one("{stated} is possible, but the numbers give {derived}"),
    "claim-contradicted": one("{stated} is stated, the numbers give {derived}"),
    "claim-outside": one("{stated} is stated, the table gives {derived}: {outside}"),
    "after-fees": one("{claim}; after fees of {fees} it takes {number}"),
    "figures-missing": one("cannot be derived: {figures} cannot be told from what is listed"),
    "no-value": one("cannot be derived: {why}"),
    # Documents.
    "year-of-months": one("{table}: a year costs {months} months in every line"),
    "line-comes-to": one("{table}: {name} comes to {derived}, not {stated}"),
    "month-and-year-holds": one("{month} a month is {derived} a year"),
    "month-and-year-contradicted": one("{month} a month is {derived} a year, not {stated}"),
    "weeks-holds": one("{stated} is right: the windows cover weeks 1 to {last}"),
    "weeks-contradicted": one("{stated} is stated: the windows cover weeks 1 to {last}"),
    "stated-twice": one("{stage}: {here} here, {there} in line {line}"),
    "sum-allows": one("{table}: the lines add up to {derived}, which allows {stated}"),
    "sum-allows-without": one(
        "{table}: the lines add up to {derived}, which allows {stated}, not counting {missing}"
    ),
    "sum-of-some": one(
        "{table}: the lines add up to {derived}, and to {stated} without {missing}: "
        "does the total count that?"
    ),
    "far-apart": one("{claim}; that is far off: may one of them count something else?"),
    # The wizard.
    "examples-obey": one("every example obeys"),
    "examples-differ": one("the rule judges {examples} otherwise"),
    "pattern-takes": one("the pattern also takes {examples}"),
    "teams-overlap": one("{one} and {other} both hold {shared}"),
    "helper-differs": one(
        "{option} is for {traffic}, the helper recommends it for {limit}: {times}"
    ),
    "times": one("{factor} times"),
    "otherwise": one("otherwise"),
    "selects-differ": one("{option}: {here} here, {defaults} in the defaults"),
    "defaults-hold": one("{question}: every default is an option"),
    "no-options": many(
        "{question}: {options} is no option", "{question}: {options} are no options"
    ),
    "no-option-of": one("{example}: {text} is no option of {question}"),
    "departs": many(
        "{example}: departs from {count} default of its scale: {names}",
        "{example}: departs from {count} defaults of its scale: {names}",
    ),
    "unfit": one("{example}: {option} works with {needed}, not with {chosen}"),
}
