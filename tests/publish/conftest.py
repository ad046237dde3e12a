"""Every scene as a site of its own, over HTTP."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.publish.site import render_site
from statusgen.publish.writers import write_directory
from tests.publish import scenes


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every scene as a site of its own, below one folder."""
    out = tmp_path_factory.mktemp("sites")
    for name, scene in scenes.ALL.items():
        demonstration = name == "full"
        made = render_site(*scene(), demo="Made up.") if demonstration else scenes.site(scene)
        write_directory(made, out / name)
    return out


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The folder over HTTP; every site stands under a path, like a project's page."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
