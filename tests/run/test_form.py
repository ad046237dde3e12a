"""What the form for a phone says, carried out; and that hand, command and form write the same."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import InputError
from statusgen.base.ids import stable_urn
from statusgen.run.author import Author
from statusgen.run.form import Done, Form, carry_out, read_form
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config

CONFIG = """\
site: {name: Shop, url: 'https://status.example.com/', timezone: Europe/Berlin}
groups: [{name: Core}, {name: 'Rest & more'}]
monitors:
  - {id: api, name: API, url: https://api.example.com/, group: Core}
  - {id: login, name: Sign-in, url: https://login.example.com/, group: Core}
  - {id: mail, name: Mail, url: https://mail.example.com/, group: 'Rest & more'}
"""
NOW = parse_instant("2026-11-20T20:10:00Z")
ID = "2026-11-20-sign-in-fails"
OPENING = {
    "action": "open", "title": "Sign-in fails", "component": "login", "components": "api=minor",
    "impact": "major", "text": "Nobody can sign in.", "remedy": "Stay signed in.", "next": "30m",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def form(said: Mapping[str, str]) -> Form:
    return read_form({f"FORM_{name.upper()}": value for name, value in said.items()})


def sent(root: Path, said: Mapping[str, str], at: Instant = NOW) -> Done:
    return carry_out(form(said), Author(Site(root, given_now=at)), at)


def refused(root: Path, said: Mapping[str, str]) -> str:
    with pytest.raises(InputError) as caught:
        sent(root, said)
    return str(caught.value)


BY_HAND = """\
---
title: Sign-in fails
impact: major
affected:
  - login
  - {component: api, impact: minor}
started: 2026-11-20T20:10:00Z
uid: UID
---

## Investigating · 2026-11-20T20:10:00Z · next update 2026-11-20T20:40:00Z

Nobody can sign in.

**What you can do:** Stay signed in.
""".replace("UID", stable_urn("incident", ID))
THEN = [
    (
        "\n## Identified · 2026-11-20T20:30:00Z · next update 2026-11-20T21:30:00Z\n\nA disk.\n",
        ["update", "--phase", "identified", "--impact", "critical", "--text", "A disk.",
         "--next", "2026-11-20 22:30", "--at", "2026-11-20T20:30:00Z"],
        {"action": "update", "phase": "identified", "impact": "critical", "text": "A disk.",
         "next": "2026-11-20 22:30"},
    ),
    (
        "\n## Resolved · 2026-11-20T21:00:00Z\n\nThe disk was *replaced*.\n",
        ["resolve", "--what", "The disk was *replaced*.", "--at", "2026-11-20T21:00:00Z"],
        {"action": "resolve", "text": "The disk was *replaced*.", "incident": ID},
    ),
    (
        "\n## Postmortem · 2026-11-20T22:00:00Z\n\n\\## Resolved: disks\n\nwill be watched.\n",
        ["update", ID, "--phase", "postmortem", "--at", "2026-11-20T22:00:00Z",
         "--text", "## Resolved: disks\n\nwill be watched.\n\n"],
        {"action": "update", "phase": "postmortem", "incident": ID,
         "text": "## Resolved: disks\r\n\r\nwill be watched.\r\n"},
    ),
    (
        "\n## Withdrawn · 2026-11-20T23:00:00Z\n\nThis was a false alarm.\n",
        ["withdraw", ID, "--at", "2026-11-20T23:00:00Z"],
        {"action": "withdraw", "incident": ID},
    ),
]  # fmt: skip


def test_hand_command_and_form_write_the_same_bytes(tmp_path: Path) -> None:
    roots = {name: tmp_path / name for name in ("hand", "command", "form")}
    for folder in roots.values():
        write_config(folder, CONFIG)
    files = {name: folder / f"content/incidents/{ID}.md" for name, folder in roots.items()}
    files["hand"].parent.mkdir(parents=True)
    opening = [
        "--title", "Sign-in fails", "--impact", "major", "--component", "login", "--component",
        "api=minor", "--at", "2026-11-20T20:10:00Z", "--what", "Nobody can sign in.", "--do",
        "Stay signed in.", "--next", "30m",
    ]  # fmt: skip
    text = BY_HAND
    files["hand"].write_text(text)
    assert statusgen(roots["command"], "incident", "open", *opening).code == 0
    sent(roots["form"], OPENING)
    assert {path.read_text() for path in files.values()} == {text}

    for section, command, said in THEN:
        text = text.replace("impact: major\n", "impact: critical\n") + section
        moment = re.search(r"2026-11-20T[\d:]+Z", section)
        assert moment is not None
        if "Withdrawn" in section:
            text = text.replace("\n---\n\n##", f"\nwithdrawn: {moment[0]}\n---\n\n##", 1)
        files["hand"].write_text(text)
        done = statusgen(roots["command"], "incident", *command)
        assert done.code == 0, done.err
        sent(roots["form"], said, parse_instant(moment[0]))
        assert {path.read_text() for path in files.values()} == {text}

    told = {name: Site(folder, given_now=NOW + 86400).incidents for name, folder in roots.items()}
    for loaded in told.values():
        assert loaded.problems == ()
    assert (
        len({re.sub(r"file='[^']*'", "", str(loaded.incidents)) for loaded in told.values()}) == 1
    )


def test_a_group_all_components_and_further_ones_are_named_once_each(root: Path) -> None:
    done = sent(root, {**OPENING, "component": "group: Core", "components": "mail=none, api=minor"})
    listed = [(each.component, each.impact) for each in done.incident.affected]
    assert listed == [("api", "minor"), ("login", None), ("mail", "none")]
    done = sent(root, {**OPENING, "title": "All", "component": "all components", "components": ""})
    assert [each.component for each in done.incident.affected] == ["api", "login", "mail"]
    done = sent(root, {**OPENING, "title": "x", "component": "(none)", "components": ""})
    assert done.incident.affected == ()
    done = sent(
        root, {**OPENING, "title": "y", "component": "group: Rest & more", "components": ""}
    )
    assert [each.component for each in done.incident.affected] == ["mail"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"action": ""}, "FORM_ACTION is not set"),
        ({"action": "opne"}, "did you mean 'open'"),
        ({"title": ""}, "title is missing"),
        ({"title": " \t "}, "title is missing"),
        ({"title": "x" * 201}, "the title has 201 characters"),
        ({"impact": "(unchanged)"}, "impact is missing"),
        ({"impact": "majr"}, "did you mean 'major'"),
        ({"text": ""}, "text is missing"),
        ({"component": "logn"}, "there is no component 'logn'; did you mean 'login'?"),
        ({"component": "group: Cor"}, "there is no 'group: Cor'; did you mean 'Core'?"),
        ({"components": "api=huge"}, "components api=huge: write one of none, minor"),
        ({"phase": "resolved"}, "resolved is an action of its own; choose resolve"),
        ({"phase": "postmortem"}, "does not begin with postmortem"),
        ({"next": "soon"}, "next: 'soon'"),
        ({"next": "2026-11-20 20:00"}, "promised for a time that is not after"),
        ({"incident": ID}, "choose update, or leave out the incident"),
        ({"action": "update", "incident": "2026-11-20-nothing"}, "there is no incident"),
        ({"action": "resolve"}, "no incident lasts; name one"),
        ({"title": "\udcff"}, "is not UTF-8"),
    ],
)
def test_what_cannot_be_done_says_what_to_write_and_writes_nothing(
    root: Path, said: dict[str, str], told: str
) -> None:
    assert told in refused(root, {**OPENING, **said})
    assert not (root / "content").exists()


def test_what_is_not_heeded_is_told(root: Path) -> None:
    sent(root, OPENING)
    done = sent(root, {**OPENING, "action": "resolve", "text": "Done.", "remedy": ""}, NOW + 60)
    told = [each.message for each in done.warnings]
    assert told == [
        "title 'Sign-in fails' was not heeded", "component 'login' was not heeded",
        "components 'api=minor' was not heeded", "impact 'major' was not heeded",
        "next '30m' was not heeded",
    ]  # fmt: skip
    assert done.incident.updates[-1].promise is None


def test_a_form_sent_twice_changes_nothing_the_second_time(root: Path) -> None:
    first = sent(root, OPENING)
    before = first.path.read_bytes()
    again = sent(root, OPENING, NOW + 3600)
    assert (again.new, again.path, first.path.read_bytes()) == (False, first.path, before)

    news = {"action": "update", "text": "Still at it.", "next": "30m"}
    assert sent(root, news, NOW + 60).new
    assert not sent(root, news, NOW + 90).new
    assert sent(root, news, NOW + 3600).new  # the same words an hour later are news
    end = {"action": "resolve", "text": "Over."}
    assert sent(root, end, NOW + 4000).new
    assert not sent(root, end, NOW + 4030).new
    assert not sent(root, {**end, "incident": ID}, NOW + 90_000).new
    assert "no incident lasts" in refused(root, {**end, "text": "Over now."})
    assert sent(root, OPENING, NOW + 100_000).path != first.path  # it is over: this is another
    assert len(list((root / "content/incidents").iterdir())) == 2


HOSTILE = [
    "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"; touch pwned; "', "${{ secrets.X }}",
    "::add-mask::x", "##[error]x", "\n::warning::x", "---\ntitle: x\n---", "!!python/object:x {}",
    "*anchor &x", "{{ x }}", "<script>alert(1)</script>", "../../../etc/passwd", "-rf", "--help",
    "\x1b[31mred", "\u202egnp.exe", "\u2028::error::x", "a: b # c", "'", '"', "%0A::error::x",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(root: Path, text: str) -> None:
    done = sent(root, {**OPENING, "title": f"x {text}", "text": text, "remedy": text})
    assert done.path.parent == root / "content/incidents"
    (only,) = Site(root, given_now=NOW).incidents.incidents
    assert (only.impact, only.withdrawn, only.resolved) == ("major", None, None)
    (update,) = only.updates
    assert text.strip() in update.body or "\u2028" in text
    files = {path.relative_to(root).parts[0] for path in root.rglob("*") if path.is_file()}
    assert files == {"data", "content"}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "name", ["action", "component", "components", "impact", "phase", "next", "incident"]
)
def test_hostile_choices_are_refused_in_one_harmless_line(root: Path, name: str, text: str) -> None:
    said = {**OPENING, name: text}
    if name == "incident":
        said["action"] = "update"
    if name == "component" and text in ("{{ x }}", "a: b # c"):
        said["components"] = ""
    for line in refused(root, said).splitlines():
        assert not re.match(r"\s*::", line)
        assert "##[" not in line
        assert "\x1b" not in line
    assert not (root / "content").exists()


def test_variables_of_other_names_are_no_part_of_the_form() -> None:
    environ = {**os.environ, "FORM_ACTION": "open", "FORM_TITLE": " x ", "FORM_OTHER": "y"}
    assert read_form(environ) == Form(action="open", title="x")


PLAN = """\
name: Plan
currency: USD
stages: [{name: One}]
limitations:
  - {id: deploys, risk: Down on every deploy, impact: Sign-in fails}
  - {id: one-host, risk: There is one host, impact: It falls with it}
"""


def test_a_weakness_of_a_roadmap_is_tagged_by_form_and_command_alike(root: Path) -> None:
    roadmaps = root / "data/roadmaps"
    roadmaps.mkdir(parents=True)
    (roadmaps / "plan.yml").write_text(PLAN, "utf-8")

    by_form = sent(root, OPENING | {"components": "api=minor, plan/deploys plan/deploys"})

    assert by_form.incident.limitations == ("plan/deploys",)
    assert [each.component for each in by_form.incident.affected] == ["login", "api"]
    text = by_form.path.read_text("utf-8")
    assert "limitations:\n  - plan/deploys\n" in text
    by_form.path.unlink()
    done = statusgen(
        root, "incident", "open", "--title", "Sign-in fails", "--impact", "major", "--component",
        "login", "--component", "api=minor", "--text", by_form.incident.updates[0].body, "--next",
        "30m", "--at", "2026-11-20T20:10:00Z", "--limitation", "plan/deploys",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert by_form.path.read_text("utf-8") == text
    # Why it happened is often known at its end only.
    for command in (["update", "--limitation", "plan/deploys"], ["resolve"]):
        done = statusgen(
            root, "incident", *command, "--text", "x", "--limitation", "plan/one-host",
            "--at", "2026-11-20T20:20:00Z",
        )  # fmt: skip
        assert done.code == 0, done.err
    text = by_form.path.read_text("utf-8")
    assert text.count("limitations:") == 1
    assert "limitations: [plan/deploys, plan/one-host]\n" in text
    done = statusgen(
        root, "incident", "update", "2026-11-20-sign-in-fails", "--text", "x",
        "--limitation", "plan/deploy",
    )  # fmt: skip
    assert (done.code, by_form.path.read_text("utf-8")) == (2, text)
    assert "did you mean 'plan/deploys'?" in done.err


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("plan/deploy", "did you mean 'plan/deploys'?"),
        ("deploy", "did you mean"),
        ("other/thing", "there are: plan/deploys, plan/one-host"),
    ],
)
def test_a_weakness_that_no_roadmap_lists_is_refused(root: Path, tag: str, told: str) -> None:
    roadmaps = root / "data/roadmaps"
    roadmaps.mkdir(parents=True)
    (roadmaps / "plan.yml").write_text(PLAN, "utf-8")

    done = statusgen(
        root, "incident", "open", "--title", "Sign-in fails", "--impact", "major", "--text", "x",
        "--limitation", tag,
    )  # fmt: skip

    assert done.code == 2
    assert f"no roadmap lists the weakness '{tag}'" in done.err
    assert told in done.err
    assert not (root / "content/incidents").exists()


def test_without_a_roadmap_a_weakness_is_refused_too(root: Path) -> None:
    assert "the roadmaps list no weakness" in refused(root, OPENING | {"components": "plan/one"})
