"""``import upptime --repository``: GitHub's own API, as a server on loopback speaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.harness import Done, statusgen
from tests.doubles import answering
from tests.run.test_upptime_issues import COMMENTS, CONFIG, ISSUES
from tests.takeover.test_upptime import LOG

NOW = "2026-09-01T00:00:00Z"
TOKEN = "ghp_thisisnotarealtoken"


class GitHub(ThreadingHTTPServer):
    """Serves issues and comments in pages of four, and remembers who asked."""

    broken = False
    asked: list[tuple[str, str]]


class Handler(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.server.asked.append((address.path, self.headers.get("Authorization", "")))
        listed = {"/repos/a/b/issues": ISSUES, "/repos/a/b/issues/comments": COMMENTS}
        if self.server.broken:
            return self._send(502, {"message": f"no {TOKEN}"})
        if address.path.endswith("/permission"):
            return self._send(200, {"permission": "write", "role_name": "write"})
        if address.path not in listed:
            return self._send(404, {"message": "Not Found"})
        page = int(parse_qs(address.query).get("page", ["1"])[0])
        items = listed[address.path]
        links = {}
        if page * 4 < len(items):
            base = f"http://{self.headers['Host']}{address.path}"
            links["Link"] = f'<{base}?page={page + 1}>; rel="next"'
        return self._send(200, items[page * 4 - 4 : page * 4], links)

    def _send(self, status: int, document: object, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub(("127.0.0.1", 0), Handler)
    server.asked = []
    with answering(server):
        yield server


def taken(root: Path, github: GitHub, *more: str) -> Done:
    theirs = root / "theirs"
    theirs.mkdir(exist_ok=True)
    (theirs / "gitlog.tsv").write_text(LOG, "utf-8")
    (root / ".upptimerc.yml").write_text(CONFIG)
    env = {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}"}
    command = ("import", "upptime", "theirs", "--repository", "a/b", "--now", NOW, *more)
    return statusgen(root, *command, env=env)


def test_all_pages_of_issues_and_comments_are_read(tmp_path: Path, github: GitHub) -> None:
    done = taken(tmp_path, github)

    assert done.code == 0, done.err
    assert len(list((tmp_path / "content/incidents").glob("*.md"))) >= 2
    paths = [path for path, _ in github.asked]
    assert paths.count("/repos/a/b/issues") == 3
    assert {token for _, token in github.asked} == {f"Bearer {TOKEN}"}
    assert TOKEN not in done.out + done.err
    again = taken(tmp_path, github)
    assert again.code == 0


def test_a_server_that_fails_writes_nothing_and_tells_no_secret(
    tmp_path: Path, github: GitHub
) -> None:
    github.broken = True
    done = taken(tmp_path, github)

    assert done.code == 3
    assert TOKEN not in done.out + done.err
    assert not (tmp_path / "content").exists()
    assert not (tmp_path / "data/history").exists()
