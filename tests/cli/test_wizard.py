"""The wizard at a terminal: with arrow keys through a pseudo-terminal, and in numbered lines."""

from __future__ import annotations

import codecs
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.harness import statusgen
from tests.conftest import ROOT
from tests.wizard.conftest import GUIDE

LEFT, DOWN, UP, ENTER = "\x1b[D", "\x1b[B", "\x1b[A", "\r"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    shutil.copy(GUIDE, tmp_path / "data/wizard.yml")
    (tmp_path / "data/status.yml").write_text(
        "site: {name: T}\nmonitors:\n  - {id: a, name: A, url: 'https://a.example.com/'} # keep\n"
    )
    return tmp_path


class Terminal:
    """A command on a pseudo-terminal, and a person before it."""

    def __init__(self, folder: Path, *arguments: str, term: str = "xterm") -> None:
        self.seen = self.ahead = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.process_id, self.handle = pty.fork()
        if self.process_id == 0:
            # Of a job in the background that runs the tests it would inherit deafness to Ctrl-C.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(folder)
            environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": term,
                       "PYTHONPATH": str(ROOT), "PROMPT_TOOLKIT_NO_CPR": "1"}  # fmt: skip
            words = [sys.executable, "-m", "statusgen", "wizard", *arguments]
            os.execve(sys.executable, words, environ)

    def read(self, until: str) -> str:
        """Wait until a text appears behind the last one that was waited for; return all up to it.

        What came along behind it is kept: a question may arrive together with what precedes it.
        """
        end = time.monotonic() + 180
        while until not in plain(self.ahead):
            assert time.monotonic() < end, f"{until!r} did not come; last: {self.ahead[-1500:]}"
            if select.select([self.handle], [], [], 1)[0]:
                try:
                    got = self.decoder.decode(os.read(self.handle, 65536))
                except OSError:
                    got = ""
                assert got, f"ended before {until!r}: {self.ahead[-1500:]}"
                self.seen += got
                self.ahead += got
        found, _, self.ahead = plain(self.ahead).partition(until)
        return found + until

    def type(self, text: str) -> None:
        os.write(self.handle, text.encode())

    def end(self) -> int:
        while True:
            try:
                got = os.read(self.handle, 65536)
            except OSError:
                got = b""
            if not got:
                break
            self.seen += self.decoder.decode(got)
        _, status = os.waitpid(self.process_id, 0)
        os.close(self.handle)
        assert "Traceback" not in self.seen
        return os.waitstatus_to_exitcode(status)


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r", "", text)


def test_a_whole_conversation_with_arrow_keys(folder: Path) -> None:
    screen = Terminal(folder)
    screen.read("What is your project name?")
    screen.type("Bad Name" + ENTER)
    screen.read("Only what fits")
    screen.read("What is your project name?")
    screen.type("my-app" + ENTER + "3" + ENTER + "20K" + ENTER)  # nobody waits for the questions
    screen.read("How many developers")
    screen.read("How many users")
    screen.read("Does any of these hold?")
    screen.type(LEFT)
    screen.read("How many users")
    screen.type("\x02")
    screen.read("> 3")
    screen.type("\x7f7" + ENTER)
    screen.read("How many users")
    screen.type(ENTER)
    screen.read("Does any of these hold?")
    screen.type("why" + ENTER)
    screen.read("Nothing is recommended here.")
    screen.read("Does any of these hold?")
    screen.type(ENTER)
    screen.read("★ Medium")
    screen.type("why" + ENTER)
    screen.read("Rule helper.scale.3")
    screen.read("★ Medium")
    screen.type(ENTER)
    screen.read("Are you a Python shop?")
    screen.type("quit" + ENTER)
    screen.read("every answer is kept")
    assert screen.end() == 0

    again = Terminal(folder)
    again.read("Going on with 5 answers")
    again.read("Are you a Python shop?")
    again.type("review" + ENTER)
    again.read("Medium")
    again.read("Are you a Python shop?")
    again.type("review 4" + ENTER)
    again.read("Does any of these hold?")
    again.type("\x03")
    again.read("every answer is kept")
    assert again.end() == 0

    done = statusgen(folder, "wizard", "--yes", "--apply", "--now", "2026-11-26T00:00:00Z")
    assert done.code == 0
    assert "wrote data/roadmaps/my-app.yml" in done.out
    assert "Email Service: None" in done.out  # nothing is recommended: none is taken


