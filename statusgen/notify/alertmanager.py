"""Alertmanager's API v2: ``alertmanager://host:9093/prefix``, ``alertmanagers://`` over TLS.

An alert is known by its labels alone, so nothing that may change stands among them: severity and
words are annotations. Labels of one's own (``?team=core&severity=page``) belong to the channel and
stay the same. Alertmanager ends an alert by itself that is not repeated within minutes, unless it
says when it ends: an open one therefore says so, far in the future.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from statusgen.base import clock
from statusgen.base.secrets import Template
from statusgen.notify.address import Address, refused, reveal
from statusgen.notify.message import Delivery, Message, Tone
from statusgen.notify.webhook import Post

_SCHEMES = {"alertmanager": "http", "alertmanagers": "https"}
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*", re.ASCII)
_OPEN = 30 * clock.DAY
"""How long an alert stands that nobody ended: a reminder renews it."""
_BRIEF = 5 * clock.MINUTE
"""How long one stands that asks nothing of anybody."""
_OWN = ("alertname", "thread")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertmanagerSender:
    """One Alertmanager."""

    post: Post = field(default_factory=Post)

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt."""
        address = reveal(to, environ)
        if isinstance(address, Delivery):
            return address
        labels = _labels(address)
        if not address.host or labels is None:
            return refused(
                "write alertmanager://host:9093, and labels of your own as ?team=core; "
                f"a label is letters, digits and _, and not {' or '.join(_OWN)}"
            )
        return self.post(_endpoint(address), [_alert(message, labels)], address)


def _endpoint(address: Address) -> str:
    parts = urlsplit(address.url)
    path = f"{parts.path.rstrip('/')}/api/v2/alerts"
    return urlunsplit((_SCHEMES[address.scheme], parts.netloc, path, "", ""))


def _labels(address: Address) -> dict[str, str] | None:
    """Return the operator's own labels; None where one cannot be."""
    try:
        pairs = parse_qsl(urlsplit(address.url).query)
    except ValueError:
        return None
    labels = {unquote(name): value for name, value in pairs}
    good = all(_LABEL.fullmatch(name) and name not in _OWN for name in labels)
    return labels if good else None


def _alert(message: Message, labels: Mapping[str, str]) -> dict[str, Any]:
    name = {Tone.NOTICE: "StatusNotice", Tone.TEST: "StatusTest"}.get(message.tone, "StatusPage")
    annotations = {
        "summary": message.title,
        "description": message.body,
        "severity": message.severity,
        "components": ", ".join(message.components),
        "key": message.key,
    }
    alert: dict[str, Any] = {
        "labels": {**labels, "alertname": name, "thread": message.thread},
        "annotations": {key: text for key, text in annotations.items() if text},
    }
    if message.link:
        alert["generatorURL"] = message.link
    if message.tone is Tone.RESOLVED or message.over:
        return {**alert, "endsAt": clock.format_instant(message.at)}
    brief = message.tone in (Tone.NOTICE, Tone.TEST)
    ends = message.at + (_BRIEF if brief else _OPEN)
    return {
        **alert,
        "startsAt": clock.format_instant(message.at),
        "endsAt": clock.format_instant(ends),
    }
