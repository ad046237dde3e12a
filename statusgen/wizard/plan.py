"""A roadmap of what was answered: the scale that was chosen, and those that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statusgen.base.yamlwrite import dump
from statusgen.wizard.billing import chosen
from statusgen.wizard.blueprint import picked, project_name
from statusgen.wizard.exact import plain
from statusgen.wizard.machine import State, entry, option
from statusgen.wizard.program import Program

Part = dict[str, Any]


def plan_text(program: Program, state: State) -> str:
    """Return ``data/roadmaps/<id>.yml``."""
    made: Part = {"schema": "statusgen/roadmap@1", "name": _title(program, state)}
    if program["summary"]:
        made["summary"] = program["summary"]
    if program["currency"] != "USD":
        made["currency"] = program["currency"]
    if program["updated"]:
        made["as_of"] = program["updated"]
    made["stages"] = list(_stages(program, state))
    pictures = _architecture(program, state)
    if pictures:
        made["architectures"] = [pictures]
    groups = [
        {"name": one["name"], "points": one["checklist"]}
        for _, one in picked(program, state)
        if "checklist" in one
    ]
    if groups:
        made["checklists"] = [{"id": "set-up", "name": "Set-up", "groups": groups}]
    notes = _notes(program, state)
    if notes:
        made["notes"] = notes
    return dump(made)


def _title(program: Program, state: State) -> str:
    return str(program["title"].replace("{name}", project_name(program, state)))


def _notes(program: Program, state: State) -> list[str]:
    return [rule["text"] for rule in program["warn"] if rule["id"] in state["warnings"]]


def _stages(program: Program, state: State) -> Iterator[Part]:
    scale = program["scale"]
    now = state["known"].get(scale) if scale else None
    items = list(_items(program, state))
    if now is None:
        yield {"id": "stage-now", "name": "Now", "status": "current", "items": items}
        return
    scales = entry(program, scale)["options"]
    at = next(n for n, one in enumerate(scales) if one["id"] == now)
    yield {
        "id": f"stage-{now}",
        "name": scales[at]["name"],
        "status": "current",
        "items": items,
    }
    for before, one in zip(scales[at:], scales[at + 1 :], strict=False):
        stage: Part = {"id": f"stage-{one['id']}", "name": one["name"], "status": "planned"}
        if "outgrown" in before:
            stage["trigger"] = before["outgrown"]
        changes = list(_changes(program, state, before["id"], one["id"]))
        if changes:
            stage["items"] = changes
        yield stage


def _items(program: Program, state: State) -> Iterator[Part]:
    phases = {one["id"]: one["name"] for one in program["phases"]}
    usage = _usage(program, state)
    for question in program["questions"]:
        name = question["id"]
        if question["fact"] or name == program["scale"] or name not in state["known"]:
            continue
        taken = [one for one in chosen(state["known"][name]) if question["options"]]
        if question["kind"] == "one" and taken:
            item: Part = {
                "id": name,
                "name": question["name"],
                "category": phases[question["phase"]],
            }
            good = state["recommended"].get(name, {}).get("options", [])
            item["options"] = [
                _option(one, one["id"] in good, usage) for one in question["options"]
            ]
            item["chosen"] = {"option": taken[0]}
            yield item
        for one in taken if question["kind"] == "several" else ():
            found = option(question, one)
            service: Part = {"name": found["name"]}
            if "price" in found:
                service["price"] = found["price"]
            used = _used(found, usage)
            if used:
                service["usage"] = used
            yield {
                "id": f"{name}-{one}"[:63].rstrip("-"),
                "name": found["name"],
                "category": found.get("group", question["name"]),
                "service": service,
            }


def _usage(program: Program, state: State) -> dict[str, str]:
    return {
        question["unit"]: plain(state["known"][question["id"]])
        for question in program["questions"]
        if question["unit"] and question["id"] in state["known"]
    }


def _used(one: Part, usage: dict[str, str]) -> dict[str, str]:
    """Return the usage that an option's price counts."""
    units = [rate["unit"] for rate in one.get("cost", {}).get("rates", ())]
    return {unit: usage[unit] for unit in units if unit in usage}


def _option(one: Part, good: bool, usage: dict[str, str]) -> Part:
    made: Part = {"id": one["id"], "name": one["name"]}
    if "note" in one:
        made["qualifier"] = one["note"]
    if good:
        made["recommended"] = True
    if "price" in one:
        made["price"] = one["price"]
        if used := _used(one, usage):
            made["usage"] = used
    for key in ("pros", "cons"):
        if key in one:
            made[key] = one[key]
    return made


def _changes(program: Program, state: State, before: str, after: str) -> Iterator[Part]:
    """Yield what the next scale takes otherwise."""
    phases = {one["id"]: one["name"] for one in program["phases"]}
    for question in program["questions"]:
        name = question["id"]
        rules = {rule["id"]: rule for rule in program["recommend"].get(name, ())}
        old, new = (rules.get(f"defaults.{name}.{scale}") for scale in (before, after))
        if new is None or name not in state["known"]:
            continue
        if not new["options"] and not new.get("words"):
            continue
        if old is not None and old["why"] == new["why"]:
            continue
        yield {
            "id": f"{name}-{after}"[:63].rstrip("-"),
            "name": f"{question['name']}: {new['why']}",
            "category": phases[question["phase"]],
        }


def _architecture(program: Program, state: State) -> Part | None:
    nodes: Part = {}
    for name in program["architecture"]["nodes"]:
        value = state["known"].get(name)
        question = entry(program, name)
        names = [option(question, one)["name"] for one in chosen(value) if one != "none"]
        if question["options"] and names:
            nodes[name] = {"label": ", ".join(names), "sub": [question["name"]]}
    if len(nodes) < 2:
        return None
    edges = [
        {"from": one["from"], "to": one["to"], "label": one["label"]}
        for one in program["architecture"]["edges"]
        if one["from"] in nodes and one["to"] in nodes
    ]
    made: Part = {"id": "parts", "name": "The chosen parts", "nodes": nodes}
    if edges:
        made["edges"] = edges
    return made
