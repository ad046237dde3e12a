"""A scheduled check must start fast, and a roadmap be audited: neither imports what pages need."""

import http.server
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.harness import write_config
from tests.doubles import Quiet, served

HEAVY = ["mkdocs", "material", "matplotlib", "jinja2", "numpy", "markdown_it", "nh3", "rich"]


@pytest.mark.parametrize(
    "module",
    ["statusgen.cli", "statusgen.cli.check", "statusgen.cli.roadmap", "statusgen.cli.audit"],
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


def modules_after_a_check(root: Path) -> tuple[int, list[str]]:
    """Check once in a fresh interpreter; return its exit code and every module it imported."""
    program = (
        "import sys, json\n"
        "sys.argv = ['statusgen', 'check', '--exit-code', '--retry-delays', 'none']\n"
        "from statusgen.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print(json.dumps([end.code, sorted(sys.modules)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return int(code or 0), modules


def rooms(modules: list[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("statusgen.")}


def packages(modules: list[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


NEVER = {*HEAVY, "babel", "apprise", "prompt_toolkit", "dateutil", "icalendar"}


def test_a_check_where_all_is_well_imports_only_what_it_needs(tmp_path: Path) -> None:
    class Handler(Quiet, http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as address:
        write_config(
            tmp_path,
            "site: {name: T}\ncanaries: []\nsecond_opinion: {globalping: {}}\nmonitors:\n"
            f"  - {{id: a, name: A, url: '{address}/'}}\n",
        )

        code, modules = modules_after_a_check(tmp_path)

    assert code == 0
    assert not packages(modules) & {*NEVER, "httpx"}
    assert rooms(modules) == {"base", "cli", "config", "history", "incident", "probe", "run"}
    assert "statusgen.incident.pipeline" not in modules
    strangers = ("statusgen.probe.globalping", "statusgen.history.engines", "statusgen.base.web")
    assert not [name for name in modules if name.startswith(strangers)]


def test_a_check_that_has_nothing_to_tell_imports_no_sender(tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        write_config(
            tmp_path,
            "site: {name: T}\ncanaries: []\nmonitors:\n"
            f"  - {{id: a, name: A, url: 'tcp://127.0.0.1:{listening.getsockname()[1]}'}}\n"
            "notifications: [{id: a, to: 'mailtos://$X', on: [down, up, incident, maintenance]}]\n",
        )
        modules_after_a_check(tmp_path)
        code, modules = modules_after_a_check(tmp_path)

    assert code == 0
    assert not packages(modules) & {*NEVER, "httpx", "asyncio", "requests"} - {"asyncio"}
    ours = {name for name in modules if name.startswith("statusgen.notify.")}
    assert ours == {
        f"statusgen.notify.{name}" for name in ("ledger", "message", "outbox", "records")
    }
    assert "statusgen.words" not in modules


def test_a_check_that_opens_an_incident_imports_no_page_and_no_roadmap(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound and not listening: whoever connects is refused
        taken.bind(("127.0.0.1", 0))
        write_config(
            tmp_path,
            "site: {name: T}\ncanaries: []\nmonitors:\n"
            f"  - {{id: a, name: A, url: 'http://127.0.0.1:{taken.getsockname()[1]}/'}}\n",
        )
        modules_after_a_check(tmp_path)
        code, modules = modules_after_a_check(tmp_path)

    assert code == 1
    assert len(list((tmp_path / "data/history/incidents").glob("*.md"))) == 1
    assert not packages(modules) & NEVER
    assert rooms(modules) == {
        "base", "cli", "config", "history", "incident", "probe", "run", "status", "words",
    }  # fmt: skip
