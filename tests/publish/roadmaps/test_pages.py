"""The pages of the four real roadmaps, seen from outside."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps
from statusgen.words import Words
from tests.publish.roadmaps.conftest import COMPONENTS, ROOT, body, content
from tests.publish.roadmaps.links import dead_links, repeated_ids


def texts(page: str) -> str:
    """Return what a reader sees, each run of space as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.replace("<wbr>", ""))).split())


def our_rows(page: str) -> list[str]:
    """Return the rows of our tables, but for those that repeat a drawing."""
    tables = re.findall(r'<table class="rm-table.*?</table>', page, re.S)
    return re.findall(r"<tr>.*?</tr>", "".join(tables), re.S)


def row(page: str, name: str) -> str:
    """Return the text of the first row of our tables that is headed by ``name``."""
    return next(said for one in our_rows(page) if (said := texts(one)).startswith(name))


def test_a_page_is_there_where_there_is_data_and_nowhere_else(manifest: Manifest) -> None:
    paths = {e.path.removesuffix("index.html") for e in manifest if isinstance(e, Page)}
    sections = {
        "apexmediation": "costs timeline compare checklists architecture audit",
        "locallink": "costs timeline options checklists audit",
        "smart-service": "costs timeline checklists audit",
        "suoops": "costs checklists decisions architecture audit",
    }
    stages = {
        "apexmediation": "core observability email status analytics",
        "locallink": "critical high nice-to-have",
        "smart-service": "essential-setup basic-growth scaling hardening enterprise",
        "suoops": "quick-wins growth production",
    }
    expected = {"roadmaps/", "claims/"} | {f"roadmaps/{one}/" for one in sections}
    expected |= {f"roadmaps/{one}/{s}/" for one, names in sections.items() for s in names.split()}
    expected |= {
        f"roadmaps/{one}/stages/{s}/" for one, names in stages.items() for s in names.split()
    }
    assert paths == expected


def test_only_the_indexes_are_in_the_navigation(manifest: Manifest) -> None:
    found = {e.path for e in manifest if isinstance(e, Page) and e.in_navigation}
    ids = ("apexmediation", "locallink", "smart-service", "suoops")
    assert found == {"roadmaps/index.html", *(f"roadmaps/{one}/index.html" for one in ids)}


def test_the_index_shows_every_roadmap_with_its_cost_and_its_open_findings(
    manifest: Manifest,
) -> None:
    page = body(manifest, "")
    smart = row(page, "Smart Service Integration")
    assert "5 stages Essential Setup Basic Growth 50+ Users $0 stated $0–50/month $1,589" in smart
    either = "whether $2000–3000/month is what it adds or all that runs is not stated"
    assert smart.endswith(f"{either} 8 —")
    apex = row(page, "ApexMed")
    assert "Not stated Core Infrastructure Migration Week 1-2 $917 stated $917/month" in apex
    assert "$133 stated $133/month 21" in apex
    assert row(page, "SuoOps").endswith("2026-02-20")
    assert row(page, "Total, as far as it can be derived").endswith("36")
    assert "By when" not in texts(page)  # no plan names a day or an owner


def test_the_index_says_who_by_when_what_is_next_and_what_holds_back(tmp_path: Path) -> None:
    stages = (
        "updated: 2026-11-01\nstages:\n- name: Base\n  status: current\n  items:\n"
        "  - {name: Host, owner: Ines, due: 2026-11-20, changed: 2026-11-10, status: current}\n"
        "  - {name: Copy, owner: Olu, depends_on: [host]}\n"
        "  - {name: Switch, depends_on: [copy]}\n- {name: Far, when: 2027-02}\n"
    )
    said = texts(of(tmp_path, stages, "../"))
    assert "Base 0 of 3 items Far February 2027 Ines and Olu 20 Nov 2026 overdue" in said
    assert "0 2026-11-10" in said
    assert "What holds us back Host was due on 20 Nov 2026. Copy waits for Host. and 2 more" in said


def test_an_overview_says_where_we_are_and_what_comes_next(manifest: Manifest) -> None:
    page = body(manifest, "smart-service/")
    said = texts(page)
    assert "Where we are Essential Setup" in said
    assert "Next stage Basic Growth 50+ Users" in said
    assert "Cost now $0 per month" in said
    assert "Cost at the end $1,589 per month" in said
    assert page.count('<figure class="sg">') == 1


