"""What a chain of certificates says: who vouches for whom, and which of them ends first.

The chain is read as it was sent. From the leaf on, each certificate's issuer is looked for among
the rest; the walk ends where the store of trusted authorities holds the issuer, so that neither
an expired root that was sent for old clients nor certificates in a wrong order count.
Format: RFC 5280, section 4.1; names are compared by their bytes.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_UTC_TIME, _COMMON_NAME, _ORGANISATION = 0x17, b"\x55\x04\x03", b"\x55\x04\x0a"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What of a certificate matters here."""

    subject: bytes
    """The name in DER."""
    issuer: bytes
    ends: int
    """The last second of its validity, in UTC seconds."""
    name: str
    """Common name, else organisation, for people."""


def read_pem(pem: str) -> Certificate | None:
    """Read one certificate in PEM; None where it is none."""
    try:
        return read_der(ssl.PEM_cert_to_DER_cert(pem.strip()))
    except (ValueError, IndexError):
        return None


def read_der(der: bytes) -> Certificate:
    """Read one certificate. Raises ValueError or IndexError for what is none."""
    outer = _inside(der, 0)
    fields = list(_elements(_inside(outer, 0)))
    if fields[0][0] == 0xA0:  # the version is optional
        fields = fields[1:]
    issuer, validity, subject = (fields[index][1] for index in (2, 3, 4))
    end_tag, _, end = list(_parts(_inside(validity, 0)))[1]
    return Certificate(subject, issuer, _seconds(end_tag, end), _shown(subject))


def first_to_end(
    chain: Sequence[Certificate], trusted: Callable[[], frozenset[bytes]]
) -> Certificate | None:
    """Return the certificate that ends first of those that link the leaf to a trusted authority.

    ``chain`` begins with the leaf. ``trusted`` gives the subjects of the store; it is asked only
    where the answer could change the result.
    """
    if not chain:
        return None
    path = [chain[0]]
    while True:
        last = path[-1]
        following = next(
            (each for each in chain[1:] if each.subject == last.issuer and each not in path), None
        )
        if following is None or last.issuer == last.subject:
            break
        path.append(following)
    least = min(path, key=lambda each: each.ends)
    if least is chain[0]:
        return least
    known = trusted()
    held = next((i for i, each in enumerate(path) if each.issuer in known), len(path) - 1)
    return min(path[: held + 1], key=lambda each: each.ends)


def subjects_of(path: Path) -> frozenset[bytes]:
    """Return the subjects of a store in PEM: a file, or a folder of files."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    found: set[bytes] = set()
    for file in files:
        try:
            text = file.read_text(encoding="latin-1")
        except OSError:
            continue
        for block in text.split("-----BEGIN CERTIFICATE-----")[1:]:
            body = block.partition("-----END CERTIFICATE-----")[0]
            certificate = read_pem(
                f"-----BEGIN CERTIFICATE-----\n{body.strip()}\n-----END CERTIFICATE-----"
            )
            if certificate is not None:
                found.add(certificate.subject)
    return frozenset(found)


def _parts(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return tag, whole element and content of each element in ``data``."""
    found, position = [], 0
    while position < len(data):
        tag = data[position]
        length, head = data[position + 1], 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[position + 2 : position + 2 + count], "big")
            head += count
        end = position + head + length
        if end > len(data) or head > 6:
            raise ValueError("an element is longer than what holds it")
        found.append((tag, data[position:end], data[position + head : end]))
        position = end
    return found


def _elements(data: bytes) -> list[tuple[int, bytes]]:
    return [(tag, whole) for tag, whole, _ in _parts(data)]


def _inside(data: bytes, index: int) -> bytes:
    return _parts(data)[index][2]


def _seconds(tag: int, content: bytes) -> int:
    text = content.decode("ascii").rstrip("Z")
    if tag == _UTC_TIME:  # years 50 to 99 are of the last century (RFC 5280, 4.1.2.5.1)
        text = ("19" if int(text[:2]) >= 50 else "20") + text
    return int(datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp())


def _shown(subject: bytes) -> str:
    found: dict[bytes, str] = {}
    for _, _, entry in _parts(_inside(subject, 0)):
        pair = _parts(_inside(entry, 0))
        found.setdefault(pair[0][2], pair[1][2].decode("utf-8", "replace"))
    return found.get(_COMMON_NAME) or found.get(_ORGANISATION) or "a certificate without a name"
