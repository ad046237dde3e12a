"""What the wizard of a monitoring set-up (``data/wizards/monitoring.yml``) means for ``init``.

The wizard ships with the program; in a checkout it is the file of the repository itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from statusgen.base.yamltree import load
from statusgen.setup.choices import Choices
from statusgen.setup.schedule_files import Kind
from statusgen.setup.wheel import checkout
from statusgen.wizard.loader import asked_of_document
from statusgen.wizard.program import Program

_FILE = Path("data/wizards/monitoring.yml")
SCHEDULES: Mapping[str, Kind | None] = {
    "visits": Kind.VISITS,
    "relay": Kind.RELAY,
    "dispatch": Kind.DISPATCH,
    "elsewhere": None,
}
"""What the question ``runner`` is answered with."""
EVERY: Mapping[str, int] = {"hourly": 3600, "quarter": 900, "five": 300, "minute": 60}
"""What the question ``frequency`` is answered with → seconds."""


def monitoring_wizard() -> Program:
    """Return the wizard."""
    root = checkout()
    there = root is not None and (root / _FILE).is_file()
    shipped = resources.files("statusgen.setup") / "monitoring.yml"
    source = root / _FILE if root is not None and there else shipped
    text = source.read_text(encoding="utf-8")
    return asked_of_document(load(text, "monitoring.yml"), "monitoring").program


def choices_of(answers: Mapping[str, Any]) -> Choices:
    """Return what was chosen. The price stood beside what was taken: it counts as accepted."""
    private = answers.get("repository") == "private"
    every = EVERY.get(answers.get("frequency", ""))
    kind = SCHEDULES[answers.get("runner", "visits")]
    paid = private and (kind is Kind.RELAY or (kind is Kind.VISITS and every == 60))
    return Choices(kind, private, paid, every)


def left_to_do(answers: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the answers leave to the operator, which no generated file holds."""
    if answers.get("runner") == "elsewhere":
        yield "the files for your own machine: statusgen schedule systemd --write"
    for one in answers.get("telling", ()):
        yield f"{_TELLING[one]}, under notifications: in data/status.yml (statusgen notify test)"
    if answers.get("page") == "closed":
        yield "serve the built site behind your login, and leave GitHub Pages switched off"


_TELLING = {
    "mail": "mail to your team: {id: mail, to: $MAIL_URL}",
    "chat": "a message in your chat: {id: chat, to: $CHAT_URL}",
    "pager": "an alert to who is on call: {id: pager, to: $PAGER_URL}",
    "webhook": "a call of your webhook: {id: hook, to: $HOOK_URL}",
}
