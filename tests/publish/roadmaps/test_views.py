"""Views of architectures: what a visitor reads of each, and where there are none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps

HOSTILE = "<script>alert(1)</script>"
SHOP: dict[str, Any] = {
    "id": "shop",
    "name": "Shop",
    "groups": {
        "edge": "Edge",
        "eu": {"label": "EU", "in": "cloud"},
        "cloud": HOSTILE,
        "us": {"label": "US " + "x" * 70, "in": "cloud"},
        "tools": "Tools",
    },
    "nodes": {
        "browser": "Browser",
        "cdn": {"label": "CDN", "in": "edge"},
        "waf": {"label": "Firewall", "in": "edge"},
        "web": {"label": "Web", "in": "eu", "item": "web"},
        "db": {"label": "Database", "in": "eu", "item": "db"},
        "worker": {"label": "Worker", "in": "eu", "item": "queue"},
        "queue": {"label": "Queue", "in": "us", "item": "queue"},
        "cron": {"label": "Cron", "in": "us"},
        "wiki": {"label": "Wiki", "in": "tools"},
        "build": {"label": "Builds", "in": "tools"},
        "mail": "Mail",
    },
    "edges": [
        "browser -> cdn: HTTPS",
        "cdn -> waf",
        "waf -> web: HTTPS",
        "web -> db: SQL",
        "web -> queue: jobs",
        "db -> queue: changes",
        "queue -> worker: jobs",
        "worker -> worker: retries",
        "worker -> mail: SMTP",
    ],
    "layout": {"rows": [["browser"], ["cdn", "waf"], ["web", "db"], ["worker", "queue"]]},
}
STAGES = [
    {"id": "now", "name": "Now", "items": [{"id": "web", "name": "W"}, {"id": "db", "name": "D"}]},
    {"id": "grow", "name": "Grow", "items": [{"id": "queue", "name": "Q"}]},
]


def entries(tmp_path: Path, *drawings: dict[str, Any]) -> dict[str, Page | Asset]:
    plan = {"schema": "statusgen/roadmap@1", "name": "Plan", "stages": STAGES}
    folder = tmp_path / "roadmaps"
    folder.mkdir(exist_ok=True)
    document = yaml.safe_dump(plan | {"architectures": list(drawings)}, sort_keys=False)
    (folder / "plan.yml").write_text(document)
    loaded = load_roadmaps(folder, "data/roadmaps")
    assert loaded.problems == ()
    made = Manifest()
    for entry in roadmap_entries(Library.of(loaded.roadmaps, date(2026, 11, 21)), ()):
        made.add(entry)
    return made.entries


def pages(made: dict[str, Page | Asset]) -> dict[str, str]:
    """Return the pages of views, by what stands between the architecture and the file's name."""
    begin, end = "roadmaps/plan/architecture/", "/index.html"
    return {
        path.removeprefix(begin).removesuffix(end): page.body
        for path, page in made.items()
        if isinstance(page, Page) and path.startswith(begin) and path != f"{begin}index.html"
    }


