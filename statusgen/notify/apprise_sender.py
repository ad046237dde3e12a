"""Channels that apprise knows, over a hundred: mail, chats, SMS, push.

Each attempt is a process of its own (``apprise_child``), ended at the deadline. It is started
without this process's environment, so that no secret of another channel is near it.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from statusgen.base.extras import how_to_install
from statusgen.base.secrets import Redactor, Template
from statusgen.base.text import one_line
from statusgen.notify.address import Address, refused, reveal
from statusgen.notify.address import address as hidden
from statusgen.notify.message import Delivery, Message, Outcome, Tone
from statusgen.notify.outcomes import of_mail, of_status
from statusgen.notify.webhook import header_key

_CHILD = Path(__file__).with_name("apprise_child.py")
_KINDS = {
    Tone.PROBLEM: "failure",
    Tone.UPDATE: "warning",
    Tone.RESOLVED: "success",
    Tone.NOTICE: "info",
    Tone.TEST: "info",
}
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_PASSED_ON = (
    *_PROXIES,
    *(name.lower() for name in _PROXIES),
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SYSTEMROOT",
)
_LONGEST_WAIT = 86_400
_WAITED_FOR_NOTHING = "it could not be reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseSender:
    """Any address of apprise's."""

    seconds: float = 40.0
    """The whole attempt: starting, sending, and all retries that an address asks for."""

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt."""
        address = reveal(to, environ)
        if isinstance(address, Delivery):
            return address
        return self.send_to(message, address, environ)

    def send_to(self, message: Message, address: Address, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt at an address that is known already."""
        if find_spec("apprise") is None:
            return refused(f"this channel needs apprise: {how_to_install('apprise')}")
        passed = {name: environ[name] for name in _PASSED_ON if environ.get(name)}
        redact = hidden(address.url, passed.values()).redact
        asked = {
            "url": address.url,
            "title": message.title,
            "body": message.body,
            "link": message.link,
            "kind": _KINDS[message.tone],
            "key": header_key(message.key),
            "thread": message.thread,
            "seconds": self.seconds,
        }
        try:
            done = subprocess.run(  # noqa: S603
                [sys.executable, "-P", str(_CHILD)],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=self.seconds,
                env={"HOME": os.devnull, "PYTHONUTF8": "1", **passed},
                check=False,
            )
            told = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            return Delivery(Outcome.PASSING, f"it took longer than {self.seconds:g} s")
        except (OSError, ValueError):
            return Delivery(Outcome.PASSING, "apprise ended without an answer")
        return _judged(told, address, redact)


def _judged(told: Mapping[str, Any], address: Address, redact: Redactor) -> Delivery:
    """Make a delivery of what the child saw.

    Where several things went wrong the one that may pass decides: another attempt costs less than
    a lost alert. So does not knowing: it ends as a dead letter, after more attempts.
    """
    if not told["known"]:
        lines = redact(one_line(" ".join(told["lines"]), 160))
        return refused(
            f"apprise does not know this kind of address{f': {lines}' if lines else ''}; "
            "its documentation lists them"
        )
    statuses, mail = told["statuses"], told["mail"]
    if told["sent"]:
        return of_status(statuses[-1]) if statuses[-1:] and 200 <= statuses[-1] < 300 else _SENT
    judged = [of_status(one, _seconds(told["after"])) for one in statuses if one >= 300]
    judged += [of_mail(code) for code in mail]
    if told["errors"]:
        named = ", ".join(dict.fromkeys(told["errors"]))
        judged.append(Delivery(Outcome.PASSING, f"{_WAITED_FOR_NOTHING}: {named}"))
    if not judged:
        lines = redact(one_line(" ".join(told["lines"]), 160))
        what = f"the service answered HTTP {statuses[-1]} and refused" if statuses else "not sent"
        return Delivery(Outcome.PASSING, f"{what}{f': {lines}' if lines else ''}")
    passing = [each for each in judged if each.outcome is Outcome.PASSING]
    return (passing or judged)[0]


_SENT = Delivery(Outcome.SENT)


def _seconds(after: float | None) -> int | None:
    if after is None or not math.isfinite(after) or after < 0:
        return None
    return min(_LONGEST_WAIT, math.ceil(after))
