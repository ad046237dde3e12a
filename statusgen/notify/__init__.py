"""The outbox and the channels: who is told of what happened, at least once, with the same key.

``message``: what is told, and what became of it. Nothing here decides what happened: events come
from ``incident``, and are derived again with the same keys by a run that is repeated.
"""
