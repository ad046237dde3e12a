"""The commands, as whoever moves here types them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.harness import statusgen
from tests.takeover.test_gatus import CONFIG


def test_looked_at_first_then_written_then_valid_and_built(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(CONFIG, "utf-8")

    looked = statusgen(tmp_path, "import", "gatus", "old.yaml", "--dry-run")
    assert looked.code == 0
    assert not (tmp_path / "data").exists()
    assert "4 monitors; 1 incidents and windows would be written" in looked.err

    written = statusgen(tmp_path, "import", "gatus", "old.yaml")
    assert (tmp_path / "data" / "status.yml").read_text("utf-8") == looked.out
    assert "old.yaml:19: not taken over: 'ping'" in written.err
    validated = statusgen(tmp_path, "validate")
    assert (validated.code, "4 monitors, 4 components: fine" in validated.out) == (0, True)

    again = statusgen(tmp_path, "import", "gatus", "old.yaml", "--json").json
    assert (again["config_written"], again["known_files"], len(again["left"])) == (False, 1, 6)
