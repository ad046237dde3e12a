"""A conversation with a wizard: where it is, how to go back, how it is kept. Pure.

Both faces at a terminal drive this; nothing here prints or reads a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from statusgen.wizard.answers import accept, accepted, written
from statusgen.wizard.machine import State, entry, state_of
from statusgen.wizard.program import Program

FORMAT = "statusgen/wizard-session@1"
_DEPTH = 200
"""So many steps can be undone."""


@dataclass
class Session:
    """Answers, the question at which the person is, and the way there."""

    program: Program
    answers: dict[str, Any] = field(default_factory=dict)
    at: str | None = ""
    """The question asked now; None behind the last."""
    given: frozenset[str] = frozenset()
    """Questions that were answered beforehand, and are not asked."""
    _past: list[tuple[dict[str, Any], str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.at == "":
            self.at = next(iter(self.asked), None) if self.given else self._next_open()

    @property
    def asked(self) -> list[str]:
        """The questions that are asked of this person, in order."""
        return [name for name in self.state["visible"] if name not in self.given]

    @property
    def state(self) -> State:
        """What follows from the answers."""
        return state_of(self.program, self.answers)

    @property
    def question(self) -> dict[str, Any]:
        """The question asked now."""
        assert self.at is not None
        return entry(self.program, self.at)

    def _next_open(self) -> str | None:
        """Return the first question that nobody has answered, of those before the first open."""
        state = self.state
        waiting = [name for name in state["visible"] if name not in state["known"]]
        if not state["known"]:
            return waiting[0] if waiting else None
        return state["open"][0] if state["open"] else None

    def _keep(self) -> None:
        self._past.append((dict(self.answers), self.at))
        del self._past[:-_DEPTH]

    def take(self, raw: object) -> None:
        """Answer the question asked now and go on. Raises Refused; nothing has changed then."""
        value = accept(self.question, raw)
        self._keep()
        assert self.at is not None
        self.answers[self.at] = value
        self._forward()

    def skip(self) -> bool:
        """Go on without an answer where there may be none; False where there must be one."""
        if not self.question["optional"]:
            return False
        self._keep()
        assert self.at is not None
        self.answers.pop(self.at, None)
        self._forward()
        return True

    def _forward(self) -> None:
        asked = self.asked
        behind = asked[asked.index(self.at) + 1 :] if self.at in asked else []
        self.at = behind[0] if behind else None

    def back(self) -> bool:
        """Go to the question before; False at the first."""
        asked = self.asked
        index = len(asked) if self.at is None else asked.index(self.at)
        if index == 0:
            return False
        self.at = asked[index - 1]
        return True

    def undo(self) -> bool:
        """Take back the last answer; False where there is none."""
        if not self._past:
            return False
        self.answers, self.at = self._past.pop()
        return True

    def jump(self, name: str) -> bool:
        """Go to a question that is asked; False where there is no such one."""
        if name not in self.asked:
            return False
        self.at = name
        return True

    def suggestion(self) -> Any:
        """Return what an empty answer means: the answer given, a default, what is recommended."""
        assert self.at is not None
        state, question = self.state, self.question
        if self.at in self.answers:
            return written(self.program, self.answers)[self.at]
        preset = state["defaults"].get(self.at) or state["recommended"].get(self.at, {}).get(
            "options"
        )
        if not preset:
            return None
        return list(preset) if question["kind"] == "several" else preset[0]

    def finish(self) -> list[str]:
        """Answer all that is open with what is suggested; return what nothing is suggested for."""
        left: list[str] = []
        for name in [one["id"] for one in self.program["questions"]]:
            if name not in self.state["open"]:
                continue
            self.at = name
            value = self.suggestion()
            none = any(one["id"] == "none" for one in self.question["options"])
            if value is None and none:
                value = "none"
            if value is None:
                left.append(name)
            else:
                self.answers[name] = accept(self.question, value)
        self.at = left[0] if left else None
        return left


def session_text(session: Session) -> str:
    """Return a session as it is kept."""
    past = [[written(session.program, answers), at] for answers, at in session._past[-20:]]
    kept = {
        "format": FORMAT,
        "wizard": session.program["id"],
        "answers": written(session.program, session.answers),
        "at": session.at,
        "past": past,
    }
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def session_of(program: Program, text: str) -> Session | None:
    """Return a kept session; None where the text is none of this wizard."""
    try:
        kept = json.loads(text)
    except ValueError:
        return None
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        return None
    if kept.get("wizard") != program["id"] or not isinstance(kept.get("answers"), dict):
        return None
    session = Session(program, _answers(program, kept["answers"]))
    at = kept.get("at")
    if at is None and not session.state["open"]:
        session.at = None
    elif isinstance(at, str):
        session.jump(at)
    past = kept.get("past")
    for one in past if isinstance(past, list) else ():
        if isinstance(one, list) and len(one) == 2 and isinstance(one[0], dict):
            session._past.append((_answers(program, one[0]), one[1]))
    return session


def _answers(program: Program, raw: Mapping[str, Any]) -> dict[str, Any]:
    return accepted(program, raw)[0]
