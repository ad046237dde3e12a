"""What the doubles of services have in common: a server on a port of its own that says nothing."""

from __future__ import annotations

import atexit
import contextlib
import functools
import http.server
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_LOOK_S = 0.01
"""How often a server looks whether it is to end; of itself twice a second, for which tests wait."""


def free_port() -> int:
    """Return a port for a program that must be told one.

    Nobody listens on it, and nobody is given it meanwhile: the system hands out higher ones.
    """
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as asking, contextlib.suppress(OSError):
            asking.bind(("127.0.0.1", port))
            return port


@cache
def closed_port() -> int:
    """Return a port that refuses every connection; it is held, so that nobody begins to listen."""
    held = socket.socket()
    atexit.register(held.close)
    held.bind(("127.0.0.1", 0))
    return int(held.getsockname()[1])


class Quiet:
    """Part of a handler: no line on the terminal for each request."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def answering(server: http.server.HTTPServer) -> Iterator[str]:
    """Let a server answer while the block runs; yield its address, without a slash at its end."""
    thread = threading.Thread(target=server.serve_forever, args=(_LOOK_S,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def served(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on loopback while the block runs; yield the address, without a slash at its end."""
    with answering(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        yield address


class Files(Quiet, http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder."""


@contextmanager
def published(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; yield the address, with a slash at its end."""
    handler = functools.partial(Files, directory=str(folder))
    with answering(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        yield f"{address}/"
