"""When pages are published anew, what they promise, and when one is old."""

from __future__ import annotations

import pytest

from statusgen.status.publication import (
    Published,
    Why,
    next_publication,
    old_after,
    why_publish,
)

HOUR = 3600
NOON = 1_795_003_200 // HOUR * HOUR


def at(minute: int, shown: str = "a") -> Published:
    return Published(NOON + 60 * minute, shown)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (None, at(3), Why.FIRST),
        (at(3), at(8, "b"), Why.CHANGED),
        (at(3), at(58), None),
        (at(3), at(60), Why.TIME),
        (at(58), at(63), Why.TIME),
        (at(3), at(400), Why.TIME),
        (at(3), at(3), None),
        (at(3), at(3, "b"), Why.CHANGED),  # a person wrote something; no round came
        (Published(None, "a"), at(3), Why.TIME),
        (at(3), Published(None, "a"), None),
        (at(63), at(58), None),  # a clock was set back
    ],
)
def test_what_is_published(before: Published | None, now: Published, why: Why | None) -> None:
    assert why_publish(before, now, HOUR) is why


@pytest.mark.parametrize("every", [300, 900, HOUR, 6 * HOUR])
@pytest.mark.parametrize("cadence", [60, 300, 317, 3900, 86_400])
def test_who_comes_when_due_keeps_the_promise(every: int, cadence: int) -> None:
    """Rounds that keep their cadence publish no later than the page before them promised."""
    published = Published(NOON + 17, "a")
    for number in range(1, 200):
        now = Published(NOON + 17 + number * cadence, "a")
        assert now.last_round is not None
        assert published.last_round is not None
        promised = next_publication(published.last_round, every, cadence)
        if why_publish(published, now, every):
            assert now.last_round <= promised
            published = now
        else:
            assert now.last_round < promised
        assert now.last_round < old_after(promised, cadence)
