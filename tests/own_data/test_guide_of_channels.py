"""The guide shows what the tests of the channels measured."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.notify.test_servers_that_fail import table


def test_the_guide_shows_what_was_measured() -> None:
    assert table() in (ROOT / "content/guide/channels.md").read_text(encoding="utf-8")
