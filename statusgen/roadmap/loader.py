"""Reading ``data/roadmaps/<id>.yml``: every fault of a file at once, each in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from pydantic import ValidationError

from statusgen.base.errors import InputError, Problem
from statusgen.base.faults import split
from statusgen.base.ids import id_fault, id_like
from statusgen.base.model import problems, suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Value, load_file
from statusgen.roadmap.dialect import of_roadmap, speaking
from statusgen.roadmap.in_stages import remembered, with_checklists, with_choices
from statusgen.roadmap.model import STAGE_KEYS, Roadmap
from statusgen.roadmap.money import SIGNS
from statusgen.roadmap.price_hint import price_hint
from statusgen.roadmap.references import check_references
from statusgen.roadmap.shapes import natural

SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class LoadedRoadmaps:
    """What a folder of roadmaps holds."""

    roadmaps: tuple[Roadmap, ...]
    """The roadmaps that are without fault, by file name."""
    problems: tuple[Problem, ...]
    """Every fault of every file."""


def load_roadmap(path: FilePath, shown_as: str | None = None) -> Roadmap:
    """Read one roadmap file; its id is the file's name without the ending.

    ``shown_as`` is the name that errors and findings use for the file. Raises InputError with
    every fault found: of the YAML, of the fields, else of the references between the parts.
    """
    return roadmap_of(load_file(path, shown_as), path.stem)


def roadmap_of(document: Document, stem: str) -> Roadmap:
    """Return the roadmap that a document holds; ``stem`` is the id that its file's name gives.

    Raises InputError, as :func:`load_roadmap` does.
    """
    if not isinstance(document.data, dict):
        raise InputError([document.problem((), "must be a mapping", "begin with `name: …`")])
    stage_key, found = _stage_key(document, document.data)
    data, id_problems = _with_id(document, document.data, stem)
    found += id_problems
    aliased = _aliased(document, stage_key)
    data = {key: value for key, value in data.items() if key not in STAGE_KEYS or key == stage_key}
    if stage_key != "stages":
        data = {("stages" if key == stage_key else key): value for key, value in data.items()}
    data, moved = with_choices({"kind": str(STAGE_KEYS[stage_key]), **data})
    roadmap = None
    try:
        with speaking(of_roadmap(data)):
            shaped = natural(data)
            moved += with_checklists(shaped)
            for each in {id(one): one for one in (document, aliased)}.values():
                remembered(each, moved, stage_key if each is document else "stages")
            roadmap = Roadmap.model_validate(shaped)
    except ValidationError as error:
        found += [_in_its_currency(one, data) for one in problems(error, Roadmap, aliased)]
    if roadmap is not None:
        roadmap.remember(document, stage_key)
        found += check_references(roadmap, aliased)
    if roadmap is None or found:
        raise InputError(_in_order(found, stage_key))
    return roadmap


def _in_its_currency(problem: Problem, data: dict[str, Value]) -> Problem:
    """Return a problem of a price with a hint in the roadmap's currency, not in dollars."""
    code = data.get("currency")
    if problem.fix != price_hint() or not isinstance(code, str):
        return problem
    return replace(problem, fix=price_hint(SIGNS.get(code, code)))


def load_roadmaps(folder: FilePath, shown_as: str | None = None) -> LoadedRoadmaps:
    """Read every ``.yml`` and ``.yaml`` file of a folder, in the order of their names.

    ``shown_as`` is the name that errors use for the folder. A folder that is not there holds no
    roadmaps. Faults are collected, not raised; two files for one id are a fault.
    """
    name = shown_as or str(folder)
    roadmaps: list[Roadmap] = []
    found: list[Problem] = []
    taken: dict[str, str] = {}
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        shown = f"{name}/{path.name}"
        if path.stem in taken:
            message = f"is the same roadmap as {taken[path.stem]}"
            found.append(Problem(message, "keep one of the two files", shown))
            continue
        taken[path.stem] = shown
        try:
            roadmaps.append(load_roadmap(path, shown))
        except InputError as error:
            found += error.problems
    return LoadedRoadmaps(tuple(roadmaps), tuple(found))


def _stage_key(document: Document, data: dict[str, Value]) -> tuple[str, list[Problem]]:
    """Find whether the file speaks of stages, phases or priorities."""
    used = [key for key in STAGE_KEYS if key in data]
    found = [
        document.problem(
            (key,),
            f"stands beside `{used[0]}`, which means the same",
            f"move its entries under `{used[0]}`",
            key=True,
        )
        for key in used[1:]
    ]
    return used[0] if used else "stages", found


def _with_id(
    document: Document, data: dict[str, Value], stem: str
) -> tuple[dict[str, Value], list[Problem]]:
    """Fill in the id from the file's name, or hold the written one against it."""
    written = data.get("id")
    if written is None:
        if fault := id_fault(stem):
            message = f"the file's name gives the roadmap's id, and {split(fault)[0]}"
            fix = f"rename the file {id_like(stem) or 'roadmap'}.yml"
            return data | {"id": "unnamed"}, [document.problem((), message, fix)]
        return data | {"id": stem}, []
    if isinstance(written, str) and written != stem:
        message = f"{quote(written, 60)} differs from the file's name {quote(stem, 60)}"
        fix = suggest(written, [stem]) or "remove `id:`, or rename the file"
        return data, [document.problem(("id",), message, fix)]
    return data, []


def _aliased(document: Document, stage_key: str) -> Document:
    """Return the document with the places of the stages under their one name."""
    if stage_key == "stages":
        return document

    def renamed(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return ("stages", *path[1:]) if path and path[0] == stage_key else path

    return Document(
        document.file,
        document.data,
        {renamed(path): mark for path, mark in document.values.items()},
        {renamed(path): mark for path, mark in document.keys.items()},
    )


def _in_order(found: list[Problem], stage_key: str) -> list[Problem]:
    named = [
        replace(problem, path=stage_key + problem.path.removeprefix("stages"))
        if problem.path.split(".")[0] == "stages"
        else problem
        for problem in found
    ]
    return sorted(named, key=lambda problem: (problem.line, problem.column))
