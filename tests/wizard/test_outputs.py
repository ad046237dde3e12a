"""The result is work: a roadmap without fault, monitors as text, decision records."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import yaml

from statusgen.audit import audit_roadmap
from statusgen.base.errors import InputError
from statusgen.roadmap.loader import load_roadmap
from statusgen.setup.wizard_files import changes
from statusgen.wizard.answers import read_link
from statusgen.wizard.blueprint import blueprint, environment, monitors
from statusgen.wizard.insertion import with_monitors
from statusgen.wizard.machine import state_of
from statusgen.wizard.outputs import output_files
from tests.wizard.conftest import project
from tests.wizard.test_answers import random_answers

PROGRAM = project().program
LINK = (
    "v=1&name=my-saas-app&team=3&traffic=20000&scale=small&python-shop=yes&backend=fastapi"
    "&api=graphql&frontend=nextjs&database=postgresql&state=redis&jobs=celery&realtime=websockets"
    "&storage=s3&stored=50&email=sendgrid&monitoring=sentry&deploy=docker&features=ci,flags"
)
ANSWERS, _ = read_link(PROGRAM, LINK)
DAY = "2026-11-26"


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_the_roadmap_loads_and_the_audit_finds_nothing_wrong(tmp_path: Path) -> None:
    written(tmp_path, output_files(PROGRAM, ANSWERS, DAY))

    plan = load_roadmap(tmp_path / "data/roadmaps/my-saas-app.yml")

    assert [str(one) for one in audit_roadmap(plan) if one.is_fault] == []
    assert [stage.name for stage in plan.stages] == ["Small", "Medium", "Large", "Enterprise"]
    assert [str(stage.trigger) for stage in plan.stages[1:]] == [
        "50,000+ users/day", "500,000+ users/day", "5,000,000+ users/day",
    ]  # fmt: skip
    database = plan.item("database")
    assert database is not None
    assert database.chosen is not None
    assert database.chosen.option == "postgresql"
    assert len(database.options) == 4
    assert {"state-large", "monitoring-medium", "deploy-large"} <= {i.id for _, i in plan.items()}
    (picture,) = plan.architectures
    assert picture.nodes["database"].label == "PostgreSQL"


def test_any_answers_make_a_roadmap_that_loads(tmp_path: Path) -> None:
    for seed in range(25):
        answers = random_answers(random.Random(seed), PROGRAM)
        files = output_files(PROGRAM, answers, DAY)
        written(tmp_path / str(seed), files)
        for name in files:
            if name.startswith("data/roadmaps/"):
                plan = load_roadmap(tmp_path / str(seed) / name)
                wrong = [f for f in audit_roadmap(plan) if f.severity == "error" and f.is_fault]
                assert wrong == []


def test_the_blueprint_holds_what_the_guide_says_is_generated() -> None:
    made = blueprint(PROGRAM, ANSWERS)

    assert made["derived"]["database-name"] == "mysaasapp"
    assert made["tree"].startswith("my-saas-app/\n├── backend/\n│   ├── src/\n")
    assert "\n└── apps/web/\n    ├── src/\n" in made["tree"]
    assert made["dependencies"]["FastAPI"][0] == "fastapi"
    assert made["cost"]["currency"] == "USD"
    assert made["link"] == LINK
    compose = yaml.safe_load(made["compose"])
    assert set(compose["services"]) == {"db", "redis"}
    assert compose["services"]["db"]["environment"]["POSTGRES_DB"] == "mysaasapp"
    assert compose["services"]["db"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD}"
    assert compose["volumes"] == {"redis_data": None}
    assert made["environment"] == ["POSTGRES_PASSWORD"]


def test_secrets_leave_their_names_only() -> None:
    state = state_of(PROGRAM, {"database": "supabase"})

    assert environment(PROGRAM, state) == [
        "SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_KEY",
    ]  # fmt: skip


def test_a_decision_record_says_what_why_and_what_else() -> None:
    files = output_files(PROGRAM, ANSWERS, DAY)

    text = next(text for name, text in files.items() if name.endswith("my-saas-app-state.md"))

    assert text.startswith(
        "---\nstatus: accepted\ndate: 2026-11-26\n---\n\n# State Management: Redis"
    )
    assert "* Scale Selection: Small" in text
    assert "* In-Memory\n" in text
    assert 'Chosen: "Redis", because it is recommended (Redis).' in text
    assert "* Bad: Lost on restart" in text
    assert LINK in text


def test_a_decision_that_does_not_fit_says_so_and_gets_no_reason_that_nobody_gave() -> None:
    answers = {**ANSWERS, "backend": "fastapi", "jobs": "bullmq"}

    text = next(
        text for name, text in output_files(PROGRAM, answers, DAY).items() if "-jobs.md" in name
    )

    assert 'Chosen: "BullMQ", because that was the answer; the wizard recommended' in text
    assert "What does not fit:\n\n* BullMQ: works only with NestJS\n" in text


STATUS = """\
# the first line
site: {name: T}
monitors:
    # ours
    - {id: one, name: One, url: "https://one.example.com/"}   # keep

    - id: two
      name: Two
      url: https://two.example.com/

