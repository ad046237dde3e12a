"""Incidents as the site's language tells them: what the program wrote itself, told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from statusgen.config.settings import Settings
from statusgen.incident.model import Incident, Update
from statusgen.words import Words
from statusgen.words.retelling import Retelling


def retold(incidents: Sequence[Incident], settings: Settings) -> list[Incident]:
    """Return the incidents with what the program wrote of them in the language of the site."""
    words = Words.of(settings.site.language, own=settings.site.texts)
    if words.code == "en":
        return list(incidents)
    retelling = Retelling(words, [component.name for component in settings.components])

    def told(update: Update | None) -> Update | None:
        return update and replace(update, body=retelling.body(update.body))

    return [
        replace(
            one,
            title=retelling.title(one.title) if one.automatic else one.title,
            updates=tuple(filter(None, map(told, one.updates))),
            measured=told(one.measured),
        )
        for one in incidents
    ]
