"""Tables of HTML and of comma-separated values are read as those of Markdown are."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown

HTML = """# Choir

<table class="wide">
  <thead><tr><th>What</th><th>Kind</th><th>Monthly</th></tr></thead>
  <tbody>
    <tr><td>Hall &amp; heating</td><td>rent</td><td>€310</td></tr>
    <tr><td>Scores</td><td><em>once<br>bought</em></td><td>€45</td></tr>
    <tr><td colspan="2"><b>All in</b></td><td><b>{total}</b></td></tr>
  </tbody>
</table>

Paid by the members.
"""
CSV = """# Fair

```csv
item,"where, when",Cost (EUR)
Stand,"hall 3, May",1200
Banner,"hall 3, May",300
Total,,{total}
```
"""


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def test_html_table_is_a_table_and_nothing_of_it_is_left_over() -> None:
    imported = import_markdown(HTML.format(total="€355").encode(), "d.md")
    (table,) = yaml.safe_load(imported.yaml)["stacks"]

    assert [(row["name"], row["monthly"]) for row in table["rows"]] == [
        ("Hall & heating", "€310"),
        ("Scores", "€45"),
    ]
    assert table["rows"][1]["notes"] == ["Kind: once bought"]
    assert (table["total"]["name"], table["total"]["monthly"]) == ("All in", "€355")
    assert table["total"]["source"] == "d.md:8"
    assert imported.unread == ()


def test_comma_separated_values_are_a_table() -> None:
    imported = import_markdown(CSV.format(total="1500").encode(), "d.md")
    (table,) = yaml.safe_load(imported.yaml)["stacks"]

    assert [(row["name"], row["monthly"]) for row in table["rows"]] == [
        ("Stand", "EUR 1200"),
        ("Banner", "EUR 300"),
    ]
    assert table["rows"][0]["notes"] == ["where, when: hall 3, May"]
    assert table["total"]["monthly"] == "EUR 1500"
    assert imported.unread == ()


@pytest.mark.parametrize(
    ("text", "right", "wrong"), [(HTML, "€355", "€365"), (CSV, "1500", "1600")]
)
def test_their_sums_are_checked(text: str, right: str, wrong: str) -> None:
    def rules(total: str) -> list[tuple[str, str]]:
        found = audit_markdown(text.format(total=total), "d.md")
        return [(str(one.severity), one.rule) for one in found]

    assert rules(right) == [("info", "COST001")]
    assert rules(wrong) == [("error", "COST001")]


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><th>A</th><th>B</th></tr><tr><td rowspan="2">1</td><td>2</td></tr></table>',
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>",
        "<table><tr><th>A</th></tr><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        "<table><caption>Costs</caption><tr><th>A</th></tr><tr><td>1</td></tr></table>",
        '<table><tr><th>A</th></tr><tr><td colspan="999999999">1</td></tr></table>',
        "<table><tr><td><img src='a.png'></td></tr><tr><td><img src='b.png'></td></tr></table>",
        "<table><tr><th>A</th></tr><tr><td><ul><li>one</li></ul></td></tr></table>",
        "<div><p>$5</p></div>",
    ],
)
def test_other_html_is_kept_to_the_letter(html: str) -> None:
    draft = _draft(f"# X\n\n{html}\n")

    assert [kept["text"] for kept in draft["x-unread"]] == [html]


def test_code_that_has_commas_is_no_table() -> None:
    draft = _draft("# X\n\n```\na,b\n1,2\n```\n\n```csv\na,b\n1,2,3\n```\n")

    assert [code["text"] for code in draft["x-code"]] == ["a,b\n1,2", "a,b\n1,2,3"]


def test_summary_of_what_is_folded_is_the_label_of_what_is_in_it() -> None:
    draft = _draft(
        "# X\n\n<details><summary>Where the money comes from</summary>\n\n"
        "* Members: $120/month\n* Grant: $500\n\n</details>\n"
    )

    assert draft["x-facets"] == {
        "Where the money comes from": ["Members: $120/month", "Grant: $500"]
    }
    assert not {"stacks", "x-unread"} & draft.keys()


GRID = """# Backend

```
+--------+-----+---------+----------+
| What   | Qty | Unit/mo | Total/mo |
+========+=====+=========+==========+
| Match  |  12 |  $38.00 |  $456.00 |
| Redis  |   1 |  $61.00 |   $61.00 |
+--------+-----+---------+----------+
| TOTAL  |     |         |  {total} |
+--------+-----+---------+----------+
```
"""


def test_table_in_letters_is_a_table() -> None:
    imported = import_markdown(GRID.format(total="$517.00").encode(), "d.md")
    (table,) = yaml.safe_load(imported.yaml)["stacks"]

    assert [(row["name"], row["unit_price"], row["monthly"]) for row in table["rows"]] == [
        ("Match", "$38.00", "$456.00"),
        ("Redis", "$61.00", "$61.00"),
    ]
    assert table["total"]["monthly"] == "$517.00"
    assert imported.unread == ()
    found = audit_markdown(GRID.format(total="$571.00"), "d.md")
    assert [f.rule for f in found if str(f.severity) == "error"] == ["COST001"]


def test_drawing_of_boxes_is_no_table() -> None:
    drawing = "+-----+    +-----+\n| App | -> | DB  |\n+-----+    +-----+\n| Log |    | Bak |\n"
    draft = _draft(f"# X\n\n```\n{drawing}```\n")

    assert "stacks" not in draft
    assert "x-tables" not in draft
