"""What stands beside a line of hyphens and is no heading: front matter, amounts above their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from statusgen.importer.inline import Line


def front_matter(text: str) -> tuple[str, tuple[Line, ...]]:
    """Replace the YAML in front of a document by empty lines, and return its plain lines."""
    lines = text.split("\n")
    ends = (at for at, line in enumerate(lines[1:60], 1) if line.rstrip() in ("---", "..."))
    end = next(ends, 0) if lines[0].rstrip() == "---" else 0
    if not end:
        return text, ()
    kept: list[Line] = []
    for number, line in enumerate(lines[1:end], 2):
        if kept and line.strip() and _GOES_ON.match(line):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {line.strip()}")
        elif line.strip():
            kept.append(Line(number, line.strip()))
    return "\n".join([""] * (end + 1) + lines[end + 1 :]), tuple(kept)


_GOES_ON = re.compile(r"\s|-\s")
"""A line that belongs to the key above it: an entry of a list, or what is indented."""


def are_summed(lines: Sequence[Line]) -> bool:
    """Whether lines above a rule are amounts to be added up, which Markdown takes for a heading."""
    return len(lines) > 1 and all(re.search(r"\d\D{0,6}$", line.text) for line in lines)
