"""What a site's own checks take of GitHub's free minutes: told where they count, else not."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from statusgen.setup.choices import Choices
from statusgen.setup.doctor.told import of_minutes
from statusgen.setup.manifest import MANIFEST, Manifest
from statusgen.setup.minutes import Minutes, paid_minutes
from statusgen.setup.schedule_files import Kind, schedule_files
from statusgen.setup.workflows import check_workflows
from tests.cli.harness import statusgen, write_config

CONFIG = """\
site: {name: Test}
monitors: [{id: api, name: API, url: 'https://api.example/'}]
"""
PLAN = """\
name: Plan
currency: USD
stages:
  - name: One
    items:
      - name: Mail
        service: {name: Post, price: 'Free up to 1,000 emails/month', usage: {email: 400}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    for name, text in (*schedule_files(Kind.VISITS, private=True).items(), ("x", "")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "data/roadmaps").mkdir()
    (tmp_path / "data/roadmaps/plan.yml").write_text(PLAN, "utf-8")
    return tmp_path


def noted(root: Path, *, private: bool) -> None:
    text = Manifest("0.2", Choices(Kind.VISITS, private=private), {}).text()
    (root / MANIFEST).write_text(text, "utf-8")


def index(root: Path) -> str:
    done = statusgen(root, "build", "--engine", "none", "--out", "out")
    assert done.code == 0, done.err
    page = (root / "out/roadmaps/index.html").read_text("utf-8")
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).replace("\u00a0", " ").split())


def test_a_private_site_says_what_its_checks_take_as_the_doctor_does(root: Path) -> None:
    noted(root, private=True)
    minutes = paid_minutes(root)
    assert minutes is not None
    said = index(root)
    used = f"{minutes.total:,} minutes"
    assert f"GitHub Actions, for this site's own checks and pages 2000 minutes {used} (" in said
    assert "at most, as the schedule asks" in said
    (finding,) = of_minutes(check_workflows(root))
    assert f"at most {minutes.checks:,} a month" in finding.said
    assert f"last {minutes.days} days" in finding.said
    assert f"after {minutes.days} days of a month" in said


@pytest.mark.parametrize("note", ["public", "none", "broken", "no schedule"])
def test_where_minutes_are_free_or_unknown_nothing_is_said(root: Path, note: str) -> None:
    if note != "none":
        noted(root, private=note != "public")
    if note == "broken":
        (root / MANIFEST).write_text("{", "utf-8")
    if note == "no schedule":
        for path in (root / ".github/workflows").iterdir():
            path.unlink()
    assert paid_minutes(root) is None
    assert "GitHub Actions, for this site" not in index(root)


@pytest.mark.parametrize(
    ("checks", "publishing", "days"),
    [(1000, 1000, 30), (1000, 1001, 29), (43_200, 0, 1), (0, 0, 30)],
)
def test_the_days_that_the_free_minutes_last_are_whole(
    checks: int, publishing: int, days: int
) -> None:
    assert Minutes(checks, publishing).days == days
