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


PARTLY = """currency: GBP
stages:
- name: Stall
  status: done
  items:
  - {name: Web page, service: {name: Host, price: £10 pcm}}
- name: Delivery
  when: 2027-04-01..2027-06-30
  items:
  - {name: Van, service: {name: Lease, price: £249 pcm}}
  - name: Card fees
    service: {name: Stripe, price: "1.5% + £0.20 per transaction", usage: {transaction: 1000}}
  - name: Books
    options: [{name: Xero, price: £33 a month}, {name: FreeAgent, price: £14.50 a month}]
"""


def test_the_cost_over_time_ends_at_what_the_table_of_stages_says(tmp_path: Path) -> None:
    page = body(built(tmp_path, PARTLY), "plan/costs/")
    chart = page[page.index('id="cost-growth"') :] if 'id="cost-growth"' in page else page

    assert "2027-04-01 £459 + ?" in chart
    assert re.search(r"which is in it; “\?” is the rest: Card fees\.", chart)
    assert re.search(r"Not in it, for want of a time or of a known price: Books\.", chart)


def test_a_stage_without_a_time_is_named_beneath_the_timeline(tmp_path: Path) -> None:
    page = body(built(tmp_path, PARTLY), "plan/timeline/")

    assert "Not in it, for want of a time: Stall." in page
