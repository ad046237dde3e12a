"""The ``notifications:`` of ``.upptimerc.yml``, which Upptime never reads and people write anyway.

Whatever its shape, a secret that stands beside the name of a service becomes a channel; of the
rest is said why it does not. ``slack: {webhookUrl: $X}``, ``- {type: slack, webhook-url: $X}``,
``- slack: $X`` and ``- $X`` mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from statusgen.base.ids import id_like
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.channels import Channel, channel_id
from statusgen.config.upptimewarn import Warnings

_KIND = ("type", "kind", "channel", "provider", "service", "name")
_ADDRESS = ("url", "webhookurl", "webhook", "hook", "address", "uri", "endpoint", "to")
_TOKEN = ("token", "bottoken", "botkey", "key", "apikey")
_CHAT = ("chatid", "chat", "chats")
_MAIL = frozenset({"mail", "email", "smtp"})
_OTHERWISE = "write `notifications:` in data/status.yml, or set Upptime's own variables"
_SWITCHES = frozenset({"true", "false", "yes", "no", "on", "off"})
_ESCAPED = re.compile(r"\\(?=\$)")


@dataclass(frozen=True, slots=True)
class _Wish:
    """One channel as somebody wished it."""

    path: Path_
    kind: str
    keys: Mapping[str, Any]
    """By name without case, hyphen and underscore."""


def wished_channels(document: Document, warnings: Warnings) -> tuple[Channel, ...]:
    """Return the channels that the file wishes for; warns of all that cannot be one."""
    data = document.data if isinstance(document.data, dict) else {}
    found: dict[str, Channel] = {}
    for wish in _wishes(data.get("notifications"), ("notifications",)):
        made = _channel(wish)
        if isinstance(made, str):
            warnings.add(document.problem(wish.path, f"is not used: {made}", _OTHERWISE))
        elif made.id in found:
            warnings.add(document.problem(wish.path, "is written twice", "remove one"))
        else:
            found[made.id] = made
    return tuple(found.values())


def _wishes(written: object, path: Path_, kind: str = "") -> Iterator[_Wish]:
    """Yield what stands in any of the shapes that people write."""
    if isinstance(written, list):
        for index, each in enumerate(written):
            yield from _wishes(each, (*path, index), kind)
    elif isinstance(written, dict):
        keys = {_plain(key): value for key, value in written.items()}
        named = next((keys[key] for key in _KIND if isinstance(keys.get(key), str)), kind)
        if named or _first(keys, _ADDRESS):
            yield _Wish(path, str(named).strip(), keys)
            return
        for key, value in written.items():
            yield from _wishes(value, (*path, key), str(key))
    elif written is not None and str(written).lower() not in _SWITCHES:
        keys = {"url": written} if Template(str(written)).names or "://" in str(written) else {}
        yield _Wish(path, kind or ("" if keys else str(written)), keys)


def _channel(wish: _Wish) -> Channel | str:
    """Return the channel, or why there is none."""
    kind = _plain(wish.kind)
    if kind in _MAIL:
        return "it names no mail server"
    if kind == "telegram":
        token, chat = _first(wish.keys, _TOKEN), _first(wish.keys, _CHAT)
        if token and chat:
            return _made(wish, f"tgram://{token}/{chat}")
    address = _first(wish.keys, _ADDRESS)
    if not address:
        return f"it names no address for {quote(wish.kind, 40)}" if kind else "it names no address"
    return _made(wish, address)


def _made(wish: _Wish, address: str) -> Channel | str:
    to = Template(_ESCAPED.sub("", address))
    if not to.names:
        return "an address in the open is known to everybody; keep it in a secret, write its $NAME"
    return Channel(id=id_like(wish.kind) or channel_id(to), to=to)


def _first(keys: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (keys[name] for name in names if keys.get(name) not in (None, ""))
    return str(next((each for each in found if isinstance(each, str | int)), "")).strip()


def _plain(key: object) -> str:
    return re.sub(r"[-_ ]", "", str(key)).lower()
