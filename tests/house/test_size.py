"""Modules and functions stay small enough to be read at once; those that are not are named here."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = 400
"""Of a module."""
STATEMENTS = 60
"""Lines of a function, its docstring included."""
LONG_MODULES = {
    "statusgen/draw/arch_route.py",
    "statusgen/mkdocs_plugin.py",
    "statusgen/notify/upptime_channels.py",
    "statusgen/publish/edition.py",
}
LONG_FUNCTIONS = {
    "statusgen/publish/api/metrics.py metrics",
    "statusgen/publish/api/schemas.py _statuspage",
}
"""Tables of what programs are told; to be shortened, not to be joined by others."""


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

    assert modules - LONG_MODULES == set()
    assert functions - LONG_FUNCTIONS == set()
