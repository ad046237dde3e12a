"""Stand-ins for servers of engines on loopback: what a path answers, and what was asked."""

from __future__ import annotations

import http.server
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.doubles import Quiet, served

Answer = Callable[[str, dict[str, str]], tuple[int, bytes]]


@dataclass
class EngineDouble:
    """What it answers, and what it was asked."""

    answer: Answer
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def running(self) -> Iterator[EngineDouble]:
        """Answer on a port of its own."""
        double = self

        class Handler(Quiet, http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: said[0] for name, said in parse_qs(parts.query).items()}
                double.asked.append((parts.path, query))
                double.tokens.append(self.headers.get("Authorization", ""))
                status, body = double.answer(parts.path, query)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        with served(Handler) as self.url:
            yield self


def matrix(*series: tuple[dict[str, Any], list[Any]]) -> bytes:
    """Return Prometheus' answer to a range query."""
    result = [{"metric": labels, "values": values} for labels, values in series]
    document = {"status": "success", "data": {"resultType": "matrix", "result": result}}
    return json.dumps(document).encode()
