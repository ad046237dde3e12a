"""What a job does beside checking: pages published, the next job started, and when not."""

from __future__ import annotations

import pytest

from statusgen.base.errors import OutsideError
from statusgen.run.publications import Publications
from statusgen.run.relay import Relay
from statusgen.run.watch import Ended
from statusgen.status.publication import Published

FINE = Ended(rounds=50, stopped=False, pushes=5, pushed=True)


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
    started: list[str] = []

    said = Relay(started.append, successor="status.yml").hand_over(ended)

    assert started == (["status.yml"] if starts else [])
    assert "status.yml" in said


def test_without_a_successor_nothing_is_started() -> None:
    started: list[str] = []

    assert Relay(started.append, publish="pages.yml").hand_over(FINE) == ""
    assert started == []


def test_pages_are_asked_for_once_and_again_where_that_failed() -> None:
    now = Published(7200, "a")
    refused = [True]
    started: list[str] = []

    def start(workflow: str) -> None:
        if refused.pop() if refused else False:
            raise OutsideError("no")
        started.append(workflow)

    publications = Publications(3600, Published(7100, "a"), lambda: now)
    relay = Relay(start, publish="pages.yml", publications=publications)

    with pytest.raises(OutsideError):
        relay.after_push()
    assert relay.after_push().startswith("started pages.yml: ")
    assert relay.after_push() == ""
    now = Published(7300, "b")
    assert relay.after_push().startswith("started pages.yml: ")
    assert started == ["pages.yml", "pages.yml"]
