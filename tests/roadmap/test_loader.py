"""Reading roadmap files: what is kept, and what is said about what is wrong."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.errors import InputError
from statusgen.roadmap.costs import item_cost
from statusgen.roadmap.loader import load_roadmap, load_roadmaps
from statusgen.roadmap.model import Basis, Roadmap, StageKind, Status
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Kind

SMALL = """\
name: Small plan
x-owner: {team: [core, web]}
phases:
  - id: first
    name: Move
    trigger: 50+ Users
    when: Week 1-2
    cost: ~$100-200/month
    cost_impact: -$400-800/month
    x-colour: "#123456"
    items:
      - id: database
        number: 1.10
        name: Database
        from:
          - {name: Old one, price: "$50-200/month"}
          - Other one
        to: {name: New one, tier: Pro, price: $25/month, includes: [8GB database]}
        effort: 2-3 hours
        steps:
          - Export
          - {text: Import, code: {language: bash, text: "psql < dump.sql"}}
      - id: apm
        name: APM
        depends_on: [database]
        service: {name: Agent, price: $15/host/month, usage: {hosts: 10, GB: 1K-2K}}
        options:
          - {id: a, name: A, pros: "fast, cheap", cons: ["slow, at times"]}
        chosen: a
critical_path: [[first, database, apm]]
"""


def _write(folder: Path, text: str, name: str = "small.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _problems(folder: Path, text: str, name: str = "small.yml") -> list[str]:
    with pytest.raises(InputError) as raised:
        load_roadmap(_write(folder, text, name), "small.yml")
    return [str(problem) for problem in raised.value.problems]


@pytest.fixture
def small(tmp_path: Path) -> Roadmap:
    return load_roadmap(_write(tmp_path, SMALL))


def test_shorthand_and_full_form_are_one_model(small: Roadmap) -> None:
    stage = small.stages[0]
    database, apm = stage.items

    assert (small.id, small.kind, small.file.endswith("small.yml")) == (
        "small",
        StageKind.PHASE,
        True,
    )
    assert stage.trigger is not None
    assert (stage.trigger.metric, stage.trigger.value) == ("users", Range(Decimal(50), None))
    assert stage.cost is not None
    assert (str(stage.cost.stated), stage.cost.basis) == ("~$100-200/month", None)
    assert database.number == "1.10"
    assert [service.name for service in database.moves_from] == ["Old one", "Other one"]
    assert database.moves_to[0].includes[0].text == "8GB database"
    assert database.steps[1].code[0].text == "psql < dump.sql"
    assert apm.service is not None
    assert apm.service.price is not None
    assert apm.service.price.terms[0].kind is Kind.PER_UNIT
    assert apm.service.usage["host"].amount == Range.point(10)
    assert apm.options[0].pros.phrases == ("fast", "cheap")
    assert apm.options[0].cons.phrases == ("slow, at times",)


def test_extension_keys_are_kept(small: Roadmap) -> None:
    assert small.extensions == {"x-owner": {"team": ["core", "web"]}}
    assert small.stages[0].extensions == {"x-colour": "#123456"}


def test_places_are_known_by_one_name(small: Roadmap) -> None:
    mark = small.mark(("stages", 0, "items", 1, "service"))

    assert (mark.line, mark.column) == (26, 18)


def test_json_keeps_every_text_as_written(small: Roadmap) -> None:
    text = json.dumps(small.as_json())

    for written in ("-$400-800/month", "Week 1-2", "50+ Users", "2-3 hours", "$15/host/month"):
        assert json.dumps(written)[1:-1] in text


def test_all_faults_at_once_each_in_its_place(tmp_path: Path) -> None:
    found = _problems(
        tmp_path,
        """\
stages:
  - id: One
    name: [a]
    triger: 50 users
    cost: 19/month
    cost_impact: {stated: $5, basis: runing}
    when: week two
    items:
      - {id: a, name: A, effort: soon}
