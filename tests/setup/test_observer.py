"""The observer, run as a cron runs it, against a page on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from statusgen.setup.schedule_files import Kind, schedule_files
from tests.doubles import answering


@pytest.fixture
def observer(tmp_path: Path) -> Path:
    [(name, text)] = schedule_files(Kind.OBSERVER).items()
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


class Page:
    """A page on loopback: what it says of its freshness, and what somebody was told."""

    def __init__(self) -> None:
        self.answer, self.status = b"", 200
        self.told: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(outer.answer)

            def do_POST(self) -> None:
                outer.told.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def serve(self, *, late: int, **more: object) -> None:
        """Promise a publication ``late`` minutes ago."""
        due = datetime.now(UTC) - timedelta(minutes=late)
        told = {
            "next_publication": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "cadence_seconds": 60,
            "last_round": "2026-11-20T20:10:03Z",
            "stale_after": "2026-11-20T21:00:00Z",
        }
        self.answer = json.dumps({**told, **more}).encode()


@pytest.fixture
def page() -> Iterator[Page]:
    made = Page()
    with answering(made.server):
        yield made


def run(observer: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, observer.name, *arguments],
        cwd=observer.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_each_change_is_told_once(observer: Path, page: Page) -> None:
    for late in (-60, 60, 90, -60, -60):
        page.serve(late=late)
        assert run(observer, page.url, page.url).returncode == 0

    gone, fresh = page.told
    assert gone.startswith(f"{page.url} is 57 min later than promised")
    assert fresh == f"{page.url} is fresh again"


def test_a_page_that_is_gone_is_printed_for_crons_mail(observer: Path, page: Page) -> None:
    page.status = 404

    first, second = (run(observer, page.url) for _ in range(2))

    assert "cannot be read: HTTP Error 404" in first.stdout
    assert second.stdout == ""


def test_what_could_not_be_told_is_told_by_the_next_run(observer: Path, page: Page) -> None:
    page.serve(late=60)
    assert run(observer, page.url, "http://127.0.0.1:9/").returncode == 1
    assert run(observer, page.url, page.url).returncode == 0

    assert len(page.told) == 1


@pytest.mark.parametrize("body", ["[]", "{}", '{"next_publication": 4}', "<html>", "null"])
def test_an_answer_that_is_none_is_no_traceback(observer: Path, page: Page, body: str) -> None:
    page.answer = body.encode()

    done = run(observer, page.url)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(page.url)


def test_a_demonstration_does_not_go_on(observer: Path, page: Page) -> None:
    page.serve(late=6000, stale_after=None)
    assert run(observer, page.url).stdout == ""
