"""The first lines of a package say what each of its modules is for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(path.parent for path in (ROOT / "statusgen").rglob("__init__.py"))
SAID_OTHERWISE = {"cli", "draw", "sentences"}
"""Their modules are called as what they hold: a command, a diagram, who speaks."""


def first_lines(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""


def members(package: Path) -> set[str]:
    modules = {path.stem for path in package.glob("[!_]*.py")}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_says_what_each_of_its_modules_is_for(package: Path) -> None:
    words = set(re.findall(r"\w+", first_lines(package)))
    silent = set() if package.name in SAID_OTHERWISE else members(package) - words
    assert silent == set(), f"name them in {package.relative_to(ROOT)}/__init__.py"