""",
    )

    assert found == [
        "small.yml:1:1: name: is required; add `name:`",
        (
            "small.yml:2:9: stages.0.id: 'One' is no id: an id is 1 to 63 lower-case letters, "
            "digits and hyphens, and begins with no hyphen; write one"
        ),
        (
            "small.yml:3:11: stages.0.name: must be text, and is a list here; write one text, "
            "or put it in quotes: '[…]'"
        ),
        "small.yml:4:5: stages.0.triger: unknown key 'triger'; did you mean 'trigger'?",
        (
            "small.yml:5:11: stages.0.cost.stated: '19/month' is not understood as a price; "
            "write it like $19/month, ~$5-10/month, $15/host/month, $0.10 per 1,000 emails or Free"
        ),
        (
            "small.yml:6:38: stages.0.cost_impact.basis: must be one of 'running', 'new' or "
            "'change' (got 'runing'); did you mean 'running'?"
        ),
        (
            "small.yml:7:11: stages.0.when: 'week two' is no time; write it like 2026-10-05, "
            "October 2026, Q4 2026, H1 2027 or 2027, a range like 2026-10 to 2027-01 or from "
            "March 2027, or Week 2-4, Month 6+, Day 1, Now"
        ),
        (
            "small.yml:9:34: stages.0.items.0.effort: 'soon' is no effort; write it like "
            "2-3 hours, 15 min, half a day, 0.5 days, up to 3 days or 3 weeks"
        ),
    ]


def test_references_that_lead_nowhere_suggest_the_right_word(tmp_path: Path) -> None:
    found = _problems(
        tmp_path,
        """\
name: A
phases:
  - id: one
    name: One
    cost: {stated: $5, basis: change, base: curent}
    items:
      - {id: web, name: Web, depends_on: [databse]}
      - {id: database, name: Database, chosen: x, resolves: [none-such]}
      - {id: web, name: Again}
stacks:
  - id: current
    name: Now
    rows: [{name: Web, monthly: $5, items: [web, webb/x]}]
decisions: [{need: Speed, go: onne}]
architectures:
  - {id: a, name: A, nodes: {x: X, y: {label: Y, in: grp}}, groups: {g: {label: G, in: g}},
     edges: ["x -> z"], layout: {rows: [[x, q]]}}
""",
    )

    assert found == [
        "small.yml:5:45: phases.0.cost.base: there is no stack 'curent'; did you mean 'current'?",
        (
            "small.yml:7:43: phases.0.items.0.depends_on.0: there is no stage or item 'databse'; "
            "did you mean 'database'?"
        ),
        "small.yml:8:48: phases.0.items.1.chosen: there is no option 'x'; known here: none",
        (
            "small.yml:8:62: phases.0.items.1.resolves.0: there is no limitation 'none-such'; "
            "known here: none"
        ),
        "small.yml:9:14: phases.0.items.2.id: the id 'web' stands already in line 7; rename one",
        "small.yml:13:50: stacks.0.rows.0.items.1: there is no item 'webb'; did you mean 'web'?",
        "small.yml:14:31: decisions.0.go: there is no stage or item 'onne'; did you mean 'one'?",
        "small.yml:16:54: architectures.0.nodes.y.in: there is no group 'grp'; known here: g",
        (
            "small.yml:16:88: architectures.0.groups.g.in: there is no other group 'g'; "
            "known here: none"
        ),
        "small.yml:17:14: architectures.0.edges.0: there is no node 'z'; known here: x, y",
        "small.yml:17:45: architectures.0.layout.rows.0.1: there is no node 'q'; known here: x, y",
    ]


def test_circles_are_named(tmp_path: Path) -> None:
    found = _problems(
        tmp_path,
        """\
name: A
stages:
  - id: s
    name: S
    items:
      - {id: a, name: A, depends_on: [c]}
      - {id: b, name: B, depends_on: [a]}
      - {id: c, name: C, depends_on: [b]}
      - {id: d, name: D, depends_on: [d]}
