"""``statusgen incident …`` at a real terminal: questions, wrong answers, and stopping half way."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shlex
import signal
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.harness import write_config
from tests.conftest import ROOT

CONFIG = (
    "site: {name: Shop}\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example.com/}\n"
    "  - {id: login, name: Sign-in, url: https://login.example.com/}\n"
)
AT = ("--at", "2026-11-20T20:10:00Z")
FILE = Path("content/incidents/2026-11-20-sign-in-fails.md")
CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 60
"""Seconds until a terminal on which nothing happens is given up."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def talk(
    root: Path, command: Sequence[str], *turns: tuple[str, str], of: Sequence[str] = ("incident",)
) -> tuple[int, str]:
    """Wait for each question and type its answer; return the exit code and all that was shown."""
    main, terminal = pty.openpty()
    environ = {"PATH": os.environ["PATH"], "HOME": str(root), "PYTHONPATH": str(ROOT)}
    environ["TERM"] = "dumb"
    running = subprocess.Popen(
        [sys.executable, "-m", "statusgen", *of, *command],
        cwd=root,
        env=environ,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(terminal)
    seen, at = "", 0
    for question, answer in turns:
        while question not in seen[at:]:
            part = _read(main)
            assert part, f"{question!r} was not asked:\n{seen}"
            seen += part
        at = seen.index(question, at) + len(question)
        os.write(main, answer.encode())
        # Between the question and the reading of the answer a key is heard with the next one.
        while answer == CTRL_C and not select.select([main], [], [], 2)[0]:
            os.write(main, answer.encode())
    while part := _read(main):
        seen += part
    os.close(main)
    assert "Traceback" not in seen, seen
    return running.wait(), seen.replace("\r\n", "\n")


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches it
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in the background


def _read(main: int) -> str:
    """Return what is shown next; empty at the end, or when nothing comes."""
    if not select.select([main], [], [], PATIENCE)[0]:
        return ""
    try:
        return os.read(main, 4096).decode()
    except OSError:
        return ""


WHAT = ("What happened", "Sign-in fails\n")
HOW_BAD = ("(none, minor, major, critical): ", "major\n")
TOUCHED = ("What is affected: api and login", "login, api=minor\n")
NOTICED = ("What do visitors notice", "Nobody can sign in.\n")
WHO = ("Who is affected", "\n")
DO = ("meanwhile", "Stay signed in.\n")
NEXT = ("When does the next update come", "30m\n")


def test_a_wrong_answer_is_asked_for_again_at_once(root: Path) -> None:
    code, seen = talk(
        root, ("open", *AT),
        ("What happened", "\n"), ("What happened", "  \n"), ("needs an answer", ""), WHAT,
        ("critical): ", "majr\n"), ("Write one of: none, minor, major, critical", ""), HOW_BAD,
        ("affected: api and login", "logn\n"), ("did you mean 'login'?", ""),
        ("affected: api and login", "api=bad\n"), ("write one of none, minor", ""), TOUCHED,
        NOTICED, WHO, DO,
        ("next update come", "soon\n"), ("is not a time", ""), NEXT,
    )  # fmt: skip
    assert code == 0, seen
    assert f"wrote {FILE}\nNow commit and push it" in seen
    text = (root / FILE).read_text()
    assert "impact: major\naffected:\n  - login\n  - {component: api, impact: minor}\n" in text
    assert "next update 2026-11-20T20:40:00Z\n\nNobody can sign in.\n\n**What you can do:**" in text


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_whoever_stops_half_way_is_told_the_command_that_goes_on(root: Path, key: str) -> None:
    title = 'It\'s $(touch x) "down" — ok'
    code, seen = talk(
        root, ("open", *AT, "--pin"),
        ("What happened", f"{title}\n"), HOW_BAD, TOUCHED, NOTICED, ("Who is affected", key),
    )  # fmt: skip
    assert code == 130
    assert not (root / "content").exists()
    (line,) = [line for line in seen.splitlines() if "To go on from here: " in line]
    assert seen.rstrip().endswith("stopped")
    command = shlex.split(line.partition("from here: ")[2])
    assert command[:3] == ["statusgen", "incident", "open"]
    assert "Nobody can sign in." in command

    code, seen = talk(root, command[2:], WHO, DO, NEXT)

    assert code == 0, seen
    (path,) = (root / "content/incidents").iterdir()
    text = path.read_text()
    assert 'title: "It\'s $(touch x) \\"down\\" — ok"\n' in text
    assert "  - login\n  - {component: api, impact: minor}\n" in text
    assert "pin: true" in text
    assert "next update 2026-11-20T20:40:00Z\n\nNobody can sign in.\n" in text


def test_stopping_at_the_first_question_shows_no_traceback(root: Path) -> None:
    code, seen = talk(root, ("open",), ("What happened", CTRL_C))
    assert code == 130
    assert seen.splitlines()[-1] == "stopped"


def test_a_file_that_cannot_be_written_costs_no_answer(root: Path) -> None:
    (root / "content").write_text("a file where the folder should be")
    code, seen = talk(root, ("open", *AT), WHAT, HOW_BAD, TOUCHED, NOTICED, WHO, DO, NEXT)
    assert code == 3
    assert "--do 'Stay signed in.' --next 30m" in seen


def test_an_update_and_an_end_ask_what_is_new_and_what_was_done(root: Path) -> None:
    assert talk(root, ("open", *AT), WHAT, HOW_BAD, TOUCHED, NOTICED, WHO, DO, NEXT)[0] == 0
    code, seen = talk(root, ("update",), ("What is new", "A disk.\n"), ("next update come", "\n"))
    assert code == 0, seen
    assert "Who is affected" not in seen
    code, seen = talk(root, ("resolve",), ("what was done", "Replaced.\n"))
    assert code == 0, seen
    assert "next update" not in seen
    assert (root / FILE).read_text().endswith("\n\nReplaced.\n")


def test_what_was_given_is_not_asked_for(root: Path) -> None:
    code, seen = talk(
        root, ("open", *AT, "--title", "Sign-in fails", "--impact", "major", "--text", "It is.")
    )
    assert code == 0, seen
    assert "What" not in seen
