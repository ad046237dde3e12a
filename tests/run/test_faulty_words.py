"""Files of incidents and windows as strangers write them: what is wrong, where, what to write.

Each case changes one thing of a file that has no fault. The other file of the site is shown
whatever this one holds, and nothing that was written vanishes in silence.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config

CONFIG = """\
site: {name: T, timezone: Europe/Berlin}
monitors:
  - {id: api, name: Backend API, url: https://api.example.com/}
  - {id: web, name: Web, url: https://www.example.com/}
"""
NOW = "2026-11-20T21:00:00Z"
INCIDENT = """\
---
title: Broken
impact: minor
affected: [api]
---

## Investigating · 2026-11-20T20:10:00Z · next update 2026-11-20T22:00:00Z

We look.
"""
WINDOW = """\
---
title: Upgrade
affected: [api]
start: 2026-11-25 02:00
end: 2026-11-25 04:00
---

## Scheduled · 2026-11-20T10:00:00Z

Orders wait.
"""
GOOD = "incidents/good.md"
AT = "2026-11-20T20:10:00Z"
LATER = "2026-11-20T20:30:00Z"
HEAD = f"## Investigating · {AT} · next update 2026-11-20T22:00:00Z"


def site(root: Path, files: dict[str, bytes]) -> Site:
    write_config(root, CONFIG)
    for name, content in {GOOD: INCIDENT.encode(), **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Site(root, given_now=parse_instant(NOW))


def told(found: Site) -> list[str]:
    """What is told, faults first, as paths from the folder of pages."""
    problems = [*found.problems, *found.warnings]
    return [
        str(problem).replace(f"{found.root}/", "").removeprefix("content/") for problem in problems
    ]


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def front(text: str, line: str) -> str:
    """The text with another line at the end of its front matter, which is line 5 or 6."""
    return text.replace("\n---\n\n", f"\n{line}\n---\n\n", 1)


def rule(text: str) -> str:
    return front(WINDOW, f"repeat: {text}")


def incident(old: str, new: str) -> str:
    return changed(INCIDENT, old, new)


def window(old: str, new: str) -> str:
    return changed(WINDOW, old, new)


OF_INCIDENTS: dict[str, tuple[str | bytes, str]] = {
    "a German date": (
        incident(AT, "20.11.2026 20:10"),
        "7:20: '20.11.2026 20:10' is not a time; write it like 2026-11-20 20:10",
    ),
    "a German date with its hour": (
        front(INCIDENT, "started: 20.11.2026, 9.05 Uhr"),
        "5:10: started: '20.11.2026, 9.05 Uhr' is not a time; write it like 2026-11-20 09:05",
    ),
    "an American date": (
        incident(AT, "11/20/2026 8:10 PM"),
        "7:20: '11/20/2026 8:10 PM' is not a time; write it like 2026-11-20T20:10:03Z",
    ),
    "an hour alone": (
        incident(AT, "20:10"),
        "7:20: '20:10' is not a time; write it like 2026-11-20T20:10:03Z",
    ),
    "a day alone": (
        front(INCIDENT, "started: 2026-11-20"),
        "5:10: started: '2026-11-20' is not a time; write it like 2026-11-20T20:10:03Z",
    ),
    "a zone by its letters": (
        incident(AT, "2026-11-20 20:10 CET"),
        "7:20: '2026-11-20 20:10 CET' is not a time; write it like 2026-11-20T20:10:03Z",
    ),
    "a time that the clock skipped (D1)": (
        incident(AT, "2026-03-29 02:30"),
        (
            "7:20: '2026-03-29 02:30' never was on the clock of Europe/Berlin, which went forward "
            "over it; write it with its offset, like 2026-03-29T02:30:00+01:00"
        ),
    ),
    "a leap second (D7)": (
        incident(AT, "2026-11-20T23:59:60Z"),
        "7:20: '2026-11-20T23:59:60Z' is not a time: second must be in 0..59; write it like",
    ),
    "a day that no month has": (
        incident(AT, "2026-02-31T20:10:00Z"),
        "7:20: '2026-02-31T20:10:00Z' is not a time: day is out of range for month; write it like",
    ),
    "next year": (
        incident(AT, "2096-11-20T20:10:00Z").replace(" · next update 2026-11-20T22:00:00Z", ""),
        "7:1: the update's time 2096-11-20T20:10:00Z lies ahead of the clock; write when it",
    ),
    "an impact in words": (
        incident("minor", "Major outage"),
        (
            "3:9: impact: must be one of 'none', 'minor', 'major' or 'critical' (got 'Major "
            "outage'); write one of them"
        ),
    ),
    "a severity": (
        incident("impact: minor", "severity: minor"),
        "3:1: severity: unknown key 'severity'; known here: title, id, uid, impact",
    ),
    "tabs": (
        incident("affected: [api]", "affected:\n\t- api"),
        (
            "5:1: is not valid YAML: found character that cannot start any token (while scanning "
            "for the next token); indent with spaces, not tabs"
        ),
    ),
    "a colon in the title": (
        incident("Broken", "API: broken"),
        (
            "2:11: is not valid YAML: mapping values are not allowed in this context; check the "
            "indentation, or put the text with the colon in quotes"
        ),
    ),
    "a quote that is not closed": (
        incident("title: Broken", 'title: "Broken'),
        (
            "4:16: is not valid YAML: found unexpected end of stream (while scanning a quoted "
            "scalar); close the quote that begins in line 2"
        ),
    ),
    "no title": (incident("title: Broken", "title:"), "2:7: title: must be text; write a value"),
    "a key that stands twice": (
        front(INCIDENT, "impact: major"),
        "5:1: the key 'impact' stands already in line 3; remove one",
    ),
    "an anchor": (
        incident("affected: [api]", "x: &a [api]\naffected: *a"),
        "5:11: the alias *a is not supported; write the value out",
    ),
    "no first dashes": (
        INCIDENT.removeprefix("---\n"),
        "1:1: has no front matter; add a line `---` above this one",
    ),
    "no last dashes": (
        changed(INCIDENT, "---\n\n##", "\n##"),
        "1:1: the front matter has no end; add a line `---` after it",
    ),
    "four dashes": (
        INCIDENT.replace("---\n", "----\n"),
        "1:1: has no front matter; write the first line as `---`: three dashes, and nothing",
    ),
    "another kind of front matter": (
        INCIDENT.replace("---\n", "+++\n").replace(": ", " = "),
        "1:1: has no front matter; begin the file with the lines `---`, `title: What happened`",
    ),
    "bytes of an older time": (
        INCIDENT.replace("We look.", "Wir prüfen.").encode("latin-1"),
        "7:18: is not UTF-8; save the file as UTF-8",
    ),
    "two bytes a letter": (INCIDENT.encode("utf-16"), "1:1: is not UTF-8; save the file as UTF-8"),
    "ten megabytes": (INCIDENT + "word word\n" * 1_000_000, " is larger than 1 MiB; split it"),
    "another's id": (
        front(INCIDENT, "id: good"),
        "5:1: has the id 'good', as content/incidents/good.md has; remove one of the files",
    ),
    "an id that leads elsewhere": (
        front(INCIDENT, "id: ../../etc/passwd"),
        (
            "5:5: id: '../../etc/passwd' is no id: an id is 1 to 63 lower-case letters, digits and "
            "hyphens, and begins with no hyphen; write etc-passwd"
        ),
    ),
    "the name of a component": (
        incident("[api]", "[Backend API]"),
        "4:12: affected.0: there is no component 'Backend API'; write api, its id",
    ),
    "a component misspelt": (
        incident("[api]", "[apii]"),
        "4:12: affected.0: there is no component 'apii'; did you mean 'api'?",
    ),
    "two components in one word": (
        incident("[api]", "api, Web"),
        "4:11: affected: there is no component 'api, Web'; write [api, web]",
    ),
    "a phase in German": (
        incident("Investigating", "Behoben"),
        (
            "7:4: 'Behoben' is no phase of an incident; write one of investigating, identified, "
            "monitoring, resolved, postmortem, withdrawn"
        ),
    ),
    "a phase misspelt": (
        incident("Investigating", "Investigatng"),
        "7:4: 'Investigatng' is no phase of an incident; did you mean 'investigating'?",
    ),
    "a heading of another level": (
        incident(HEAD, f"### Investigating · {AT}"),
        f"7:1: looks like an update, and is none; write `## Investigating · {AT}`",
    ),
    "a heading without a phase": (
        incident(HEAD, f"## {AT}"),
        f"7:1: looks like an update, and is none; write `## Investigating · {AT}`",
    ),
    "a heading without a time": (
        incident(HEAD, "## Investigating"),
        "7:4: the update has no time; write it like `## Investigating · 2026-11-20T20:10:03Z`",
    ),
    "a later update without a mark's blank": (
        f"{INCIDENT}\n##Resolved · {LATER}\n\nDone.\n",
        (
            f"11:1: looks like an update, and is read as text of the one above; write `## Resolved "
            f"· {LATER}`, or put it into other words"
        ),
    ),
    "a later update in bold": (
        f"{INCIDENT}\n**Resolved** · {LATER}\n\nDone.\n",
        "11:1: looks like an update, and is read as text of the one above; write `## Resolved · ",
    ),
    "a later update that is underlined": (
        f"{INCIDENT}\nResolved - {LATER}\n-----\n\nDone.\n",
        "11:1: looks like an update, and is read as text of the one above; write `## Resolved · ",
    ),
    "no update": (
        INCIDENT.partition("##")[0],
        "6:1: has no update; add a line `## Investigating · 2026-11-20T20:10:03Z` and text",
    ),
    "text before the first update": (
        incident("## Inv", "Something broke.\n\n## Inv"),
        "7:1: text stands before the first update; put a line like `## Investigating · ",
    ),
    "nothing": ("", "1:1: has no front matter; begin the file with the lines `---`"),
    "updates out of order (D8)": (
        f"{INCIDENT}\n## Monitoring · 2026-11-20T19:10:00Z\n\nx\n",
        "11:17: the update is earlier than the one before it, in line 7; put updates in order",
    ),
    "two updates of one moment (D8)": (
        f"{INCIDENT}\n## Monitoring · {AT}\n\nx\n",
        "11:17: the update has the same time as the one before it, in line 7; put updates in",
    ),
    "an end before the start (D8)": (
        front(INCIDENT, "started: 2026-11-20 20:10\nresolved: 2026-11-20 19:10"),
        (
            "6:11: resolved: resolved 2026-11-20T18:10:00Z, before it started "
            "(2026-11-20T19:10:00Z); correct one of the two times"
        ),
    ),
    "a next update in the past": (
        front(INCIDENT, "next_update: 2026-11-19 20:10"),
        (
            "5:14: next_update: the next update is promised for 2026-11-19T19:10:00Z, before the "
            "first one; correct the time, or remove the line"
        ),
    ),
    "a promise that is kept already": (
        incident("next update 2026-11-20T22", "next update 2026-11-20T20:05:00Z").replace(
            "05:00Z:00:00Z", "05:00Z"
        ),
        "7:55: the next update is promised for a time that is not after this one; correct it",
    ),
    "a next update in half an hour": (
        front(INCIDENT, "next_update: 30m"),
        "5:14: next_update: '30m' is not a time; write it like 2026-11-20T20:10:03Z",
    ),
    "yes in another language": (
        front(INCIDENT, "pin: ja"),
        "5:6: pin: 'ja' is not true or false; write true or false",
    ),
}
OF_WINDOWS: dict[str, tuple[str | bytes, str]] = {
    "an end before the start (D8)": (
        window("2026-11-25 04:00", "2026-11-25 01:00"),
        (
            "5:6: end: the end 2026-11-25T00:00:00Z is not after the start 2026-11-25T01:00:00Z; "
            "correct one of the two times"
        ),
    ),
    "no end": (
        window("end: 2026-11-25 04:00\n", ""),
        "4:8: start: says neither its end nor its duration; add `end:` with a time",
    ),
    "two ends": (
        front(WINDOW, "duration: 2h"),
        "6:11: duration: says both an end and a duration; keep one of the two",
    ),
    "a length in German": (
        window("end: 2026-11-25 04:00", "duration: 2 Stunden"),
        "5:11: duration: '2 Stunden' is not a duration; write a number with a unit, like 800ms",
    ),
    "a length without a unit": (
        window("end: 2026-11-25 04:00", "duration: 120"),
        "5:11: duration: '120' has no unit; write a number with a unit",
    ),
    "a German date": (
        window("start: 2026-11-25 02:00", "start: 25.11.2026 02:00"),
        "4:8: start: '25.11.2026 02:00' is not a time; write it like 2026-11-25 02:00",
    ),
    "a start that the clock skipped (D1)": (
        window("2026-11-25 02:00", "2026-03-29 02:30"),
        "4:8: start: '2026-03-29 02:30' never was on the clock of Europe/Berlin",
    ),
    "other keys": (
        "---\ntitle: Upgrade\nfrom: 2026-11-25 02:00\nto: 2026-11-25 04:00\n---\n\nOrders wait.\n",
        "3:1: from: unknown key 'from'; known here: title, id, uid, affected, start, end",
    ),
    "no first dashes": (
        WINDOW.removeprefix("---\n"),
        "1:1: has no front matter; add a line `---` above this one",
    ),
    "no last dashes": (
        changed(WINDOW, "---\n\n##", "\n##"),
        "1:1: the front matter has no end; add a line `---` after it",
    ),
    "four dashes": (
        WINDOW.replace("---\n", "----\n"),
        "1:1: has no front matter; write the first line as `---`: three dashes, and nothing",
    ),
    "tabs": (
        window("affected: [api]", "affected:\n\t- api"),
        "4:1: is not valid YAML: found character that cannot start any token",
    ),
    "bytes of an older time": (WINDOW.encode("latin-1"), "8:14: is not UTF-8; save the file as"),
    "a rule misspelt": (
        rule("FREQ=WEEKLYY"),
        "6:9: repeat: FREQ is WEEKLYY; write one of DAILY, WEEKLY, MONTHLY, YEARLY",
    ),
    "a key of a rule misspelt": (
        rule("FRQ=WEEKLY"),
        "6:9: repeat: FRQ cannot stand in the rule of a window; known: BYDAY",
    ),
    "a day of a rule misspelt": (
        rule("FREQ=WEEKLY;BYDAY=SUN"),
        (
            "6:9: repeat: 'FREQ=WEEKLY;BYDAY=SUN' is not a rule: invalid 'BYDAY': SUN; write it "
            "like FREQ=WEEKLY;BYDAY=SU"
        ),
    ),
    "commas between the parts of a rule": (
        rule("FREQ=WEEKLY,BYDAY=SU"),
        "6:9: repeat: 'FREQ=WEEKLY,BYDAY=SU' is not a rule; write ; between its parts",
    ),
    "a rule in words": (
        rule("every sunday"),
        "6:9: repeat: 'every sunday' is not a rule; write it like FREQ=WEEKLY;BYDAY=SU",
    ),
    "a rule of cron": (
        rule("'0 2 * * 0'"),
        "6:9: repeat: '0 2 * * 0' is not a rule; write it like FREQ=WEEKLY;BYDAY=SU",
    ),
    "every second without an end": (
        rule("FREQ=SECONDLY"),
        "6:9: repeat: FREQ is SECONDLY; write one of DAILY, WEEKLY, MONTHLY, YEARLY",
    ),
    "a day that never comes": (
        rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        "6:9: repeat: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' never comes; correct the rule or",
    ),
    "never": (
        rule("FREQ=DAILY;COUNT=0"),
        "6:9: repeat: 'FREQ=DAILY;COUNT=0' is not a rule: COUNT=0 is no whole number from 1",
    ),
    "until a word": (
        rule("FREQ=DAILY;UNTIL=morgen"),
        "6:9: repeat: 'FREQ=DAILY;UNTIL=morgen' is not a rule: UNTIL=MORGEN is no date like",
    ),
    "again before it has ended": (
        window("2026-11-25 04:00", "2026-11-27 04:00\nrepeat: daily"),
        "6:9: repeat: begins again before it has ended, and so never ends; make it shorter",
    ),
    "an exception on a day on which it does not come": (
        rule("weekly\nexcept: [2026-12-24]"),
        "7:10: except.0: it does not come on 2026-12-24; write the date on which it would begin",
    ),
    "a German exception": (
        rule("weekly\nexcept: [24.12.2026]"),
        "7:10: except.0: '24.12.2026' is no date; write it like 2026-12-24",
    ),
    "an exception of nothing": (
        front(WINDOW, "except: [2026-12-24]"),
        "6:9: except: excepts days, but does not repeat; add `repeat:`",
    ),
    "a zone misspelt": (
        front(WINDOW, "timezone: Europe/Berlinn"),
        "6:11: timezone: 'Europe/Berlinn' is not a time zone; did you mean 'Europe/Berlin'?",
    ),
    "a zone by its letters": (
        front(WINDOW, "timezone: CEST"),
        "6:11: timezone: 'CEST' is not a time zone; write the city: Europe/Berlin",
    ),
    "a zone that leads elsewhere": (
        front(WINDOW, "timezone: ../../../etc/passwd"),
        "6:11: timezone: '../../../etc/passwd' is not a time zone; write one like Europe/Berlin",
    ),
    "a phase of incidents": (
        window("Scheduled", "Resolved"),
        "8:4: 'Resolved' is no phase of a window; write one of scheduled, in_progress, verifying",
    ),
    "a key of incidents": (
        front(WINDOW, "impact: major"),
        "6:1: impact: unknown key 'impact'; known here: title, id, uid, affected, start",
    ),
    "all components": (
        window("[api]", "[all]"),
        "3:12: affected.0: there is no component 'all'; write the id of a component, like api, web",
    ),
    "cancelled tomorrow": (
        f"{WINDOW}\n## Cancelled · 2096-11-24T10:00:00Z\n\nx\n",
        "12:1: the update's time 2096-11-24T10:00:00Z lies ahead of the clock; write when it",
    ),
    "a promise, which no page of it shows": (
        window("10:00:00Z", "10:00:00Z · next update 2026-11-21 10:00Z"),
        "8:1: promises a next update, which pages of maintenance do not show; take it out of the",
    ),
}


@pytest.mark.parametrize("name", OF_INCIDENTS)
def test_an_incident_with_a_fault_says_where_and_what_to_write(tmp_path: Path, name: str) -> None:
    text, fault = OF_INCIDENTS[name]
    says_it(tmp_path, "incidents/a.md", text, fault)


@pytest.mark.parametrize("name", OF_WINDOWS)
def test_a_window_with_a_fault_says_where_and_what_to_write(tmp_path: Path, name: str) -> None:
    text, fault = OF_WINDOWS[name]
    says_it(tmp_path, "maintenance/w.md", text, fault)


def says_it(root: Path, file: str, text: str | bytes, fault: str) -> None:
    found = site(root, {file: text if isinstance(text, bytes) else text.encode()})
    assert any(line.startswith(f"{file}:{fault}") for line in told(found)), told(found)
    assert "good" in [each.id for each in found.incidents.incidents]


def test_all_at_once_are_told_and_the_exit_codes_say_so(tmp_path: Path) -> None:
    files = {f"incidents/i{n}.md": each[0] for n, each in enumerate(OF_INCIDENTS.values())}
    files |= {f"maintenance/w{n}.md": each[0] for n, each in enumerate(OF_WINDOWS.values())}
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    site(tmp_path, raw)

    checked = statusgen(tmp_path, "validate")
    assert checked.code == 2
    assert [name for name in files if f"content/{name}" not in checked.err] == []
    built = statusgen(tmp_path, "build", "--engine", "none", "--now", NOW)
    assert built.code == 0  # one person's slip takes nobody's page away; `validate` is the gate
    assert (tmp_path / "site/incidents/good/index.html").is_file()
    assert "Broken" in (tmp_path / "site/index.html").read_text()
    listed = statusgen(tmp_path, "incident", "list", "--json")
    assert listed.code == 2
    assert "good" in listed.out


SILENT: dict[str, tuple[str, str | bytes]] = {
    "as it should be": ("incidents/a.md", INCIDENT),
    "a window as it should be": ("maintenance/w.md", WINDOW),
    "a mark before the first byte": ("incidents/a.md", b"\xef\xbb\xbf" + INCIDENT.encode()),
    "a mark before the first byte of a window": (
        "maintenance/w.md",
        b"\xef\xbb\xbf" + WINDOW.encode(),
    ),
    "line ends of Windows": ("incidents/a.md", INCIDENT.replace("\n", "\r\n")),
    "line ends of Windows in a window": ("maintenance/w.md", WINDOW.replace("\n", "\r\n")),
    "line ends of an old Mac": ("maintenance/w.md", WINDOW.replace("\n", "\r")),
    "a time of the site's clock": ("incidents/a.md", incident(AT, "2026-11-20 20:10")),
    "another separator": ("incidents/a.md", INCIDENT.replace(f"· {AT}", f"— {AT}")),
    "a title of another script": ("incidents/a.md", incident("Broken", "障害のお知らせ")),
    "a comment": ("incidents/a.md", incident("impact: minor", "impact: minor # sure?")),
    "a heading that speaks of a day": (
        "incidents/a.md",
        f"{INCIDENT}\n## 2026-11-20 in numbers\n\n## Why it was resolved late\n\nx\n",
    ),
    "an update in a block of code": (
        "incidents/a.md",
        f"{INCIDENT}\n```\n### Resolved · {LATER}\n```\n\n    Resolved · {LATER}\n",
    ),
    "an update in a sentence": (
        "incidents/a.md",
        f"{INCIDENT}\nResolved by us · {LATER}, as planned.\n\n- {LATER}: it answered.\n",
    ),
    "a time alone, as in a log": ("incidents/a.md", f"{INCIDENT}\n{LATER}\n"),
    "a leap day, every year (D6)": (
        "maintenance/w.md",
        WINDOW.replace("2026-11-25", "2028-02-29").replace("04:00\n", "04:00\nrepeat: yearly\n"),
    ),
    "a rule in small letters with blanks": ("maintenance/w.md", rule("freq=weekly; byday=WE ")),
    "a rule with its name": ("maintenance/w.md", rule("'RRULE:FREQ=WEEKLY;BYDAY=WE'")),
    "every day, all day but a minute": (
        "maintenance/w.md",
        window("2026-11-25 04:00", "2026-11-26 01:59\nrepeat: daily"),
    ),
    "an exception on a day on which it comes": (
        "maintenance/w.md",
        rule("weekly\nexcept: [2026-12-02]"),
    ),
    "a page of prose": ("maintenance/how.md", "# How we work\n\n## Completed since 2026\n\nx\n"),
    "a page of prose with front matter": (
        "maintenance/how.md",
        "---\ntitle: How we work\ndescription: 'start: early'\n---\n\nFrom: us\nTo: you\n",
    ),
    "a page of prose that begins with a list of words": (
        "maintenance/how.md",
        "Start: early in the day.\n\nWe work on Sundays.\n",
    ),
    "a note for oneself": ("incidents/_draft.md", "not yet"),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_only_looks_wrong_is_left_alone(tmp_path: Path, name: str) -> None:
    file, text = SILENT[name]
    found = site(tmp_path, {file: text if isinstance(text, bytes) else text.encode()})
    assert told(found) == []
    shown = {each.id for each in found.incidents.incidents}
    shown |= {each.id for each in found.windows.windows}
    assert shown == {"good", *({Path(file).stem} & {"a", "w"})}


def test_a_link_out_of_the_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    found = site(tmp_path, {})
    secret = tmp_path / "secret.md"
    secret.write_text(INCIDENT)
    (tmp_path / "content/incidents/linked.md").symlink_to(secret)
    (tmp_path / "content/incidents/folder").symlink_to(tmp_path)
    assert [line.partition(";")[0] for line in told(found)] == [
        "incidents/folder: is a symbolic link", "incidents/linked.md: is a symbolic link",
    ]  # fmt: skip
    assert [each.id for each in found.incidents.incidents] == ["good"]


def test_files_that_lie_in_the_wrong_place_are_told(tmp_path: Path) -> None:
    found = site(
        tmp_path, {"incident/a.md": INCIDENT.encode(), "maintenance/w.txt": WINDOW.encode()}
    )
    for place in ("incidents/b.md", "data/maintenance/w.md"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WINDOW if "w.md" in place else INCIDENT)
    (tmp_path / "maintenance").mkdir()
    (tmp_path / "maintenance/notes.md").write_text("# Notes of mine\n\nAbout a start.\n")
    lines = told(found)
    assert [line.partition(":")[0] for line in lines] == [
        "maintenance/w.txt", "incident/a.md", "incidents/b.md", "data/maintenance/w.md",
    ]  # fmt: skip
    assert lines[2].endswith("move it to content/incidents/")
