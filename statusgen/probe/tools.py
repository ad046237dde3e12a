"""What every check of one round shares: the clock, the secrets, the network, the certificates."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.probe.dial import Dialer
from statusgen.probe.pattern import Searcher


@dataclass(kw_only=True)
class Tools:
    """Made once a round, inside its event loop; costly parts are made when first used."""

    at: Instant
    environ: Mapping[str, str] = field(repr=False)
    dialer: Dialer = field(default_factory=Dialer)
    ca_file: Path | None = None

    @cached_property
    def verified(self) -> ssl.SSLContext:
        """The one context that verifies: ``ca_file``, else SSL_CERT_FILE, else Mozilla's store."""
        if self.ca_file is not None:
            return ssl.create_default_context(cafile=str(self.ca_file))
        chosen = self.environ.get("SSL_CERT_FILE")
        folder = self.environ.get("SSL_CERT_DIR")
        if chosen or folder:
            return ssl.create_default_context(cafile=chosen or None, capath=folder or None)
        import certifi  # 20 ms to load: only rounds that speak TLS pay it

        return ssl.create_default_context(cafile=certifi.where())

    @cached_property
    def unverified(self) -> ssl.SSLContext:
        """For monitors that say ``insecure: true``."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context

    @cached_property
    def searcher(self) -> Searcher:
        """Regular expressions with a time bound."""
        return Searcher()

    def close(self) -> None:
        """Let go of what was made."""
        if "searcher" in self.__dict__:
            self.searcher.close()
