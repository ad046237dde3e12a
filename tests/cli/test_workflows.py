"""Every workflow shipped or generated passes the auditors, and asks for no more than it needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import Wheel
from tests.conftest import ROOT

BIN = Path(sys.executable).parent


@pytest.fixture
def workflows(tmp_path: Path) -> Path:
    """A folder with our own workflows and the one that ``init`` writes."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        (folder / path.name).write_bytes(path.read_bytes())
    wheel = Wheel("statusgen-0-py3-none-any.whl", b"")
    files = starter_files(name="Acme", urls=["https://acme.example/"], site_url="", wheel=wheel)
    (folder / "generated.yml").write_bytes(files[".github/workflows/status.yml"])
    return folder


def test_the_auditor_finds_nothing(workflows: Path) -> None:
    done = subprocess.run(
        [BIN / "zizmor", "--offline", "--persona", "auditor", "--no-progress", workflows],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_workflows_fit_the_schema(workflows: Path, schema: str) -> None:
    files = sorted(workflows.glob("*.yml"))

    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, *files],
        capture_output=True,
        text=True,
    )

    assert len(files) == 3
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_and_no_expression_stands_in_a_script(workflows: Path) -> None:
    for path in workflows.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)(.*)", text)
        assert used
        for action, comment in used:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
        assert not re.search(r"run:.*\$\{\{", text)
        assert "pull_request_target" not in text
