"""What each shape of a schedule is worth under GitHub's cron of 2026: see ``month``, ``github``."""

from __future__ import annotations

import bisect

import pytest

from statusgen.base.clock import HOUR, MINUTE
from statusgen.run.watch import Pace
from statusgen.setup.schedules import RELAY
from tests.simulator.month import END, Month, Play, months, table

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def shapes() -> list[Month]:
    return months(SEEDS[0])


@pytest.fixture(scope="module", params=SEEDS)
def relay(request: pytest.FixtureRequest, shapes: list[Month]) -> Month:
    if request.param == SEEDS[0]:
        return shapes[-1]
    pace = Pace(RELAY.round_every, RELAY.lasting, publish_every=HOUR)
    return Play("relay", pace, relay=True, seed=request.param).run()


def test_a_relay_checks_in_nearly_every_minute(relay: Month) -> None:
    print(f"{relay.checked_minutes:.4f} of minutes, {relay.coverage:.4f} observed")
    assert relay.checked_minutes >= 0.97
    assert relay.coverage >= relay.checked_minutes


def test_its_page_is_hardly_ever_out_of_date(relay: Month) -> None:
    """A promise that cannot be kept would grey the page each hour."""
    print(f"grey {relay.grey(MINUTE):.4f} of the time, {len(relay.pages)} pages")
    assert relay.grey(MINUTE) <= 0.005


def test_never_do_two_loops_run_at_once(relay: Month) -> None:
    assert relay.most_at_once == 1


def test_no_pushed_round_is_lost_and_a_killed_job_loses_ten_minutes_at_most(relay: Month) -> None:
    assert relay.torn == 0
    assert relay.kills, "a month without a lost runner would prove nothing"
    # While the repository takes no push, a job that ends loses all since the last.
    refused = sum(any(a <= at <= b for a, b in relay.refused) for at in relay.kills)
    assert len(relay.lost) <= 11 * len(relay.kills) + 20 * refused


def test_what_a_killed_job_had_not_pushed_is_told_as_a_hole(relay: Month) -> None:
    there = set(relay.rounds)
    for at in relay.lost:
        assert at not in there
        assert any(a < at < b for a, b in relay.holes)


def test_a_chain_that_broke_goes_on_with_the_next_cron_run_at_the_latest(relay: Month) -> None:
    for begun, ended in relay.holes:
        # A cron run that came while the lost runner's end was not noticed yet waits for that.
        following = bisect.bisect_right(relay.crons, begun)
        came = relay.crons[following] if following < len(relay.crons) else END
        # So does one that goes on, and ends while the repository takes no push.
        ends = [at for at in relay.kills if any(a <= at <= b for a, b in relay.refused)]
        late = [at for at in (*relay.noticed, *ends) if begun <= at <= ended]
        assert ended <= max([came, *late]) + 5 * MINUTE


def test_the_shapes_beside_one_another(shapes: list[Month]) -> None:
    plain, visits, relay = shapes
    print(table(shapes))

    # A single check a run covers 69 to 71 % under these gaps, whatever is done with it.
    assert 0.69 <= plain.coverage <= 0.71
    assert plain.coverage < visits.coverage < relay.coverage
    assert relay.longest_hole < visits.longest_hole
    assert plain.deployments == plain.commits
    assert visits.deployments < visits.commits
    assert relay.deployments < 40 * 30  # hourly, and on a change
    assert relay.minutes <= RELAY.minutes
    assert relay.commits < 30 * 24 * 60 / 8


@pytest.mark.long
def test_the_same_month_is_the_same_to_the_last_digit() -> None:
    pace = Pace(RELAY.round_every, RELAY.lasting, publish_every=HOUR)
    one, two = (Play("relay", pace, relay=True, seed=7).run() for _ in range(2))
    assert one == two
