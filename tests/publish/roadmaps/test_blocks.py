"""Fenced blocks in prose: what they show, and what is said of those that are wrong."""

from __future__ import annotations

import pytest

from statusgen.base.errors import Problem
from statusgen.publish.roadmaps.blocks import find_blocks, replace_blocks
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.fragments import ProseText, render_fragments

TEXT = """\
# Notes

```statusgen
show: cost-table
roadmap: smart-service
```

````yaml
```statusgen
show: nothing
```
````

* in a list

    ```statusgen
    show: ladder
    roadmap: suoops
    ```
"""


def rendered(library: Library, text: str) -> tuple[tuple[str, ...], list[Problem]]:
    prose = [ProseText("content/notes.md", text, "notes/")]
    made, problems = render_fragments(library, prose, ["suoops-api"])
    return made.get("content/notes.md", ()), problems


def block(**values: str) -> str:
    lines = [f"{key}: {value}" for key, value in values.items()]
    return "\n".join(["```statusgen", *lines, "```"])


def test_a_block_inside_another_fence_is_only_shown() -> None:
    assert [one.start for one in find_blocks(TEXT)] == [2, 15]


def test_each_block_is_replaced_where_it_stands() -> None:
    text = replace_blocks(TEXT, lambda number: f"<{number}>")
    assert text.startswith(
        "# Notes\n\n\n<0>\n\n\n````yaml\n```statusgen\nshow: nothing\n```\n````\n"
    )
    assert text.endswith("* in a list\n\n\n    <1>\n\n")


def test_a_block_without_an_end_is_left_alone() -> None:
    assert find_blocks("```statusgen\nshow: ladder\n") == []


@pytest.mark.parametrize(
    ("values", "shows"),
    [
        ({"show": "cost-table", "roadmap": "smart-service"}, "Enterprise Ready"),
        ({"show": "cost-table", "roadmap": "smart-service", "stage": "scaling"}, "PGanalyze"),
        ({"show": "ladder", "roadmap": "suoops"}, "Production-"),
        ({"show": "timeline", "roadmap": "locallink"}, "Week 3"),
        ({"show": "cost-chart", "roadmap": "smart-service"}, "not itemised"),
        ({"show": "cost-growth", "roadmap": "apexmediation"}, "after Week 5"),
        ({"show": "options", "roadmap": "locallink", "id": "media"}, "Cloudinary"),
        ({"show": "before-after", "roadmap": "apexmediation"}, "Mailchimp"),
        ({"show": "checklist", "roadmap": "suoops"}, "9 of 22 done"),
        ({"show": "decision", "roadmap": "suoops"}, "Lowest possible cost"),
        ({"show": "architecture", "roadmap": "suoops", "id": "now"}, "Celery Worker"),
        ({"show": "audit", "roadmap": "suoops"}, "COST017"),
    ],
)
def test_every_kind_of_block_shows_its_part(
    library: Library, values: dict[str, str], shows: str
) -> None:
    (html,), problems = rendered(library, block(**values))
    assert problems == []
    assert shows in html
    assert 'href="../roadmaps/' in html


def test_one_of_several_is_shown_and_no_other(library: Library) -> None:
    (html,), _ = rendered(library, block(show="options", roadmap="locallink", id="media"))
    assert "Rollbar" not in html
    (html,), _ = rendered(library, block(show="architecture", roadmap="suoops", stage="production"))
    assert html.count('<figure class="sg">') == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"show": "cost-tabel", "roadmap": "suoops"},
            "content/notes.md:2:7: show: there is no 'cost-tabel'; did you mean 'cost-table'?",
        ),
        (
            {"show": "ladder", "roadmap": "suops"},
            "content/notes.md:3:10: roadmap: there is no roadmap 'suops'; did you mean 'suoops'?",
        ),
        (
            {"show": "cost-table", "roadmap": "suoops", "stage": "grwoth"},
            "content/notes.md:4:8: stage: suoops has no stage 'grwoth'; did you mean 'growth'?",
        ),
        (
            {"show": "checklist", "roadmap": "suoops", "id": "securty"},
            "content/notes.md:4:5: id: there is no 'securty' to show; did you mean 'security'?",
        ),
        (
            {"show": "before-after", "roadmap": "suoops"},
            "content/notes.md:2:7: show: suoops has no data for 'before-after'",
        ),
        (
            {"show": "ladder", "roadmap": "suoops", "stag": "x"},
            "content/notes.md:4:1: stag: unknown key 'stag'; did you mean 'stage'?",
        ),
        ({"show": "ladder"}, "content/notes.md:2:1: `roadmap` is missing; write `roadmap: …`"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_meant(
    library: Library, values: dict[str, str], said: str
) -> None:
    made, problems = rendered(library, block(**values))
    assert [str(problem) for problem in problems] == [said]
    assert made == ('<p role="note">This part of the page could not be generated.</p>',)


def test_broken_yaml_and_an_empty_block_have_their_places_too(library: Library) -> None:
    _, problems = rendered(
        library, "text\n\n  ```statusgen\n  show: [\n  ```\n\n```statusgen\n```\n"
    )
    assert [problem.line for problem in problems] == [4, 7]
    assert {problem.file for problem in problems} == {"content/notes.md"}


def test_all_faults_of_all_blocks_are_told_at_once(library: Library) -> None:
    text = "\n\n".join([block(show="x", roadmap="suoops"), block(show="ladder", roadmap="y")])
    assert len(rendered(library, text)[1]) == 2


def test_a_hostile_block_names_itself_harmlessly(library: Library) -> None:
    _, problems = rendered(library, block(show="'<script>'", roadmap="suoops"))
    assert "\n" not in str(problems[0])
    made, problems = rendered(library, block(show="ladder", roadmap="../../etc/passwd"))
    assert made == ('<p role="note">This part of the page could not be generated.</p>',)
    assert len(problems) == 1
