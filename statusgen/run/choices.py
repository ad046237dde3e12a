"""The inputs of the form by which a person tells of an incident, and whether they are up to date.

They stand between two comments of a workflow (``on: workflow_dispatch:``), so that they can be
renewed when components change, and all else in the file is its owner's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import and_list, quote
from statusgen.base.yamltree import load, read_text
from statusgen.base.yamlwrite import scalar
from statusgen.config.settings import Settings
from statusgen.incident.model import Impact, Phase

FORM = Path(".github/workflows/incident.yml")
"""Where the form stands, from the root of a repository."""
ACTIONS = ("open", "update", "resolve", "withdraw")
PHASES = tuple(str(each) for each in Phase if each not in (Phase.RESOLVED, Phase.WITHDRAWN))
UNCHANGED, NONE_NAMED, ALL, GROUP = "(unchanged)", "(none)", "all components", "group: "
"""Choices beside those that name something."""
MOST = 100
"""Choices of one list; more of them nobody finds on a phone."""
BEGIN, END = "# statusgen: inputs", "# statusgen: end of inputs"
_RENEW = "statusgen incident form --write"
_BLOCK = re.compile(
    rf"^(?P<indent> *){BEGIN}\b[^\n]*\n(?P<inputs>.*?)^ *{END}[ \r]*$", re.DOTALL | re.MULTILINE
)
Groups = Sequence[tuple[str, Sequence[str]]]
"""The name of each group, and the ids of its components."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of a form."""

    names: Mapping[str, Mapping[str, Any]]
    """Name → what the workflow says of the input. GitHub took ten at most until December 2025,
    older servers and linters do to this day."""
    notes: tuple[str, ...] = ()
    """What the form cannot offer, and what to do instead."""

    def text(self, indent: int = 4) -> str:
        """Return them as YAML between the two comments, each line behind ``indent`` spaces."""
        lines = [f"{BEGIN} (renewed by `{_RENEW}`; the rest of this file is yours)", "inputs:"]
        for name, said in self.names.items():
            lines.append(f"  {name}:")
            for key, value in said.items():
                if isinstance(value, tuple):
                    lines += [f"    {key}:", *(f"      - {scalar(each)}" for each in value)]
                else:
                    lines.append(f"    {key}: {'true' if value is True else scalar(value)}")
        return "".join(f"{' ' * indent}{line}\n" for line in [*lines, END])


def inputs_for(settings: Settings) -> Inputs:
    """Return the inputs of the form for a configuration."""
    groups = [(group.name, group.components) for group in settings.groups]
    return form_inputs([each.id for each in settings.components], groups)


def form_inputs(components: Sequence[str], groups: Groups) -> Inputs:
    """Return the inputs of the form for components by id, and for groups of them.

    Where there are too many components for a list, it offers their groups; where these are too many
    as well, it asks for ids.
    """
    choices, notes = _component_choices(components, groups)
    component = {"description": "To open: what is affected"}
    if choices:
        named: dict[str, Any] = {**component, **_choice((NONE_NAMED, *choices))}
        further = "To open: further components, by id (api=minor: its own impact); "
        further += "plan/weakness of a roadmap"
    else:
        named = {"description": "To open: the id of what is affected", "type": "string"}
        further = "To open: further ids (api=minor: its own impact); plan/weakness of a roadmap"
    names: dict[str, Mapping[str, Any]] = {
        "action": {"description": "What to do", "required": True, **_choice(ACTIONS)},
        "title": _string("To open: what happened, in a few words"),
        "component": named,
        "components": _string(further),
        "impact": {
            "description": "How bad it is for visitors; to open, choose one",
            **_choice((UNCHANGED, *map(str, Impact))),
        },
        "text": _string("What visitors notice, or the news (Markdown)"),
        "remedy": _string("What they can do meanwhile"),
        "next": _string("When the next update comes: 30m, or a time like 2026-11-20 21:00"),
        "phase": {"description": "Where things stand", **_choice((UNCHANGED, *PHASES))},
        "incident": _string("Which incident, by its id; else the one that lasts"),
    }
    return Inputs(names, tuple(notes))


