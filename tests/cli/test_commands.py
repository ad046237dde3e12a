"""The command line's manners: help, exit codes, no tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statusgen.cli import _COMMANDS
from tests.cli.harness import statusgen, write_config

GOOD = "site: {name: Test}\nmonitors:\n  - {id: api, name: API, url: https://api.example/}\n"


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help_with_an_example(name: str, tmp_path: Path) -> None:
    done = statusgen(tmp_path, name, "--help")

    assert done.code == 0
    inner = {
        "incident": ["open", "update", "resolve", "withdraw", "list", "adopt"],
        "maintenance": ["schedule", "update", "cancel", "list"],
        "history": ("verify", "repair", "pull", "compact", "squash", "accept"),
        "roadmap": ("list", "show", "cost"),
        "import": ("markdown",),
        "export": ("data",),
    }
    if name in inner:
        texts = [statusgen(tmp_path, name, each, "--help").out for each in inner[name]]
    else:
        texts = [done.out]
    for text in texts:
        assert f"Example: statusgen {name}" in " ".join(text.split())


def test_validate_says_where_and_how(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD.replace("url:", "ulr:") + "sites: []\n")

    done = statusgen(tmp_path, "validate")

    assert done.code == 2
    lines = done.err.splitlines()
    assert any(
        line.startswith("error: data/status.yml:3:26: monitors.0.ulr: unknown key 'ulr'")
        and "did you mean 'url'?" in line
        for line in lines
    ), lines


def test_validate_json(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD)
    assert statusgen(tmp_path, "validate", "--json").json["valid"] is True
    write_config(tmp_path, "site: {}\n")

    done = statusgen(tmp_path, "validate", "--json")

    assert done.code == 2
    assert done.json["valid"] is False
    assert {"file", "line", "column", "path", "message", "fix"} == set(done.json["errors"][0])


def test_a_damaged_incident_is_told(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD)
    folder = tmp_path / "content" / "incidents"
    folder.mkdir(parents=True)
    text = "---\ntitle: X\naffected: [nosuch]\n---\n## Investigating - 2026-01-01T10:00:00Z\nOh.\n"
    (folder / "2026-01-01-x.md").write_text(text)

    done = statusgen(tmp_path, "validate")

    assert done.code == 2
    assert "content/incidents/2026-01-01-x.md:3" in done.err
    built = statusgen(tmp_path, "build", "--engine", "none")
    assert built.code == 0, built.err
    assert "content/incidents/2026-01-01-x.md:3" in built.err


def test_a_site_that_cannot_be_checked_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / ".upptimerc.yml").write_text(
        "owner: o\nrepo: r\nsites:\n  - {name: A, url: https://a.example}\n"
        "  - {name: B, url: b.example, check: icmp-ping}\n"
    )

    validated = statusgen(tmp_path, "validate")
    checked = statusgen(
        tmp_path, "check", "--connect-to", "::127.0.0.1:9", "--retry-delays", "none", "--json"
    )

    assert validated.code == 2
    assert ".upptimerc.yml:5:38: sites.1.check: " in validated.err
    assert checked.code == 0
    assert [entry["id"] for entry in checked.json["checks"]] == ["a"]
    assert "left out" in checked.err


def test_without_a_configuration(tmp_path: Path) -> None:
    done = statusgen(tmp_path, "check")

    assert done.code == 2
    assert "data/status.yml" in done.err


def test_status_with_nothing_measured(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD)

    table = statusgen(tmp_path, "status", "--exit-code")
    told = statusgen(tmp_path, "status", "--json").json

    assert table.code == 0
    assert "api\tNo Data\t—" in table.out
    assert told["sentence"] == "Nothing has been measured yet"
    assert told["components"][0]["state"] == "unknown"


def test_status_as_markdown_is_written_into_the_readme_of_the_history(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD)
    readme = tmp_path / "data/history/README.md"
    readme.parent.mkdir(parents=True)
    readme.write_text("# Mine\n\n<!--start: status pages--><!--end: status pages-->\n\nStays.\n")

    done = statusgen(tmp_path, "status", "--markdown")

    assert (done.code, done.err) == (0, "")
    assert "data/history/README.md: written" in done.out
    text = readme.read_text()
    assert text.startswith("# Mine\n\n<!--start: status pages-->\n**")
    assert "| No Data |" in text
    assert text.endswith("<!--end: status pages-->\n\nStays.\n")


def test_a_bad_now_is_refused(tmp_path: Path) -> None:
    write_config(tmp_path, GOOD)

    done = statusgen(tmp_path, "build", "--now", "yesterday")

    assert done.code == 2
    assert "is not a time" in done.err


def test_schema_is_json(tmp_path: Path) -> None:
    assert "monitors" in json.loads(statusgen(tmp_path, "schema").out)["properties"]


def test_init_builds_and_overwrites_nothing(tmp_path: Path) -> None:
    hostile = 'Q: "quoted" #1 & <b>'
    made = statusgen(tmp_path, "init", "--name", hostile, "--url", "https://a.example/x")
    again = statusgen(tmp_path, "init")

    assert made.code == 0, made.err
    assert again.code == 2
    assert "overwrites nothing" in again.err
    assert statusgen(tmp_path, "validate").code == 0
    built = statusgen(tmp_path, "build", "--engine", "none")
    assert built.code == 0, built.err
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Nothing has been measured yet" in page
    assert "&lt;b&gt;" in page


def test_debug_may_stand_anywhere(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "check", "--debug"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert "Traceback" in done.stderr
