"""What answers come to: choices with their reasons, what is generated, what it costs. Pure.

The browser makes the same of the same answers, to the byte (``publish/wizard``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from statusgen.base.ids import id_fault, id_like
from statusgen.wizard.answers import link_of, written
from statusgen.wizard.billing import chosen
from statusgen.wizard.exact import plain
from statusgen.wizard.machine import State, entry, filtered, option, state_of
from statusgen.wizard.program import Program
from statusgen.wizard.why import rule_of

SCHEMA = "statusgen/blueprint@1"
Blueprint = dict[str, Any]


def blueprint(program: Program, answers: Mapping[str, Any]) -> Blueprint:
    """Return the blueprint of answers."""
    state = state_of(program, answers)
    known = state["known"]
    cost = state["cost"]
    return {
        "schema": SCHEMA,
        "wizard": {key: program[key] for key in ("id", "name", "version")},
        "name": project_name(program, state),
        "link": link_of(program, known),
        "answers": written(program, known),
        "derived": state["derived"],
        "choices": list(_choices(program, state)),
        "cost": {
            "currency": program["currency"],
            "low": plain(cost["low"]),
            "high": None if cost["high"] is None else plain(cost["high"]),
            "open": cost["open"],
            "unpriced": cost["unpriced"],
            "bill": [_line(one) for one in cost["bill"]],
        },
        "conflicts": state["conflicts"],
        "warnings": [
            {"rule": rule["id"], "text": rule["text"]}
            for rule in program["warn"]
            if rule["id"] in state["warnings"]
        ],
        "open": state["open"],
        "tree": tree(program, state),
        "dependencies": {
            one["name"]: one["dependencies"]
            for _, one in picked(program, state)
            if "dependencies" in one
        },
        "environment": environment(program, state),
        "compose": compose(program, state),
        "monitors": monitors(program, state),
    }


def _line(one: Mapping[str, Any]) -> dict[str, Any]:
    numbers = ("used", "free", "paid", "low")
    made = {key: plain(value) if key in numbers else value for key, value in one.items()}
    return made | {"high": None if one["high"] is None else plain(one["high"])}


def blueprint_text(made: Blueprint) -> str:
    """Return a blueprint as a file."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def project_name(program: Program, state: State) -> str:
    """Return what the project is called: the first answer in words, else the wizard's id."""
    for question in program["questions"]:
        if question["kind"] == "text" and question["id"] in state["known"]:
            return str(state["known"][question["id"]])
    return str(program["id"])


def plan_id(program: Program, state: State) -> str:
    """Return the id of the roadmap: the project's name where it can be one."""
    name = project_name(program, state)
    if id_fault(name) is None:
        return name
    return id_like(name) if id_fault(id_like(name)) is None else "plan"


def picked(program: Program, state: State) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the options taken, each with its question, in order."""
    for question in program["questions"]:
        if question["options"] and question["id"] in state["known"]:
            for one in chosen(state["known"][question["id"]]):
                yield question, option(question, one)


def _choices(program: Program, state: State) -> Iterator[dict[str, Any]]:
    for question in program["questions"]:
        name = question["id"]
        if question["fact"] or not question["options"] or name not in state["known"]:
            continue
        now = state["recommended"].get(name, {})
        rule = rule_of(program, now["rule"]) if now else None
        yield {
            "question": name,
            "name": question["name"],
            "phase": question["phase"],
            "chosen": chosen(state["known"][name]),
            "recommended": now.get("options", []),
            "reason": rule["why"] if rule else "",
            "rule": now.get("rule", ""),
        }


def tree(program: Program, state: State) -> str:
    """Return the directory tree: the parts of the options taken, below the project's name."""
    blocks = [text.split("\n") for text in _texts(program, state, "tree")]
    if not blocks:
        return ""
    lines = [f"{project_name(program, state)}/"]
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        for index, line in enumerate(block):
            lines.append((("└── " if last else "├── ") if not index else "    " if last else "│   ")
                         + line)  # fmt: skip
    return "\n".join(lines) + "\n"


def _texts(program: Program, state: State, use: str) -> list[str]:
    return [
        code["text"]
        for _, one in picked(program, state)
        for code in one.get("code", ())
        if code["use"] == use
    ]


_NAME = re.compile(r"([A-Z][A-Z0-9_]*)=")
_SECRET = re.compile(r"( *)([A-Z][A-Z0-9_]*PASSWORD): ")
_VOLUME = re.compile(r" *- ([a-z0-9_]+):/")


def environment(program: Program, state: State) -> list[str]:
    """Return the names of the environment's variables; values stay where secrets belong."""
    names = [
        match[1]
        for text in _texts(program, state, "env")
        for line in text.split("\n")
        if (match := _NAME.match(line))
    ]
    names += [
        match[2]
        for text in _texts(program, state, "compose")
        for line in text.split("\n")
        if (match := _SECRET.match(line))
    ]
    return list(dict.fromkeys(names))


def compose(program: Program, state: State) -> str:
    """Return one compose file of all services, with the project's names and no password in it."""
    lines: list[str] = []
    volumes: list[str] = []
    database = filtered(project_name(program, state), "joined")
    for text in _texts(program, state, "compose"):
        for line in text.split("\n"):
            if line.startswith("#"):
                continue
            secret, volume = _SECRET.match(line), _VOLUME.match(line)
            if volume:
                volumes.append(volume[1])
            if secret:
                line = f"{secret[1]}{secret[2]}: ${{{secret[2]}}}"
            lines.append(f"  {line}".replace("myapp", database).rstrip(" "))
    if not lines:
        return ""
    below = [f"  {name}:" for name in dict.fromkeys(volumes)]
    return "\n".join(["services:", *lines, *(["volumes:", *below] if below else [])]) + "\n"


def monitors(program: Program, state: State) -> list[dict[str, Any]]:
    """Return what is to be watched, each id once."""
    found: dict[str, dict[str, Any]] = {}
    for _, one in picked(program, state):
        for each in one.get("monitors", ()):
            found.setdefault(each["id"], each)
    return list(found.values())


def question_name(program: Program, name: str) -> str:
    """Return what a question is called."""
    return str(entry(program, name)["name"])


def said(program: Program, name: str, value: Any) -> str:
    """Return an answer in words: names of options, numbers, yes and no."""
    question = entry(program, name)
    if question["kind"] == "number":
        return plain(value)
    if question["kind"] == "yes-no":
        return "yes" if value else "no"
    if question["kind"] == "text":
        return str(value)
    return ", ".join(option(question, one)["name"] for one in chosen(value)) or "none"
