"""What stands on a page, and in which order: where a slip would tell visitors the opposite."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from statusgen.base.clock import DAY, HOUR, MINUTE, parse_instant
from statusgen.base.states import State
from statusgen.incident.model import Affected, Impact, Incident
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
from tests.publish import factory, scenes
from tests.publish.trees import tree_of


def parsed(scene: scenes.Scene, path: str = "") -> Element:
    entry = render_site(*scene).entries[f"{path}index.html"]
    assert isinstance(entry, Asset)
    return tree_of(entry.content)


def text_of(node: Element | None) -> str:
    assert node is not None
    return " ".join("".join(node.itertext()).replace("\u00a0", " ").split())


def links(document: Element) -> dict[str, str]:
    """Return text → address of the links in the page's own part."""
    return {text_of(each): each.get("href", "") for each in document.findall(".//main//a")}


def told(*incidents: Incident) -> scenes.Scene:
    """Everything works, and that is told."""
    settings, snapshot, _ = scenes.quiet()
    return settings, snapshot, incidents


def alone(state: State, *incidents: Incident) -> scenes.Scene:
    """One component in one state."""
    letter = {"up": "u", "degraded": "g", "partial": "p", "down": "d", "unknown": "?"}[state]
    groups = {"Core": [factory.component("api", "u" * 89 + letter, state=state)]}
    return factory.settings({"Core": ["api"]}), factory.snapshot(groups), incidents


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.UP, "All Systems Operational"),
        (State.DEGRADED, "Api is degraded"),
        (State.PARTIAL, "Api is partly down"),
        (State.DOWN, "Api is down"),
        (State.UNKNOWN, "No data"),
    ],
)
def test_a_state_is_painted_as_it_is_named_wherever_it_stands(state: State, sentence: str) -> None:
    document = parsed(alone(state))

    banner = document.find(".//section[@aria-label]")
    assert banner is not None
    assert banner.get("class", "").split() == ["banner", f"s-{state}"]
    assert sentence in text_of(document.find(".//h1"))
    (icon,) = (each for each in document.iter("link") if each.get("rel") == "icon")
    assert icon.get("href") == f"icons/{state}.svg"
    shapes = [each.get("href") for each in document.findall(".//main//use")]
    shapes.remove("#unknown")  # the banner's other icon, for a page out of date
    assert set(shapes) == {f"#{state}"}
    for path in ("components/api/", "history/"):
        (icon,) = (
            each
            for each in parsed(alone(state), path).iter("link")
            if "icon" in each.get("rel", "")
        )
        assert icon.get("href", "").endswith(f"icons/{state}.svg")


@pytest.mark.parametrize(
    ("impact", "state"),
    [(Impact.MINOR, "degraded"), (Impact.MAJOR, "down"), (Impact.CRITICAL, "down")],
)
def test_what_people_report_is_painted_though_every_check_succeeds(
    impact: Impact, state: str
) -> None:
    document = parsed(alone(State.UP, factory.incident(impact=impact)))

    banner = document.find(".//section[@aria-label]")
    assert banner is not None
    assert banner.get("class") != "banner s-up"
    assert "All Systems Operational" not in text_of(document.find(".//h1"))
    card = next(each for each in document.iter("article"))
    assert card.get("class", "").split()[-1] == f"s-{state}"


def test_an_incident_that_is_over_caps_nothing() -> None:
    over = factory.incident(resolved=factory.NOW - HOUR, impact=Impact.CRITICAL)
    assert text_of(parsed(alone(State.UP, over)).find(".//h1")).startswith("All Systems")


def at(written: str, **more: object) -> Incident:
    """An incident of an hour that began at an instant."""
    began = parse_instant(written)
    return factory.incident(
        written[:10],
        title=f"Began {written}",
        started=began,
        resolved=began + HOUR,
        **more,  # type: ignore[arg-type]
    )


MONTHS = told(
    at("2026-07-03T10:00:00Z"),
    at("2026-09-13T10:00:00Z"),
    at("2026-09-20T10:00:00Z"),
    # 1 October in Berlin, where the site is.
    at("2026-09-30T22:30:00Z"),
)


