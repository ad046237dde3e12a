"""The kinds of check. A new kind is one module here and one entry in ``KINDS``.

``base``: what a kind is to the scheduler. By the scheme of a monitor's ``url:``: ``http`` (https
too), ``tcp``, ``tls``, ``ws`` (wss too), ``dns``, ``statuspage`` (what another page says). Each
holds what may be written under the key of its name in ``data/status.yml``.
"""

from __future__ import annotations

from statusgen.probe.kinds.base import ProbeKind
from statusgen.probe.kinds.dns import DNS
from statusgen.probe.kinds.http import HTTP
from statusgen.probe.kinds.statuspage import STATUSPAGE
from statusgen.probe.kinds.tcp import TCP
from statusgen.probe.kinds.tls import TLS
from statusgen.probe.kinds.ws import WS

KINDS: tuple[ProbeKind, ...] = (HTTP, TCP, TLS, WS, DNS, STATUSPAGE)

__all__ = ["KINDS", "ProbeKind"]
