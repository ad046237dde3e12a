"""The wizard on a terminal that misbehaves: turned, pasted into, interrupted, hung up."""

from __future__ import annotations

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.test_wizard import ENTER, Terminal, folder
from tests.conftest import ROOT

__all__ = ["folder"]
PASTE, PASTED = "\x1b[200~", "\x1b[201~"


def kept(folder: Path) -> dict[str, object]:
    found = json.loads((folder / ".statusgen/wizard-wizard.json").read_text("utf-8"))
    return dict(found["answers"])


def resize(screen: Terminal, rows: int, columns: int) -> None:
    size = struct.pack("HHHH", rows, columns, 0, 0)
    fcntl.ioctl(screen.handle, termios.TIOCSWINSZ, size)


def test_a_terminal_that_is_turned_goes_on_asking(folder: Path) -> None:
    screen = Terminal(folder, "--from", "v=1&name=my-app&team=3&traffic=5000&scale-reasons=-")
    resize(screen, 40, 120)
    screen.read("What is your project scale?")
    for rows, columns in ((10, 30), (4, 12), (50, 200)):
        resize(screen, rows, columns)
    screen.read("★ Small")
    screen.type(ENTER)
    screen.read("Are you a Python shop?")
    screen.type("quit" + ENTER)
    screen.read("every answer is kept")
    assert screen.end() == 0
    assert kept(folder)["scale"] == "small"


def test_pasted_lines_answer_nothing_unseen(folder: Path) -> None:
    screen = Terminal(folder)
    screen.read("What is your project name?")
    screen.read(">")
    screen.type(f"{PASTE}my-app\n3\n20K{PASTED}{ENTER}")
    screen.read("Only what fits")  # one answer, and none that can be taken
    screen.read("What is your project name?")
    screen.read(">")
    screen.type("my-app" + ENTER)
    screen.read("How many developers")
    screen.read(">")
    screen.type("3" + ENTER)
    screen.read("How many users")
    screen.read(">")
    screen.type("\x03")
    screen.read("every answer is kept")
    assert screen.end() == 0
    assert kept(folder) == {"name": "my-app", "team": "3"}


def test_pasted_lines_in_a_list_are_shown_before_they_count(folder: Path) -> None:
    screen = Terminal(folder, "--from", "v=1&name=my-app&team=3&traffic=5000&scale-reasons=-")
    screen.read("★ Small")
    screen.type(f"{PASTE}rm -rf /\r\nquit\n{PASTED}")
    screen.read("rm -rf / quit")
    screen.type("\x7f" * 20 + "large" + ENTER)
    screen.read("Are you a Python shop?")
    screen.type("\x03")
    screen.read("every answer is kept")
    assert screen.end() == 0
    assert kept(folder)["scale"] == "large"


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_line_that_is_hung_up_keeps_what_was_answered(folder: Path, term: str) -> None:
    screen = Terminal(folder, term=term)
    screen.read("What is your project name?")
    screen.type("my-app" + ENTER)
    screen.read("How many developers")

    os.close(screen.handle)
    os.waitpid(screen.process_id, 0)

    assert kept(folder) == {"name": "my-app"}


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "statusgen", "wizard"],
        cwd=folder, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write("my-app\n")
    process.stdin.flush()
    while "How many developers" not in process.stdout.readline():
        pass
    process.stdout.close()
    process.stdin.write("2\n3\n")
    process.stdin.close()
    told = process.stderr.read()
    process.stderr.close()
    process.wait()

    assert "Traceback" not in told
    assert kept(folder)["name"] == "my-app"
