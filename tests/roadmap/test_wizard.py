"""The wizard's data: read with located errors, held against itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from statusgen.audit import Finding, audit_roadmap, audit_wizard
from statusgen.base.errors import InputError
from statusgen.roadmap.loader import load_roadmaps
from statusgen.roadmap.wizard_loader import load_wizard
from tests.fixtures import SITE

DATA = SITE / "data"

GOLDEN = [
    ("COST022:scale.micro.traffic", "contradicted", "10 times"),
    ("COST022:scale.small.traffic", "contradicted", "2 times"),
    ("COST022:scale.medium.traffic", "contradicted", "2 times"),
    ("COST022:scale.large.traffic", "contradicted", "2 times"),
    ("COST018:scale.medium.team", "contradicted", "both hold 5"),
    ("COST018:scale.large.team", "contradicted", "both hold 20"),
    ("COST018:scale.enterprise.team", "contradicted", "both hold 50"),
    ("COST027:validation.examples", "holds", "every example obeys"),
    ("COST027:validation.pattern", "open", "-a- and ---"),
    ("COST019:defaults.database", "contradicted", "SQLite"),
    ("COST019:defaults.deploy", "contradicted", "Railway, Kubernetes, Multi-cloud"),
    ("COST019:defaults.jobs", "contradicted", "Kafka, RabbitMQ are no options"),
    ("COST019:defaults.monitoring", "holds", "every default is an option"),
    ("COST022:scale.large.monitoring", "contradicted", "OpenTelemetry here, DataDog"),
    ("COST022:scale.enterprise.monitoring", "contradicted", "Custom platform here, OpenTelemetry"),
    ("COST020:examples.saas-application.jobs", "contradicted", "BullMQ works with nestjs"),
    ("COST022:examples.api-service.defaults", "open", "departs from 5 defaults"),
    ("COST022:examples.internal-tool.defaults", "open", "departs from 2 defaults"),
    ("COST015:drift.cloudinary", "open", "~$89/month in data/roadmaps/locallink.yml:"),
    ("COST015:drift.sendgrid", "open", "$15/month (40K emails) in data/roadmaps/locallink.yml:"),
]


@cache
def _findings() -> dict[str, Finding]:
    wizard = load_wizard(DATA / "wizard.yml", "data/wizard.yml")
    roadmaps = load_roadmaps(DATA / "roadmaps", "data/roadmaps").roadmaps
    found = audit_wizard(wizard, roadmaps)
    assert len({finding.id for finding in found}) == len(found), "two findings of one name"
    return {finding.id: finding for finding in found}


@pytest.mark.parametrize(("identifier", "verdict", "shows"), GOLDEN)
def test_wizard_gets_the_verdicts_of_a_reading_by_hand(
    identifier: str, verdict: str, shows: str
) -> None:
    finding = _findings()[identifier]

    assert finding.verdict == verdict
    assert shows in finding.message
    assert finding.file == "data/wizard.yml"
    assert finding.line > 0


def test_roadmaps_are_compared_with_the_wizard_too() -> None:
    wizard = load_wizard(DATA / "wizard.yml", "data/wizard.yml")
    roadmaps = load_roadmaps(DATA / "roadmaps", "data/roadmaps").roadmaps
    local = next(roadmap for roadmap in roadmaps if roadmap.id == "locallink")
    found = {finding.id: finding for finding in audit_roadmap(local, [*roadmaps, wizard])}

    assert "~$99+/month in data/wizard.yml:" in found["COST015:drift.cloudinary"].message


SOUND = """\
name: Wizard
questions:
  - id: scale
    number: 1
    name: Scale
    options:
      - {id: small, name: Small, team: 1-5 developers, traffic: "< 10 users/day", selects: {db: A}}
      - {id: big, name: Big, team: 6+ developers, traffic: 10+ users/day}
    recommend:
      - {if: {traffic: "< 10"}, then: small}
      - {then: big}
  - id: db
    number: 2
    name: Database
    ask: Which?
    options:
      - {id: a, name: A, price: Free}
      - {id: b, name: B, requires: {scale: [big]}}
    table: {id: t, columns: [a, b], rows: {Speed: [low, high]}}
  - id: word
    number: 3
    name: Name
    validation:
      {pattern: "^[a-z]+$", min: 2, max: 5, reserved: [test], valid: [abc], invalid: {test: taken}}
defaults: {db: {small: A, big: [A, B]}}
trees:
  - {id: t, name: T, question: db, steps: [{ask: "Fast?", then: b}], else: a}
examples:
  - {id: e, name: E, scale: big, choices: {scale: Big, db: B}}
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "wizard.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_consistent_wizard_raises_no_alarm(tmp_path: Path) -> None:
    found = audit_wizard(load_wizard(_write(tmp_path, SOUND)))

    assert [str(finding) for finding in found if finding.is_fault] == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("6+ developers", "5+ developers", "COST018:scale.big.team"),
        ('{traffic: "< 10"}', '{traffic: "< 100"}', "COST022:scale.small.traffic"),
        ("selects: {db: A}", "selects: {db: B}", "COST022:scale.small.db"),
        ("big: [A, B]", "big: [A, C]", "COST019:defaults.db"),
        ("db: B}}", "db: C}}", "COST019:examples.e.db"),
        ("scale: Big, db", "scale: Small, db", "COST020:examples.e.db"),
        ("valid: [abc]", "valid: [abcdef]", "COST027:validation.examples"),
        ('"^[a-z]+$"', '"^[a-z-]+$"', "COST027:validation.pattern"),
    ],
)
def test_each_rule_fires_on_its_fault(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    assert right in SOUND
    found = audit_wizard(load_wizard(_write(tmp_path, SOUND.replace(right, wrong, 1))))

    assert fault in {finding.id for finding in found if finding.is_fault}


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("then: small", "then: smal", "there is no option 'smal'; did you mean 'small'?"),
        ("columns: [a, b]", "columns: [a, c]", "there is no option 'c'; known here: a, b"),
        ("Speed: [low, high]", "Speed: [low]", "has 1 cells for 2 columns"),
        ("requires: {scale: [big]}", "requires: {scal: [big]}", "there is no question 'scal'"),
        ("requires: {scale: [big]}", "requires: {scale: [bigg]}", "there is no option 'bigg'"),
        ("question: db", "question: dbs", "there is no question 'dbs'"),
        ("else: a", "else: z", "there is no option 'z'"),
        ("scale: big, choices", "scale: huge, choices", "there is no scale 'huge'"),
        ("small: A, big", "smal: A, big", "there is no scale 'smal'; did you mean 'small'?"),
        ("{id: b, name: B,", "{id: a, name: B,", "the id 'a' stands already in line"),
        ('"^[a-z]+$"', '"^(a+)+$"', "the pattern is too rich; use no parentheses"),
        ('"^[a-z]+$"', '"^[a-z+$"', "this is no regular expression"),
        ("price: Free", "price: 5", "'5' is not understood as a price"),
    ],
)
def test_faults_of_the_file_are_located(
    tmp_path: Path, right: str, wrong: str, problem: str
) -> None:
    assert right in SOUND
    with pytest.raises(InputError) as raised:
        load_wizard(_write(tmp_path, SOUND.replace(right, wrong, 1)), "data/wizard.yml")

    assert problem in str(raised.value)
    assert all(found.file == "data/wizard.yml" and found.line for found in raised.value.problems)
