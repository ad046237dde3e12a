"""Totals of how long things take, held against the lines of their tables."""

from __future__ import annotations

import pytest

from statusgen.run.documents import audit_markdown


def _faults(text: str) -> list[tuple[str, str]]:
    found = audit_markdown(text, "plan.md")
    return [(one.rule, one.severity.name) for one in found if one.is_fault]


def _table(header: str, lines: tuple[str, ...], total: str, below: str = "") -> str:
    rows = "".join(f"| Part {n} | {line} | x |\n" for n, line in enumerate(lines))
    label, _, stated = total.partition("=")
    return (
        f"# Plan\n\n| Phase | {header} | Goal |\n|---|---|---|\n{rows}"
        f"| **{label}** | **{stated}** | |\n\n{below}\n"
    )


@pytest.mark.parametrize(
    ("header", "lines", "total"),
    [
        ("Duration", ("2 weeks", "3 weeks"), "Total=6 weeks"),
        ("Dauer", ("2 Wochen", "1 Woche", "4 Wochen"), "Gesamt=8 Wochen"),
        ("Длительность", ("1 неделя", "2 недели", "3 недели"), "Итого=7 недель"),
        ("期間", ("2週間", "1週間", "3週間"), "合計=7週間"),
        ("Duración", ("1-2 semanas", "2-3 semanas"), "Total=4-6 semanas"),
    ],
)
def test_total_of_weeks_that_misses_is_a_question(
    header: str, lines: tuple[str, ...], total: str
) -> None:
    assert _faults(_table(header, lines, total)) == [("COST001", "WARNING")]


@pytest.mark.parametrize(
    ("header", "lines", "total"),
    [
        ("Duration", ("2 weeks", "3 weeks"), "Total=5 weeks"),
        ("Длительность", ("1 неделя", "2 недели", "2-3 недели"), "Итого=5-6 недель"),
        ("期間", ("2週間", "3週間"), "合計=5週間"),
        ("Duration", ("1-2 weeks", "2-4 weeks"), "Total=5 weeks"),
        ("Duration", ("3 days", "2 weeks"), "Total=3 weeks"),
        ("Duration", ("2 weeks", "open"), "Total=6 weeks"),
        ("Duration", ("2 weeks", "3 weeks"), "Total with buffer=6 weeks"),
        ("Duration", ("2 weeks", "3 weeks"), "Average=6 weeks"),
        ("Lead time", ("2 weeks", "3 weeks"), "Total=6 weeks"),
    ],
)
def test_what_adds_up_or_cannot_be_told_is_silent(
    header: str, lines: tuple[str, ...], total: str
) -> None:
    assert not _faults(_table(header, lines, total))


@pytest.mark.parametrize(
    "said",
    [
        "Phases 1 and 2 run in parallel.",
        "The two overlap by a week.",
        "- A week of buffer at the end.",
        "Die Phasen überlappen sich.",
        "Les deux phases sont simultanées.",
        "Этапы идут параллельно.",
    ],
)
def test_nothing_is_asked_where_work_may_overlap(said: str) -> None:
    assert not _faults(_table("Duration", ("2 weeks", "3 weeks"), "Total=4 weeks", said))
