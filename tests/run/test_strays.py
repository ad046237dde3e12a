"""Nothing that a person wrote vanishes with "fine"; prose stays prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config

CONFIG = "site: {name: T}\nmonitors:\n  - {id: api, name: API, url: https://api.example/}\n"
INCIDENT = (
    "---\ntitle: Something broke\nimpact: major\naffected: [api]\n---\n\n"
    "## Investigating · 2026-11-20T20:10:03Z · next update 2026-11-20T21:10:03Z\n\nWe look.\n"
)
WINDOW = (
    "---\ntitle: Upgrade\naffected: [api]\nstart: 2026-12-01 02:00\nduration: 2h\n---\n\n"
    "We work.\n\n## Scheduled · 2026-11-20T20:10:03Z\n"
)
ROADMAP = "name: Plan\nstages: [{id: one, name: One}]\n"
CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("content/incidents/x.yml", "title: X\n", "x.yml: is not read: an incident's file ends in"),
        ("content/incidents/2026-11-20-x.mdx", INCIDENT, "is not read"),
        ("content/incident/2026-11-20-x.md", INCIDENT, "the folder is called incident; rename"),
        ("content/Incidents/2026-11-20-x.MD", INCIDENT, "the folder is called Incidents; rename"),
        (
            "content/maintenance/2026-12-01-db.md",
            WINDOW.replace("[api]", "[app]"),
            "3:12: affected.0: there is no component 'app'; did you mean 'api'?",
        ),
        ("content/Maintenances/db.md", WINDOW, "the folder is called Maintenances; rename"),
        ("data/roadmaps/plan.json", "{}", "data/roadmaps/plan.json: is not read"),
        ("data/roadmaps/2027/plan.yml", ROADMAP, "data/roadmaps/2027: is not read"),
        ("data/roadmap/plan.yml", ROADMAP, "data/roadmap: is not read; rename it roadmaps"),
        (
            "data/roadmaps/p.yml",
            ROADMAP + "components: [app]\n",
            "p.yml:3:14: there is no component",
        ),
        ("data/roadmaps/p.yml", CONFLICT.format(ROADMAP, ROADMAP), "p.yml:1:1: a merge conflict"),
        (
            "content/incidents/2026-11-20-x.md",
            INCIDENT + CONFLICT.format("a\n", "b\n"),
            "x.md:10:1",
        ),
        ("data/status.yml", CONFIG + CONFLICT.format("", ""), "status.yml:4:1: a merge conflict"),
        ("content/incidents/graph.svg", "<svg/>", "graph.svg: is not read"),
        (
            "content/incidents/2026-11-20-x.md",
            INCIDENT + "\n```\n" + CONFLICT.format("a\n", "b\n"),
            "x.md:12:1: a merge conflict",
        ),
        ("content/incidents/2026-11-20-x.md.txt", INCIDENT, "x.md.txt: is not read"),
        ("content/incident/x.md", "---\naffected: [api]\n---\n\nText.\n", "is called incident"),
        ("data/roadmaps/old/plan.json", "{}", "data/roadmaps/old: is not read"),
        ("content/maintenance/db.yml", "start: 2026-12-01\n", "db.yml: is not read"),
        ("content/maintenance/db.txt", WINDOW, "db.txt: is not read"),
        (
            "content/maintenance/db.md",
            WINDOW.replace("2h", "2"),
            "db.md:5:11: duration: '2' has no unit",
        ),
        ("content/maintenance/db.md", "---\n{title: T, duration: 2h}\n---\n", "start: is required"),
        (
            "content/maintenance/db.md",
            WINDOW.replace("title:", "title: a: b"),
            "2:9: is not valid YAML",
        ),
        (
            "content/maintenance/db.md",
            "---\ntitle: T\n---\n\n## In progress · 2026-12-01T02:00:00Z\n\nWe work.\n",
            "start: is required",
        ),
        ("content/maintenance/db.md", CONFLICT.format(WINDOW, WINDOW), "db.md:1:1: a merge"),
        ("content/about.md", "# A\n\n" + CONFLICT.format("a\n", "b\n"), "about.md:3:1: a merge"),
        ("content/a.md", "```\n" + CONFLICT.format("a\n", "b\n"), "a.md:2:1: a merge conflict"),
        (
            "content/a.md",
            "```statusgen\n" + CONFLICT.format("show: a\n", "show: b\n") + "```\n",
            "a.md:2:1: a merge conflict",
        ),
        (
            "content/a.md",
            "```\nan example\n```\n\n" + CONFLICT.format("a\n", "b\n"),
            "a.md:5:1: a merge conflict",
        ),
        ("content/extra.css", CONFLICT.format("a {}\n", "b {}\n"), "extra.css:1:1: a merge"),
        ("content/a.md", "# A\n\n<<<<<<< HEAD\nText.\n", "a.md:3:1: a merge conflict"),
        ("content/a.md", "a\n=======\nb\n>>>>>>> origin/main\n", "a.md:2:1: a merge conflict"),
        (
            "content/a.md",
            CONFLICT.format("a\n", "b\n").replace("\n", "\r\n"),
            "a.md:1:1: a merge conflict",
        ),
        ("data/metrics/users.csv", CONFLICT.format("1\n", "2\n"), "users.csv:1:1: a merge"),
        ("data/wizard.yml", CONFLICT.format("a: 1\n", "a: 2\n"), "wizard.yml:1:1: a merge"),
        (
            "mkdocs.yml",
            CONFLICT.format("site_name: A\n", "site_name: B\n"),
            "mkdocs.yml:1:1: a merge",
        ),
    ],
)
def test_what_nobody_reads_is_named(root: Path, name: str, text: str, told: str) -> None:
    put(root, name, text)

    done = statusgen(root, "validate")

    assert done.code == 2, done.out
    assert told in done.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/maintenance/2026-12-01-db.md", WINDOW),
        ("content/incidents/2026-11-20-x.markdown", INCIDENT),
        ("content/incidents/2026-11-20-x.MD", INCIDENT),
        ("content/incidents/README.md", "# How we write incidents\n"),
        ("content/incidents/graph.png", "not really"),
        ("content/incidents/2026/Graph.JPEG", "not really"),
        (
            "content/incidents/2026-11-20-x.md",
            INCIDENT + "\nGit told us:\n\n```diff\n" + CONFLICT.format("a\n", "b\n") + "```\n",
        ),
        ("content/incidents/notes.txt", "Asked the provider twice.\n"),
        ("content/incident/response.md", "# How we respond\n\n## Investigating a fault\n"),
        (
            "content/incident/response.md",
            "---\ntitle: How we respond\nhide: [toc]\n---\n\n## Investigating a fault\n",
        ),
        ("content/maintenance/2026-12-01-db.md", "# What we did\n\nOn 1 December we moved.\n"),
        ("content/maintenance/how.md", "---\ntitle: How\n---\n\n## Scheduled work\n\nText.\n"),
        ("content/maintenance/plan.pdf", "not really"),
        ("content/Summary.md", "Summary\n=======\n\n>>>>>>> quoted often, by many\n"),
        ("content/git.md", "# Git\n\n```\n" + CONFLICT.format("a\n", "b\n") + "```\n"),
        ("content/git.md", "# Git\n\n~~~~ diff\n~~~\n" + CONFLICT.format("a\n", "") + "~~~~~\n"),
        ("content/data.bin", "\0" + CONFLICT.format("", "")),
        ("content/maintenance/index.md", "---\ntitle: How we maintain\n---\n\n# Maintenance\n"),
        ("content/maintenance/policy.md", "# Policy\n\nWindows start: at night.\n"),
        ("data/roadmaps/README.md", "# Plans\n"),
        ("data/roadmaps/plan.YML", ROADMAP + "components: [api]\n"),
        ("content/incidents/2026-11-20-h.md", INCIDENT + "\nA heading\n=======\n\nText.\n"),
    ],
)
def test_what_is_read_or_is_prose_is_fine(root: Path, name: str, text: str) -> None:
    put(root, name, text)

    done = statusgen(root, "validate")

    assert (done.code, done.err) == (0, "")


def test_a_conflict_is_never_published_and_prose_beside_data_is(root: Path) -> None:
    put(root, "mkdocs.yml", "site_name: T\ndocs_dir: content\nplugins: [statusgen]\n")
    put(root, "content/about.md", "# About\n\n" + CONFLICT.format("ours\n", "theirs\n"))
    put(root, "content/extra.css", CONFLICT.format("a {}\n", "b {}\n"))
    put(root, "content/git.md", "# Git\n\n```diff\n" + CONFLICT.format("a\n", "b\n") + "```\n")
    put(root, "content/maintenance/policy.md", "# Policy\n\nWindows start: at night.\n")
    put(root, "content/maintenance/db.md", WINDOW)

    done = statusgen(root, "build")

    assert done.code == 0, done.err
    assert "error: content/about.md:3:1: a merge conflict was not resolved here" in done.err
    assert "error: content/extra.css:1:1: a merge conflict was not resolved here" in done.err
    assert done.err.count("merge conflict") == 2
    assert not (root / "site/about/index.html").exists()
    assert not (root / "site/extra.css").exists()
    assert "theirs" in (root / "site/git/index.html").read_text()
    assert (root / "site/maintenance/policy/index.html").is_file()
    assert "Upgrade" in (root / "site/maintenance/db/index.html").read_text()
    assert "db.md" not in done.err


@pytest.mark.parametrize("engine", ["mkdocs", "none"])
def test_a_roadmap_that_names_no_component_is_told_and_published(root: Path, engine: str) -> None:
    put(root, "mkdocs.yml", "site_name: T\ndocs_dir: content\nplugins: [statusgen]\n")
    put(root, "content/about.md", "# About\n")
    put(root, "data/roadmaps/p.yml", ROADMAP + "components: [app]\n")

    done = statusgen(root, "build", "--engine", engine)

    assert done.code == 0, done.err
    assert "data/roadmaps/p.yml:3:14: there is no component 'app'" in done.err
    assert "not published" not in done.err
    assert (root / "site/roadmaps/p/index.html").is_file()


def test_doubts_about_incidents_are_printed_too(root: Path) -> None:
    write_config(root, CONFIG.replace("{name: T}", "{name: T, timezone: Europe/Berlin}"))
    put(
        root,
        "content/incidents/2026-10-25-x.md",
        INCIDENT.replace("2026-11-20T20:10:03Z", "2026-10-25 02:30"),
    )

    done = statusgen(root, "validate", "--strict")

    assert done.code == 1
    assert "was twice on the clock of Europe/Berlin" in done.err


@pytest.mark.parametrize("engine", ["mkdocs", "none"])
def test_a_picture_beside_an_incident_is_published_for_its_text_to_link_to(
    root: Path, engine: str
) -> None:
    put(root, "mkdocs.yml", "site_name: T\ndocs_dir: content\nplugins: [statusgen]\n")
    put(root, "content/incidents/2026-11-20-x.md", INCIDENT)
    put(root, "content/incidents/2026/graph.png", "a graph")
    put(root, "content/incidents/_draft/graph.png", "not yet")
    put(root, "content/incidents/drawing.svg", "<svg/>")
    (root / "content/incidents/linked.png").symlink_to(root / "data/status.yml")

    done = statusgen(root, "build", "--engine", engine)

    assert done.code == 0, done.err
    assert (root / "site/incidents/2026/graph.png").read_text() == "a graph"
    published = {path.name for path in (root / "site/incidents").rglob("*") if path.is_file()}
    assert published == {"index.html", "graph.png"}
    assert "drawing.svg: is not read" in done.err


@pytest.mark.parametrize("broken", ["site_name: [T\n", "INHERIT: gone.yml\n"])
def test_a_broken_file_of_an_engine_that_is_not_asked_stops_no_news(
    root: Path, broken: str
) -> None:
    put(root, "mkdocs.yml", broken)
    put(root, "content/incidents/2026-11-20-x.md", INCIDENT)

    done = statusgen(root, "build", "--engine", "none")

    assert done.code == 0, done.err
    assert "incidents are looked for in content/" in done.err
    assert "mkdocs.yml" in done.err or "gone.yml" in done.err
    assert (root / "site/incidents/2026-11-20-x/index.html").is_file()
    for words in (("build",), ("validate",)):
        refused = statusgen(root, *words)
        assert refused.code == 2
        assert "mkdocs.yml:2:1: " in refused.err or "gone.yml: is inherited from" in refused.err
