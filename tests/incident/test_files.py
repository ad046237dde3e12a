from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant as t
from statusgen.base.errors import InputError, OutsideError
from statusgen.incident.adopt import adopt
from statusgen.incident.files import LoadedIncidents, load_incidents, write_incident
from statusgen.incident.impacts import open_impacts
from statusgen.incident.model import Impact, Incident, Phase
from tests.incident.world import STEP, T0, rounds, run, run_each, site

SITE = site(["api", "console"])
ID = "2026-11-20-api-2005"


def load(root: Path) -> LoadedIncidents:
    return load_incidents(
        root / "content",
        root / "history",
        components=["api", "console"],
        zone=SITE.site.timezone,
    )


def put(root: Path, name: str, text: str) -> Path:
    path = root / "content" / "incidents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def page(title: str = "A", at: str = "2026-11-20T20:10:00Z", front: str = "") -> str:
    return f"---\ntitle: {title}\n{front}---\n## Investigating · {at}\nText.\n"


def one(root: Path) -> Incident:
    loaded = load(root)
    assert [str(problem) for problem in loaded.problems] == []
    (incident,) = loaded.incidents
    return incident


def test_nothing_written_yet(tmp_path: Path) -> None:
    assert load(tmp_path) == LoadedIncidents(incidents=(), problems=())


def test_incidents_of_both_folders_come_newest_first(tmp_path: Path) -> None:
    put(tmp_path, "2026-11-19-a.md", page("Old", "2026-11-19T20:00:00Z"))
    put(tmp_path, "2026/2026-11-21-b.md", page("New", "2026-11-21T20:00:00Z"))
    run_each(tmp_path / "history", SITE, rounds(api="udd"))
    titles = [incident.title for incident in load(tmp_path).incidents]
    assert titles == ["New", "Backend API is down", "Old"]


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "good.md", page())
    bad = put(tmp_path, "bad.md", "---\ntitle: [\n---\n")
    binary = put(tmp_path, "binary.md", "")
    binary.write_bytes(b"---\n\xff\n")
    huge = put(tmp_path, "huge.md", "x" * (1 << 20) + "x")
    loaded = load(tmp_path)
    assert [incident.id for incident in loaded.incidents] == ["good"]
    for path in (bad, binary, huge):
        assert any(problem.file == str(path) for problem in loaded.problems)


def test_two_files_of_one_id_or_uid_are_told_by_both_names(tmp_path: Path) -> None:
    uid = "uid: urn:uuid:3b241101-e2bb-4255-8caf-4136c566a962\n"
    put(tmp_path, "a.md", page(front=uid))
    put(tmp_path, "b.md", page(front=uid.upper().replace("UID:", "uid:", 1)))
    put(tmp_path, "c.md", page(front="id: a\n"))
    loaded = load(tmp_path)
    assert [incident.id for incident in loaded.incidents] == ["a"]
    first = tmp_path / "content" / "incidents"
    assert [str(problem) for problem in loaded.problems] == [
        (
            f"{first / 'b.md'}:3:1: has the uid 'urn:uuid:3b241101-e2bb-4255-8caf-4136c566a962', "
            f"as {first / 'a.md'} has; remove one of the files, or give one another uid"
        ),
        (
            f"{first / 'c.md'}:3:1: has the id 'a', as {first / 'a.md'} has; "
            "remove one of the files, or give one another id"
        ),
    ]


def test_an_unknown_component_is_told_with_what_was_meant(tmp_path: Path) -> None:
    path = put(tmp_path, "a.md", page(front="affected:\n  - api\n  - consle\n"))
    loaded = load(tmp_path)
    assert [str(problem) for problem in loaded.problems] == [
        f"{path}:5:5: affected.1: there is no component 'consle'; did you mean 'console'?"
    ]
    assert len(loaded.incidents) == 1


def test_a_component_that_is_gone_is_no_fault_of_an_old_incident(tmp_path: Path) -> None:
    put(tmp_path, "a.md", page(front="affected: mail\nresolved: 2026-11-20T21:00:00Z\n"))
    loaded = load(tmp_path)
    assert loaded.problems == ()
    assert "there is no component 'mail'" in str(loaded.warnings[0])
    put(tmp_path, "a.md", page(front="affected: mail\n"))
    assert "there is no component 'mail'" in str(load(tmp_path).problems[0])


def test_components_of_recorded_incidents_may_be_gone(tmp_path: Path) -> None:
    run_each(tmp_path / "history", site(["mail"]), rounds(mail="udduu"))
    assert one(tmp_path).affected[0].component == "mail"