def test_each_number_that_the_audit_faults_leads_to_its_finding(
    manifest: Manifest, library: Library
) -> None:
    page = body(manifest, "smart-service/costs/")
    lines = our_rows(page)
    line = next(r for r in lines if "stages/hardening/" in r)
    assert re.search(
        r'\$800–1000/month<a class="rm-flag rm-contradicted" '
        r'href="../../../roadmaps/smart-service/audit/#cost002-stages-hardening-cost"',
        line,
    )
    holds = next(r for r in lines if "stages/scaling/" in r)
    assert "rm-flag" not in holds
    marked = set()
    for entry in manifest:
        if isinstance(entry, Page) and not entry.path.endswith("audit/index.html"):
            marked |= set(re.findall(r'rm-flag[^>]*roadmaps/([a-z-]+)/audit/#([^"]+)', entry.body))
    for dossier in library.dossiers:
        for finding in dossier.faults:
            assert (dossier.id, dossier.anchors[finding]) in marked, finding.id


def test_costs_are_listed_with_quantity_month_year_and_sums(manifest: Manifest) -> None:
    page = body(manifest, "smart-service/costs/")
    assert row(page, "APM") == (
        "APM DataDog Pro $15/host/month not stated host "
        "$150 as stated, for want of the number of hosts $1,800"
    )
    assert row(page, "Enterprise Ready") == (
        "Enterprise Ready 1000+ Users $2000–3000/month $799 partly as stated "
        "$1,589 partly as stated $19,068 partly as stated +$799"
    )
    core = body(manifest, "apexmediation/stages/core/")
    assert row(core, "Database").endswith("$25/month 1 month $25 $300 −$225 to −$25")
    assert row(core, "Added").endswith("$99–195 $1,188–2,340 −$755 to −$101")


def test_a_stage_of_which_nothing_is_priced_is_open_and_not_free(manifest: Manifest) -> None:
    assert row(body(manifest, "suoops/costs/"), "Production-Grade").count("not known") >= 3
    scaled = row(body(manifest, "suoops/"), "2. Scale for Growth")
    assert len(re.findall(r"(?<!\d )not known", scaled)) == 2


def test_before_and_after_tells_what_is_saved_and_the_break_even(manifest: Manifest) -> None:
    said = texts(body(manifest, "apexmediation/compare/"))
    assert "Saved per month $784 917 − 133" in said
    assert "Saved per year $9,408" in said
    assert "Share saved 85.5 %" in said
    page = body(manifest, "apexmediation/compare/")
    assert row(page, "The old stack needed 7").endswith("7 customers 14 customers Contradicted")


def test_options_stand_side_by_side_with_the_decision(manifest: Manifest) -> None:
    page = body(manifest, "locallink/options/")
    assert page.count('class="rm-option') - page.count('class="rm-option-name') >= 21
    assert "Not decided yet. Recommended: AWS S3." in texts(page)
    assert "~$0.023/GB/month + $0.005/1000 requests" in texts(page)


def test_checklists_show_their_progress(manifest: Manifest) -> None:
    page = body(manifest, "suoops/checklists/")
    assert '<progress value="9" max="22" aria-label="Security practices">' in page
    assert page.count('class="rm-ticked"') == 9
    assert page.count('class="rm-open"') == 13


def test_the_decision_matrix_marks_the_cheapest_that_is_not(manifest: Manifest) -> None:
    page = body(manifest, "suoops/decisions/")
    line = next(r for r in re.findall(r"<tr.*?</tr>", page, re.S) if "Lowest possible cost" in r)
    assert "audit/#cost017-decisions-3" in line


def test_the_audit_shows_stated_beside_derived(manifest: Manifest) -> None:
    said = texts(body(manifest, "smart-service/audit/"))
    assert "10 checks: 2 hold, 5 contradicted, 3 open." in said
    assert "Stated $800–1000/month Derived $368 new, $790 running" in said
    assert "data/roadmaps/smart-service.yml:" in said


def test_parts_of_an_architecture_lead_to_their_status(manifest: Manifest) -> None:
    page = body(manifest, "suoops/architecture/")
    assert 'href="../../../components/suoops-api/"' in page
    assert 'href="../../../roadmaps/suoops/stages/production/#aws-compute"' in page


def test_every_link_leads_somewhere(manifest: Manifest) -> None:
    dead, checked = dead_links(manifest)

    assert dead == []
    assert checked > 1000


def test_ids_are_unique_on_each_page(manifest: Manifest) -> None:
    assert repeated_ids(manifest) == []


def test_each_diagram_is_published_in_both_colours_with_its_links_resolved(
    manifest: Manifest,
) -> None:
    pictures = [e for e in manifest if isinstance(e, Asset) and e.path.endswith(".svg")]
    # A stage shows its architecture again, with the files of the page of architectures.
    pages = [e for e in manifest if isinstance(e, Page) and "/stages/" not in e.path]
    figures = sum(e.body.count('<figure class="sg">') for e in pages)
    assert len(pictures) == 2 * figures == 36
    for picture in pictures:
        ElementTree.fromstring(picture.content)
        assert b"var(" not in picture.content
    light = content(manifest, "smart-service/ladder.svg")
    assert light != content(manifest, "smart-service/ladder-dark.svg")


