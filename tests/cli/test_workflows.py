"""Every workflow shipped or generated passes the auditors, and asks for no more than it needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from statusgen.run.choices import form_inputs
from statusgen.setup.form import form_workflow
from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import Wheel
from tests.conftest import ROOT

BIN = Path(sys.executable).parent


@pytest.fixture
def workflows(tmp_path: Path) -> Path:
    """A folder with our own workflows, those that ``init`` writes, and odd forms."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        (folder / path.name).write_bytes(path.read_bytes())
    wheel = Wheel("statusgen-0-py3-none-any.whl", b"")
    files = starter_files(name="Acme", urls=["https://acme.example/"], site_url="", wheel=wheel)
    for name in ("status.yml", "incident.yml"):
        (folder / f"generated-{name}").write_bytes(files[f".github/workflows/{name}"])
    groups = [("${{ secrets.X }}", ["api", "${{ x }}"]), ("a: 'b' # \"c\"", ["api", "on"])]
    odd = form_workflow(form_inputs(["api", "on", "${{ x }}", "a: 'b' # \"c\"", "é{}"], groups))
    (folder / "generated-odd.yml").write_text(odd, encoding="utf-8")
    many = form_workflow(form_inputs([f"c{number}" for number in range(500)], ()))
    (folder / "generated-many.yml").write_text(many, encoding="utf-8")
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

    assert len(files) == 7
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
