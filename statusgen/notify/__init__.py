"""The outbox and the channels: who is told of what happened, at least once, with the same key.

``message``: what is told, and what became of it. Nothing here decides what happened: events come
from ``incident``, and are derived again with the same keys by a run that is repeated.

``data/history/outbox/<day>.jsonl``: ``records`` the lines, ``outbox`` the files, ``ledger`` what
the lines add up to.
Who is told what, and when: ``policy`` (events → wants), ``plan`` (wants → messages), ``compose``
(their words). Sending: ``deliver`` (attempts, and what follows from a failure); ``senders`` picks
who speaks for an address: ``webhook``, ``pagerduty``, ``alertmanager``, ``apprise_sender`` (which
starts ``apprise_child``), ``upptime_channels`` for what Upptime takes from the environment, of the
services in ``upptime_services``.
``address`` fills in secrets, ``outcomes`` judges answers.
How well it goes: ``figures``, for ``doctor``.
"""
