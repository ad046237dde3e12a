"""What the audit counts it tells: on the page, in the terminal and as JSON, whatever the rule."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from statusgen.audit import RULES
from statusgen.cli.audit import audit
from statusgen.publish.manifest import Manifest
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.words import message
from tests.publish.roadmaps.conftest import ROOT, body

DOCUMENTS = Path(__file__).parents[2] / "corpus"
NAMES = ("apexmediation", "locallink", "smart-service", "suoops")


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", html.unescape(re.sub(r"<[^>]+>", "", text)))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_every_check_that_it_counts(
    name: str, library: Library, manifest: Manifest
) -> None:
    (dossier,) = (one for one in library.dossiers if one.id == name)
    page = body(manifest, f"{name}/audit/")
    shown = _plain(page)

    told = {one: message(dossier.words, one) for one in dossier.findings}
    assert [(one.rule, text) for one, text in told.items() if _plain(text) not in shown] == []
    counted = re.search(r"of (\d+) checks", body(manifest, f"{name}/"))
    assert counted is not None
    assert int(counted[1]) == len(dossier.findings)


@pytest.mark.parametrize(
    "path",
    [*(ROOT / f"data/roadmaps/{name}.yml" for name in NAMES), *DOCUMENTS.glob("second/*.md")],
    ids=lambda path: str(path.stem),
)
def test_the_terminal_tells_every_check_that_it_counts(path: Path) -> None:
    asked = ["--all", "--now", "2026-11-21T00:00:00Z", str(path)]
    lines = CliRunner().invoke(audit, asked, catch_exceptions=False)
    found = CliRunner().invoke(audit, [*asked, "--json"], catch_exceptions=False)
    told = json.loads(found.stdout)
    checked, wrong, doubt = map(
        int, re.findall(r"\d+", lines.stdout.rstrip("\n").rpartition("\n")[2])
    )

    assert checked == len(told)
    faults = [one for one in told if one["severity"] != "info" and not one["accepted"]]
    assert wrong == sum(one["severity"] == "error" for one in faults)
    assert doubt == len(faults) - wrong
    assert all(one["message"] in lines.stdout and one["rule"] in RULES for one in told)
    assert all(one["message"].strip() for one in told)
