"""A site of cState: its systems, and what people wrote about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant
from statusgen.base.errors import InputError
from statusgen.takeover.cstate import read_cstate
from tests.takeover.moved import by_id, moved, told

CONFIG = """\
title: Example Status
baseURL: https://status.example.org/
params:
  description: What goes on.
  categories:
    - {name: Core, untitled: false}
    - name: Other
  systems:
    - name: Website
      category: Core
      link: https://www.example.org/
      description: The *pages*.
    - {name: Voice, category: Other}
"""
OLD = """\
---
title: Trouble in the east
date: 2026-05-25 04:13:00
resolved: true
resolvedWhen: 2026-05-25 05:54:00
severity: down
affected:
  - Website
  - Voice
section: issue
---

*Resolved* -
All can connect. {{< track "2026-05-25 05:54:00" >}}

*Monitoring* - An isolated issue.

Told twice. {{< track "2026-05-25 04:40:00" >}}

*Investigating* - We have heard. {{< track "2026-05-25 04:13:00" >}}
"""
OPEN = """\
---
title: Slow
date: 2026-11-19T10:00:00+02:00
resolved: false
severity: disrupted
affected: [Website]
---
No phase, no time; *just* words.
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    issues = folder / "content" / "issues"
    issues.mkdir(parents=True)
    (folder / "config.yml").write_text(CONFIG, "utf-8")
    (issues / "2026-05-25-east.md").write_text(OLD.replace("\n", "\r\n"), "utf-8")
    (issues / "slow.md").write_text(OPEN, "utf-8")
    (issues / "torn.md").write_text("---\ntitle: [\n---\n", "utf-8")
    (issues / "bare.md").write_text("no front matter\n", "utf-8")
    return folder


def test_a_system_is_checked_at_its_link_or_named(tmp_path: Path, theirs: Path) -> None:
    brought, site = moved(tmp_path / "own", read_cstate(theirs))

    [website] = by_id(site).values()
    assert (website.id, website.url.text, website.group) == (
        "website", "https://www.example.org/", "Core",
    )  # fmt: skip
    assert site.settings.site.url == "https://status.example.org/"
    said = told(brought)
    assert any("config.yml:13: " in each and "id: voice" in each for each in said)
    assert any("torn.md:2:" in each for each in said)
    assert any("bare.md" in each for each in said)


def test_issues_are_incidents_told_update_by_update(tmp_path: Path, theirs: Path) -> None:
    _, site = moved(tmp_path / "own", read_cstate(theirs))

    east, slow = sorted(site.incidents.incidents, key=lambda each: each.started)
    assert (str(east.impact), east.resolved) == ("major", parse_instant("2026-05-25T05:54:00Z"))
    assert [(str(each.phase), each.body) for each in east.updates] == [
        ("investigating", "We have heard.\n\nAffected: Voice"),
        ("monitoring", "An isolated issue.\n\nTold twice."),
        ("resolved", "All can connect."),
    ]
    assert [each.component for each in east.affected] == ["website"]
    assert slow.open
    assert slow.started == parse_instant("2026-11-19T08:00:00Z")
    assert slow.updates[0].body == "No phase, no time; *just* words."
    assert not site.incidents.problems


def test_a_folder_without_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no site of cState"):
        read_cstate(tmp_path)


def test_what_only_informs_is_not_open_and_the_folders_own_page_is_none(
    tmp_path: Path, theirs: Path
) -> None:
    issues = theirs / "content" / "issues"
    (issues / "_index.md").write_text("---\ntitle: Issues\n---\n", "utf-8")
    (issues / "news.md").write_text(
        "---\ntitle: News\ndate: 2026-01-02\ninformational: true\nseverity: notice\n---\nHello.\n",
        "utf-8",
    )

    brought, site = moved(tmp_path / "own", read_cstate(theirs))

    [news] = [each for each in site.incidents.incidents if each.title == "News"]
    assert news.resolved is not None
    assert not any("_index" in each for each in told(brought))