def test_tables_are_exported_with_the_rows_shown(manifest: Manifest) -> None:
    rows = list(csv.reader(io.StringIO(content(manifest, "smart-service/costs/costs.csv")[1:])))
    assert rows[0][:5] == [
        "Stage", "Stated, as written", "Stated from (USD)", "Stated to (USD)",
        "Added per month from (USD)",
    ]  # fmt: skip
    last = dict(zip(rows[0], rows[5], strict=True))
    assert last["Stage"] == "Enterprise Ready"
    assert last["Stated, as written"] == "$2000-3000/month"
    assert (last["Stated from (USD)"], last["Stated to (USD)"]) == ("2000", "3000")
    assert (last["Running per month from (USD)"], last["Running per month to (USD)"]) == (
        "1589",
    ) * 2
    assert last["Change from before to (USD)"] == "799"
    document = json.loads(content(manifest, "smart-service/costs/costs.json"))
    one = {"amounts": [{"currency": "USD", "low": 1589, "high": 1589}]}
    assert document["rows"][4]["Running per month"] == one


def test_a_roadmap_is_published_as_it_was_written(manifest: Manifest) -> None:
    plan = json.loads(content(manifest, "smart-service/roadmap.json"))
    assert plan["stages"][2]["items"][0]["service"]["price"] == "$15/host/month"
    assert plan["stages"][3]["cost"]["stated"] == "$800-1000/month"


def test_the_same_roadmaps_give_the_same_bytes(manifest: Manifest, library: Library) -> None:
    again = Manifest()
    for entry in roadmap_entries(library, COMPONENTS):
        again.add(entry)
    assert again.entries == manifest.entries


def test_no_roadmap_makes_no_page() -> None:
    assert list(roadmap_entries(Library())) == []


@pytest.mark.parametrize("path", ["smart-service/", "apexmediation/compare/", "suoops/decisions/"])
def test_no_script_and_no_style_stand_in_a_page(manifest: Manifest, path: str) -> None:
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", body(manifest, path))


def test_the_growth_of_cost_ends_at_the_sums_that_the_page_states_elsewhere(
    manifest: Manifest,
) -> None:
    growing = body(manifest, "smart-service/costs/")
    table = figure_rows(growing, "over time")
    assert table[0] == ["From", "What changes", "Paid per month", "Stated range"]
    assert table[1][0::2] == ["Day 1", "$0"]
    assert table[-1][0::2] == ["Month 6", "$1,589"]
    assert "$1,589" in row(growing, "Enterprise Ready")

    falling = body(manifest, "apexmediation/costs/")
    sums = figure_rows(falling, "over time")
    assert [sums[1][-1], sums[-1][-1]] == ["$917", "$133"]
    said = texts(falling)
    assert "Cloudflare R2 and Backblaze B2 have no time of their own" in said
    for svg in ("cost-growth.svg", "cost-growth-dark.svg"):
        for one in ("smart-service", "apexmediation"):
            picture = content(manifest, f"{one}/costs/{svg}")
            ElementTree.fromstring(picture)
            assert len(picture) < 15_000
            assert "var(" not in picture
    for one in ("locallink", "suoops"):
        assert "over-time" not in body(manifest, f"{one}/costs/")


