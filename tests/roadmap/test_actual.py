"""What was billed, held against what was planned: the same sums worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from statusgen.publish.exports.focus import costs_focus
from statusgen.roadmap.actual import Verdict, compare, stage_in
from statusgen.roadmap.invoice import Invoices, read_amount, read_invoice, read_invoices
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from tests.cli.harness import statusgen

PLAN = """\
name: Plan
currency: EUR
start: 2026-01-15
stages:
  - name: One
    when: 2026-01 to 2026-06
    items:
      - {id: web, name: Web, service: {name: Machine, vendor: Host Inc, price: €10/month}}
      - {id: disk, name: Disk, service: {name: Disk, vendor: Host Inc, price: €2.50/month}}
      - {id: mail, name: Mail, service: {name: Post, price: €5-10/month}}
      - {id: log, name: Log, service: {name: Logs, price: $7/month}}
  - name: Two
    when: Month 7+
    items:
      - {id: cache, name: Cache, service: {name: Cache, price: €4/month}}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Roadmap:
    path = tmp_path / "data/roadmaps/plan.yml"
    path.parent.mkdir(parents=True)
    path.write_text(PLAN)
    return load_roadmap(path)


def read(text: str) -> Invoices:
    found = Invoices()
    read_invoice(text, "i.csv", found)
    return found


def rows(plan: Roadmap, month: str, text: str) -> dict[tuple[str, str], tuple[object, ...]]:
    compared = compare(plan, month, read(text).lines)
    return {
        (row.service, row.currency): (row.billed, row.difference, row.verdict)
        for row in compared.rows
    }


def test_each_service_is_held_against_its_line_and_currencies_are_not_mixed(plan: Roadmap) -> None:
    text = (
        "month,service,amount,currency\n"
        "2026-03,machine,11.00,EUR\n2026-03,Disk,2.50,€\n2026-03,Post,4,EUR\n"
        "2026-03,Logs,7,EUR\n2026-03,Domain,1,EUR\n2026-04,Machine,999,EUR\n"
    )
    found = rows(plan, "2026-03", text)
    assert found[("machine", "EUR")] == (Decimal(11), Decimal(1), Verdict.MORE)
    assert found[("Disk", "EUR")] == (Decimal("2.50"), Decimal(0), Verdict.AS_PLANNED)
    assert found[("Post", "EUR")] == (Decimal(4), Decimal(-1), Verdict.LESS)
    assert found[("Domain", "EUR")] == (Decimal(1), None, Verdict.UNPLANNED)
    assert found[("Logs", "EUR")] == (Decimal(7), None, Verdict.OPEN)
    assert found[("Logs", "USD")] == (None, None, Verdict.UNBILLED)
    sums = {row.currency: row for row in compare(plan, "2026-03", read(text).lines).sums}
    assert sums["EUR"].billed == Decimal("25.50")
    assert (sums["USD"].planned, sums["USD"].billed) == (sums["USD"].planned, None)


def test_a_vendors_one_line_stands_for_all_that_it_is_paid_for(plan: Roadmap) -> None:
    found = rows(plan, "2026-03", "month,service,amount\n2026-03,Host Inc,12.50\n")
    assert found[("Host Inc", "EUR")] == (Decimal("12.50"), Decimal(0), Verdict.AS_PLANNED)
    assert ("Machine", "EUR") not in found


def test_the_estimate_is_that_of_the_stage_that_the_month_was_in(plan: Roadmap) -> None:
    for month, name in (("2026-01", "One"), ("2026-06", "One"), ("2026-08", "Two")):
        stage, dated = stage_in(plan, month)
        assert stage is not None
        assert (stage.name, dated) == (name, True)
    assert stage_in(plan, "2025-12") == (None, False)
    found = rows(plan, "2025-12", "month,service,amount\n2025-12,Machine,1\n")
    assert found == {("Machine", "EUR"): (Decimal(1), None, Verdict.OPEN)}  # nothing is claimed


def test_what_is_exported_as_focus_comes_back_as_it_was(plan: Roadmap) -> None:
    from datetime import date

    text = costs_focus(plan, "one", date(2026, 3, 9)).text
    found = rows(plan, "2026-03", text)
    assert found[("Web", "EUR")] == (Decimal("10.0"), Decimal(0), Verdict.AS_PLANNED)
    assert found[("Log", "USD")] == (Decimal("7.0"), Decimal(0), Verdict.AS_PLANNED)
    assert found[("Mail", "EUR")][2] is Verdict.UNBILLED  # a range is on no bill


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50", ("", "12.50")), ("€1,234.50", ("EUR", "1234.50")),
        ("12,50 EUR", ("EUR", "12.50")),
        ("-3", ("", "-3")), ("$-3.10", ("USD", "-3.10")), ("0.0001", ("", "0.0001")),
        ("1,234,567", ("", "1234567")),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: tuple[str, str]) -> None:
    assert read_amount(text) == (amount[0], Decimal(amount[1]))


@pytest.mark.parametrize(
    "text", ["", "1,234", "1.234", "twelve", "€12 EUR", "12.5.1", "=1+1", "Kč5"]
)
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"; |is no currency"):
        read_amount(text)


