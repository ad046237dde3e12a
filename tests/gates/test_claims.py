"""The ledger of claims, what changed in it since a commit, and a change in one line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config

CONFIG = """\
site: {name: Test, url: 'https://status.example/'}
canaries: []
monitors:
  - {id: api, name: API, url: 'https://api.example/'}
objectives:
  - {id: month, monitors: [api], target: 99.9%, window: 30d}
"""
PLAN = """\
id: plan
name: Plan
currency: USD
stages:
  - id: first
    name: First
    status: current
    items: [{id: host, name: Host, service: {name: Box, price: $76/month}}]
  - id: later
    name: Later
    cost: {stated: $100/month, basis: running}
    items: [{id: data, name: Data, service: {name: Store, price: $24/month}}]
success:
  - {id: cheap, text: Cheap., metric: cost, target: "< $150/month", stage: later}
claims:
  - {id: even, text: Two customers, kind: break_even, stated: 2 customers,
     formula: ceil(cost / price), values: {cost: $100, price: $67}}
measures:
  cheap: {value: 100, on: 2026-11-01, source: the bill}
"""


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    path = tmp_path / "data/roadmaps/plan.yml"
    path.parent.mkdir(parents=True)
    path.write_text(PLAN)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "One")
    return tmp_path


AT = ("--now", "2026-11-20T12:00:00Z")


def test_every_stated_number_says_where_it_stands_and_how_it_was_checked(site: Path) -> None:
    done = statusgen(site, "gates", "--claims", "--json", *AT)
    assert done.code == 0, done.err
    claims = {each["id"]: each for each in done.json["claims"]}
    total = claims["COST002:stages.later.cost"]
    assert (total["state"], total["checked_by"], total["stated"]) == (
        "holds", "arithmetic", "$100/month",
    )  # fmt: skip
    lines = PLAN.splitlines()
    assert "$100/month" in lines[total["line"] - 1]
    cheap = claims["success:cheap"]
    assert (cheap["checked_by"], cheap["state"]) == ("hand", "holds")
    month = claims["objective:month"]
    assert (month["stated"], month["state"], month["file"], month["line"]) == (
        "99.9%", "open", "data/status.yml", 6,
    )  # fmt: skip
    alone = [each for each in claims.values() if each["state"] == "unchecked"]
    assert {each["stated"] for each in alone} >= {"$76/month", "$24/month"}
    # What a claim is held against is none.
    assert not [each["text"] for each in alone if each["text"].startswith("measures.")]
    for each in alone:
        assert each["stated"] in lines[each["line"] - 1]


def test_what_changed_since_a_commit_and_what_it_does_in_one_line(site: Path) -> None:
    plan = site / "data/roadmaps/plan.yml"
    # A line more at the top moves everything and changes nothing.
    plan.write_text(f"# A plan.\n{PLAN}")
    assert statusgen(site, "gates", "--since", "HEAD", *AT).out.startswith("No claim is another")
    plan.write_text(
        PLAN.replace("$24/month", "$81/month")
        .replace("cost: $100, price", "cost: $157, price")
        .replace("value: 100, on", "value: 157, on")
    )
    since = statusgen(site, "gates", "--since", "HEAD", "--json", *AT)
    assert since.code == 0, since.err
    changed = {
        (each["after"] or each["before"])["id"]: each["change"] for each in since.json["changes"]
    }
    assert changed["COST002:stages.later.cost"] == "verdict"
    assert changed["success:cheap"] == "verdict"
    assert changed["stated:stages.1.items.0.service.price"] == "stated"
    assert "/tmp" not in since.out
    summary = statusgen(site, "validate", "--summary", "--against", "HEAD")
    assert summary.code == 0, summary.err
    line = next(line for line in summary.out.splitlines() if line.startswith("**"))
    assert line.replace("\\", "") == (
        "**+$57/month at the end of Later; break-even 2 → 3 customers; "
        "stage 2's promise “Cheap” is out of reach**"
    )
    assert "judged otherwise" in summary.out


def test_a_commit_that_is_not_there_is_named(site: Path) -> None:
    done = statusgen(site, "gates", "--since", "nowhere", *AT)
    assert done.code == 2
    assert "--since nowhere: there is no such commit here" in done.err
