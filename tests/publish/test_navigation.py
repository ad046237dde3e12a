"""What of MkDocs' navigation stands in the status pages' header."""

from __future__ import annotations

from typing import Any

import pytest

from statusgen.config.settings import NavLink
from statusgen.publish.navigation import EnginePage, top_entries

PAGES = {
    "about.md": EnginePage("About us", "about/"),
    "guide/deep/first.md": EnginePage("First", "guide/deep/first/"),
    "guide/second.md": EnginePage("Second", "guide/second/"),
    "how-to/x.md": EnginePage("X", "how-to/x/"),
}


@pytest.mark.parametrize(
    ("nav", "links"),
    [
        (["about.md"], [("About us", "about/")]),
        ([{"Who": "about.md"}], [("Who", "about/")]),
        ([{"Guide": ["guide/second.md", "about.md"]}], [("Guide", "guide/second/")]),
        ([{"A": [{"B": [{"C": "guide/deep/first.md"}]}]}], [("A", "guide/deep/first/")]),
        ([{"Code": "https://example.com/"}], [("Code", "https://example.com/")]),
        ([{"Empty": []}, "gone.md"], []),
        (
            None,
            [("About us", "about/"), ("Guide", "guide/deep/first/"), ("How to", "how-to/x/")],
        ),
    ],
)  # fmt: skip
def test_top_of_the_navigation(nav: list[Any] | None, links: list[tuple[str, str]]) -> None:
    expected = [NavLink(title=title, href=href) for title, href in links]
    assert top_entries(nav, PAGES) == expected
