"""Questions at a terminal, for what a command was not given.

An answer that cannot be is asked for again at once. Whoever stops half way, or meets a full disk at
the end, is told the command that goes on from there: nothing that was typed is lost.
"""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from statusgen.base.errors import InputError, StatusgenError
from statusgen.words import Words

ask_option = click.option(
    "--ask", "ask_all", is_flag=True, help="Ask at a terminal for whatever is not given."
)


def at_terminal() -> bool:
    """Whether a person sits before the command."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def anything(text: str) -> None:
    """Find no fault with an answer."""


@dataclass
class Interview:
    """The questions of one command; answers go into ``said``, under the names of its options."""

    said: dict[str, Any]
    whole: bool = False
    """Whether what may stay empty is asked for as well."""
    _asked: bool = field(default=False, init=False)

    def needed(
        self,
        name: str,
        option: str,
        question: str,
        check: Callable[[str], object] = anything,
        choices: Sequence[str] = (),
    ) -> str:
        """Return what was given, else the answer to a question, which must not be empty.

        Raises InputError naming the option where there is no terminal.
        """
        if self.said[name] is None:
            if not at_terminal():
                raise InputError(
                    f"{option} is missing; give it, or run this at a terminal to be asked"
                )
            self.said[name] = self._ask(question, check, choices)
        return str(self.said[name])

    def optional(
        self, name: str, question: str, check: Callable[[str], object] = anything, **values: str
    ) -> str | None:
        """Return what was given, else, in a whole interview, the answer; None: there is none."""
        if self.said[name] is None and self.whole and at_terminal():
            self.said[name] = self._ask(question, check, (), may_be_empty=True, **values)
        return str(self.said[name]) if self.said[name] else None

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Say how to go on where the command ends before it has written what was answered."""
        try:
            yield
        except (click.Abort, KeyboardInterrupt, StatusgenError):
            if self._asked:
                words = Words.of()
                click.echo(words.say("terminal.go-on", command=self.command_line()), err=True)
            raise

    def command_line(self) -> str:
        """Return the command with all that was given and answered."""
        context = click.get_current_context()
        words = ["statusgen", *context.command_path.split()[1:], "--ask"]
        for parameter in context.command.params:
            value = self.said.get(str(parameter.name))
            if (
                parameter.name == "ask_all"
                or value in (None, "", (), [], False)
                or value == parameter.get_default(context)
            ):
                continue
            if isinstance(parameter, click.Argument):
                words.append(str(value))
            elif getattr(parameter, "is_flag", False):
                words.append(parameter.opts[0])
            else:
                each = value if isinstance(value, (list, tuple)) else [value]
                words += [part for one in each for part in (parameter.opts[0], str(one))]
        return shlex.join(words)

    def _ask(
        self,
        question: str,
        check: Callable[[str], object],
        choices: Sequence[str],
        *,
        may_be_empty: bool = False,
        **values: str,
    ) -> str:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - lets the arrow keys move in what is typed

        words = Words.of()

        def read(text: str) -> str:
            answer = text.strip()
            if answer in choices or (not answer and may_be_empty):
                return answer
            fault = words.say("terminal.not-empty")
            if choices:
                fault = words.say("terminal.one-of", choices=", ".join(choices))
            elif answer:
                try:
                    check(answer)
                except InputError as error:
                    fault = str(error)
                else:
                    return answer
            raise click.UsageError(fault)

        asked = words.say(question, **values)
        if choices:
            asked = f"{asked} ({', '.join(choices)})"
        default = "" if may_be_empty else None
        try:
            answer = click.prompt(asked, default=default, value_proc=read, show_default=False)
        except click.Abort:
            click.echo(err=True)  # what follows begins on a line of its own
            raise
        self._asked = True
        return str(answer)
