"""F52 and D0i: certificates and handshakes, for https and tls monitors alike."""

from __future__ import annotations

import re
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from statusgen.probe.connect_to import parse_connect_to
from tests.probe.rounds import AT, ca_file, check, monitor, round_of, said, server_tls
from tests.probe.servers import Farm, answer, hang, raw

NOW = datetime.now(UTC)


@pytest.fixture
def trusted(tmp_path: Path) -> dict[str, Path]:
    return {"ca_file": ca_file(tmp_path)}


def both(url: str) -> tuple[str, str]:
    return url, url.replace("https://", "tls://")


def test_a_good_certificate_is_up_and_its_days_are_known(
    farm: Farm, trusted: dict[str, Path]
) -> None:
    ends = datetime.fromtimestamp(AT, UTC) + timedelta(days=400, hours=5)
    served = farm.start(answer(), tls=server_tls(not_after=ends))
    for url in both(served.url):
        checked = check(url, round_options=trusted)
        assert said(checked) == "up -"
        assert checked.tries[0].certificate_days == 400
        assert (checked.tries[0].timings.tls or 0) > 0


@pytest.mark.parametrize(("left", "state"), [(6, "degraded"), (14, "up"), (13, "degraded")])
def test_d0i_a_certificate_that_ends_soon_is_degraded(
    farm: Farm, trusted: dict[str, Path], left: int, state: str
) -> None:
    ends = NOW + timedelta(days=100)
    at = int((ends - timedelta(days=left)).timestamp()) - 1
    served = farm.start(answer(), tls=server_tls(not_after=ends))
    https, tls = both(served.url)
    options = {**trusted, "at": at}
    outcomes = [
        check(https, round_options=options, expect={"certificate": "14d"}),
        check(tls, round_options=options, warn="14d"),
    ]
    for checked in outcomes:
        assert checked.state == state
        if state == "degraded":
            assert checked.reason == "certificate"
            detail = f"the certificate of 127.0.0.1 expires in {left} d, expected 14 d"
            assert checked.tries[0].detail == detail


def test_d0i_an_expired_certificate_is_down(farm: Farm, trusted: dict[str, Path]) -> None:
    context = server_tls(not_before=NOW - timedelta(days=9), not_after=NOW - timedelta(days=1))
    for url in both(farm.start(answer(), tls=context).url):
        outcome = said(check(url, round_options=trusted))
        assert outcome == "down certificate: the certificate of 127.0.0.1 has expired"


def test_each_bad_certificate_has_its_own_words(farm: Farm, trusted: dict[str, Path]) -> None:
    early = server_tls(not_before=NOW + timedelta(days=1), not_after=NOW + timedelta(days=9))
    stranger = server_tls(ca=trustme.CA())
    cases = {
        "is not valid yet": early,
        "is for another": server_tls("other.example"),
        "comes from an authority that is not trusted": stranger,
    }
    for words, context in cases.items():
        for url in both(farm.start(answer(), tls=context).url):
            outcome = said(check(url, round_options=trusted))
            assert outcome.startswith(f"down certificate: the certificate of 127.0.0.1 {words}")


def test_a_self_signed_certificate_is_named_so(
    farm: Farm, trusted: dict[str, Path], tmp_path: Path
) -> None:
    lonely = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    key, certificate = tmp_path / "key.pem", tmp_path / "self.pem"
    lonely.private_key_pem.write_to_path(str(key))
    lonely.cert_pem.write_to_path(str(certificate))
    context.load_cert_chain(certificate, key)
    outcome = said(check(farm.start(answer(), tls=context).url, round_options=trusted))
    assert outcome == "down certificate: the certificate of 127.0.0.1 is self-signed"


def test_insecure_accepts_any_certificate(farm: Farm) -> None:
    served = farm.start(answer(), tls=server_tls("other.example", ca=trustme.CA()))
    assert check(served.url, insecure=True).state == "up"


def test_without_the_authority_nothing_of_it_is_trusted(farm: Farm) -> None:
    assert check(farm.start(answer(), tls=server_tls()).url).reason == "certificate"


def test_the_environment_may_name_the_store(farm: Farm, trusted: dict[str, Path]) -> None:
    served = farm.start(answer(), tls=server_tls())
    ran = round_of(monitor(served.url), environ={"SSL_CERT_FILE": str(trusted["ca_file"])})
    assert ran.checks["m"].state == "up"


def test_what_is_not_tls_and_old_tls_are_down(farm: Farm, trusted: dict[str, Path]) -> None:
    old = server_tls()
    old.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    plain = farm.start(raw(b"220 mail ready\r\n"), silent=True)
    closing = farm.start(raw(b""), silent=True)
    notify = farm.start(raw(b"\x15\x03\x03\x00\x02\x01\x00"), silent=True)  # "close notify"
    for served in (plain, closing, notify, farm.start(answer(), tls=old)):
        for scheme in ("https", "tls"):
            url = f"{scheme}://127.0.0.1:{served.port}"
            outcome = said(check(url, round_options=trusted))
            assert re.match(r"down tls: the TLS handshake failed: [A-Za-z0-9 ]+$", outcome), outcome


def test_a_handshake_that_hangs_ends(farm: Farm, trusted: dict[str, Path]) -> None:
    served = farm.start(hang(), silent=True)
    for scheme in ("https", "tls"):
        url = f"{scheme}://127.0.0.1:{served.port}"
        outcome = said(check(url, timeout_ms=300, round_options=trusted))
        detail = "no answer within 300 ms: shaking hands with 127.0.0.1"
        assert outcome == f"down timeout: {detail}"


def test_connect_to_keeps_name_sni_and_verification(farm: Farm, trusted: dict[str, Path]) -> None:
    seen: list[str | None] = []
    context = server_tls("www.example.com")
    context.sni_callback = lambda connection, name, _: seen.append(name)
    served = farm.start(answer(), tls=context)
    rules = [parse_connect_to(f"www.example.com:443:127.0.0.1:{served.port}")]
    ran = round_of(
        monitor("https://www.example.com/x", "https"),
        monitor("tls://www.example.com", "tls"),
        monitor("tcp://www.example.com:443", "tcp"),
        canaries=["https://www.example.com"],
        connect_to=rules,
        ca_file=trusted["ca_file"],
    )
    assert {said(checked) for checked in ran.checks.values()} == {"up -"}
    assert ran.net == "ok"
    assert set(seen) == {"www.example.com"}
    assert "www.example.com" in {request.headers["host"] for request in served.requests}
    wrong = [parse_connect_to(f"other.example::127.0.0.1:{served.port}")]
    bad = round_of(monitor("https://other.example"), connect_to=wrong, ca_file=trusted["ca_file"])
    assert said(bad.checks["m"]) == (
        "down certificate: the certificate of other.example is for another host"
    )
