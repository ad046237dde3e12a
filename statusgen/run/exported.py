"""What an export says of itself: ``README.md`` for people, ``datapackage.json`` for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

NAME = "statusgen-export"
PACKAGE = "datapackage.json"
README = "README.md"
Field = tuple[str, str, str]
"""A column: its name, its type in Table Schema's words, what it holds."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One file of an export."""

    path: str
    content: bytes
    about: str
    fields: Sequence[Field] = ()
    """The columns of a table; none for anything else."""


def to_json(document: object) -> bytes:
    """Write JSON as all files of an export do."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")


def package(site: str, now: str | None, files: Sequence[Exported]) -> bytes:
    """Return the Data Package of an export of ``site`` as of ``now``."""
    resources: list[dict[str, object]] = []
    for file in files:
        name = file.path.replace("/", "-").replace(".", "-").lower()
        told: dict[str, object] = {
            "name": name,
            "path": file.path,
            "description": file.about,
            "bytes": len(file.content),
            "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        }
        if file.fields:
            told |= {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8"}
            told["schema"] = {
                "fields": [
                    {"name": name, "type": kind, "description": about}
                    for name, kind, about in file.fields
                ]
            }
        resources.append(told)
    document = {
        "profile": "data-package",
        "name": NAME,
        "title": f"What {site} recorded",
        "created": now,
        "resources": resources,
    }
    return to_json({key: value for key, value in document.items() if value})


def readme(site: str, now: str | None, files: Sequence[Exported]) -> bytes:
    """Return what people read first."""
    name = " ".join(site.split())
    lines = [
        f"# What {name} recorded",
        "",
        f"Exported by statusgen, as of {now}." if now else "Nothing was measured yet.",
        "All instants are UTC. `datapackage.json` describes the same for programs, with the",
        "SHA-256 of each file. Left out is what could hold a secret: headers, bodies and",
        "conditions of checks, channels, and all of an address but its host.",
        "",
        "| file | what |",
        "|---|---|",
    ]
    for place in dict.fromkeys(_pattern(file.path) for file in files):
        about = next(file.about for file in files if _pattern(file.path) == place)
        lines.append(f"| `{place}` | {about} |")
    told: set[Sequence[Field]] = set()
    for file in files:
        if file.fields and file.fields not in told:
            told.add(file.fields)
            lines += [
                "",
                f"## `{_pattern(file.path)}`",
                "",
                "| column | type | what |",
                "|---|---|---|",
            ]
            lines += [f"| `{name}` | {kind} | {about} |" for name, kind, about in file.fields]
    lines += [
        "",
        "A round stands for the time until the next one, at most for its longest gap; what no",
        "round stands for is unobserved. Uptime of a stretch is its observed time that is not",
        "down, `partial` weighing 0.7, over its observed time.",
        "",
    ]
    return "\n".join(lines).encode()


def _pattern(path: str) -> str:
    """Return a path with what differs from file to file as ``*``."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/*.{name.rpartition('.')[2]}" if folder else name