def lines(folder: Path, text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "wizard", *arguments],
        cwd=folder, input=text, capture_output=True, text=True, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


PHASES = (
    "my-app\n2\n5000\n-\n\nback\nback\n\n\nyes\n\n-\n1\nno\nyes\n\n-\nwhy\n\ncelery\n3\n"
    "1\n50\n1\n\n1\n1,19\n\n"
)


def test_all_phases_in_numbered_lines(folder: Path) -> None:
    done = lines(folder, PHASES, "--apply", "--now", "2026-11-26T00:00:00Z", "--yes")
    assert done.returncode == 2  # --yes asks nothing

    done = lines(folder, PHASES + "y\n", "--apply", "--now", "2026-11-26T00:00:00Z")

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "13/13 Additional Features" in done.stdout
    assert "(works only with NestJS)" in done.stdout  # BullMQ beside FastAPI
    assert "Link: wizard/#v=1&name=my-app&team=2&traffic=5000" in done.stdout
    assert "+++ b/data/roadmaps/my-app.yml" in done.stdout
    assert (folder / "data/roadmaps/my-app.yml").exists()
    status = (folder / "data/status.yml").read_text()
    assert "# keep\n  - {id: api," in status
    assert not (folder / ".statusgen/wizard-wizard.json").exists()
    assert statusgen(folder, "validate").code == 0


def test_what_a_closed_pipe_had_answered_is_kept(folder: Path) -> None:
    first = lines(folder, "my-app\n4\n")
    assert first.returncode == 1
    assert "every answer is kept" in first.stderr

    second = lines(folder, "review\n")

    assert "Going on with 2 answers" in second.stdout
    assert "Project Name: my-app" in second.stdout


def test_a_link_a_preset_and_a_file_answer_beforehand(folder: Path) -> None:
    (folder / "a.yml").write_text("name: shop\nscale: large\n")
    done = statusgen(
        folder, "wizard", "--preset", "e-commerce-platform", "--answers", "a.yml",
        "--from", "https://x.example/wizard/#v=1&scale=medium&nothing=1", "--yes", "--json",
    )  # fmt: skip

    assert done.code == 0, done.err
    assert "There is no question “nothing” here" in done.err
    assert done.json["answers"]["scale"] == "medium"
    assert done.json["name"] == "shop"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--preset", "nope"], "there is no preset 'nope'"),
        (["--answers", "none.yml"], "cannot be read"),
        (["--file", "none.yml"], "cannot be read"),
        (["--yes"], "nothing is recommended for: name"),
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str], told: str) -> None:
    done = statusgen(folder, "wizard", *arguments)

    assert done.code == 2
    assert told in done.err


def hostile() -> Iterator[str]:
    yield "../../etc/passwd\n"
    yield "\x1b]0;x\x07\n"
    yield "9" * 5000 + "\n"
    yield "help 99999999999999999999\nreview 0\nreview 99999\nundo\nback\nskip\n"
    yield "\x00\x01\n"


@pytest.mark.parametrize("text", list(hostile()))
def test_hostile_input_is_refused_without_a_traceback(folder: Path, text: str) -> None:
    done = lines(folder, text)

    assert done.returncode == 1
    assert "\x1b]0" not in done.stdout
    assert sorted(p.name for p in folder.iterdir()) == [".statusgen", "data"]


def test_a_dumb_terminal_gets_numbered_lines(folder: Path) -> None:
    screen = Terminal(folder, term="dumb")
    screen.read("An empty line takes what is marked")
    screen.type("my-app\n")
    screen.read("How many developers")
    os.kill(screen.process_id, signal.SIGINT)
    screen.read("every answer is kept")
    assert screen.end() == 0
