"""A stand-in for GitHub's REST API on loopback: starts of workflows, and what a repository is."""

from __future__ import annotations

import http.server
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.doubles import Quiet, served


@dataclass
class Double:
    """What it answers, and what it was asked."""

    private: bool = False
    runs: list[object] = field(default_factory=list)
    """Of any workflow that is asked about."""
    answers: list[int] = field(default_factory=list)
    """Statuses of the next answers; afterwards all is well."""
    asked: list[tuple[str, str, dict[str, object], str]] = field(default_factory=list)
    """Method, path, document and authorization of each question."""
    api: str = ""

    @property
    def started(self) -> list[tuple[str, dict[str, object]]]:
        """The workflows that were asked for, and with what."""
        return [
            (path.split("/")[-2], document)
            for method, path, document, _ in self.asked
            if method == "POST"
        ]

    @contextmanager
    def running(self) -> Iterator[Double]:
        """Answer on a port of its own."""
        double = self

        class Handler(Quiet, http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                runs = {"workflow_runs": double.runs}
                self._answer(200, runs if "/runs" in self.path else {"private": double.private})

            def do_POST(self) -> None:
                self._answer(204, None)

            def _answer(self, status: int, document: object) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                sent = json.loads(self.rfile.read(length) or b"{}")
                authorization = self.headers.get("Authorization", "")
                double.asked.append((self.command, self.path, sent, authorization))
                status = double.answers.pop(0) if double.answers else status
                body = b"" if status == 204 else json.dumps(document or {"message": "no"}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        with served(Handler) as self.api:
            yield self
