"""The wizard with arrow keys. The widgets are prompt_toolkit's, the loop is ours.

Letters that are typed over a list of options gather in a line below it: ``back``, ``quit`` and the
other words work there as they do in numbered lines.
"""

from __future__ import annotations

from typing import Any

import click
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.shortcuts import PromptSession

from statusgen.cli.wizard_lines import Save, Stopped, obey
from statusgen.cli.wizard_show import describe, heading, lines
from statusgen.wizard.answers import Refused
from statusgen.wizard.session import Session
from statusgen.words import Words

_KEYS = "↑↓ move · Enter take · Space mark · ← back · or type: back undo review why skip quit"


def converse(session: Session, save: Save) -> None:
    """Ask until everything is answered. Raises Stopped; all that was answered is kept."""
    while session.at is not None:
        if session.question["options"] or session.question["kind"] == "yes-no":
            _choose(session)
        else:
            _write(session)
        save(session)


def _write(session: Session) -> None:
    """Ask for a text or a number."""
    keys = KeyBindings()

    @keys.add("c-b")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="back")

    @keys.add("left")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.cursor_left()
        else:
            event.app.exit(result="back")

    click.echo("\n" + "\n".join(heading(session)))
    preset = session.suggestion()
    asking: PromptSession[str] = PromptSession(key_bindings=keys, color_depth=_depth())
    try:
        text = asking.prompt("> ", default=str(preset) if preset is not None else "")
    except (KeyboardInterrupt, EOFError):
        raise Stopped from None
    obey(session, text)


def _depth() -> ColorDepth:
    return ColorDepth.from_env() or ColorDepth.DEPTH_4_BIT


class _Choice:
    """A list of options with a pointer."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.several = session.question["kind"] == "several"
        yes_no = session.question["kind"] == "yes-no"
        self.lines = lines(session)
        self.ids = ["yes", "no"] if yes_no else [one.id for one in self.lines]
        preset = session.suggestion()
        wanted = preset if isinstance(preset, list) else [preset]
        wanted = ["yes" if one is True else "no" if one is False else one for one in wanted]
        self.marked = [one for one in self.ids if one in wanted]
        self.at = self.ids.index(self.marked[0]) if self.marked else 0
        self.typed = ""
        self.told = ""

    def text(self) -> StyleAndTextTuples:
        """Return the list as it is shown now."""
        shown: StyleAndTextTuples = [("bold", line + "\n") for line in heading(self.session)]
        for number, one in enumerate(self.ids):
            pointer = "❯" if number == self.at else " "
            if not self.lines:
                shown.append(("reverse" if number == self.at else "", f"{pointer} {one}\n"))
                continue
            line = self.lines[number]
            box = ("[x] " if one in self.marked else "[ ] ") if self.several else ""
            star = "★" if line.recommended else "✗" if line.blocked else " "
            style = "ansiyellow" if line.recommended else "ansibrightblack" if line.blocked else ""
            if number == self.at:
                style += " reverse"
            tail = f"   {line.blocked}" if line.blocked else ""
            shown.append((style, f"{pointer} {star} {box}{line.text}{tail}\n"))
        return shown

    def foot(self) -> StyleAndTextTuples:
        """Return the help of the option pointed at, and what was typed."""
        about = ""
        if self.lines:
            about = "\n".join(list(describe(self.session, self.at + 1))[1:4])
        return [
            ("", about + "\n"),
            ("ansibrightblack", _KEYS + "\n"),
            ("", f"{self.told}> {self.typed}"),
        ]

    def answer(self) -> object:
        """Return what Enter takes."""
        if self.several:
            return self.marked or ["-"]
        return self.ids[self.at]


def _choose(session: Session) -> None:
    choice = _Choice(session)
    app: Application[Any] = Application(
        layout=Layout(
            HSplit(
                [
                    Window(FormattedTextControl(choice.text), wrap_lines=True),
                    Window(
                        FormattedTextControl(choice.foot),
                        wrap_lines=True,
                        height=Dimension(min=3, max=8),
                        dont_extend_height=True,
                    ),
                ]
            )
        ),
        key_bindings=_bindings(choice),
        erase_when_done=True,
        color_depth=_depth(),
    )
    try:
        result = app.run()
    except (KeyboardInterrupt, EOFError):
        raise Stopped from None
    if isinstance(result, str):
        obey(session, result)
        return
    try:
        session.take(result[0])
    except Refused as no:
        click.echo(Words.of().tell(no.saying))


def _bindings(choice: _Choice) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("up")
    def _(event: KeyPressEvent) -> None:
        choice.at = (choice.at - 1) % len(choice.ids)

    @keys.add("down")
    def _(event: KeyPressEvent) -> None:
        choice.at = (choice.at + 1) % len(choice.ids)

    @keys.add("left")
    @keys.add("c-b")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result="back")

    @keys.add("c-c")
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    @keys.add("backspace")
    def _(event: KeyPressEvent) -> None:
        choice.typed = choice.typed[:-1]

    @keys.add("enter")
    @keys.add("c-j")  # what Enter is to a terminal between two questions
    def _(event: KeyPressEvent) -> None:
        if choice.typed:
            event.app.exit(result=choice.typed)
        else:
            event.app.exit(result=(choice.answer(),))

    @keys.add("<bracketed-paste>")
    def _(event: KeyPressEvent) -> None:
        # Of several lines a person cannot have meant each as an answer: they can look at it first.
        pasted = " ".join(event.data.split())
        choice.typed = (choice.typed + pasted)[:200] if pasted.isprintable() else choice.typed

    @keys.add("<any>")
    def _(event: KeyPressEvent) -> None:
        if event.data == " " and not choice.typed and choice.several:
            one = choice.ids[choice.at]
            if one in choice.marked:
                choice.marked.remove(one)
            else:
                choice.marked.append(one)
        elif event.data.isprintable():
            choice.typed = (choice.typed + event.data)[:200]

    return keys