def renewed(text: str, inputs: Inputs, file: str) -> str:
    """Return the text of a workflow with the inputs; all else stays.

    Raises InputError where the comments are missing between which they stand.
    """
    found = _BLOCK.search(text.replace("\r\n", "\n"))
    if found is None:
        fix = f"put the lines `{BEGIN}` and `{END}` around them, or remove the file"
        raise InputError([Problem("has no inputs that can be renewed", fix, file)])
    plain = text.replace("\r\n", "\n")
    whole = plain[: found.start()] + inputs.text(len(found["indent"])) + plain[found.end() + 1 :]
    return whole.replace("\n", "\r\n") if "\r\n" in text else whole


def out_of_date(path: Path, inputs: Inputs) -> Problem | None:
    """Say how the form in a file differs from what the configuration gives; None: not at all.

    A file without the comments is no form of ours: nothing is said of it.
    """
    try:
        text = read_text(path, str(path)).replace("\r\n", "\n")
        found = _BLOCK.search(text)
        if found is None:
            return None
        above = "\n" * (text.count("\n", 0, found.start("inputs")))
        data = load(above + found["inputs"], str(path)).data
    except InputError as error:
        return error.problems[0]
    there = data.get("inputs") if isinstance(data, dict) else None
    there = there if isinstance(there, dict) else {}
    wanted = {name: _plain(said) for name, said in inputs.names.items()}
    if there == wanted:
        return None
    line = text.count("\n", 0, found.start()) + 1
    message = f"the form is out of date: {_difference(there, wanted)}"
    return Problem(message, f"run: {_RENEW}", str(path), line)


def _component_choices(
    components: Sequence[str], groups: Groups
) -> tuple[tuple[str, ...], list[str]]:
    """Return what the list offers beside "none", and what it cannot offer; nothing: ask for ids."""
    odd = [each for each in (*components, *(name for name, _ in groups)) if "${{" in each]
    notes = [
        f"{quote(each)} is not offered: GitHub would take it for an expression" for each in odd
    ]
    ids = [each for each in components if each not in odd]
    large = [
        f"{GROUP}{name}" for name, held in groups if name and len(held) > 1 and name not in odd
    ]
    whole = [ALL] if len(ids) > 1 else []
    everything = (*ids, *large, *whole)
    if len(everything) < MOST:
        return everything, notes
    too_many = f"{len(ids)} components are too many for one list"
    if large and len(large) + len(whole) < MOST:
        notes.append(f"{too_many}: the form offers their groups, and asks for others by id")
        return (*large, *whole), notes
    notes.append(f"{too_many}: the form asks for them by id")
    return (), notes


def _choice(options: Sequence[str]) -> dict[str, Any]:
    return {"type": "choice", "default": options[0], "options": tuple(options)}


def _string(description: str) -> dict[str, Any]:
    return {"description": description, "type": "string"}


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return an input as reading its YAML gives it."""
    plain: dict[str, Any] = {}
    for key, value in said.items():
        plain[key] = list(value) if isinstance(value, tuple) else value
        if value is True:
            plain[key] = "true"
    return plain


def _difference(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    lists = [_options(each) for each in (wanted, there)]
    lacks = [f"`{each}`" for each in lists[0] if each not in lists[1]]
    gone = [f"`{each}`" for each in lists[1] if each not in lists[0]]
    told = [f"it lacks {and_list(lacks, 5)}"] if lacks else []
    if gone:
        told.append(f"it offers {and_list(gone, 5)}, which there is not")
    return ", and ".join(told) or "its inputs are not those that the configuration gives"


def _options(inputs: Mapping[str, Any]) -> list[str]:
    component = inputs.get("component")
    options = component.get("options") if isinstance(component, dict) else None
    return [str(each) for each in options] if isinstance(options, list) else []
