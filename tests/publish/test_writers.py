"""The directory writer: everything there, nothing else touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError, StatusgenError
from statusgen.publish.edition import Edition
from statusgen.publish.layout import plain_page
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.writers import MARKER, write_directory
from tests.publish import scenes


def manifest(**files: str) -> Manifest:
    made = Manifest()
    for path, text in files.items():
        made.add(Asset(path=path.replace("__", "/"), content=text.encode()))
    return made


def listing(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_what_is_gone_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_directory(manifest(a="1", b__c__d="2", b__e="3"), out)
    write_directory(manifest(a="1", b__e="4"), out)
    assert listing(out) == sorted([MARKER, "a", "b/e"])
    assert (out / "b" / "e").read_text() == "4"
    assert not (out / "b" / "c").exists()


def test_files_of_others_in_our_folder_stay(tmp_path: Path) -> None:
    write_directory(manifest(a="1", b__c="2"), tmp_path)
    (tmp_path / "b" / "CNAME").write_text("status.example.com")
    write_directory(manifest(a="1"), tmp_path)
    assert listing(tmp_path) == sorted([MARKER, "a", "b/CNAME"])


def test_a_folder_that_no_build_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="did not write"):
        write_directory(manifest(a="1"), tmp_path)
    assert listing(tmp_path) == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(InputError, match="is a file"):
        write_directory(manifest(a="1"), tmp_path / "site")


def test_a_marker_cannot_make_us_delete_elsewhere(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    out = tmp_path / "site"
    out.mkdir()
    (out / MARKER).write_text('["../precious", "/etc/passwd"]')
    write_directory(manifest(a="1"), out)
    assert precious.read_text() == "x"


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "a\\..\\b", "a//b", "", "a\0b"])
def test_no_entry_leads_out_of_the_site(tmp_path: Path, path: str) -> None:
    made = Manifest()
    made.add(Asset(path=path, content=b""))
    with pytest.raises(StatusgenError, match="leads out"):
        write_directory(made, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_file_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    write_directory(manifest(a="1"), tmp_path)
    before = (tmp_path / "a").stat().st_ino
    write_directory(manifest(a="1"), tmp_path)
    assert (tmp_path / "a").stat().st_ino == before


def test_a_page_gets_our_layout(tmp_path: Path) -> None:
    edition = Edition.of(*scenes.quiet())
    made = Manifest(wrap=lambda page: plain_page(edition, page))
    made.add(Page(path="roadmaps/index.html", title="Road & maps", body="<p>Ahead</p>"))
    write_directory(made, tmp_path)
    html = (tmp_path / "roadmaps" / "index.html").read_text()
    assert "<h1>Road &amp; maps</h1>" in html
    assert "<p>Ahead</p>" in html
    assert 'href="../history/"' in html


def test_two_things_at_one_path_are_an_error_that_names_both() -> None:
    """On a disk where letter case does not count, ``A`` and ``a`` are one file."""
    made = Manifest()
    made.add(Asset(path="api/x.json", content=b"1", source="the badges"))
    with pytest.raises(StatusgenError, match=r"the badges and the feeds"):
        made.add(Asset(path="API/x.json", content=b"2", source="the feeds"))
