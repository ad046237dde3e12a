"""What files cite of each other: components in roadmaps, weaknesses of roadmaps in incidents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.incident.model import Incident
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.references import component_references


def unknown_components(roadmaps: Sequence[Roadmap], known: Sequence[str]) -> list[Problem]:
    """Return the references of roadmaps to components that are not ``known``."""
    found = []
    for roadmap in roadmaps:
        for path, name in component_references(roadmap):
            if name not in known:
                mark = roadmap.mark(path)
                fix = suggest(name, list(known)) or "write the id of a component, or remove it"
                message = f"there is no component {quote(name, 80)} in the configuration"
                found.append(Problem(message, fix, roadmap.file, mark.line, mark.column))
    return found


def unknown_limitations(
    incidents: Sequence[Incident], roadmaps: Sequence[Roadmap]
) -> Iterator[Problem]:
    """Yield the references of incidents that lead nowhere, or to several roadmaps."""
    owners: dict[str, list[str]] = {}
    for roadmap in roadmaps:
        for limitation in roadmap.limitations:
            owners.setdefault(limitation.id, []).append(roadmap.id)
    full = {f"{roadmap}/{one}" for one, named in owners.items() for roadmap in named}
    for incident in incidents:
        for name in incident.limitations:
            several = owners.get(name, [])
            if name in full or len(several) == 1:
                continue
            told = quote(name, 80)
            if several:
                message = f"`limitations:` {told} stands in several roadmaps"
                fix = f"write {' or '.join(f'{one}/{name}' for one in several)}"
            else:
                message = f"`limitations:` no roadmap lists the weakness {told}"
                listed = ", ".join(sorted(full)[:5])
                fix = suggest(name, [*full, *owners]) or (
                    f"write it like roadmap/limitation; there are: {listed}"
                    if listed
                    else "remove it: the roadmaps list no weakness"
                )
            yield Problem(message, fix, incident.file, *_place(incident.file, name))


def _place(file: str, name: str) -> tuple[int, int]:
    """Return the line and column of a tag; 0 where the file has gone."""
    try:
        lines = Path(file).read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0, 0
    begin = next((at for at, line in enumerate(lines) if line.startswith("limitations:")), 0)
    for number, line in enumerate(lines[begin:], begin + 1):
        if name in line:
            return number, line.index(name) + 1
    return begin + 1, 1
