"""``i18n:`` of an Upptime file: texts of its pages, said where ours mean the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document
from statusgen.config.advice import language_problems
from statusgen.config.upptimewarn import Warnings

SAID: Mapping[str, tuple[str, ...]] = {
    "allSystemsOperational": ("banner.all-operational",),
    "degradedPerformance": ("banner.some-degraded", "banner.all-degraded"),
    "partialOutage": ("banner.some-partial", "banner.some-major", "banner.all-partial"),
    "completeOutage": ("banner.all-major",),
    "up": ("states.up",),
    "degraded": ("states.degraded",),
    "down": ("states.down",),
    "liveStatus": ("status.components",),
    "activeIncidents": ("status.active",),
    "pastIncidents": ("status.past",),
    "incidentFixed": ("phases.resolved",),
    "incidentOpenedAt": ("incident.began",),
    "incidentClosedAt": ("incident.ended",),
    "incidentSubscribe": ("chrome.subscribe",),
    "duration": ("incident.duration",),
    "overallUptimeTitle": ("component.uptime", "days.uptime"),
    "averageResponseTimeTitle": ("component.response",),
    "duration24H": ("component.last-24h",),
    "duration7D": ("component.last-7d",),
    "duration30D": ("component.last-30d",),
    "scheduledMaintenance": ("windows.heading-upcoming",),
    "incidentScheduled": ("windows.scheduled",),
    "incidentCompleted": ("windows.completed",),
}
"""Upptime's key → our sentences. None of them has a value."""
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKS = re.compile(r"[\U0001F7E0-\U0001F7EB\u2705\u274C\u26A0\uFE0F\U0001F534\s]+")
"""Coloured squares and the like beside a word, where our states have shapes of their own."""
_MOST_NAMED = 6


def read_words(
    document: Document, written: Any, warnings: Warnings
) -> tuple[str, Mapping[str, str]]:
    """Return the language of the pages (``locale``), and what is said in place of our sentences."""
    if written is None:
        return "en", {}
    if not isinstance(written, dict):
        warnings.add(document.problem(("i18n",), "must be a mapping: not used", "write `up: …`"))
        return "en", {}
    texts: dict[str, str] = {}
    elsewhere = []
    for key, value in written.items():
        text = one_line(str(value), exact=True) if isinstance(value, str | int | float) else ""
        bare = _MARKS.sub(" ", text).strip()
        if key == "locale":
            continue
        if key in SAID and bare:
            texts |= dict.fromkeys(SAID[key], bare)
        else:
            elsewhere.append(str(key))
    if elsewhere:
        named = ", ".join(one_line(key, 40) for key in elsewhere[:_MOST_NAMED])
        more = f" and {len(elsewhere) - _MOST_NAMED} more" if len(elsewhere) > _MOST_NAMED else ""
        message = f"these texts have no place on our pages, and are not used: {named}{more}"
        warnings.add(document.problem(("i18n",), message, key=True))
    return _language(document, written, bool(texts), warnings), texts


def _language(document: Document, written: Any, speaks: bool, warnings: Warnings) -> str:
    path = ("i18n", "locale")
    locale = written.get("locale")
    if locale is None:
        if speaks:
            warnings.add(
                document.problem(
                    ("i18n",),
                    "names no `locale`, so whatever it does not word is told in English",
                    "add e.g. `locale: de-DE`",
                    key=True,
                )
            )
        return "en"
    language = str(locale).strip().replace("_", "-")
    if not _LOCALE.fullmatch(language):
        message = f"{quote(language, 40)} is no language: the pages are told in English"
        warnings.add(document.problem(path, message, "write e.g. de-DE"))
        return "en"
    for problem in language_problems(language, document, path):
        warnings.add(problem)
    return language
