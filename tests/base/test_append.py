from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import OutsideError
from statusgen.base.files import append_durable, exclusive_lock, truncate_durable


def test_folders_are_made_and_lines_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "lines"
    append_durable(path, b"one\n")
    append_durable(path, b"two\n")
    assert path.read_bytes() == b"one\ntwo\n"


def test_a_missing_newline_is_put_first(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"torn")
    append_durable(path, b"whole\n")
    assert path.read_bytes() == b"torn\nwhole\n"


def test_a_full_disk_is_told_in_one_line() -> None:
    with pytest.raises(OutsideError, match=r"^cannot write /dev/full: No space left on device$"):
        append_durable(Path("/dev/full"), b"x\n")


def test_a_missing_file_cannot_be_shortened(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="cannot shorten"):
        truncate_durable(tmp_path / "none", 0)


def test_locking_a_folder_leaves_no_file_in_it(tmp_path: Path) -> None:
    with exclusive_lock(tmp_path):
        assert list(tmp_path.iterdir()) == []
