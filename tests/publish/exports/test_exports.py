"""Other tools' forms: what they must read, and that no label ends where it should not."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from statusgen.config.reader import load
from statusgen.probe.kinds import KINDS
from statusgen.publish.exports import drawn, focus, openslo
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap

PLAN = """\
schema: statusgen/roadmap@1
id: plan
name: Plan
currency: EUR
architectures:
  - id: now
    name: 'Now "quoted" #1; end'
    groups: {eu: {label: "It's <b>here</b>"}, inner: {label: Inner, in: eu}}
    nodes:
      end: {label: 'end', sub: ['a\\b', '`**x**`']}
      model: {label: Model, in: inner}
    edges: ['end -> model: reads "all" | none']
stages:
  - id: one
    name: One
    items:
      - {id: web, name: Web, service: {name: Machine, vendor: Host Inc, price: €10/month}}
  - id: two
    name: Two
    items:
      - {id: store, name: Store, service: {name: Disk, price: €2.50/month}}
      - {id: mail, name: Mail, service: {name: Post, price: €5-10/month}}
      - {id: open, name: Open}
"""


def plan(folder: Path, text: str = PLAN) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(text, "utf-8")
    return load_roadmap(path)


def test_an_architecture_as_mermaid(tmp_path: Path) -> None:
    found = drawn.architectures_mermaid(plan(tmp_path))

    assert found.text == (
        "flowchart TD\n"
        '  subgraph a0["Now #34;quoted#34; #35;1#59; end"]\n'
        '    a0n2["end<br/>a#92;b<br/>#96;#42;#42;x#42;#42;#96;"]\n'
        '    subgraph a0n0["It\'s #60;b#62;here#60;/b#62;"]\n'
        '      subgraph a0n1["Inner"]\n'
        '        a0n3["Model"]\n'
        "      end\n"
        "    end\n"
        '    a0n2 -->|"reads #34;all#34; #124; none"| a0n3\n'
        "  end\n"
    )


def test_an_architecture_as_likec4(tmp_path: Path) -> None:
    found = drawn.architectures_likec4(plan(tmp_path)).text

    assert "  a0 = architecture 'Now \"quoted\" #1; end' {\n" in found
    assert "      description 'a\\\\b; `**x**`'\n" in found
    assert "    n0 = frame 'It\\'s <b>here</b>' {\n" in found
    assert "  a0.n2 -> a0.n0.n1.n3 'reads \"all\" | none'\n" in found
    assert "  view v0 of a0 {\n" in found
    assert found.count("{") == found.count("}")


@given(st.text(max_size=60))
def test_no_label_ends_before_its_end(text: str) -> None:
    # Both languages end a label by its quote alone; everything else in it is ours or escaped.
    mermaid = drawn._entity(text)
    assert not re.search(r'["\n<>`|;#](?<!#\d;)', re.sub(r"#\d+;", "", mermaid))
    likec4 = drawn._quoted(text)
    assert re.fullmatch(r"'(?:[^'\\\n]|\\['\\])*'", likec4)


def test_stages_follow_one_another_with_what_they_cost(tmp_path: Path) -> None:
    text = drawn.stages_mermaid(plan(tmp_path)).text

    assert 's0["One<br/>€10 a month"]' in text
    assert "  s0 --> s1\n" in text


def test_costs_are_the_bill_of_one_month(tmp_path: Path) -> None:
    roadmap = plan(tmp_path)
    found = focus.costs_focus(roadmap, "two", date(2026, 12, 31))

    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert tuple(rows[0]) == focus.COLUMNS
    assert [(row["ServiceName"], row["BilledCost"], row["ProviderName"]) for row in rows] == [
        ("Web", "10.0", "Host Inc"),
        ("Store", "2.5", "Store"),
    ]
    assert {(row["BillingPeriodStart"], row["BillingPeriodEnd"]) for row in rows} == {
        ("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")
    }
    assert [each.partition(": its")[2] for each in found.left] == [
        " cost is a range",
        " cost is not known",
    ]
    [first] = list(
        csv.DictReader(io.StringIO(focus.costs_focus(roadmap, "one", date(2026, 12, 1)).text))
    )
    [cost] = [each for each in stage_costs(roadmap) if each.stage == "one"]
    assert cost.running.amounts[0][1].low == Decimal(first["BilledCost"])


def test_objectives_are_openslo(tmp_path: Path) -> None:
    path = tmp_path / "status.yml"
    path.write_text(
        "site: {name: S}\n"
        "monitors: [{id: api, name: 'The: API', url: 'https://example.com/'}]\n"
        "objectives: [{id: api-30d, monitors: [api], target: 99.95%, window: 30d}]\n",
        "utf-8",
    )

    found = openslo.objectives_openslo(load(path, KINDS))

    service, slo = yaml.safe_load_all(found.text)
    assert (service["kind"], service["metadata"]["displayName"]) == ("Service", "The: API")
    assert slo["apiVersion"] == "openslo/v1"
    assert slo["spec"]["service"] == service["metadata"]["name"]
    assert slo["spec"]["objectives"][0]["target"] == 0.9995
    assert slo["spec"]["timeWindow"] == [{"duration": "30d", "isRolling": True}]
    assert slo["spec"]["budgetingMethod"] == "Occurrences"
    assert not found.left


@pytest.mark.parametrize(
    ("written", "duration", "rolling"),
    [
        ("window: 7d", "1w", True),
        ("window: 14d", "14d", True),
        ("window: 36h", "36h", True),
        ("window: 24h, rolling: false", "1d", False),
        ("window: 7d, rolling: false", "1w", False),
        ("window: 30d, rolling: false", "1M", False),
        ("window: 90d, rolling: false", "1Q", False),
        ("window: 365d, rolling: false", "1Y", False),
    ],
)
def test_the_window_of_an_objective(
    tmp_path: Path, written: str, duration: str, rolling: bool
) -> None:
    path = tmp_path / "status.yml"
    path.write_text(
        "site: {name: S, timezone: Europe/Berlin}\n"
        "monitors: [{id: api, name: A, url: 'https://example.com/'},"
        " {id: web, name: B, url: 'https://example.com/'}]\n"
        f"objectives: [{{id: both, monitors: [api, web], target: 99%, {written}}}]\n",
        "utf-8",
    )

    service, slo = yaml.safe_load_all(openslo.objectives_openslo(load(path, KINDS)).text)

    [window] = slo["spec"]["timeWindow"]
    assert (window["duration"], window["isRolling"]) == (duration, rolling)
    assert window.get("calendar", {}).get("timeZone") == (None if rolling else "Europe/Berlin")
    assert (service["metadata"], slo["spec"]["service"]) == (
        {"name": "both", "displayName": "A, B"}, "both",
    )  # fmt: skip


def test_a_stage_that_changes_a_stack_carries_its_lines(tmp_path: Path) -> None:
    stack = (
        "stacks:\n  - {id: old, name: Old, rows: [{name: Rack, monthly: €40}]}\n"
        "stages:\n  - id: two\n    cost: {stated: €42.50, basis: change, base: old}\n"
    )
    text = PLAN.partition("stages:")[0] + stack + PLAN.partition("- id: two\n")[2]

    found = focus.costs_focus(plan(tmp_path, text), "two", date(2026, 12, 1))

    rows = csv.DictReader(io.StringIO(found.text))
    assert [(row["ServiceName"], row["BilledCost"]) for row in rows] == [
        ("Rack", "40.0"),
        ("Store", "2.5"),
    ]


def test_hostile_labels_reach_no_line_of_their_own(tmp_path: Path) -> None:
    hostile = '"]\\n  click a0n0 "javascript:x"'
    found = drawn.architectures_mermaid(
        plan(tmp_path, PLAN.replace("label: Model", f"label: {json.dumps(hostile)}"))
    )
    assert not [line for line in found.text.splitlines() if line.strip().startswith("click")]