@pytest.mark.parametrize(
    ("month", "newer", "older"),
    [
        ("2026-11", None, ("October 2026", "2026-10")),
        ("2026-10", ("November 2026", "2026-11"), ("September 2026", "2026-09")),
        ("2026-09", ("October 2026", "2026-10"), ("July 2026", "2026-07")),
        ("2026-07", ("September 2026", "2026-09"), None),
    ],
)
def test_newer_leads_to_the_newer_month_and_older_to_the_older(
    month: str, newer: tuple[str, str] | None, older: tuple[str, str] | None
) -> None:
    document = parsed(MONTHS, f"history/{month}/")
    found = {
        rel: (text_of(each), each.get("href"))
        for each in document.findall(".//main//a[@rel]")
        for rel in [each.get("rel")]
    }
    for rel, word, expected in (("next", "Newer", newer), ("prev", "Older", older)):
        if expected is None:
            assert rel not in found
        else:
            name, path = expected
            text, href = found[rel]
            assert href == f"../../history/{path}/"
            assert text == f"{word}: {name}"


def test_months_are_listed_newest_first_with_the_incidents_of_the_sites_own_days() -> None:
    document = parsed(MONTHS, "history/")
    rows = [text_of(each) for each in document.findall(".//main//ul/li")]
    assert rows == [
        "November 2026 no incidents",
        "October 2026 1 incident",
        "September 2026 2 incidents",
        "July 2026 1 incident",
    ]
    titles = [text for text in links(document) if text.startswith("Began")]
    assert titles == [
        "Began 2026-09-30T22:30:00Z",
        "Began 2026-09-20T10:00:00Z",
        "Began 2026-09-13T10:00:00Z",
    ]
    of_september = links(parsed(MONTHS, "history/2026-09/"))
    assert [text for text in of_september if text.startswith("Began")] == titles[1:]


def test_an_incident_leads_to_the_month_in_which_it_stands() -> None:
    for day, name, month in (
        ("2026-09-13", "September 2026", "2026-09"),
        ("2026-09-30", "October 2026", "2026-10"),
    ):
        found = links(parsed(MONTHS, f"incidents/{day}/"))
        assert found[name] == f"../../history/{month}/"


def test_of_a_long_incident_the_newest_updates_stand_and_the_others_are_offered() -> None:
    bodies = [f"Word {number}." for number in range(1, 6)]
    document = parsed(told(factory.incident("2026-11-20-long", bodies=bodies)))
    card = next(each for each in document.iter("article"))
    assert re.findall(r"Word \d", text_of(card)) == ["Word 5", "Word 4", "Word 3"]
    assert links(document)["2 earlier updates"] == "incidents/2026-11-20-long/"
    page = parsed(
        told(factory.incident("2026-11-20-long", bodies=bodies)), "incidents/2026-11-20-long/"
    )
    assert re.findall(r"Word \d", text_of(page.find(".//article"))) == [
        f"Word {number}" for number in range(5, 0, -1)
    ]


def test_the_incident_spoken_of_last_stands_first() -> None:
    old = factory.incident(
        "old", title="Old but alive", started=factory.NOW - 9 * HOUR, bodies=["a"]
    )
    word = replace(old.updates[0], at=factory.NOW - MINUTE, body="news")
    old = replace(old, updates=(*old.updates, word))
    new = factory.incident("new", title="New and silent", started=factory.NOW - 2 * HOUR)
    document = parsed(told(new, old))
    titles = [text_of(each.find(".//h3")) for each in document.iter("article")]
    assert titles == ["Old but alive", "New and silent"]


def test_a_component_that_is_gone_is_named_without_a_link() -> None:
    incident = factory.incident("x", components=["api", "gone"])
    document = parsed(told(incident), "incidents/x/")
    facts = {text_of(row.find("dt")): row.find("dd") for row in document.findall(".//dl/div")}
    assert text_of(facts["Affected"]) == "Api, gone"
    affected = facts["Affected"]
    assert affected is not None
    assert [text_of(each) for each in affected.iter("a")] == ["Api"]


def test_an_incident_stands_at_the_days_that_it_touched_and_at_no_other() -> None:
    """It lasted from the 17th to the 18th, in Berlin; of its two components one was late."""
    began = parse_instant("2026-11-17T22:30:00Z")
    incident = factory.incident("night", title="Night", started=began, resolved=began + 2 * HOUR)
    document = parsed(told(incident), "components/api/")
    table = next(each for each in document.findall(".//table") if "Down" in text_of(each))
    days = {text_of(row.find("td")): text_of(row) for row in table.findall(".//tbody/tr")}
    assert {day for day, row in days.items() if "Night" in row} == {"17 Nov 2026", "18 Nov 2026"}


