"""A scheduled check must start fast, and a roadmap be audited: neither imports what pages need."""

import http.server
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.harness import write_config

HEAVY = ["mkdocs", "material", "matplotlib", "jinja2", "numpy", "markdown_it", "nh3", "rich"]


@pytest.mark.parametrize(
    "module", ["statusgen.cli", "statusgen.cli.check", "statusgen.cli.roadmap"]
)
def test_what_needs_no_pages_imports_no_heavy_library(module: str) -> None:
    program = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & set(HEAVY)


def test_help_imports_no_command() -> None:
    program = (
        "import sys, json; sys.argv = ['statusgen', '--help']\n"
        "from statusgen.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(json.dumps([m for m in sys.modules if 'httpx' in m]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_without_its_libraries_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("# Plan\n")
    program = (
        "import sys; sys.modules['markdown_it'] = None\n"
        "sys.argv = ['statusgen', 'audit', 'plan.md']\n"
        "from statusgen.cli import main\n"
        "main()"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert done.returncode == 3
    assert done.stderr == (
        "error: markdown_it is not installed; python -m pip install --require-hashes "
        "-r requirements/site.txt (statusgen init writes that file)\n"
    )


def test_a_check_where_all_is_well_imports_only_what_it_needs(tmp_path: Path) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    write_config(
        tmp_path,
        "site: {name: T}\ncanaries: []\nmonitors:\n"
        f"  - {{id: a, name: A, url: 'http://127.0.0.1:{server.server_address[1]}/'}}\n",
    )
    program = (
        "import sys, json; sys.argv = ['statusgen', 'check', '--exit-code']\n"
        "from statusgen.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print(json.dumps([end.code, sorted(sys.modules)]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    server.shutdown()
    server.server_close()

    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stdout
    loaded = {name.partition(".")[0] for name in modules}
    assert not loaded & {*HEAVY, "babel", "apprise", "prompt_toolkit", "dateutil"}
    rooms = {name.split(".")[1] for name in modules if name.startswith("statusgen.")}
    assert rooms == {"base", "cli", "config", "history", "incident", "probe", "run"}
    assert "statusgen.incident.pipeline" not in modules
