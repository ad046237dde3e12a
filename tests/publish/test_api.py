"""What programs read, read as they read it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from statusgen.base.clock import DAY, HOUR, parse_instant
from statusgen.incident.model import Impact
from statusgen.incident.window import Schedule
from statusgen.publish.api.schemas import all_schemas, schema_of
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from tests.publish import factory, scenes
from tests.publish.windows import window

NOW = factory.NOW
ROOT = "https://status.example.com/"
STATUS_OF = {"u": "operational", "g": "degraded_performance", "d": "major_outage"}


def content(manifest: Manifest, path: str) -> str:
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    return entry.content.decode()


def parsed(text: str) -> list[Any]:
    """Return the families of metrics as Prometheus' own client reads them."""
    return list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call]


def read(manifest: Manifest, path: str) -> Any:
    return json.loads(content(manifest, path))


@cache
def judge(name: str) -> jsonschema.Draft202012Validator:
    """Return who judges by a published schema; that it is one has a test of its own."""
    return jsonschema.Draft202012Validator(all_schemas()[name])


def planned(*windows: Any) -> Schedule:
    return Schedule(tuple(windows), NOW)


@pytest.fixture(scope="module")
def outage() -> Manifest:
    """A site with an outage, a window under way, one to come and one that repeats."""
    settings, snapshot, incidents = scenes.outage()
    plan = planned(
        window("2026-11-20-disks", NOW - HOUR, NOW + HOUR, components=("mail",)),
        window("2026-11-25-racks", NOW + 5 * DAY, NOW + 5 * DAY + HOUR, components=("api",)),
        window("2026-11-01-backups", NOW - 19 * DAY, NOW - 19 * DAY + HOUR, rule="FREQ=WEEKLY"),
        window("2026-11-02-over", NOW - 18 * DAY, NOW - 18 * DAY + HOUR),
    )
    return render_site(settings, snapshot, incidents, schedule=plan)


@pytest.mark.parametrize("name", sorted(scenes.ALL))
def test_every_json_file_of_every_site_holds_to_its_published_schema(name: str) -> None:
    manifest = scenes.site(scenes.ALL[name])
    checked = 0
    for entry in manifest:
        if not entry.path.endswith((".json", "api-catalog")) or entry.path.startswith("schema/"):
            continue
        schema = schema_of(entry.path)
        assert schema, entry.path
        assert f"schema/api/{schema}.json" in manifest.entries
        judge(schema).validate(read(manifest, entry.path.casefold()))
        checked += 1
    assert checked > 30


def test_windows_hold_to_the_schema_too(outage: Manifest) -> None:
    for entry in outage:
        if entry.path.startswith("api/v2/"):
            judge("statuspage").validate(read(outage, entry.path))


def test_published_schemas_are_schemas(outage: Manifest) -> None:
    for name, schema in all_schemas().items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert read(outage, f"schema/api/{name}.json") == schema


def test_a_statuspage_client_reads_all_eight_files(outage: Manifest) -> None:
    found = {
        entry.path.removeprefix("api/v2/"): read(outage, entry.path)
        for entry in outage
        if entry.path.startswith("api/v2/")
    }
    keys = {path: [key for key in document if key != "page"] for path, document in found.items()}
    assert keys == {
        "summary.json": ["components", "incidents", "scheduled_maintenances", "status"],
        "status.json": ["status"],
        "components.json": ["components"],
        "incidents.json": ["incidents"],
        "incidents/unresolved.json": ["incidents"],
        "scheduled-maintenances.json": ["scheduled_maintenances"],
        "scheduled-maintenances/active.json": ["scheduled_maintenances"],
        "scheduled-maintenances/upcoming.json": ["scheduled_maintenances"],
    }
    pages = [document["page"] for document in found.values()]
    assert all(page == pages[0] for page in pages)
    assert pages[0]["updated_at"] == "2026-11-20T20:10:03.000Z"
    assert found["status.json"]["status"]["indicator"] == "critical"


def test_components_stand_in_groups_and_positions_begin_anew_in_each(outage: Manifest) -> None:
    components = read(outage, "api/v2/components.json")["components"]
    by_id = {each["id"]: each for each in components}
    assert len(by_id) == len(components)
    groups = [each for each in components if each["group"]]
    assert [(each["name"], each["position"]) for each in groups] == [
        ("Core", 1), ("Payments", 2), ("Europe", 3),
    ]  # fmt: skip
    for group in groups:
        children = [by_id[each] for each in group["components"]]
        assert [each["position"] for each in children] == list(range(1, len(children) + 1))
        assert {each["group_id"] for each in children} == {group["id"]}
    states = {each["name"]: each["status"] for each in components}
    assert states["Api"] == "major_outage"
    assert states["Web app"] == "degraded_performance"
    assert states["Sign in"] != "operational"  # nothing is known of it
    assert states["Core"] == "major_outage"
    assert states["Invoices"] == "operational"


