"""The views of a timeline: by quarters, by who and by state, each with an address of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from statusgen.publish.manifest import Manifest, Page
from statusgen.publish.roadmaps.drawings.timeline_views import Period, periods
from tests.publish.roadmaps import conftest
from tests.publish.roadmaps.links import dead_links
from tests.publish.roadmaps.test_other_money import built, drawn

# ruff: noqa: E501 - lines of YAML
PLAN = """currency: USD
stages:
- id: base
  name: Foundations
  owner: Ines
  status: done
  when: 2026-07-06..2026-09-30
- id: data
  name: Data twice
  items:
  - {id: replica, name: Replica, owner: Ines, due: 2026-10-05..2026-11-27, status: current}
  - {id: backup, name: Backups, owner: " INES ", due: 2026-12-01..2026-12-11, depends_on: [base]}
  - {id: drill, name: Drill, owner: Olu, due: 2027-01-11..2027-01-22, depends_on: [backup]}
  - {id: review, name: Review, due: 2027-02}
- {id: later, name: Far off, when: 2027-02-01+}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return built(tmp_path_factory.mktemp("views"), PLAN)


def addresses(manifest: Manifest) -> set[str]:
    """Return the folders of the pages of the timeline."""
    start = "roadmaps/plan/timeline/"
    found = (entry.path for entry in manifest if isinstance(entry, Page))
    return {one.removeprefix(start)[: -len("index.html")] for one in found if one.startswith(start)}


def body(manifest: Manifest, path: str) -> str:
    """Return the body of a page; a manifest knows paths in small letters."""
    return conftest.body(manifest, path.lower())


def picture(manifest: Manifest, view: str) -> list[str]:
    """Return the texts of the drawing of a view."""
    path = f"plan/timeline/{view}timelines.svg"
    return drawn(conftest.content(manifest, path.lower()))


def menu(page: str, name: str) -> dict[str, str]:
    """Return the links of a menu by their text; the one that is shown is marked."""
    part = re.search(rf'<nav class="rm-choose" aria-label="{name}">.*?</nav>', page, re.S)
    assert part is not None
    links = re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', part[0], re.S)
    return {
        ("*" if "aria-current" in more else "") + " ".join(re.sub("<[^>]*>", "", text).split()): to
        for to, more, text in links
    }


def rows(manifest: Manifest, view: str) -> list[str]:
    """Return the first cells of the table beneath the drawing: what a screen reader is told."""
    page = body(manifest, f"plan/timeline/{view}")
    table = re.findall(r'<table class="sg-table[^"]*">.*?</table>', page, re.S)
    return re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]*)', "".join(table))


def test_each_quarter_with_work_has_a_page_in_each_grouping(plan: Manifest) -> None:
    quarters = ["", "2026-Q3/", "2026-Q4/", "2027-Q1/"]
    assert addresses(plan) == {
        one + two for one in quarters for two in ("", "by-owner/", "by-state/")
    }
    assert dead_links(plan)[0] == []


def test_a_menu_keeps_what_the_other_one_chose(plan: Manifest) -> None:
    page = body(plan, "plan/timeline/2026-Q4/by-owner/")
    assert list(menu(page, "Shown")) == ["All", "2026 Q3", "*2026 Q4 now", "2027 Q1"]
    assert menu(page, "Shown")["2027 Q1"].endswith("timeline/2027-Q1/by-owner/")
    assert list(menu(page, "Grouped by")) == ["Stages", "*Who", "State"]
    assert menu(page, "Grouped by")["State"].endswith("timeline/2026-Q4/by-state/")
    assert "<h1>Timeline, 2026 Q4, by who sees to it</h1>" in page


def test_a_quarter_shows_its_work_and_what_reaches_into_it(plan: Manifest) -> None:
    assert rows(plan, "2026-Q3/") == ["Foundations"]
    assert rows(plan, "2026-Q4/") == ["Replica", "Backups"]
    assert rows(plan, "2027-Q1/") == ["Drill", "Review", "Far off"]


def test_what_it_waits_for_outside_of_a_quarter_is_named(plan: Manifest) -> None:
    quarter = " ".join(picture(plan, "2026-Q4/"))
    assert "needs Foundations" in quarter
    assert "needs" not in " ".join(picture(plan, ""))
    assert "A thin arrow leads" in body(plan, "plan/timeline/")


