"""The channels that Upptime takes from environment variables, so that its users change nothing.

A channel of theirs is written ``upptime://slack`` here; its address is put together in memory, at
the moment of sending, from the same variables. What no library of ours can send is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.base.secrets import Template
from statusgen.base.text import and_list
from statusgen.notify.address import Address, address, refused
from statusgen.notify.message import Delivery, Message, Sender
from statusgen.notify.upptime_services import SERVICES, Service


@dataclass(frozen=True, slots=True)
class UpptimeChannel:
    """A channel that variables of the environment ask for."""

    id: str
    to: Template
    names: tuple[str, ...]
    """Variables that it reads: a workflow hands these over."""
    missing: tuple[str, ...] = ()
    """Variables that it needs and that are not set."""
    note: str = ""
    """Why nothing is sent, or what differs from Upptime; empty where all is well."""
    sendable: bool = True

    @property
    def works(self) -> bool:
        """Whether it can be told something."""
        return self.sendable and not self.missing


def channels(environ: Mapping[str, str]) -> tuple[UpptimeChannel, ...]:
    """Return the channels that ``environ`` asks for, in a fixed order, without any value."""
    return tuple(_channel(each, environ) for each in SERVICES if _asked(each, environ))


def variables() -> tuple[str, ...]:
    """Return every variable that is read, in order: for a workflow that hands them all over."""
    names = [name for each in SERVICES for name in each.names]
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class UpptimeSender:
    """``upptime://<service>``."""

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt."""
        composed = compose(to, environ)
        if isinstance(composed, Delivery):
            return composed
        sender, safe = _sender(composed)
        return sender.send(message, safe, {**environ, _ADDRESS: composed.url})


_ADDRESS = "STATUSGEN_COMPOSED_ADDRESS"
"""By this name a composed address passes to the sender of its kind, hidden like any secret."""


def _sender(composed: Address) -> tuple[Sender, Template]:
    from statusgen.notify.senders import sender_for

    to = Template(f"${_ADDRESS}")
    return sender_for(to, {_ADDRESS: composed.url}), to


def compose(to: Template, environ: Mapping[str, str]) -> Address | Delivery:
    """Put an address together, or say what is missing."""
    service = _BY_NAME.get(to.text.partition("://")[2].strip("/"))
    if service is None:
        return refused(f"known are {and_list([f'upptime://{name}' for name in _BY_NAME], most=99)}")
    if service.compose is None:
        return refused(service.instead)
    missing = service.missing(environ)
    if missing:
        are = "is" if len(missing) == 1 else "are"
        return refused(f"{and_list(list(missing), most=9)} {are} not set where this ran")
    given = {name: environ.get(name, "").strip() for name in service.names}
    try:
        url = service.compose(given)
    except ValueError:
        url = ""
    if not url:
        return refused(f"{service.needs[0]} is no address: it begins with https://")
    return address(url, (value for value in given.values() if value))


def _asked(service: Service, environ: Mapping[str, str]) -> bool:
    return bool(environ.get(service.switch))


def _channel(service: Service, environ: Mapping[str, str]) -> UpptimeChannel:
    return UpptimeChannel(
        id=f"upptime-{service.name}",
        to=Template(f"upptime://{service.name}"),
        names=service.names,
        missing=service.missing(environ),
        note=service.instead,
        sendable=service.compose is not None,
    )


_BY_NAME = {each.name: each for each in SERVICES}
