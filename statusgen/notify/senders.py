"""Which sender speaks for an address, by its scheme."""

from __future__ import annotations

import re
from collections.abc import Mapping

from statusgen.base.secrets import Template
from statusgen.notify.address import reveal
from statusgen.notify.message import Delivery, Message, Sender

_WEB = ("https", "http")
_KNOWN_HOSTS = re.compile(
    r"(?:hooks\.slack(?:-gov)?\.com|discord(?:app)?\.com|chat\.googleapis\.com|ntfy\.sh"
    r"|[a-z0-9.-]+\.logic\.azure\.[a-z]+|[a-z0-9.-]+\.(?:power|apps)platform(?:\.[a-z0-9-]+){1,3}"
    r"|open\.larksuite\.com|webexapis\.com|qyapi\.weixin\.qq\.com)"
)
"""Hosts whose plain https addresses apprise reads as those of a service that it knows."""


_OWN = ("pagerduty", "alertmanager", "alertmanagers")
_WRITTEN = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}):(?://)?(?P<host>[^/?#:]*)", re.I)


class Unsendable:
    """Says why nothing can be sent."""

    def __init__(self, why: Delivery) -> None:
        self._why = why

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Return the reason."""
        return self._why


def sender_for(to: Template, environ: Mapping[str, str]) -> Sender:
    """Return what can send to ``to``: never raises, a sender that refuses says why.

    Only the module of that kind of channel is imported.
    """
    address = reveal(to, environ)
    if isinstance(address, Delivery):
        return Unsendable(address)
    if address.scheme == "pagerduty":
        from statusgen.notify.pagerduty import PagerDutySender

        return PagerDutySender()
    if address.scheme in ("alertmanager", "alertmanagers"):
        from statusgen.notify.alertmanager import AlertmanagerSender

        return AlertmanagerSender()
    if address.scheme in _WEB and not _KNOWN_HOSTS.fullmatch(address.host):
        from statusgen.notify.webhook import WebhookSender

        return WebhookSender()
    if address.scheme == "upptime":
        from statusgen.notify.upptime_channels import UpptimeSender

        return UpptimeSender()
    from statusgen.notify.apprise_sender import AppriseSender

    return AppriseSender()


def may_need_apprise(to: Template) -> bool:
    """Whether sending to an address takes apprise, as far as what is written of it tells.

    True where a secret holds the service itself: nobody who installs for a job knows secrets.
    """
    written = _WRITTEN.match(to.text)
    if written is None:
        return True
    scheme, host = written["scheme"].lower(), written["host"].lower()
    if scheme in _WEB:
        return "$" in host or _KNOWN_HOSTS.fullmatch(host) is not None
    return scheme not in _OWN
