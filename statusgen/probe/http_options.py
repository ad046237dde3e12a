"""What an operator may write under ``http:``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from statusgen.base.fields import HeaderName, HeaderValue, Pattern, StatusCodes
from statusgen.base.model import Bool, Milliseconds, Model, OneOrMore, SecretText
from statusgen.probe.json_rules import JsonRule

TextList = Annotated[tuple[SecretText, ...], OneOrMore()]
"""One text or a list of them."""


class HttpExpect(Model):
    """What an answer must be; anything else is down, unless the key says degraded."""

    status: Annotated[tuple[StatusCodes, ...], OneOrMore()] = ("200-299",)
    """Accepted final status codes: ``200``, ``2xx`` or ``200-299``."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""
    body_contains: TextList = ()
    """Every text must occur."""
    body_lacks: TextList = ()
    """No text may occur."""
    body_matches: Pattern | None = None
    """A regular expression that must be found, within a second."""
    degraded_if_body_contains: TextList = ()
    """Where any of these texts occurs, the answer is degraded."""
    degraded_if_body_lacks: TextList = ()
    """Where any of these texts is missing, the answer is degraded."""
    json_: Annotated[tuple[JsonRule, ...], OneOrMore()] = Field(default=(), alias="json")
    """What must stand at paths of a JSON body; a number found is recorded."""
    certificate: Milliseconds | None = None
    """The certificate must stay valid at least this long, else degraded."""


class HttpOptions(Model):
    """Options of an ``http`` monitor, under its key ``http``."""

    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] = "GET"
    """The HTTP method."""
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    """Headers to send; keep secrets out of the file and write $NAME."""
    raw_headers: Annotated[tuple[HeaderValue, ...], OneOrMore()] = ()
    """Whole header lines, each in a secret: revealed at check time into ``Name: value``."""
    body: SecretText | None = None
    """What to send as the request's body."""
    expect: HttpExpect = HttpExpect()
    """What an answer must be."""
    redirects: Annotated[int, Field(ge=0, le=20)] = 10
    """How many redirects are followed; 0 takes the first answer as it is."""
    redirect_to_http: Bool = False
    """A redirect may lead from https to http."""
    insecure: Bool = False
    """Accept any certificate."""
    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    user_agent: str = ""
    """Empty: ``statusgen/<version>``."""
    max_body: Annotated[int, Field(gt=0, le=16 * 1024 * 1024)] = 1024 * 1024
    """Bytes of body read, after decompression."""
    match_headers: Bool = False
    """Body rules look at the status lines and headers of every hop too, as Upptime does."""
    proxy_from_environment: Bool = False
    """Honour HTTP_PROXY and the like, and .netrc."""

    @model_validator(mode="after")
    def _no_contradiction(self) -> HttpOptions:
        if self.insecure and self.expect.certificate is not None:
            raise ValueError(
                "expect.certificate cannot be judged with insecure: true; remove one of them"
            )
        if self.method == "HEAD" and not self.match_headers and wants_body(self.expect):
            raise ValueError(
                "a rule looks at the body, and an answer to HEAD has none; write method: GET"
            )
        return self


def wants_body(expect: HttpExpect) -> bool:
    """Whether any rule looks at a body."""
    return bool(
        expect.body_contains
        or expect.body_lacks
        or expect.body_matches
        or expect.degraded_if_body_contains
        or expect.degraded_if_body_lacks
        or expect.json_
    )