# behind
objectives: []
"""


def test_monitors_are_put_in_as_text_and_every_other_byte_stays() -> None:
    watched = monitors(PROGRAM, state_of(PROGRAM, ANSWERS))

    for text in (STATUS, STATUS.replace("\n", "\r\n"), STATUS.partition("\n# behind")[0]):
        made = with_monitors(text, watched, "data/status.yml")
        new = [line for line in made.splitlines() if line not in text.splitlines()]

        rest = made
        for line in new:
            rest = rest.replace(line, "", 1)
        assert rest.replace("\r", "").replace("\n", "") == text.replace("\r", "").replace("\n", "")
        read = yaml.safe_load(made)
        assert [one["id"] for one in read["monitors"]] == [
            "one", "two", "api", "web", "vendor-sendgrid", "vendor-sentry",
        ]  # fmt: skip
        assert read["monitors"][4]["url"] == "statuspage://status.sendgrid.com"
        assert with_monitors(made, watched, "data/status.yml") == made


def test_monitors_in_brackets_are_left_to_the_person() -> None:
    with pytest.raises(InputError, match="stand in brackets"):
        with_monitors(
            "monitors: [{id: a}]\n", [{"id": "b", "name": "B", "url": "x", "fill": 0}], "f"
        )


def test_a_decision_taken_again_stays_and_another_one_supersedes_it(tmp_path: Path) -> None:
    for change in changes(tmp_path, PROGRAM, ANSWERS, [], DAY):
        written(tmp_path, {str(change.path): change.after})
    before = sorted(path.name for path in (tmp_path / "content/decisions").iterdir())

    assert changes(tmp_path, PROGRAM, ANSWERS, [], "2026-12-01") == []
    other = {**ANSWERS, "state": "in-memory"}
    found = [
        c for c in changes(tmp_path, PROGRAM, other, [], "2026-12-01") if "decisions" in str(c.path)
    ]

    old, new = found
    number = len(before) + 1
    assert f"status: superseded by {number:04d}" in old.after
    assert old.after.partition("\n---\n")[2] == (old.before or "").partition("\n---\n")[2]
    assert new.path.name == f"{number:04d}-my-saas-app-state.md"


def test_no_answer_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/roadmaps").symlink_to("/tmp")

    with pytest.raises(InputError, match="leads out of the folder"):
        changes(tmp_path, PROGRAM, ANSWERS, [], DAY)


def test_the_blueprint_is_json_with_its_schema() -> None:
    files = output_files(PROGRAM, ANSWERS, DAY)

    assert (
        json.loads(files["data/blueprints/my-saas-app.json"])["schema"] == "statusgen/blueprint@1"
    )
