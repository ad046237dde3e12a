"""A wizard's file of version 1 rewritten as ``statusgen/wizard@2``, as text: comments stay.

What version 1 left to be understood is written out: the phases (``number`` of a question), the
numbers that a helper compares and nobody asked for, and what an option is made for (``fits``). The
result is read and held against what was there: it must ask the same, to the last rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamledit import line_end
from statusgen.base.yamltree import load, read_text
from statusgen.base.yamlwrite import quoted
from statusgen.wizard.loader import asked_of_document
from statusgen.wizard.program import Program

_OLD, _NEW = "statusgen/wizard@1", "statusgen/wizard@2"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FITS = ("team", "traffic")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A wizard's file, before and after."""

    path: Path
    """From the repository's root."""
    before: str
    after: str
    lost: tuple[str, ...]
    """Comments that stood within what was rewritten, and are gone."""


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def old_wizards(root: Path) -> list[Path]:
    """Return the wizards of version 1 in a repository, from its root."""
    folder = root / "data/wizards"
    found = [root / "data/wizard.yml", *(sorted(folder.glob("*.yml")) if folder.is_dir() else ())]
    old = re.compile(rf"""^schema:[ \t]*["']?{_OLD}["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
    return [
        path.relative_to(root)
        for path in found
        if path.is_file() and old.search(read_text(path, str(path)))
    ]


def rewritten(root: Path, path: Path) -> Rewritten:
    """Return a wizard's file as version 2. Raises InputError: it is wrong, or cannot be rewritten.

    ``path``: from the repository's root.
    """
    before = read_text(root / path, str(path))
    was = _program(before, path)
    node = yaml.compose(before, Loader=_LOADER)
    assert isinstance(node, yaml.MappingNode)
    edits = list(_edits(before, node, was))
    after = before
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        after = after[: edit.start] + edit.text + after[edit.end :]
    if _program(after, path) != was:
        fix = "write it by hand: content/guide/wizard.md has an example"
        message = f"cannot be rewritten as {_NEW} without a change"
        raise InputError([Problem(message, fix, str(path))])
    return Rewritten(path, before, after, tuple(_lost(before, after)))


def _program(text: str, path: Path) -> Program:
    return asked_of_document(load(text, str(path)), path.stem).program


def _edits(text: str, node: yaml.MappingNode, program: Program) -> Iterator[_Edit]:
    top = _pairs(node)
    if "schema" in top:
        schema = top["schema"][1]
        yield _Edit(schema.start_mark.index, schema.end_mark.index, _NEW)
    questions = top["questions"][1]
    there = {_said(_pairs(one).get("id")) for one in questions.value}
    if "phases" not in top:
        at = _line_start(text, top["questions"][0].start_mark.index)
        yield _Edit(at, at, _phases(text, program))
    for each in questions.value:
        pairs = _pairs(each)
        if "phases" not in top and "number" in pairs:
            yield from _without(text, each, ["number"])
        yield from _asked(text, questions, each, program, there)
        yield from _options(text, pairs)


def _phases(text: str, program: Program) -> str:
    end = line_end(text)
    lines = [
        f"  - {{id: {quoted(one['id'])}, number: {one['number']}, name: {quoted(one['name'])}}}"
        for one in program["phases"]
    ]
    return "".join(line + end for line in ("phases:", *lines))


def _asked(
    text: str,
    questions: yaml.SequenceNode,
    each: yaml.MappingNode,
    program: Program,
    there: set[str],
) -> Iterator[_Edit]:
    """Write out the numbers that a helper compares, before the question that has the helper."""
    pairs = _pairs(each)
    rules = pairs["recommend"][1].value if "recommend" in pairs else []
    limits = [_pairs(rule)["if"][1] for rule in rules if "if" in _pairs(rule)]
    names = list(dict.fromkeys(key.value for one in limits for key, _ in one.value))
    new = [name for name in names if name not in there]
    there.update(new)
    made = [next(one for one in program["questions"] if one["id"] == name) for name in new]
    flow = [
        f"{{id: {quoted(one['id'])}, phase: {quoted(one['phase'])}, kind: number, fact: true, "
        f"optional: true, name: {quoted(one['name'])}}}"
        for one in made
    ]
    if not flow:
        return
    if questions.flow_style:
        at = each.start_mark.index
        yield _Edit(at, at, "".join(f"{one}, " for one in flow))
        return
    at = _line_start(text, each.start_mark.index)
    indent = re.match(r"[ \t]*", text[at:])
    dash = f"{indent[0] if indent else ''}- "
    yield _Edit(at, at, "".join(f"{dash}{one}{line_end(text)}" for one in flow))


def _options(text: str, pairs: dict[str, Any]) -> Iterator[_Edit]:
    lists = [pairs["options"][1]] if "options" in pairs else []
    for group in pairs["groups"][1].value if "groups" in pairs else ():
        lists.append(_pairs(group)["options"][1])
    for each in lists:
        for option in each.value:
            own = _pairs(option)
            keys = [key for key in _FITS if key in own]
            if keys and "fits" not in own:
                yield from _fitting(text, option, keys)


def _fitting(text: str, option: yaml.MappingNode, keys: list[str]) -> Iterator[_Edit]:
    """Put ``team`` and ``traffic`` below ``fits``, in that order, where the first of them stood."""
    own = _pairs(option)
    spans = [(own[key][0].start_mark.index, own[key][1].end_mark.index) for key in keys]
    first = min(spans)
    others = [key for key, span in zip(keys, spans, strict=True) if span != first]
    if option.flow_style or any(not _alone(text, start) for start, _ in spans):
        inner = ", ".join(text[start:end] for start, end in spans)
        yield _Edit(*first, f"fits: {{{inner}}}")
        yield from _without(text, option, others)
        return
    lines = [(_line_start(text, start), _line_after(text, end)) for start, end in spans]
    indent = text[_line_start(text, first[0]) : first[0]]
    inner = "".join(f"  {text[start:end]}" for start, end in lines)
    for start, end in lines:
        head = f"{indent}fits:{line_end(text)}{inner}" if (start, end) == min(lines) else ""
        yield _Edit(start, end, head)


def _without(text: str, node: yaml.MappingNode, keys: list[str]) -> Iterator[_Edit]:
    """Take keys out of a mapping; a comment behind one stays as a line of its own."""
    own = _pairs(node)
    names = list(own)
    for key in keys:
        start, end = own[key][0].start_mark.index, own[key][1].end_mark.index
        if not node.flow_style and _alone(text, start):
            rest = text[end : _line_after(text, end)]
            comment = rest[rest.find("#") :] if "#" in rest else ""
            indent = text[_line_start(text, start) : start]
            stays = indent + comment if comment else ""
            yield _Edit(_line_start(text, start), _line_after(text, end), stays)
        elif names.index(key):
            before = own[names[names.index(key) - 1]][1].end_mark.index
            yield _Edit(before, end, "")


def _pairs(node: yaml.Node) -> dict[str, tuple[yaml.Node, Any]]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value}


def _said(pair: tuple[yaml.Node, Any] | None) -> str:
    return "" if pair is None else str(pair[1].value)


def _alone(text: str, index: int) -> bool:
    """Whether a key begins its line."""
    return not text[_line_start(text, index) : index].strip()


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_after(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


_COMMENT = re.compile(r"(?:^|\s)#[ \t]*(\S[^\n\r]*)", re.MULTILINE)


def _lost(before: str, after: str) -> Iterator[str]:
    """Yield what looks like a comment and is nowhere any more."""
    for found in _COMMENT.finditer(before):
        if found[1] not in after:
            yield found[1].strip()
