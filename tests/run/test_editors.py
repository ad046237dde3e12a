"""Files that people's editors leave behind: the next command adds its words and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.clock import parse_instant
from statusgen.base.errors import InputError
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.incident.window import WindowPhase, WindowUpdate
from statusgen.run.author import Author
from statusgen.run.site import Site
from tests.cli.harness import write_config

CONFIG = (
    "site: {name: Shop, timezone: Europe/Berlin}\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example.com/}\n"
    "  - {id: login, name: Sign-in, url: https://login.example.com/}\n"
)
NOW = parse_instant("2026-11-20T21:00:00Z")
NEW = "## Identified · 2026-11-20T21:00:00Z · next update 2026-11-20T22:00:00Z\n\nA disk.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    (tmp_path / "content/incidents").mkdir(parents=True)
    return tmp_path


def updated(root: Path, raw: bytes, *, impact: Impact | None = None) -> tuple[bytes, Incident]:
    """Return the bytes after the next update, and what the file then says."""
    path = root / "content/incidents/x.md"
    path.write_bytes(raw)
    update = Update(at=NOW, phase=Phase.IDENTIFIED, body="A disk.", promise=NOW + 3600)
    author = Author(Site(root, given_now=NOW + 60))
    written = author.update_incident("x", update, impact=impact)
    assert written.item.updates[-1] == update
    return path.read_bytes(), written.item


HEAD = "---\ntitle: X\nimpact: minor\n---\n\n"
FIRST = "## Investigating · 2026-11-20T20:10:00Z\n\nWe look.\n"
BODIES = [
    FIRST,
    FIRST.replace("\n", "\r\n"),
    FIRST + "\n\n\n",
    FIRST + "   \n\t\n",
    FIRST.rstrip(),
    "##  Investigating - 2026-11-20 21:10   \n\nA line  \nbroken by hand.  \n",
    "   ## investigating (2026-11-20 21:10)\n\n- [ ] a list\n\n      code\n",
    "## Investigating: 2026-11-20T20:10Z ##\n\n```\nnever closed\n",
    "## Investigating · 2026-11-20T20:10:00Z\n\n<!-- a note to myself -->\nText\\\nText\n",
    "## Investigating · 2026-11-20T20:10:00Z\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[1]: https://a.example/\n",
    "## Investigating · 2026-11-20T20:10:00Z\n\n\\## Resolved: not yet\n\n\u2028\u00a0\x0b é 😀\n",
]


@pytest.mark.parametrize("body", BODIES)
def test_what_stands_there_stays_and_the_update_follows(root: Path, body: str) -> None:
    raw = (HEAD + body).encode()
    after, _ = updated(root, raw)
    assert after.startswith(raw)
    added = after[len(raw) :].decode().replace("\r\n", "\n")
    assert added.lstrip("\n") == NEW
    assert added in ("\n" + NEW, NEW, "\n\n" + NEW)


FRONTS = [
    "---\n# at 3 a.m.\ntitle: 'X'   # quoted\nimpact: minor  # for now\naffected: [ api ]\n---\n",
    "\n\n---   \ntitle: >-\n  X\n  and more\n\n# apart\nimpact:\n  # thought about\n  minor\n...\n",
    "---\n{title: X, impact: minor, affected: [{component: api, impact: none}]} # in one\n---\n",
    "---\n  title: X # further in\n  impact: 'minor'\n  affected:\n  - api # 1\n  # last\n---\n",
    '---\n"title": "X # none"\n"impact" : minor\t# tab\nstarted: 2026-11-20 21:00 # local\n---\n',
    "---\nimpact: minor\ntitle: |\n  X: # no comment\n# the end\n---\n",
    "---\ntitle: X\nimpact: minor\npin: true # on top\n\n---\n",
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_impact_is_changed_in_its_place(
    root: Path, front: str, newline: str, mark: bytes
) -> None:
    text = (front + "\n" + FIRST).replace("\n", newline)
    expected = (front + "\n" + FIRST + "\n" + NEW).replace("\n", newline)
    for before in ("impact: minor", "impact:\n  # thought about\n  minor", "impact: 'minor'",
                   '"impact" : minor'):  # fmt: skip
        old = before.replace("\n", newline)
        expected = expected.replace(old, old.replace("'minor'", "minor").replace("minor", "major"))
    after, incident = updated(root, mark + text.encode(), impact=Impact.MAJOR)
    assert after == mark + expected.encode()
    assert incident.impact is Impact.MAJOR


PROMISES = [
    ("next_update: 2026-11-20T20:40:00Z # said to the board\n", "# said to the board\n"),
    ("next_update: >-  # folded\n  2026-11-20 21:40\n", "# folded\n"),
    ("next_update:\n  # below\n  2026-11-20 21:40\n", "# below\n"),
    ("'next_update' : '2026-11-20 21:40+01:00'\n", ""),
]
HEADINGS = [
    ("## Investigating · 2026-11-20T20:10:00Z\n", "## Investigating · 2026-11-20T20:10:00Z{}\n"),
    (
        "  ## Investigating: 2026-11-20 21:10  ##  \n",
        "  ## Investigating: 2026-11-20 21:10{}  ##  \n",
    ),
    ("## Investigating (2026-11-20 21:10)\n", "## Investigating (2026-11-20 21:10){}\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("promise", "comment"), PROMISES)
@pytest.mark.parametrize(("heading", "after"), HEADINGS)
def test_a_promise_moves_to_its_update_and_its_comment_stays(
    root: Path, promise: str, comment: str, heading: str, after: str, newline: str
) -> None:
    text = f"---\ntitle: X\n{promise}impact: minor\n---\n{heading}\nWe look.  \n"
    told = after.format(" · next update 2026-11-20T20:40:00Z")
    expected = f"---\ntitle: X\n{comment}impact: minor\n---\n{told}\nWe look.  \n\n{NEW}"
    written, incident = updated(root, text.replace("\n", newline).encode())
    assert written == expected.replace("\n", newline).encode()
    assert next((each.due, each.came) for each in incident.promises) == (NOW - 1200, NOW)


def test_line_ends_that_are_mixed_stay_mixed(root: Path) -> None:
    raw = (HEAD + "## Investigating · 2026-11-20T20:10:00Z\r\n\r\nOne\r\ntwo\nthree\n").encode()
    after, _ = updated(root, raw)
    assert after.startswith(raw)


def test_an_incident_that_is_opened_again_keeps_the_comment_on_its_end(root: Path) -> None:
    raw = HEAD.replace("impact", "resolved: 2026-11-20T20:30:00Z  # or so\nimpact") + FIRST
    after, incident = updated(root, raw.encode())
    assert after.decode() == HEAD.replace("impact", "# or so\nimpact") + FIRST + "\n" + NEW
    assert incident.open


def test_a_window_keeps_what_its_author_wrote(root: Path) -> None:
    path = root / "content/maintenance/w.md"
    path.parent.mkdir()
    raw = (
        "---\r\n# for the board\r\ntitle: W  # short\r\naffected: api\r\n"
        "start: 2026-11-25 02:00\r\nduration: 2h # at most\r\n---\r\n\r\nOrders wait.  \r\n"
    )
    path.write_bytes(raw.encode())
    update = WindowUpdate(at=NOW, phase=WindowPhase.SCHEDULED, body="Longer.")
    end = parse_instant("2026-11-25T05:00:00Z")
    Author(Site(root, given_now=NOW)).update_window("w", update, end=end)
    assert path.read_bytes().decode() == (
        raw.replace("duration: 2h # at most\r\n", "# at most\r\nend: 2026-11-25T05:00:00Z\r\n")
        + "\r\n## Scheduled · 2026-11-20T21:00:00Z\r\n\r\nLonger.\r\n"
    )


LINES = st.sampled_from(
    ["text", "text  ", "", "  ", "# A heading", "### Another", "- item", "\ttab", "> quote", "---",
     "```", "~~~ yaml", "<!-- note -->", "\\## Resolved: x", "key: value # no comment", "***",
     "é 😀\u00a0", "...", "[a]: https://a.example/ 'b'", "| a |", "    code", "2026-11-20", "##x"]
)  # fmt: skip
COMMENTS = st.sampled_from(["", "  # a", "\t# b: c", "   #", " # 'd'"])
KEYS = st.lists(
    st.sampled_from(
        ["impact: minor", "affected: [api]", "affected:\n- api\n- login", "pin: true",
         "started: 2026-11-20 21:05", "next_update: 2026-11-20T20:40:00Z", "id: own-id"]
    ),
    unique_by=lambda line: line.partition(":")[0],
)  # fmt: skip


@given(st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_line_and_no_comment_is_ever_lost(root: Path, data: st.DataObject) -> None:
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    keys = ["title: X", *data.draw(KEYS)]
    front = [f"{key}{data.draw(COMMENTS)}" for key in data.draw(st.permutations(keys))]
    body = data.draw(st.lists(LINES, max_size=8))
    ends = data.draw(st.sampled_from(["", "\n", "\n\n", "\n  \n"]))
    heading = "## Investigating · 2026-11-20T20:10:00Z"
    text = "\n".join(["---", *front, "---", "", heading, *body]) + ends
    identifier = "own-id" if "id: own-id" in keys else "x"
    path = root / "content/incidents/x.md"
    path.write_bytes(text.replace("\n", newline).encode())
    before = Site(root, given_now=NOW + 60).incidents.incidents[0]

    update = Update(at=NOW, phase=Phase.IDENTIFIED, body="A disk.", promise=NOW + 3600)
    Author(Site(root, given_now=NOW + 60)).update_incident(identifier, update)

    after = path.read_bytes().decode()
    assert after.count("\n") == after.count("\r\n") or newline == "\n"
    assert after.replace("\r\n", "\n").endswith("\n" + NEW)
    lines = after.replace("\r\n", "\n").split("\n")
    for line in [*front, *body]:
        if line.startswith("next_update"):
            comment = line.partition("#")[1:]
            assert not comment[0] or any("".join(comment) == each for each in lines)
        else:
            assert all(each in lines for each in line.split("\n"))
    (now,) = Site(root, given_now=NOW + 60).incidents.incidents
    assert now.updates[:-1] == before.updates
    assert (now.title, now.impact, now.affected, now.pin, now.started) == (
        before.title, before.impact, before.affected, before.pin, before.started,
    )  # fmt: skip


def test_a_file_with_a_fault_is_told_with_the_fault(root: Path) -> None:
    path = root / "content/incidents/x.md"
    path.write_text("---\ntitle: X\nimpact: huge\n---\n" + FIRST)
    update = Update(at=NOW, phase=Phase.IDENTIFIED, body="A disk.")
    for identifier in ("x", None):
        with pytest.raises(InputError, match=r"x\.md:3:9: impact: must be one of"):
            Author(Site(root, given_now=NOW)).update_incident(identifier, update)
    assert path.read_text().endswith(FIRST)
