"""What a job does beside checking: pages published, the next job started, and when not."""

from __future__ import annotations

from typing import Any

import pytest

from statusgen.base.errors import OutsideError
from statusgen.run.publications import Publications
from statusgen.run.relay import Relay
from statusgen.run.watch import Ended
from statusgen.status.publication import Published

FINE = Ended(rounds=50, stopped=False, pushes=5, pushed=True)


class Stage:
    """Time, and the workflows that were started; some starts get lost."""

    def __init__(self) -> None:
        self.time = 0.0
        self.started: list[str] = []
        self.waiting: bool | None = False

    def relay(self, **given: Any) -> Relay:
        return Relay(
            start=self.started.append,
            waits=lambda workflow: self.waiting,
            elapsed=lambda: self.time,
            **given,
        )


@pytest.mark.parametrize(
    ("ended", "starts"),
    [
        (FINE, True),
        (Ended(50, stopped=False, pushes=4, pushed=False), True),  # an outage at the end only
        (Ended(50, stopped=False, pushes=0, pushed=True), True),  # nothing was due
        (Ended(50, stopped=False, pushes=0, pushed=False), False),
        (Ended(20, stopped=True, pushes=3, pushed=True), False),
    ],
)
def test_a_job_hands_over_unless_told_to_stop_or_useless(ended: Ended, starts: bool) -> None:
    stage = Stage()

    said = stage.relay(successor="status.yml").hand_over(ended)

    assert stage.started == (["status.yml"] if starts else [])
    assert "status.yml" in said


def test_a_successor_waits_as_soon_as_a_job_has_proven_itself() -> None:
    stage = Stage()
    relay = stage.relay(successor="status.yml")

    for minute in range(0, 50, 5):
        stage.time = minute * 60
        relay.keep_successor()
        if stage.started:
            stage.waiting = True

        assert bool(stage.started) is (minute >= 10)
    relay.hand_over(FINE)

    assert stage.started == ["status.yml"]


def test_a_start_that_got_lost_is_made_good() -> None:
    stage = Stage()
    relay = stage.relay(successor="status.yml")
    for minute in (10, 20, 30):
        stage.time = minute * 60
        relay.keep_successor()  # nobody ever waits

    assert stage.started == ["status.yml"] * 3


def test_where_nobody_tells_who_waits_one_start_is_enough() -> None:
    stage = Stage()
    stage.waiting = None
    relay = stage.relay(successor="status.yml")
    for minute in (10, 20, 30):
        stage.time = minute * 60
        relay.keep_successor()
    relay.hand_over(FINE)

    assert stage.started == ["status.yml"]


def test_a_run_of_cron_that_waits_is_successor_enough() -> None:
    stage = Stage()
    stage.waiting = True
    stage.time = 3000
    relay = stage.relay(successor="status.yml")
    relay.keep_successor()
    relay.hand_over(FINE)

    assert stage.started == []


def test_a_job_that_is_told_to_stop_leaves_the_one_that_waits_alone() -> None:
    stage = Stage()
    stage.time = 700
    relay = stage.relay(successor="status.yml")
    relay.keep_successor()

    assert relay.hand_over(Ended(20, stopped=True, pushes=3, pushed=True)) == ""
    assert stage.started == ["status.yml"]


def test_without_a_successor_nothing_is_started() -> None:
    stage = Stage()
    stage.time = 3000
    relay = stage.relay(publish="pages.yml")

    assert relay.keep_successor() == relay.hand_over(FINE) == ""
    assert stage.started == []


def test_pages_are_asked_for_once_and_again_where_that_failed() -> None:
    now = Published(7200, "a")
    refused = [True]
    started: list[str] = []

    def start(workflow: str) -> None:
        if refused.pop() if refused else False:
            raise OutsideError("no")
        started.append(workflow)

    publications = Publications(3600, Published(7100, "a"), lambda: now)
    relay = Stage().relay(publish="pages.yml", publications=publications)
    relay.start = start

    with pytest.raises(OutsideError):
        relay.have_published()
    assert relay.have_published().startswith("started pages.yml: ")
    assert relay.have_published() == ""
    now = Published(7300, "b")
    assert relay.have_published().startswith("started pages.yml: ")
    assert started == ["pages.yml", "pages.yml"]
