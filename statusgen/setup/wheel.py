"""The running program as a wheel, so that a new repository carries what it was made by.

A name on a package index belongs to whoever takes it first; a file in the repository, named with
its hash, belongs to its owner. Format: the binary distribution format of packaging.python.org.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import statusgen
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.text import one_line

_NAME = "statusgen"
_MADE_BY_INSTALLERS = ("INSTALLER", "REQUESTED", "direct_url.json", "RECORD")
_COMPILED = f"{_NAME}/publish/_compiled/"
_DATE = (2020, 2, 2, 0, 0, 0)
"""The date of every file in the archive: a clock would change the bytes."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel's file name and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest as hexadecimal text, as requirement files name it."""
        return hashlib.sha256(self.content).hexdigest()


def checkout() -> Path | None:
    """Return the root of the checkout that the program runs from; None where it is installed."""
    root = Path(statusgen.__file__).parent.parent
    return root if (root / "pyproject.toml").is_file() else None


def running_wheel() -> Wheel:
    """Return the running program as a wheel: the same bytes each time.

    Raises InputError where a checkout lacks hatchling or an installation lacks files, OutsideError
    where hatchling fails.
    """
    root = checkout()
    return _installed() if root is None else _built(root)


def _built(root: Path) -> Wheel:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        if "No module named hatchling" in done.stderr:
            raise InputError(
                "a checkout needs hatchling to build the wheel that init writes; "
                f"pip install --require-hashes -r {root / 'requirements' / 'build.txt'}"
            )
        built = sorted(Path(folder).glob("*.whl"))
        if done.returncode != 0 or len(built) != 1:
            raise OutsideError(f"hatchling cannot build {root}: {one_line(done.stderr[-500:])}")
        with zipfile.ZipFile(built[0]) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        if not any(name.startswith(_COMPILED) for name in members):
            raise InputError(
                "a checkout needs jinja2 to build the wheel with its templates compiled, as a "
                f"release has it; pip install --require-hashes -r {root / 'requirements/site.txt'}"
            )
        return _packed(members, built[0].name.split("-")[1])


def _installed() -> Wheel:
    """Rebuild the wheel from the installation's RECORD, less what the installer added."""
    found = metadata.distribution(_NAME)
    info = f"{_NAME}-{found.version}.dist-info"
    members: dict[str, bytes] = {}
    missing: list[str] = []
    for path in found.files or ():
        name = path.as_posix()
        if _added_by_installer(name, info):
            continue
        try:
            members[name] = Path(str(path.locate())).read_bytes()
        except OSError:
            missing.append(name)
    if missing or f"{info}/METADATA" not in members or f"{_NAME}/__init__.py" not in members:
        what = f"{missing[0]} is missing" if missing else "its RECORD names no files"
        raise InputError(f"this installation of statusgen is incomplete: {what}; install it again")
    return _packed(members, found.version)


def _packed(members: dict[str, bytes], version: str) -> Wheel:
    """Pack in an order of our own: a checkout and an installation give the same bytes."""
    info = f"{_NAME}-{version}.dist-info"
    members.pop(f"{info}/RECORD", None)
    order = sorted(members, key=lambda name: (name.startswith(info), name))
    members[f"{info}/RECORD"] = _record(((name, members[name]) for name in order), info)
    archive = _zip((name, members[name]) for name in [*order, f"{info}/RECORD"])
    return Wheel(f"{_NAME}-{version}-py3-none-any.whl", archive)


def _added_by_installer(name: str, info: str) -> bool:
    folder, _, file = name.rpartition("/")
    outside = name.startswith(("..", "/")) or not name.startswith((f"{_NAME}/", f"{info}/"))
    return outside or "__pycache__" in folder or (folder == info and file in _MADE_BY_INSTALLERS)


def _record(members: Iterable[tuple[str, bytes]], info: str) -> bytes:
    lines = []
    for name, content in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{info}/RECORD,,\n"]).encode()


def _zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()
