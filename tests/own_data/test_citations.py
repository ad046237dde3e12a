"""What comments and docstrings cite stands in ``content/reference/``, published with the site."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "content" / "reference"

NUMBER = re.compile(r"(?<![\w'!&-])(?:U\d{1,2}|D0[a-z]|[DS][1-9]|F\d{1,2}|T[1-9]\d?)(?![\w:.-])")
"""A vector, a decision, a day, a sequence, a fault or a threat: U21, D0g, D3, S4, F24, T11."""

LIKE_A_NUMBER = re.compile(r"D0[a-z]|[UDSFT]\d")
RANGE = re.compile(r"\b(D0|[UDSFT])(\w+) to \1(\w+)\b")
IN_A_NAME = re.compile(r"_([udsft]\d{1,2}|d0[a-z])(?=_|$)")
BOOKS = re.compile(
    r"\bshared/|\bdesign\.md|\bthe reference's?\b|(?<!content/)\breference/[\w-]+\.md"
)


def rows() -> set[str]:
    """Return every number that a row of the reference's tables begins with."""
    found = set()
    for path in REFERENCE.glob("*.md"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("| "):
                found |= set(NUMBER.findall(line.split("|")[1]))
    return found


@cache
def remarks(path: Path) -> tuple[str, ...]:
    """Return what a module says to its readers; one that may cite is taken apart once."""
    source = path.read_text(encoding="utf-8")
    may_cite = any(form.search(source) for form in (LIKE_A_NUMBER, RANGE, IN_A_NAME, BOOKS))
    return tuple(_remarks(source)) if may_cite else ()


def _remarks(source: str) -> Iterator[str]:
    """Yield the comments, the docstrings, the names of tests and the ids of their cases."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str() as text)):
                yield text
            case ast.FunctionDef(name=name) if name.startswith("test_"):
                yield " ".join(number.capitalize() for number in IN_A_NAME.findall(name))
            case ast.keyword(arg="id", value=ast.Constant(value=str() as text)):
                yield text
            case ast.keyword(arg="ids", value=ast.List(elts=texts)):
                yield from (ast.literal_eval(text) for text in texts)


def cited(text: str) -> set[str]:
    return set(NUMBER.findall(text)) | {
        stem + end for stem, *ends in RANGE.findall(text) for end in ends
    }


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", ["statusgen", "tests"])
def test_every_number_that_is_cited_stands_in_the_reference(folder: str) -> None:
    listed = rows()
    assert {"U1", "U26", "D0a", "D3", "S8", "F24", "T11"} <= listed
    lost = {
        f"{path.relative_to(ROOT)}: {number}"
        for path in modules(folder)
        for text in remarks(path)
        for number in cited(text) - listed
        if path != Path(__file__)
    }
    assert lost == set()


def test_what_cites_a_number_says_where_it_stands() -> None:
    silent = []
    for path in modules("statusgen"):
        told = "content/reference" in path.read_text(encoding="utf-8")
        if not told and any(cited(text) for text in remarks(path)):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


@pytest.mark.parametrize("folder", ["statusgen", "tests"])
def test_no_comment_points_at_a_book_that_the_reader_has_not(folder: str) -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in modules(folder)
        for text in remarks(path)
        if (found := BOOKS.search(text)) and path != Path(__file__)
    ]
    assert lost == []


def test_pages_that_are_named_are_there() -> None:
    for path in (*modules("statusgen"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"):
        for name in re.findall(r"content/(?:reference|guide)/[\w-]+\.md", path.read_text("utf-8")):
            assert (ROOT / name).is_file(), f"{path.name} names {name}"
