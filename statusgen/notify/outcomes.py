"""What an answer means: sent, may pass, or asks for a person.

Statuses by RFC 9110, mail by RFC 5321: 4yz may pass, 5yz will not.
"""

from __future__ import annotations

from statusgen.base.web import WebError
from statusgen.notify.message import Delivery, Outcome

_MAY_PASS = frozenset({302, 303, 307, 408, 409, 421, 423, 425, 429})
"""Refusals, and redirects for a while, that another attempt may not meet."""
_WHY = {
    400: "the message or the address is not what it expects",
    401: "the secret is refused",
    403: "the secret is refused, or may not do this",
    404: "there is nothing at this address",
    410: "the address was given up",
    413: "the message is too long for it",
    429: "too many messages at once",
}


def of_status(status: int, retry_after: int | None = None) -> Delivery:
    """Judge the HTTP status of an answer."""
    if 200 <= status < 300:
        return Delivery(Outcome.SENT, f"HTTP {status}")
    if 300 <= status < 400:
        why = "a redirect, which is not followed: write the address that it leads to"
    else:
        why = _WHY.get(status, "")
    detail = f"HTTP {status}" + (f": {why}" if why else "")
    if status >= 500 or status in _MAY_PASS:
        return Delivery(Outcome.PASSING, detail, retry_after)
    return Delivery(Outcome.PERMANENT, detail)


def of_error(error: WebError) -> Delivery:
    """Judge a question that was not answered as hoped; its words are redacted already."""
    if error.status is not None and not 200 <= error.status < 300:
        return of_status(error.status, error.retry_after)
    outcome = Outcome.PERMANENT if error.permanent else Outcome.PASSING
    return Delivery(outcome, str(error), error.retry_after)


def of_mail(code: int) -> Delivery:
    """Judge the reply of a mail server."""
    if code >= 500:
        why = "the secret is refused" if code in (530, 534, 535, 538) else "it will not take this"
        return Delivery(Outcome.PERMANENT, f"the mail server answered {code}: {why}")
    if code >= 400:
        return Delivery(Outcome.PASSING, f"the mail server answered {code}: not now")
    return Delivery(Outcome.SENT, f"the mail server answered {code}")
