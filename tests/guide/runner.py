"""Takes the commands out of guides and runs them as a reader would: in bash, one by one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.guide.zygote import shim

GUIDES = ROOT / "content" / "guide"
_FENCE = re.compile(r"^( *)```(?:sh|bash|shell|console)[^\n]*\n(.*?)^\1```$", re.M | re.S)
_SERVES = re.compile(r"python3 -m http\.server --directory (\S+)")


def pages() -> list[str]:
    """Return the guides that hold commands, README among them."""
    found = sorted(path.stem for path in GUIDES.glob("*.md") if commands_of(path.stem))
    return [*found, "README"] if commands_of("README") else found


def text_of(page: str) -> str:
    path = ROOT / "README.md" if page == "README" else GUIDES / f"{page}.md"
    return path.read_text("utf-8")


def commands_of(page: str) -> list[str]:
    """Return the commands of a page in their order; what spans lines is one."""
    return [one for match in _FENCE.finditer(text_of(page)) for one in _split(match[2])]


def _split(block: str) -> Iterator[str]:
    waiting: list[str] = []
    for line in block.splitlines():
        line = line.removeprefix("$ ")
        if not waiting and (not line.strip() or line.lstrip().startswith("#")):
            continue
        waiting.append(line)
        text = "\n".join(waiting)
        if not line.endswith("\\") and _is_whole(text):
            yield _uncommented(text)
            waiting = []
    assert not waiting, f"ends in the middle: {waiting}"


def _is_whole(text: str) -> bool:
    if not re.match(r"\s*(for|while|if|until|case)\b", text) and text.count('"') % 2 == 0:
        return True
    return (
        subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True).returncode == 0
    )


def _uncommented(text: str) -> str:
    return "\n".join(re.sub(r"\s+#\s.*$", "", line).rstrip() for line in text.splitlines())


@dataclass
class Reader:
    """Somebody who types what a guide says."""

    place: Path
    """Where they begin."""
    home: Path
    zygote: Path
    """The socket of the process that runs ``statusgen``."""
    environment: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, str] = field(default_factory=dict)
    """What stands for something of the reader's own → what it is here."""
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        shims = self.home / "bin"
        shims.mkdir()
        shim(shims / "statusgen", self.zygote)
        (shims / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (shims / "python3").chmod(0o755)
        (self.home / ".gitconfig").write_text(
            "[user]\nname = Ada\nemail = ada@example.com\n[init]\ndefaultBranch = main\n"
        )

    def run(self, command: str, code: int = 0) -> str:
        """Run one command where the last one ended; fails where it ends otherwise than told."""
        for old, new in self.replaced.items():
            command = command.replace(old, new)
        serves = _SERVES.fullmatch(command)
        if serves:
            return self._serve(self.place / serves[1])
        where = self.home / "where"
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail\n{command}\nended=$?\npwd > {where}\nexit $ended"],
            cwd=self.place,
            env=self._env(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.place = Path(where.read_text().strip())
        self.said.append(done.stdout + done.stderr)
        assert done.returncode == code, f"$ {command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    def _env(self) -> dict[str, str]:
        ours = f"{self.home / 'bin'}:{os.environ['PATH']}"
        plain = {"PATH": ours, "HOME": str(self.home), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        return {**plain, "GIT_CONFIG_NOSYSTEM": "1", **self.environment}

    def _serve(self, folder: Path) -> str:
        """Serve as the guide says, on a port that is free, and look at the first page."""
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
        child = subprocess.Popen(
            [*command, "--directory", str(folder)], stdout=subprocess.PIPE, text=True
        )
        try:
            assert child.stdout is not None
            found = re.search(r"port (\d+)", child.stdout.readline())
            assert found is not None
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/") as answer:
                page: str = answer.read().decode()
        finally:
            child.terminate()
            child.communicate()
        assert "<h1" in page
        self.said.append(page)
        return page


def inline_commands(page: str) -> Sequence[str]:
    """Return what stands as `statusgen …` in running text."""
    prose = _FENCE.sub("", text_of(page))
    prose = re.sub(r"^( *)```.*?^\1```$", "", prose, flags=re.M | re.S)
    return [" ".join(one.split()) for one in re.findall(r"(?<!`)`(statusgen [^`]+)`", prose)]