def rows(page: str) -> dict[str, list[str]]:
    """Return the table beneath the first drawing: part → its other cells."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert body
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body[1].split("</tr>")]
    plain = [[re.sub("<[^>]+>", "", cell) for cell in line] for line in lines if line]
    return {line[0]: line[1:] for line in plain}


ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


def test_each_view_has_an_address_and_leads_to_all_others(tmp_path: Path) -> None:
    found = pages(entries(tmp_path, SHOP))
    keys = ["", "overview", "group-edge", "group-cloud", "group-eu", "group-us", "group-tools"]
    keys += ["stage-now", "stage-grow"]
    assert list(found) == [f"shop/{key}".removesuffix("/") for key in keys]
    for name, page in found.items():
        links = re.search(r"<nav aria-label=\"Views of Shop\">.*?</nav>", page, re.DOTALL)
        assert links
        assert links[0].count("<a ") == len(keys)
        assert links[0].count("aria-current") == 1
        assert 'aria-label="Shop' in page or name == "shop/overview"
        assert HOSTILE not in page


def test_the_overview_joins_edges_and_names_each_in_the_table(tmp_path: Path) -> None:
    table = rows(pages(entries(tmp_path, SHOP))["shop/overview"])
    apart = "Not connected to other parts in this plan"
    assert table == {
        "Browser": ["", "", "Edge (Browser → CDN: HTTPS)"],
        "Edge": ["2 parts · CDN, Firewall", "", f"{ESCAPED} (Firewall → Web: HTTPS)"],
        ESCAPED: ["5 parts · Web, Database, Worker, Queue, Cron", "", "Mail (Worker → Mail: SMTP)"],
        "Tools": ["2 parts · Wiki, Builds", "", apart],
        "Mail": ["", "", ""],
    }


def test_a_group_stands_among_what_it_is_connected_with(tmp_path: Path) -> None:
    page = pages(entries(tmp_path, SHOP))["shop/group-eu"]
    table = rows(page)
    us = "US " + "x" * 70
    assert set(table) == {"EU", "Edge", "Web", "Database", "Worker", us, "Mail"}
    assert table["Edge"][2] == "Web (Firewall → Web: HTTPS)"
    assert table["Web"][1:] == ["EU", f"Database (SQL), {us} (Web → Queue: jobs)"]
    assert table["Worker"][0] == "↻ retries"
    assert "Worker (retries)" in table["Worker"][2]
    assert 'architecture/shop/group-us/"' in page


def test_a_stage_shows_what_is_there_by_then(tmp_path: Path) -> None:
    made = entries(tmp_path, SHOP)
    now, grow = (rows(pages(made)[f"shop/stage-{name}"]) for name in ("now", "grow"))
    assert not {"Queue", "Worker"} & set(now)
    assert now["Web"][0] == now["Database"][0] == "new"
    assert now["Mail"][2] == "Not connected to other parts at this stage"
    assert {"Queue", "Worker"} < set(grow)
    assert grow["Queue"][0] == "new"
    assert grow["Web"][0] == ""
    stage = made["roadmaps/plan/stages/grow/index.html"]
    assert isinstance(stage, Page)
    assert "architecture/shop/stage-grow/" in stage.body


def test_small_drawings_those_of_one_group_and_one_stage_have_no_switch(tmp_path: Path) -> None:
    six = {f"n{k}": {"label": f"N{k}", "in": f"g{k % 2}"} for k in range(6)}
    small = {"id": "small", "name": "Small", "nodes": six, "groups": {"g0": "A", "g1": "B"}}
    nine = {f"n{k}": {"label": f"N{k}", "item": "web"} for k in range(9)}
    nine["n1"]["in"] = nine["n2"]["in"] = "g"
    one = {"id": "one", "name": "One", "nodes": nine, "groups": {"g": "A", "empty": "B"}}
    made = entries(tmp_path, small, one)
    assert pages(made) == {}
    page = made["roadmaps/plan/architecture/index.html"]
    assert isinstance(page, Page)
    assert "Views of" not in page.body
    assert page.body.count("<fieldset") == 1  # nine parts can be seen larger, six need not


def test_a_frame_around_everything_is_opened_in_the_overview(tmp_path: Path) -> None:
    parts = {f"n{k}": {"label": f"N{k}", "in": f"g{k % 2}"} for k in range(8)}
    frames = {"all": "All", "g0": {"label": "A", "in": "all"}, "g1": {"label": "B", "in": "all"}}
    model = {"id": "m", "name": "M", "nodes": parts, "groups": frames, "edges": ["n0 -> n1"]}
    found = pages(entries(tmp_path, model))
    assert list(found) == ["m", "m/overview", "m/group-g0", "m/group-g1"]
    assert rows(found["m/overview"])["A"][1:] == ["All", "B (N0 → N1)"]


def test_a_large_one_begins_with_its_overview_and_keeps_the_address_of_its_file(
    tmp_path: Path,
) -> None:
    parts = {f"n{k}": {"label": f"N{k}", "in": f"g{k % 3}"} for k in range(21)}
    frames = {f"g{k}": f"G{k}" for k in range(3)}
    edges = [f"n{k} -> n{k + 1}" for k in range(5)]
    model = {"id": "m", "name": "M", "nodes": parts, "groups": frames, "edges": edges}
    made = entries(tmp_path, model | {"stage": "now"})
    for path in ("architecture", "stages/now"):
        page = made[f"roadmaps/plan/{path}/index.html"]
        assert isinstance(page, Page)
        assert set(rows(page.body)) == {"G0", "G1", "G2"}
        assert rows(page.body)["G0"][2] == "G1 (N0 → N1; N3 → N4)"
    whole = made["roadmaps/plan/architecture/architecture-m.svg"]
    assert isinstance(whole, Asset)
    assert b"N20" in whole.content
    links = [
        link for page in pages(made).values() for link in re.findall(r'href="([^"]+\.svg)"', page)
    ]
    assert "../../../../roadmaps/plan/architecture/architecture-m.svg" in links
    assert "roadmaps/plan/architecture/m/overview/architecture-m-overview.svg" in made


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    assert entries(tmp_path, SHOP) == entries(tmp_path, SHOP)
