"""A scheduled check must start fast, and a roadmap be audited: neither imports what pages need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert done.stderr == "error: markdown_it is not installed; pip install 'statusgen[site]'\n"
