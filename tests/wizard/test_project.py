"""The guide's own examples: what it recommends, presets, refuses and makes of a name."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from statusgen.wizard.answers import Refused, accept, accepted
from statusgen.wizard.exact import MICRO, micro_of
from statusgen.wizard.machine import entry, state_of
from tests.wizard.conftest import project

PROGRAM = project().program


def recommended(question: str, **answers: Any) -> tuple[list[str], list[str], str]:
    found = state_of(PROGRAM, {key.replace("_", "-"): value for key, value in answers.items()})
    one = found["recommended"].get(question)
    return (one["options"], one["words"], one["need"]) if one else ([], [], "")


@pytest.mark.parametrize(
    ("team", "traffic", "scale"),
    [
        ("1", "9,999", "micro"), ("1", "10K", "small"), ("2", "500", "small"),
        ("5", "99,999", "small"), ("5", "100K", "medium"), ("6", "1", "medium"),
        ("20", "999,999", "medium"), ("20", "1M", "large"), ("21", "1", "large"),
        ("50", "9,999,999", "large"), ("50", "10M", "enterprise"), ("51", "1", "enterprise"),
        ("1", "10M", "enterprise"),
    ],
)  # fmt: skip
def test_the_helper_recommends_the_first_branch_that_holds(
    team: str, traffic: str, scale: str
) -> None:
    found = recommended("scale", team=micro_of(team), traffic=micro_of(traffic))

    assert found[0] == [scale]


def test_the_helper_says_nothing_before_both_numbers_are_there() -> None:
    assert recommended("scale", team=60 * MICRO) == ([], [], "")
    assert recommended("scale", traffic=MICRO) == ([], [], "")


@pytest.mark.parametrize(
    ("reasons", "scale"),
    [
        ([], "small"), (["growth"], "medium"), (["domain"], "medium"), (["regulation"], "medium"),
        (["budget"], "micro"), (["growth", "domain", "regulation"], "medium"),
        (["growth", "budget"], "small"),
    ],
)  # fmt: skip
def test_reasons_move_the_scale(reasons: list[str], scale: str) -> None:
    facts: dict[str, Any] = {"team": 3 * MICRO, "traffic": 50_000 * MICRO}

    assert recommended("scale", **facts, scale_reasons=reasons)[0] == [scale]


def test_no_reason_leads_beyond_the_last_scale() -> None:
    huge: dict[str, Any] = {"team": 90 * MICRO, "traffic": 20_000_000 * MICRO}
    tiny: dict[str, Any] = {"team": MICRO, "traffic": MICRO}

    assert recommended("scale", **huge, scale_reasons=["growth"])[0] == ["enterprise"]
    assert recommended("scale", **tiny, scale_reasons=["budget"])[0] == ["micro"]


SCALES = ("micro", "small", "medium", "large", "enterprise")
TABLE: dict[str, list[Any]] = {
    "backend": [("fastapi",), ("fastapi",), ("fastapi", "nestjs"), ("nestjs",), "Microservices"],
    "database": [("supabase", "SQLite"), ("supabase", "postgresql"), ("postgresql",),
                 ("postgresql",), "Distributed"],
    "state": [("in-memory",), ("redis",), ("redis",), ("redis",), "Distributed Cache"],
    "jobs": [("none",), "optional", ("bullmq", "celery"), "required", "Kafka, RabbitMQ"],
    "realtime": [("none",), "optional", ("sse",), ("websockets",), ("websockets",)],
    "storage": [("local",), ("s3", "supabase"), ("s3",), ("s3",), ("s3",)],
    "monitoring": [("basic",), ("sentry",), ("datadog",), ("datadog",), ("opentelemetry",)],
    "deploy": [("vercel-aws",), ("vercel-aws", "Railway"), ("docker",), "Kubernetes",
               "Multi-cloud"],
}  # fmt: skip
CELLS = [(key, scale, row[n]) for key, row in TABLE.items() for n, scale in enumerate(SCALES)]


@pytest.mark.parametrize(("key", "scale", "expected"), CELLS)
def test_every_cell_of_the_defaults_table(key: str, scale: str, expected: Any) -> None:
    options, words, need = recommended(key, scale=scale)

    if isinstance(expected, tuple):
        assert {*options, *words} == set(expected)
    elif expected in ("optional", "required"):
        assert (options, words, need) == ([], [], expected)
    else:
        assert (options, ", ".join(words), need) == ([], expected, "")


@pytest.mark.parametrize(
    ("tree", "target", "leaves"),
    [
        (("python-shop", "enterprise-patterns", "simple-crud"), "backend",
         ("fastapi", "nestjs", "api-less", "fastapi")),
        (("built-in-auth", "full-control", "mobile-first"), "database",
         ("supabase", "postgresql", "firebase", "postgresql")),
    ],
)  # fmt: skip
def test_both_decision_trees_on_every_path(
    tree: tuple[str, ...], target: str, leaves: tuple[str, ...]
) -> None:
    for at, leaf in enumerate(leaves):
        answers: dict[str, Any] = dict.fromkeys(tree[:at], False)
        if at < len(tree):
            answers[tree[at]] = True
        state = state_of(PROGRAM, {**answers, "scale": "large"})

        assert state["recommended"][target]["options"] == [leaf]
        # who answered yes is asked no further step of the tree
        assert [name for name in tree if name in state["visible"]] == list(tree[: at + 1])


def test_a_tree_that_nobody_followed_says_nothing() -> None:
    assert state_of(PROGRAM, {})["recommended"].get("backend") is None


PRESETS = {
    "saas-application": ("small", "fastapi", "nextjs", "supabase", "redis", "bullmq", "websockets",
                         ["s3"], "sendgrid", "sentry", "vercel-aws"),
    "api-service": ("micro", "fastapi", "none", "postgresql", "redis", "celery", "none", ["s3"],
                    "aws-ses", "basic", "docker"),
    "e-commerce-platform": ("medium", "nestjs", "nextjs", "postgresql", "redis", "bullmq", "sse",
                            ["s3", "cloudinary"], "sendgrid", "datadog", "docker"),
    "internal-tool": ("micro", "fastapi", "nextjs", "postgresql", "in-memory", "none", "none",
                      ["local"], "none", "basic", "docker"),
}  # fmt: skip
KEYS = ("scale", "backend", "frontend", "database", "state", "jobs", "realtime", "storage",
        "email", "monitoring", "deploy")  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_answers_eleven_questions(preset: str) -> None:
    found = next(one for one in PROGRAM["presets"] if one["id"] == preset)

    assert tuple(found["answers"][key] for key in KEYS) == PRESETS[preset]
    assert found["words"] == []


def test_what_a_preset_contradicts_is_told_with_the_reason() -> None:
    answers = next(one for one in PROGRAM["presets"] if one["id"] == "saas-application")["answers"]

    state = state_of(PROGRAM, answers)

    assert state["conflicts"] == [
        {"question": "jobs", "option": "bullmq", "rule": "jobs.bullmq.requires.backend"}
    ]
    for other in ("api-service", "e-commerce-platform", "internal-tool"):
        answers = next(one for one in PROGRAM["presets"] if one["id"] == other)["answers"]
        assert state_of(PROGRAM, answers)["conflicts"] == []


NAME = entry(PROGRAM, "name")


@pytest.mark.parametrize(
    "name",
    ["my-saas-app", "ecommerce-api", "user-dashboard", "data-pipeline-v2", "company-internal-tool"],
)
def test_the_valid_names_are_taken(name: str) -> None:
    assert accept(NAME, name) == name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("My App", "refused-pattern"), ("my_app", "refused-pattern"), ("MyApp", "refused-pattern"),
        ("my.app", "refused-pattern"), ("ab", "refused-length"), ("a" * 51, "refused-length"),
        ("test", "refused-reserved"), ("sample", "refused-reserved"), ("abc\n", "refused-pattern"),
        ("../../etc", "refused-pattern"), ("<script>", "refused-pattern"), ("", "refused-length"),
    ],
)  # fmt: skip
def test_the_invalid_names_are_refused_with_the_reason(name: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        accept(NAME, name)

    assert refused.value.saying.key == f"wizard.{key}"


def test_a_name_becomes_what_the_guide_says() -> None:
    assert state_of(PROGRAM, {"name": "my-saas-app"})["derived"] == {
        "directory": "my-saas-app/",
        "python-package": "my_saas_app",
        "typescript-package": "@org/my-saas-app",
        "docker-image": "my-saas-app:latest",
        "database-name": "mysaasapp",
    }


def test_add_ons_are_offered_where_they_fit() -> None:
    for database, offered in (("supabase", False), ("postgresql", True), ("mongodb", True)):
        assert ("auth" in state_of(PROGRAM, {"database": database})["visible"]) is offered
    blocked = state_of(PROGRAM, {"backend": "go"})["blocked"]
    assert blocked["api"] == {"trpc": "api.trpc.requires.backend"}
    assert "api" not in state_of(PROGRAM, {"backend": "nestjs"})["blocked"]


def test_an_answer_that_is_no_longer_asked_does_not_count() -> None:
    answers = {"database": "postgresql", "auth": ["auth0"]}

    assert "auth" in state_of(PROGRAM, answers)["known"]
    assert "auth" not in state_of(PROGRAM, {**answers, "database": "firebase"})["known"]


def test_the_running_cost_counts_what_can_be_told_and_names_the_rest() -> None:
    answers = {"storage": ["s3"], "monitoring": "datadog"}
    unknown = state_of(PROGRAM, answers)["cost"]
    known = state_of(PROGRAM, {**answers, "stored": 50 * MICRO, "hosts": 3 * MICRO})["cost"]

    assert (unknown["low"], unknown["high"]) == (0, None)
    assert ["monitoring", "datadog", "host"] in unknown["open"]
    assert known["low"] == 45 * MICRO + 1_150_000  # 3 × $15 and 50 × $0.023
    assert ["monitoring", "datadog", "host"] not in known["open"]


def test_all_options_of_the_guide_can_be_chosen() -> None:
    guide = [
        option
        for question in PROGRAM["questions"]
        if not question.get("role")
        for option in question["options"]
    ]
    assert len(guide) == 74
    assert [one["number"] for one in PROGRAM["phases"]] == list(range(1, 14))


def test_every_answer_of_every_question_can_be_evaluated() -> None:
    for question, scale in product(PROGRAM["questions"], SCALES):
        for option in question["options"]:
            raw = [option["id"]] if question["kind"] == "several" else option["id"]
            answers, told = accepted(PROGRAM, {"scale": scale, question["id"]: raw})
            assert told == []
            assert state_of(PROGRAM, answers)["visible"]
