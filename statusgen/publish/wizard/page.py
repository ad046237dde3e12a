"""``wizard/``, ``wizards/<id>/``: one question at a time, with the answers in the address alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from statusgen.base.fields import link_fault
from statusgen.publish.edition import Edition
from statusgen.publish.links import relative
from statusgen.publish.manifest import Asset
from statusgen.roadmap.model.wizard import Tree
from statusgen.wizard.loader import Asked
from statusgen.wizard.machine import entry, option
from statusgen.wizard.program import Program

ASKED = "wizard/"
"""Where the wizard of ``data/wizard.yml`` is, from the site's root."""
_STATIC = "assets/wizard/"
_MODULES = ("ask.js", "machine.js", "blueprint.js", "why.js", "zip.js", "ask.css")
_SAID = (
    "phases", "answers", "a-month", "next", "back", "skip", "undo", "why",
    "nearest", "nearest-none", "pros", "cons", "bill", "begin-with", "recommended",
    "works-only", "works-not", "no-option", "optional", "required", "unanswered", "yes", "no",
    "none-of-these", "phase", "details", "fits-not", "cost", "copy", "copied", "copy-link", "anew",
    "compare", "compare-with", "this-link", "other-link", "files", "zip",
)  # fmt: skip
_REFUSED = (
    "refused-question", "refused-option", "refused-kind", "refused-yes", "refused-number",
    "refused-range", "refused-line", "refused-length", "refused-pattern", "refused-reserved",
    "link-long", "link-newer", "link-none",
)  # fmt: skip
_HOLES = (
    "name", "names", "number", "count", "cost", "why", "words", "text", "low", "high", "pattern",
    "version", "changes", "options", "unit", "used", "free", "paid", "option",
)  # fmt: skip


def folder_of(program: Program) -> str:
    """Return where a wizard is asked, from the site's root."""
    return ASKED if program["id"] == "wizard" else f"wizards/{program['id']}/"


def asking_entries(edition: Edition, wizards: Sequence[Asked], guide: str) -> Iterator[Asset]:
    """Return the pages of all wizards and what they load. ``guide``: the first one's reading."""
    for asked in wizards:
        program = asked.program
        folder = folder_of(program)
        path = f"{folder}index.html"
        yield edition.html(
            path,
            "wizard_asked.html",
            f"{program['name']} · {edition.settings.site.name}",
            program["summary"],
            program=program,
            phases=_phases(asked),
            data=relative(path, f"{folder}program.json"),
            module=relative(path, f"{_STATIC}ask.js"),
            style=relative(path, f"{_STATIC}ask.css"),
            guide=relative(path, guide) if folder == ASKED else "",
            others=[
                (one.program["name"], relative(path, folder_of(one.program)))
                for one in wizards
                if one is not asked
            ],
            followed=lambda url: link_fault(url, relative=False) is None,
            spoken=json.dumps(_words(edition), ensure_ascii=False),
        )
        text = json.dumps(program, ensure_ascii=False, separators=(",", ":"))
        yield Asset(path=f"{folder}program.json", content=text.encode(), source="a wizard")
    if wizards:
        static = resources.files("statusgen.publish.wizard") / "static"
        for name in _MODULES:
            yield Asset(path=_STATIC + name, content=(static / name).read_bytes(), source="ours")


def _words(edition: Edition) -> dict[str, str]:
    """Return the sentences that the script says, with their holes left open."""
    holes = {name: f"{{{name}}}" for name in _HOLES}
    say = edition.words.plain().say
    made = {name: say(f"wizard.ask-{name}", **holes) for name in _SAID}
    return made | {name: say(f"wizard.{name}", **holes) for name in _REFUSED}


def _phases(asked: Asked) -> list[dict[str, Any]]:
    """Return each phase with its questions, for who has no scripts.

    The questions of a decision tree stand nested, each answer with what it leads to.
    """
    program = asked.program
    trees = {tree.question: _tree(program, tree) for tree in asked.wizard.trees}
    phases = []
    for number, phase in enumerate(program["phases"]):
        after = program["phases"][number + 1 : number + 2]
        asked_here = [
            one
            for one in program["questions"]
            if one["phase"] == phase["id"] and one.get("role") != "tree"
        ]
        phases.append(
            {
                "id": phase["id"],
                "name": f"{phase['number']} {phase['name']}",
                "next": after[0] if after else None,
                "questions": [(one, trees.get(one["id"])) for one in asked_here],
            }
        )
    return phases


def _tree(program: Program, tree: Tree) -> dict[str, Any]:
    """Return a decision tree from its last question up: what yes gives, and what no."""
    question = entry(program, tree.question)
    below: dict[str, Any] = {"leaf": option(question, tree.otherwise)}
    for step in reversed(tree.steps):
        below = {"ask": step.ask, "yes": option(question, step.then), "no": below}
    return below
