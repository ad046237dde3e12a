"""Why something failed, worded once for pages, incidents, feeds and notifications."""

from __future__ import annotations

from statusgen.words.speaker import Words

_WITH_CODE = frozenset({"body", "redirect", "blocked"})
"""Reasons that an HTTP status says more of; of a slow answer it says nothing."""


def reason(
    words: Words, name: str | None, code: int | None = None, *, working: bool = False
) -> str:
    """Say why a check is not up, as the rest of a sentence, e.g. ``it answered with HTTP 503``.

    ``name`` is a value of ``base.states.Reason``; None, and one that a newer version wrote, get
    general words. ``code`` is an HTTP status. ``working``: whether the service works all the same,
    as with a certificate that expires soon.
    """
    http = code is not None and 100 <= code <= 999
    if name == "status" and http:
        return words.say("reasons.status-code", code=str(code))
    if name == "certificate" and working:
        return words.say("reasons.certificate-soon")
    key = f"reasons.{name}"
    if name is None or not words.knows(key) or name in ("other", "with-code"):
        return words.say("reasons.other")
    if name in _WITH_CODE and http:
        return words.say("reasons.with-code", reason=words.say(key), code=str(code))
    return words.say(key)
