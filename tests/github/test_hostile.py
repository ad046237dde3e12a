"""Whatever an API answers is read or passed over, and nothing of it breaks a run."""

from __future__ import annotations

import string
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from statusgen.github.issue import comment, issue
from statusgen.github.maintenance import planned
from statusgen.github.state import load
from statusgen.incident.comments import PATH, read_comments, said_phase
from tests.github.world import CONFIG, world

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(),
    st.sampled_from(
        ["2026-11-18T11:06:40Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "Bot"]
    ),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
USER = ("user", "login", "type", "author_association")
TIMES = ("created_at", "updated_at", "closed_at")
KEYS = (*USER, *TIMES, "number", "id", "title", "body", "state", "labels", "name", "pull_request")
OBJECT = st.dictionaries(st.sampled_from(KEYS), JSON)


@given(OBJECT, OBJECT)
def test_any_object_is_an_issue_and_a_comment_or_none(told: dict[str, Any], user: Any) -> None:
    for each in (told, {**told, "user": user, "number": 1, "created_at": "2026-11-18T11:06:40Z"}):
        found = issue(each)
        comment({**each, "id": 1})
        if found is not None:
            assert "\r" not in found.body
            assert "\n" not in found.title
            _ = found.mark


LINES = st.lists(
    st.one_of(
        st.text(string.printable, max_size=30),
        st.sampled_from(["start: ", "end: ", "expectedDown: api", "start: 2026-11-20T22:00:00Z"]),
        st.sampled_from(["end: 9999-12-31T23:59:59Z", "end: 2026-11-20T23:00:00Z", "<!--", "-->"]),
    )
)


@given(LINES)
def test_any_body_is_a_plan_or_a_sentence(lines: list[str]) -> None:
    told = {
        "number": 7,
        "created_at": "2026-11-18T11:06:40Z",
        "body": "<!--\n" + "\n".join(lines) + "\n-->",
    }
    found = issue(told)
    assert found is not None
    with suppress(ValueError):  # it says what is wrong
        plan = planned(found)
        assert plan.start < plan.end


@given(st.text())
def test_any_comment_says_a_phase_or_stays_whole(text: str) -> None:
    phase, body = said_phase(text)
    assert body == text.strip() if phase is None else body


def test_damaged_memories_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    for text in ("", "{", "[]", '{"v": 1}', '{"v": 2, "since": 1}', "\x00" * 50):
        path.write_text(text)
        assert load(path).issues == {}


def test_damaged_lines_hide_no_other(tmp_path: Path) -> None:
    good = (
        '{"v":1,"comment":7,"incident":"urn:uuid:x","at":"2026-11-18T11:06:40Z",'
        '"edited":"2026-11-18T11:06:40Z","by":"ann","phase":null,"body":"News."}'
    )
    path = tmp_path / PATH
    path.parent.mkdir()
    for bad in ("", "{", "null", "[1]", good.replace("7", "[]"), good.replace("null", '"over"')):
        path.write_text(f"{bad}\n{good}\n{good[:40]}")
        assert [each.body for each in read_comments(tmp_path)["urn:uuid:x"]] == ["News."]


def test_a_broken_mkdocs_file_stops_nothing(tmp_path: Path) -> None:
    with world(tmp_path, CONFIG) as here:
        here.open()
        (tmp_path / "mkdocs.yml").write_text("docs_dir: [")
        assert not here.sync().problems
        assert len(here.github.issues) == 1


def test_any_answer_about_somebody_is_a_yes_or_a_no(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        here.github.associations = {"ann": "OWNER"}
        incident = here.open()
        here.sync()
        here.later().github.comments_on(1, "ann", "Resolved")
        answers: tuple[dict[str, Any], ...] = ({"permission": ["write"]}, {}, {"role_name": 7})
        for told in (*answers, {"permission": {}}):
            here.github.faults = [("GET /collaborators", (200, {}, told))]
            here.later().github.comments[2]["updated_at"] = "2026-11-18T12:00:00Z"
            assert not here.sync().problems
        assert here.incident(incident.id).open