def figure_rows(page: str, title: str) -> list[list[str]]:
    """Return the cells of the table beneath the diagram whose title ends with ``title``."""
    found = re.search(rf"{title}: the same as a table</summary>.*?<table.*?</table>", page, re.S)
    assert found is not None
    rows = re.findall(r"<tr>(.*?)</tr>", found[0], re.S)
    return [[texts(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", one, re.S)] for one in rows]


def test_a_page_says_once_how_its_diagrams_are_read(manifest: Manifest) -> None:
    page = body(manifest, "suoops/architecture/")

    assert page.count("rm-figure-row") == 4
    assert page.count("A dashed frame holds what runs in one place.") == 1
    assert page.count("An arrow leads from a part") == 1


def test_where_we_are_is_said_beside_the_ladder_and_in_the_steps(manifest: Manifest) -> None:
    assert "The green frame is where we are: Essential Setup." in body(manifest, "smart-service/")
    step = texts(body(manifest, "smart-service/stages/scaling/"))
    assert "1. Essential Setup Under way 2. Basic Growth 3. Scaling Phase" in step
    assert "where we are" not in body(manifest, "suoops/")


def test_amounts_have_the_form_of_the_language_and_prices_the_author_s() -> None:
    loaded = load_roadmaps(ROOT / "data/roadmaps", "data/roadmaps")
    german = Library.of(loaded.roadmaps, date(2026, 11, 21), words=Words.of("de"))
    made = Manifest()
    for entry in roadmap_entries(german, ()):
        made.add(entry)

    compare = body(made, "apexmediation/compare/")
    assert "9.408\u00a0$" in compare
    assert 'data-key="' in compare
    drawn = re.sub(r"<[^>]+>", " ", re.findall(r"<svg.*?</svg>", compare, re.S)[0])
    assert "(−85,5 %)" in drawn
    audit = texts(body(made, "smart-service/audit/"))
    assert "57 $ unter dem unteren Ende der Angabe $100–200/month" in audit
    assert "43 $ neu" in audit
    costs = made.entries["roadmaps/smart-service/costs/costs.json"]
    assert isinstance(costs, Asset)
    lows = re.findall(r'"low": ([^,\n]+)', costs.content.decode())
    assert lows
    assert all(re.fullmatch(r"-?[\d.]+", low) for low in lows)


def test_a_vendor_of_many_lines_is_named_once_beside_the_drawing(manifest: Manifest) -> None:
    page = body(manifest, "apexmediation/compare/")
    drawing = texts(page[page.index("<svg") : page.index("</svg>")])
    assert "Datadog → monitoring VM" in drawing
    assert "Fly.io" not in drawing
    assert "Fly.io: 2× VMs @ $7 each, monitoring VM, Listmonk VM, n8n VM, Umami VM." in texts(page)


def test_a_sum_of_one_line_is_not_told_again(manifest: Manifest) -> None:
    one = body(manifest, "apexmediation/stages/analytics/")
    assert row(one, "Added")
    assert not any("Items alone" in texts(each) for each in our_rows(one))
    several = body(manifest, "apexmediation/stages/email/")
    assert row(several, "Items alone")


def test_a_part_without_an_arrow_is_explained_where_there_is_one(manifest: Manifest) -> None:
    said = "Not connected to other parts in this plan"
    assert said in texts(body(manifest, "suoops/architecture/"))
    assert said in texts(body(manifest, "suoops/stages/production/"))
    assert said not in texts(body(manifest, "apexmediation/architecture/"))


def test_signs_of_unknown_money_are_explained_where_they_stand(manifest: Manifest) -> None:
    partly = "“+ ?”: more comes to it that is not known."
    unknown = "“not known”: it does not follow"
    for path in ("", "suoops/", "suoops/costs/"):
        said = texts(body(manifest, path))
        assert said.count(partly) == said.count(unknown) == 1, path
    stage = texts(body(manifest, "suoops/stages/quick-wins/"))
    assert partly in stage
    assert unknown not in stage
    assert partly not in texts(body(manifest, "apexmediation/costs/"))
    for entry in manifest:
        assert not isinstance(entry, Page) or "<!--signs-->" not in entry.body, entry.path


def test_a_card_says_that_a_price_is_not_stated(manifest: Manifest, tmp_path: Path) -> None:
    assert content(manifest, "suoops/ladder.svg").count(">not stated</text>") > 10
    assert "“not stated”: nobody wrote it down." in texts(body(manifest, "suoops/"))
    page = of(
        tmp_path,
        "stages:\n- name: Base\n  items:\n  - {name: A drill}\n"
        "  - {name: Host, service: {name: VM, price: $5/month}}\n"
        "  - {name: Mail, options: [{name: One}, {name: Two}]}\n",
        "",
    )
    assert ">not stated<" not in page


def test_steps_are_shown_and_only_a_long_list_folds(tmp_path: Path) -> None:
    many = ", ".join(f"Step {number}" for number in range(1, 17))
    page = of(
        tmp_path,
        "stages:\n- name: Base\n  items:\n"
        "  - {name: Short, progress: 40%, steps: [Order it, Plug it in]}\n"
        f"  - {{name: Long, progress: 1/4, steps: [{many}]}}\n"
        "- {name: Under way, status: current}\n- {name: Next}\n",
        "stages/base/",
    )
    folds = re.findall(r"<details class=\"rm-fold\"[^>]*>.*?</details>", page, re.S)
    assert [texts(one).partition(" Step 1")[0] for one in folds] == ["Steps (16) · 25 %"]
    assert "Steps (2) · 40 % Order it Plug it in" in texts(page)


def of(folder: Path, text: str, path: str) -> str:
    """Return a page of a plan."""
    (folder / "plan.yml").write_text("name: Plan\ncurrency: USD\n" + text, "utf-8")
    loaded = load_roadmaps(folder)
    assert loaded.problems == ()
    made = Manifest()
    for entry in roadmap_entries(Library.of(loaded.roadmaps, date(2026, 11, 26)), ()):
        made.add(entry)
    return body(made, f"plan/{path}" if path != "../" else "")
