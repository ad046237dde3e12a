"""A run killed between every two steps: no issue twice, no comment twice, none lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from statusgen.base.web import Web
from statusgen.github import state
from statusgen.incident.model import Phase
from statusgen.run import issues
from tests.github.world import World, world


class Killed(BaseException):
    """The process ends here."""


class Steps:
    """Counts what a run does, and ends it before or after one of its steps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at: int | None = None
        self.done = 0
        for owner, name in (
            (Web, "ask_now"),
            (issues, "add_comments"),
            (issues, "write_file"),
            (state, "save"),
        ):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            self._reached()
            result = real(*given, **named)
            self._reached()
            return result

        return step

    def _reached(self) -> None:
        if self.at == self.done:
            self.at = None
            raise Killed
        self.done += 1

    def run(self, here: World, at: int | None) -> int:
        """Run once, killed at a step; return how many steps there were."""
        self.at, self.done = at, 0
        with suppress(Killed):
            here.sync()
        self.at = None
        return self.done


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


BODY = (
    "<!--\nstart: 2026-11-20T22:00:00Z\nend: 2026-11-20T23:00:00Z\nexpectedDown: api\n-->\nDisks."
)


def scene(root: Path) -> Iterator[World]:
    """A repository in which everything is to be done at once."""
    with world(root) as here:
        here.github.permissions = {"ann": "write"}
        here.github.associations = {"ann": "MEMBER"}
        here.open("API is down")
        here.sync()
        (first,) = here.github.issues
        here.later().say(Phase.IDENTIFIED, "A disk is full.")
        here.later().say(Phase.RESOLVED, "It has a new disk.")
        here.github.comments_on(first, "ann", "Sorry for that.")
        here.github.comments_on(first, "ann", "Postmortem: buy disks.")
        here.later().open("Web is down", ("web",))
        here.later().say(Phase.MONITORING, "Restarted.", here.site.incidents.incidents[0].id)
        here.github.opens("ann", "Disks", BODY, ("maintenance",))
        yield here


def assert_all_done_once(here: World) -> None:
    ours = {i["title"]: i for i in here.github.issues.values() if i["title"] != "Disks"}
    assert len(here.github.issues) == 3
    assert set(ours) == {"API is down", "Web is down"}
    assert ours["API is down"]["state"] == "closed"
    assert ours["Web is down"]["state"] == "open"
    first, second = ours["API is down"]["number"], ours["Web is down"]["number"]
    assert [text.split("\n")[2] for text in here.github.said(first)] == [
        "A disk is full.",
        "It has a new disk.",
    ]
    assert [text.split("\n")[2] for text in here.github.said(second)] == ["Restarted."]
    updates = [update.body for each in here.site.incidents.incidents for update in each.updates]
    assert updates.count("Sorry for that.") == updates.count("buy disks.") == 1
    (window,) = here.site.windows.windows
    assert window.title == "Disks"


KEPT = pytest.mark.parametrize("kept", [True, False], ids=["disk stays", "disk is lost"])


@KEPT
def test_killed_now_and_then(kept: bool, tmp_path: Path, steps: Steps) -> None:
    _killed(kept, tmp_path, steps, 9)


@pytest.mark.long
@KEPT
def test_killed_between_every_two_steps(kept: bool, tmp_path: Path, steps: Steps) -> None:
    _killed(kept, tmp_path, steps, 1)


def _killed(kept: bool, root: Path, steps: Steps, every: int) -> None:
    """On a machine of one's own the folder stays; a job's is lost with what was not pushed."""
    (count,) = _counted(root / "count", steps)
    for at in range(0, count, every):
        for here in scene(root / f"killed-{at}"):
            pushed = root / f"pushed-{at}"
            shutil.copytree(here.root, pushed)
            steps.run(here, at)
            if not kept:
                shutil.rmtree(here.root)
                shutil.copytree(pushed, here.root)
            for _ in range(3):
                here.later(7300).sync()
            assert_all_done_once(here)


def _counted(root: Path, steps: Steps) -> list[int]:
    counted = [steps.run(here, None) for here in scene(root)]
    assert counted[0] > 25
    return counted
