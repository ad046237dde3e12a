"""A real server that takes notifications as webhooks, and monitors that can be switched off."""

from __future__ import annotations

import contextlib
import http.server
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.doubles import Quiet, served


@dataclass
class Hook:
    """What arrived, and how the server answers."""

    port: int = 0
    status: int = 200
    """Of webhooks."""
    up: bool = True
    """Whether monitors answer well."""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def keys(self) -> list[str]:
        return [str(body["key"]) for body in self.bodies]

    @property
    def titles(self) -> list[str]:
        return [str(body["title"]) for body in self.bodies]


@contextlib.contextmanager
def hook() -> Iterator[Hook]:
    """Serve ``POST`` to webhooks, ``GET /beat…`` to heartbeats, any other ``GET`` to monitors."""
    state = Hook()

    class Handler(Quiet, http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path.startswith("/api"):  # a monitor that posts
                self._answer(200 if state.up else 503)
                return
            if state.status == 200:
                state.bodies.append(json.loads(body))
            state.raw.append(f"{self.path}\n{self.headers}\n{body.decode()}")
            self._answer(state.status)

        def do_GET(self) -> None:
            if self.path.startswith("/beat"):
                state.beats.append(self.path)
                self._answer(200)
                return
            self._answer(200 if state.up else 503)

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as address:
        state.port = int(address.rpartition(":")[2])
        yield state
