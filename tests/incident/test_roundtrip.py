from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line
from statusgen.incident.fileformat import incident_markdown, read_incident
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.incident.sections import tidy_body

UTC = ZoneInfo("UTC")
times = st.integers(0, 253402300799 - 10**6)
# Lines that look like the format itself, among any text at all.
hostile_lines = st.sampled_from(
    [
        "---",
        "...",
        "## Resolved · 2026-11-20T20:10:03Z",
        r"\## Resolved",
        r"\\## Resolved: x",
        "## Resolved",
        "  ## Update — 2026-11-20",
        "```",
        "",
        "  ",
        "#",
        "\t## Resolved",
        "\u2028",
        "<script>alert(1)</script>",
        "{{ x }}",
        "\x00",
        "\x85",
        "\r",
        "title: x",
        r"\##",
    ]
)
bodies = st.lists(hostile_lines | st.text(max_size=30), max_size=6).map("\n".join)
words = st.text(max_size=40).map(one_line).filter(bool)
ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True) | words


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    started = draw(times)
    moments = sorted(draw(st.sets(st.integers(0, 10**6), min_size=1, max_size=5)))
    phases = [Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING]
    open_ = draw(st.booleans())
    updates = [
        Update(at=started + moment, phase=draw(st.sampled_from(phases)), body=draw(bodies))
        for moment in moments
    ]
    resolved = None if open_ else started + draw(st.integers(1, 10**6))
    affected = []
    for component in draw(st.lists(ids, max_size=3)):
        start = draw(st.integers(started, (resolved or started + 100) - 1))
        end = None if resolved is None else draw(st.integers(start + 1, resolved))
        monitors = tuple(draw(st.lists(ids, max_size=2)))
        affected.append(Affected(component=component, start=start, end=end, monitors=monitors))
    return Incident(
        id="2026-11-20-x",
        uid=stable_urn(draw(words)),
        title=draw(words),
        impact=draw(st.sampled_from(Impact)),
        started=started,
        resolved=resolved,
        affected=tuple(affected),
        updates=tuple(updates),
        automatic=draw(st.booleans()),
        blip=draw(st.booleans()),
        adopted=draw(st.booleans()),
        limitations=tuple(draw(st.lists(words, max_size=2))),
        evidence=tuple(draw(st.lists(words, max_size=2))),
        file="2026-11-20-x.md",
    )


@given(incidents())
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_again(incident: Incident) -> None:
    text = incident_markdown(incident)
    text.encode()
    read = read_incident(text, incident.file, UTC)
    assert read.problems == ()
    tidied = replace(
        incident,
        updates=tuple(replace(one, body=tidy_body(one.body)) for one in incident.updates),
    )
    assert read.item == tidied
    assert incident_markdown(read.item) == text


@given(incidents())
@settings(max_examples=50, deadline=None)
def test_the_front_matter_is_yaml_for_other_readers_too(incident: Incident) -> None:
    front = incident_markdown(incident).split("---\n")[1]
    data = yaml.safe_load(front)
    assert data["title"] == incident.title
    assert [str(key) for key in data.get("evidence", [])] == list(incident.evidence)


@given(st.text(max_size=400) | incidents().map(incident_markdown), st.data())
@settings(max_examples=300, deadline=None)
def test_no_text_raises_and_every_fault_has_a_file(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 3))):
        where = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 20))
        text = text[:where] + data.draw(st.text(max_size=5) | hostile_lines) + text[where + cut :]
    read = read_incident(text, "a.md", UTC)
    assert (read.item is None) == bool(read.problems)
    lines = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for problem in read.problems:
        assert problem.file == "a.md"
        assert 0 <= problem.line <= lines + 1
        assert "\n" not in str(problem)
