"""``check`` as a job of GitHub Actions: pages asked for, the successor started, the price told."""

from __future__ import annotations

import http.server
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.harness import Done, statusgen, write_config
from tests.cli.test_push import git, make_repository
from tests.doubles import Quiet, published, served
from tests.github.double import Double

LOOP = ("--every", "1s", "--for", "2s", "--retry-delays", "none", "--push")


@dataclass
class Host:
    """A host that is checked."""

    status: int = 200
    url: str = ""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    made = Host()

    class Handler(Quiet, http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with served(Handler) as address:
        made.url = f"{address}/"
        yield made


@dataclass
class Job:
    """A clone in which jobs run."""

    copy: Path
    remote: Path
    double: Double
    env: dict[str, str] = field(default_factory=dict)

    def check(self, *arguments: str) -> Done:
        return statusgen(self.copy, "check", *LOOP, *arguments, env=self.env)


@pytest.fixture
def job(tmp_path: Path, host: Host) -> Iterator[Job]:
    copy, remote = make_repository(tmp_path)
    host.status = 200
    write_config(
        copy,
        "site: {name: T}\ncanaries: []\npublication: {every: 365d}\nmonitors:\n"
        f"  - {{id: api, name: API, url: '{host.url}'}}\n",
    )
    with Double().running() as double:
        made = Job(copy, remote, double)
        made.env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": double.api,
            "GITHUB_REPOSITORY": "acme/status",
            "GITHUB_REF_NAME": "main",
            "GITHUB_TOKEN": "ghs_secret",
        }
        yield made


def test_a_visit_has_pages_made_where_something_changed(job: Job, host: Host) -> None:
    counts = []
    for status in (200, 200, 503):
        host.status = status
        assert job.check("--publish", "pages.yml").code == 0
        counts.append(len(job.double.started))

    assert counts[:2] == [1, 1]
    assert counts[2] in (2, 3)  # the first failure, and perhaps in the same visit the incident
    assert {name for name, _ in job.double.started} == {"pages.yml"}


def test_a_relay_has_pages_made_on_a_change_and_hands_over(job: Job, host: Host) -> None:
    relay = ("--relay", "status.yml", "--publish", "pages.yml")
    first = job.check(*relay)
    second = job.check(*relay)
    host.status = 503
    third = job.check(*relay)

    assert (first.code, second.code, third.code) == (0, 0, 0), first.err + second.err + third.err
    started = [name for name, _ in job.double.started]
    assert started[:3] == ["pages.yml", "status.yml", "status.yml"]
    # The first failure, and perhaps in the same job the incident; then the successor.
    assert started[3:] in (["pages.yml"] * count + ["status.yml"] for count in (1, 2))
    assert "started pages.yml: something that pages show has changed" in third.err
    assert "ghs_secret" not in first.err + second.err + third.err
    assert git(job.remote, "log", "--format=%s", "status-data").count("Record") >= 3


def test_in_a_private_repository_a_relay_is_refused_with_its_price(job: Job) -> None:
    job.double.private = True

    refused = job.check("--relay", "status.yml")
    paid = job.check("--relay", "status.yml", "--paid")

    assert refused.code == 2
    assert "43,200 minutes a month" in refused.err
    assert "$259" in refused.err
    assert "--paid" in refused.err
    assert refused.out == ""
    assert paid.code == 0
    assert [name for name, _ in job.double.started] == ["status.yml"]


def test_a_successor_that_does_not_start_is_told(job: Job) -> None:
    job.double.answers = [200, 200, 403]

    done = job.check("--relay", "status.yml")

    assert done.code == 3
    assert "actions: write" in done.err
    assert "begins a new chain" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--relay", "status.yml", "--push"), "needs an end"),
        (("--relay", "a.yml", "--push", "--every", "1s"), "needs an end"),
        (("--publish", "pages.yml"), "needs --push"),
        (("--for", "5m"), "needs --every"),
        (("--push-every", "5m"), "needs --every"),
    ],
)
def test_options_that_do_nothing_alone_are_refused(
    job: Job, arguments: tuple[str, ...], told: str
) -> None:
    done = statusgen(job.copy, "check", *arguments, env=job.env)

    assert done.code == 2
    assert told in done.err
    assert done.out == ""


def test_outside_of_a_job_it_is_told(job: Job) -> None:
    for arguments in (("--relay", "a.yml", *LOOP), ("--publish", "a.yml")):
        done = statusgen(job.copy, "check", "--push", *arguments)
        assert done.code == 2
        assert "GITHUB_" in done.err


def test_build_where_needed(job: Job, host: Host, tmp_path: Path) -> None:
    build = ("build", "--engine", "none", "--out", str(tmp_path / "site"), "--if-needed")
    job.check()
    first = statusgen(job.copy, *build)
    page = tmp_path / "site" / "index.html"
    page.unlink()
    second = statusgen(job.copy, *build)
    nothing = page.exists()
    host.status = 503
    job.check()
    third = statusgen(job.copy, *build)

    assert (first.code, second.code, third.code) == (0, 0, 0), first.err
    assert "nothing to build" in second.out
    assert not nothing
    assert "has changed" in third.err
    assert page.exists()
    fresh = json.loads((tmp_path / "site" / "freshness.json").read_text())
    assert fresh["publication_seconds"] == 365 * 86_400


def test_what_is_published_is_read_from_the_sites_own_address(
    job: Job, host: Host, tmp_path: Path
) -> None:
    """A deployment that failed is made good: the address tells what really stands there."""
    site = tmp_path / "site"
    config = (job.copy / "data/status.yml").read_text()
    told = []
    with published(site) as url:
        write_config(job.copy, config.replace("name: T}", f"name: T, url: '{url}'}}"))
        job.check()
        statusgen(job.copy, "build", "--engine", "none", "--out", str(site))

        for status in (200, 503, 503):
            host.status = status
            before = len(job.double.started)
            job.check("--publish", "pages.yml")
            told.append(len(job.double.started) > before)

    # The third sees nothing new, but what is published does not know of the failure.
    assert told == [False, True, True]
