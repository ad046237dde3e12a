"""The token reaches GitHub's server and no other."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from statusgen.history.git import Git
from tests.doubles import answering

TOKEN = "ghs_0123456789abcdef"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str | None]]]:
    """A server that notes the Authorization header of each request and knows no repository."""
    seen: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization"))
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with answering(server) as address:
        yield address, seen


def test_the_token_is_sent_to_the_configured_server(
    tmp_path: Path, asked: tuple[str, list[str | None]]
) -> None:
    url, seen = asked
    environ = {**os.environ, "GITHUB_TOKEN": TOKEN, "GITHUB_SERVER_URL": url}

    answer = Git(tmp_path, environ).ask("ls-remote", f"{url}/o/r.git")

    assert not answer.ok
    expected = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert seen
    assert set(seen) == {f"basic {expected}"}
    assert TOKEN not in answer.error
    assert expected not in answer.error


def test_the_token_is_sent_nowhere_else(
    tmp_path: Path, asked: tuple[str, list[str | None]]
) -> None:
    url, seen = asked

    Git(tmp_path, {**os.environ, "GITHUB_TOKEN": TOKEN}).ask("ls-remote", f"{url}/o/r.git")

    assert seen
    assert set(seen) == {None}
