"""The state as a table in a README, between two comments: what Upptime's README showed."""

from __future__ import annotations

import re

from statusgen.base.clock import format_instant
from statusgen.publish.api.plain import components_table, marked
from statusgen.publish.edition import Edition
from statusgen.publish.headline import headline

START, END = "<!--start: status pages-->", "<!--end: status pages-->"
"""Upptime's own marks: a README that was written for it is written on."""
_BETWEEN = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)


def with_status(readme: str, edition: Edition) -> str:
    """Return ``readme`` with the present state between its two comments, all else to the letter.

    Where it has none they are put at its end; an empty one gets the site's name as its heading.
    """
    block = f"{START}\n{_state(edition)}\n{END}"
    if _BETWEEN.search(readme):
        return _BETWEEN.sub(lambda _: block, readme, count=1)
    before = readme.rstrip("\n") or f"# {marked(edition.settings.site.name)}"
    return f"{before}\n\n{block}\n"


def _state(edition: Edition) -> str:
    words, url = edition.words.plain(), edition.settings.site.url
    last = edition.snapshot.last_round
    told = marked(headline(edition).plain)
    lines = [f"**[{told}]({url})**" if url else f"**{told}**"]
    if last is not None:
        lines += ["", words.say("chrome.last-check", moment=format_instant(last))]
    return "\n".join([*lines, "", *components_table(edition)])
