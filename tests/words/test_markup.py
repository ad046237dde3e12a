"""Sentences in HTML cannot be broken out of."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from statusgen.base.saying import Saying
from statusgen.words import Words
from statusgen.words.catalogue import Translations
from statusgen.words.language import English
from statusgen.words.markup import html_speaker


class Hostile(Translations):
    """A catalogue whose translations hold markup."""

    def pgettext(self, context: str, message: str) -> str:
        return f"<b>{message}</b>"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return f'<b title="it\'s">{msgid2}</b>'


def test_text_is_escaped_and_markup_stays() -> None:
    say = html_speaker(Words(English(), Hostile()))

    told = say("lists.more", count=Markup("<b>2</b>"))
    assert isinstance(told, Markup)
    assert told == "&lt;b&gt;<b>2</b> more&lt;/b&gt;"
    assert say("lists.more", count="<i>") == "&lt;b&gt;&lt;i&gt; more&lt;/b&gt;"
    assert say("lists.more", count=2) == "&lt;b title=&#34;it's&#34;&gt;2 more&lt;/b&gt;"


def test_a_saying_and_a_number_are_told() -> None:
    say = html_speaker(Words.of())

    assert say("lists.more", count=12_000) == "12,000 more"
    assert say("lists.more", count=Saying("lists.more", {"count": 1})) == "1 more more"
    with pytest.raises(KeyError):
        say("lists.nothing")