def test_every_view_has_the_day_of_the_page_and_mondays(plan: Manifest) -> None:
    for view in ("2026-Q4/", "2026-Q4/by-owner/", "2026-Q4/by-state/"):
        texts = picture(plan, view)
        assert "The dashed line is the day" in body(plan, f"plan/timeline/{view}")
        assert {"Oct 2026", "Nov", "Dec", "5", "12", "28"} <= set(texts)
    assert "The dashed line is the day" not in body(plan, "plan/timeline/2027-Q1/")


def test_groups_stand_under_who_and_under_states(plan: Manifest) -> None:
    owners = picture(plan, "by-owner/")
    heads = [owners.index(name) for name in ("Ines", "Olu", "Nobody named")]
    assert heads == sorted(heads)
    assert heads[0] < owners.index("Backups") < heads[1]  # however its author wrote the name
    assert owners.index("Review") > heads[2] < owners.index("Far off")
    states = picture(plan, "by-state/")
    named = [states.index(name) for name in ("Under way", "Planned", "Done")]
    assert named[0] < states.index("Replica") < named[1] < states.index("Drill") < named[2]


def test_a_stage_without_a_time_heads_its_work(plan: Manifest) -> None:
    texts = picture(plan, "")
    assert texts.index("Data twice") < texts.index("Replica")


@pytest.mark.parametrize(
    "text",
    [
        # Weeks that nobody dated have no quarters; nobody is named, all is planned.
        "stages:\n- {name: A, when: Week 1-2}\n- {name: B, when: Week 20}\n",
        # All in one quarter.
        "stages:\n- {name: A, when: 2026-10-01..2026-10-09}\n- {name: B, when: 2026-12-31}\n",
        # Only what is not on the timeline has an owner.
        "stages:\n- {name: A, when: Week 1, items: [{name: I, owner: Ines}]}\n- {name: B, when: Week 2}\n",
    ],
    ids=["weeks", "one quarter", "an owner elsewhere"],
)
def test_where_there_is_nothing_to_choose_there_is_no_menu(tmp_path: Path, text: str) -> None:
    made = built(tmp_path, "currency: USD\n" + text)
    assert addresses(made) == {""}
    assert "rm-choose" not in body(made, "plan/timeline/")


def test_weeks_without_dates_can_be_grouped(tmp_path: Path) -> None:
    text = (
        "stages:\n- {name: A, owner: Ines, when: Week 1}\n- {name: B, owner: Olu, when: Week 2}\n"
    )
    assert addresses(built(tmp_path, "currency: USD\n" + text)) == {"", "by-owner/"}


def days(*pairs: tuple[str, str]) -> list[tuple[float, float | None]]:
    """Return spans from first to last days; an empty last day is an open end."""
    return [
        (
            float(date.fromisoformat(one).toordinal()),
            float(date.fromisoformat(two).toordinal() + 1) if two else None,
        )
        for one, two in pairs
    ]


def test_quarters_without_work_are_left_out_and_long_plans_have_years() -> None:
    gap = days(("2026-01-01", "2026-03-31"), ("2026-12-31", "2027-01-01"))
    assert [one.key for one in periods(gap)] == ["2026-Q1", "2026-Q4", "2027-Q1"]
    long = days(("2026-02-01", "2026-02-02"), ("2029-05-01", ""))
    assert periods(long) == [Period(2026), Period(2029)]
    assert periods(days(("2026-02-01", "9999-12-31"))) == []
    assert periods(days(("2026-01-01", "2026-03-31"))) == []
    assert periods(days(("2026-02-01", ""))) == []
    assert periods([]) == []


def test_a_quarter_begins_and_ends_with_its_days() -> None:
    one = Period(2026, 4)
    assert one.meets(*days(("2026-12-31", "2027-02-01"))[0])
    assert one.meets(*days(("2026-10-01", "2026-10-01"))[0])
    assert not one.meets(*days(("2027-01-01", ""))[0])
    assert not one.meets(*days(("2026-09-01", "2026-09-30"))[0])
