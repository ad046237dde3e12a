"""The newest word about an incident in one line, for where its whole timeline does not stand."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from statusgen.base.text import one_line
from statusgen.incident.model import Incident
from statusgen.publish.markdown import render_markdown

if TYPE_CHECKING:
    from statusgen.publish.edition import Edition

_MOST = 200
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:a|b|code|del|em|i|s|strong|time)\b[^>]*>")


def plain_text(marked: Markup) -> str:
    """Return the text of sanitised markup, in which every ``<`` begins a tag."""
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", marked))).split())


def newest_word(edition: Edition, incident: Incident) -> Markup:
    """Return the newest update in one line, cut where it is long; empty without any."""
    if not incident.updates:
        return Markup()
    written: Callable[[str], Markup] = edition.clock.stamped if incident.automatic else escape
    body = render_markdown(incident.updates[-1].body)
    return written(one_line(plain_text(body), _MOST))
