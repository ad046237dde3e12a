"""Pages as the Nu HTML checker reads them: no error, no warning, on every kind of page."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from tests.fixtures import SITE
from tests.publish import scenes
from tests.publish.roadmaps import ugly

VNU = Path(sys.prefix) / "vnu" / "vnu.jar"
OF_MATERIAL = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Bad value “” for attribute “tabindex” on element “label”",
    "Self-closing syntax (“/>”) used on a non-void HTML element",
)
"""Stock Material 9 writes these into every page: its drawer's checkboxes and their labels."""
OF_FILES = "Resource violates Content Security Policy (meta tag)"
"""A page read from the disk has no origin that its policy's 'self' could name."""
NOW = 1795205520
ROOT = Path(__file__).parents[2]


def judged(pages: Iterable[Path]) -> list[str]:
    """Return what the checker says about ``pages``, but for what is not ours."""
    if not VNU.is_file() or shutil.which("java") is None:
        pytest.skip("sh tests/need_vnu.sh .venv fetches the checker, where there are npm and Java")
    files = sorted(map(str, pages))
    assert files
    command = ["java", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)["messages"]
    return [
        f"{each['url'].rpartition('/sites/')[2]}:{each['lastLine']}: {each['message']}"
        for each in said
        if OF_FILES not in each["message"] and not each["message"].startswith(OF_MATERIAL)
    ]


def one_of_each_kind(folder: Path) -> list[Path]:
    """Return the largest page of each kind, told apart by the words of its address."""
    kinds: dict[tuple[str, ...], Path] = {}
    for page in sorted(folder.rglob("*.html"), key=lambda each: each.stat().st_size):
        words = page.relative_to(folder).parent.parts
        names = (*words[:1], *words[2:3]) if words[:1] == ("roadmaps",) else words[:1]
        kinds[*names, str(len(words))] = page
    return list(kinds.values())


def write_sites(out: Path, made: Mapping[str, Callable[[], scenes.Scene]]) -> None:
    for name, scene in made.items():
        write_directory(scenes.site(scene), out / name)
    options = BuildOptions(root=SITE, now=NOW, history=Path("data/none"))
    write_directory(build_manifest(options), out / "roadmaps")


def test_one_page_of_each_kind_is_sound(tmp_path: Path) -> None:
    out = tmp_path / "sites"
    write_sites(out, {"outage": scenes.outage})
    found = [page for site in out.iterdir() for page in one_of_each_kind(site)]
    (out / "broken.html").write_text("<!doctype html><title>x</title><p><td role=cell>")

    said = judged([*found, out / "broken.html"])

    assert len(found) > 25
    assert {each.partition(":")[0] for each in said} == {"broken.html"}, said


@pytest.mark.long
def test_every_page_of_every_scene_is_sound(tmp_path: Path) -> None:
    out = tmp_path / "sites"
    write_sites(out, scenes.ALL)
    ugly.write(tmp_path / "ugly")
    others = BuildOptions(root=tmp_path / "ugly", now=NOW)
    write_directory(build_manifest(others), out / "ugly")
    options = BuildOptions(root=SITE, now=NOW, history=Path("data/none"))
    build_with_mkdocs(SITE / "mkdocs.yml", out / "mkdocs", options)

    assert judged(out.rglob("*.html")) == []


def test_no_two_templates_have_one_name() -> None:
    """They are looked up in one place: the second of two would stand for the first everywhere."""
    names = [path.name for path in (ROOT / "statusgen/publish").rglob("templates/*.*")]
    assert sorted(set(names)) == sorted(names)