""",
    )

    assert found == [
        (
            "small.yml:8:39: stages.0.items.2.depends_on.0: the dependencies run in a circle: "
            "a → c → b → a; remove the dependency on 'b'"
        ),
        (
            "small.yml:9:39: stages.0.items.3.depends_on.0: the dependencies run in a circle: "
            "d → d; remove the dependency on 'd'"
        ),
    ]


def test_only_one_word_for_stages(tmp_path: Path) -> None:
    found = _problems(tmp_path, "name: A\nstages: []\nphases: []\n")

    assert found[0] == (
        "small.yml:3:1: phases: stands beside `stages`, which means the same; "
        "move its entries under `stages`"
    )


def test_id_follows_the_file_name(tmp_path: Path) -> None:
    assert "rename the file" in _problems(tmp_path, "name: A\n", "A B.yml")[0]
    assert _problems(tmp_path, "name: A\nid: other\n") == [
        (
            "small.yml:2:5: id: 'other' differs from the file's name 'small'; "
            "remove `id:`, or rename the file"
        )
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "null\n"])
def test_file_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    assert "must be a mapping" in _problems(tmp_path, text)[0]


def test_folder_collects_faults_and_keeps_the_good(tmp_path: Path) -> None:
    _write(tmp_path, "name: B\n", "b.yml")
    _write(tmp_path, "name: A\n", "a.yaml")
    _write(tmp_path, "nam: A\n", "c.yml")
    _write(tmp_path, "name: A\n", "a.yml")
    _write(tmp_path, "not a roadmap", "notes.txt")

    loaded = load_roadmaps(tmp_path, "data/roadmaps")

    assert [roadmap.id for roadmap in loaded.roadmaps] == ["a", "b"]
    assert [str(problem) for problem in loaded.problems] == [
        (
            "data/roadmaps/a.yml: is the same roadmap as data/roadmaps/a.yaml; "
            "keep one of the two files"
        ),
        "data/roadmaps/c.yml:1:1: nam: unknown key 'nam'; did you mean 'name'?",
    ]
    assert load_roadmaps(tmp_path / "none").roadmaps == ()


def test_basis_of_a_stated_cost(tmp_path: Path) -> None:
    roadmap = load_roadmap(
        _write(
            tmp_path,
            "name: A\nstages:\n  - {id: a, name: A, cost: {stated: $5, basis: running}}\n",
        )
    )

    assert roadmap.stages[0].cost is not None
    assert roadmap.stages[0].cost.basis is Basis.RUNNING


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "$(reboot)",
    "`id`",
    "::set-output name=x::y",
    "javascript:alert(1)",
    "' OR 1=1 --",
    "\u202eevil",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inert_data(tmp_path: Path, text: str) -> None:
    quoted = json.dumps(text)
    roadmap = load_roadmap(
        _write(
            tmp_path,
            f"name: {quoted}\nsummary: {quoted}\nx-a: {quoted}\n"
            f"stages:\n  - {{id: a, name: {quoted}, facets: {{{quoted}: [{quoted}]}}}}\n",
        )
    )

    assert (roadmap.name, roadmap.stages[0].facets[text]) == (text, (text,))
    assert roadmap.extensions["x-a"] == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_damaged_files_give_located_problems(tmp_path: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SMALL)))
    length = data.draw(st.integers(0, 60))
    junk = data.draw(st.text(alphabet="ab:-[]{}\"'&*!|>\n 0$~", max_size=8))
    path = _write(tmp_path, SMALL[:start] + junk + SMALL[start + length :])
    try:
        assert load_roadmap(path).id == "small"
    except InputError as error:
        refused = error.problems
        assert refused
        assert all(problem.file and problem.message for problem in refused)


SHORT = """
name: Kleiner Plan
currency: EUR
stages:
  - name: Heute
    status: in progress
    owner: Ines
    items:
      - name: Suche
        chosen: typesense
        options:
          - {name: Typesense, price: 20 €/month}
          - Elastic
      - Backup
      - Backup
  - name: Später
    when: 2026-10 to 2027-01
    depends_on: heute
    items:
      - {name: App, when: Q1 2027}
checklists:
  - name: Vor dem Umzug
    points: [Backup, "[x] TTL", "[ ] Mail"]
architectures:
  - name: Heute
    nodes: [Web, {id: db, name: Datenbank}]
    edges: ["Web -> Datenbank: SQL"]
