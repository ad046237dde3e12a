"""The file of ``roadmap new``: whatever is uncommented in it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.roadmap.loader import load_roadmap
from statusgen.setup.roadmap_file import roadmap_file

_CODE = re.compile(r"(?P<gap> *)# (?P<code>(?P<more> *)(?:[a-z_]+:(?:\s|$)|- ).*)")
"""A commented line of YAML; prose begins with a capital letter."""


def pieces(text: str) -> Iterator[list[int]]:
    """Yield the lines of each commented part: a key with what stands below it."""
    part: list[int] = []
    for number, line in enumerate(text.splitlines()):
        match = _CODE.fullmatch(line)
        if match is None or not match["more"]:
            if part:
                yield part
            part = []
        if match:
            part.append(number)
    if part:
        yield part


def uncommented(text: str, lines: list[int]) -> str:
    written = text.splitlines()
    for number in lines:
        written[number] = _CODE.sub(r"\g<gap>\g<code>", written[number])
    return "\n".join(written) + "\n"


def load(folder: Path, text: str) -> None:
    path = folder / "plan.yml"
    path.write_text(text, encoding="utf-8")
    load_roadmap(path)


@pytest.mark.parametrize(
    "currency", ["USD", "EUR", "GBP", "CHF", "JPY", "SEK", "BRL", "KWD", "PHP"]
)
def test_every_commented_line_can_be_read(tmp_path: Path, currency: str) -> None:
    text = roadmap_file("plan", "My plan", currency)
    load(tmp_path, text)
    parts = list(pieces(text))
    assert len(parts) > 10
    for part in parts:
        load(tmp_path, uncommented(text, part))
    load(tmp_path, uncommented(text, [line for part in parts for line in part]))
    assert currency == "USD" or "$10" not in text
