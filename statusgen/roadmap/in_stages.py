"""Parts that people write in a stage and that the model holds elsewhere.

A stage's ``checklist:`` is one of the plan that names the stage, and a choice of its own
(``choices:``, or a ``decision:`` with options) one of its items.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statusgen.base.yamltree import Document, Path_

Moved = tuple[Path_, Path_]
"""Where a part stood, and where it stands now."""


def with_choices(data: dict[str, Any]) -> tuple[dict[str, Any], list[Moved]]:
    """Return a plan with the choices of its stages among their items, and which went where.

    What is not plainly a choice stays, for the model to refuse.
    """
    stages, moved = data.get("stages"), list[Moved]()
    if not isinstance(stages, list):
        return data, moved
    made = [dict(stage) if isinstance(stage, dict) else stage for stage in stages]
    for number, stage in enumerate(made):
        if isinstance(stage, dict):
            moved += _choices(stage, ("stages", number))
    return data | {"stages": made}, moved


def with_checklists(data: dict[str, Any]) -> list[Moved]:
    """Move the checklists of the stages, whose ids are known, to the plan; say which went where."""
    stages, moved = data.get("stages"), list[Moved]()
    for number, stage in enumerate(stages if isinstance(stages, list) else []):
        if isinstance(stage, dict):
            moved += _checklists(data, stage, ("stages", number))
    return moved


def remembered(document: Document, moved: list[Moved], stage_key: str) -> None:
    """Let the new places of parts be found where they were written."""

    def spelled(path: Path_) -> Path_:
        return (stage_key, *path[1:]) if path[:1] == ("stages",) else path

    for was, now in ((spelled(was), spelled(now)) for was, now in moved):
        for places in (document.values, document.keys):
            found = {path: mark for path, mark in places.items() if path[: len(was)] == was}
            places.update({now + path[len(was) :]: mark for path, mark in found.items()})
        for length in range(1, len(now)):
            document.values.setdefault(now[:length], document.mark(was))


def _checklists(data: dict[str, Any], stage: dict[str, Any], at: Path_) -> Iterator[Moved]:
    kept = data.get("checklists", [])
    if not isinstance(kept, list):
        return
    for key in ("checklist", "checklists"):
        held = stage.get(key)
        lists = held if isinstance(held, list) and key == "checklists" else [held]
        if isinstance(held, list) and key == "checklist":
            lists = [{"points": held}]
        if not lists or not all(_is_list(one) for one in lists):
            continue
        del stage[key]
        taken = {one.get("id") for one in kept if isinstance(one, dict)}
        for index, one in enumerate(lists):
            made = {"name": stage.get("name"), "stage": stage.get("id")} | one
            made.setdefault("id", _free(f"{str(stage.get('id'))[:50]}-checklist", taken))
            taken.add(made["id"])
            was: Path_ = (*at, key, index) if held is lists else (*at, key)
            place: Path_ = ("checklists", len(kept))
            if key == "checklist" and isinstance(held, list):
                yield was, (*place, "points")
                yield was, (*place, "groups", 0, "points")  # where the model holds them
            else:
                yield was, place
            kept = [*kept, made]
        data["checklists"] = kept


def _is_list(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    points = value.get("points", value.get("groups"))
    return isinstance(points, list) and all(isinstance(one, (str, dict)) for one in points)


def _choices(stage: dict[str, Any], at: Path_) -> Iterator[Moved]:
    items = stage.get("items", [])
    if not isinstance(items, list):
        return
    for key in ("choices", "choice", "decision", "decisions"):
        held = stage.get(key)
        choices = held if isinstance(held, list) else [held]
        if not choices or not all(_is_choice(one) for one in choices):
            continue
        del stage[key]
        for index, one in enumerate(choices):
            yield (*at, key, index) if choices is held else (*at, key), (*at, "items", len(items))
            items = [*items, one]
        stage["items"] = items


def _is_choice(value: Any) -> bool:
    """Whether it is an item between whose options is chosen."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and isinstance(value.get("options"), list)
    )


def _free(base: str, taken: set[Any]) -> str:
    made, count = base, 1
    while made in taken:
        count += 1
        made = f"{base}-{count}"
    return made
