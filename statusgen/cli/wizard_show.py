"""What both faces of the wizard say at a terminal: an option, the review, the reason why."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from statusgen.base.text import one_line
from statusgen.wizard.billing import chosen, cost
from statusgen.wizard.blueprint import question_name, said
from statusgen.wizard.exact import money_range, plain
from statusgen.wizard.machine import State, option
from statusgen.wizard.program import Program
from statusgen.wizard.session import Session
from statusgen.wizard.why import rule_of, why

COMMANDS = "back, undo, review, why, skip, help N, quit"


@dataclass(frozen=True, slots=True)
class Line:
    """An option as shown."""

    id: str
    text: str
    recommended: bool
    blocked: str
    """Why it cannot be taken; empty where it can."""
    chosen: bool


def heading(session: Session) -> list[str]:
    """Return what stands above a question: phase, question, help, cost."""
    program, question = session.program, session.question
    phase = next(one for one in program["phases"] if one["id"] == question["phase"])
    total = len(program["phases"])
    lines = [f"{phase['number']}/{total} {phase['name']}   {running(session)}", question["ask"]]
    if question["help"]:
        lines.append(f"  {question['help']}")
    found = session.state["recommended"].get(session.at, {})
    if found.get("words"):
        lines.append(f"  recommended, and none of the options: {', '.join(found['words'])}")
    if found.get("need"):
        lines.append(f"  {found['need']} at this scale")
    return [one_line(line, 400) for line in lines]


def running(session: Session) -> str:
    """Return the running cost a month."""
    return f"{amount(session.program, session.state['cost'])}/month"


def bill(program: Program, state: State) -> Iterator[str]:
    """Yield what is counted, and how each price per unit comes to what it comes to."""
    for one in state["counts"]:
        if one["value"]:
            why = next(rule["why"] for rule in program["counts"] if rule["id"] == one["rule"])
            yield one_line(f"{number(one['value'])} {why or one['unit']}", 300)
    for one in state["cost"]["bill"]:
        question = next(each for each in program["questions"] if each["id"] == one["question"])
        taken = option(question, one["option"])
        cost = money_range(program["sign"], one["low"], one["high"])
        of = f", price of {taken['as_of']}" if "as_of" in taken else ""
        yield one_line(
            f"{question['name']} ({taken['name']}): {number(one['used'])} × {one['unit']}, "
            f"{number(one['free'])} included, {number(one['paid'])} paid: {cost}/month{of}",
            300,
        )
        yield from (one_line(f"  {text}: {url}", 300) for text, url in taken.get("links", ()))


def number(value: int) -> str:
    """Write a number of millionths for people: ``10,800``."""
    whole, _, rest = plain(value).partition(".")
    return f"{int(whole):,}{'.' + rest if rest else ''}"


def amount(program: Program, found: dict[str, Any]) -> str:
    """Return a cost, with what it does not hold."""
    text = money_range(program["sign"], found["low"], found["high"])
    return f"{text} + ?" if found["open"] and found["high"] is not None else text


def lines(session: Session) -> list[Line]:
    """Return the options of the question asked now."""
    state, question = session.state, session.question
    good = state["recommended"].get(session.at, {}).get("options", [])
    no = state["blocked"].get(session.at, {})
    given = chosen(session.answers.get(str(session.at)))
    totals = {one["id"]: _becomes(session, one["id"]) for one in question["options"]}
    differ = len(set(totals.values())) > 1
    made = []
    for one in question["options"]:
        text = one["name"] + (f" ({one['note']})" if "note" in one else "")
        if "price" in one:
            text += f"   {one['price']}"
        if "price" in one or differ:
            text += f" → {totals[one['id']]}"
        why_not = blocked_by(session.program, no[one["id"]]) if one["id"] in no else ""
        reason = one_line(why_not, 200)
        made.append(
            Line(one["id"], one_line(text, 300), one["id"] in good, reason, one["id"] in given)
        )
    return made


def _becomes(session: Session, identifier: str) -> str:
    """Return what the total becomes with an option."""
    question = session.question
    given = chosen(session.answers.get(question["id"]))
    several = question["kind"] == "several"
    value: Any = list(dict.fromkeys([*given, identifier])) if several else identifier
    known = {**session.state["known"], question["id"]: value}
    return amount(session.program, cost(session.program, known))


def blocked_by(program: Program, rule: str) -> str:
    """Return why an option cannot be taken."""
    found = rule_of(program, rule)
    if found is None:
        return rule
    if found.get("kind") == "requires":
        return f"works only with {' or '.join(found['named'])}"
    if found.get("kind") == "conflicts":
        return f"does not work with {' or '.join(found['named'])}"
    return str(found["why"] or rule)


def describe(session: Session, number: int) -> Iterator[str]:
    """Yield all that is said of an option."""
    options = session.question["options"]
    if not 1 <= number <= len(options):
        yield f"there is no option {number}"
        return
    one = options[number - 1]
    yield one_line(one["name"])
    for label, words in one.get("facets", ()):
        yield one_line(f"  {label}: {', '.join(words)}", 600)
    if "price" in one:
        read = f" (of {one['as_of']})" if "as_of" in one else ""
        yield one_line(f"  Price: {one['price']}{read}", 200)
    for text, address in one.get("links", ()):
        yield one_line(f"  {text}: {address}", 300)


def review(session: Session) -> list[tuple[str, str, str]]:
    """Return each question that is asked, with its answer: number, name, answer."""
    state = session.state
    rows = []
    for number, name in enumerate(session.asked, 1):
        value = state["known"].get(name)
        told = "—" if value is None else said(session.program, name, value)
        rows.append((str(number), one_line(question_name(session.program, name)), one_line(told)))
    return rows


def troubles(program: Program, state: State, given: Container[str] = ()) -> Iterator[str]:
    """Yield what does not fit; of questions ``given`` otherwise nothing is said."""
    for one in state["conflicts"]:
        question = next(q for q in program["questions"] if q["id"] == one["question"])
        name = option(question, one["option"])["name"]
        yield one_line(f"{question['name']}: {name} {blocked_by(program, one['rule'])}", 300)
    for rule in program["warn"]:
        if rule["id"] in state["warnings"] and rule["for"] not in given:
            yield one_line(str(rule["text"]), 400)


def reasons(session: Session) -> Iterator[str]:
    """Say why the options are recommended, and what would change that."""
    program = session.program
    found = why(program, session.answers, str(session.at))
    if found is None:
        yield "Nothing is recommended here."
        return
    known = session.state["known"]
    yield one_line(f"Rule {found.rule}" + (f": {found.reason}" if found.reason else ""), 300)
    for name in found.fired:
        yield one_line(
            f"  because {question_name(program, name)}: {said(program, name, known[name])}"
        )
    if found.nearest is None:
        yield "  no change of one or two answers would change it"
        return
    changes = " and ".join(
        f"{question_name(program, name)}: {said(program, name, value)}"
        for name, value in found.nearest.answers.items()
    )
    question = session.question
    names = [option(question, one)["name"] for one in found.nearest.options]
    then = ", ".join([*names, *found.nearest.words]) or "nothing"
    yield one_line(f"  with {changes} it would be {then}", 300)
