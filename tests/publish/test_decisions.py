"""Decision records have an index by status, whoever wrote them."""

from pathlib import Path

import pytest

from statusgen.publish.decisions import decisions_page
from statusgen.words import Words

OLD = "---\nstatus: superseded by 0002\ndate: 2026-01-02\n---\n# State: \\[Redis\\] <b>x</b>\n"
NEW = "---\nstatus: accepted\ndate: 2026-02-03\n---\n\n# State &amp; more: none\n"
BY_HAND = "# We keep one repository\n\nStatus: see below.\n"


def written(folder: Path) -> Path:
    (folder / "decisions").mkdir()
    for name, text in (("0001-state", OLD), ("0002-state", NEW), ("0003-one", BY_HAND)):
        (folder / "decisions" / f"{name}.md").write_text(text)
    return folder


def test_the_index_lists_records_by_status(tmp_path: Path) -> None:
    page = decisions_page(written(tmp_path), Words.of())

    assert page is not None
    assert page.path == "decisions/index.html"
    places = [
        page.body.index(text)
        for text in ("State &amp; more: none</a>", "State: [Redis]", "We keep one")
    ]
    assert page.body.index("<h2>accepted</h2>") < places[0] < places[1] < places[2]
    assert '<a href="0001-state/">State: [Redis] &lt;b&gt;x&lt;/b&gt;</a>' in page.body
    assert 'superseded by <a href="0002-state/">0002-state</a>' in page.body


FORMS = {
    "madr-4": '---\nstatus: "superseded by [ADR-0002](0002-new.md)"\n---\n# Old\n',
    "quoted": "---\n# a comment\nstatus: 'Superseded by ADR-2'\n---\n# Old\n",
    "crlf": "---\r\nstatus: superseded by 0002\r\n---\r\n# Old\r\n",
    "madr-2": "# Old\n\n* Status: superseded by [Use the new, at last](0002-new.md)\n* Date: x\n",
    "log4brains": "# Old\n\n- Status: superseded by [0002-new](0002-new.md)\n\n## Context\n",
    "nygard": "# 1. Old\n\n## Status\n\nSuperseded by [2. New](0002-new.md)\n\n## Context\n",
    "by-name": "---\nstatus: superseded by 0002-new\n---\n# Old\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_records_written_by_hand_in_any_usual_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions/0001-old.md").write_bytes(text.encode())
    (tmp_path / "decisions/0002-new.md").write_text("# New\n\n## Status\n\nAccepted.\n")

    page = decisions_page(tmp_path, Words.of())

    assert page is not None
    accepted, superseded = page.body.split("<h2>superseded</h2>")
    assert "<h2>accepted</h2>" in accepted
    assert '<a href="0002-new/">New</a>' in accepted
    assert "Old</a>" in superseded
    assert 'superseded by <a href="0002-new/">0002-new</a>' in superseded


def test_what_supersedes_and_is_no_record_is_told_and_a_template_has_no_status(
    tmp_path: Path,
) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions/0001-a.md").write_text(
        "---\nstatus: superseded by <b onclick=x>0042</b>\n---\n# A\n"
    )
    (tmp_path / "decisions/adr-template.md").write_text(
        '---\nstatus: "{proposed | accepted | superseded by ADR-0001}"\n---\n# T\n'
    )

    page = decisions_page(tmp_path, Words.of())

    assert page is not None
    assert "superseded by &lt;b onclick=x&gt;0042&lt;/b&gt;" in page.body
    assert "<h2>—</h2>" in page.body
    assert "<h2>proposed</h2>" not in page.body


def test_an_index_of_the_author_s_own_stays(tmp_path: Path) -> None:
    (written(tmp_path) / "decisions/index.md").write_text("# Ours\n")

    assert decisions_page(tmp_path, Words.of()) is None


def test_without_records_there_is_no_index(tmp_path: Path) -> None:
    assert decisions_page(tmp_path, Words.of()) is None
