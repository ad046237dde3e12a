"""Files of other tools that are torn, broken or meant to harm: a sentence, soon, and no more."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from statusgen.base.errors import InputError, OutsideError
from statusgen.takeover.cstate import read_cstate
from statusgen.takeover.found import Found
from statusgen.takeover.gatus import read_gatus
from statusgen.takeover.kuma import read_kuma
from statusgen.takeover.statuspage import read_statuspage
from tests.conftest import ROOT
from tests.takeover.test_cstate import theirs
from tests.takeover.test_gatus import CONFIG
from tests.takeover.test_kuma import kuma
from tests.takeover.test_statuspage import saved

__all__ = ["kuma", "saved", "theirs"]

Reader = Callable[[Path], Found]
READERS: dict[str, Reader] = {
    "gatus": read_gatus,
    "kuma": read_kuma,
    "statuspage": read_statuspage,
    "cstate": read_cstate,
}


@pytest.fixture
def examples(tmp_path: Path, kuma: Path, saved: Path, theirs: Path) -> dict[str, Path]:
    gatus = tmp_path / "gatus.yaml"
    gatus.write_text(CONFIG)
    return {"gatus": gatus, "kuma": kuma, "statuspage": saved, "cstate": theirs}


def damaged(place: Path, copy: Path, chance: random.Random) -> Iterator[Path]:
    """Yield a copy of a file or a folder, again and again, each time with one file harmed."""
    for number in range(40):
        if place.is_dir():
            shutil.copytree(place, copy, dirs_exist_ok=True)
        else:
            shutil.copy(place, copy)
        files = [copy] if copy.is_file() else sorted(p for p in copy.rglob("*") if p.is_file())
        file = chance.choice(files)
        content = bytearray(file.read_bytes())
        if number % 2:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.randrange(1, 20)):
                content[chance.randrange(len(content))] = chance.choice(b"\0\xff[{}:&*!<>'\"\n-9")
        file.write_bytes(content)
        yield copy


def tried(tool: str, place: Path) -> tuple[Found | None, str]:
    """Return what was found, or how it was refused."""
    try:
        return READERS[tool](place), ""
    except (InputError, OutsideError) as error:
        return None, str(error)


@pytest.mark.parametrize("tool", READERS)
def test_a_file_that_is_torn_or_broken_is_read_or_refused_in_a_sentence(
    tool: str, examples: dict[str, Path], tmp_path: Path
) -> None:
    read = refused = 0
    place = examples[tool]
    for copy in damaged(place, tmp_path / f"copy{place.suffix}", random.Random(tool)):
        found, said = tried(tool, copy)
        assert found is not None or said.strip()
        assert all(len(line) < 500 for line in said.splitlines())
        read += found is not None
        refused += found is None
    assert read + refused == 40
    assert refused > 0


def test_of_a_configuration_that_ends_too_early_each_whole_endpoint_is_found_or_named(
    tmp_path: Path,
) -> None:
    entries = [
        f"  - name: e{number}\n    url: https://e{number}.example/\n    conditions: []\n"
        for number in range(6)
    ]
    text = "endpoints:\n" + "".join(entries)
    path = tmp_path / "config.yaml"
    for end in range(len("endpoints:\n") + 1, len(text), 7):
        path.write_text(text[:end])
        whole = sum(text[:end].count(entry) for entry in entries)
        found, said = tried("gatus", path)
        if found is None:
            assert "config.yaml:" in said
        else:
            assert len(found.monitors) + len(found.left) >= whole


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)


def _file(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what writes a file: the place itself, or one in it."""

    def write(place: Path) -> None:
        path = place / name if name else place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def _issue(place: Path) -> None:
    _file("config.yml", "title: x\nparams: {systems: [{name: A}]}\n")(place)
    _file("content/issues/a.md", f"---\n{BOMB}title: *a29\n---\n")(place)


_CONDITIONS = f"'[BODY] == pat({'*a' * 20_000})', '[STATUS] == any({'1' * 100_000})'"
HARMFUL: dict[str, tuple[str, Callable[[Path], None]]] = {
    "gatus, aliases of aliases": ("gatus", _file("", f"{BOMB}endpoints: *a29\n")),
    "gatus, nested": ("gatus", _file("", "endpoints: " + "[" * 50_000)),
    "gatus, one endless line": (
        "gatus",
        _file("", "endpoints: [{name: x, url: 'https://x/" + "a" * 15_000_000),
    ),
    "gatus, a pattern that never ends": (
        "gatus",
        _file(
            "",
            f"endpoints: [{{name: x, url: 'https://x.example/', conditions: [{_CONDITIONS}]}}]\n",
        ),
    ),
    "gatus, too large": ("gatus", _file("", b"#" * (17 << 20))),
    "kuma, no database": ("kuma", _file("", b"SQLite format 3\0" + b"\xff" * 4096)),
    "kuma, zeros": ("kuma", _file("", b"\0" * 1_000_000)),
    "statuspage, nested": (
        "statuspage",
        _file("components.json", '{"components":' + "[" * 200_000),
    ),
    "statuspage, a number without end": (
        "statuspage",
        _file("components.json", '{"components":' + "9" * 100_000 + "}"),
    ),
    "statuspage, what is no list": (
        "statuspage",
        _file("components.json", json.dumps({"components": {"a": [1]}, "page": 5})),
    ),
    "cstate, aliases of aliases": ("cstate", _file("config.yml", f"{BOMB}params: *a29\n")),
    "cstate, an issue of aliases": ("cstate", _issue),
}
READ = """
import importlib, resource, sys
from pathlib import Path
from statusgen.base.errors import InputError, OutsideError
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
read = getattr(importlib.import_module(f"statusgen.takeover.{sys.argv[1]}"), f"read_{sys.argv[1]}")
try:
    found = read(Path(sys.argv[2]))
    print("read", len(found.monitors))
except (InputError, OutsideError) as error:
    print("refused", str(error)[:300])
"""


@pytest.mark.parametrize("name", HARMFUL)
def test_what_is_meant_to_harm_costs_neither_time_nor_memory(name: str, tmp_path: Path) -> None:
    tool, write = HARMFUL[name]
    place = tmp_path / (
        "kuma.db" if tool == "kuma" else "place.yaml" if tool == "gatus" else "place"
    )
    write(place)
    done = subprocess.run(
        [sys.executable, "-c", READ, tool, str(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith(("read ", "refused "))