def test_the_page_is_named_as_clients_put_paths_behind_it(outage: Manifest) -> None:
    assert read(outage, "api/v2/status.json")["page"]["url"] == ROOT.rstrip("/")


def test_links_made_of_the_ids_lead_to_the_pages(outage: Manifest) -> None:
    told = read(outage, "api/v2/incidents.json")["incidents"]
    told += read(outage, "api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
    assert told
    for each in told:
        page = content(outage, f"incidents/{each['id']}/index.html")
        assert f'href="{each["shortlink"]}"' in page  # the canonical address


def test_the_feeds_stand_at_statuspages_addresses_too(outage: Manifest) -> None:
    for old, ours in (("history.rss", "history/rss.xml"), ("history.atom", "history/atom.xml")):
        assert content(outage, old) == content(outage, ours)


@pytest.mark.parametrize(
    ("measured", "impact", "own", "status"),
    [
        ("u", Impact.MAJOR, None, "partial_outage"),
        ("u", Impact.MAJOR, Impact.MINOR, "degraded_performance"),
        ("u", Impact.NONE, None, "operational"),
        ("g", Impact.CRITICAL, None, "degraded_performance"),
        ("g", Impact.CRITICAL, Impact.MAJOR, "partial_outage"),
        ("d", Impact.MINOR, Impact.MINOR, "major_outage"),
    ],
)
def test_what_people_report_of_a_component_is_its_status_too(
    measured: str, impact: Impact, own: Impact | None, status: str
) -> None:
    settings = factory.settings({"Core": ["api", "web"]})
    seen = factory.snapshot(
        {"Core": [factory.component("api", "u" * 89 + measured), factory.component("web")]}
    )
    told = factory.incident(impact=impact)
    told = replace(told, affected=(replace(told.affected[0], component="api", impact=own),))
    for incident, expected in (
        (told, status),
        (replace(told, automatic=True), STATUS_OF[measured]),
        (factory.incident(impact=impact, resolved=NOW), STATUS_OF[measured]),  # over
    ):
        files = render_site(settings, seen, [incident])
        components = read(files, "api/v2/summary.json")["components"]
        states = {each["name"]: each["status"] for each in components}
        assert states == {"Core": expected, "Api": expected, "Web": "operational"}


def test_an_incident_tells_its_updates_newest_first_and_what_they_changed(
    outage: Manifest,
) -> None:
    incidents = read(outage, "api/v2/incidents.json")["incidents"]
    open_one = incidents[0]
    assert open_one["name"] == "API is not answering"
    assert open_one["impact"] == "critical"
    assert open_one["resolved_at"] is None
    assert open_one["shortlink"] == f"{ROOT}incidents/2026-11-20-api-down/"
    times = [each["created_at"] for each in open_one["incident_updates"]]
    assert times == sorted(times, reverse=True)
    assert open_one["status"] == open_one["incident_updates"][0]["status"]
    change = open_one["incident_updates"][-1]["affected_components"][0]
    assert (change["name"], change["old_status"], change["new_status"]) == (
        "Core - Api", "operational", "major_outage",
    )  # fmt: skip
    assert change["code"] == open_one["components"][0]["id"]
    over = next(each for each in incidents if each["name"] == "Sign-in fails for some")
    assert over["status"] == "resolved"
    assert over["resolved_at"] == over["updated_at"]
    assert over["incident_updates"][0]["affected_components"][0]["new_status"] == "operational"
    unresolved = read(outage, "api/v2/incidents/unresolved.json")["incidents"]
    assert unresolved == [open_one]


def test_ids_stay_when_an_incident_goes_on_and_gets_a_better_title() -> None:
    def incident(manifest: Manifest) -> Any:
        return read(manifest, "api/v2/incidents.json")["incidents"][0]

    settings, snapshot, _ = scenes.quiet()
    first = factory.incident(bodies=["One."])
    later = replace(factory.incident(bodies=["One.", "Two."]), title="Better")
    before = incident(render_site(settings, snapshot, [first]))
    after = incident(render_site(settings, snapshot, [later]))
    assert after["id"] == before["id"]
    assert after["incident_updates"][1]["id"] == before["incident_updates"][0]["id"]
    assert after["name"] == "Better"


def test_maintenance_is_told_by_its_course_each_occurrence_by_itself(outage: Manifest) -> None:
    def told(path: str) -> list[Any]:
        found: list[Any] = read(outage, f"api/v2/scheduled-maintenances{path}.json")[
            "scheduled_maintenances"
        ]
        return found

    (active,) = told("/active")
    assert active["status"] == "in_progress"
    assert active["impact"] == "maintenance"
    assert active["scheduled_for"] == "2026-11-20T19:12:00.000Z"
    assert active["scheduled_until"] == "2026-11-20T21:12:00.000Z"
    assert [each["status"] for each in active["incident_updates"]] == ["in_progress", "scheduled"]
    assert active["components"][0]["status"] in ("operational", "under_maintenance")
    upcoming = told("/upcoming")
    weekly = [each for each in upcoming if "backups" in each["shortlink"]]
    assert len(weekly) == 5  # in 31 days
    assert len({each["id"] for each in upcoming}) == len(upcoming)
    assert {each["status"] for each in upcoming} == {"scheduled"}
    over = [each for each in told("") if each["status"] == "completed"]
    assert {"over", "backups"} == {
        each["shortlink"].rstrip("/").rpartition("-")[2] for each in over
    }
    summary = read(outage, "api/v2/summary.json")["scheduled_maintenances"]
    assert summary == [active, *upcoming]


def test_upptimes_files_have_its_keys_labels_and_colours(outage: Manifest) -> None:
    rows = read(outage, "history/summary.json")
    assert [row["slug"] for row in rows][:2] == ["api", "web-app"]
    api = rows[0]
    assert list(api) == [
        "name", "url", "icon", "slug", "status",
        "uptime", "uptimeDay", "uptimeWeek", "uptimeMonth", "uptimeYear",
        "time", "timeDay", "timeWeek", "timeMonth", "timeYear", "dailyMinutesDown",
    ]  # fmt: skip
    assert api["status"] == "down"
    assert api["url"] == "https://api.example.com/"
    assert api["dailyMinutesDown"]["2026-11-20"] == 72
    names = [each.path for each in outage if each.path.startswith("api/api/")]
    assert len(names) == 10
    assert read(outage, "api/api/response-time-week.json") == {
        "schemaVersion": 1, "label": "response time 7d", "message": "123 ms",
        "color": "brightgreen",
    }  # fmt: skip
    assert re.fullmatch(r"\d+(\.\d+)?%", read(outage, "api/mail/uptime-day.json")["message"])
    assert content(outage, "api/web-app/uptime-day.json").count("\n") == 1


def test_a_figure_that_nobody_measured_is_no_hundred_percent() -> None:
    manifest = scenes.site(scenes.nothing)
    assert read(manifest, "api/api/uptime.json")["message"] == "unknown"
    assert read(manifest, "history/summary.json")[0]["uptimeDay"] == "unknown"
    assert read(manifest, "api/v2/status.json")["status"]["indicator"] != "none"
    assert "unknown api Api" in content(manifest, "status.txt")


def test_metrics_are_read_by_prometheus_own_parser(outage: Manifest) -> None:
    families = {family.name: family for family in parsed(content(outage, "metrics.txt"))}
    assert all(family.documentation and family.type != "unknown" for family in families.values())
    states = {
        sample.labels["component"]: sample.labels["statusgen_component_state"]
        for sample in families["statusgen_component_state"].samples
        if sample.value == 1
    }
    assert states["api"] == "down"
    assert states["web-app"] == "degraded"
    ratios = [sample.value for sample in families["statusgen_uptime_ratio"].samples]
    assert ratios
    assert all(0 <= ratio <= 1 for ratio in ratios)
    (last,) = families["statusgen_last_round_timestamp_seconds"].samples
    assert last.value == parse_instant("2026-11-20T20:10:03Z")


def test_names_of_any_letters_stay_one_label_and_one_line() -> None:
    name = 'quote " back \\ line\nbreak'
    settings = factory.settings({"Core": ["api"]}, name=name)
    manifest = render_site(settings, factory.snapshot({"Core": [factory.component("api")]}), [])
    (site, *_) = parsed(content(manifest, "metrics.txt"))
    assert site.samples[0].labels["name"] == name
    first, second, *_ = content(manifest, "status.txt").splitlines()
    assert first.startswith("page: quote")
    assert second == "state: up"


def test_the_state_as_text_and_as_markdown(outage: Manifest) -> None:
    lines = content(outage, "status.txt").splitlines()
    assert lines[1] == "state: down"
    assert "down api Api" in lines
    markdown = content(outage, "status.md")
    assert f"### [API is not answering]({ROOT}incidents/2026-11-20-api-down/)" in markdown
    assert markdown.index("Identified") < markdown.index("Investigating")
    assert f"| [Core: Api]({ROOT}components/api/) | Major Outage |" in markdown
    listed = re.findall(r"\]\((\S+)\)", content(outage, "llms.txt"))
    assert listed
    for address in listed:
        path = address.removeprefix(ROOT)
        page = f"{path}index.html" if path.endswith("/") or not path else path
        assert page in outage.entries, address


def test_markdown_of_a_stranger_is_no_markdown() -> None:
    settings, snapshot, _ = scenes.quiet()
    evil = factory.incident(title="a](javascript:x) | **b**", bodies=["# c\n\n<script>d</script>"])
    markdown = content(render_site(settings, snapshot, [evil]), "status.md")
    assert r"a\](javascript:x) \| \*\*b\*\*" in markdown
    assert not re.search(r"(?<!\\)<", markdown)


def test_badges_are_pictures_of_text_alone(outage: Manifest) -> None:
    pictures = [each for each in outage if re.match(r"badges/.*\.svg", each.path)]
    assert len(pictures) > 50
    for each in pictures:
        root = ElementTree.fromstring(content(outage, each.path))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "rect", "g", "text", "clipPath"}
        assert not [name for e in root.iter() for name in e.attrib if "href" in name]
        told = read(outage, each.path.replace(".svg", ".json"))
        assert root.get("aria-label") == f"{told['label']}: {told['message']}"
    assert read(outage, "badges/api/status.json")["color"] == "red"
    assert read(outage, "badges/status.json")["message"] == "Major Outage"


