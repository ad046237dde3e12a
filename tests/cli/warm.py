"""A warm interpreter: each command runs in a process of its own, forked from one that has imported.

Starting Python and importing the program is half of what a command takes, and the tests run
hundreds. What a process may not share is a process of its own all the same: environment, folder,
streams, exit code. Commands whose environment changes the interpreter start one as ever.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import pkgutil
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_COLD = ("LD_", "PYTHON", "FAKETIME", "COVERAGE")
"""Variables that begin so are read when an interpreter or its libraries start."""
_MOST = 1 << 20
_Asked = tuple[str, list[str], dict[str, str], int, dict[str, int]]
_ROOMS = (
    *("base", "config", "cli", "run", "status", "incident", "roadmap", "publish", "words"),
    *("probe", "history", "gates", "github", "setup"),
)
_LATE = ("httpx", "httpcore", "anyio._backends._asyncio")
"""Libraries that the program imports when a check failed."""
_SITE = {
    "data/status.yml": "site: {name: S}\nmonitors: [{id: a, name: A, url: https://a.example/}]\n",
    "content/about.md": "# About\n\n| a |\n|---|\n| b |\n\n```sh\ntrue\n```\n",
}


def is_for(environ: Mapping[str, str]) -> bool:
    """Whether a command with that environment can be forked."""
    return not any(name.startswith(_COLD) and name != "PYTHONPATH" for name in environ)


def run(
    folder: Path,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    timeout: float,
    ahead: int = 0,
    constants: Mapping[str, int] = {},
) -> subprocess.CompletedProcess[str]:
    """Run ``statusgen ARGUMENTS`` in a folder with that environment alone.

    Its clock is ``ahead`` by some seconds, where ``is_for`` the environment; ``constants`` have
    other values, by their modules' names and theirs.
    """
    if not is_for(environ):
        assert not constants, "an interpreter that starts anew knows nothing of them"
        return subprocess.run(
            [sys.executable, "-m", "statusgen", *arguments],
            cwd=folder,
            env=dict(environ),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    asked = json.dumps([str(folder), list(arguments), dict(environ), ahead, constants]).encode(
        "utf-8"
    )
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server,
    ):
        server.settimeout(timeout)
        server.connect(_address())
        socket.send_fds(server, [asked], [out.fileno(), err.fileno()])
        code = int(server.recv(16))
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().decode("utf-8").replace("\r\n", "\n"))
    return subprocess.CompletedProcess(["statusgen", *arguments], code, *told)


@cache
def _address() -> str:
    """Start the interpreter of this test process; it ends with it."""
    folder = tempfile.mkdtemp(prefix="warm-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address = f"{folder}/s"
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.warm", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n"
    _STARTED.append(started)  # its standard input stays open until this process ends
    return address


_STARTED: list[subprocess.Popen[bytes]] = []


def prepare() -> None:
    """Import the program and build one small site: what a process does once is done then.

    That is models, schemas, templates and catalogues; none of them depends on what is built.
    """
    for room in _ROOMS:
        package = importlib.import_module(f"statusgen.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)
    for library in _LATE:
        importlib.import_module(library)
    from statusgen.publish.build import BuildOptions, build_manifest

    with tempfile.TemporaryDirectory() as folder:
        for name, text in _SITE.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        build_manifest(BuildOptions(root=Path(folder), now=1795205520))
    _keep_the_wheel()
    assert threading.active_count() == 1, "a process with threads must not be forked"


def _keep_the_wheel() -> None:
    """Let ``init`` and ``upgrade`` take the wheel that was packed for the first of them."""
    from statusgen.setup.wheel import running_wheel

    kept = cache(running_wheel)
    for command in ("init", "upgrade"):
        vars(importlib.import_module(f"statusgen.cli.{command}"))["running_wheel"] = kept


def foresee(arguments: Sequence[str]) -> None:
    """Before a command is forked: pack the program where the command asks for it.

    That takes longer than all else that it does, and gives the same bytes each time.
    """
    if {*arguments} & {"init", "upgrade"}:
        with contextlib.suppress(Exception):  # the command tells of it
            vars(importlib.import_module("statusgen.cli.init"))["running_wheel"]()


def _serve(address: str) -> None:
    prepare()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server.bind(address)
    server.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who waits for the commands is forked below
    if os.fork() == 0:
        server.close()
        sys.stdin.buffer.read()  # until whoever started us is gone
        os.kill(os.getppid(), signal.SIGTERM)
        os._exit(0)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        asking, _ = server.accept()
        message, streams, _, _ = socket.recv_fds(asking, _MOST, 2)
        asked = json.loads(message)
        foresee(asked[1])
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            command = os.fork()
            if command == 0:
                asking.close()
                _become(asked, streams)
            _, status = os.waitpid(command, 0)
            asking.send(str(os.waitstatus_to_exitcode(status)).encode())
            os._exit(0)
        for each in (asking.detach(), *streams):
            os.close(each)


def _become(asked: _Asked, streams: list[int]) -> None:
    """Run the command in this process and end it."""
    folder, arguments, environ, ahead, constants = asked
    nothing = os.open(os.devnull, os.O_RDONLY)
    for wanted, given in enumerate((nothing, *streams)):
        os.dup2(given, wanted)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = ["statusgen", *arguments]
    if ahead:
        clock = time.time
        time.time = lambda: clock() + ahead
    for path, value in constants.items():
        module, _, name = path.rpartition(".")
        assert isinstance(getattr(importlib.import_module(module), name), int)
        setattr(importlib.import_module(module), name, value)
    code = 1
    try:
        from statusgen.cli import main

        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