"""


def test_short_forms_are_written_out_and_ids_come_from_names(tmp_path: Path) -> None:
    path = tmp_path / "klein.yml"
    path.write_text(SHORT, "utf-8")

    plan = load_roadmap(path)

    now, later = plan.stages
    assert (now.id, now.status, now.owner) == ("heute", Status.CURRENT, "Ines")
    assert [item.id for item in now.items] == ["suche", "backup", "backup-2"]
    assert [option.id for option in now.items[0].options] == ["typesense", "elastic"]
    assert later.when is not None
    assert (str(later.when.start), str(later.when.end)) == ("2026-10-01", "2027-01-31")
    assert later.items[0].when is not None
    assert (str(later.items[0].when.start), str(later.items[0].when.end)) == (
        "2027-01-01",
        "2027-03-31",
    )
    (group,) = plan.checklists[0].groups
    assert [(point.text, point.done) for point in group.points] == [
        ("Backup", False),
        ("TTL", True),
        ("Mail", False),
    ]
    picture = plan.architectures[0]
    assert {key: node.label for key, node in picture.nodes.items()} == {
        "web": "Web",
        "db": "Datenbank",
    }
    assert [(edge.start, edge.end, edge.label) for edge in picture.edges] == [("web", "db", "SQL")]


def test_an_id_that_is_written_is_kept_from_those_that_are_made(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text("name: P\nstages:\n  - name: Web\n  - {id: web, name: Other}\n", "utf-8")

    assert [stage.id for stage in load_roadmap(path).stages] == ["web-2", "web"]


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("    items: [{name: A, decided: b}]", "write `chosen:`"),
        ("    items: [{name: A, price: $5}]", "write `service: {name: …, price: …}`"),
        ("    items: [{name: A, deadline: Week 2}]", "write `due:`"),
        ("    needs: [x]", "write `depends_on:`"),
        ("    responsible: Jo", "write `owner:`"),
        ("checklists: [{name: C, entries: [a]}]", "write `points:`"),
        ("timelines: [{id: t, name: T, windows: []}]", "write `entries:`"),
        ("risks: []", "write `limitations:`"),
        ("budget: $5", "write a criterion under `success:`"),
        # A slip of the pen is still one.
        ("    itmes: []", "did you mean 'items'?"),
    ],
)
def test_a_key_is_told_by_what_it_means(tmp_path: Path, line: str, fix: str) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(f"name: P\nstages:\n  - name: S\n{line}\n", "utf-8")

    with pytest.raises(InputError) as caught:
        load_roadmap(path)

    assert any((problem.fix or "").startswith(fix) for problem in caught.value.problems)


GUESSED = """\
name: Q
success: [Nobody is woken at night]
stages:
  - name: One
    end: 2026-09-01
    items: [{name: Tablet, quantity: 3}]
"""


def test_natural_keys_are_answered_by_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(GUESSED, "utf-8")
    with pytest.raises(InputError) as refused:
        load_roadmap(path)
    said = str(refused.value)

    assert "write `when:` with both days, like 2026-09-01..2026-10-31" in said
    assert "price: 3 × €29/month" in said
    assert "is a sentence, which nothing can check; write it like {text: It stays up" in said


NATURAL = """name: Shop
currency: EUR
stages:
  - {name: Build, start: 2026-09-01, end: 2026-10-31}
  - {name: Run, start: 2026-11}
  - name: Grow
    items:
      - {name: Tablets, quantity: 3, service: {name: Rental, price: 29 €/month}}
      - {name: Phones, service: {name: SIM, price: €5/month, quantity: 4}}
      - {name: Seats, quantity: 7, service: {name: Desk, price: €15/host/month}}
      - {name: Till, quantity: 2, cost: €10/month}
success:
  - Uptime stays above 99.9 % (30 days)
  - p95 < 300 ms
"""


def test_natural_shapes_that_have_one_meaning_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(NATURAL, "utf-8")
    plan = load_roadmap(path)
    build, run, grow = plan.stages
    costs = [str(item_cost(item)) for item in grow.items]

    assert build.when is not None
    assert (str(build.when.start), str(build.when.end)) == ("2026-09-01", "2026-10-31")
    assert run.when is not None
    assert (str(run.when.start), run.when.open) == ("2026-11-01", True)
    assert costs == ["€87", "€20", "€105", "€20"]
    assert [(one.metric, str(one.target), one.window) for one in plan.success] == [
        ("uptime", "> 99.9 %", 30 * 86400),
        ("latency_p95", "< 300 ms", None),
    ]
    assert plan.success[0].text == "Uptime stays above 99.9 % (30 days)"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("stages: [{name: A, start: 2026-10-01, end: 2026-09-01}]", "runs backwards"),
        ("stages: [{name: A, start: soon}]", "2026-09-01..2026-10-31"),
        ("stages: [{name: A, items: [{name: B, quantity: 3}]}]", "3 × €29/month"),
        ("success: [It stays up]", "is a sentence"),
        ("success: [From 22% to over 60% in Q3]", "is a sentence"),
    ],
)
def test_natural_shapes_that_could_mean_several_things_are_refused(
    tmp_path: Path, lines: str, said: str
) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(f"name: A\n{lines}\n", "utf-8")

    with pytest.raises(InputError, match=re.escape(said)):
        load_roadmap(path)


def test_a_name_without_latin_letters_gets_an_id_that_stays(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    text = "name: Q\nstages: [{name: 移行, items: [サーバー, Почта, サーバー]}]\n"
    path.write_text(text, "utf-8")
    first, again = load_roadmap(path), load_roadmap(path)
    ids = [item.id for _, item in first.items()]

    assert ids == [item.id for _, item in again.items()]
    assert len(set(ids)) == 3
    assert ids[2] == f"{ids[0]}-2"