def test_a_long_or_hostile_name_breaks_no_badge() -> None:
    for name in ("<script>\"&'", "x" * 300, "\u202e\ud800abc", "測試" * 50):
        settings = factory.settings({"Core": ["api"]}, names={"api": name})
        component = replace(factory.component("api"), name=name)
        manifest = render_site(settings, factory.snapshot({"Core": [component]}), [])
        root = ElementTree.fromstring(content(manifest, "badges/api/status.svg"))
        assert float(root.get("width", "0")) < 700


def test_the_catalogue_stands_at_the_root_of_a_host_alone(outage: Manifest) -> None:
    found = read(outage, ".well-known/api-catalog")["linkset"]
    for entry in found:
        for relation in ("service-desc", "service-doc", "status"):
            for link in entry[relation]:
                path = link["href"].removeprefix(ROOT)
                assert (f"{path}index.html" if path.endswith("/") else path) in outage.entries
    settings = factory.settings(url="https://example.com/repo/")
    below = render_site(settings, scenes.quiet()[1], [])
    assert ".well-known/api-catalog" not in below.entries


def test_every_page_says_where_programs_find_the_state(outage: Manifest) -> None:
    for path in ("index.html", "components/api/index.html", "history/index.html"):
        html = content(outage, path)
        found = re.search(r'<link rel="status" type="application/json" href="([^"]+)">', html)
        assert found is not None
        assert found[1].endswith("api/v2/status.json")