def test_a_line_that_cannot_be_read_is_told_with_its_place_and_keeps_no_other_out() -> None:
    found = read("service;month;amount\nA;2026-13;1\nB;2026-03;x\n;2026-03;1\n\nC;2026-03;1,50\n")
    assert [line.service for line in found.lines] == ["C"]
    assert found.lines[0].amount == Decimal("1.50")
    assert [(each.line, each.column) for each in found.problems] == [(2, 2), (3, 3), (4, 1)]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'month,service,amount\n"torn', "\0\1"])
def test_what_is_no_invoice_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text(text)
    found = read_invoices([path])
    assert len(found.problems) == 1
    assert found.problems[0].file.endswith("i.csv")
    assert not found.lines


def test_the_command(plan: Roadmap, tmp_path: Path) -> None:
    told = statusgen(tmp_path, "roadmap", "actual", "plan")
    assert (told.code, "data/invoices/plan.csv: is not there" in told.err) == (2, True)
    folder = tmp_path / "data/invoices/plan"
    folder.mkdir(parents=True)
    (folder / "march.csv").write_text("month,service,amount\n2026-03,Machine,11\n")
    (folder / "may.csv").write_text("month,service,amount\n2026-05,Machine,10\n2026-05,x,\n")
    done = statusgen(tmp_path, "roadmap", "actual", "plan")
    assert done.code == 2
    assert "data/invoices/plan/may.csv:3:3: amount: '' is no amount" in done.err
    assert "Machine\t€10\t€10\t—\tas planned" in done.out
    march = statusgen(tmp_path, "roadmap", "actual", "plan", "--month", "2026-03", "--json")
    assert march.json["services"][0]["verdict"] == "more"
    again = statusgen(tmp_path, "roadmap", "actual", "plan", "--month", "2026-04")
    assert "there are: 2026-03, 2026-05" in again.err


def test_stages_as_a_calendar(plan: Roadmap, tmp_path: Path) -> None:
    from icalendar import Calendar

    done = statusgen(tmp_path, "export", "roadmap", "plan", "--format", "ical")
    assert done.code == 0, done.err
    assert "left out: items, options, prices and costs" in done.err
    raw = done.out
    assert all(len(line.encode()) <= 75 for line in raw.splitlines())
    made = Calendar.from_ical(raw)
    one, two = made.walk("VEVENT")
    assert str(one["summary"]) == "Plan: One"
    assert one["dtstart"].to_ical() == b"20260101"
    assert one["dtend"].to_ical() == b"20260701"  # the day behind the last one
    assert two["dtstart"].to_ical() == b"20260715"  # the seventh month from 15 January
    assert one["uid"] != two["uid"]
    for event in (one, two):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert not event.errors
    assert raw == statusgen(tmp_path, "export", "roadmap", "plan", "--format", "ical").out


def test_a_stage_without_days_is_named_and_no_text_becomes_a_property(tmp_path: Path) -> None:
    path = tmp_path / "data/roadmaps/x.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        'name: "A\\r\\nATTENDEE:mailto:x@example.com"\n'
        "stages:\n  - {name: Some day}\n  - {name: Third, when: Week 3-4}\n"
        '  - {name: Now and then, when: 2026-03-01, goal: "x\\nEND:VEVENT\\nATTENDEE:a"}\n'
    )
    done = statusgen(tmp_path, "export", "roadmap", "x", "--format", "ical")
    assert "left out: Some day: it has no date" in done.err
    assert "left out: Third: Week 3-4 is counted from no day; write start:" in done.err
    assert "\nATTENDEE" not in done.out
    assert done.out.count("BEGIN:VEVENT") == done.out.count("\nEND:VEVENT") == 1


def test_the_page_of_costs_shows_the_newest_month(plan: Roadmap, tmp_path: Path) -> None:
    (tmp_path / "data/status.yml").write_text(
        "site: {name: Harbour}\nmonitors: [{id: api, name: API, url: 'https://a.example/'}]\n"
    )
    folder = tmp_path / "data/invoices"
    folder.mkdir()
    (folder / "plan.csv").write_text(
        "month,service,amount\n2026-02,Machine,1\n2026-03,Machine,11\n2026-03,<b>x</b>,2\n"
    )
    (folder / "plam.csv").write_text("month,service,amount\n")
    assert "data/invoices/plam.csv: is not read: there is no roadmap 'plam'" in (
        statusgen(tmp_path, "validate").err
    )
    done = statusgen(tmp_path, "build", "--engine", "none", "--now", "2026-11-20T20:10:03Z")
    assert done.code == 0, done.err
    page = (tmp_path / "site/roadmaps/plan/costs/index.html").read_text()
    section = page.partition('id="billed"')[2].partition("</section>")[0]
    assert "Planned and billed in March 2026" in section
    assert "more than planned" in section
    assert "&lt;b&gt;x&lt;/b&gt;" in section
    assert "where it stood in March 2026" in section
    assert (tmp_path / "site/roadmaps/plan/costs/billed.csv").is_file()
