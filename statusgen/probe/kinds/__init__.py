"""The kinds of check. A new kind is one module here and one entry in ``KINDS``."""

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
