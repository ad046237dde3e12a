"""Make what a release consists of, the same bytes each time.

Wheel, sdist, bill of materials, notes:

    python .ci/dist.py FOLDER [--tag v1.2.3] [--sbom]

The wheel is the one that `statusgen init` carries into repositories, byte for byte, so that its
hash there can be looked up in a release. The date in the sdist and the bill is SOURCE_DATE_EPOCH,
else the commit's, else a fixed one.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from statusgen import __version__  # noqa: E402
from statusgen.base.errors import StatusgenError  # noqa: E402
from statusgen.setup.wheel import running_wheel  # noqa: E402

_LOCKS = ("check", "site", "notify")
_FIXED = "1580601600"
"""2020-02-02, as in the wheel: an unpacked sdist knows no commit."""


def main() -> int:
    """Make the files; return the exit code."""
    given = argparse.ArgumentParser(description="Make what a release consists of.")
    given.add_argument("folder", type=Path)
    given.add_argument("--tag", help="refuse where it is not this version's, or has no changelog")
    given.add_argument("--sbom", action="store_true", help="write the bill of materials, too")
    asked = given.parse_args()
    folder: Path = asked.folder.resolve()
    try:
        if asked.tag is not None:
            notes = changes_of(asked.tag)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        wheel = running_wheel()
        (folder / wheel.name).write_bytes(wheel.content)
        source(folder)
        if asked.sbom:
            bill(folder / f"statusgen-{__version__}.cdx.json")
        if asked.tag is not None:
            (folder / "NOTES.md").write_text(notes, encoding="utf-8")
    except (StatusgenError, ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for path in sorted(folder.iterdir()):
        print(path.name)
    return 0


def changes_of(tag: str) -> str:
    """Return what the changelog says of this version. Raises ValueError."""
    if tag != f"v{__version__}":
        raise ValueError(f"the tag is {tag!r}, and statusgen/__init__.py says {__version__}")
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    head = re.escape(__version__)
    found = re.search(rf"^## \[?{head}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ValueError(f"CHANGELOG.md has no section `## {__version__}`: rename `## Unreleased`")
    return found[1].strip() + "\n"


def source(folder: Path) -> None:
    """Write the sdist. Raises ValueError with what hatchling says."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    # The mode of a folder or a file is that of who checked it out.
    before = os.umask(0o022)
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
    finally:
        os.umask(before)
    if done.returncode != 0:
        raise ValueError(done.stderr[-500:])


def bill(path: Path) -> None:
    """Write the bill of materials of all that the three locks install. Raises ValueError."""
    entries = sorted({entry for lock in _LOCKS for entry in locked(lock)})
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as joined:
        joined.write("".join(entries))
        joined.flush()
        done = subprocess.run(
            [
                sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", joined.name,
                "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible",
                "--of", "JSON", "-o", str(path),
            ],
            env=environment(),
            capture_output=True,
            text=True,
        )  # fmt: skip
    if done.returncode != 0:
        raise ValueError(done.stderr[-500:])


def locked(purpose: str) -> Iterator[str]:
    """Yield the entries of a lock, each with its hashes, without the comments."""
    text = (ROOT / "requirements" / f"{purpose}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#")]
    yield from re.findall(r"^\S[^\n]*\n(?:\s+[^\n]*\n)*", "".join(lines), re.MULTILINE)


def environment() -> dict[str, str]:
    """Return the environment with the date that is written into the files."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return dict(os.environ)
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    told = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
    return {**os.environ, "SOURCE_DATE_EPOCH": told if told.isdigit() else _FIXED}


if __name__ == "__main__":
    sys.exit(main())
