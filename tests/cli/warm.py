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
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_COLD = ("LD_", "PYTHON", "FAKETIME", "COVERAGE")
"""Variables that begin so are read when an interpreter or its libraries start."""
_MOST = 1 << 20
_ROOMS = ("base", "config", "cli", "run", "status", "incident", "roadmap", "publish", "words")


def run(
    folder: Path, arguments: Sequence[str], environ: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run ``statusgen ARGUMENTS`` in a folder with that environment alone."""
    if any(name.startswith(_COLD) and name != "PYTHONPATH" for name in environ):
        return subprocess.run(
            [sys.executable, "-m", "statusgen", *arguments],
            cwd=folder,
            env=dict(environ),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
    asked = json.dumps([str(folder), list(arguments), dict(environ)]).encode("utf-8")
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


def _serve(address: str) -> None:
    for room in _ROOMS:
        package = importlib.import_module(f"statusgen.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)
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
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            message, streams, _, _ = socket.recv_fds(asking, _MOST, 2)
            command = os.fork()
            if command == 0:
                asking.close()
                _become(json.loads(message), streams)
            _, status = os.waitpid(command, 0)
            asking.send(str(os.waitstatus_to_exitcode(status)).encode())
            os._exit(0)
        asking.close()


def _become(asked: tuple[str, list[str], dict[str, str]], streams: list[int]) -> None:
    """Run the command in this process and end it."""
    folder, arguments, environ = asked
    nothing = os.open(os.devnull, os.O_RDONLY)
    for wanted, given in enumerate((nothing, *streams)):
        os.dup2(given, wanted)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = ["statusgen", *arguments]
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
