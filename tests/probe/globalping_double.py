"""A stand-in for Globalping's API on loopback, after its public OpenAPI document.

A request that the document would not allow is answered by 400, as the API does.
"""

from __future__ import annotations

import http.server
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jsonschema

from tests.doubles import Quiet, served

_PORT = {"type": "integer", "minimum": 0, "maximum": 65535}


def _options(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


REQUEST: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "target"],
    "properties": {
        "type": {"enum": ["ping", "dns", "http"]},
        "target": {"type": "string", "pattern": r"^[^/:@\s]+$"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 500},
        "locations": {
            "type": "array",
            "items": _options(magic={"type": "string", "minLength": 1}),
        },
        "measurementOptions": {"type": "object"},
    },
    "allOf": [
        {
            "if": {"properties": {"type": {"const": kind}}},
            "then": {"properties": {"measurementOptions": options}},
        }
        for kind, options in (
            (
                "ping",
                _options(
                    packets={"type": "integer", "minimum": 1, "maximum": 16},
                    protocol={"enum": ["ICMP", "TCP"]},
                    port=_PORT,
                ),
            ),
            (
                "dns",
                _options(
                    query=_options(type={"enum": ["A", "AAAA", "CNAME", "MX", "NS", "TXT"]}),
                    resolver={"type": "string"},
                ),
            ),
            (
                "http",
                _options(
                    request=_options(
                        path={"type": "string"},
                        query={"type": "string"},
                        method={"enum": ["HEAD", "GET", "OPTIONS"]},
                    ),
                    port=_PORT,
                    protocol={"enum": ["HTTP", "HTTPS", "HTTP2"]},
                ),
            ),
        )
    ],
}


def http_result(code: int, total: float = 120.0) -> dict[str, Any]:
    """What a probe says of an answer."""
    return {
        "status": "finished", "rawOutput": "", "statusCode": code, "headers": {},
        "timings": {"total": total, "dns": 1, "tcp": 2, "tls": 3, "firstByte": 4, "download": 5},
    }  # fmt: skip


def ping_result(received: int) -> dict[str, Any]:
    """What a probe says of three packets."""
    average = 20.5 if received else None
    stats = {"min": average, "avg": average, "max": average, "total": 3, "rcv": received,
             "drop": 3 - received, "loss": 0}  # fmt: skip
    return {"status": "finished", "rawOutput": "", "stats": stats, "timings": []}


def dns_result(*values: str) -> dict[str, Any]:
    """What a probe says of a name."""
    answers = [{"name": "x", "type": "A", "ttl": 60, "class": "IN", "value": v} for v in values]
    return {"status": "finished", "rawOutput": "", "answers": answers, "timings": {"total": 9}}


FAILED = {"status": "failed", "rawOutput": "connect ECONNREFUSED"}
OFFLINE = {"status": "offline", "rawOutput": "This probe is currently offline."}


@dataclass
class GlobalpingDouble:
    """What it answers, and what it was asked."""

    results: list[Any] = field(default_factory=lambda: [http_result(200)])
    """Of each measurement; repeated until there are as many as probes."""
    looks: int = 1
    """GETs that are answered by in-progress first."""
    status: int = 202
    """Of the answer to POST."""
    body: bytes | None = None
    """In the place of each answer to GET."""
    remaining: int = 250
    slow: float = 0.0
    """Seconds before each answer to GET."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Why requests were no requests by the document."""
    url: str = ""

    @contextmanager
    def running(self) -> Iterator[GlobalpingDouble]:
        """Answer on a port of its own."""
        double = self
        seen: dict[str, int] = {}

        class Handler(Quiet, http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                double.tokens.append(self.headers.get("Authorization", ""))
                try:
                    jsonschema.validate(sent, REQUEST)
                except jsonschema.ValidationError as error:
                    double.refused.append(error.message)
                    self._answer(400, {"error": {"type": "validation_error", "message": "no"}})
                    return
                double.asked.append(sent)
                double.remaining -= sent["limit"]
                status = 429 if double.remaining < 0 else double.status
                made = {"id": f"m{len(double.asked)}", "probesCount": sent["limit"]}
                self._answer(status, made if status == 202 else {"error": {"type": "x"}})

            def do_GET(self) -> None:
                time.sleep(double.slow)
                sent = double.asked[int(self.path.rpartition("m")[2]) - 1]
                seen[self.path] = seen.get(self.path, 0) + 1
                under_way = seen[self.path] <= double.looks
                many = sent["limit"]
                listed = (double.results * many)[:many] if double.results else []
                results = [
                    {"probe": {"country": "DE", "tags": [], "resolvers": []}, "result": result}
                    for result in listed
                ]
                if under_way:
                    results = [{"probe": {}, "result": {"status": "in-progress"}}] * many
                self._answer(
                    200,
                    {"id": "m", "status": "in-progress" if under_way else "finished",
                     "results": results},
                    double.body,
                )  # fmt: skip

            def _answer(self, status: int, document: Any, body: bytes | None = None) -> None:
                content = json.dumps(document).encode() if body is None else body
                self.send_response(status)
                self.send_header("X-RateLimit-Limit", "250")
                self.send_header("X-RateLimit-Remaining", str(max(0, double.remaining)))
                self.send_header("X-RateLimit-Reset", "1800")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        with served(Handler) as self.url:
            yield self
