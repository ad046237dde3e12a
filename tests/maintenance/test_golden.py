"""What pages, feeds, calendar and daily figures say of each scene, word by word.

A changed sentence changes a file below ``golden/``. Where it is meant, write them anew::

    STATUSGEN_WRITE_GOLDEN=1 pytest tests/maintenance/test_golden.py
"""

from __future__ import annotations

import os
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from statusgen.base.clock import parse_instant
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest
from statusgen.run.site import Site
from tests.maintenance import people
from tests.maintenance.scenes import SCENES
from tests.publish.textbrowser import lines_of

GOLDEN = Path(__file__).parent / "golden"


def compared(name: str, text: str) -> None:
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("STATUSGEN_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def content(manifest: Manifest, path: str) -> str:
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    return entry.content.decode()


def part(title: str, text: str) -> str:
    return f"==== {title}\n{text.rstrip()}\n\n"


@pytest.fixture(scope="module")
def bad_hour(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return people.build(tmp_path_factory.mktemp("people"))


@pytest.mark.parametrize("name", SCENES)
def test_a_window_on_pages_in_feeds_and_in_the_calendar(tmp_path: Path, name: str) -> None:
    scene = SCENES[name]
    scene.write(tmp_path / "site")
    now = parse_instant(scene.now)
    manifest = build_manifest(BuildOptions(tmp_path / "site", now=now))
    pages = [
        "index.html",
        *(f"maintenance/{window}/index.html" for window in scene.windows),
        f"history/{scene.now[:7]}/index.html",
    ]
    text = "".join(part(page, lines_of(content(manifest, page), chrome=False)) for page in pages)
    text += part("history/rss.xml", feed(content(manifest, "history/rss.xml")))
    text += part("history/atom.xml", feed(content(manifest, "history/atom.xml")))
    text += part("maintenance.ics", calendar(content(manifest, "maintenance.ics")))
    text += part("figures of each day", days(Site(tmp_path / "site", given_now=now)))
    compared(name, text)


def feed(text: str) -> str:
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    return "\n".join(
        f"{item['updated' if 'updated' in item else 'published']} {item.title}\n  {item.id}"
        for item in parsed.entries
    )


def calendar(text: str) -> str:
    """The events, unfolded; what another program computes of them is in ``test_calendar``."""
    found = []
    for event in Calendar.from_ical(text).walk("VEVENT"):
        lines = event.to_ical().decode().replace("\r\n ", "").splitlines()
        found += [line for line in lines if not line.startswith(("BEGIN", "END:"))]
    return "\n".join(found)


def days(site: Site) -> str:
    lines = []
    for component in site.snapshot.components:
        for bar in component.bars:
            if bar.monitored:
                seconds = ", ".join(f"{state} {length} s" for state, length in bar.seconds.items())
                one = bar.uptime
                lines.append(
                    f"{component.id} {bar.day} of {bar.end - bar.start} s drawn as {bar.look}: "
                    f"{seconds or 'nothing'}; good {one.good} of {one.observed} observed of "
                    f"{one.window} s; maintenance {bar.maintenance} s"
                )
    return "\n".join(lines)


@pytest.mark.parametrize("path", people.PAGES)
def test_a_visitor_reads_of_what_goes_on(bad_hour: Manifest, path: str) -> None:
    name = path.removesuffix("index.html").strip("/").replace("/", "-") or "status"
    text = lines_of(content(bad_hour, path), chrome=False)
    compared(f"three-open-{name}", text)


def test_no_golden_file_is_left_over() -> None:
    names = [page.removesuffix("index.html").strip("/") for page in people.PAGES]
    expected = {f"three-open-{name.replace('/', '-') or 'status'}.txt" for name in names}
    assert {file.name for file in GOLDEN.iterdir()} == expected | {f"{name}.txt" for name in SCENES}


def test_what_goes_on_is_not_told_as_past_and_what_is_worked_at_is_not_told_as_well(
    bad_hour: Manifest,
) -> None:
    """The same claims without a golden file, which somebody may write anew without a look."""
    lines = lines_of(content(bad_hour, "index.html"), chrome=False).splitlines()
    past = lines.index("Past incidents")
    for title in people.OPEN:
        assert title in lines[:past], title
        assert not any(title in line for line in lines[past:]), title
    progress, coming = lines.index("Maintenance in progress"), lines.index("Upcoming maintenance")
    assert progress < lines.index(people.WORKED_AT) < coming < lines.index(people.TO_COME)
    billing = lines[lines.index("Components") :].index("Billing") + lines.index("Components")
    assert lines[billing + 1] == "[maintenance] Under Maintenance"
    assert lines[1] == "[down]"  # what people say outweighs what the checks see
    page = lines_of(content(bad_hour, "components/billing/index.html"), chrome=False)
    assert "[maintenance] Under Maintenance since" in page
    assert people.WORKED_AT in page
