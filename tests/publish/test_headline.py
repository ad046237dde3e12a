"""What the banner says: who is wrong, by name and linked, and what was told of it last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from statusgen.base.clock import HOUR
from statusgen.incident.model import Impact, Incident
from statusgen.publish.edition import Edition
from statusgen.publish.incident_pages import incident_page
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
from statusgen.publish.status_page import status_page
from statusgen.status.snapshot import ComponentStatus
from tests.publish import factory, scenes
from tests.publish.test_reading import links, text_of
from tests.publish.trees import tree_of


def site(
    states: str, *incidents: Incident, planned: Sequence[str] = (), names: Mapping[str, str] = {}
) -> dict[str, object]:
    """Make the pages of a site whose components c1, c2 … are in the states of these letters."""
    ids = [f"c{number}" for number in range(1, len(states) + 1)]
    made: list[ComponentStatus] = [
        replace(
            factory.component(one, "u" * 89 + letter, name=names.get(one, "")),
            in_maintenance=one in planned,
        )
        for one, letter in zip(ids, states, strict=True)
    ]
    settings = factory.settings({"": ids}, names=names)
    edition = Edition.of(settings, factory.snapshot({"": made}), incidents)
    pages = [status_page(edition), *(incident_page(edition, one) for one in edition.incidents)]
    return {page.path: page for page in pages}


def banner(built: dict[str, object]) -> tuple[str, str, dict[str, str]]:
    """Return the headline, the lines below it, and where their links lead."""
    entry = built["index.html"]
    assert isinstance(entry, Asset)
    document = tree_of(entry.content)
    part = next(each for each in document.iter("section") if "banner" in each.get("class", ""))
    shown = [each for each in part.iter() if each.get("class", "").split()[-1:] == ["fresh"]]
    lines = [text_of(each) for each in shown if text_of(each)]
    found = {text_of(each): each.get("href", "") for each in part.iter("a")}
    assert document.findtext(".//title") == f"{lines[0]} · Example Status"
    return lines[0], " ".join(lines[1:]), found


@pytest.mark.parametrize(
    ("states", "planned", "sentence"),
    [
        ("uuu", (), "All Systems Operational"),
        ("uud", (), "C3 is down"),
        ("dud", (), "C1 and C3 are down"),
        ("dug", (), "C1 is down, C3 is degraded"),
        ("ddddu", (), "C1, C2, C3 and 1 more are down"),
        ("dddgpu", (), "C1, C2 and C3 are down, 1 more is partly down, 1 more is degraded"),
        ("dggggu", (), "C1 is down, C2, C3 and 2 more are degraded"),
        ("ddd", (), "All Systems Experiencing Major Outage"),
        ("u??", (), "All Measured Systems Operational; 2 not measured"),
        ("uu", ("c2",), "C2 is under maintenance"),
    ],
)
def test_the_headline_names_who_is_wrong(
    states: str, planned: Sequence[str], sentence: str
) -> None:
    told, _, found = banner(site(states, planned=planned))
    assert told == sentence
    for name, address in found.items():
        if name.startswith("C"):
            assert address == f"components/{name.lower()}/"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("uuud", "3 of 4 components are operational."),
        ("uu?d", "2 of 4 components are operational; no data for 1."),
        ("uuuu", ""),
        ("dddd", ""),
    ],
)
def test_how_many_are_fine_is_told_where_some_are_not(states: str, said: str) -> None:
    _, below, _ = banner(site(states))
    assert ("components are operational" in below) == bool(said)
    assert said in below


def test_one_open_incident_that_covers_all_that_is_wrong_speaks_for_the_page() -> None:
    told, below, found = banner(
        site("dgu", factory.incident("x", title="Logins fail", components=("c1", "c2")))
    )
    assert told == "Logins fail"
    assert "C1 is down, C2 is degraded" in below
    assert "A database is full." in below
    assert found["Logins fail"] == "incidents/x/"


def test_an_incident_that_does_not_cover_all_hides_nothing() -> None:
    told, below, found = banner(
        site("ddu", factory.incident("x", title="Logins fail", components=("c1",)))
    )
    assert told == "C1 and C2 are down"
    assert "A database is full." in below
    assert found["Identified"] == "incidents/x/"


def test_of_several_open_incidents_none_speaks_for_the_others() -> None:
    told, below, _ = banner(
        site(
            "ddu",
            factory.incident("x", title="Logins fail", components=("c1", "c2")),
            factory.incident("y", title="Mail is late", components=("c1", "c2")),
        )
    )
    assert told == "C1 and C2 are down"
    assert "database" not in below


def test_what_people_told_stands_though_all_checks_succeed() -> None:
    told, below, _ = banner(site("uuu", factory.incident("x", title="Logins fail")))
    assert told == "Logins fail"
    assert "fine" not in below


def test_an_incident_of_checks_that_recovered_claims_no_outage() -> None:
    lasting = replace(factory.incident("x", title="C1 is down"), automatic=True)
    told, _, _ = banner(site("uuu", lasting))
    assert told == "Some Systems Experiencing Degraded Performance"


def test_an_update_is_repeated_as_plain_words_and_cut() -> None:
    words = "# Now\n\nWe [*see*](https://example.com/) <b>it</b> & wait " + "on " * 200
    _, below, _ = banner(site("du", factory.incident("x", components=("c1",), bodies=(words,))))
    assert "Now We see <b>it</b> & wait on on" in below
    assert len(below) < 400
    assert "…" in below


def test_components_of_one_name_are_told_apart_wherever_they_stand_alone() -> None:
    groups = {
        name: [factory.component(one, "u" * 89 + "d", name="API")]
        for name, one in (("LocalLink", "ll"), ("SuoOps", "so"))
    } | {"Rest": [factory.component("web")]}
    settings = factory.settings(
        {"LocalLink": ["ll"], "SuoOps": ["so"], "Rest": ["web"]}, names={"ll": "API", "so": "API"}
    )
    told = factory.incident("x", title="Both fail", components=("ll", "so"))
    entries = render_site(settings, factory.snapshot(groups), [told]).entries
    built = {
        path: entry.content.decode() for path, entry in entries.items() if isinstance(entry, Asset)
    }
    assert "API (LocalLink)" in built["index.html"]
    assert "API (SuoOps)" in built["incidents/x/index.html"]
    page = built["components/ll/index.html"]
    assert "<h1>API (LocalLink)</h1>" in page
    assert "<title>API (LocalLink): Major Outage" in page
    assert "API (LocalLink)" in built["components/ll/rss.xml"]
    assert "Web (" not in built["index.html"]


def test_a_resolved_incident_is_past_and_green() -> None:
    over = replace(
        factory.incident("x", title="C1 and C2 are down", resolved=factory.NOW - HOUR),
        automatic=True,
        impact=Impact.CRITICAL,
    )
    entry = site("uu", over)["incidents/x/index.html"]
    assert isinstance(entry, Asset)
    document = tree_of(entry.content)
    assert text_of(document.find(".//h1")) == "C1 and C2 were down"
    assert (document.findtext(".//title") or "").startswith("Resolved: C1 and C2 were down")
    article = document.find(".//article")
    assert article is not None
    assert article.get("class") == "s-up"


def test_a_persons_title_stays_as_it_was_written() -> None:
    over = factory.incident("x", title="Mail is down", resolved=factory.NOW - HOUR)
    entry = site("uu", over)["incidents/x/index.html"]
    assert isinstance(entry, Asset)
    assert "<h1>Mail is down</h1>" in entry.content.decode()


def group_page(letters: str) -> object:
    names = [f"c{number}" for number in range(1, len(letters) + 1)]
    made = [
        factory.component(name, "u" * 89 + letter)
        for name, letter in zip(names, letters, strict=True)
    ]
    groups = {"Core": made, "Rest": [factory.component("web")]}
    settings = factory.settings({"Core": names, "Rest": ["web"]})
    entry = status_page(Edition.of(settings, factory.snapshot(groups), []))
    return tree_of(entry.content)


def test_in_an_open_group_what_is_wrong_stands_first_and_the_rest_is_folded() -> None:
    document = group_page("uguuud")
    rows = [text_of(each) for each in document.findall(".//h4/a")]  # type: ignore[attr-defined]
    assert rows == ["C6", "C2", "C1", "C3", "C4", "C5", "Web"]
    folds = [
        text_of(each)
        for each in document.findall(".//summary")  # type: ignore[attr-defined]
        if "more" in text_of(each)
    ]
    assert folds == ["4 more operational"]


def test_few_that_work_are_not_folded_and_nothing_is_where_all_work() -> None:
    for letters in ("udu", "uuuuu"):
        page = group_page(letters)
        assert not [
            each
            for each in page.findall(".//details")  # type: ignore[attr-defined]
            if "rest" in each.get("class", "")
        ]


def test_a_group_is_a_heading_and_has_a_strip_of_its_own() -> None:
    settings, snapshot, _ = scenes.quiet()
    entry = status_page(Edition.of(settings, snapshot, []))
    document = tree_of(entry.content)
    headings = [text_of(each) for each in document.findall(".//summary/h3")]
    assert headings == ["Core", "Payments", "Europe"]
    wholes = [each for each in document.iter("div") if each.get("class") == "whole"]
    assert len(wholes) == 3
    assert all(each.find(".//{*}svg") is not None for each in wholes)
    assert links(document)
