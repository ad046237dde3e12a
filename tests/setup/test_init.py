"""``init`` in folders that are not empty: nothing is overwritten, and what comes out builds."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.cli import main
from statusgen.run.site import Site
from statusgen.setup.begin import Asked, begin
from statusgen.setup.choices import Choices
from statusgen.setup.monitoring import EVERY, SCHEDULES, choices_of, monitoring_wizard
from statusgen.setup.schedule_files import offer_of
from statusgen.setup.wheel import Wheel
from statusgen.wizard.machine import state_of
from tests.cli.harness import Done, statusgen, write_config
from tests.cli.test_asking import CTRL_D, talk
from tests.cli.test_push import git
from tests.conftest import ROOT, SHARED
from tests.setup.test_upgrade import FIXTURE, files_of

WORKFLOWS = ".github/workflows"
UPPTIME = ROOT / "tests" / "fixtures" / "upptime"
RC = SHARED / "upptime" / "rc"
WHEEL = Wheel("statusgen-0.1.0-py3-none-any.whl", b"program")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands run at once: the wheel is no real one."""
    for module in ("init", "upgrade"):
        monkeypatch.setattr(f"statusgen.cli.{module}.running_wheel", lambda: WHEEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(*arguments: str) -> Done:
    """Run the command line in this process, in the working folder."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["statusgen", *arguments])
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
            except SystemExit as stop:
                code = stop.code
    assert isinstance(code, int)
    return Done(code, out.getvalue(), err.getvalue())


def built(root: Path, *arguments: str, **env: str) -> Done:
    return statusgen(root, "build", "--out", "site", *arguments, env=env)


def test_an_empty_folder(tmp_path: Path) -> None:
    done = statusgen(tmp_path, "init", "--yes", "--url", "https://a.example/")

    assert done.code == 0, done.err
    assert statusgen(tmp_path, "validate").code == 0
    made = built(tmp_path)
    assert made.code == 0, made.err
    assert (tmp_path / "site/index.html").is_file()
    told = done.out.splitlines()[-3:]
    assert "Pages → Source: GitHub Actions" in told[0]
    assert "Secrets" in told[1]
    assert "Custom domain" in told[2]
    assert statusgen(tmp_path, "upgrade", "--check").code == 0


def test_questions_at_a_terminal(tmp_path: Path) -> None:
    code, seen = talk(
        tmp_path,
        ["new"],
        ("Name of the site", "Acme\r"),
        ("A URL to monitor", "not a url\r"),
        ("is no URL", "www.acme.example\r"),
        ("Another one", "https://api.acme.example/health\r"),
        ("Another one", "\r"),
        ("published", "https://status.acme.example/\r"),
        ("Who can read the repository", "sometimes\r"),
        ("there is no option", "public\r"),
        ("How often", "1\r"),
        ("Who brings the checks about", "back\r"),
        ("How often", "minute\r"),
        ("Who brings the checks about", "relay\r"),
        ("Where do alerts go", "chat\r"),
        ("Who sees the status page", "\r"),
        of=("init",),
    )

    assert code == 0, seen
    written = yaml.safe_load((tmp_path / "new/data/status.yml").read_text())
    assert written["site"]["name"] == "Acme"
    assert written["site"]["url"] == "https://status.acme.example/"
    assert [each["url"] for each in written["monitors"]] == [
        "https://www.acme.example/", "https://api.acme.example/health",
    ]  # fmt: skip
    assert "--relay status.yml" in (tmp_path / "new" / WORKFLOWS / "status.yml").read_text()
    assert "status.acme.example, and a CNAME record" in seen
    assert "43,200 minutes for checks" in seen
    assert "Left to you: a message in your chat" in seen
    assert statusgen(tmp_path / "new", "validate").code == 0
    assert statusgen(tmp_path / "new", "upgrade", "--check").code == 0


def test_a_private_repository_is_told_its_bill_before_it_is_taken(tmp_path: Path) -> None:
    code, seen = talk(
        tmp_path,
        ["new", "--private"],
        ("Which plan of GitHub", "1\r"),
        ("How often", "hourly\r"),
        ("GitHub's schedule (nothing to run, and often late) → $5.28", "visits\r"),
        ("Where do alerts go", "-\r"),
        ("Who sees the status page", "open\r"),
        of=(
            "init",
            "--name",
            "x",
            "--url",
            "https://a.example/",
            "--site-url",
            "https://x.example/",
        ),
    )

    assert code == 0, seen
    assert "Who can read the repository" not in seen  # --private said it
    assert (
        "GitHub plan (Free): 2,880 × minute, 2,000 included, 880 paid: $5.28/month, price of 2026"
        in seen
    )
    assert "publishes no page of a private repository on its free plan" in seen
    workflow = (tmp_path / "new" / WORKFLOWS / "status.yml").read_text()
    assert '- cron: "23 * * * *"' in workflow
    assert "statusgen check --push" in workflow
    assert "interval: 60m" in (tmp_path / "new/data/status.yml").read_text()
    assert statusgen(tmp_path / "new", "validate").code == 0
    assert statusgen(tmp_path / "new", "upgrade", "--check").code == 0


def test_a_configuration_that_is_there_is_asked_only_for_the_rest(tmp_path: Path) -> None:
    (tmp_path / ".upptimerc.yml").write_bytes((UPPTIME / "plain.yml").read_bytes())
    code, seen = talk(
        tmp_path,
        ["--schedule", "elsewhere"],
        ("Who can read the repository", "public\r"),
        ("How often", "\r"),
        ("Who sees the status page", "\r"),
        of=("init",),
    )

    assert code == 0, seen
    assert "Taking over .upptimerc.yml" in seen
    assert "Who brings the checks" not in seen
    assert "Nobody is told" not in seen  # the configuration says who is
    assert "Left to you: the files for your own machine" in seen
    assert not (tmp_path / WORKFLOWS / "status.yml").exists()


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("frequency", list(EVERY))
@pytest.mark.parametrize("runner", list(SCHEDULES))
def test_the_wizard_counts_the_minutes_that_the_schedule_takes(
    runner: str, frequency: str, private: bool
) -> None:
    if runner == "relay" and frequency != "minute":
        return  # cannot be taken
    answers = {"repository": "private" if private else "public", "plan": "free"}
    answers |= {"frequency": frequency, "runner": runner}
    counts = state_of(monitoring_wizard(), answers)["counts"]
    chosen = choices_of(answers)

    if chosen.kind is None:
        assert [one["value"] for one in counts] == [0]
        return
    offer = offer_of(chosen.kind, private=chosen.private, paid=chosen.paid, every=chosen.every)
    assert offer.schedule is not None
    taken = [offer.schedule.minutes, offer.schedule.publishing]
    assert [one["value"] // 1_000_000 for one in counts] == taken


def test_who_stops_at_a_question_has_written_nothing(tmp_path: Path) -> None:
    code, seen = talk(tmp_path, ["new"], ("A URL to monitor", CTRL_D), of=("init", "--name", "x"))

    assert code == 130, seen
    assert not (tmp_path / "new").exists()


def test_yes_at_a_terminal_asks_nothing(tmp_path: Path) -> None:
    code, seen = talk(tmp_path, ["new", "--yes"], of=("init",))

    assert code == 0, seen
    assert "Name of the site" not in seen
    assert (tmp_path / "new/data/status.yml").is_file()


def upptime_repository(root: Path, rc: Path) -> dict[str, bytes]:
    """An Upptime repository: its file, a README with its table, its workflows, its history."""
    files = {
        ".upptimerc.yml": rc.read_bytes(),
        "README.md": b"# Uptime\n<!--start: status pages-->\n<!--end: status pages-->\n",
        f"{WORKFLOWS}/uptime.yml": b"on: {schedule: [{cron: '*/5 * * * *'}]}\njobs: {r: {runs-on: "
        b"ubuntu-latest, steps: [{uses: upptime/uptime-monitor@v1.41.0}]}}\n",
        "history/summary.json": b"[]\n",
        ".gitignore": b"node_modules\r\n/site\r\n",
    }
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return files


def real_files() -> list[Path]:
    return [*sorted(UPPTIME.glob("*.yml")), *sorted(RC.glob("*.yml"))]


@pytest.mark.parametrize("rc", real_files(), ids=lambda path: path.stem[:30])
def test_an_upptime_repository(tmp_path: Path, rc: Path) -> None:
    before = upptime_repository(tmp_path, rc)
    asked = Asked("x", ["https://a.example/"], "", Choices())

    if not _loads(tmp_path):  # then it says why, with the place, and writes nothing
        with pytest.raises(InputError, match=r"\.upptimerc\.yml"):
            begin(tmp_path, asked, WHEEL)
        return
    made = begin(tmp_path, asked, WHEEL)
    for path, content in made.files.items():
        write_atomic(tmp_path / path, content)

    after = files_of(tmp_path)
    for path, content in before.items():
        if path != ".gitignore":
            assert after[path] == content, path
    assert after[".gitignore"].startswith(before[".gitignore"])
    assert b"/data/history/\r\n" in after[".gitignore"]
    assert after[".gitignore"].count(b"site") == 1  # a line that is there is not repeated
    assert "data/status.yml" not in after
    assert made.kept == ("README.md",)
    assert f"{WORKFLOWS}/uptime.yml runs Upptime still: git rm {WORKFLOWS}/uptime.yml" in made.first
    assert any("statusgen import upptime" in line for line in made.first)
    form = yaml.safe_load(after[f"{WORKFLOWS}/incident.yml"])
    assert form[True]["workflow_dispatch"]["inputs"]["component"]
    with pytest.raises(InputError, match="statusgen upgrade"):
        begin(tmp_path, asked, WHEEL)


def test_the_command_takes_over_what_upptime_reads(here: Path) -> None:
    upptime_repository(here, UPPTIME / "plain.yml")

    done = command("init", "--yes")

    assert done.code == 0, done.err
    assert "Configuration: .upptimerc.yml, as it is" in done.out
    assert command("upgrade", "--check").code == 0
    assert built(here).code == 0


def _loads(root: Path) -> bool:
    try:
        return bool(Site(root).settings)
    except InputError:
        return False


MKDOCS = """\
# Our handbook.
site_name: !ENV [BOOK_NAME, "The Book"]
docs_dir: handbook   # elsewhere
INHERIT: conf/base.yml
theme:
  name: material
  custom_dir: overrides
nav:
  - Home: home.md
  - How to: how/to.md   # more to come
markdown_extensions:
  - admonition
"""
BASE = """\
# What all our books share.
plugins:
  - search:   # in German
      lang: de
  - tags
theme:
  font: false
"""


def book(root: Path) -> None:
    files = {
        "mkdocs.yml": MKDOCS,
        "conf/base.yml": BASE,
        "handbook/home.md": "# Welcome\n\nTo [the how](how/to.md).\n",
        "handbook/how/to.md": "# How\n",
        "overrides/main.html": "{% extends 'base.html' %}{% block announce %}OURS{% endblock %}",
        f"{WORKFLOWS}/book.yml": "on: push\njobs: {a: {runs-on: ubuntu-24.04, steps: "
        "[{run: mkdocs gh-deploy --force}]}}\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def test_a_mkdocs_site_with_all_that_people_write(here: Path) -> None:
    book(here)
    before = files_of(here)

    done = command("init", "--yes", "--url", "https://a.example/")
    made = built(here)

    assert done.code == 0, done.err
    after = files_of(here)
    for path, content in before.items():
        if path != "conf/base.yml":
            assert after[path] == content, path
    lines = BASE.splitlines(keepends=True)
    lines.insert(5, "  - statusgen\n")
    assert after["conf/base.yml"].decode() == "".join(lines)
    assert "changed conf/base.yml" in done.out
    assert "content/about.md" not in after
    assert f"git rm {WORKFLOWS}/book.yml" in done.out
    # It builds at once: the status page at the root, the book where it was, their theme with it.
    assert made.code == 0, made.err
    assert "OURS" in (here / "site/home/index.html").read_text(encoding="utf-8")
    assert (here / "site/how/to/index.html").is_file()
    assert (
        "All Systems" in (here / "site/index.html").read_text(encoding="utf-8")
        or (here / "site/index.html").is_file()
    )
    assert command("upgrade", "--check").code == 0


def test_a_page_where_the_status_page_goes_is_told_with_its_command(here: Path) -> None:
    book(here)
    (here / "handbook/home.md").rename(here / "handbook/index.md")
    text = (here / "mkdocs.yml").read_text().replace("Home: home.md", "Home: index.md")
    (here / "mkdocs.yml").write_text(text)
    git(here, "init", "-q")
    git(here, "add", "-A")

    done = command("init", "--yes")

    (first,) = [line for line in done.out.splitlines() if "git mv" in line]
    words = first.partition("git mv ")[2].partition("  ")[0].split()
    assert words[0] == "handbook/index.md"
    git(here, "mv", *words)
    (here / "mkdocs.yml").write_text(text.replace("Home: index.md", "Home: home.md"))
    assert built(here).code == 0


def test_plugins_that_the_lock_lacks_are_named(here: Path) -> None:
    (here / "docs").mkdir()
    (here / "mkdocs.yml").write_text(
        "site_name: X\nplugins: [search, material/tags, awesome-nav, {macros: {a: b}}]\n"
    )

    done = command("init", "--yes")

    (told,) = [line for line in done.out.splitlines() if "requirements/site.txt: add" in line]
    assert "awesome-nav and macros" in told
    assert "tags" not in told


def test_a_file_of_the_same_name_is_never_overwritten(here: Path) -> None:
    theirs = {
        f"{WORKFLOWS}/pages.yml": b"on: push\njobs: {}\n",
        f"{WORKFLOWS}/status.yml": b"name: Ours\n",
        "requirements/site.txt": b"flask\n",
        "README.md": b"# Mine\n",
    }
    for path, content in theirs.items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_bytes(content)

    refused = command("init", "--yes")
    unchanged = files_of(here) == theirs
    kept = command("init", "--yes", "--keep")
    again = command("init", "--yes", "--keep")

    assert refused.code == 2
    assert all(path in refused.err for path in theirs if path != "README.md")
    assert "--keep" in refused.err
    assert unchanged
    assert kept.code == 0, kept.err
    after = files_of(here)
    assert {path: after[path] for path in theirs} == theirs
    assert all(f"kept {path}: yours" in kept.out for path in theirs)
    assert f"{WORKFLOWS}/review.yml" in after
    # They are never spoken of again, unless they are asked for by name.
    assert command("upgrade", "--check").code == 0
    assert again.code == 2
    assert "statusgen upgrade" in again.err
    taken = command("upgrade", "--apply", "--take", "requirements/site.txt")
    assert taken.code == 0, taken.out
    assert b"mkdocs==" in (here / "requirements/site.txt").read_bytes()


@pytest.mark.parametrize("about", ["# Ours\n", None])
def test_pages_that_are_there_stay_and_the_navigation_leads_somewhere(
    here: Path, about: str | None
) -> None:
    (here / "content").mkdir()
    (here / "content/own.md").write_text("# Own\n")
    if about is not None:
        (here / "content/about.md").write_text(about)

    done = command("init", "--yes")

    assert done.code == 0, done.err
    assert (here / "content/own.md").read_text() == "# Own\n"
    text = (here / "content/about.md").read_text()
    assert text == about or (about is None and text.startswith("# About this page"))
    assert ("kept content/about.md: yours" in done.out) is (about is not None)


def test_a_configuration_that_is_there_stays(here: Path) -> None:
    config = (
        "# Ours\nsite: {name: Shop, url: 'https://status.shop.example/'}\nmonitors:\n"
        "  - {id: api, name: API, url: 'https://api.example/?k=$API_KEY'}\n"
        "notifications:\n  - {id: team, to: $SLACK_URL}\n"
    )
    write_config(here, config)

    said = command("init", "--yes", "--name", "Other")
    done = command("init", "--yes")

    assert said.code == 2
    assert "leave out --name" in said.err
    assert done.code == 0, done.err
    assert (here / "data/status.yml").read_text() == config
    assert 'site_name: "Shop"' in (here / "mkdocs.yml").read_text()
    assert "API_KEY and SLACK_URL" in done.out
    assert "- api\n" in (here / WORKFLOWS / "incident.yml").read_text()


def test_a_broken_configuration_is_told_with_its_place_and_nothing_is_written(
    here: Path,
) -> None:
    write_config(here, "site: {name: X}\nmonitors:\n  - {id: api, nam: API}\n")
    before = files_of(here)

    done = command("init", "--yes")

    assert done.code == 2
    assert "data/status.yml:3:" in done.err
    assert files_of(here) == before


def test_where_an_earlier_init_was_it_leads_to_upgrade(here: Path) -> None:
    shutil.copytree(FIXTURE, here / "old")

    done = command("init", "old", "--yes")

    assert done.code == 2
    assert "statusgen upgrade" in done.err


def test_a_link_in_the_way_is_a_clash(here: Path) -> None:
    (here / "root/requirements").mkdir(parents=True)
    (here / "root/requirements/site.txt").symlink_to(here / "elsewhere.txt")

    done = command("init", "root", "--yes")

    assert done.code == 2
    assert "requirements/site.txt" in done.err
    assert not (here / "elsewhere.txt").exists()


@pytest.mark.parametrize("url", ["https://", "a b", "http://[::1"])
def test_what_is_no_url_is_refused(here: Path, url: str) -> None:
    done = command("init", "new", "--yes", "--url", url)

    assert done.code == 2
    assert "is no URL" in done.err
    assert not (here / "new").exists()


def test_it_needs_no_environment(tmp_path: Path) -> None:
    """A checkout without git around it, no HOME: the wheel is built all the same."""
    done = subprocess.run(
        [sys.executable, "-m", "statusgen", "init", "new", "--yes"],
        cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_a_list_of_sites_that_is_empty_is_taken_over_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / ".upptimerc.yml").write_text(
        "owner: o\nrepo: r\nsites:\nstatus-website: {name: Ours}\n"
    )
    done = statusgen(tmp_path, "init", ".", "--yes")
    assert done.code == 0, done.err
    assert "Configuration: .upptimerc.yml, as it is" in done.out
    assert "git init -b main" in done.out
    assert "First: .upptimerc.yml names nothing to check yet: write it there" in done.out
