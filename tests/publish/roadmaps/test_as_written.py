"""What a draft keeps beside its plan reaches a page, as it was written and harmless."""

from __future__ import annotations

from pathlib import Path

from statusgen.importer import import_markdown
from statusgen.publish.roadmaps.as_written import as_written
from statusgen.roadmap.loader import load_roadmap

DOCUMENT = """# Plan

## Background

We began in 2019.

- one thing
- another thing

| Colour | Meaning |
|---|---|
| red | stop |

## Nothing here

## Phase 1: Begin

- do it

## Phase 2: End

- stop

<div onclick="x()">raw</div>
"""


def test_everything_that_was_written_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    imported = import_markdown(DOCUMENT.encode(), "plan.md")
    path.write_text(imported.yaml, "utf-8")

    written = as_written(load_roadmap(path))

    assert [(one.title, one.source) for one in written] == [
        ("Background", "plan.md:3"),
        ("Background", "plan.md:10"),
        ("", "plan.md:14"),
        ("", "plan.md:24"),
    ]
    text, table, heading, html = written
    assert text.notes == ("We began in 2019.",)
    assert text.lists == (("", ("one thing", "another thing")),)
    assert (table.header, table.rows) == (("Colour", "Meaning"), (("red", "stop"),))
    assert heading.notes == ("Nothing here",)
    assert html.notes == ('<div onclick="x()">raw</div>',)
    assert [entry.line for entry in imported.unread] == [14, 24]
