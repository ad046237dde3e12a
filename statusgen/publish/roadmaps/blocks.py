"""Fenced blocks ``statusgen`` in Markdown: found, checked with their places, and replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Mark, load

_FENCE = re.compile(r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?P<info>[^`\n]*)$")
_NAME = "statusgen"
KEYS = ("show", "roadmap", "stage", "id")
STATUS = "status"
"""What shows no roadmap, but how everything is."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block as it stands in a file."""

    start: int
    """The line of the opening fence, counted from 0."""
    end: int
    """The line behind the closing fence."""
    indent: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a block asks for, and where it says so."""

    show: str
    roadmap: str
    stage: str
    id: str
    document: Document

    def problem(self, key: str, message: str, known: Sequence[str] = ()) -> Problem:
        """Make a problem at a key of the block; names what is known, or what was meant."""
        written = getattr(self, key)
        fix = suggest(written, list(known)) if written else ""
        if not fix and known:
            fix = f"known: {', '.join(known)}"
        return self.document.problem((key,), message, fix)


def find_blocks(markdown: str) -> list[Block]:
    """Return the blocks of a text; one that stands inside another fence is only shown there."""
    found: list[Block] = []
    lines = markdown.split("\n")
    opened: tuple[int, re.Match[str]] | None = None
    for number, line in enumerate(lines):
        match = _FENCE.match(line.rstrip("\r"))
        if match is None:
            continue
        if opened is None:
            opened = number, match
            continue
        start, first = opened
        if match["info"].strip() or not _closes(match["fence"], first["fence"]):
            continue
        opened = None
        if first["info"].strip() == _NAME:
            indent = first["indent"]
            body = [text.removeprefix(indent) for text in lines[start + 1 : number]]
            found.append(Block(start, number + 1, indent, "\n".join(body)))
    return found


def _closes(fence: str, opening: str) -> bool:
    return fence[0] == opening[0] and len(fence) >= len(opening)


def parse_block(block: Block, file: str) -> Request:
    """Read what a block asks for. Raises InputError with every fault at its place in the file."""
    try:
        document = load(block.text, file)
    except InputError as error:
        raise InputError([_moved(problem, block) for problem in error.problems]) from None
    document = _shifted(document, block)
    data = document.data
    if not isinstance(data, dict):
        raise InputError([document.problem((), "the block is empty", "write `show: …`")])
    found = [
        document.problem((key,), f"unknown key {quote(key, 40)}", _meant(key), key=True)
        for key in data
        if key not in KEYS
    ]
    found += [
        document.problem((key,), "must be a text", f"write `{key}: …`")
        for key in KEYS
        if key in data and not isinstance(data[key], str)
    ]
    found += [
        document.problem((), f"`{key}` is missing", f"write `{key}: …`")
        for key in (("show",) if data.get("show") == STATUS else ("show", "roadmap"))
        if key not in data
    ]
    if data.get("show") == STATUS:
        found += [
            document.problem(
                (key,), f"`show: {STATUS}` is of the whole site", "delete it", key=True
            )
            for key in KEYS[1:]
            if key in data
        ]
    if found:
        raise InputError(found)
    values = {key: str(data.get(key, "")) for key in KEYS}
    return Request(**values, document=document)


def _meant(key: str) -> str:
    return suggest(key, list(KEYS)) or f"known: {', '.join(KEYS)}"


def _shifted(document: Document, block: Block) -> Document:
    """Move the places from the block to the file around it."""

    def moved(mark: Mark) -> Mark:
        return Mark(mark.line + block.start + 1, mark.column + len(block.indent))

    return Document(
        document.file,
        document.data,
        {(): Mark(block.start + 1, len(block.indent) + 1)}  # of a block that holds nothing
        | {path: moved(mark) for path, mark in document.values.items()},
        {path: moved(mark) for path, mark in document.keys.items()},
    )


def _moved(problem: Problem, block: Block) -> Problem:
    return Problem(
        problem.message,
        problem.fix,
        problem.file,
        problem.line + block.start + 1,
        problem.column + len(block.indent) if problem.column else 0,
        problem.path,
    )


def replace_blocks(markdown: str, written: Callable[[int], str]) -> str:
    """Return the text with each block replaced by a line: what ``written`` gives for its number."""
    lines = markdown.split("\n")
    for number, block in reversed(list(enumerate(find_blocks(markdown)))):
        lines[block.start : block.end] = ["", block.indent + written(number), ""]
    return "\n".join(lines)
