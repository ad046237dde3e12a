"""Decision records have an index by status, whoever wrote them."""

from pathlib import Path

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


def test_an_index_of_the_author_s_own_stays(tmp_path: Path) -> None:
    (written(tmp_path) / "decisions/index.md").write_text("# Ours\n")

    assert decisions_page(tmp_path, Words.of()) is None


def test_without_records_there_is_no_index(tmp_path: Path) -> None:
    assert decisions_page(tmp_path, Words.of()) is None
