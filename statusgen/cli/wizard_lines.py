"""The wizard in numbered lines: for a pipe, a plain terminal, a screen reader."""

from __future__ import annotations

from collections.abc import Callable

import click

from statusgen.base.text import one_line
from statusgen.cli.wizard_show import COMMANDS, describe, heading, lines, reasons, review
from statusgen.wizard.answers import Refused
from statusgen.wizard.session import Session
from statusgen.words import Words

Save = Callable[[Session], None]
Read = Callable[[], str]


class Stopped(Exception):  # noqa: N818 - as click's Abort: it names what happened
    """The person left, or the input ended."""


def converse(session: Session, save: Save, read: Read) -> None:
    """Ask until everything is answered. Raises Stopped; all that was answered is kept."""
    name = one_line(session.program["name"])
    click.echo(f"{name}. An empty line takes what is marked; {COMMANDS}.")
    while session.at is not None:
        ask(session)
        answered = False
        while not answered:
            text = read()
            answered = obey(session, text)
            save(session)


def ask(session: Session) -> None:
    """Print a question with its options."""
    click.echo("")
    for line in heading(session):
        click.echo(line)
    kind = session.question["kind"]
    for number, one in enumerate(lines(session), 1):
        mark = "x" if one.blocked else "*" if one.recommended else " "
        tail = f"  ({one.blocked})" if one.blocked else "  (recommended)" if one.recommended else ""
        box = ("[x] " if one.chosen else "[ ] ") if kind == "several" else ""
        click.echo(f" {mark} {number:>2}. {box}{one.text}{tail}")
    hint = {"several": "numbers, with commas; - for none", "yes-no": "yes or no"}.get(kind, "")
    preset = session.suggestion()
    shown = ", ".join(preset) if isinstance(preset, list) else preset
    if shown in (True, False):
        shown = "yes" if shown else "no"
    parts = [
        hint,
        f"empty: {shown}" if shown else "empty: skip" if session.question["optional"] else "",
    ]
    told = "; ".join(part for part in parts if part)
    click.echo(f"({told}) " if told else "", nl=bool(told))


def obey(session: Session, text: str) -> bool:
    """Do what a line says; return whether the next question is to be asked."""
    word, _, rest = text.strip().partition(" ")
    word = word.lower()
    if word == "quit":
        raise Stopped
    if word == "back" and not rest:
        return _told(session.back(), "this is the first question")
    if word == "undo" and not rest:
        return _told(session.undo(), "there is nothing to undo")
    if word == "skip" and not rest:
        return _told(session.skip(), "this question needs an answer")
    if word == "why" and not rest:
        click.echo("\n".join(reasons(session)))
        return False
    if word == "help" and rest.isdecimal() and rest.isascii():
        click.echo("\n".join(describe(session, int(rest[:4]))))
        return False
    if word == "review":
        return _reviewed(session, rest)
    return _taken(session, text.strip())


def _told(done: bool, otherwise: str) -> bool:
    if not done:
        click.echo(otherwise)
    return done


def _reviewed(session: Session, rest: str) -> bool:
    rows = review(session)
    if rest.isdecimal() and rest.isascii() and 1 <= int(rest[:4]) <= len(rows):
        return session.jump(session.asked[int(rest[:4]) - 1])
    for number, name, answer in rows:
        click.echo(f"{number:>3}. {name}: {answer}")
    click.echo("(review N goes to a question)")
    return False


def _taken(session: Session, text: str) -> bool:
    question = session.question
    raw: object = text
    if not text:
        raw = session.suggestion()
        if raw is None:
            return _told(session.skip(), "this question needs an answer")
    elif question["options"]:
        raw = _by_number(question["options"], text)
        if question["kind"] == "one":
            raw = raw[0] if len(raw) == 1 else text
    try:
        session.take(raw)
    except Refused as no:
        click.echo(Words.of().tell(no.saying))
        return False
    return True


def _by_number(options: list[dict[str, str]], text: str) -> list[str]:
    """Return ids for numbers; other words as they are."""
    found = []
    for part in (one.strip() for one in text.split(",")):
        number = int(part[:4]) if part.isdecimal() and part.isascii() else 0
        found.append(options[number - 1]["id"] if 1 <= number <= len(options) else part)
    return found
