"""Lighthouse over every kind of page of a built site, as a phone sees it; prints a table.

``python -m tests.bench.lighthouse SITE``; ``LIGHTHOUSE`` names the program of npm's lighthouse
12 (``npm install lighthouse@12`` anywhere). The site is served as hosts do: compressed. Figures of
performance move by a point or two from run to run, and fall on a machine that is busy.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
BELOW_ROADMAPS = 3
"""Parts of an address that tell kinds of roadmap pages apart."""


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serves a site as static hosts do."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)


def kinds(site: Path) -> list[str]:
    """Return one address of each kind of page, the largest."""
    found: dict[tuple[str, ...], str] = {}
    for page in sorted(site.rglob("index.html"), key=lambda each: each.stat().st_size):
        parts = page.relative_to(site).parent.parts
        if not page.read_text("utf-8").count("<h1"):
            continue  # leads on to another
        kind = (*parts[:1], *parts[2:3]) if parts[:1] == ("roadmaps",) else parts[:1]
        found[*kind, str(len(parts))] = "".join(f"{part}/" for part in parts)
    return sorted(found.values())


def scores(url: str) -> tuple[dict[str, int], list[str]]:
    """Return the score of each category, and what costs points."""
    program = os.environ.get("LIGHTHOUSE", "lighthouse")
    command = [program, url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"CHROME_PATH": chrome},
    )
    report: dict[str, Any] = json.loads(done.stdout)
    given = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    lost = [
        audit["id"]
        for name in CATEGORIES[1:]
        for ref in report["categories"][name]["auditRefs"]
        for audit in [report["audits"][ref["id"]]]
        if ref["weight"] and audit["score"] is not None and audit["score"] < 1
    ]
    for name in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"):
        audit = report["audits"][name]
        if (audit["score"] or 0) < 0.9:
            lost.append(f"{name} {audit['displayValue']}")
    return given, lost


def main(site: Path, only: list[str]) -> None:
    """Print the table."""
    handler = functools.partial(Compressed, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| page | " + " | ".join(CATEGORIES) + " | |\n|---|--:|--:|--:|--:|---|")
    for path in only or kinds(site):
        given, lost = scores(f"http://127.0.0.1:{server.server_port}/{path}")
        cells = " | ".join(str(given[name]) for name in CATEGORIES)
        print(f"| /{path} | {cells} | {', '.join(lost)} |", flush=True)
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
