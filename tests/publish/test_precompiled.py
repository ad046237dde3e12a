"""Templates compiled beforehand: used where they are of this very text, else not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from statusgen.publish import precompiled, templating

HOSTILE = "<a & b>"
MADE = dict(precompiled.compiled())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hand out a folder of compiled templates as a wheel brings it."""
    for name, text in MADE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(precompiled, "_folder", lambda: tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return tmp_path


def origin(name: str) -> str:
    """Return the file from which a template's code was read."""
    template = precompiled.environment().get_template(name)
    return str(template.root_render_func.__code__.co_filename)


def test_what_was_compiled_is_used_and_says_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"words": None, "site": None, "say": None, "months": ()}

    def filled() -> str:
        made = precompiled.environment()
        made.globals |= templating._STATUS_PAGES
        macros: Any = made.get_template("macros.html").make_module(values)
        return str(macros.bold(HOSTILE)) + str(macros.link("x", HOSTILE))

    ready = filled()
    assert Path(origin("macros.html")).parent == folder
    monkeypatch.setattr(precompiled, "_folder", lambda: None)

    assert ready == filled() == '<b>&lt;a &amp; b&gt;</b><a href="x">&lt;a &amp; b&gt;</a>'
    assert Path(origin("macros.html")).name == "macros.html"


def test_a_template_that_was_edited_is_compiled_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = tmp_path / "edited"
    edited.mkdir()
    (edited / "macros.html").write_text("another text\n", encoding="utf-8")
    monkeypatch.setattr(precompiled, "_TEMPLATES", (edited, *precompiled._TEMPLATES))

    assert precompiled.environment().get_template("macros.html").render() == "another text\n"
    assert Path(origin("day.html")).parent == folder


def test_another_jinja_finds_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinja2.__version__", "3.99")

    assert Path(origin("day.html")).name == "day.html"


def test_every_template_of_the_program_is_among_them() -> None:
    written = [path for place in precompiled._TEMPLATES for path in place.iterdir()]

    assert len(MADE) == len(written) > 40
