"""The files of a blueprint: a roadmap, decision records, itself, and lines of monitors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from statusgen.wizard.answers import link_of
from statusgen.wizard.blueprint import blueprint, blueprint_text, plan_id
from statusgen.wizard.insertion import lines_of
from statusgen.wizard.machine import state_of
from statusgen.wizard.plan import plan_text
from statusgen.wizard.program import Program
from statusgen.wizard.records import record_files

MONITORS = "monitors.yml"
"""Where no ``data/status.yml`` can be written into: lines for its ``monitors:``."""


def output_files(
    program: Program, answers: Mapping[str, Any], day: str, first: int = 1
) -> dict[str, str]:
    """Return every file by its path. ``day``: of the decisions, as YYYY-MM-DD.

    ``first``: the number of the first decision record.
    """
    state = state_of(program, answers)
    made = blueprint(program, answers)
    name = plan_id(program, state)
    files = {f"data/roadmaps/{name}.yml": plan_text(program, state)}
    files |= record_files(program, state, day, link_of(program, state["known"]), first)
    files[f"data/blueprints/{name}.json"] = blueprint_text(made)
    if made["compose"]:
        files[f"data/blueprints/{name}.compose.yml"] = made["compose"]
    if made["monitors"]:
        files[MONITORS] = "\n".join(["monitors:", *lines_of(made["monitors"])]) + "\n"
    return files
