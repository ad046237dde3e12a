"""Which channels a site has, and who notices when its runs stop."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base.secrets import Template
from statusgen.config.channels import Channel, Heartbeat
from statusgen.config.reader import UPPTIME_FILES
from statusgen.config.settings import Settings

if TYPE_CHECKING:
    from statusgen.notify.upptime_channels import UpptimeChannel

_LONGEST_S = 5.0


def channels_of(settings: Settings, environ: Mapping[str, str] = os.environ) -> tuple[Channel, ...]:
    """Return the channels of a site; of a site of Upptime's those that its variables ask for."""
    own = {each.id: each for each in settings.channels}
    asked = [Channel(id=each.id, to=each.to) for each in _upptimes(settings, environ) if each.works]
    return (*settings.channels, *(each for each in asked if each.id not in own))


def doubts(settings: Settings, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Say which variables of Upptime's ask for what nothing here does, or cannot work."""
    found = []
    for each in _upptimes(settings, environ):
        if each.missing:
            found.append(f"{each.id} is not told: {', '.join(each.missing)} is not set here")
        elif not each.works:
            found.append(f"{each.id} is not told: {each.note}")
    return tuple(found)


def _upptimes(settings: Settings, environ: Mapping[str, str]) -> Sequence[UpptimeChannel]:
    upptime = settings.file.endswith(UPPTIME_FILES)
    if not upptime or not any(name.startswith("NOTIFICATION_") for name in environ):
        return ()
    from statusgen.notify.upptime_channels import channels

    return channels(environ)


def anything_waits(history: Path) -> bool:
    """Whether the outbox holds what no channel was told yet; what sends is not imported for it."""
    from statusgen.notify.ledger import Ledger
    from statusgen.notify.outbox import Outbox

    outbox = Outbox(history)
    return outbox.exists() and any(
        account.pending or any(not letter.settled for letter in account.letters.values())
        for account in Ledger(outbox.read()).accounts.values()
    )


def beat(heartbeat: Heartbeat, environ: Mapping[str, str], *, ok: bool) -> str:
    """Ask the heartbeat's address; return what went wrong, without the address, or nothing.

    A run that failed asks the address for that, or none.
    """
    address = heartbeat.ok if ok else heartbeat.fail
    if address is None:
        return ""
    missing = address.missing(environ)
    if missing:
        return f"${missing[0]} is not set"
    told: list[str] = []
    asking = threading.Thread(target=lambda: told.append(_asked(address, environ)), daemon=True)
    asking.start()  # a name that does not resolve would outlast any deadline
    asking.join(_LONGEST_S + 0.5)
    return told[0] if told else "it did not answer in time"


def _asked(address: Template, environ: Mapping[str, str]) -> str:
    from statusgen.base.secrets import Redactor
    from statusgen.base.text import one_line
    from statusgen.base.web import Limits, Web, WebError

    whole = address.reveal(environ)
    redact = Redactor([*(environ.get(name, "") for name in address.names), whole])
    web = Web(limits=Limits(seconds=_LONGEST_S, body=64 * 1024), redact=redact)
    try:
        web.ask_now("GET", whole)
    except WebError as error:
        return one_line(redact(str(error)), 200)
    return ""
