"""``upgrade``: what is ours is renewed, what is the operator's stays, to the byte."""

from __future__ import annotations

import contextlib
import filecmp
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.run.choices import form_inputs
from statusgen.run.site import Site
from statusgen.setup import generated, schedule_files, upgrade
from statusgen.setup.choices import Choices
from statusgen.setup.digest import digest
from statusgen.setup.former import FORMER
from statusgen.setup.generated import Given, digest_of
from statusgen.setup.manifest import MANIFEST
from statusgen.setup.prices import watches_prices
from statusgen.setup.schedule_files import Kind
from statusgen.setup.starter import starter_files
from statusgen.setup.upgrade import Plan, State, apply, plan
from statusgen.setup.wheel import Wheel
from tests.cli.harness import statusgen
from tests.cli.test_push import git
from tests.conftest import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "made-by-0.1.0"
"""A repository as ``init`` made it before it remembered what it generated."""
WHEEL = Wheel("statusgen-0.1.1-py3-none-any.whl", b"the next program")
GIVEN = Given(
    "Acme Status",
    "https://status.acme.example/",
    form_inputs(["www-acme-example", "api-acme-example"], ()),
    Choices(),
)
STATUS, PAGES, REVIEW = (f".github/workflows/{name}.yml" for name in ("status", "pages", "review"))
SECRET_LINES = (
    "          # ORDERS_TOKEN: ${{ secrets.ORDERS_TOKEN }}\n",
    "          API_KEY: ${{ secrets.API_KEY }}\n",
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The fixture, committed as it was made."""
    root = tmp_path / "old"
    shutil.copytree(FIXTURE, root)
    (root / "gitignore").rename(root / ".gitignore")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


@pytest.fixture
def new_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version: other texts in the workflows, the page and the navigation."""
    shipped, starter = schedule_files._text, generated.starter_text

    def later(name: str) -> str:
        text = shipped(name)
        if name in ("visits.yml", "relay.yml"):
            text = text.replace("timeout-minutes: 10", "timeout-minutes: 12")
        return text.replace("name: Build\n", "name: Build the pages\n")

    def later_starter(name: str) -> str:
        text = starter(name)
        if name == "mkdocs.yml":
            text = text.replace("  font: false\n", "  font: false\n  language: en\n")
        return text.replace("# Status page\n", "# The status page\n")

    monkeypatch.setattr(schedule_files, "_text", later)
    for module in (generated, upgrade):
        monkeypatch.setattr(module, "__version__", "0.1.1")
    monkeypatch.setattr(generated, "starter_text", later_starter)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Commit", "--allow-empty")


def edit(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_bytes().decode()
    assert before in text
    (root / path).write_bytes(text.replace(before, after).encode())


def states(made: Plan) -> dict[str, State]:
    return {step.path: step.state for step in made.steps}


def files_of(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_the_look_at_prices_comes_and_goes_with_the_pages_that_are_named(
    old: Path, new_texts: None
) -> None:
    """`seen_at:` in a roadmap brings the workflow, and takes it again; a typo takes nothing."""
    roadmap = old / "data/roadmaps/plan.yml"
    roadmap.parent.mkdir(parents=True, exist_ok=True)
    text = (
        "name: Plan\nstages:\n  - name: Now\n    items:\n      - name: Web\n"
        "        service:\n          name: Host\n          price: $25/month\n"
    )
    seen = '          seen_at: {url: "https://vendor.example/", expect: $25}\n'

    def upgraded(told: str) -> bool:
        roadmap.write_text(told)
        given = replace(GIVEN, prices=watches_prices(Site(old)))
        apply(old, plan(old, given, WHEEL))
        return (old / ".github/workflows/prices.yml").exists()

    assert [upgraded(each) for each in (text, text + seen, text + seen + "oops: [", text)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_repository_of_an_earlier_init_with_edits(old: Path, new_texts: None) -> None:
    """The workflow and the configuration were edited: theirs stays, ours is new."""
    edit(old, STATUS, *SECRET_LINES)
    edit(old, "data/status.yml", "timezone: UTC", "timezone: Europe/Berlin  # ours")
    edit(old, "mkdocs.yml", "  - About: about.md\n", "  - About: about.md\n  - More: more.md\n")
    edit(old, "mkdocs.yml", 'site_name: "Acme Status"', "site_name: Acme's own")
    (old / "content/more.md").write_text("# More\n")
    (old / REVIEW).unlink()
    commit(old)
    before = files_of(old)

    first = plan(old, GIVEN, WHEEL)
    apply(old, first)
    after_first = files_of(old)
    second = plan(old, GIVEN, WHEEL, merge=True)
    apply(old, second)

    told = states(first)
    assert told[PAGES] is told["README.md"] is State.RENEW
    assert told[STATUS] is told["mkdocs.yml"] is State.MERGE
    assert told[REVIEW] is State.DELETED
    assert told[".github/dependabot.yml"] is State.ADD
    assert told["vendor/statusgen-0.1.0-py3-none-any.whl"] is State.REMOVE
    # Nothing that a person wrote was touched, however it was asked.
    for path in (STATUS, "mkdocs.yml", "data/status.yml", "content/more.md", "content/about.md"):
        assert after_first[path] == before[path]
    after = files_of(old)
    for path in ("data/status.yml", "content/more.md", "content/about.md"):
        assert after[path] == before[path]
    assert REVIEW not in after
    # Everything of ours is new.
    assert b"name: Build the pages\n" in after[PAGES]
    assert after["vendor/statusgen-0.1.1-py3-none-any.whl"] == WHEEL.content
    assert WHEEL.sha256 in after["requirements/statusgen.txt"].decode()
    assert not [path for path in after if "0.1.0" in path]
    # And where both changed a file, both are in it.
    assert b"timeout-minutes: 12" in after[STATUS]
    assert SECRET_LINES[1].encode() in after[STATUS]
    mkdocs = after["mkdocs.yml"].decode()
    assert "site_name: Acme's own\n" in mkdocs
    assert "  language: en\n" in mkdocs
    assert "  - More: more.md\n" in mkdocs
    assert plan(old, GIVEN, WHEEL).to_do == []


def test_what_was_edited_and_does_not_fit_is_shown_until_a_person_decides(
    old: Path, new_texts: None
) -> None:
    edit(old, STATUS, "timeout-minutes: 10", "timeout-minutes: 30")
    commit(old)
    before = files_of(old)

    made = plan(old, GIVEN, WHEEL, merge=True)
    apply(old, made)
    again = plan(old, GIVEN, WHEEL, merge=True)
    kept = plan(old, GIVEN, WHEEL, keep=[STATUS])
    apply(old, kept)

    (step,) = [step for step in made.steps if step.path == STATUS]
    assert step.state is State.CONFLICT
    assert files_of(old)[STATUS] == before[STATUS]
    assert step.after is not None
    ours, theirs = set(before[STATUS].splitlines()), set(step.after.splitlines())
    assert ours - theirs == {b"    timeout-minutes: 30"}
    assert b"    timeout-minutes: 12" in theirs - ours
    assert states(again)[STATUS] is State.CONFLICT  # told again, until decided
    assert states(plan(old, GIVEN, WHEEL))[STATUS] is State.EDITED
    apply(old, plan(old, GIVEN, WHEEL, take=[STATUS]))
    assert b"timeout-minutes: 12" in files_of(old)[STATUS]


def test_without_a_past_in_git_what_is_new_is_shown_as_ours(old: Path, new_texts: None) -> None:
    shutil.rmtree(old / ".git")
    edit(old, STATUS, *SECRET_LINES)

    made = plan(old, GIVEN, WHEEL, merge=True)

    (step,) = [step for step in made.steps if step.path == STATUS]
    assert step.state is State.CONFLICT
    assert step.after is not None
    assert b"timeout-minutes: 12" in step.after


@pytest.mark.parametrize(
    ("kind", "private", "paid"),
    [
        (Kind.VISITS, False, False),
        (Kind.RELAY, False, False),
        (Kind.VISITS, True, False),
        (Kind.RELAY, True, True),
        (None, False, False),
    ],
)
@pytest.mark.parametrize("remembered", [pytest.param(True, marks=pytest.mark.long), False])
def test_the_schedule_that_was_chosen_stays(
    tmp_path: Path, kind: Kind | None, private: bool, paid: bool, remembered: bool
) -> None:
    wheel = Wheel("statusgen-0.1.0-py3-none-any.whl", b"this program")
    made = starter_files(
        name="A", urls=["https://a.example/"], site_url="", wheel=wheel,
        schedule=kind, private=private, paid=paid,
    )  # fmt: skip
    for path, content in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    if not remembered:
        (tmp_path / MANIFEST).unlink()

    found = plan(tmp_path, GIVEN, wheel)

    assert found.choices == Choices(kind, private, paid)
    assert found.to_do == []


def crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def reformatted(content: bytes) -> bytes:
    """Quotes, indentation of lists and spaces as a formatter of YAML may have them."""
    text = content.decode().replace('"3.13"', "'3.13'").replace("  # /.well", " # /.well")
    lines = [line.replace(": [main]", ": [ main ]") for line in text.splitlines()]
    return "\n".join(f"{line}  " if "#" in line else line for line in lines).encode()


@pytest.mark.parametrize(
    "change",
    [crlf, reformatted, lambda content: b"\xef\xbb\xbf" + content + b"\n\n"],
    ids=["crlf", "formatter", "byte order mark"],
)
def test_what_an_editor_does_to_a_file_is_no_edit(
    old: Path, new_texts: None, change: Callable[[bytes], bytes]
) -> None:
    (old / PAGES).write_bytes(change((old / PAGES).read_bytes()))
    assert digest_of(PAGES, (old / PAGES).read_bytes()) in FORMER[PAGES]

    apply(old, plan(old, GIVEN, WHEEL))

    after = (old / PAGES).read_bytes()
    assert b"Build the pages" in after
    assert after.count(b"\r\n") == (after.count(b"\n") if change is crlf else 0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("timeout-minutes: 10", "timeout-minutes: 11"),
        (
            "        run: statusgen build --out site\n",
            "        run: statusgen build --out site # x\n",
        ),
        ("permissions: {}\n", "permissions: {}\n# Ask Ada before you change this.\n"),
        ('python-version: "3.13"', "python-version: 3.13"),
        ("      - name: Build\n", "      # - name: Build\n"),
        ("cancel-in-progress: false", "cancel-in-progress: 'false'"),
    ],
)
def test_what_a_person_does_to_a_file_is_one(before: str, after: str) -> None:
    """Values, comments and types count; look-alikes of a formatter's work are not."""
    text = (FIXTURE / PAGES).read_text()
    assert before in text

    assert digest(PAGES, text.encode()) != digest(PAGES, text.replace(before, after).encode())


def test_padding_of_a_table_is_no_edit_and_a_cell_is_one() -> None:
    text = (FIXTURE / "README.md").read_text()
    padded = text.replace(
        "| file | what |\n|---|---|", "| file    | what    |\n| ------- | :---: |"
    )

    assert padded != text
    assert digest("README.md", padded.replace(":---:", "-----").encode()) == digest(
        "README.md", text.encode()
    )
    other = text.replace("| what |", "| what it is |")
    assert digest("README.md", other.encode()) != digest("README.md", text.encode())


LINES = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip())
MANAGED = sorted(
    path for path in FORMER if (FIXTURE / path).is_file() and not path.startswith("vendor/")
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_line_that_a_person_wrote_is_lost(tmp_path: Path, data: st.DataObject) -> None:
    """Random lines, anywhere in any file: after all that upgrade may do, they are there."""
    root = tmp_path / "copy"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(FIXTURE, root)
    (root / "gitignore").rename(root / ".gitignore")
    path = data.draw(st.sampled_from([*MANAGED, "data/status.yml", "content/about.md"]))
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    line = data.draw(st.one_of(LINES, LINES.map(lambda text: f"# {text}")))
    lines.insert(data.draw(st.integers(0, len(lines))), line)
    edited = "\n".join(lines).encode()
    (root / path).write_bytes(edited)

    with contextlib.suppress(InputError):
        apply(root, plan(root, GIVEN, WHEEL))
    after = (root / path).read_bytes()

    assert line.strip().encode() in after or after == edited


def test_nothing_is_lost_where_the_fixture_changed(old: Path, new_texts: None) -> None:
    """The property above again, with news in the file and a past in git: merged."""
    for number, path in enumerate((STATUS, PAGES, "mkdocs.yml", ".gitignore", "README.md")):
        text = (old / path).read_text(encoding="utf-8")
        (old / path).write_text(f"# line {number} of mine\n{text}")
    commit(old)

    apply(old, plan(old, GIVEN, WHEEL, merge=True))

    for number, path in enumerate((STATUS, PAGES, "mkdocs.yml", ".gitignore", "README.md")):
        assert f"# line {number} of mine\n" in (old / path).read_text(encoding="utf-8")
    assert "timeout-minutes: 12" in (old / STATUS).read_text()


def test_newer_pins_of_an_operator_stay_and_older_ones_are_renewed(old: Path) -> None:
    path = "requirements/check.txt"
    text = (old / path).read_text()
    ours = next(line for line in text.splitlines() if line.startswith("click=="))
    version = ours.split("==")[1].split()[0]
    states_of = {}
    for other in ("1.0.0", "99.0.0"):
        (old / path).write_text(text.replace(f"click=={version}", f"click=={other}"))
        states_of[other] = states(plan(old, GIVEN, None))[path]
    (old / path).write_text(text + "mine==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    added = states(plan(old, GIVEN, None))[path]

    assert states_of == {"1.0.0": State.RENEW, "99.0.0": State.EDITED}
    assert added is State.EDITED


@pytest.mark.parametrize(
    "pin",
    [
        "statusgen==0.1.0 --hash=sha256:" + "a" * 64,
        "statusgen==0.1.0 \\\n    --hash=sha256:" + "a" * 64 + " \\\n    --hash=sha256:" + "b" * 64,
    ],
)
def test_of_a_program_from_an_index_one_line_changes(old: Path, new_texts: None, pin: str) -> None:
    path = "requirements/statusgen.txt"
    (old / path).write_text(f"# from our index\n{pin}\n# the end\n")
    shutil.rmtree(old / "vendor")

    shown = plan(old, GIVEN, WHEEL)
    apply(old, plan(old, GIVEN, WHEEL, merge=True))

    assert states(shown)[path] is State.MERGE
    line = f"statusgen==0.1.1 --hash=sha256:{WHEEL.sha256}"
    assert (old / path).read_text() == f"# from our index\n{line}\n# the end\n"
    assert not (old / "vendor").exists()
    assert plan(old, GIVEN, WHEEL).to_do == []


def test_a_program_of_ones_own_stays(old: Path, new_texts: None) -> None:
    path = "requirements/statusgen.txt"
    (old / path).write_text("statusgen @ git+https://git.example/fork@" + "c" * 40 + "\n")

    made = plan(old, GIVEN, WHEEL, merge=True)

    assert states(made)[path] is State.EDITED
    assert not [step for step in made.steps if step.path.startswith("vendor/")]


def test_a_link_that_leads_elsewhere_is_not_written_through(
    old: Path, tmp_path: Path, new_texts: None
) -> None:
    elsewhere = tmp_path / "elsewhere.yml"
    elsewhere.write_bytes((old / PAGES).read_bytes())
    (old / PAGES).unlink()
    (old / PAGES).symlink_to(elsewhere)
    before = elsewhere.read_bytes()

    made = plan(old, GIVEN, WHEEL)
    apply(old, made)

    assert states(made)[PAGES] is State.CONFLICT
    assert elsewhere.read_bytes() == before
    assert (old / PAGES).is_symlink()


def test_a_file_of_the_same_name_as_a_new_one_is_not_overwritten(old: Path) -> None:
    (old / ".github/dependabot.yml").write_text("version: 2\nupdates: []\n")

    made = plan(old, GIVEN, WHEEL, merge=True)
    apply(old, made)

    assert states(made)[".github/dependabot.yml"] is State.CONFLICT
    assert (old / ".github/dependabot.yml").read_text() == "version: 2\nupdates: []\n"
    (old / ".github/dependabot.yml").unlink()
    assert states(plan(old, GIVEN, WHEEL))[".github/dependabot.yml"] is State.DELETED


def test_the_choices_of_the_form_stay_until_they_are_renewed(old: Path, new_texts: None) -> None:
    """That is `incident form --write`; a comment among them is a person's."""
    form = ".github/workflows/incident.yml"
    edit(old, form, "          - www-acme-example\n", "          - www-acme-example # first\n")
    edit(old, form, "timeout-minutes: 10", "timeout-minutes: 12")

    made = plan(old, GIVEN, WHEEL, take=[form])
    kept = plan(old, GIVEN, WHEEL)
    apply(old, kept)

    assert states(kept)[form] is State.EDITED
    assert "www-acme-example # first" in (old / form).read_text()
    assert states(made)[form] is State.RENEW


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<<<<<<< HEAD\n{}\n", "conflict"),
        ("{", "not the JSON"),
        ("[]", "lacks"),
        ('{"format": 2, "version": "9.0"}', "newer statusgen"),
        ('{"format": 1, "version": "0.1.0", "schedule": {"kind": "moon"}, "files": {}}', "lacks"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told_with_the_cure(
    old: Path, text: str, told: str
) -> None:
    (old / MANIFEST).write_text(text)

    with pytest.raises(InputError, match=told) as caught:
        plan(old, GIVEN, WHEEL)

    assert MANIFEST in str(caught.value)


def test_a_repository_of_a_newer_version_is_refused(old: Path) -> None:
    edit(old, "requirements/statusgen.txt", "statusgen-0.1.0", "statusgen-7.0.0")

    with pytest.raises(InputError, match=r"statusgen 7\.0\.0, and this is .*take 7\.0\.0"):
        plan(old, GIVEN, WHEEL)


def test_stopped_half_way_the_rest_is_done_by_doing_it_again(
    old: Path, new_texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_atomic
    stops = 0
    while True:
        git(old, "checkout", "-q", "--", ".")
        git(old, "clean", "-qfd")
        left = [stops]

        def some(path: Path, content: bytes, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            real(path, content)

        monkeypatch.setattr(upgrade, "write_atomic", some)
        try:
            apply(old, plan(old, GIVEN, WHEEL))
            break
        except KeyboardInterrupt:
            stops += 1
        # The program that is named is there all the time.
        named = (old / "requirements/statusgen.txt").read_text().split("./")[1].split()[0]
        assert (old / named).is_file()
        monkeypatch.setattr(upgrade, "write_atomic", real)
        apply(old, plan(old, GIVEN, WHEEL))
        assert plan(old, GIVEN, WHEEL).to_do == []
    assert stops > 4


def test_the_command_checks_shows_and_writes(old: Path) -> None:
    edit(old, "README.md", "# Status page\n", "# Our page\n")
    before = files_of(old)

    dry = statusgen(old, "upgrade")
    checked = statusgen(old, "upgrade", "--check")
    unchanged = files_of(old) == before
    done = statusgen(old, "upgrade", "--apply")
    again = statusgen(old, "upgrade", "--check")
    as_json = statusgen(old, "upgrade", "--json")
    aimless = statusgen(old, "upgrade", "--merge")
    valid = statusgen(old, "validate")

    assert (dry.code, checked.code, done.code, again.code) == (0, 1, 0, 0), done.out
    assert unchanged
    assert ".github/dependabot.yml" in checked.out
    assert "statusgen upgrade --apply" in dry.out
    assert "up to date" in again.out
    assert as_json.json["ok"] is True
    assert aimless.code == 2
    assert valid.code == 0, valid.err
    assert files_of(old)["README.md"] == before["README.md"]
    json.loads((old / MANIFEST).read_text())


def test_a_schedule_that_is_written_later_is_remembered(old: Path, new_texts: None) -> None:
    edit(old, PAGES, "timeout-minutes: 30", "timeout-minutes: 31")
    (old / STATUS).unlink()
    (old / PAGES).rename(old / "pages.yml")
    (old / REVIEW).unlink()

    relay = statusgen(old, "schedule", "relay", "--write")
    unit = statusgen(old, "schedule", "systemd", "--write")
    made = plan(old, GIVEN, WHEEL)

    assert (relay.code, unit.code) == (0, 0), relay.err
    assert made.choices == Choices(Kind.RELAY)
    assert states(made)[PAGES] is State.RENEW
    assert states(made)[REVIEW] is State.DELETED
    assert states(made)["statusgen.timer"] is State.SAME
    assert "cronjob.yaml" not in states(made)


def test_a_site_below_the_top_of_its_repository(tmp_path: Path, new_texts: None) -> None:
    """The original is found in the past of the whole."""
    root = tmp_path / "whole" / "status"
    shutil.copytree(FIXTURE, root)
    (root / "gitignore").rename(root / ".gitignore")
    git(tmp_path / "whole", "init", "-q", "-b", "main")
    commit(tmp_path / "whole")
    edit(root, STATUS, *SECRET_LINES)
    commit(tmp_path / "whole")

    apply(root, plan(root, GIVEN, WHEEL, merge=True))

    assert "timeout-minutes: 12" in (root / STATUS).read_text()
    assert SECRET_LINES[1] in (root / STATUS).read_text()


def test_a_history_of_an_older_format_is_read_after_it(old: Path) -> None:
    golden = ROOT / "tests" / "history" / "golden" / "rule-of-count"
    shutil.copytree(golden, old / "data" / "history")

    done = statusgen(old, "upgrade", "--apply")
    verified = statusgen(old, "history", "verify", "--offline")
    built = statusgen(old, "build", "--engine", "none", "--out", "site")

    assert done.code == 0, done.out
    assert verified.code == 0, verified.out
    assert built.code == 0, built.err
    assert filecmp.dircmp(golden, old / "data" / "history").diff_files == []


def test_outside_of_a_repository_it_says_what_to_do(tmp_path: Path) -> None:
    done = statusgen(tmp_path, "upgrade")

    assert done.code == 2
    assert "statusgen init" in done.err
