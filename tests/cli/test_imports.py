"""A scheduled check must start fast: it imports nothing that only pages need."""

import json
import subprocess
import sys

import pytest

HEAVY = ["mkdocs", "material", "matplotlib", "jinja2", "numpy", "markdown_it", "nh3", "rich"]


@pytest.mark.parametrize("module", ["statusgen.cli", "statusgen.cli.check"])
def test_the_check_path_imports_no_heavy_library(module: str) -> None:
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
