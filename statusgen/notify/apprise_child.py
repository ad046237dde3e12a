"""The process of its own in which apprise sends one message: read on stdin, told on stdout.

Apprise answers yes or no, and no attempt of it can be broken off. So it runs where it may be
ended, where its logging goes nowhere, and where watching HTTP and SMTP for the statuses that it
keeps to itself disturbs nobody. Imports nothing of ours: it is run as a file, which starts faster.

stdin: ``{url, title, body, link, kind, key, thread, seconds}``; stdout: see :func:`main`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import smtplib
import sys
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

_CALL = re.compile(r"(?<![^\s(\[{\"'])@(?=\w)")
_ROOM = 200
"""Characters that a channel must take for a body to be worth shortening to it."""


def main() -> int:
    """Send, and print ``{known, sent, statuses, after, mail, errors, lines}`` as JSON.

    ``known``: whether apprise understands the address; ``statuses``: of HTTP, in order, ``after``
    the last wait asked for; ``mail``: replies of a mail server that refuse; ``errors``: names of
    exceptions; ``lines``: warnings of apprise, raw.
    """
    asked = json.load(sys.stdin)
    seen: dict[str, Any] = {"statuses": [], "after": None, "mail": [], "errors": [], "lines": []}
    told = os.dup(1)
    os.dup2(2, 1)  # whatever a plugin prints is no answer of ours
    _watch_http(seen)
    _watch_mail(seen)
    known, sent = _send(asked, seen)
    answer = {"known": known, "sent": sent, **seen}
    os.write(told, json.dumps(answer).encode())
    return 0


def _send(asked: dict[str, Any], seen: dict[str, Any]) -> tuple[bool, bool]:
    import apprise

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen["lines"].append(record.getMessage()[:2000])

    log = logging.getLogger("apprise")
    log.handlers[:] = [Keep(logging.WARNING)]
    log.propagate = False
    asset = apprise.AppriseAsset(
        app_id="statusgen",
        app_desc="statusgen",
        app_url="",
        image_url_mask=False,  # no picture from a third party in every message
        image_url_logo=False,
        async_mode=False,
        http_redirects=False,  # they would lead a secret to another place
        storage_mode=apprise.PersistentStoreMode.MEMORY,
        allow_templates=False,
    )
    try:
        plugin = apprise.Apprise.instantiate(asked["url"], asset=asset, suppress_exceptions=True)
    except Exception as error:
        seen["errors"].append(type(error).__name__)
        plugin = None
    if plugin is None:
        return False, False
    _prepare(plugin, asked)
    title, body = _fitted(plugin, asked)
    try:
        sent = plugin.notify(
            body=body,
            title=title,
            notify_type=apprise.NotifyType(asked["kind"]),
            body_format=apprise.NotifyFormat.TEXT,
        )
    except Exception as error:
        seen["errors"].append(type(error).__name__)
        sent = False
    return True, bool(sent)


def _prepare(plugin: Any, asked: dict[str, Any]) -> None:
    """Say what an address leaves open: patience, what is too long, and where the key goes."""
    from apprise import OverflowMode

    query = asked["url"].partition("?")[2]
    if "rto=" not in query:
        plugin.socket_read_timeout = asked["seconds"] / 2
    if "cto=" not in query:
        plugin.socket_connect_timeout = asked["seconds"] / 4
    if "overflow=" not in query:
        # As it stands, a long message is refused: an alert would be lost for its length.
        plugin.overflow_mode = OverflowMode.TRUNCATE
    plugin.request_rate_per_sec = 0  # one message needs no pause
    headers = getattr(plugin, "headers", None)
    name = type(plugin).__name__
    if not isinstance(headers, dict):
        return
    if name == "NotifyEmail":
        mark = sha256(asked["thread"].encode()).hexdigest()[:32]
        # A mail program shows an alert and its end together.
        headers.setdefault("References", f"<{mark}@statusgen.invalid>")
        headers.setdefault("X-Statusgen-Key", asked["key"])
    elif name in ("NotifyJSON", "NotifyForm", "NotifyXML"):
        headers.setdefault("Idempotency-Key", asked["key"])


def _fitted(plugin: Any, asked: dict[str, Any]) -> tuple[str, str]:
    """Return title and body, nobody called by name, the link whole where there is room for it."""
    title, body, link = _quiet(asked["title"]), _quiet(asked["body"]), asked["link"]
    most = int(getattr(plugin, "body_maxlen", 0) or 0)
    end = f"\n\n{link}" if link else ""
    # Many services get title and body in one, whatever room they claim for a title.
    room = most - len(title) - len(end) - 16
    if most and len(body) > room >= min(_ROOM, most // 4):
        body = f"{body[: room - 1]}…"
    return title, f"{body}{end}" if body else link or title


def _quiet(text: str) -> str:
    """Break what chats take for a call: ``@everyone``, ``<!channel>``, ``<@…>``.

    The words may be a stranger's, so a mark that nobody sees goes in between.
    """
    return _CALL.sub("@\u2060", text.replace("<!", "<\u2060!").replace("<@", "<\u2060@"))


def _watch_http(seen: dict[str, Any]) -> None:
    from requests import RequestException
    from requests.adapters import HTTPAdapter

    sent = HTTPAdapter.send

    def send(self: HTTPAdapter, *given: Any, **named: Any) -> Any:
        try:
            reply = sent(self, *given, **named)
        except RequestException as error:
            seen["errors"].append(type(error).__name__)
            raise
        seen["statuses"].append(reply.status_code)
        if reply.status_code >= 400:
            seen["after"] = _wait(reply)
        return reply

    HTTPAdapter.send = send  # type: ignore[method-assign]


def _wait(reply: Any) -> float | None:
    """Return what ``Retry-After``, or Telegram's or Discord's own body, asks for in seconds."""
    after = reply.headers.get("Retry-After", "").strip()
    try:
        return float(after)
    except ValueError:
        pass
    try:
        until, now = (parsedate_to_datetime(t) for t in (after, reply.headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        pass
    try:
        told = json.loads(reply.content[:4096])
        return float(told.get("parameters", told)["retry_after"])
    except (TypeError, ValueError, KeyError, AttributeError):
        return None


def _watch_mail(seen: dict[str, Any]) -> None:
    heard = smtplib.SMTP.getreply
    joined = smtplib.SMTP.connect

    def getreply(self: smtplib.SMTP) -> tuple[int, bytes]:
        try:
            code, text = heard(self)
        except OSError as error:  # a connection that broke off is one of these too
            seen["errors"].append(type(error).__name__)
            raise
        if code >= 400:
            seen["mail"].append(code)
        return code, text

    def connect(self: smtplib.SMTP, *given: Any, **named: Any) -> tuple[int, bytes]:
        try:
            return joined(self, *given, **named)
        except OSError as error:
            seen["errors"].append(type(error).__name__)
            raise

    smtplib.SMTP.getreply = getreply  # type: ignore[method-assign]
    smtplib.SMTP.connect = connect  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
