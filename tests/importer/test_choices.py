"""Options and the one that was taken, in the shapes that people write them in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _choices(text: str) -> list[dict[str, Any]]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    return [*_with_options(draft)]


def _with_options(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "options" in part:
            yield part
        for below in part.values():
            yield from _with_options(below)
    elif isinstance(part, list):
        for below in part:
            yield from _with_options(below)


def _names(choice: dict[str, Any]) -> list[str]:
    return [option["name"] for option in choice["options"]]


def _chosen(choice: dict[str, Any]) -> tuple[str, str]:
    """Return the name of the option that was taken, and why."""
    chosen = choice.get("chosen") or {"option": ""}
    by_id = {option["id"]: option["name"] for option in choice["options"]}
    return by_id.get(chosen["option"], ""), chosen.get("reason", "")


MADR = """# Sessions

## Considered Options

* Keep them in the database of the application, as it is done today, with an index
* Redis
* Memcached

## Decision Outcome

Chosen option: "Redis", because it survives a restart.

## Pros and Cons of the Options

### Keep them in the database of the application, as it is done today, with an index

* Good, because nothing changes
* Bad, because slow

### Redis

* Good, because fast
* Good, because known
* Bad, because of its memory

### Memcached

* Bad, because volatile
"""


def test_an_option_named_in_a_list_a_heading_and_a_decision_is_one() -> None:
    (choice,) = _choices(MADR)
    first, second, third = choice["options"]

    assert _names(choice)[1:] == ["Redis", "Memcached"]
    assert len(first["name"]) > 60
    assert (first["pros"], first["cons"]) == (["nothing changes"], ["slow"])
    assert (second["pros"], second["cons"]) == (["fast", "known"], ["of its memory"])
    assert third["cons"] == ["volatile"]
    assert _chosen(choice) == ("Redis", "it survives a restart.")


@pytest.mark.parametrize(
    ("entries", "names", "said"),
    [
        (
            "1. **Iron gate**  \n   Heavy.\n\n2. **Wooden gate**  \n   Light.\n",
            ["Iron gate", "Wooden gate"],
            ["Heavy.", "Light."],
        ),
        (
            "- **Keep it** — Rejected because it sags.\n- **Hang a new one** — Accepted.\n",
            ["Keep it", "Hang a new one"],
            ["Rejected because it sags.", "Accepted."],
        ),
        (
            "- Option A — stone\n- Option B — brick: it is cheap\n",
            ["stone", "brick"],
            [None, "it is cheap"],
        ),
        ("**Stone** (old). Heavy.\n\n**Brick**. Cheap.\n", ["Stone", "Brick"], ["old", "Cheap."]),
        (
            "### Stone\n\nHeavy.\n\n### 2. Brick (cheap)\n\nLight.\n",
            ["Stone", "Brick"],
            [None, "cheap"],
        ),
        (
            "| Option | Weight |\n|---|---|\n| Stone | 9 t |\n| Brick | 2 t |\n",
            ["Stone", "Brick"],
            [None, None],
        ),
    ],
)
def test_whatever_stands_below_considered_options_is_one(
    entries: str, names: list[str], said: list[str | None]
) -> None:
    (choice,) = _choices(f"# Wall\n\n## Considered Options\n\n{entries}")

    assert _names(choice) == names
    assert [option.get("qualifier") for option in choice["options"]] == said


@pytest.mark.parametrize(
    ("heading", "options", "decides", "decision"),
    [
        (
            "Betrachtete Optionen",
            ("Haus", "Miete"),
            "Entscheidung",
            "Gewählte Option: „Miete“, weil niemand Zeit hat.",
        ),
        (
            "Options envisagées",
            ("Rester", "Louer"),
            "Décision",
            "Nous retenons Louer, parce que le contrat finit.",
        ),
        (
            "Opciones consideradas",
            ("Propio", "Nube"),
            "Decisión",
            "Usaremos Nube porque nadie tiene tiempo.",
        ),
        (
            "Opzioni considerate",
            ("Proprio", "Nuvola"),
            "Decisione",
            "Opzione scelta: Nuvola, perché nessuno ha tempo.",
        ),
        (
            "Opções consideradas",
            ("Próprio", "Nuvem"),
            "Decisão",
            "Opção escolhida: Nuvem, porque ninguém tem tempo.",
        ),
        (
            "Overwogen opties",
            ("Eigen", "Gehuurd"),
            "Besluit",
            "We kiezen voor Gehuurd, omdat niemand tijd heeft.",
        ),
        (
            "Overvejede muligheder",
            ("Egen", "Lejet"),
            "Beslutning",
            "Vi vælger Lejet, fordi ingen har tid.",
        ),
        (
            "Vurderte alternativer",
            ("Egen", "Leid"),
            "Beslutning",
            "Vi velger Leid fordi ingen har tid.",
        ),
        (
            "Övervägda alternativ",
            ("Egen", "Hyrd"),
            "Beslut",
            "Vi väljer Hyrd eftersom ingen har tid.",
        ),
        (
            "Rozważane opcje",
            ("Własny", "Chmura"),
            "Decyzja",
            "Wybrana opcja: Chmura, ponieważ nikt nie ma czasu.",
        ),
        (
            "Рассмотренные варианты",
            ("Свой", "Облако"),
            "Решение",
            "Выбираем Облако, потому что нет времени.",
        ),
        (
            "検討した案",
            ("自社サーバー", "クラウド"),
            "決定",
            "クラウドを採用する。理由：運用が楽だから。",
        ),
        ("备选方案", ("自建机房", "云服务"), "决定", "采用云服务，因为运维简单可靠。"),
        (
            "검토한 대안",
            ("자체 서버", "클라우드"),
            "결정",
            "클라우드를 선택한다. 이유: 아무도 시간이 없다.",
        ),
        (
            "Değerlendirilen seçenekler",
            ("Kendi", "Bulut"),
            "Karar",
            "Seçilen seçenek: Bulut, çünkü kimsenin vakti yok.",
        ),
    ],
)
def test_decisions_are_read_in_every_language(
    heading: str, options: tuple[str, str], decides: str, decision: str
) -> None:
    listed = "".join(f"- {name}\n" for name in options)
    (choice,) = _choices(f"# ADR\n\n## {heading}\n\n{listed}\n## {decides}\n\n{decision}\n")
    name, reason = _chosen(choice)

    assert _names(choice) == [*options]
    assert name == options[1]
    assert reason
    assert decision.endswith(reason)
    assert options[1] not in reason


TWO = "# ADR\n\n## Considered options\n\n- Redis\n- Kafka\n- Redis Cluster\n\n## Decision\n\n{}\n"


@pytest.mark.parametrize(
    ("decision", "name", "reason"),
    [
        ("We will use Redis rather than Kafka, since we know it.", "Redis", "we know it."),
        ("Redis Cluster, as it is managed.", "Redis Cluster", "it is managed."),
        ("We go with **Kafka** — it keeps events.", "Kafka", "it keeps events."),
        ("Kafka (it keeps events)", "Kafka", "it keeps events"),
        ("Chosen: **Kafka**", "Kafka", ""),
        (
            "Kafka was chosen.\n\n### Rationale\n\nIt keeps what we send.",
            "Kafka",
            "It keeps what we send.",
        ),
    ],
)
def test_a_decision_takes_the_one_option_that_it_names(
    decision: str, name: str, reason: str
) -> None:
    (choice,) = _choices(TWO.format(decision))

    assert _chosen(choice) == (name, reason)


@pytest.mark.parametrize(
    "decision",
    [
        "We have not chosen Redis yet.",
        "We will use Redis for sessions and Kafka for events.",
        "Postponed until we know whether Redis scales.",
        "We looked at how Redis scales.",
        "Something else altogether.",
    ],
)
def test_a_decision_that_is_not_certain_takes_nothing(decision: str) -> None:
    (choice,) = _choices(TWO.format(decision))

    assert "chosen" not in choice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("- **Slate** (chosen). It lasts.\n- **Reed**. Rejected: it burns.\n", "Slate"),
        (
            "### A. Slate\n\n- **Verdict**: Rejected.\n\n### B. Reed\n\n- **Verdict**: Accepted.\n",
            "Reed",
        ),
        (
            "### Option 1: Slate — Rejected\n\nHeavy.\n\n### Option 2: Reed ✅ Chosen\n\nLight.\n",
            "Reed",
        ),
        (
            (
                "| Option | Note | Verdict |\n|---|---|---|\n| Slate | heavy | ❌ Reject |\n"
                "| Reed | light | ✅ **Chosen** |\n"
            ),
            "Reed",
        ),
        ("- **Slate** (chosen)\n- **Reed** (chosen)\n", ""),
        ("- **Slate** — not chosen\n- **Reed** — rejected\n", ""),
        ("- **Slate** — accepted losses are low\n- **Reed** — burns\n", ""),
    ],
)
def test_a_verdict_on_one_option_alone_takes_it(text: str, name: str) -> None:
    (choice,) = _choices(f"# Roof\n\n## Options considered\n\n{text}")

    assert _names(choice) == ["Slate", "Reed"]
    assert _chosen(choice)[0] == name


@pytest.mark.parametrize(
    ("text", "names", "advised"),
    [
        (
            (
                "## Attic\n\nTwo ways:\n- **(a)** Move the boxes\n- **(b)** Leave them\n\n"
                "Recommend **(b)** — it is quick.\n"
            ),
            ["Move the boxes", "Leave them"],
            "Leave them",
        ),
        (
            (
                "## Walls\n\n- **Recommendation:** Brick (solid)\n- **Alternative:** Timber\n"
                "- **Fallback:** Straw\n"
            ),
            ["Brick", "Timber", "Straw"],
            "Brick",
        ),
        (
            "## Paredes\n\n- **Recomendação:** Tijolo\n- **Alternativa:** Madeira\n",
            ["Tijolo", "Madeira"],
            "Tijolo",
        ),
        (
            (
                "## Option A: Rent\n\nCheap.\n\n## Option B: Buy\n\nDear.\n\n## Recommendation\n"
                "\nWe recommend Option A.\n"
            ),
            ["Rent", "Buy"],
            "Rent",
        ),
        (
            (
                "## Options\n\n### Option 1: Rent ⭐ RECOMMENDED\n\nCheap.\n\n### Option 2: Buy\n"
                "\nDear.\n"
            ),
            ["Rent", "Buy"],
            "Rent",
        ),
    ],
)
def test_what_is_recommended_is_marked_and_not_yet_taken(
    text: str, names: list[str], advised: str
) -> None:
    (choice,) = _choices(f"# Plan\n\n{text}")

    assert _names(choice) == names
    assert [one["name"] for one in choice["options"] if one.get("recommended")] == [advised]
    assert "chosen" not in choice


def test_columns_with_pros_and_cons_are_options_with_their_prices() -> None:
    rows = (
        "| Pros | fast | cheap |\n| Cons | dear | slow |\n| Cost | $90/mo | $9/mo |\n"
        "| Effort | 2 weeks | 1 day |\n"
    )
    head = "| | Option A | Option B |\n|---|---|---|\n"
    (choice,) = _choices(f"# Plan\n\n## Host\n\n{head}{rows}\nDecision: Option B\n")
    first, second = choice["options"]

    assert (first["pros"], first["cons"], first["price"]) == ("fast", "dear", "$90/mo")
    assert second["facets"] == {"Effort": ["1 day"]}
    assert _chosen(choice)[0] == second["name"]


def test_a_table_by_letters_tells_more_of_the_options_that_have_them() -> None:
    options = "## 方案\n\n### 方案一：自建\n\n便宜。\n\n### 方案二：云服务\n\n快。\n"
    table = "| 方案 | 合计/月 |\n|---|---|\n| 一 | 4,538 元 |\n| 二 ✅ | 2,512 元 |\n"
    (choice,) = _choices(f"# 计划\n\n{options}\n{table}")

    assert _names(choice) == ["自建", "云服务"]
    assert [option["price"] for option in choice["options"]] == ["4,538 元", "2,512 元"]


def test_each_record_of_a_log_has_its_own_decision() -> None:
    record = (
        "## ADR {0}: {1}\n\n### Options considered\n\n- {2}\n- {3}\n\n### Decision\n\n"
        "We go with {3}.\n\n"
    )
    text = record.format(1, "Store", "Files", "Postgres") + record.format(
        2, "Queue", "Kafka", "SQS"
    )
    choices = _choices(f"# Log\n\n{text}")

    assert [_chosen(choice)[0] for choice in choices] == ["Postgres", "SQS"]


def test_why_not_another_is_an_option_that_was_not_taken() -> None:
    (choice,) = _choices(
        "# Store\n\nFiles.\n\n## Why not Kafka?\n\nLarge.\n\n## Why not Redis?\n\nNo.\n"
    )

    assert _names(choice) == ["Kafka", "Redis"]
    assert choice["options"][0]["notes"] == ["Why not Kafka?", "Large."]


@pytest.mark.parametrize(
    "text",
    [
        "## Configuration options\n\n- verbose: more output\n- timeout: seconds to wait\n",
        "## Options\n\n- `--verbose`: more\n- `--quiet`: less\n",
        "## Usage\n\n**Options:**\n- `--verbose`: more\n- `--quiet`: less\n",
        (
            "## Options\n\n| Option | Type | Default |\n|---|---|---|\n"
            "| timeout | int | 3 |\n| name | str | x |\n"
        ),
        "## Menu options\n\n- Soup: with bread\n- Pasta: with sauce\n",
        "## Pricing\n\n| Plan | Price |\n|---|---|\n| Basic | $5/mo |\n| Pro | $10/mo |\n",
        "## Question 1\n\nWhich is right?\n\n- (a) Paris\n- (b) London\n\nAnswer: (b)\n",
        "## Optional\n\n- Dark mode: nice\n- Emails: later\n",
        "## Environments\n\n- **dev**: for us\n- **prod**: for all\n",
        "## Server sizes\n\n| Size | Price |\n|---|---|\n| S | $5 |\n| M | $10 |\n",
        "## Why Kafka\n\n### Pros\n\n- fast\n\n### Cons\n\n- hard\n",
        "## Kafka\n\n| Pros | Cons |\n|---|---|\n| fast | hard |\n| known | dear |\n",
        (
            "## Alternatives\n\n- [foo](https://foo.example) - a tool\n"
            "- [bar](https://bar.example) - a tool\n"
        ),
        "## Linode (budget alternative)\n\n- **Monthly cost**: $20/month\n- **Best for**: all\n",
        "## Phase 1: Move\n\n- (a) Copy the files\n- (b) Switch over\n",
        "## Review 1\n\n- **Verdict**: REJECTED\n\n## Review 2\n\n- **Verdict**: ACCEPTED\n",
    ],
)
def test_what_nobody_decides_between_is_no_choice(text: str) -> None:
    assert _choices(f"# Plan\n\n{text}") == []


def test_prices_of_what_was_considered_are_those_of_the_options() -> None:
    entries = "- **Fly** — $25/month: simple\n- **AWS** ($90/month): known\n- Rack: $4,000 once\n"
    text = f"# Host\n\n## Options considered\n\n{entries}\n## Decision\n\nFly.\n"
    (choice,) = _choices(text)

    assert [(one["name"], one["price"]) for one in choice["options"]] == [
        ("Fly", "$25/month"),
        ("AWS", "$90/month"),
        ("Rack", "$4,000 once"),
    ]
    assert "stacks" not in yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)


@pytest.mark.parametrize(
    ("options", "decision", "name"),
    [
        ("1. Redis\n2. Kafka\n", "Chosen option: 2, because it keeps events.", "Kafka"),
        ("1. Redis\n2. Kafka\n", "Option 1", "Redis"),
        (
            "| Option | Chosen? |\n|---|---|\n| Redis | ❌ |\n| Kafka | ✅ |\n",
            "See above.",
            "Kafka",
        ),
        ("- A. Redis\n- B. Kafka\n", "A, because it is there.", "Redis"),
        (
            "- **Option A — Redis** (small)\n- **Option B — Kafka** (large)\n",
            "**Option B.**",
            "Kafka",
        ),
    ],
)
def test_numbers_letters_and_ticks_tell_what_was_taken(
    options: str, decision: str, name: str
) -> None:
    (choice,) = _choices(f"# Q\n\n## Considered options\n\n{options}\n## Decision\n\n{decision}\n")

    assert _names(choice) == ["Redis", "Kafka"]
    assert _chosen(choice)[0] == name


def test_a_list_by_number_and_sections_by_letter_name_the_same_options() -> None:
    sections = "### Option A: Redis\n\n- Good, because fast\n\n### Option B: Kafka\n\nBig.\n"
    listed = "## Considered options\n\n1. Redis\n2. Kafka\n\n"
    (choice,) = _choices(f"# Q\n\n{listed}## Pros and cons of the options\n\n{sections}")

    assert _names(choice) == ["Redis", "Kafka"]
    assert choice["options"][0]["pros"] == ["fast"]


def test_stages_with_what_speaks_for_and_against_them_stay_stages() -> None:
    sides = "**Pros:** quick\n\n**Cons:** dear\n\n"
    text = f"# Plan\n\n## Phase 1: Copy\n\n{sides}## Phase 2: Switch\n\n{sides}"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)

    assert [phase["name"] for phase in draft["phases"]] == ["Copy", "Switch"]
    assert "choices" not in draft


def test_words_behind_a_bold_option_are_kept() -> None:
    (choice,) = _choices(
        "# Q\n\n## Ways\n\n- **Option A: One** — by hand\n- **Option B: Two** ⭐\n"
    )
    first, second = choice["options"]

    assert (first["notes"], second["recommended"]) == (["by hand"], True)


@pytest.mark.parametrize(
    ("heading", "one", "two"),
    [
        ("Installation", "Option 1: Homebrew", "Option 2: Docker"),
        ("The page stays empty", "Solution 1: Clear the cache", "Solution 2: Restart"),
        ("Einrichtung", "Möglichkeit 1: Von Hand", "Möglichkeit 2: Mit Skript"),
        ("安装", "选项 1：Homebrew", "选项 2：Docker"),
    ],
)
def test_ways_of_doing_a_thing_are_no_choice(heading: str, one: str, two: str) -> None:
    text = f"# Tool\n\n## {heading}\n\n### {one}\n\nRun it.\n\n### {two}\n\nRun that.{{}}\n"
    draft = import_markdown(text.format("").encode(), "d.md").yaml
    assert "choices" not in draft
    assert "Run that." in draft
    for evidence in ("\n\n- Pros: fast", "\n\nPrice: $5/month"):
        priced = import_markdown(text.format(evidence).encode(), "d.md").yaml
        assert "choices" in priced


def test_what_is_called_a_variant_is_to_be_chosen() -> None:
    text = "# Plan\n\n## Wariant 1: kino\n\nNa dworze.\n\n## Wariant 2: sale\n\nW domu.\n"
    assert "choices" in import_markdown(text.encode(), "d.md").yaml


@pytest.mark.parametrize(
    "heading", ["Alternatives to this tool", "Alternativen", "Similar options"]
)
def test_other_programs_are_no_options(heading: str) -> None:
    text = f"# Tool\n\n## {heading}\n\n- Foo: {{}}a bar\n- Baz: {{}}a qux\n"
    assert "choices" not in import_markdown(text.format("", "").encode(), "d.md").yaml
    priced = text.format("$5/month, ", "$9/month, ").encode()
    assert "choices" in import_markdown(priced, "d.md").yaml