def test_t13_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(page("Secret"))
    put(tmp_path, "a.md", page())
    folder = tmp_path / "content" / "incidents"
    (folder / "b.md").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    loaded = load(tmp_path)
    assert [incident.title for incident in loaded.incidents] == ["A"]
    assert [problem.file for problem in loaded.problems] == [
        str(folder / "b.md"),
        str(folder / "loop"),
    ]


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "", ".", "con", "a\x00b", "a" * 64, "CON", "2026-11", "%2e", "․․"]
)
def test_t13_an_id_that_is_no_file_name_is_not_written(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a.md", page())
    incident = replace(one(tmp_path), id=name)
    with pytest.raises(InputError):
        write_incident(incident, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_t13_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    put(tmp_path, "a.md", page())
    incident = one(tmp_path)
    target = tmp_path / "target"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(InputError, match="is a symbolic link"):
        write_incident(incident, tmp_path / "link")
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (target / "a.md").symlink_to(victim)
    with pytest.raises(InputError, match="is a symbolic link"):
        write_incident(incident, target)
    assert victim.read_text() == "mine"


def test_a_disk_that_refuses_is_an_outside_error(tmp_path: Path) -> None:
    put(tmp_path, "a.md", page())
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(OutsideError):
        write_incident(one(tmp_path), tmp_path / "out")


def adopted(root: Path, letters: str = "udd") -> Path:
    run_each(root / "history", SITE, rounds(api=letters))
    return adopt(ID, root / "history", root / "content")


def test_adopting_copies_and_changes_nothing_that_is_shown_but_the_owner(tmp_path: Path) -> None:
    run_each(tmp_path / "history", SITE, rounds(api="udd"))
    before = one(tmp_path)
    path = adopt(ID, tmp_path / "history", tmp_path / "content")
    assert path == tmp_path / "content" / "incidents" / f"{ID}.md"
    assert one(tmp_path) == replace(before, adopted=True, file=str(path))


def test_adopting_never_overwrites(tmp_path: Path) -> None:
    path = adopted(tmp_path)
    path.write_text("mine, and broken")
    with pytest.raises(InputError, match="holds this incident already"):
        adopt(ID, tmp_path / "history", tmp_path / "content")
    assert path.read_text() == "mine, and broken"


def test_adopting_under_another_name_is_noticed(tmp_path: Path) -> None:
    path = adopted(tmp_path)
    renamed = path.rename(path.with_name("2026-11-20-logins.md"))
    with pytest.raises(InputError, match=renamed.name):
        adopt(ID, tmp_path / "history", tmp_path / "content")
    run(tmp_path / "history", SITE, rounds(api="udduu"))
    assert one(tmp_path).id == "2026-11-20-logins"
    assert one(tmp_path).resolved == T0 + 3 * STEP


def test_adopting_what_is_not_there_says_what_is(tmp_path: Path) -> None:
    run_each(tmp_path / "history", SITE, rounds(api="udd"))
    with pytest.raises(InputError, match=f"did you mean '{ID}'"):
        adopt("2026-11-20-api-2006", tmp_path / "history", tmp_path / "content")
    with pytest.raises(InputError, match="no check opened an incident"):
        adopt("../../etc/passwd", tmp_path / "history", tmp_path / "content")
    damaged = tmp_path / "history" / "incidents" / f"{ID}.md"
    damaged.write_text("?")
    with pytest.raises(InputError, match="has no front matter"):
        adopt(ID, tmp_path / "history", tmp_path / "content")
    assert not (tmp_path / "content").exists()


def test_after_adoption_the_person_has_the_words_and_the_checks_the_recovery(
    tmp_path: Path,
) -> None:
    path = adopted(tmp_path)
    text = path.read_text().replace("Backend API is down", "Logins fail")
    text = text.replace("impact: major", "impact: minor")
    text += "\n## Identified · 2026-11-20T20:12:00Z\n\nA full disk.\n"
    path.write_text(text)
    run(tmp_path / "history", SITE, rounds(api="udduu"))
    assert path.read_text() == text
    incident = one(tmp_path)
    assert (incident.title, incident.impact.value) == ("Logins fail", "minor")
    assert [update.phase.value for update in incident.updates] == [
        "investigating",
        "identified",
        "resolved",
    ]
    assert incident.resolved == T0 + 3 * STEP
    assert incident.blip
    assert [entry.end for entry in incident.affected] == [T0 + 3 * STEP]
    assert len(incident.evidence) == 2


def test_a_person_who_spoke_after_the_recovery_says_when_it_is_over(tmp_path: Path) -> None:
    path = adopted(tmp_path)
    run(tmp_path / "history", SITE, rounds(api="udduu"))
    path.write_text(path.read_text() + "\n## Monitoring · 2026-11-20T20:30:00Z\n\nWatching.\n")
    incident = one(tmp_path)
    assert incident.open
    assert incident.phase is Phase.MONITORING
    assert [entry.end for entry in incident.affected] == [T0 + 3 * STEP]
    path.write_text(path.read_text() + "\n## Resolved · 2026-11-20T21:00:00Z\n\nOver.\n")
    incident = one(tmp_path)
    assert incident.resolved == t("2026-11-20T21:00:00Z")
    assert [update.body for update in incident.updates][1:] == ["Watching.", "Over."]


def test_a_person_may_resolve_what_still_fails(tmp_path: Path) -> None:
    path = adopted(tmp_path)
    path.write_text(path.read_text() + "\n## Resolved · 2026-11-20T20:30:00Z\n\nSwitched off.\n")
    assert one(tmp_path).resolved == t("2026-11-20T20:30:00Z")
    run(tmp_path / "history", SITE, rounds(api="udddd"))
    assert one(tmp_path).resolved == t("2026-11-20T20:30:00Z")


def test_a_broken_adopted_file_leaves_the_recorded_incident_shown(tmp_path: Path) -> None:
    path = adopted(tmp_path)
    path.write_text("---\n")
    loaded = load(tmp_path)
    assert [incident.title for incident in loaded.incidents] == ["Backend API is down"]
    assert loaded.problems[0].file == str(path)
    assert not loaded.incidents[0].adopted


def test_what_the_banner_must_not_fall_below(tmp_path: Path) -> None:
    run_each(tmp_path / "history", SITE, rounds(api="udd", console="udd"))
    measured = one(tmp_path)
    adopted = replace(measured, adopted=True)
    over = replace(adopted, resolved=T0 + 4 * STEP)

    assert measured.impact is Impact.CRITICAL
    assert open_impacts([measured]) == ["minor"]
    assert open_impacts([adopted]) == ["critical"]
    assert open_impacts([replace(measured, automatic=False)]) == ["critical"]
    assert open_impacts([over]) == []
