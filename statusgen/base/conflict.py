"""Merge conflicts that somebody committed: found by git's markers, in any kind of text.

A page about git may show one: in Markdown what stands inside a closed code fence is an example, but
for our own blocks, which hold what a person decided.
"""

from __future__ import annotations

import re

from statusgen.base.errors import Problem

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""How the names of files end that can hold an example."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)")
_OURS = "statusgen"
# A whole conflict, or what is left of one: a beginning, which nothing else looks like, or an end
# as git names it behind a divider (a row of > alone may be mail that was quoted often).
_CONFLICT = re.compile(
    r"^<{7}(?: [^\n]*)?$(?=.*?^={7}\r?$.*?^>{7}(?: [^\n]*)?\r?$)"
    r"|^<{7} \S[^\n]*$"
    r"|^={7}\r?$(?=.*?^>{7} (?:\S+|[0-9a-f]+ \([^\n]*\)|Stashed changes|Updated upstream)\r?$)",
    re.MULTILINE | re.DOTALL,
)


def conflict_problem(file: str, line: int) -> Problem:
    """Say that a merge conflict begins in a line."""
    message = "a merge conflict was not resolved here"
    fix = "keep one of the two sides, and remove the lines <<<<<<<, ======= and >>>>>>>"
    return Problem(message, fix, file, line, 1)


def conflict_line(text: str, *, markdown: bool = False) -> int:
    """Return the 1-based line of git's first conflict marker; 0 where there is no conflict.

    A conflict that somebody removed in part is one still. A row of = alone is none: it underlines
    a heading in Markdown. With ``markdown`` what stands inside a closed code fence is an example.
    """
    if markdown:
        text = _without_examples(text)
    found = _CONFLICT.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _without_examples(text: str) -> str:
    """Empty the lines inside closed code fences; each line keeps its number."""
    lines = text.split("\n")
    begun, fence, ours = 0, "", False
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if found is None:
            continue
        if not fence:
            begun, fence, ours = number, found[1], found[2] == _OURS
        elif found[1].startswith(fence) and not line[found.end(1) :].strip():
            if not ours:
                lines[begun + 1 : number] = [""] * (number - begun - 1)
            fence = ""
    return "\n".join(lines)
