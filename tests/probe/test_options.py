"""What the configuration is told about URLs and options, and which secrets monitors hold."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from statusgen.config.settings import Kind
from statusgen.probe.http_options import HttpOptions
from statusgen.probe.kinds import KINDS
from statusgen.probe.kinds.http import HTTP
from statusgen.probe.kinds.tcp import TCP
from statusgen.probe.kinds.tls import TLS
from statusgen.probe.templates import secrets_of, unset
from tests.probe.rounds import monitor


def test_the_kinds_are_what_the_configuration_expects() -> None:
    kinds: tuple[Kind, ...] = KINDS
    assert [kind.name for kind in kinds] == ["http", "tcp", "tls", "ws", "dns", "statuspage"]
    for kind in kinds:
        kind.options()  # every option has a default


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/health?x=$discovery",
        "http://localhost:8080",
        "https://[2001:db8::1]:8443/",
        "https://bücher.example/",
        "http://under_score.example./",
        "$URL",
        "${URL}/health",
        "${{ secrets.URL }}",
        "https://$HOST/health",
        "https://$HOST:$PORT/",
        "https://api.$ZONE:8443/$TOKEN",
        "https://$USER:$PASSWORD@example.com/",
    ],
)
def test_good_http_urls(url: str) -> None:
    assert HTTP.url_fault(url) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://exa mple.com/", "space or a control character"),
        ("https://example.com/\n", "space or a control character"),
        ("https://example.com:99999/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://-bad.example/", "is no host name"),
        ("https://a..b/", "is no host name"),
        ("https://$HOST:99999/", "malformed"),
        ("https://" + "a" * 64 + ".example/", "is no host name"),
    ],
)
def test_bad_http_urls_are_told_with_the_fix(url: str, words: str) -> None:
    fault = HTTP.url_fault(url)
    assert fault is not None
    assert words in fault
    assert "; " in fault


def test_tcp_and_tls_urls_are_a_host_and_a_port() -> None:
    assert TCP.url_fault("tcp://mail.example.com:25") is None
    assert TCP.url_fault("tcp://[::1]:25/") is None
    assert TCP.url_fault("tcp://$HOST:$PORT") is None
    assert TCP.url_fault("$TARGET") is None
    assert TCP.url_fault("tcp://mail.example.com") == (
        "the URL has no port; write tcp://mail.example.com:PORT"
    )
    assert TLS.url_fault("tls://www.example.com") is None
    for url in ("tls://www.example.com/path", "tls://user@www.example.com", "tls://a.b?q"):
        assert TLS.url_fault(url) == "only a host and a port belong here; write tls://host:port"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"expect": {"status": "20"}},
            "'20' names no status code; write codes from 100 to 999: 200, 2xx or 200-299",
        ),
        ({"expect": {"status": ["299-200"]}}, "runs backwards; write 200-299"),
        ({"expect": {"body_matches": "(a"}}, "is not a regular expression"),
        ({"headers": {"X Y": "1"}}, "'X Y' is not a header's name"),
        ({"headers": {"X": "a\r\nY: b"}}, "holds a line break"),
        ({"insecure": True, "expect": {"certificate": "7d"}}, "remove one of them"),
    ],
)
def test_options_that_cannot_work_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        HttpOptions.model_validate(options)
    assert words in str(caught.value)


def test_secrets_are_found_wherever_they_stand() -> None:
    one = monitor(
        "https://$HOST/",
        headers={"A": "$TOKEN", "B": "plain"},
        body="${BODY}",
        expect={"body_contains": ["x", "$TEXT"], "degraded_if_body_lacks": "$TEXT"},
    )
    two = monitor("tcp://$HOST:25")
    texts = [template.text for template in secrets_of([one, two])]
    assert texts == ["https://$HOST/", "$TOKEN", "${BODY}", "$TEXT", "tcp://$HOST:25"]
    assert unset(one, {"HOST": "h", "TOKEN": ""}) == ("TOKEN", "BODY", "TEXT")
    assert unset(monitor("https://a/$DYNAMIC_RANDOM_NUMBER"), {}) == ()
