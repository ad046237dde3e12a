"""An address as libcurl gets it: ASCII, its credentials and fragment taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_KEPT = "%/:=&?~#+!$,;'@()*[]|^`{}\"<>\\"
"""What stands in an address already, right or wrong, and is sent as it is."""
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?")
_PORTS = {"http": 80, "https": 443}
_LONGEST_LABEL = 63


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes."""

    url: str
    scheme: str
    host: str
    """In ASCII, without brackets."""
    port: int
    credentials: tuple[str, str] | None

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what headers and credentials were written for."""
        return self.scheme, self.host.lower(), self.port

    @property
    def shown(self) -> str:
        """Host and port for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __repr__(self) -> str:
        return "Target(…)"


def target_of(url: str) -> Target:
    """Read an http(s) address. Raises ValueError, which quotes nothing of it."""
    if any(character in url for character in "\r\n\t\0"):
        raise ValueError("holds a control character")
    try:
        parts = urlsplit(url.strip(" "))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("has a malformed host or port") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        raise ValueError("is no http(s) address")
    host = ascii_host(host)
    bracketed = f"[{host}]" if ":" in host else host
    shown_port = "" if port is None else f":{port}"
    path = quote(parts.path or "/", safe=_KEPT).replace("?", "%3F")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query or url.endswith("?") else ""
    credentials = None
    if parts.username is not None:
        credentials = (unquote(parts.username), unquote(parts.password or ""))
    return Target(
        f"{scheme}://{bracketed}{shown_port}{path}{query}",
        scheme,
        host,
        _PORTS[scheme] if port is None else port,
        credentials,
    )


def ascii_host(host: str) -> str:
    """Return a host's name as the network knows it. Raises ValueError, which quotes nothing of it.

    Names with emoji, which IDNA 2008 refuses, are sold and shown all the same: they are written
    as browsers write them (UTS #46, then Punycode).
    """
    if host.isascii():
        if not _HOST.fullmatch(host):
            raise ValueError("has a malformed host")
        return host
    import idna  # only for names that need it

    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        pass
    try:
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        labels = [_label(each) for each in mapped.split(".")]
    except (idna.IDNAError, UnicodeError):
        raise ValueError("has a host that is no name") from None
    written = ".".join(labels)
    if not _HOST.fullmatch(written) or any(len(each) > _LONGEST_LABEL for each in labels):
        raise ValueError("has a host that is no name")
    return written


def _label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
