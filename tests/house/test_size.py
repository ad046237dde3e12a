"""Modules and functions stay small enough to be read at once; those that are not are named here."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = 400
"""Of a module."""
STATEMENTS = 60
"""Lines of a function, its docstring included."""


def test_no_module_and_no_function_grows_too_long() -> None:
    modules, functions = set(), set()
    for path in sorted((ROOT / "statusgen").rglob("*.py")):
        name, text = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        if text.count("\n") > LINES:
            modules.add(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                last = node.end_lineno or node.lineno
                if last - node.lineno + 1 > STATEMENTS:
                    functions.add(f"{name} {node.name}")

    assert modules == set()
    assert functions == set()
