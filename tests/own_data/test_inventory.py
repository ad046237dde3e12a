"""The source documents are held without loss: every kind of entity is counted in the data.

The numbers were counted by hand in the documents. Where a source is there to
read, its code blocks and its prices are looked up in the data, letter by letter.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from statusgen.audit.drift import mentions
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Code, Item, Roadmap, Service, StageKind, Wizard
from statusgen.roadmap.references import component_references
from statusgen.roadmap.wizard_loader import load_wizard
from tests.conftest import SHARED

DATA = Path(__file__).parents[2] / "data"


@cache
def _roadmap(name: str) -> Roadmap:
    return load_roadmap(DATA / "roadmaps" / f"{name}.yml")


@cache
def _wizard() -> Wizard:
    return load_wizard(DATA / "wizard.yml")


def _items(name: str) -> list[Item]:
    return [item for _, item in _roadmap(name).items()]


def _services(name: str) -> list[Service]:
    return [item.service for item in _items(name) if item.service is not None]


def _codes(part: Any) -> list[Code]:
    """Every piece of code below a part."""
    if isinstance(part, Code):
        return [part]
    if isinstance(part, (list, tuple)):
        return [code for one in part for code in _codes(one)]
    if isinstance(part, dict):
        return [code for one in part.values() for code in _codes(one)]
    fields = getattr(type(part), "model_fields", {})
    return [code for name in fields for code in _codes(getattr(part, name))]


def test_smart_service() -> None:
    roadmap, services = _roadmap("smart-service"), _services("smart-service")
    setups = [str(item.setup) for item in _items("smart-service")]
    edges = sum(len(chain) - 1 for chain in roadmap.critical_path)

    assert [len(stage.items) for stage in roadmap.stages] == [3, 3, 3, 3, 3]
    assert [str(stage.trigger) for stage in roadmap.stages[1:]] == [
        "50+ Users",
        "200+ Users",
        "500+ Users",
        "1000+ Users",
    ]
    assert sum(len(service.features) for service in services) == 60
    assert [f.attributes for s in services for f in s.features if f.attributes] == [
        {"retention": "7d"},
        {"interval": "1m"},
    ]
    assert sum(1 for service in services if service.price and "$" in str(service.price)) == 10
    assert Counter(setups) == {
        "Day 1": 3,
        "Week 2": 2,
        "Week 3": 1,
        "Month 2": 2,
        "Month 3": 1,
        "Month 4": 3,
        "Month 6": 3,
    }
    assert [len(entry.steps) for entry in roadmap.timelines[0].entries] == [3, 3, 3, 3, 3]
    assert roadmap.timelines[0].entries[-1].when.open
    assert [len(table.rows) for table in roadmap.summaries] == [3, 3, 3, 3, 3]
    assert all(table.total for table in roadmap.summaries)
    assert len({name for chain in roadmap.critical_path for name in chain}) == 20
    assert edges == 19
    assert [len(group.points) for group in roadmap.checklists[0].groups] == [4, 4, 4, 4]
    assert {alias for service in services for alias in service.aliases} == {"Better Uptime"}


def test_apexmediation_plan() -> None:
    roadmap = _roadmap("apexmediation")
    work = [item for stage in roadmap.stages for item in stage.items]
    weeks = [str(stage.when) for stage in roadmap.stages]

    assert roadmap.kind is StageKind.PHASE
    assert weeks == ["Week 1-2", "Week 3", "Week 4", "Week 4", "Week 5"]
    assert [str(stage.cost_impact.stated) for stage in roadmap.stages if stage.cost_impact] == [
        "-$400-800/month",
        "-$50-200/month",
        "-$300-500/month",
        "-$58/month",
        "$0 (self-hosted on existing infrastructure)",
    ]
    assert [item.number for item in work] == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "2.1",
        "2.2",
        "3.1",
        "3.2",
        "4.1",
        "5.1",
    ]
    assert sum(len(item.moves_from) for item in work) == 15
    assert all(service.price for item in work for service in item.moves_from)
    assert [len(item.steps) for item in work] == [6, 7, 6, 6, 6, 8, 7, 6, 8, 8]
    assert [len(item.moves_to[0].tiers) for item in work[:4]] == [3, 0, 3, 4]
    assert sum(len(i.moves_to[0].includes) + len(i.moves_to[0].features) for i in work) == 29
    assert [len(item.verification) for item in work if item.verification] == [5]
    assert [len(item.rollback) for item in work if item.rollback] == [3]
    assert [len(item.automations) for item in work if item.automations] == [5]
    assert [len(item.endpoints) for item in work if item.endpoints] == [5]
    assert {i.component for item in work for i in item.endpoints} == set(roadmap.components)
    assert [str(item.when) for item in roadmap.next] == [
        "Week 6-7",
        "Week 8-10",
        "Week 11-12",
        "Week 13-14",
        "Week 15-16",
    ]


def test_apexmediation_costs_and_promises() -> None:
    roadmap = _roadmap("apexmediation")
    comparison = roadmap.comparisons[0]
    pictures = roadmap.architectures

    assert (len(comparison.before.rows), len(comparison.after.rows)) == (10, 11)
    assert all(r.monthly and r.annual for r in (*comparison.before.rows, *comparison.after.rows))
    assert len(roadmap.success) == 5
    assert len(roadmap.rollback.triggers) == 3
    assert sum(1 for trigger in roadmap.rollback.triggers if trigger.baseline) == 2
    assert len(roadmap.rollback.steps[0].steps) == 5
    assert len(roadmap.timelines[0].entries) == 5
    assert (len(pictures[0].nodes), len(pictures[0].edges)) == (5, 4)
    assert sorted(edge.label for edge in pictures[0].edges) == ["logs", "metrics", "query", "query"]
    assert pictures[0].art is not None
    assert pictures[0].art.text.count("\n") == 9


def test_locallink() -> None:
    roadmap, items = _roadmap("locallink"), _items("locallink")
    options = [option for item in items for option in item.options]

    assert roadmap.kind is StageKind.PRIORITY
    assert [len(stage.items) for stage in roadmap.stages] == [4, 2, 2]
    assert all(stage.reason for stage in roadmap.stages)
    assert len(options) == 21
    assert all(option.price and option.qualifier for option in options)
    assert sum(len(option.pros.phrases) for option in options) == 44
    assert sum(len(option.cons.phrases) for option in options) == 25
    assert sum(1 for option in options if option.recommended) == 2
    assert [len(item.steps) for item in items] == [5, 6, 0, 5, 5, 4, 4, 4]
    assert [str(item.effort) for item in items if item.effort] == [
        "2-3 hours",
        "1-2 hours",
        "3-4 hours",
        "1-2 hours",
        "15 minutes",
        "2-3 hours",
        "1-2 hours",
    ]
    assert [len(item.automations) for item in items if item.automations] == [5]
    assert [len(item.endpoints) for item in items if item.endpoints] == [2]
    assert [item.id for item in items if item.status == "done"] == ["web-push"]
    assert items[2].evidence["env"] == ("VAPID_PUBLIC_KEY", "VAPID_PRIVATE_KEY")
    assert len(items[2].evidence) == 4
    assert sum(len(entry.steps) for entry in roadmap.timelines[0].entries) == 7
    assert len(roadmap.summaries[0].rows) == 5
    assert len(roadmap.checklists[0].groups[0].points) == 5


def test_suoops() -> None:
    roadmap, items = _roadmap("suoops"), _items("suoops")
    nodes = {picture.id: len(picture.nodes) for picture in roadmap.architectures}
    edges = {picture.id: len(picture.edges) for picture in roadmap.architectures}
    groups = roadmap.checklists[0].groups
    deploys = [p for p in roadmap.procedures if p.id.startswith("deploy")]

    assert [stage.marker for stage in roadmap.stages] == ["🟢", "🟡", "🔴"]
    assert [len(stage.items) for stage in roadmap.stages] == [6, 6, 10]
    assert [str(i.service.price) for i in items[:6] if i.service] == [
        "+$18/mo",
        "+$18/mo",
        "+$43/mo",
        "Free",
        "Free",
        "Free",
    ]
    assert len(roadmap.stacks[0].rows) == 10
    assert sum(1 for row in roadmap.stacks[0].rows if row.footnote) == 1
    assert nodes == {
        "now": 7,
        "production": 9,
        "minimum-monitoring": 3,
        "production-monitoring": 4,
    }
    assert edges == {
        "now": 6,
        "production": 3,
        "minimum-monitoring": 2,
        "production-monitoring": 0,
    }
    assert [len(picture.groups) for picture in roadmap.architectures] == [1, 1, 0, 0]
    assert len(roadmap.limitations) == 8
    assert [len(group.points) for group in groups] == [9, 7, 6]
    assert sum(group.is_done(point) for group in groups for point in group.points) == 9
    assert [len(procedure.steps) for procedure in deploys] == [3, 4, 4]
    assert [(len(p.steps), len(p.alternative)) for p in roadmap.procedures[3:]] == [(5, 4)]
    assert len(roadmap.metrics) == 8
    assert len(roadmap.summaries[0].rows) == 4
    assert len(roadmap.decisions) == 5
    assert [len(item.facets["Why it fits"]) for item in items if item.facets] == [5]
    assert [code.language for code in _codes(roadmap)] == ["yaml", "toml"]


def test_wizard() -> None:
    wizard = _wizard()
    questions = {question.id: question for question in wizard.questions}
    numbered = [
        len(questions[name].options)
        for name in (
            "backend",
            "frontend",
            "database",
            "state",
            "jobs",
            "realtime",
            "storage",
            "email",
            "monitoring",
        )
    ]
    choices = [option for question in wizard.questions for _, option in question.choices()]
    groups = [group for question in wizard.questions for group in question.groups]
    labels = {label for option in choices for label in option.facets}
    scales = questions["scale"].options

    phases = [questions[phase.id] for phase in wizard.phases]
    assert (len(phases), sum(1 for q in phases if q.ask)) == (13, 12)
    assert (len(wizard.navigation), len(wizard.hints)) == (4, 3)
    assert numbered == [4, 3, 4, 3, 3, 3, 4, 4, 6]
    assert sum(numbered) == 34
    assert len(choices) == 74
    assert [len(group.options) for group in groups] == [3, 4, 4, 3, 2, 4, 3, 3, 3, 3]
    assert sum(1 for group in groups if group.since == "4.0") == 5
    assert [len(scale.facets["Default selections"]) for scale in scales] == [6, 6, 7, 8, 8]
    assert all(set(scale.fits) == {"team", "traffic"} for scale in scales)
    assert len(questions["scale"].recommend) == 5
    assert [override.move for override in questions["scale"].override] == [1, 1, 1, -1]
    assert sum(1 for option in choices if option.price) == 22
    assert len(labels) >= 20
    assert {q.id: len(q.table.rows) for q in wizard.questions if q.table} == {
        "backend": 7,
        "database": 8,
        "state": 5,
    }
    assert len(questions["name"].impacts) == 5
    validation = questions["name"].validation
    assert validation is not None
    assert (len(validation.valid), len(validation.invalid), len(validation.reserved)) == (5, 5, 4)
    assert len(wizard.defaults) == 8
    assert all(len(by_scale) == 5 for by_scale in wizard.defaults.values())
    assert [len(tree.steps) for tree in wizard.trees] == [3, 3]
    assert [len(example.choices) + 1 for example in wizard.examples] == [11, 11, 11, 11]
    assert len(_codes(wizard)) == 11
    assert sum("├──" in code.text for code in _codes(wizard)) == 5


def test_links_to_components_are_listed_with_their_places() -> None:
    roadmap = _roadmap("suoops")
    found = component_references(roadmap)

    assert {name for _, name in found} == {"suoops-api", "suoops-web"}
    assert (("stacks", 0, "rows", 1, "components", 0), "suoops-api") in found
    assert (("architectures", 0, "nodes", "api", "component"), "suoops-api") in found
    assert (("metrics", 0, "components", 0), "suoops-api") in found
    assert all(roadmap.mark(path).line > 1 for path, _ in found)


def test_everything_goes_out_as_json_with_prices_as_written() -> None:
    for name in ("smart-service", "apexmediation", "locallink", "suoops"):
        roadmap = _roadmap(name)
        text = json.dumps(roadmap.as_json(), ensure_ascii=False)
        prices = [mention.price for mention in mentions(roadmap)]

        assert len(prices) > 10
        assert [str(price) for price in prices if f'"{price}"' not in text] == []


def test_whole() -> None:
    names = ("smart-service", "apexmediation", "locallink", "suoops")
    staged = sum(len(_roadmap(name).stages) for name in names) + len(_roadmap("suoops").stacks)
    pictures = sum(len(_roadmap(name).architectures) for name in names)

    assert staged == 17
    assert pictures + 1 == 6, "the sixth diagram is the critical path of smart-service"


def _fenced(text: str, languages: tuple[str, ...]) -> list[str]:
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)\n```", text)
    return [body for language, body in blocks if language in languages]


SOURCES = {
    path: name
    for seed, name in {"001_": "apexmediation", "003_": "wizard", "004_": "suoops"}.items()
    for path in (SHARED / "seeds").glob(f"{seed}*")
}


def test_code_is_kept_to_the_letter() -> None:
    """Of each source document that is here; without them, tests/importer asks the same."""
    for path, name in SOURCES.items():
        _assert_code_is_kept(path, name)


def _assert_code_is_kept(path: Path, name: str) -> None:
    source = path.read_text(encoding="utf-8")
    document = _wizard() if name == "wizard" else _roadmap(name)
    kept = "\n".join(code.text for code in _codes(document))
    lines = {line.strip() for line in kept.splitlines()}
    languages = ("bash", "sql", "yaml", "toml", "env", "typescript", "python")
    wanted = [
        line.strip()
        for block in _fenced(source, languages)
        for line in block.splitlines()
        if line.strip()
        and not re.match(r"# (\d\. |Check |View |Open |SSH |\.github|fly\.toml)", line)
    ]

    assert len(wanted) > 30
    assert [line for line in wanted if line not in lines] == []
