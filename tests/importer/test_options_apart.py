"""Options that look alike and are two, and decisions that take none of them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _choice(text: str) -> dict[str, Any]:
    draft: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        import_markdown(text.encode(), "d.md").yaml
    )
    (choice,) = draft["choices"]
    return choice


def _told(choice: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        tuple(option[key] for key in ("name", "qualifier", "price", "pros") if key in option)
        for option in choice["options"]
    ]


def _taken(choice: dict[str, Any]) -> dict[str, Any] | None:
    chosen = choice.get("chosen")
    return chosen and next(each for each in choice["options"] if each["id"] == chosen["option"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "## Options considered\n\n- 16 GB RAM — $10/mo\n- 32 GB RAM — $20/mo\n",
            [("16 GB RAM", "$10/mo"), ("32 GB RAM", "$20/mo")],
        ),
        (
            (
                "| Option | Pros | Cons |\n|---|---|---|\n| 2 vans | cheap | slow |\n"
                "| 3 vans | fast | dear |\n"
            ),
            [("2 vans", "cheap"), ("3 vans", "fast")],
        ),
        (
            (
                "## Varianten\n\n### 2 Brunnen\n\n- Vorteile: billig\n- Nachteile: klein\n\n"
                "### 3 Brunnen\n\n- Vorteile: sicher\n- Nachteile: teuer\n"
            ),
            [("2 Brunnen", "billig"), ("3 Brunnen", "sicher")],
        ),
        # A number that counts the options is none of their names.
        (
            "## Options considered\n\n### 1. Van\n\n- Pros: big\n\n### 2) Bike\n\n- Pros: quick\n",
            [("Van", "big"), ("Bike", "quick")],
        ),
    ],
)
def test_a_number_that_counts_things_stays_in_the_name(
    text: str, told: list[tuple[str, ...]]
) -> None:
    assert _told(_choice(f"# Fleet\n\n{text}")) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "| Option | Region | Price |\n|---|---|---|\n| AWS | EU | $5 |\n| AWS | US | $6 |\n",
            [("AWS", "$5"), ("AWS", "$6")],
        ),
        (
            "## Considered options\n\n- Redis (managed)\n- Redis (our own)\n",
            [("Redis", "managed"), ("Redis", "our own")],
        ),
        (
            (
                "## Options considered\n\n### Postgres (RDS)\n\n- Pros: easy\n\n"
                "### Postgres (own)\n\n- Pros: cheap\n"
            ),
            [("Postgres", "RDS", "easy"), ("Postgres", "own", "cheap")],
        ),
        # What is named in a list and told of below is one; each is told of under its own name.
        (
            (
                "## Options considered\n\n- Kafka (managed)\n- Kafka (own)\n- None\n\n"
                "### Kafka (own)\n\n- Pros: ours\n\n### Kafka (managed)\n\n- Pros: easy\n"
            ),
            [("Kafka", "managed", "easy"), ("Kafka", "own", "ours"), ("None",)],
        ),
    ],
)
def test_two_of_one_name_beside_each_other_are_two(text: str, told: list[tuple[str, ...]]) -> None:
    assert _told(_choice(f"# Cache\n\n{text}")) == told


@pytest.mark.parametrize(
    "decision", ["Redis (own)", "We use Redis (own) because it is cheap.", 'Chosen: "Redis (own)"']
)
def test_a_decision_names_one_of_two_by_its_bracket(decision: str) -> None:
    listed = "## Considered options\n\n- Redis (managed)\n- Redis (own)\n"
    taken = _taken(_choice(f"# Cache\n\n{listed}\n## Decision\n\n{decision}\n"))

    assert taken is not None
    assert taken["qualifier"] == "own"


@pytest.mark.parametrize(
    "decision", ["Redis", "Redis, for its speed.", "Redis: it is quick", "**Redis**."]
)
def test_a_name_that_says_all_is_the_decision(decision: str) -> None:
    listed = "## Considered options\n\n- Redis\n- Kafka\n"
    taken = _taken(_choice(f"# Queue\n\n{listed}\n## Decision\n\n{decision}\n"))

    assert taken is not None
    assert taken["name"] == "Redis"


@pytest.mark.parametrize(
    "decision",
    [
        "Redis?",
        "Shall we use Redis?",
        "Redis fails the test.",
        "Redis was considered by Ann. We meet again on Monday.",
        "Redis-compatible clients are needed.",
        "We would choose Redis, had we the money.",
        "Wir würden Redis nehmen.",
    ],
)
def test_a_sentence_about_an_option_takes_none(decision: str) -> None:
    listed = "## Considered options\n\n- Redis\n- Kafka\n"
    assert _taken(_choice(f"# Queue\n\n{listed}\n## Decision\n\n{decision}\n")) is None


@pytest.mark.parametrize(
    ("header", "said", "taken"),
    [
        ("Accepted", "it is quick", True),
        ("Chosen because", "no licence is needed", True),
        ("Angenommen", "geht schnell", True),
        ("Accepted", "no", False),
        ("Approved", "not yet", False),
        ("Taken", "3 hours", False),
        ("Angenommen", "nein", False),
    ],
)
def test_what_stands_below_a_verdict_may_deny_it(header: str, said: str, taken: bool) -> None:
    table = f"| Option | Pros | Cons | {header} |\n|---|---|---|---|\n"
    choice = _choice(f"# Pay\n\n{table}| Cash | old | slow | {said} |\n| Card | new | dear | |\n")

    assert bool(_taken(choice)) is taken


@pytest.mark.parametrize(
    ("bracket", "advised"),
    [
        ("default", True),
        ("default, no change", True),
        ("par défaut", True),
        ("по умолчанию", True),
        ("defaulted on payments", False),
        ("default value 30", False),
    ],
)
def test_a_default_is_advised(bracket: str, advised: bool) -> None:
    text = f"# How?\n\n## Option A: Eager ({bracket})\n\n- Pros: fast\n\n## Option B: Lazy\n\nNo.\n"
    assert _choice(text)["options"][0].get("recommended", False) is advised


def test_a_sign_before_an_option_leaves_it_to_the_recommendation() -> None:
    options = "### 🅰️ Option A: Stone\n\n- Pros: old\n\n### 🅱️ Option B: Brick\n\n- Pros: new\n"
    choice = _choice(f"# Wall\n\n## Which one?\n\n{options}\n## Recommendation\n\nOption A\n")

    assert [option.get("recommended") for option in choice["options"]] == [True, None]


def _choices(text: str) -> list[dict[str, Any]]:
    draft: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    return list(draft["choices"])


TWICE = """# Hosts

