"""The audit of any repository: its forms, its folders, what is accepted, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from statusgen.cli.audit import audit
from statusgen.run.documents import MANY
from tests.cli.harness import statusgen
from tests.conftest import ROOT

WRONG = """# Hosting

| What | Monthly |
|---|--:|
| Server | €20 |
| Backup | €5 |
| **Total** | **€29** |
"""
RIGHT = WRONG.replace("€29", "€25")
IGNORE = "<!-- statusgen-ignore COST001: the discount is in the contract -->"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two documents, one of them wrong in line 7, and one of somebody else."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "docs" / "deep" / "a plan, 50%.md").write_text(WRONG, "utf-8")
    (tmp_path / "docs" / "right.md").write_text(RIGHT, "utf-8")
    for folder in ("node_modules", ".hidden"):
        (tmp_path / "docs" / folder).mkdir()
        (tmp_path / "docs" / folder / "theirs.md").write_text(WRONG, "utf-8")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(audit, arguments, catch_exceptions=True)


def _found(*arguments: str) -> list[tuple[str, str, int]]:
    return [
        (one["file"], one["rule"], one["line"])
        for one in json.loads(_run("--format", "json", *arguments).stdout)
    ]


@pytest.mark.parametrize("path", ["docs", ".", "docs/**/*plan*.md"])
def test_folders_and_patterns_name_every_document_that_is_ours(repository: Path, path: str) -> None:
    assert _found(path) == [("docs/deep/a plan, 50%.md", "COST001", 7)]


def test_exit_code_is_1_only_where_it_is_asked_for(repository: Path) -> None:
    assert _run("docs").exit_code == 0
    assert _run("docs", "--fail-on", "error").exit_code == 1
    assert _run("docs/right.md", "--fail-on", "error").exit_code == 0


def test_a_path_that_is_not_there_is_told(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "audit", "nowhere.md"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "nowhere.md: there is no such file" in done.stderr


def test_one_document_that_cannot_be_read_does_not_hide_the_others(repository: Path) -> None:
    (repository / "docs" / "large.md").write_bytes(b"x" * (1 << 21))

    done = _run("docs", "--format", "github")

    assert "COST001" in done.stdout
    assert "large.md" in str(done.exception)


def test_notes_of_a_job_hold_on_to_their_place_whatever_the_file_is_called(
    repository: Path,
) -> None:
    (line,) = _run("docs", "--format", "github").stdout.splitlines()

    begin = "::error file=docs/deep/a plan%2C 50%25.md,line=7,col=1,title=COST001::"
    assert line.startswith(begin)


def test_sarif_has_the_shape_that_its_schema_asks_for(repository: Path) -> None:
    log = json.loads(_run("docs", "--format", "sarif").stdout)

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] for rule in rules)
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "COST001"
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/deep/a%20plan%2C%2050%25.md"
    assert place["region"] == {"startLine": 7, "startColumn": 1}
    assert all(isinstance(mark, str) for mark in result["partialFingerprints"].values())


_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_PART_OF_SARIF = {
    # What sections 3.13 to 3.30 of the specification (2.1.0) ask of the parts that are written.
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string", "minLength": 1},
                                    "version": {"type": "string"},
                                    "informationUri": {"type": "string", "format": "uri"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": _TEXT,
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "message": _TEXT,
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "kind": {
                                    "enum": ["notApplicable", "pass", "fail", "review", "open",
                                             "informational"],
                                },
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "properties": {
                                                    "artifactLocation": {
                                                        "type": "object",
                                                        "properties": {
                                                            "uri": {"type": "string"}
                                                        },
                                                    },
                                                    "region": {
                                                        "type": "object",
                                                        "properties": {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            },
                                                            "startColumn": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            },
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("arguments", [(), ("--all",)], ids=["faults", "all"])
def test_sarif_is_what_the_specification_says(repository: Path, arguments: tuple[str, ...]) -> None:
    (repository / "docs" / "ignored.md").write_text(WRONG.replace("**€29**", f"**€29** {IGNORE}"))

    log = json.loads(_run("docs", "--format", "sarif", *arguments).stdout)

    faults = jsonschema.Draft202012Validator(_PART_OF_SARIF).iter_errors(log)
    assert [fault.message for fault in faults] == []
    suppressed = [result for result in log["runs"][0]["results"] if result.get("suppressions")]
    assert [one["suppressions"][0]["kind"] for one in suppressed] == ["inSource"]


@pytest.mark.parametrize(
    "text",
    [
        WRONG.replace("| What", f"{IGNORE}\n| What"),
        WRONG.replace("# Hosting", f"# Hosting\n\n{IGNORE}"),
        WRONG.replace("**€29**", f"**€29** {IGNORE}"),
        WRONG + "\n" + IGNORE.replace("ignore ", "ignore-file "),
        WRONG.replace("| What", f"{IGNORE.replace('COST001', 'COST006, COST001')}\n| What"),
    ],
    ids=["above", "above a gap", "in the line", "whole file", "two rules"],
)
def test_a_comment_with_a_reason_accepts_a_finding(repository: Path, text: str) -> None:
    (repository / "one.md").write_text(text, "utf-8")

    done = _run("one.md", "--fail-on", "warning", "--all")

    assert done.exit_code == 0
    assert "the discount is in the contract" in done.stdout
    sarif = json.loads(_run("one.md", "--format", "sarif").stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["suppressions"][0]["kind"] == "inSource"


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("<!-- statusgen-ignore COST001 -->", "without a reason"),
        ("<!-- statusgen-ignore COST001: -->", "without a reason"),
        ("<!-- statusgen-ignore COST999: because -->", "COST999, which is no rule"),
        ("<!-- statusgen-ignore COST006: another rule -->", "COST006, which is not found"),
    ],
)
def test_a_comment_that_accepts_nothing_is_told(repository: Path, comment: str, told: str) -> None:
    (repository / "one.md").write_text(WRONG.replace("| What", f"{comment}\n| What"), "utf-8")

    done = _run("one.md", "--fail-on", "error")

    assert done.exit_code == 1
    assert told in done.stderr


def test_a_comment_of_another_block_or_in_code_accepts_nothing(repository: Path) -> None:
    other = f"{IGNORE}\nA paragraph.\n\n```\n{IGNORE}\n```\n\n"
    (repository / "one.md").write_text(WRONG.replace("| What", f"{other}| What"), "utf-8")

    assert _run("one.md", "--fail-on", "error").exit_code == 1


def test_a_baseline_holds_what_is_known_and_lets_through_what_is_new(repository: Path) -> None:
    assert _run("docs", "--baseline", "known.json", "--write-baseline").exit_code == 0
    assert _found("docs", "--baseline", "known.json") == []

    plan = repository / "docs" / "deep" / "a plan, 50%.md"
    plan.write_text("A line more.\n\n" + WRONG, "utf-8")
    assert _found("docs", "--baseline", "known.json") == []

    (repository / "docs" / "right.md").write_text(RIGHT.replace("€25", "€26"), "utf-8")
    plan.write_text(WRONG.replace("€29", "€30"), "utf-8")
    assert len(_found("docs", "--baseline", "known.json")) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 9, "findings": []}', "[" * 9999])
def test_a_file_that_is_no_baseline_is_told(repository: Path, text: str) -> None:
    (repository / "known.json").write_text(text, "utf-8")

    assert "is no baseline" in str(_run("docs", "--baseline", "known.json").exception)


def test_documents_are_audited_without_what_pages_need(repository: Path) -> None:
    pages = ["mkdocs", "jinja2", "matplotlib", "babel", "nh3", "rich", "icalendar", "feedgenerator"]
    program = (
        f"import sys\nfor name in {pages!r}: sys.modules[name] = None\n"
        "sys.argv = ['statusgen', 'audit', 'docs', '--fail-on', 'error']\n"
        "from statusgen.cli import main\nmain()"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert "COST001" in done.stdout


def test_the_hook_calls_what_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    name, command, *arguments = hook["entry"].split()
    assert (name, command) == ("statusgen", "audit")
    with audit.make_context("audit", arguments) as context:
        assert context.params["fail_on"] == "error"


def test_many_documents_are_read_at_once_and_told_in_their_order(tmp_path: Path) -> None:
    total = "# P\n\n| Part | Cost |\n|---|---|\n| A | $5 |\n| B | $7 |\n| **Total** | **${}** |\n"
    for number in range(MANY + 8):
        stated = 14 if number % 10 == 3 else 12
        (tmp_path / f"{number:03}.md").write_text(total.format(stated), "utf-8")
    (tmp_path / "017.md").write_bytes(b"")
    (tmp_path / "018.md").unlink()
    (tmp_path / "018.md").mkdir()

    together = statusgen(tmp_path, "audit", ".", "--json")
    found = [(each["file"], each["severity"]) for each in json.loads(together.out)]

    wrong = [file for file, severity in found if severity == "error"]
    assert wrong == ["003.md", "013.md", "023.md", "033.md"]
    assert [file for file, _ in found] == sorted(file for file, _ in found)
    alone = statusgen(tmp_path, "audit", "003.md", "--json")
    assert json.loads(alone.out)[0] in json.loads(together.out)
