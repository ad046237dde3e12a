"""Free allowances: what is used of each, and when a series says that it runs out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, parse_instant
from statusgen.gates.fuses import fuses
from statusgen.gates.series import Series
from statusgen.gates.trend import Refusal
from statusgen.roadmap.loader import load_roadmap

NOW = parse_instant("2026-11-20T00:00:00Z")
PLAN = """\
name: Plan
currency: USD
stages:
  - name: Now
    items:
      - name: Mail
        service:
          name: Mailer
          price: Free tier (5K emails/month), then $15/month
          usage: {email: 4K}
          %s
"""


def read(folder: Path, more: str = ""):  # type: ignore[no-untyped-def]
    path = folder / "plan.yml"
    path.write_text(PLAN % more)
    return load_roadmap(path)


def series(*figures: int) -> dict[str, Series]:
    start = NOW - 30 * DAY * (len(figures) - 1)
    points = tuple((start + 30 * DAY * n, Fraction(each)) for n, each in enumerate(figures))
    return {"emails": Series("emails", points)}


def test_what_an_author_wrote_has_a_share_and_no_day(tmp_path: Path) -> None:
    (found,) = fuses(read(tmp_path), {}, NOW)

    assert (found.unit, found.allowance) == ("email", Fraction(5000))
    assert found.share == Fraction(4, 5)
    assert found.runs_out is None
    assert found.on is None


def test_a_series_tells_when_it_runs_out(tmp_path: Path) -> None:
    """Five hundred more each month: from 4,000 the 5,000 are two months away."""
    plan = read(tmp_path, "measured_by: {email: emails}")

    (found,) = fuses(plan, series(2000, 2500, 3000, 3500, 4000), NOW)

    assert found.runs_out is not None
    assert abs(found.runs_out.likely - (NOW + 60 * DAY)) <= DAY
    assert found.on == NOW


@pytest.mark.parametrize(
    ("figures", "refused"),
    [((3000, 3500, 4000), Refusal.THIN), ((4000, 4010, 3990, 4000, 4005, 3995), Refusal.FLAT)],
)
def test_what_no_trend_shows_is_not_foretold(
    tmp_path: Path, figures: tuple[int, ...], refused: Refusal
) -> None:
    plan = read(tmp_path, "measured_by: {email: emails}")

    (found,) = fuses(plan, series(*figures), NOW)

    assert (found.runs_out, found.refused) == (None, refused)


def test_a_spent_allowance_has_no_day_to_come(tmp_path: Path) -> None:
    plan = read(tmp_path, "measured_by: {email: emails}")

    (found,) = fuses(plan, series(2000, 3000, 4000, 5200), NOW)

    assert found.share is not None
    assert found.share > 1
    assert found.runs_out is None
