"""PagerDuty's Events API v2: ``pagerduty://$ROUTING_KEY``, ``?region=eu`` for its servers there.

An incident of ours is one alert of theirs, joined by ``dedup_key``. What asks nothing of anybody
goes to the change events, which page nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from statusgen.base import clock
from statusgen.base.secrets import Template
from statusgen.base.text import one_line
from statusgen.notify.address import Address, refused, reveal
from statusgen.notify.message import Delivery, Message, Outcome, Tone
from statusgen.notify.webhook import Post

_HOSTS = {"us": "https://events.pagerduty.com", "eu": "https://events.eu.pagerduty.com"}
_SEVERITIES = {"critical": "critical", "major": "error", "minor": "warning", "none": "info"}
_SUMMARY, _KEY = 1024, 255
"""What their API takes, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerDutySender:
    """One service of PagerDuty."""

    post: Post = field(default_factory=Post)
    base: str = ""
    """Another address of their API, for tests."""

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt; a test opens an alert and closes it again."""
        address = reveal(to, environ)
        if isinstance(address, Delivery):
            return address
        key, base = _place(address)
        base = self.base or base
        if not key or not base:
            return refused("write pagerduty://$ROUTING_KEY, with ?region=eu where you are there")
        if message.tone is Tone.NOTICE:
            return self.post(f"{base}/v2/change/enqueue", _change(message, key), address)
        last = Delivery(Outcome.SENT)
        for action in _actions(message):
            last = self.post(f"{base}/v2/enqueue", _event(message, key, action), address)
            if last.outcome is not Outcome.SENT:
                break
        return last


def _place(address: Address) -> tuple[str, str]:
    """Return the routing key and the address of the API; empty where they are not to be told."""
    try:
        parts = urlsplit(address.url)
        region = parse_qs(parts.query).get("region", ["us"])[-1]
    except ValueError:
        return "", ""
    return parts.netloc, _HOSTS.get(region, "")


def _actions(message: Message) -> tuple[str, ...]:
    if message.tone is Tone.TEST:
        return ("trigger", "resolve")
    if message.tone is Tone.RESOLVED or message.over:
        return ("resolve",)  # news after the end must not page anybody again
    if message.tone is Tone.UPDATE and message.by_person:
        return ("acknowledge",)  # somebody is at it
    return ("trigger",)  # of an alert that is open this is one more line of its log


def _event(message: Message, key: str, action: str) -> dict[str, Any]:
    event: dict[str, Any] = {
        "routing_key": key,
        "event_action": action,
        "dedup_key": message.thread[:_KEY],
    }
    if action != "trigger":
        return event
    payload = _payload(message)
    payload["severity"] = _SEVERITIES.get(message.severity, "error")
    if message.components:
        payload["component"] = message.components[0]
    return {**event, "payload": payload, "client": "statusgen", **_links(message)}


def _change(message: Message, key: str) -> dict[str, Any]:
    return {"routing_key": key, "payload": _payload(message), **_links(message)}


def _payload(message: Message) -> dict[str, Any]:
    host = urlsplit(message.link).hostname if message.link else ""
    return {
        "summary": one_line(message.title, _SUMMARY) or "status",
        "source": host or "statusgen",
        "timestamp": clock.format_instant(message.at),
        "custom_details": {
            "key": message.key,
            "body": message.body,
            "components": list(message.components),
        },
    }


def _links(message: Message) -> dict[str, Any]:
    return {"links": [{"href": message.link, "text": "Status page"}]} if message.link else {}
