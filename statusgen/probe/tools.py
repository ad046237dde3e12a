"""What every check of one round shares: the clock, the secrets, the network, the certificates."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base.clock import Instant
from statusgen.probe.pattern import Searcher
from statusgen.probe.route import Router

if TYPE_CHECKING:
    from statusgen.probe.engine import Engine

_SYSTEM_STORES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep the certificates that they trust."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the trusted certificates stand: a file, or a folder."""

    file: str
    folder: str = ""


@dataclass(kw_only=True)
class Tools:
    """Made once a round, inside its event loop; costly parts are made when first used."""

    at: Instant
    environ: Mapping[str, str] = field(repr=False)
    router: Router = field(default_factory=Router)
    ca_file: Path | None = None
    ipv6_proven: bool = False
    """Whether anything was reached over IPv6 alone: then this machine has it."""

    @cached_property
    def engine(self) -> Engine:
        """libcurl."""
        from statusgen.probe.engine import Engine

        return Engine()

    @cached_property
    def store(self) -> Store:
        """``ca_file``, else SSL_CERT_FILE and SSL_CERT_DIR, else the system's, else certifi's."""
        if self.ca_file is not None:
            return Store(str(self.ca_file))
        file = self.environ.get("SSL_CERT_FILE", "")
        folder = self.environ.get("SSL_CERT_DIR", "")
        if file or folder:
            return Store(file, folder)
        for known in _SYSTEM_STORES:
            if os.path.isfile(known):
                return Store(known)
        import certifi  # only where the system has no store

        return Store(certifi.where())

    def trusted_subjects(self) -> frozenset[bytes]:
        """The names of the authorities in the store; read only where a chain needs it."""
        return self._subjects

    @cached_property
    def _subjects(self) -> frozenset[bytes]:
        from statusgen.probe.certificate import subjects_of

        places = (self.store.file, self.store.folder)
        return frozenset().union(*(subjects_of(Path(place)) for place in places if place))

    def netrc(self, host: str) -> tuple[str, str] | None:
        """Return the credentials that ``.netrc`` holds for a host."""
        import netrc

        with suppress(OSError, netrc.NetrcParseError):
            found = netrc.netrc(self.environ.get("NETRC") or None).authenticators(host)
            if found:
                return found[0], found[2] or ""
        return None

    @cached_property
    def searcher(self) -> Searcher:
        """Regular expressions with a time bound."""
        return Searcher()

    async def close(self) -> None:
        """Let go of what was made."""
        if "searcher" in self.__dict__:
            self.searcher.close()
        if "engine" in self.__dict__:
            await self.engine.close()
