"""Chains of certificates as servers send them: short-lived links, extra roots, wrong orders."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID


@dataclass(frozen=True)
class Chain:
    """A server's context, the root to trust, and the instant it was made at."""

    server: ssl.SSLContext
    root: Path
    now: int
    middle: x509.Certificate


def chain(
    folder: Path,
    *,
    leaf_days: int,
    intermediate_days: int,
    extra: str = "",
    published: str = "",
) -> Chain:
    """Make root → Middle → leaf; days left may be negative. ``extra`` adds an old cross-signed
    root that has expired, in front of the intermediate. ``published``: where the leaf says that
    Middle can be read; the server then does not send it."""
    now = datetime.now(UTC).replace(microsecond=0)
    root_key, middle_key, leaf_key, old_key = (
        ec.generate_private_key(ec.SECP256R1()) for _ in "1234"
    )
    root = certificate("Root", root_key, "Root", root_key, now, 3650, authority=True)
    middle = certificate(
        "Middle", middle_key, "Root", root_key, now, intermediate_days, authority=True
    )
    leaf = certificate(
        *("127.0.0.1", leaf_key, "Middle", middle_key, now, leaf_days),
        authority=False,
        published=published,
    )
    sent = [leaf] if published else [leaf, middle]
    if extra:
        cross = certificate("Root", root_key, "Old", old_key, now, -100, authority=True)
        sent = [leaf, cross, middle]
    (folder / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (folder / "chain.pem").write_bytes(
        b"".join(each.public_bytes(serialization.Encoding.PEM) for each in sent)
    )
    (folder / "key.pem").write_bytes(
        leaf_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    return Chain(server, folder / "root.pem", int(now.timestamp()) + 60, middle)


def certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    now: datetime,
    days: int,
    *,
    authority: bool,
    published: str = "",
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if not authority:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(subject))])
        builder = builder.add_extension(names, critical=False)
    if published:
        place = x509.AccessDescription(
            AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(published)
        )
        builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
    return builder.sign(signer, hashes.SHA256())