def test_a_reason_is_that_of_the_check_that_made_the_state() -> None:
    component = factory.component("api", "u" * 89 + "d", reason="status", code=503)
    slow = replace(
        component.checks[0], monitor="slow", name="Slow", state=State.DEGRADED, reason="slow"
    )
    component = replace(component, checks=(slow, *component.checks))
    settings, snapshot = (
        factory.settings({"Core": ["api"]}),
        factory.snapshot({"Core": [component]}),
    )
    shown = text_of(parsed((settings, snapshot, [])).find(".//p[@class='why']"))
    assert shown.endswith("it answered with HTTP 503")
    assert "slower" not in shown
    page = text_of(parsed((settings, snapshot, []), "components/api/").find(".//main"))
    assert "Degraded Performance: it answered slower than it should" in page


def test_windows_that_begin_before_a_component_say_since_when_they_count() -> None:
    groups = {"Core": [factory.component("api", "u" * 20)]}
    scene: scenes.Scene = (factory.settings({"Core": ["api"]}), factory.snapshot(groups), [])
    document = parsed(scene, "components/api/")
    table = next(each for each in document.findall(".//table") if "Coverage" in text_of(each))
    assert [text_of(row.find("th")) for row in table.findall(".//tbody/tr")] == [
        "24 hours",
        "7 days",
        "30 days (since 1 Nov 2026)",
        "90 days (since 1 Nov 2026)",
    ]


def test_an_incident_of_another_component_stands_on_its_own_page_alone() -> None:
    mail = replace(
        factory.incident("mail", title="Mail is slow"),
        affected=(Affected(component="mail", start=factory.NOW - DAY, end=None),),
    )
    assert "Mail is slow" in links(parsed(told(mail), "components/mail/"))
    assert "Mail is slow" not in links(parsed(told(mail), "components/api/"))


def test_the_header_marks_the_page_that_it_stands_on() -> None:
    def marked(path: str) -> list[tuple[str, str | None]]:
        document = parsed(told(), path)
        return [
            (text_of(each), each.get("aria-current"))
            for each in document.findall(".//header//nav//a")
        ]

    assert marked("") == [("Status", "page"), ("Incidents", None)]
    assert marked("history/") == [("Status", None), ("Incidents", "page")]
    assert marked("components/api/") == [("Status", "true"), ("Incidents", None)]


def test_a_time_says_its_year() -> None:
    old = at("2025-12-31T10:00:00Z")
    times = parsed(told(old), "incidents/2025-12-31/").findall(".//dl//time")
    assert [(text_of(each), each.get("data-f")) for each in times] == [
        ("31 Dec 2025, 11:00 CET", "d"),
        ("31 Dec 2025, 12:00 CET", "d"),
    ]


@pytest.mark.parametrize("path", ["", "components/api/", "history/", "history/2026-11/"])
def test_every_page_carries_when_it_must_call_itself_out_of_date(path: str) -> None:
    for scene, late in ((scenes.quiet(), False), (scenes.stale(), True)):
        document = parsed(scene, path)
        moment = parse_instant(document.find("body").get("data-stale", ""))  # type: ignore[union-attr]
        # The first round from the next full hour on is published within ten minutes; two and a
        # half cadences later it has not come.
        last, hour = scene[1].last_round or 0, 3600
        assert 0 <= moment - 750 - 600 - (last // hour + 1) * hour < 300
        assert (document.get("class") == "stale") is late
        old = [text_of(each) for each in document.iter() if "old" in each.get("class", "").split()]
        assert any("This page is out of date" in text for text in old)


def test_before_the_first_round_nothing_can_be_out_of_date() -> None:
    body = parsed(scenes.nothing()).find("body")
    assert body is not None
    assert body.get("data-stale") is None


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://api.example.com/docs", ["https://api.example.com/docs"]),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_a_components_own_address_is_a_link_or_nothing_at_all(link: str, shown: list[str]) -> None:
    groups = {"Core": [factory.component("api", link=link)]}
    document = parsed(
        (factory.settings({"Core": ["api"]}), factory.snapshot(groups), []), "components/api/"
    )
    outward = [each for each in document.findall(".//main//a") if "nofollow" in each.get("rel", "")]
    assert [each.get("href") for each in outward] == shown
