"""A server that forgets its intermediate certificate, which browsers fetch by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import Encoding

from statusgen.probe.connect_to import parse_connect_to
from tests.probe.chains import Chain, chain
from tests.probe.rounds import check, said
from tests.probe.servers import Behaviour, Farm, Served, answer, flood, hang, head

PLACE = "http://ca.example/middle.crt"
GAP = (
    "the server does not send the intermediate certificate 'Middle': "
    "browsers fetch it, other programs turn away"
)
REFUSED = (
    "down certificate: the certificate of 127.0.0.1 comes from an authority that is not trusted, "
    "or an intermediate certificate is missing"
)


def options(made: Chain, authority: Served, **more: Any) -> dict[str, Any]:
    rule = parse_connect_to(f"ca.example:80:127.0.0.1:{authority.port}")
    return {"ca_file": made.root, "at": made.now, "connect_to": [rule], **more}


@pytest.mark.parametrize("form", [Encoding.DER, Encoding.PEM])
def test_what_browsers_show_is_degraded_and_says_what_is_missing(
    farm: Farm, tmp_path: Path, form: Encoding
) -> None:
    made = chain(tmp_path, leaf_days=300, intermediate_days=200, published=PLACE)
    authority = farm.start(answer(made.middle.public_bytes(form)))
    served = farm.start(answer(b"needle"), tls=made.server)
    asked = options(made, authority)

    for url in (served.url, served.url.replace("https", "tls")):
        checked = check(url, round_options=asked)
        assert said(checked) == f"degraded certificate: {GAP}"
        assert checked.tries[0].certificate_days == 299
    assert [request.path for request in authority.requests] == ["/middle.crt"] * 2
    wrong = check(served.url, round_options=asked, expect={"body_contains": "gone"})
    assert wrong.state == "down"


def test_a_long_address_is_read_too(farm: Farm, tmp_path: Path) -> None:
    place = f"http://ca.example/{'x' * 180}.crt"
    made = chain(tmp_path, leaf_days=300, intermediate_days=200, published=place)
    authority = farm.start(answer(made.middle.public_bytes(Encoding.DER)))

    checked = check(
        farm.start(answer(), tls=made.server).url, round_options=options(made, authority)
    )

    assert said(checked) == f"degraded certificate: {GAP}"


def test_what_is_fetched_is_no_anchor(farm: Farm, tmp_path: Path) -> None:
    """The chain must end in the store: here it knows another root."""
    made = chain(tmp_path, leaf_days=300, intermediate_days=200, published=PLACE)
    authority = farm.start(answer(made.middle.public_bytes(Encoding.DER)))
    served = farm.start(answer(), tls=made.server)
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(str(stranger))

    outcome = said(check(served.url, round_options=options(made, authority, ca_file=stranger)))

    assert outcome == REFUSED


@pytest.mark.parametrize(
    "published",
    [
        answer(b"", 404),
        answer(b"<html>no certificate</html>"),
        flood(head(), b"x" * 65536),
        hang(),
    ],
    ids=["missing", "another thing", "endless", "silent"],
)
def test_what_cannot_be_fetched_changes_nothing(
    farm: Farm, tmp_path: Path, published: Behaviour
) -> None:
    made = chain(tmp_path, leaf_days=300, intermediate_days=200, published=PLACE)
    asked = options(made, farm.start(published))
    served = farm.start(answer(), tls=made.server)

    assert said(check(served.url, timeout_ms=1500, round_options=asked)) == REFUSED


def test_an_expired_intermediate_is_not_fetched_to_life(farm: Farm, tmp_path: Path) -> None:
    made = chain(tmp_path, leaf_days=300, intermediate_days=-3, published=PLACE)
    authority = farm.start(answer(made.middle.public_bytes(Encoding.DER)))
    served = farm.start(answer(), tls=made.server)

    assert check(served.url, round_options=options(made, authority)).state == "down"


def test_no_private_address_is_asked_because_a_certificate_names_it(
    farm: Farm, tmp_path: Path
) -> None:
    """The monitor's own address is public here; nothing leads what the certificate names."""
    inside = farm.start(answer())
    made = chain(
        tmp_path, leaf_days=300, intermediate_days=200, published=f"{inside.url}/latest/meta-data"
    )
    served = farm.start(answer(), tls=made.server)
    rules = [parse_connect_to(f"127.0.0.1:443:127.0.0.1:{served.port}")]
    asked = {"ca_file": made.root, "at": made.now, "connect_to": rules}

    for allowed, connections in ((None, 0), (False, 0), (True, 1)):
        given = {**asked, "allow_private": allowed}
        assert check("https://127.0.0.1/", round_options=given).state == "down"
        assert inside.connections == connections
