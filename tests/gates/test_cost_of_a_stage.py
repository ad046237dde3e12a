"""What a stage may cost at most, held against what the plan comes to."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.gates.evaluate import Measure, gates_of
from statusgen.roadmap.loader import load_roadmap

MEASURE = Measure(now=1_000_000, zone=ZoneInfo("UTC"), pasts=lambda _: [])
PLAN = """\
schema: statusgen/roadmap@1
id: bakery
name: Bakery
currency: GBP
stages:
  - id: now
    name: Now
    items: [{{id: web, name: Web, service: {{name: Host, price: £10/month}}}}]
  - id: later
    name: Later
    items:
      - {{id: db, name: Db, service: {{name: Db, price: £200/month}}}}
      - {{id: sms, name: SMS, service: {{name: SMS, price: £5/parcel}}}}
success:
  - {{id: cheap, text: Cheap, metric: cost, target: "{target}", stage: {stage}}}
"""


@pytest.mark.parametrize(
    ("target", "stage", "verdict", "figure"),
    [
        ("< £20/month", "now", "met", 10),
        ("< £9/month", "now", "missed", 10),
        ("<= £10", "now", "met", 10),
        # Another period or currency is another figure, and what is not known is no figure.
        ("< £200/year", "now", "unknown", None),
        ("< $20/month", "now", "unknown", None),
        ("< £900/month", "later", "unknown", None),
    ],
)
def test_the_cost_of_a_stage(
    tmp_path: Path, target: str, stage: str, verdict: str, figure: int | None
) -> None:
    path = tmp_path / "bakery.yml"
    path.write_text(PLAN.format(target=target, stage=stage), "utf-8")
    roadmap = load_roadmap(path)

    [gate] = [each for each in gates_of(roadmap, MEASURE) if each.id == "cheap"]

    assert (str(gate.verdict), gate.figure) == (verdict, figure)
    told = [each for each in audit_roadmap(roadmap) if each.subject == "success.cheap"]
    assert [each.severity for each in told if each.is_fault] == (
        [Severity.WARNING] if verdict == "missed" else []
    )
