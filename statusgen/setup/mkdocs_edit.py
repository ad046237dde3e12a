"""The plugin, named in a ``mkdocs.yml`` that a person wrote: all else stays to the byte.

The file is read as nodes and changed as text, so comments, quotes, ``!ENV`` and order stay. Of what
it inherits the file is changed that has the list of plugins, for MkDocs joins mappings and lets
lists replace each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamledit import line_end
from statusgen.base.yamltree import read_text
from statusgen.run.places import mkdocs_file

PLUGIN = "statusgen"
_PARENTS = 10
_BY_HAND = f"write `- {PLUGIN}` under its `plugins:` yourself, beside `- search`"


@dataclass(frozen=True, slots=True)
class Edited:
    """A file that names the plugin now."""

    path: Path
    before: str
    after: str


def name_plugin(root: Path) -> Edited | None:
    """Return the change that lets MkDocs build the site here; None: it is named already.

    Raises InputError where the file cannot be read, or is written so that only a person can do it.
    """
    path = mkdocs_file(root)
    assert path is not None, "whoever asks has seen the file"
    holder = _holder(root, path)
    before = read_text(holder, str(holder))
    raw = holder.read_bytes().decode("utf-8-sig")  # with its own line ends
    after = with_plugin(raw, str(holder))
    return None if after == raw else Edited(holder, before, after)


def plugins_of(text: str, file: str) -> list[str]:
    """Return the names under ``plugins:`` of a text. Raises InputError."""
    node = _top(text, file).get("plugins")
    return _names(node[1]) if node else []


def with_plugin(text: str, file: str) -> str:
    """Return the text of a ``mkdocs.yml`` with the plugin among the others. Raises InputError."""
    pairs = _top(text, file)
    newline = line_end(text)
    found = pairs.get("plugins")
    if found is None:
        after = _appended(text, newline)
    else:
        key, node = found
        if PLUGIN in _names(node):
            return text
        after = _inserted(text, key, node, newline, file)
    _check(text, after, file)
    return after


def _holder(root: Path, path: Path) -> Path:
    """Return the file whose list of plugins counts: the nearest that has one."""
    first, seen = path, path
    for _ in range(_PARENTS):
        top = _top(read_text(seen, str(seen)), str(seen))
        if "plugins" in top:
            if not seen.resolve().is_relative_to(root.resolve()):
                problem = Problem("holds the plugins, and lies outside", _BY_HAND, str(seen))
                raise InputError([problem])
            return seen
        parent = top.get("INHERIT")
        if parent is None or not isinstance(parent[1], yaml.ScalarNode):
            return first
        seen = seen.parent / parent[1].value
        if not seen.is_file():
            raise InputError([Problem("is inherited from, but is not there", "", str(seen))])
    raise InputError([Problem("INHERIT leads in a circle", "end it", str(path))])


def _top(text: str, file: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = getattr(error, "problem", None) or "is not YAML"
        raise InputError([Problem(str(what), "", file, line, column)]) from None
    except RecursionError:
        raise InputError([Problem("is nested too deeply", "", file)]) from None
    finally:
        loader.dispose()
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise InputError([Problem("is no list of keys, a line each", _BY_HAND, file)])
    return {pair[0].value: pair for pair in node.value if isinstance(pair[0].value, str)}


def _names(node: yaml.Node) -> list[str]:
    names: list[str] = []
    for each in node.value if isinstance(node, yaml.CollectionNode) else ():
        key = each[0] if isinstance(each, tuple) else each
        if isinstance(key, yaml.MappingNode) and key.value:
            key = key.value[0][0]
        if isinstance(key, yaml.ScalarNode):
            names.append(key.value)
    return names


def _appended(text: str, newline: str) -> str:
    """Name search as well: MkDocs has it by itself only where nothing is named."""
    begun = text if not text or text.endswith(("\n", "\r")) else text + newline
    return f"{begun}plugins:{newline}  - search{newline}  - {PLUGIN}{newline}"


def _inserted(text: str, key: yaml.Node, node: yaml.Node, newline: str, file: str) -> str:
    empty = isinstance(node, yaml.ScalarNode) and not node.value and node.style is None
    plain = node.tag in ("tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
    if not empty and not (plain and isinstance(node, yaml.CollectionNode)):
        line = key.start_mark.line + 1
        raise InputError([Problem("plugins: is no list", _BY_HAND, file, line, 1)])
    if not isinstance(node, yaml.CollectionNode):
        return _after_line(text, key.end_mark.index, f"  - {PLUGIN}", newline)
    flow = bool(node.flow_style)
    entry = PLUGIN if isinstance(node, yaml.SequenceNode) else f"{PLUGIN}: {{}}"
    if flow:
        at = _end(node.value[-1]) if node.value else node.end_mark.index - 1
        return f"{text[:at]}{', ' if node.value else ''}{entry}{text[at:]}"
    indent = " " * node.start_mark.column
    dash = "- " if isinstance(node, yaml.SequenceNode) else ""
    return _after_line(text, _end(node.value[-1]), f"{indent}{dash}{entry}", newline)


def _end(node: yaml.Node | tuple[yaml.Node, yaml.Node]) -> int:
    """Return where the last character of a node stands, less what follows a block."""
    if isinstance(node, tuple):
        return _end(node[1])
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)


def _after_line(text: str, at: int, line: str, newline: str) -> str:
    """Put a line behind the one that holds a place; a comment there stays where it is."""
    if at and text[at - 1] in "\r\n":  # behind a block of text
        return f"{text[:at]}{line}{newline}{text[at:]}"
    found = re.compile(r"\r\n|\n|\r|\Z").search(text, at)
    assert found is not None
    end = found.end() if found[0] else len(text)
    begun = text[:end] if found[0] else text[:end] + newline
    return f"{begun}{line}{newline}{text[end:]}"


def _check(before: str, after: str, file: str) -> None:
    """Refuse a change that did more or less than it should."""
    (old, had), (new, has) = (_shape(text) for text in (before, after))
    added = [name for name in has if name not in had]
    if old != new or PLUGIN not in added or [name for name in had if name not in has]:
        raise InputError([Problem("is written in a way that is not understood", _BY_HAND, file)])


def _shape(text: str) -> tuple[dict[str, str], list[str]]:
    """Return what stands under each key but the plugins, and their names."""
    top = _top(text, "")
    plugins = _names(top.pop("plugins")[1]) if "plugins" in top else []
    return {name: yaml.serialize(pair[1]) for name, pair in top.items()}, plugins
