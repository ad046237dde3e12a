"""A webhook: the message as JSON, by POST, with the same key at each attempt.

The body is documented in ``content/guide/channels.md``; a key once published stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from statusgen.base import clock
from statusgen.base.secrets import Template
from statusgen.base.web import Lead, Limits, Web, WebError
from statusgen.notify.address import Address, refused, reveal
from statusgen.notify.message import Delivery, Message
from statusgen.notify.outcomes import of_error, of_status

LIMITS = Limits(seconds=20.0, body=64 * 1024, redirects=0)
"""Of one attempt. A redirect is not followed: it would lead a secret to another place, and a POST
that becomes a GET is answered kindly by pages that took no message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How messages are put to programs that speak JSON."""

    limits: Limits = LIMITS
    ca_file: str = ""
    lead: Lead | None = None

    def __call__(
        self,
        url: str,
        document: object,
        address: Address,
        headers: Mapping[str, str] | None = None,
    ) -> Delivery:
        """Make one attempt."""
        web = Web(limits=self.limits, redact=address.redact, ca_file=self.ca_file, lead=self.lead)
        try:
            reply = web.ask_now("POST", url, headers=headers, document=document)
        except WebError as error:
            return of_error(error)
        return of_status(reply.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSender:
    """``https://…``, where no service that we know better stands behind it."""

    post: Post = field(default_factory=Post)

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt."""
        address = reveal(to, environ)
        if isinstance(address, Delivery):
            return address
        if not address.host:
            return refused("the address has no host: write https://host/path")
        headers = {"Idempotency-Key": header_key(message.key)}
        return self.post(address.url, document(message), address, headers)


def header_key(key: str) -> str:
    """Return a key as a header may hold it; a monitor's id may be in any script."""
    return quote(key, safe=":/-._~")


def document(message: Message) -> dict[str, object]:
    """Return what a webhook gets."""
    text = "\n".join(part for part in (message.title, message.body, message.link) if part)
    return {
        "version": 1,
        "key": message.key,
        "thread": message.thread,
        "channel": message.channel,
        "tone": str(message.tone),
        "severity": message.severity,
        "over": message.over,
        "title": message.title,
        "body": message.body,
        "link": message.link,
        "at": clock.format_instant(message.at),
        "components": list(message.components),
        "text": text,
    }
