"""A monitor whose id changed: warned of, and its history and incidents carried by an alias."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.clock import HOUR, format_instant
from statusgen.base.states import Reason, State
from statusgen.incident.model import Incident
from statusgen.probe.round import Check
from statusgen.run.record import follow
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config
from tests.history.made import DAY0, made_round, write_rounds

NOW = DAY0 + 6 * HOUR
UP = Check(state=State.UP, ms=90, code=200)
DOWN = Check(state=State.DOWN, ms=90, code=503, reason=Reason.STATUS, attempts=3)


def config(monitors: str) -> str:
    return f"site: {{name: S}}\nmonitors:\n{monitors}"


def site(root: Path) -> Site:
    return Site(root, given_now=NOW)


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Six hours in which ``old-api`` and ``web`` were checked; the first is down since an hour."""
    rounds = [
        made_round(at, {"old-api": DOWN if at >= NOW - HOUR else UP, "web": UP})
        for at in range(DAY0, NOW, 300)
    ]
    write_rounds(tmp_path / "data/history", rounds)
    return tmp_path


WEB = "  - {id: web, name: Web, url: https://w.example}\n"
API = "  - {id: api, name: API, url: https://a.example}\n"


def test_who_vanished_and_who_appeared_are_named_together(past: Path) -> None:
    write_config(past, config(WEB + API))
    (warning,) = site(past).warnings
    assert str(warning) == (
        f"{past}/data/status.yml:4:10: 'api' has no history yet, and 'old-api' has one and is "
        "configured no more; renamed? write `aliases:` [old-api] under it"
    )


def test_upptimes_file_is_told_its_own_key(past: Path) -> None:
    (past / ".upptimerc.yml").write_text(
        "owner: o\nrepo: r\nsites:\n- {name: web, url: https://w.example}\n"
        "- {name: Api, url: https://a.example}\n"
    )
    (warning,) = site(past).warnings
    assert (warning.line, warning.column) == (5, 3)
    assert warning.fix == "renamed? write `slug:` old-api under it"


@pytest.mark.parametrize(
    "monitors",
    [
        WEB,  # removed
        WEB + API + "  - {id: old-api, name: Old, url: https://a.example}\n",  # added
        WEB + API.replace("}", ", aliases: old-api}"),
    ],
)
def test_a_monitor_that_was_removed_or_added_or_has_its_alias_is_no_cause(
    past: Path, monitors: str
) -> None:
    write_config(past, config(monitors))
    assert site(past).warnings == ()


def test_an_alias_carries_history_and_the_open_incident(past: Path) -> None:
    write_config(past, config(WEB + API.replace("api", "old-api", 1)))
    follow(site(past), now=NOW)
    (before,) = site(past).incidents.incidents
    assert before.open

    write_config(past, config(WEB + API.replace("}", ", aliases: [old-api]}")))
    recovered = [made_round(at, {"api": UP, "web": UP}) for at in range(NOW, NOW + 900, 300)]
    for each in recovered:
        site(past).store.append(each)
    later = Site(past, given_now=NOW + 900)
    follow(later, now=NOW + 900)

    (after,) = Site(past, given_now=NOW + 900).incidents.incidents
    assert isinstance(after, Incident)
    assert after.id == before.id
    assert [each.component for each in after.affected] == ["api"]
    assert after.resolved == NOW
    seen = later.timeline.monitors["api"]
    assert seen.segments[0].start == DAY0
    built = statusgen(past, "build", "--engine", "none", "--now", format_instant(NOW + 900))
    assert built.code == 0, built.err
    for old in ("components/old-api", "history/old-api"):
        assert "components/api/" in (past / "site" / old / "index.html").read_text()


@pytest.mark.parametrize(
    ("monitors", "fault"),
    [
        (WEB + API.replace("}", ", aliases: web}"), "'web' is the id of a monitor"),
        (
            WEB.replace("}", ", aliases: x}") + API.replace("}", ", aliases: [x]}"),
            "'x' is an alias already",
        ),
    ],
)
def test_an_alias_is_nobody_elses_id(tmp_path: Path, monitors: str, fault: str) -> None:
    write_config(tmp_path, config(monitors))
    done = statusgen(tmp_path, "validate")
    assert done.code == 2
    assert f"{fault}; write an id that it had before" in done.err


def test_one_former_id_is_never_offered_to_two_monitors(past: Path) -> None:
    new = "  - {id: new-apis, name: N, url: https://n.example}\n"
    write_config(past, config(WEB + new + API))
    warnings = [str(each) for each in site(past).warnings]
    assert [each for each in warnings if "[old-api]" in each] == warnings
    assert len(warnings) == 1


def test_each_of_two_gets_the_id_that_is_like_its_own(tmp_path: Path) -> None:
    rounds = [
        made_round(at, {"shop-old": UP, "mail-old": UP, "web": UP}) for at in range(DAY0, NOW, 300)
    ]
    write_rounds(tmp_path / "data/history", rounds)
    more = "  - {id: mail, name: M, url: https://m.example}\n"
    more += "  - {id: shop, name: S, url: https://s.example}\n"
    write_config(tmp_path, config(WEB + more))
    assert [each.fix for each in site(tmp_path).warnings] == [
        "renamed? write `aliases:` [mail-old] under it",
        "renamed? write `aliases:` [shop-old] under it",
    ]
