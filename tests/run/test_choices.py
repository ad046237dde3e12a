"""The form's inputs: what they offer, how they are renewed, and when they are out of date."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from statusgen.run.choices import MOST, Groups, form_inputs, out_of_date, renewed
from statusgen.run.form import Form
from statusgen.setup.form import form_workflow
from tests.cli.harness import statusgen, write_config
from tests.conftest import ROOT

CONFIG = (
    "site: {name: Shop}\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example.com/, group: Core}\n"
    "  - {id: login, name: Sign-in, url: https://login.example.com/, group: Core}\n"
)
MAIL = "  - {id: mail, name: Mail, url: https://mail.example.com/}\n"
FORM = Path(".github/workflows/incident.yml")


def offered(components: list[str], groups: Groups = ()) -> list[str] | None:
    inputs = yaml.safe_load(form_inputs(components, groups).text())["inputs"]
    # Servers before December 2025, and linters to this day, take ten.
    assert len(inputs) <= 10
    for each in inputs.values():
        assert each["type"] == "choice" or "options" not in each
        assert each.get("default", each.get("options", [None])[0]) in each.get("options", [None])
    found: list[str] | None = inputs["component"].get("options")
    return found


def test_components_their_groups_and_all_of_them_are_offered() -> None:
    groups = [("Core", ["api", "login"]), ("Alone", ["mail"]), ("", ["x", "y"])]
    assert offered(["api", "login", "mail", "x", "y"], groups) == [
        "(none)", "api", "login", "mail", "x", "y", "group: Core", "all components",
    ]  # fmt: skip
    assert offered(["api"]) == ["(none)", "api"]
    assert offered([]) is None
    assert offered(["on", "no", "1e3", "a: b", "#x", "'"]) == [
        "(none)", "on", "no", "1e3", "a: b", "#x", "'", "all components",
    ]  # fmt: skip


def test_too_many_components_are_offered_as_groups_and_else_asked_for() -> None:
    many = [f"c{number}" for number in range(MOST)]
    assert len(offered(many[: MOST - 2]) or []) == MOST
    halves = [("One", many[:50]), ("Two", many[50:])]
    assert offered(many, halves) == ["(none)", "group: One", "group: Two", "all components"]
    (note,) = form_inputs(many, halves).notes
    assert note.startswith("100 components are too many for one list: the form offers their groups")
    assert offered(many) is None
    assert form_inputs(many, ()).notes == (
        "100 components are too many for one list: the form asks for them by id",
    )
    thousands = [(f"G{number}", many[:2]) for number in range(MOST)]
    assert offered(many, thousands) is None


def test_what_github_would_take_for_an_expression_is_not_offered() -> None:
    groups = [("${{ secrets.X }}", ["a", "b"])]
    assert offered(["a", "b"], groups) == ["(none)", "a", "b", "all components"]
    (note,) = form_inputs(["a", "b"], groups).notes
    assert "'${{ secrets.X }}' is not offered" in note


def test_only_the_inputs_are_renewed(tmp_path: Path) -> None:
    old = form_workflow(form_inputs(["api"], ())).replace("Write and push", "Mine")
    old += "\n# my own words  \n"
    new = renewed(old, form_inputs(["api", "mail"], ()), "incident.yml")
    assert new.count("          - mail\n") == 1
    assert new.replace("          - mail\n          - all components\n", "") == old
    path = tmp_path / "incident.yml"
    path.write_text(new)
    assert out_of_date(path, form_inputs(["api", "mail"], ())) is None
    crlf = renewed(old.replace("\n", "\r\n"), form_inputs(["api", "mail"], ()), "incident.yml")
    assert crlf == new.replace("\n", "\r\n")
    path.write_bytes(crlf.encode())
    assert out_of_date(path, form_inputs(["api", "mail"], ())) is None


def test_another_style_of_the_same_inputs_is_up_to_date(tmp_path: Path) -> None:
    inputs = form_inputs(["api", "mail"], ())
    text = form_workflow(inputs)
    path = tmp_path / "incident.yml"
    path.write_text(
        text.replace('"(none)"', "'(none)'")
        .replace("description: What to do\n", "description: 'What to do' # mine\n")
        .replace("        options:\n          - open\n", "        options:\n        - open\n")
        .replace("        - open\n          - update\n", "        - open\n        - update\n")
        .replace(
            "          - resolve\n          - withdraw", "        - resolve\n        - withdraw"
        )
    )
    assert out_of_date(path, inputs) is None


@pytest.mark.parametrize("components", [["api"], ["api", "post"], []])
def test_a_form_that_offers_others_says_which(tmp_path: Path, components: list[str]) -> None:
    path = tmp_path / "incident.yml"
    path.write_text(form_workflow(form_inputs(["api", "mail"], ())))
    told = str(out_of_date(path, form_inputs(components, ())))
    assert f"{path}:9: the form is out of date" in told
    assert "offers `mail`" in told or "offers `(none)`, `api`, `mail`" in told
    assert ("it lacks `post`" in told) is ("post" in components)
    assert told.endswith("run: statusgen incident form --write")


def test_write_check_and_validate(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    missing = statusgen(tmp_path, "incident", "form", "--check")
    assert (missing.code, "is not there" in missing.err) == (2, True)
    wrote = statusgen(tmp_path, "incident", "form", "--write")
    assert (wrote.code, wrote.out) == (0, f"wrote {FORM}\n")
    assert (tmp_path / FORM).read_text() == statusgen(tmp_path, "incident", "form").out
    assert statusgen(tmp_path, "incident", "form", "--check").code == 0
    assert "up to date" in statusgen(tmp_path, "incident", "form", "--write").out
    assert statusgen(tmp_path, "validate", "--strict").code == 0

    write_config(tmp_path, CONFIG + MAIL)
    stale = statusgen(tmp_path, "incident", "form", "--check")
    assert (stale.code, "it lacks `mail`" in stale.err) == (1, True)
    told = statusgen(tmp_path, "validate")
    assert (told.code, "it lacks `mail`" in told.err) == (0, True)
    assert statusgen(tmp_path, "incident", "form", "--write").code == 0
    assert statusgen(tmp_path, "validate", "--strict").code == 0


def test_a_workflow_of_that_name_that_is_no_form_is_let_be(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    (tmp_path / FORM).parent.mkdir(parents=True)
    (tmp_path / FORM).write_text("name: Incident\non: [push]\n")
    assert statusgen(tmp_path, "validate", "--strict").code == 0
    for option in ("--write", "--check"):
        done = statusgen(tmp_path, "incident", "form", option)
        assert done.code == 2
        assert "has no inputs that can be renewed; put the lines" in done.err
    assert (tmp_path / FORM).read_text() == "name: Incident\non: [push]\n"


@pytest.mark.parametrize("text", ["{", "inputs: *x", "\x00", "inputs: [1]", "inputs:\n  a: {b: 1}"])
def test_a_form_broken_by_hand_is_told_and_nothing_fails(tmp_path: Path, text: str) -> None:
    path = tmp_path / "incident.yml"
    path.write_text(f"on:\n    # statusgen: inputs\n{text}\n    # statusgen: end of inputs\n")
    told = out_of_date(path, form_inputs(["api"], ()))
    assert told is not None
    assert told.file == str(path)


def test_workflows_hand_on_every_input_and_the_program_reads_it() -> None:
    names = {each.name for each in fields(Form)}
    assert set(form_inputs(["api"], ()).names) == names
    texts = (form_workflow(form_inputs(["api"], ())), (ROOT / FORM).read_text("utf-8"))
    for text in texts:
        environ = yaml.safe_load(text)["jobs"]["write"]["steps"][-1]["env"]
        environ.pop("GITHUB_TOKEN")
        expected = {f"FORM_{name.upper()}": f"${{{{ inputs.{name} }}}}" for name in names}
        assert environ == expected
