"""The plugin is named in anybody's ``mkdocs.yml``, and every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.setup.mkdocs_edit import name_plugin, plugins_of, with_plugin

HEAD = "# Ours.\nsite_name: !ENV [NAME, 'x']   # from CI\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plugins:\n  - search\n", "plugins:\n  - search\n  - statusgen\n"),
        ("plugins:\n- search\nnav: []\n", "plugins:\n- search\n- statusgen\nnav: []\n"),
        (
            "plugins:\n    - search: {lang: de}   # German\n\n# Rest.\nnav: []\n",
            "plugins:\n    - search: {lang: de}   # German\n    - statusgen\n\n# Rest.\nnav: []\n",
        ),
        (
            "plugins:\n  - search:\n      lang:\n        - de #\n# x\nnav: []\n",
            "plugins:\n  - search:\n      lang:\n        - de #\n  - statusgen\n# x\nnav: []\n",
        ),
        (
            "plugins:\n  - macros:\n      text: |\n        a\n        b\nnav: []\n",
            "plugins:\n  - macros:\n      text: |\n        a\n        b\n  - statusgen\nnav: []\n",
        ),
        ("plugins: [search, tags]\n", "plugins: [search, tags, statusgen]\n"),
        ("plugins: [\n  search,\n]\n", "plugins: [\n  search, statusgen,\n]\n"),
        ("plugins: []\n", "plugins: [statusgen]\n"),
        ("plugins: {search: {lang: en}}\n", "plugins: {search: {lang: en}, statusgen: {}}\n"),
        (
            "plugins:\n  search:\n    lang: en\ntheme:\n  name: x\n",
            "plugins:\n  search:\n    lang: en\n  statusgen: {}\ntheme:\n  name: x\n",
        ),
        ("plugins:\nnav: []\n", "plugins:\n  - statusgen\nnav: []\n"),
        ("plugins: # none yet\n", "plugins: # none yet\n  - statusgen\n"),
        ("theme: material", "theme: material\nplugins:\n  - search\n  - statusgen\n"),
        ("plugins:\n  - search", "plugins:\n  - search\n  - statusgen\n"),
        ("plugins:\n  - search\n  - statusgen\n", "plugins:\n  - search\n  - statusgen\n"),
        ("plugins:\n  - statusgen: {history: h}\n", "plugins:\n  - statusgen: {history: h}\n"),
        (
            "markdown_extensions:\n  - x: {y: !!python/name:z }\nplugins:\n  - a\n",
            "markdown_extensions:\n  - x: {y: !!python/name:z }\nplugins:\n  - a\n  - statusgen\n",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_plugin_is_added_and_all_else_stays(before: str, after: str, newline: str) -> None:
    given, wanted = ((HEAD + text).replace("\n", newline) for text in (before, after))

    assert with_plugin(given, "mkdocs.yml") == wanted
    assert "statusgen" in plugins_of(wanted, "mkdocs.yml")
    assert with_plugin(wanted, "mkdocs.yml") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "plugins: !ENV [PLUGINS, [search]]\n",
        "plugins: search\n",
        "{site_name: X}\n",
        "- a\n",
        "site_name: [\n",
        "x: &p [search]\nplugins: *p\n",
    ],
)
def test_what_only_a_person_can_do_is_told(text: str) -> None:
    with pytest.raises(InputError, match=r"mkdocs\.yml"):
        with_plugin(text, "mkdocs.yml")


def test_of_what_is_inherited_the_file_with_the_list_is_changed(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: conf/base.yml\nsite_name: X\n")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/base.yml").write_text("# base\nplugins:\n  - search\n  - tags\n")

    made = name_plugin(tmp_path)

    assert made is not None
    assert made.path == tmp_path / "conf/base.yml"
    assert made.after == "# base\nplugins:\n  - search\n  - tags\n  - statusgen\n"


def test_a_parent_without_plugins_leaves_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: X\n")
    (tmp_path / "base.yml").write_text("theme: {name: material}\n")

    made = name_plugin(tmp_path)

    assert made is not None
    assert made.path == tmp_path / "mkdocs.yml"
    assert plugins_of(made.after, "") == ["search", "statusgen"]


@pytest.mark.parametrize("parent", ["../base.yml", "gone.yml", "mkdocs.yml"])
def test_a_parent_that_is_out_of_reach_is_told(tmp_path: Path, parent: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "mkdocs.yml").write_text(f"INHERIT: {parent}\nsite_name: X\n")
    (tmp_path / "base.yml").write_text("plugins: [search]\n")

    with pytest.raises(InputError):
        name_plugin(root)
