"""Files of a schedule that name the places which are checked from."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.harness import statusgen


def test_visits_become_a_matrix_in_which_each_place_pushes_its_own(tmp_path: Path) -> None:
    done = statusgen(
        tmp_path, "schedule", "visits", "--vantage", "us", "--vantage", "eu=my-runner", "--write"
    )
    assert done.code == 0, done.err
    path = tmp_path / ".github/workflows/status.yml"
    job = yaml.safe_load(path.read_text("utf-8"))["jobs"]["check"]

    assert job["strategy"]["matrix"]["include"] == [
        {"vantage": "us", "runner": "ubuntu-24.04"},
        {"vantage": "eu", "runner": "my-runner"},
    ]
    assert job["strategy"]["fail-fast"] is False
    assert job["runs-on"] == "${{ matrix.runner }}"
    assert job["concurrency"]["group"] == "status-check-${{ matrix.vantage }}"
    assert job["steps"][-1]["env"]["STATUSGEN_VANTAGE"] == "${{ matrix.vantage }}"
    assert "for each of 2 places" in done.out


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("systemd", "Environment=STATUSGEN_VANTAGE=home"),
        ("kubernetes", "- name: STATUSGEN_VANTAGE\n                  value: home"),
        ("gitlab", "--push --vantage home"),
        ("forgejo", "--push --vantage home"),
    ],
)
def test_other_schedules_name_their_one_place(tmp_path: Path, kind: str, line: str) -> None:
    done = statusgen(tmp_path, "schedule", kind, "--vantage", "home")

    assert done.code == 0, done.err
    assert line in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("visits", "--vantage", "a b"), "'a b': is no name of a vantage"),
        (("visits", "--vantage", "eu=x y"), "'x y' is no label of a runner"),
        (("visits", "--vantage", "eu=${{ secrets.X }}"), "is no label of a runner"),
        (("visits", "--vantage", "eu", "--vantage", "eu=b"), "eu is written twice"),
        (("relay", "--vantage", "eu"), "a relay checks from one place"),
        (("systemd", "--vantage", "a", "--vantage", "b"), "systemd is one place"),
        (("--vantage", "a"), "--vantage needs a kind"),
    ],
)
def test_what_cannot_be_is_an_error(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = statusgen(tmp_path, "schedule", *arguments)

    assert done.code == 2
    assert said in done.err
