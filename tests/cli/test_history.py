"""``statusgen history``: what a person types and reads about seals."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from statusgen.base.clock import DAY
from statusgen.history.dayfile import relative_path
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from tests.cli.harness import statusgen, write_config
from tests.history.made import DAY0, made_past, write_rounds

CONFIG = """\
site: {name: Example}
monitors:
  - {id: m0, name: M, url: "https://example.com/"}
history: {branch: null}
"""


def test_an_edit_is_named_accepted_and_its_reason_told(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    folder = tmp_path / "data" / "history"
    write_rounds(folder, made_past(DAY0, DAY0 + 3 * DAY, every=1800))
    roll_up(HistoryStore(folder), now=DAY0 + 4 * DAY, cadences={}, max_gap=None)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)

    sound = statusgen(tmp_path, "history", "verify", "--offline", "--json")
    head = sound.json["history_head"]
    assert (sound.code, len(sound.json["notes"]), len(head)) == (0, 1, 64)
    assert "not chained before 2026-03-04" in sound.json["notes"][0]

    path = folder / relative_path(DAY0 + DAY)
    path.write_bytes(path.read_bytes().replace(b'"took":12', b'"took":13', 1))
    edited = statusgen(tmp_path, "history", "verify", "--offline")
    assert edited.code == 1
    assert "2026/03/2026-03-03.jsonl: 2026-03-03: its rounds are others than were" in edited.out
    assert statusgen(tmp_path, "history", "compact", "--dry-run").code == 3

    told = statusgen(tmp_path, "history", "accept", "2026-03-03", "--because", "A typo\nof mine")
    assert told.code == 0
    assert statusgen(tmp_path, "history", "accept", "2026-13-03", "--because", "x").code == 2
    assert statusgen(tmp_path, "history", "accept", "2026-03-03", "--because", " ").code == 2
    again = statusgen(tmp_path, "history", "verify", "--offline", "--head", head)
    assert again.code == 0, again.out
    assert "note: 2026-03-03: a person accepted an edit: A typo of mine" in again.out
    forged = statusgen(tmp_path, "history", "verify", "--offline", "--head", "0" * 64, "--json")
    assert "written anew" in json.dumps(forged.json["findings"])


def test_the_head_stands_in_every_build(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    folder = tmp_path / "data" / "history"
    built = ("build", "--engine", "none", "--out", "site")
    assert statusgen(tmp_path, *built).code == 0
    freshness = tmp_path / "site" / "freshness.json"
    assert json.loads(freshness.read_text())["history_head"] is None

    write_rounds(folder, made_past(DAY0, DAY0 + 2 * DAY, every=1800))
    roll_up(HistoryStore(folder), now=DAY0 + 3 * DAY, cadences={}, max_gap=None)
    assert statusgen(tmp_path, *built).code == 0
    head = json.loads(freshness.read_text())["history_head"]
    assert (
        head == statusgen(tmp_path, "history", "verify", "--offline", "--json").json["history_head"]
    )