## EU

### Option A: AWS

- Pros: known

### Option B: Azure

- Pros: fast

{first}

## US

### Option A: AWS

- Pros: cheap

### Option B: Azure

- Pros: near

{second}
"""


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ("**Decision:** Option A", "**Decision:** Option B", ["AWS", "Azure"]),
        ("**Entscheidung:** AWS", "**Entscheidung:** AWS", ["AWS", "AWS"]),
        ("Recommendation: Option B", "Decision: Option A", [None, "AWS"]),
        # Two accounts of one choice, which is made once.
        ("", "**Decision:** Option B", ["Azure"]),
    ],
)
def test_what_is_decided_twice_between_the_same_is_two_choices(
    first: str, second: str, taken: list[str | None]
) -> None:
    choices = _choices(TWICE.format(first=first, second=second))

    assert [one and one["name"] for one in map(_taken, choices)] == taken


def test_what_stands_below_options_of_an_item_is_kept() -> None:
    rows = "| Redis | $5/mo |\n| Kafka | $9/mo |\n| Net savings | $4/mo |\n"
    table = f"| Option | Price |\n|---|---|\n{rows}"
    text = f"# P\n\n## Phase 1: A\n\n### Options\n\n{table}\n## Phase 2: B\n\n- go\n"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    (item,) = draft["phases"][0]["items"]

    assert len(item["options"]) == 2
    assert item["notes"] == ["Net savings: $4/mo"]
    assert "x-unread" not in draft


def test_the_colon_behind_a_price_is_no_part_of_its_note() -> None:
    text = "# P\n\n## Phase 1: A\n\n- **Redis** ($5/mo): fast\n- **Kafka** ($9/mo) – big\n"
    items = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["phases"][0]["items"]

    assert [item["service"]["note"] for item in items] == ["fast", "big"]


@pytest.mark.parametrize(
    ("entries", "is_choice"),
    [
        ("- Foo - $5/mo, hosted\n- Bar - free, for everyone\n", True),
        ("- Foo: $5/mo\n- [Bar](https://bar.example): $6/mo\n", True),
        ("- [Foo](https://foo.example) - $5/mo\n- [Bar](https://bar.example) - $6/mo\n", False),
    ],
)
def test_links_to_other_programs_are_no_options(entries: str, is_choice: bool) -> None:
    text = f"# Tool\n\n## Alternatives\n\n{entries}"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)

    assert ("choices" in draft) is is_choice


def test_columns_of_several_amounts_are_costs() -> None:
    rows = (
        "| Setup | $5 | $9 |\n| Month | $2 | $3 |\n| Pros | new | old |\n| Cons | dear | slow |\n"
    )
    text = f"# P\n\n| | Rent | Buy |\n|---|---|---|\n{rows}"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)

    assert "choices" not in draft
    assert len(draft["stacks"]) == 2
