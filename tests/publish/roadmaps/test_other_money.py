"""Plans in pounds, yen and francs: what their pages say of money."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from statusgen.publish.manifest import Manifest
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps
from tests.publish.roadmaps.conftest import body, content

HEAD = "schema: statusgen/roadmap@1\nname: Plan\n"


def built(folder: Path, text: str) -> Manifest:
    """Return the pages of a plan."""
    (folder / "plan.yml").write_text(HEAD + text, "utf-8")
    loaded = load_roadmaps(folder)
    assert loaded.problems == ()
    made = Manifest()
    for entry in roadmap_entries(Library.of(loaded.roadmaps, date(2026, 11, 26)), ()):
        made.add(entry)
    return made


def drawn(svg: str) -> list[str]:
    """Return the texts of a drawing, in their order."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.replace("\u00a0", " "))


MIXED = """currency: CHF
stages:
- name: Online
  items:
  - name: Booking
    service: {name: OneDoc, price: "CHF 129.–/Mt. + CHF 390.– einmalig"}
  - name: Cables
    service: {name: Fitter, price: "CHF 2'450.– einmalig"}
  - name: Fitting
    cost: "CHF 600 one-off"
  - name: Domain
    service: {name: Host, price: "CHF 150.– pro Jahr"}
"""


def test_a_card_of_the_ladder_says_what_is_paid_a_month_and_once(tmp_path: Path) -> None:
    said = " ".join(drawn(content(built(tmp_path, MIXED), "plan/ladder.svg")))

    for price in ("CHF 129 + CHF 390 once", "CHF 2,450 once", "CHF 600 once", "CHF 12.50"):
        assert price in said


YEN = """currency: JPY
stages:
- name: 準備
  id: prep
  items:
  - name: ドメイン
    id: domain
    service: {name: お名前, price: "3,000円/年"}
  - name: メール
    id: mail
    service: {name: Workspace, price: "800円/ユーザー/月", usage: {ユーザー: 4}}
  - name: 会計
    id: books
    service: {name: 弥生, price: "年額26,000円"}
"""


def test_a_card_in_yen_says_the_month_and_no_sen(tmp_path: Path) -> None:
    manifest = built(tmp_path, YEN)
    said = drawn(content(manifest, "plan/ladder.svg"))

    assert {"¥250", "¥3,200", "¥2,167"} <= set(said)
    assert not re.search(r"円|¥[\d,]+\.\d", " ".join(said))
    assert "¥2,166.67" not in body(manifest, "plan/costs/")
