"""Starting a workflow: what is asked, what a fault leads to, and whose minutes are paid for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.errors import InputError, OutsideError
from statusgen.github.dispatch import Job
from tests.github.double import Double

TOKEN = "ghs_secret-of-this-job"


@pytest.fixture
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


def job(double: Double, event: Path | None = None) -> Job:
    return Job.of(
        {
            "GITHUB_API_URL": double.api,
            "GITHUB_REPOSITORY": "acme/status",
            "GITHUB_REF_NAME": "main",
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_EVENT_PATH": str(event or ""),
        }
    )


def test_a_workflow_is_started_on_the_branch_of_the_job(double: Double) -> None:
    job(double).start("status.yml")

    assert double.asked == [
        (
            "POST",
            "/repos/acme/status/actions/workflows/status.yml/dispatches",
            {"ref": "main"},
            f"Bearer {TOKEN}",
        )
    ]


@pytest.mark.parametrize(
    ("answers", "tries", "started"),
    [
        ([500], 2, True),
        ([502, 429], 3, True),
        ([503, 503, 503], 3, False),
        ([403], 1, False),
        ([404], 1, False),
        ([422], 1, False),
        ([401], 1, False),
    ],
)
def test_an_outage_is_met_thrice_and_a_refusal_once(
    double: Double, answers: list[int], tries: int, started: bool
) -> None:
    double.answers = [*answers]
    waited: list[float] = []

    if started:
        job(double).start("status.yml", waited.append)
    else:
        with pytest.raises(OutsideError) as told:
            job(double).start("status.yml", waited.append)
        assert TOKEN not in str(told.value)
        assert str(told.value).startswith("status.yml was not started: ")

    assert len(double.asked) == tries
    assert len(waited) == tries - 1


@pytest.mark.parametrize(
    ("status", "hint"),
    [(403, "actions: write"), (404, ".github/workflows/status.yml"), (422, "workflow_dispatch:")],
)
def test_a_refusal_says_what_to_write(double: Double, status: int, hint: str) -> None:
    double.answers = [status]

    with pytest.raises(OutsideError, match=hint):
        job(double).start("status.yml")


def test_nobody_listens(double: Double) -> None:
    away = Job(api="http://127.0.0.1:9", repository="a/b", ref="main", token=TOKEN)

    with pytest.raises(OutsideError):
        away.start("status.yml", lambda wait: None)
    assert away.is_private() is None


def test_the_event_says_whether_the_repository_is_private(double: Double, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"repository": {"private": True}}))

    assert job(double, event).is_private() is True
    assert double.asked == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"repository": null}', '{"repository": {}}'])
@pytest.mark.parametrize("private", [True, False])
def test_where_the_event_does_not_say_it_the_repository_is_asked(
    double: Double, tmp_path: Path, text: str, private: bool
) -> None:
    event = tmp_path / "event.json"
    event.write_text(text)
    double.private = private

    assert job(double, event).is_private() is private
    assert [asked[:2] for asked in double.asked] == [("GET", "/repos/acme/status")]


@pytest.mark.parametrize("missing", ["GITHUB_REPOSITORY", "GITHUB_REF_NAME", "GITHUB_TOKEN"])
def test_outside_of_a_job_it_says_what_is_missing(missing: str) -> None:
    environ = {"GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "main", "GITHUB_TOKEN": TOKEN}
    del environ[missing]

    with pytest.raises(InputError, match=missing):
        Job.of(environ)


@pytest.mark.parametrize(
    ("runs", "waits"),
    [
        ([], False),
        ([{"id": 7, "status": "in_progress"}], False),  # the job itself
        ([{"id": 7, "status": "in_progress"}, {"id": 8, "status": "pending"}], True),
        ([{"id": 8, "status": "queued"}], True),
        ([{"id": 8, "status": "completed"}], False),
        ([{"id": 8}], None),
        ([8], None),
    ],
)
def test_who_waits(double: Double, runs: list[object], waits: bool | None) -> None:
    double.runs = runs

    assert replace(job(double), run="7").waits("status.yml") is waits
    path = "/repos/acme/status/actions/workflows/status.yml/runs?per_page=20"
    assert double.asked[0][:2] == ("GET", path)


def test_who_waits_is_not_known_where_the_answer_is_none(double: Double) -> None:
    double.answers = [500]

    assert job(double).waits("status.yml") is None


def test_the_token_stands_in_no_representation(double: Double) -> None:
    assert TOKEN not in repr(job(double))
