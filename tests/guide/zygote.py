"""Runs ``statusgen`` for the shim of a reader, without importing it anew for each command.

A process that has imported the program waits on a socket and forks for each command: the child
takes over the caller's files, folder and environment, and calls the command line as ever.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.cli.warm import foresee, prepare

CLIENT = """\
import array, json, os, socket, sys
with socket.socket(socket.AF_UNIX) as link:
    link.connect({path!r})
    told = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    files = array.array("i", [0, 1, 2]).tobytes()
    link.sendmsg([len(told).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
    link.sendall(told)
    code = link.recv(1)
sys.exit(code[0] if code else 99)
"""


def start(path: Path, root: Path) -> subprocess.Popen[bytes]:
    """Start one that listens at ``path``; returns when it does."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "tests.guide.zygote", str(path)]
    child = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    return child


def shim(program: Path, zygote: Path) -> None:
    """Write a program that has its arguments carried out by the one that listens at a path."""
    client = program.with_name(f"{program.name}-client.py")
    client.write_text(CLIENT.format(path=str(zygote)))
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I -S "{client}" "$@"\n')
    program.chmod(0o755)


def main(path: str) -> None:
    """Wait for commands until terminated."""
    prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        print("ready", flush=True)
        while True:
            link, _ = server.accept()
            head, parts, _, _ = link.recvmsg(4, socket.CMSG_SPACE(12))
            files = array.array("i")
            files.frombytes(parts[0][2])
            told = b""
            while len(told) < int.from_bytes(head, "big"):
                told += link.recv(1 << 16)
            arguments, folder, environment = json.loads(told)
            foresee(arguments)
            if os.fork() == 0:
                server.close()
                _answer(link, files, arguments, folder, environment)
            for each in (link.detach(), *files):
                os.close(each)


def _answer(
    link: socket.socket,
    files: Sequence[int],
    arguments: list[str],
    folder: str,
    environment: dict[str, str],
) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["statusgen", *arguments]
    code = 0
    try:
        from statusgen.cli import main as run

        run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    link.sendall(bytes([code]))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
