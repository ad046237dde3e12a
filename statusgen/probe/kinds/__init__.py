"""The kinds of check. A new kind is one module here and one entry in ``KINDS``."""

from __future__ import annotations

from statusgen.probe.kinds.http import HTTP
from statusgen.probe.kinds.tcp import TCP
from statusgen.probe.kinds.tls import TLS

KINDS = (HTTP, TCP, TLS)