def test_the_guide_shows_every_file_with_an_example_of_this_site(outage: Manifest) -> None:
    html = content(outage, "api/index.html")
    for path in ("api/v2/summary.json", "history/summary.json", "metrics.txt", "status.md"):
        assert f'href="../{path}"' in html
    assert "Example Status" in html
    assert "state: down" in html
    badges = content(outage, "badges/index.html")
    assert f"[![Api]({ROOT}badges/api/status.svg)]({ROOT}components/api/)" in badges
    assert '<img src="../badges/api/uptime-30d.svg" alt="uptime 30d: ' in badges


def test_impacts_become_states_that_statuspage_knows() -> None:
    settings, snapshot, _ = scenes.quiet()
    for impact, status in (
        (Impact.NONE, "operational"),
        (Impact.MINOR, "degraded_performance"),
        (Impact.MAJOR, "partial_outage"),
        (Impact.CRITICAL, "major_outage"),
    ):
        manifest = render_site(settings, snapshot, [factory.incident(impact=impact)])
        incident = read(manifest, "api/v2/incidents.json")["incidents"][0]
        assert incident["impact"] == impact
        assert incident["incident_updates"][0]["affected_components"][0]["new_status"] == status


@pytest.mark.parametrize(
    ("letter", "status"),
    [
        ("u", "operational"),
        ("g", "degraded_performance"),
        ("p", "partial_outage"),
        ("d", "major_outage"),
    ],
)
def test_measured_states_become_states_that_statuspage_knows(letter: str, status: str) -> None:
    settings = factory.settings({"": ["api"]})
    seen = factory.snapshot({"": [factory.component("api", "u" * 89 + letter)]})

    components = read(render_site(settings, seen, []), "api/v2/components.json")["components"]

    assert [each["status"] for each in components] == [status]
