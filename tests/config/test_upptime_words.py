"""``i18n:`` of an Upptime file: honoured key by key, and nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.config.reader import load
from statusgen.config.settings import Settings
from statusgen.config.upptimewords import SAID
from statusgen.probe.kinds import KINDS
from statusgen.words.extract import every_key

JAPANESE = """\
i18n:
  activeIncidents: "進行中のインシデント"
  allSystemsOperational: "全部在线 🟩"
  up: "🟩 稼働中"
  incidentFixed: "解決済み"
  duration24H: "24時間"
  rateLimitExceededTitle: "レート制限を超過しました"
  locale: "ja-JP"
"""


def read(tmp_path: Path, words: str) -> Settings:
    file = tmp_path / ".upptimerc.yml"
    head = "owner: o\nrepo: r\nsites:\n  - {name: A, url: https://a.example.com}\n"
    file.write_text(head + words, encoding="utf-8")
    return load(file, KINDS, ".upptimerc.yml")


def warned(settings: Settings) -> list[str]:
    return [one.message for one in settings.warnings if one.path.startswith("i18n")]


def test_each_text_stands_where_ours_means_the_same(tmp_path: Path) -> None:
    settings = read(tmp_path, JAPANESE)
    assert settings.site.language == "ja-JP"
    assert settings.site.texts == {
        "status.active": "進行中のインシデント",
        "banner.all-operational": "全部在线",
        "states.up": "稼働中",
        "phases.resolved": "解決済み",
        "component.last-24h": "24時間",
    }
    (told,) = warned(settings)
    assert told.endswith("not used: rateLimitExceededTitle")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("i18n:\n  up: Hoch\n", "names no `locale`"),
        ("i18n:\n  locale: tlh\n", "there are no words in 'tlh' yet"),
        ("i18n:\n  locale: '../x'\n", "is no language"),
        ("i18n: deutsch\n", "must be a mapping"),
        ("i18n:\n  locale: de\n  up: [1]\n", "not used: up"),
        ("i18n:\n  locale: de\n  up: 🟩\n", "not used: up"),
    ],
)
def test_what_is_not_honoured_is_told(words: str, told: str, tmp_path: Path) -> None:
    assert told in " ".join(warned(read(tmp_path, words)))


@pytest.mark.parametrize(
    "words", ["", "i18n:\n", "i18n: {locale: en-US}\n", "i18n: {locale: pt_BR}\n"]
)
def test_what_is_in_order_is_not_warned_of(words: str, tmp_path: Path) -> None:
    assert warned(read(tmp_path, words)) == []


def test_the_sentences_named_are_there_and_have_no_values() -> None:
    known = dict(every_key())
    for key in {key for keys in SAID.values() for key in keys}:
        assert known[key].values <= {"count"}, key
