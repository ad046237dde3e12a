"""What stands below the attributes of a class: their docstrings, read from its source.

A JSON Schema tells them to editors. They are read when somebody asks for a schema: reading them
with each model would take a seventh of the start of every check.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache


def attribute_docs(owner: type) -> dict[str, str]:
    """Return attribute → docstring, inherited ones too; none of a class without source."""
    found: dict[str, str] = {}
    for each in reversed(owner.__mro__):
        found |= _in_module(each.__module__).get(each.__qualname__, {})
    return {name: text for name, text in found.items() if text}


@cache
def _in_module(module: str) -> dict[str, dict[str, str]]:
    """Return class → attribute → docstring, empty for an attribute that has none."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        return {}
    return dict(_classes(ast.parse(source).body, ""))


def _classes(body: list[ast.stmt], above: str) -> Iterator[tuple[str, dict[str, str]]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield above + node.name, dict(_attributes(node.body))
            yield from _classes(node.body, f"{above}{node.name}.")


def _attributes(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node, below in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    yield node.target.id, inspect.cleandoc(text)
                case _:
                    yield node.target.id, ""
