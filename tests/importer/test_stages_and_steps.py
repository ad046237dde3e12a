"""Which words of a heading are a stage's, and which numbered lists are steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap


def _plan(text: str, folder: Path) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path, "plan.yml")


HEADINGS = [
    ("Phase 1 — Discovery (weeks 1–4, A$48k)", "when", "A$48k"),
    ("Phase 1: Umbau (März 2027; 12.000 €)", "when", "12.000 €"),
    ("Phase 1 : Socle (3 mois, 60 000 €)", "duration", "60 000 €"),
    ("Phase 1 : Base (T1 2027, 8.000 €)", "when", "8.000 €"),
    ("Fase 1: Basis (2e helft 2027, 8.000 €)", "time", "8.000 €"),
    ("Phase 1 - Move (£900 · 2 weeks)", "duration", "£900"),
    ("Phase 1 – Move (5 weeks, 2 people)", "duration", ""),
]


@pytest.mark.parametrize(("heading", "field", "cost"), HEADINGS)
def test_times_and_cost_of_a_heading_are_no_condition(
    heading: str, field: str, cost: str, tmp_path: Path
) -> None:
    plan = _plan(f"# Exit\n\n## {heading}\n\nText.\n", tmp_path)
    stage = plan.stages[0]

    assert stage.trigger is None
    assert (stage.when is not None) is (field == "when")
    assert (stage.effort is not None) is (field == "duration")
    assert bool(stage.facets) is (field == "time")
    assert (str(stage.cost.stated) if stage.cost else "") == cost


@pytest.mark.parametrize(
    "bracket", ["500 users", "100 users, $5k MRR", "50–100 users", "from 500 users, 3 months"]
)
def test_size_in_a_heading_stays_a_condition(bracket: str, tmp_path: Path) -> None:
    plan = _plan(f"# Grow\n\n## Stage 1: More ({bracket})\n\nText.\n", tmp_path)

    assert plan.stages[0].trigger is not None
    assert plan.stages[0].cost is None


@pytest.mark.parametrize("tax", ["TVA 5,5 %", "incl. 20% VAT", "MwSt. 19 %"])
def test_tax_in_a_heading_is_no_condition(tax: str, tmp_path: Path) -> None:
    plan = _plan(f"# Bau\n\n## Phase 1: Dach ({tax})\n\nText.\n\n## Phase 2: Rest\n", tmp_path)

    assert plan.stages[0].trigger is None
    assert tax in str(plan.stages[0])


MONTHS = "# Plan\n\n## {title}\n\n{lines}"


@pytest.mark.parametrize("title", ["Milestones", "Meilensteine", "Jalons", "Hitos"])
@pytest.mark.parametrize("form", ["- **M{}** – file opened\n", "- M{}: file opened\n"])
def test_months_are_no_numbers_of_milestones(title: str, form: str, tmp_path: Path) -> None:
    months = "".join(map(form.format, (3, 6, 9, 18)))
    numbers = "".join(map(form.format, (1, 2, 3)))
    text = import_markdown(MONTHS.format(title=title, lines=months).encode(), "d.md").yaml

    assert _plan(MONTHS.format(title=title, lines=months), tmp_path).stages == ()
    assert "M18" in text
    if "**" in form:
        assert len(_plan(MONTHS.format(title=title, lines=numbers), tmp_path).stages) == 3


NO_STEPS = {
    "people": "## Staff\n\n1. Mrs Owusu (leader)\n2. Mr Quaye\n3. Ms Adjei\n",
    "remarks": "## Notes\n\n1. Dev is switched off at night.\n2. Staging mirrors one task.\n",
    "things": "## Not asked for\n\n1. Laptops (3, lent)\n2. Electricity\n3. The room\n",
    "Risiken": "## Risiken\n\n1. Lieferzeit der Server\n2. Urlaub im August\n",
    "risques": "## Risques\n\n1. Gel de fin d'année\n2. Pénalité de sortie\n",
    "hipótesis": "## Datos\n\n1. 40 vecinos\n2. Dos locales en planta baja\n",
}
STEPS = {
    "a heading": "## How we get there\n\n1. Boats first\n2. Payments\n",
    "Ablauf": "## Ablauf\n\n1. Neue Platte\n2. Alte Platte\n",
    "étapes": "## Marche à suivre\n\n1. Copie\n2. Bascule\n",
    "verbs": "## The small desk\n\n1. Close the desk.\n2. Dump, then load\n3. Open the desk\n",
    "Verben": "## Am Samstag\n\n1. Sicherung einspielen\n2. Dienst stoppen\n",
    "verbes": "## Samedi\n\n1. Arrêter le service\n2. Copier les données\n",
    "code": "## On the day\n\n1. `make stop`\n2. Then `make move`\n",
    "動詞": "## 当日\n\n1. サービスを停止\n2. データを移行する\n",
}


@pytest.mark.parametrize("name", NO_STEPS)
def test_numbered_names_and_remarks_are_no_steps(name: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n{NO_STEPS[name]}"
    plan = _plan(text, tmp_path)
    draft = import_markdown(text.encode(), "d.md").yaml

    assert plan.procedures == ()
    assert all(line[3:] in draft for line in NO_STEPS[name].splitlines() if line[:1].isdigit())


@pytest.mark.parametrize("name", STEPS)
def test_heading_or_entries_say_that_a_list_is_one_of_steps(name: str, tmp_path: Path) -> None:
    plan = _plan(f"# Plan\n\n{STEPS[name]}", tmp_path)

    assert len(plan.procedures) == 1


def test_tick_of_a_follow_up_is_kept(tmp_path: Path) -> None:
    plan = _plan("# ADR 9\n\n## Follow-up\n\n- [x] Keys\n- [ ] Delete group\n- Tell\n", tmp_path)

    assert [(item.name, item.status.value) for item in plan.next] == [
        ("Keys", "done"),
        ("Delete group", "planned"),
        ("Tell", "planned"),
    ]
