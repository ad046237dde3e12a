"""``statusgen validate FILE…``: each file judged as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.run.files import KNOWN, kind_of
from tests.cli.harness import statusgen, write_config

CONFIG = "site: {name: S}\nmonitors: [{id: api, name: A, url: https://a.example}]\n"
INCIDENT = "---\ntitle: X\naffected: [api]\n---\n## Investigating - 2026-01-01T10:00:00Z\nOh.\n"
EDITORS = "# yaml-language-server:"
ROADMAP = "name: R\nstages:\n- {id: one, name: One}\n"


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("data/status.yml", "", "status"),
        ("elsewhere.yml", "monitors: []\n", "status"),
        (".upptimerc.yml", "", "upptime"),
        ("x.yaml", "sites: []\n", "upptime"),
        ("data/roadmaps/lean.yml", "", "roadmap"),
        ("plan.yml", "phases: []\n", "roadmap"),
        ("plan.yml", "name: x\nschema: statusgen/wizard@1\n", "wizard"),
        ("plan.yml", f"{EDITORS} $schema=https://s.example/schema/roadmap.json\n", "roadmap"),
        ("data/wizard.yml", "", "wizard"),
        ("docs/incidents/x.md", "", "incident"),
        ("x.md", INCIDENT, "incident"),
        ("x.md", "# Prose\n", ""),
        ("notes.txt", "", ""),
        ("x.yml", "a: 1\n", ""),
        ("x.yml", "schema: statusgen/plan@1\n", "plan"),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_schema_name_folder_or_form(path: str, text: str, kind: str) -> None:
    assert kind_of(Path(path), text) == kind


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    written = {
        "a.yml": CONFIG.replace("url:", "ulr:"),
        "incidents/x.md": INCIDENT.replace("api", "apj"),
        "roadmaps/r.yml": ROADMAP + "extra: x\n",
        "notes.txt": "hello\n",
        "broken.yml": "site: [\n",
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    done = statusgen(tmp_path, "validate", *written, "gone.yml")

    assert done.code == 2
    lines = [line.removeprefix("error: ") for line in done.err.splitlines()]
    for expected in (
        "a.yml:2:31: monitors.0.ulr: unknown key",
        "incidents/x.md:3:12: affected.0: there is no component",
        "roadmaps/r.yml:4:1: extra: unknown key",
        "notes.txt: is no kind of file that we know; known are",
        "broken.yml:",
        "gone.yml: cannot be read",
    ):
        assert any(line.startswith(expected) for line in lines), expected
    assert all(word in done.err for word in KNOWN.values())


def test_files_without_a_fault_are_fine_without_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "r.yml").write_text(ROADMAP)
    (tmp_path / "x.md").write_text(INCIDENT)

    done = statusgen(tmp_path, "validate", "r.yml", "x.md")

    assert done.code == 0, done.err
    assert done.out.splitlines() == ["r.yml: a roadmap: fine", "x.md: an incident: fine"]
    listed = statusgen(tmp_path, "validate", "r.yml", "--json").json
    assert listed["valid"] is True
    assert (listed["errors"], listed["warnings"]) == ([], [])
    assert listed["files"] == [{"file": "r.yml", "kind": "roadmap"}]


MKDOCS = "site_name: S\nsite_url: {}\ndocs_dir: content\nplugins: [statusgen]\n"


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/x", "https://a.example/", False),
        ("http://a.example/", "https://a.example/", False),
        ("https://A.example", "https://a.example/", True),
        ("https://a.example/x", "https://a.example/x/", True),
    ],
)
def test_two_addresses_of_one_site_are_an_error_that_names_both(
    tmp_path: Path, theirs: str, ours: str, same: bool
) -> None:
    write_config(tmp_path, CONFIG.replace("{name: S}", f"{{name: S, url: '{ours}'}}"))
    (tmp_path / "mkdocs.yml").write_text(MKDOCS.format(theirs))
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "about.md").write_text("# About\n")

    for words in (("validate",), ("build",)):
        done = statusgen(tmp_path, *words)
        assert (done.code == 0) == same, done.err
        if not same:
            assert "mkdocs.yml:2:11: site_url is" in done.err
            assert (
                f"{theirs!r} here, and the address in data/status.yml:1:22 is {ours!r}" in done.err
            )
